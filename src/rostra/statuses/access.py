"""Who may see and do what with statuses: the only place.

The rules are SQL texts, so that PostgreSQL asks them while it reads a list: callers embed them in
their `where`, with an alias of the statuses table and a parameter `viewer` (an account id, or null
for nobody). Absent and forbidden answer alike.

`offset 0` keeps the planner from turning a rule into a hash of, say, all that ever named the viewer:
asked row by row, each is one look into an index, and a page stops at its limit.
"""

from collections.abc import Mapping, Sequence
from typing import LiteralString

import msgspec

from rostra.accounts.relations import queries as relations
from rostra.core.db import Tx, fetch_one, fetch_tuples, fetch_value
from rostra.core.errors import Forbidden, NotFound
from rostra.statuses.model import Act, Status
from rostra.statuses.policies import Kind, Permission, Stance

# By what it is, whoever its author blocks.
_ADMITTED: LiteralString = """(
    (
        {s}.visibility in ('public', 'unlisted')
        or {s}.account_id = %(viewer)s
        or ({s}.visibility = 'private' and exists (
            select from follows vf
            where vf.account_id = %(viewer)s and vf.target_id = {s}.account_id offset 0))
        or exists (
            select from status_mentions vm
            where vm.status_id = {s}.id and vm.account_id = %(viewer)s offset 0)
    )
    and (not {s}.local_only or %(viewer)s::bigint is not null)
    and (not {s}.held or %(viewer)s in ({s}.account_id, {s}.in_reply_to_account_id))
)"""
_ADMITTED_ALL: LiteralString = """(
    {s}.visibility in ('public', 'unlisted') and not {s}.local_only and not {s}.held
)"""
_NOT_BLOCKED: LiteralString = """
    not exists (
        select from blocks vb where vb.account_id = {s}.account_id and vb.target_id = %(viewer)s offset 0)
"""

_AUTHOR_PRESENT: LiteralString = """
    exists (select from accounts va where va.id = {s}.account_id and va.suspended_at is null offset 0)
"""

_WANTED: LiteralString = """(
    not exists (
        select from blocks wb where wb.account_id = %(viewer)s and wb.target_id = {s}.account_id offset 0)
    and not exists (
        select from mutes wm where wm.account_id = %(viewer)s and wm.target_id = {s}.account_id
          and (wm.expires_at is null or wm.expires_at > now()) offset 0)
)"""
# The server, too: asked only for statuses from elsewhere.
_SERVER_WANTED: LiteralString = """({s}.local or not exists (
    select from accounts wa join account_domain_blocks wd on wd.domain = wa.domain
    where wa.id = {s}.account_id and wd.account_id = %(viewer)s offset 0))
"""


def visible(alias: LiteralString, author: LiteralString | None = None) -> LiteralString:
    """Statuses that `viewer` may see. For a boost, ask for the boosted status too.

    `author` is the alias of their authors' accounts, where the caller has joined them anyway.
    """
    present = _AUTHOR_PRESENT if author is None else author + ".suspended_at is null"
    return ("(" + _ADMITTED + " and " + _NOT_BLOCKED + " and " + present + ")").replace("{s}", alias)


def wanted(alias: LiteralString) -> LiteralString:
    """Statuses by people whom `viewer` neither blocks, by name or by server, nor mutes: for lists that
    mix authors."""
    return ("(" + _WANTED + " and " + _SERVER_WANTED + ")").replace("{s}", alias)


def _both(rule: LiteralString) -> LiteralString:
    return rule.replace("{s}", "s") + " and (o.id is null or " + rule.replace("{s}", "o") + ")"


_PRESENT: LiteralString = " and sa.suspended_at is null and oa.suspended_at is null"
# `barriers` says in one row what `blocks` (both ways) and `mutes` say in three.
_BARRED: LiteralString = """
    select from barriers b
    where b.viewer_id = %(viewer)s and b.author_id in (s.account_id, o.account_id)
"""
_SERVERS_WANTED: LiteralString = """
    ((s.local and (o.id is null or o.local)) or not exists (
        select from account_domain_blocks d
        where d.account_id = %(viewer)s and d.domain in (sa.domain, oa.domain) offset 0))
"""
LISTED_TO_ALL: LiteralString = _both(_ADMITTED_ALL) + _PRESENT
"""What a list shows to those who are not signed in: `visible` for nobody.

In these three, `s` is a status, `o` what it boosts, if anything, `sa` and `oa` are their authors.
"""
LISTED: LiteralString = (
    _both(_ADMITTED) + _PRESENT + " and not exists (" + _BARRED + " and b.kind = 'blocked' offset 0)"
)
"""What a list of one author's statuses shows to `viewer`: `visible`."""
LISTED_MIXED: LiteralString = (
    _both(_ADMITTED)
    + _PRESENT
    + " and not exists ("
    + _BARRED
    + " and (b.until is null or b.until > now()) offset 0) and "
    + _SERVERS_WANTED
)
"""What a list that mixes authors shows to `viewer`: `visible` and `wanted`."""


_GET_VISIBLE: LiteralString = (
    "select s.* from statuses s left join statuses o on o.id = s.reblog_of_id where s.id = %(id)s and "
    + visible("s")
    + " and (o.id is null or "
    + visible("o")
    + ")"
)
_GET_ORIGINAL: LiteralString = (
    """
    select o.* from statuses s join statuses o on o.id = coalesce(s.reblog_of_id, s.id)
    where s.id = %(id)s and """
    + visible("o")
    + " and (s.reblog_of_id is null or "
    + visible("s")
    + ")"
)


async def get_visible(tx: Tx, viewer_id: int | None, status_id: int) -> Status:
    """The status, if `viewer_id` may see it; for a boost, if they may see both.

    Raises:
        NotFound: they may not, or there is none.
    """
    return await _get(tx, _GET_VISIBLE, viewer_id, status_id)


async def get_original(tx: Tx, viewer_id: int | None, status_id: int, *, lock: bool = False) -> Status:
    """The status, or what it boosts: what favourites, boosts, bookmarks and replies go to.

    Args:
        lock: keep it from being deleted until the transaction ends.

    Raises:
        NotFound: `viewer_id` may not see it, or there is none.
    """
    # Never the boost, too: a deletion locks the original before its boosts.
    return await _get(tx, _GET_ORIGINAL + (" for key share of o" if lock else ""), viewer_id, status_id)


async def get_open_to(tx: Tx, account_id: int, status_id: int, act: Act) -> Status:
    """What `account_id` may answer, favourite, boost or vote on; it stays until the transaction ends.

    Raises:
        NotFound: they may not see it, or there is none.
        Forbidden: they block its author, and so can't address them; its author doesn't let them; or it
            waits for leave itself.
    """
    status = await get_original(tx, account_id, status_id, lock=True)
    author_id = status.account_id
    if author_id != account_id and await relations.is_blocked_between(tx, account_id, author_id):
        raise Forbidden()
    if status.held or await permission(tx, account_id, status, act) == "denied":
        raise Forbidden()
    return status


_KINDS: Mapping[Act, Kind] = {
    "reply": "can_reply",
    "favourite": "can_favourite",
    "reblog": "can_reblog",
}


async def permission(tx: Tx, account_id: int, status: Status, act: Act) -> Permission:
    """Whether `account_id`, who may see `status`, may do this to it, by its author's policy."""
    policy = status.policy
    if policy is None or account_id == status.account_id or act not in _KINDS:
        return "automatic"
    mentioned = account_id == status.in_reply_to_account_id or await fetch_value(
        tx,
        """
        select exists (select from status_mentions
                       where status_id = %(status)s and account_id = %(account)s and not silent)
        """,
        {"status": status.id, "account": account_id},
    )
    stance = (await stances(tx, account_id, [status.account_id])).get(status.account_id, Stance())
    return policy.permits(_KINDS[act], msgspec.structs.replace(stance, mentioned=bool(mentioned)))


async def stances(tx: Tx, account_id: int, author_ids: Sequence[int]) -> dict[int, Stance]:
    """How `account_id` stands to those of `author_ids` whom they follow, or who follow them."""
    rows = await fetch_tuples(
        tx,
        """
        select id, bool_or(follows), bool_or(not follows) from (
            select target_id as id, true as follows from follows
            where account_id = %(account)s and target_id = any(%(ids)s)
            union all
            select account_id, false from follows
            where target_id = %(account)s and account_id = any(%(ids)s)
        ) f group by id
        """,
        {"account": account_id, "ids": list(author_ids)},
    )
    return {author_id: Stance(follows=follows, followed=followed) for author_id, follows, followed in rows}


async def get_own(tx: Tx, account_id: int, status_id: int) -> Status:
    """The status, if `account_id` wrote it; locked until the transaction ends.

    Raises:
        NotFound: it is somebody else's, or there is none.
    """
    status = await fetch_one(
        tx,
        Status,
        "select * from statuses where id = %(id)s and account_id = %(account_id)s for update",
        {"id": status_id, "account_id": account_id},
    )
    if status is None:
        raise NotFound()
    return status


def check_boost(status: Status, account_id: int) -> None:
    """Raises `Forbidden` unless `account_id`, who may see `status`, may boost it.

    Public and unlisted ones may be boosted by all, private ones by their author alone.
    """
    if status.visibility in ("public", "unlisted"):
        return
    if status.visibility == "private" and status.account_id == account_id:
        return
    raise Forbidden()


async def _get(tx: Tx, sql: LiteralString, viewer_id: int | None, status_id: int) -> Status:
    status = await fetch_one(tx, Status, sql, {"id": status_id, "viewer": viewer_id})
    if status is None:
        raise NotFound()
    return status
