"""The demo content holds together: nobody is missing, all is described, answers come after questions."""

from datetime import UTC, datetime, timedelta

import pytest

from rostra.accounts.model import check_username
from rostra.core.text import find_mentions, language_tag, length
from rostra.demo import content, pictures
from rostra.demo.content import Written
from rostra.media.model import DESCRIPTION_LENGTH
from rostra.statuses.model import MEDIA_ATTACHMENTS, PINS

NOW = datetime(2026, 3, 1, 0, 5, tzinfo=UTC)
PEOPLE = {person.name: person for person in content.people()}
STATUSES = content.statuses(NOW)
MOMENTS = {written.key: at for at, written in STATUSES}


def all_written() -> list[Written]:
    return [written for _, written in STATUSES]


def test_there_is_enough_to_look_at():
    assert len(PEOPLE) >= 14
    assert len(STATUSES) >= 60
    assert {written.lang for written in all_written()} == {"de", "en"}
    assert sum(written.poll is not None for written in all_written()) >= 3


def test_everybody_may_have_their_name_and_follows_only_people_who_exist():
    for person in PEOPLE.values():
        check_username(person.name)
        assert set(person.follows) <= PEOPLE.keys() - {person.name}
        assert len(person.follows) == len(set(person.follows)) > 0
        assert person.header in pictures.HEADERS


def test_keys_are_unique():
    assert len(MOMENTS) == len(STATUSES)


@pytest.mark.parametrize("written", all_written(), ids=lambda written: written.key)
def test_each_status_could_have_been_written_by_a_member(written: Written):
    everybody = [
        written.by,
        *written.favourites,
        *written.boosts,
        *(written.poll.votes if written.poll else ()),
    ]
    assert set(everybody) <= PEOPLE.keys()
    assert {handle.username for handle in find_mentions(written.text)} <= PEOPLE.keys()
    assert language_tag(written.lang) == written.lang
    assert 0 < length(written.text.strip(), written.warning) <= 500
    assert len(written.pictures) <= MEDIA_ATTACHMENTS
    assert not (written.pictures and written.poll)


@pytest.mark.parametrize("written", all_written(), ids=lambda written: written.key)
def test_nobody_favours_boosts_or_votes_twice_or_for_themselves(written: Written):
    for names in (written.favourites, written.boosts, tuple(written.poll.votes) if written.poll else ()):
        assert len(set(names)) == len(names)
        assert written.by not in names


def test_all_pictures_exist_and_are_described():
    attached = [picture for written in all_written() for picture in written.pictures]
    assert {picture.picture for picture in attached} == set(pictures.PICTURES)
    assert all(40 <= len(picture.alt) <= DESCRIPTION_LENGTH for picture in attached)


def test_answers_come_after_what_they_answer_and_name_its_author():
    by_key = {written.key: written for written in all_written()}
    for at, written in STATUSES:
        if not written.reply_to:
            continue
        parent = by_key[written.reply_to]
        assert at > MOMENTS[parent.key], written.key
        named = {handle.username for handle in find_mentions(written.text)}
        assert parent.by in named or parent.by == written.by, written.key


def test_all_happened_in_the_past_three_weeks_whatever_the_time_is():
    for hour in range(24):
        now = NOW.replace(hour=hour)
        moments = [at for at, _ in content.statuses(now)]
        assert min(moments) > now - timedelta(days=22)
        assert max(moments) < now


def test_votes_are_for_options_that_the_poll_has():
    for written in all_written():
        if written.poll:
            choices = {choice for votes in written.poll.votes.values() for choice in votes}
            assert choices <= set(range(len(written.poll.options)))
            assert all(len(votes) == 1 for votes in written.poll.votes.values())


def test_nobody_pins_more_than_they_may():
    for name in PEOPLE:
        assert sum(written.pinned and written.by == name for written in all_written()) <= PINS


@pytest.mark.parametrize("at", ["yesterday", "3d", "5:00", "3d 5:00"])
def test_a_moment_that_nobody_understands_is_refused(at: str):
    with pytest.raises(ValueError, match="no moment"):
        content.moment(at, NOW)
