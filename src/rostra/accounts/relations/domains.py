"""Servers of which a member wants to see nothing.

What hides their accounts and statuses stands in the rules (`accounts/access.wanted`,
`statuses/access.wanted`); what ends for good, follows in both directions, ends in `sever`.
"""

import contextlib
from typing import LiteralString

from rostra.accounts.relations import actions
from rostra.accounts.relations.model import DomainBlocked, DomainUnblocked
from rostra.core import events
from rostra.core.db import Database, Row, Tx, execute, fetch_all, fetch_tuples, fetch_value
from rostra.core.errors import Invalid, NotFound
from rostra.core.ids import new_id
from rostra.core.paging import Bounds
from rostra.core.text import parse_handle

BATCH = 200
DOMAIN_LENGTH = 255
LABEL_LENGTH = 63


class BlockedDomain(Row, frozen=True):
    """A domain in the list; `cursor` is its place there."""

    domain: str
    cursor: int


def checked(written: str) -> str:
    """`written` as a domain is kept: lower case, punycode.

    Raises:
        Invalid: it is empty, or no domain.
    """
    if not written.strip():
        raise Invalid("Domain can't be blank")
    domain = normalized(written)
    if domain is None:
        raise Invalid("Domain is not a valid domain name")
    return domain


def normalized(written: str) -> str | None:
    """`written` as a domain is kept; None if it is none."""
    text = written.strip().lstrip("@")
    if len(text) > DOMAIN_LENGTH:
        return None
    handle = parse_handle(f"x@{text}")
    if handle is None or handle.domain is None or not handle.domain.isascii():
        return None
    labels = handle.domain.partition(":")[0].split(".")
    return handle.domain if all(0 < len(label) <= LABEL_LENGTH for label in labels) else None


async def block(tx: Tx, account_id: int, domain: str) -> None:
    """See nothing of `domain` (as `checked` gives it) any more; again: nothing happens."""
    async with tx.transaction():
        added = await execute(
            tx,
            """
            insert into account_domain_blocks (id, account_id, domain)
            values (%(id)s, %(account)s, %(domain)s) on conflict do nothing
            """,
            {"id": new_id(), "account": account_id, "domain": domain},
        )
        if added:
            await events.record(tx, DomainBlocked(account_id=account_id, domain=domain))


async def unblock(tx: Tx, account_id: int, domain: str) -> None:
    """No longer block `domain`; the follows that ended stay ended."""
    async with tx.transaction():
        gone = await execute(
            tx,
            "delete from account_domain_blocks where account_id = %(account)s and domain = %(domain)s",
            {"account": account_id, "domain": domain},
        )
        if gone:
            await events.record(tx, DomainUnblocked(account_id=account_id, domain=domain))


async def blocked(tx: Tx, account_id: int, bounds: Bounds) -> list[BlockedDomain]:
    """A page of the domains that a member blocks, the last first."""
    sql: LiteralString = (
        "select domain, id as cursor from account_domain_blocks where account_id = %(account)s"
    )
    rows = await fetch_all(
        tx, BlockedDomain, bounds.apply(sql, "id"), {"account": account_id, **bounds.params()}
    )
    return rows[::-1] if bounds.upwards else rows


async def is_blocked(tx: Tx, account_id: int, domain: str) -> bool:
    """Whether the member blocks `domain`."""
    return await fetch_value(
        tx,
        """
        select exists (select from account_domain_blocks
                       where account_id = %(account)s and domain = %(domain)s)
        """,
        {"account": account_id, "domain": domain},
    )


# Who of a domain has to do with the member, and how.
_TIES: LiteralString = """
    (select 'followed' as tie, f.target_id as id from follows f join accounts a on a.id = f.target_id
     where f.account_id = %(account)s and a.domain = %(domain)s limit %(batch)s)
    union all
    (select 'requested', r.target_id from follow_requests r join accounts a on a.id = r.target_id
     where r.account_id = %(account)s and a.domain = %(domain)s limit %(batch)s)
    union all
    (select 'follower', f.account_id from follows f join accounts a on a.id = f.account_id
     where f.target_id = %(account)s and a.domain = %(domain)s limit %(batch)s)
    union all
    (select 'requester', r.account_id from follow_requests r join accounts a on a.id = r.account_id
     where r.target_id = %(account)s and a.domain = %(domain)s limit %(batch)s)
"""


async def sever(db: Database, account_id: int, domain: str) -> None:
    """End follows and requests between a member and a domain that they (still) block, in small steps.

    Each is a use case of its own, so that feeds, counts and the other server learn of it.
    """
    params = {"account": account_id, "domain": domain, "batch": BATCH}
    while True:
        async with db.connection() as tx:
            if not await is_blocked(tx, account_id, domain):
                return
            ties = await fetch_tuples(tx, _TIES, params)
            for tie, other_id in ties:
                if tie in ("followed", "requested"):
                    await actions.unfollow(tx, account_id, other_id)
                elif tie == "follower":
                    await actions.remove_follower(tx, account_id, other_id)
                else:
                    with contextlib.suppress(NotFound):  # withdrawn in this very moment
                        await actions.reject_request(tx, account_id, other_id)
        if not ties:
            return
