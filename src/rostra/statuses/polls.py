"""Polls: how they stand for a viewer, voting, and their end."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString

from rostra.core import events
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_value, fetch_values
from rostra.core.errors import Invalid, NotFound
from rostra.core.ids import new_id
from rostra.statuses import access
from rostra.statuses.model import PollDraft, PollEnded


class Poll(Row, frozen=True):
    """A poll, with the viewer's own votes."""

    id: int
    status_id: int
    account_id: int
    options: list[str]
    tallies: list[int]
    multiple: bool
    hide_totals: bool
    votes_count: int
    voters_count: int
    expires_at: datetime | None
    expired: bool
    own_votes: list[int]

    def shows_totals_to(self, viewer_id: int | None) -> bool:
        """Whether the votes of each option may be shown already."""
        return not self.hide_totals or self.expired or viewer_id == self.account_id


_SELECT: LiteralString = """
    select p.id, p.status_id, s.account_id, p.options, p.tallies, p.multiple, p.hide_totals,
           p.votes_count, p.voters_count, p.expires_at, coalesce(p.expires_at <= now(), false) as expired,
           array(select v.choice::int from poll_votes v
                 where v.poll_id = p.id and v.account_id = %(viewer)s order by v.choice) as own_votes
    from polls p join statuses s on s.id = p.status_id
"""


async def of_statuses(tx: Tx, viewer_id: int | None, status_ids: Sequence[int]) -> dict[int, Poll]:
    """Polls by status id. Not an access check."""
    sql: LiteralString = _SELECT + " where p.status_id = any(%(ids)s)"
    polls = await fetch_all(tx, Poll, sql, {"ids": list(status_ids), "viewer": viewer_id})
    return {poll.status_id: poll for poll in polls}


async def get_visible(tx: Tx, viewer_id: int | None, poll_id: int) -> Poll:
    """The poll, if `viewer_id` may see the status that asks it.

    Raises:
        NotFound: they may not, or there is none.
    """
    await access.get_visible(tx, viewer_id, await _status_id(tx, poll_id))
    return await _get(tx, viewer_id, poll_id)


async def vote(tx: Tx, account_id: int, poll_id: int, choices: Sequence[int]) -> Poll:
    """Vote for the options with the indexes `choices`; returns how the poll stands then.

    One may add votes to a poll with multiple choices later, as in Mastodon. Nobody is told of a vote,
    so it records no event.

    Raises:
        NotFound: `account_id` may not see the poll, or there is none.
        Forbidden: they block who asks.
        Invalid: the poll has ended, is their own, lacks such an option, or got that vote already.
    """
    async with tx.transaction():
        await access.get_open_to(tx, account_id, await _status_id(tx, poll_id), "vote")
        # Locked first and read then, so that votes which were waited for are seen.
        await execute(tx, "select from polls where id = %(id)s for update", {"id": poll_id})
        poll = await _get(tx, account_id, poll_id)
        _check_vote(poll, account_id, choices)
        await _insert_votes(tx, poll, account_id, choices)
        return await _get(tx, account_id, poll_id)


def _check_vote(poll: Poll, account_id: int, choices: Sequence[int]) -> None:
    if poll.expired:
        raise Invalid("The poll has already ended")
    if not choices or not all(0 <= choice < len(poll.options) for choice in choices):
        raise Invalid("The chosen vote option does not exist")
    if account_id == poll.account_id:
        raise Invalid("You cannot vote in your own polls")
    votes = [*poll.own_votes, *choices]
    if len(set(votes)) < len(votes) or (len(votes) > 1 and not poll.multiple):
        raise Invalid("You have already voted on this poll")


async def _insert_votes(tx: Tx, poll: Poll, account_id: int, choices: Sequence[int]) -> None:
    """Write votes and count them; the poll is locked."""
    await execute(
        tx,
        """
        insert into poll_votes (poll_id, account_id, choice)
        select %(poll)s, %(account)s, unnest(%(choices)s::smallint[])
        """,
        {"poll": poll.id, "account": account_id, "choices": list(choices)},
    )
    await execute(
        tx,
        """
        update polls set tallies = %(tallies)s, votes_count = votes_count + %(votes)s,
                         voters_count = voters_count + %(voters)s
        where id = %(poll)s
        """,
        {
            "poll": poll.id,
            "tallies": [count + (index in choices) for index, count in enumerate(poll.tallies)],
            "votes": len(choices),
            "voters": 0 if poll.own_votes else 1,
        },
    )


async def insert(tx: Tx, status_id: int, poll: PollDraft, at: datetime) -> None:
    """Ask a poll under a status."""
    await execute(
        tx,
        """
        insert into polls (id, status_id, options, tallies, multiple, hide_totals, expires_at)
        values (%(id)s, %(status_id)s, %(options)s, %(tallies)s, %(multiple)s, %(hide_totals)s,
                %(expires_at)s)
        """,
        {"id": new_id(), "status_id": status_id, **_values(poll, at)},
    )


async def replace(tx: Tx, status_id: int, draft: PollDraft | None, at: datetime) -> bool:
    """Ask `draft` under a status instead of what is asked there; returns whether anything changed.

    New options, or another number of choices, reset the votes. Time runs anew from `at`, so a poll
    that is sent again is always a change.
    """
    before = (await of_statuses(tx, None, [status_id])).get(status_id)
    if draft is None:
        await execute(tx, "delete from polls where status_id = %(id)s", {"id": status_id})
        return before is not None
    if before is None:
        await insert(tx, status_id, draft, at)
        return True
    if (draft.options, draft.multiple) != (before.options, before.multiple):
        await _reset(tx, before.id, len(draft.options))
    await execute(
        tx,
        """
        update polls set options = %(options)s, multiple = %(multiple)s, hide_totals = %(hide_totals)s,
                         expires_at = %(expires_at)s, ended_at = null
        where status_id = %(status_id)s
        """,
        {"status_id": status_id, **_values(draft, at)},
    )
    return True


async def end_expired(tx: Tx, limit: int = 500) -> int:
    """Announce the end of at most `limit` polls whose time is over; returns how many. To be scheduled."""
    async with tx.transaction():
        ended: list[int] = await fetch_values(
            tx,
            """
            update polls set ended_at = now()
            where id = any(array(
                select id from polls where ended_at is null and expires_at <= now()
                order by expires_at limit %(limit)s for update skip locked))
            returning status_id
            """,
            {"limit": limit},
        )
        await events.record(tx, *(PollEnded(status_id=status_id) for status_id in ended))
    return len(ended)


async def _reset(tx: Tx, poll_id: int, options: int) -> None:
    await execute(tx, "delete from poll_votes where poll_id = %(id)s", {"id": poll_id})
    await execute(
        tx,
        "update polls set tallies = %(tallies)s, votes_count = 0, voters_count = 0 where id = %(id)s",
        {"id": poll_id, "tallies": [0] * options},
    )


def _values(poll: PollDraft, at: datetime) -> dict[str, object]:
    return {
        "options": poll.options,
        "tallies": [0] * len(poll.options),
        "multiple": poll.multiple,
        "hide_totals": poll.hide_totals,
        "expires_at": at + poll.expires_in,
    }


async def _status_id(tx: Tx, poll_id: int) -> int:
    status_id: int | None = await fetch_value(
        tx, "select status_id from polls where id = %(id)s", {"id": poll_id}
    )
    if status_id is None:
        raise NotFound()
    return status_id


async def _get(tx: Tx, viewer_id: int | None, poll_id: int) -> Poll:
    sql: LiteralString = _SELECT + " where p.id = %(id)s"
    poll = await fetch_one(tx, Poll, sql, {"id": poll_id, "viewer": viewer_id})
    if poll is None:  # deleted, or edited away, in this very moment
        raise NotFound()
    return poll
