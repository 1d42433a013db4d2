"""The unmodified Mastodon.py: writing statuses, and what others do with them."""

from datetime import datetime

import httpx
import pytest
from mastodon import MastodonAPIError, MastodonNotFoundError

from tests.clients.support import app_of, apps_of
from tests.media.pictures import MARK, decode, encode, exif_with_place, noise, plain
from tests.network import Network

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("visibility", ["public", "unlisted", "private", "direct"])
async def test_a_status_is_published_with_each_visibility(live: Network, visibility: str) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    status = await alice.status_post("low tide", visibility=visibility)
    assert status.visibility == visibility
    assert isinstance(status.created_at, datetime)
    assert (await alice.status(status)).content == "<p>low tide</p>"
    if visibility in ("public", "unlisted"):
        assert (await bob.status(status)).id == status.id
    else:
        with pytest.raises(MastodonNotFoundError):
            await bob.status(status)


async def test_a_status_has_a_warning_a_language_a_mention_a_hashtag_and_a_link(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    status = await alice.status_post(
        "Moin @bob, see #Harbour at https://harbour.example/tides", spoiler_text="water", language="de"
    )
    assert (status.spoiler_text, status.sensitive, status.language) == ("water", True, "de")
    assert [(mention.acct, str(mention.id)) for mention in status.mentions] == [("bob", bob.id)]
    assert [tag.name.lower() for tag in status.tags] == ["harbour"]
    assert 'href="https://harbour.example/tides"' in status.content
    assert 'class="u-url mention"' in status.content
    assert status.application.name == "Test app"


async def test_a_reply_names_those_who_are_answered_and_stands_in_the_thread(live: Network) -> None:
    alice, bob, carol = await apps_of(live, "alice", "bob", "carol")
    first = await alice.status_post("who is at the pier? @carol")
    reply = await bob.status_reply(first, "I am")
    assert {mention.acct for mention in reply.mentions} == {"alice", "carol"}
    assert (reply.in_reply_to_id, str(reply.in_reply_to_account_id)) == (first.id, alice.id)
    context = await carol.status_context(first)
    assert [status.id for status in context.descendants] == [reply.id]
    assert [status.id for status in (await alice.status_context(reply)).ancestors] == [first.id]
    assert (await alice.status(first)).replies_count == 1


async def test_an_edited_status_keeps_its_history_and_its_source(live: Network) -> None:
    alice = await app_of(live, "alice")
    status = await alice.status_post("low tyde", spoiler_text="water")
    edited = await alice.status_update(status, "low tide", spoiler_text="the sea")
    assert (edited.id, edited.content, edited.spoiler_text) == (status.id, "<p>low tide</p>", "the sea")
    assert isinstance(edited.edited_at, datetime)
    history = await alice.status_history(status)
    assert [version.content for version in history] == ["<p>low tyde</p>", "<p>low tide</p>"]
    source = await alice.status_source(status)
    assert (source.text, source.spoiler_text) == ("low tide", "the sea")


async def test_a_deleted_status_comes_back_as_text_to_be_redrafted(live: Network) -> None:
    alice = await app_of(live, "alice")
    media = await alice.media_post(encode(plain(), "PNG"), "image/png", description="Red")
    status = await alice.status_post("low #tide", media_ids=media)
    deleted = await alice.status_delete(status)
    assert deleted.text == "low #tide"
    assert [item.id for item in deleted.media_attachments] == [media.id]
    with pytest.raises(MastodonNotFoundError):
        await alice.status(status)
    again = await alice.status_post(deleted.text + "!", media_ids=deleted.media_attachments)
    assert again.media_attachments[0].description == "Red"


async def test_a_status_is_favourited_and_its_author_learns_of_it(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    status = await alice.status_post("hello")
    answer = await bob.status_favourite(status)
    assert (answer.favourited, answer.favourites_count) == (True, 1)
    assert [account.acct for account in await alice.status_favourited_by(status)] == ["bob"]
    assert [found.id for found in await bob.favourites()] == [status.id]
    assert [(note.type, note.account.acct) for note in await alice.notifications()] == [("favourite", "bob")]
    answer = await bob.status_unfavourite(status)
    assert (answer.favourited, answer.favourites_count) == (False, 0)


async def test_a_status_is_boosted_to_ones_followers(live: Network) -> None:
    alice, bob, carol = await apps_of(live, "alice", "bob", "carol")
    await carol.account_follow(bob.id)
    status = await alice.status_post("hello")
    boost = await bob.status_reblog(status)
    assert boost.reblog.id == status.id
    assert boost.reblog.reblogged
    assert [item.reblog.id for item in await carol.timeline_home()] == [status.id]
    assert [account.acct for account in await alice.status_reblogged_by(status)] == ["bob"]
    assert [note.type for note in await alice.notifications()] == ["reblog"]
    answer = await bob.status_unreblog(status)
    assert (answer.id, answer.reblogged, answer.reblogs_count) == (status.id, False, 0)
    assert await carol.timeline_home() == []


async def test_a_bookmark_is_found_again_and_nobody_learns_of_it(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    status = await alice.status_post("hello")
    assert (await bob.status_bookmark(status)).bookmarked
    assert [found.id for found in await bob.bookmarks()] == [status.id]
    assert await alice.notifications() == []
    assert not (await bob.status_unbookmark(status)).bookmarked
    assert await bob.bookmarks() == []


async def test_a_pinned_status_stands_on_the_profile(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    status = await alice.status_post("about me")
    await alice.status_post("something else")
    assert (await alice.status_pin(status)).pinned
    assert [found.id for found in await bob.account_statuses(alice.id, pinned=True)] == [status.id]
    with pytest.raises(MastodonAPIError):
        await bob.status_pin(status)
    assert not (await alice.status_unpin(status)).pinned
    assert await bob.account_statuses(alice.id, pinned=True) == []


async def test_a_thread_is_muted(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    status = await alice.status_post("hello")
    assert (await alice.status_mute(status)).muted
    await bob.status_reply(status, "moin")
    assert await alice.notifications() == []
    assert not (await alice.status_unmute(status)).muted


async def test_a_picture_has_a_text_a_focus_a_blurhash_and_no_metadata(live: Network) -> None:
    alice = await app_of(live, "alice")
    photo = encode(noise(900, 600), "JPEG", exif=exif_with_place(), quality=90)
    media = await alice.media_post(photo, "image/jpeg", description="The pier", focus=(-0.5, 0.25))
    assert (media.type, media.description) == ("image", "The pier")
    assert (media.meta.focus.x, media.meta.focus.y) == (-0.5, 0.25)
    assert (media.meta.original.width, media.meta.original.height) == (900, 600)
    assert alice.mastodon.decode_blurhash(media, out_size=(4, 4))
    changed = await alice.media_update(media, description="The old pier", focus=(0, 0))
    assert changed.description == "The old pier"
    status = await alice.status_post("", media_ids=[media])
    (shown,) = status.media_attachments
    async with httpx.AsyncClient() as http:
        for address in (shown.url, shown.preview_url):
            data = (await http.get(address)).content
            assert decode(data).size[0] > 0
            assert MARK not in data


async def test_an_edit_changes_the_text_of_a_picture(live: Network) -> None:
    alice = await app_of(live, "alice")
    media = await alice.media_post(encode(plain(), "PNG"), "image/png", description="Rde")
    status = await alice.status_post("look", media_ids=media)
    change = alice.mastodon.generate_media_edit_attributes(media.id, description="Red")
    edited = await alice.status_update(status, "look", media_attributes=[change])
    assert edited.media_attachments[0].description == "Red"


async def test_a_poll_is_asked_and_voted_on(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    question = alice.mastodon.make_poll(["Fish", "Chips", "Both"], expires_in=3600, multiple=True)
    status = await alice.status_post("For lunch?", poll=question)
    assert [option.title for option in status.poll.options] == ["Fish", "Chips", "Both"]
    answer = await bob.poll_vote(status.poll, [0, 2])
    assert (answer.voted, answer.own_votes, answer.votes_count, answer.voters_count) == (True, [0, 2], 2, 1)
    poll = await alice.poll(status.poll)
    assert [option.votes_count for option in poll.options] == [1, 0, 1]
    with pytest.raises(MastodonAPIError):
        await bob.poll_vote(status.poll, [0])


async def test_the_same_idempotency_key_publishes_once(live: Network) -> None:
    alice = await app_of(live, "alice")
    first = await alice.status_post("once", idempotency_key="tide-1")
    assert (await alice.status_post("once", idempotency_key="tide-1")).id == first.id
    assert len(await alice.account_statuses(alice.id)) == 1


async def test_several_statuses_are_fetched_at_once(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    shown, hidden = await alice.status_post("for all"), await alice.status_post("for me", visibility="direct")
    assert [status.id for status in await bob.statuses([shown.id, hidden.id])] == [shown.id]


async def test_a_status_without_words_or_pictures_is_refused(live: Network) -> None:
    alice = await app_of(live, "alice")
    with pytest.raises(MastodonAPIError, match="422"):
        await alice.status_post("")
    assert await alice.account_statuses(alice.id) == []
