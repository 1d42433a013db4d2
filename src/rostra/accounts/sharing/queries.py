"""SQL of shared accounts."""

from typing import LiteralString

from rostra.accounts.sharing.model import ACTS_KEPT_DAYS, Access, Role, SharedAct
from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.ids import new_id

USABLE: LiteralString = """(
    x.accepted_at is not null and exists (
        select from users xu join accounts xa on xa.id = xu.account_id
        where xu.account_id = x.member_id and xu.confirmed_at is not null and xu.approved_at is not null
          and xu.disabled_at is null and xa.suspended_at is null)
)"""
"""Whether the member of the access `x` may use it now."""

_SELECT: LiteralString = """
    select x.id, x.account_id, a.username as account_name, x.member_id, m.username as member_name, x.role,
           i.username as invited_by_name, x.created_at, x.accepted_at
    from shared_access x join accounts a on a.id = x.account_id join accounts m on m.id = x.member_id
    left join accounts i on i.id = x.invited_by_id
"""


async def of_account(tx: Tx, account_id: int) -> list[Access]:
    """Who looks after an account, or is invited to; the first one first."""
    sql: LiteralString = _SELECT + " where x.account_id = %(id)s order by x.id"
    return await fetch_all(tx, Access, sql, {"id": account_id})


async def of_member(tx: Tx, member_id: int) -> list[Access]:
    """The accounts that a member looks after, or is invited to."""
    sql: LiteralString = (
        _SELECT + " where x.member_id = %(id)s and a.suspended_at is null order by a.username"
    )
    return await fetch_all(tx, Access, sql, {"id": member_id})


async def get(tx: Tx, access_id: int) -> Access | None:
    """One of them."""
    sql: LiteralString = _SELECT + " where x.id = %(id)s"
    return await fetch_one(tx, Access, sql, {"id": access_id})


async def role(tx: Tx, account_id: int, member_id: int) -> Role | None:
    """What a member is to an account now; None: nothing."""
    sql: LiteralString = (
        "select x.role from shared_access x"
        " where x.account_id = %(account)s and x.member_id = %(member)s and " + USABLE
    )
    return await fetch_value(tx, sql, {"account": account_id, "member": member_id})


async def usable(tx: Tx, access_id: int, member_id: int) -> int | None:
    """The account that a member may act as by this access now; it stays until the transaction ends."""
    sql: LiteralString = (
        "select x.account_id from shared_access x join users u on u.account_id = x.account_id"
        " join accounts a on a.id = x.account_id where x.id = %(id)s and x.member_id = %(member)s"
        " and u.confirmed_at is not null and u.approved_at is not null and u.disabled_at is null"
        " and a.suspended_at is null and " + USABLE + " for share of x"
    )
    return await fetch_value(tx, sql, {"id": access_id, "member": member_id})


async def insert(tx: Tx, account_id: int, member_id: int, role: Role, invited_by_id: int) -> int | None:
    """Invite a member; None when they look after it, or are invited, already."""
    return await fetch_value(
        tx,
        """
        insert into shared_access (id, account_id, member_id, role, invited_by_id)
        values (%(id)s, %(account)s, %(member)s, %(role)s, %(by)s) on conflict do nothing returning id
        """,
        {"id": new_id(), "account": account_id, "member": member_id, "role": role, "by": invited_by_id},
    )


async def accept(tx: Tx, access_id: int, member_id: int) -> int:
    """A member says yes; how many invitations that was."""
    return await execute(
        tx,
        "update shared_access set accepted_at = now()"
        " where id = %(id)s and member_id = %(member)s and accepted_at is null",
        {"id": access_id, "member": member_id},
    )


async def set_role(tx: Tx, access_id: int, role: Role) -> None:
    """Give a member another role."""
    await execute(
        tx, "update shared_access set role = %(role)s where id = %(id)s", {"id": access_id, "role": role}
    )


async def delete(tx: Tx, access_id: int) -> None:
    """End an access; its codes and tokens go with it."""
    await execute(tx, "delete from shared_access where id = %(id)s", {"id": access_id})


async def counts(tx: Tx, account_id: int, member_id: int) -> tuple[int, int]:
    """How many look after an account, and how many accounts a member looks after; invitations included."""
    members = await fetch_value(
        tx, "select count(*) from shared_access where account_id = %(id)s", {"id": account_id}
    )
    accounts = await fetch_value(
        tx, "select count(*) from shared_access where member_id = %(id)s", {"id": member_id}
    )
    return members, accounts


async def note_act(tx: Tx, account_id: int, member_id: int, act: str, subject_id: int | None) -> int:
    """Write down that a member did something as an account; returns its id."""
    return await fetch_value(
        tx,
        """
        insert into shared_acts (id, account_id, member_id, act, subject_id)
        values (%(id)s, %(account)s, %(member)s, %(act)s, %(subject)s) returning id
        """,
        {
            "id": new_id(),
            "account": account_id,
            "member": member_id,
            "act": act,
            "subject": subject_id,
        },
    )


async def set_subject(tx: Tx, act_id: int, subject_id: int) -> None:
    """What it was done to is known now."""
    await execute(
        tx,
        "update shared_acts set subject_id = %(subject)s where id = %(id)s",
        {"id": act_id, "subject": subject_id},
    )


async def forget_act(tx: Tx, act_id: int) -> None:
    """It was refused: nothing was done."""
    await execute(tx, "delete from shared_acts where id = %(id)s", {"id": act_id})


async def acts(tx: Tx, account_id: int, before_id: int | None, limit: int) -> list[SharedAct]:
    """What members did as an account, the newest first."""
    return await fetch_all(
        tx,
        SharedAct,
        """
        select s.id, m.username as member_name, s.act, s.subject_id, s.created_at
        from shared_acts s left join accounts m on m.id = s.member_id
        where s.account_id = %(account)s and (%(before)s::bigint is null or s.id < %(before)s)
        order by s.id desc limit %(limit)s
        """,
        {"account": account_id, "before": before_id, "limit": limit},
    )


async def delete_old_acts(tx: Tx) -> int:
    """Forget what was done long ago."""
    return await execute(
        tx,
        "delete from shared_acts where created_at < now() - make_interval(days => %(days)s)",
        {"days": ACTS_KEPT_DAYS},
    )
