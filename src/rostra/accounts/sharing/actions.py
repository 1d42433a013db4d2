"""Use cases of shared accounts: inviting, accepting, leaving. Whatever takes access ends tokens at once."""

from rostra.accounts import access as accounts
from rostra.accounts import throttles
from rostra.accounts.model import Account
from rostra.accounts.oauth.revocation import tokens_die
from rostra.accounts.relations import queries as relations
from rostra.accounts.sharing import queries
from rostra.accounts.sharing.model import (
    MOST_ACCOUNTS,
    MOST_MEMBERS,
    ROLES,
    Access,
    AccessOffered,
    Power,
    Role,
    reaches,
)
from rostra.core import events
from rostra.core.bus import Bus
from rostra.core.db import Tx
from rostra.core.errors import Invalid, NotFound
from rostra.core.settings import Settings


async def power(tx: Tx, account_id: int, member_id: int) -> Power:
    """What somebody who is signed in is to an account.

    Raises:
        NotFound: nothing; they learn no more than if there were none.
    """
    if account_id == member_id:
        return "owner"
    found = await queries.role(tx, account_id, member_id)
    if found is None:
        raise NotFound()
    return found


async def invite(tx: Tx, settings: Settings, account_id: int, by_id: int, handle: str, role: str) -> None:
    """Invite a member of this network, named by `handle`, to look after an account.

    Raises:
        Invalid: there is no such member, they can't be invited, or there are enough already.
        NotFound: `by_id` may not let others in, or not with this role.
        TooMany: they, or others, invited so many a short while ago.
    """
    if role not in ROLES or not may_grant(await power(tx, account_id, by_id), role):
        raise NotFound()
    member = await _member(tx, settings, handle)
    blocked = await relations.is_blocked_between(tx, account_id, member.id)
    if blocked or member.id in (account_id, by_id):
        raise _invalid("ERR_SELF" if member.id in (account_id, by_id) else "ERR_UNKNOWN")
    await throttles.hit(tx, settings, throttles.INVITATION_BY_MEMBER, by_id)
    await throttles.hit(tx, settings, throttles.INVITATION_BY_RECIPIENT, member.id)
    async with tx.transaction():
        members, shared = await queries.counts(tx, account_id, member.id)
        if members >= MOST_MEMBERS or shared >= MOST_ACCOUNTS:
            raise _invalid("ERR_TOO_MANY")
        access_id = await queries.insert(tx, account_id, member.id, role, by_id)
        if access_id is None:
            raise _invalid("ERR_TAKEN")
        await events.record(tx, AccessOffered(access_id=access_id))


async def accept(tx: Tx, access_id: int, member_id: int) -> None:
    """Say yes to an invitation.

    Raises:
        NotFound: it is somebody else's, was taken back, or was answered.
    """
    if not await queries.accept(tx, access_id, member_id):
        raise NotFound()


async def end(tx: Tx, bus: Bus, access_id: int, by_id: int) -> None:
    """End an access, or take an invitation back or decline it: at once, with all its tokens.

    Raises:
        NotFound: there is none, or `by_id` may not.
    """
    found = await _managed(tx, access_id, by_id, leaving=True)
    async with tokens_die(tx, bus):
        await queries.delete(tx, found.id)


async def change_role(tx: Tx, bus: Bus, access_id: int, by_id: int, role: str) -> None:
    """Give a member another role, which counts from now on.

    Raises:
        NotFound: there is none, or `by_id` may not.
    """
    found = await _managed(tx, access_id, by_id, leaving=False)
    if role not in ROLES or not may_grant(await power(tx, found.account_id, by_id), role):
        raise NotFound()
    async with tokens_die(tx, bus):
        await queries.set_role(tx, found.id, role)


def may_grant(power: Power, role: Role) -> bool:
    """Whether somebody may let others in, and out, with a role: below their own."""
    return reaches(power, "manager") and power != role


async def _managed(tx: Tx, access_id: int, by_id: int, *, leaving: bool) -> Access:
    found = await queries.get(tx, access_id)
    if found is None:
        raise NotFound()
    if leaving and found.member_id == by_id:
        return found
    if not may_grant(await power(tx, found.account_id, by_id), found.role):
        raise NotFound()
    return found


async def _member(tx: Tx, settings: Settings, handle: str) -> Account:
    name, _, domain = handle.strip().removeprefix("@").partition("@")
    if not name or "\x00" in name or (domain and domain.lower() != settings.local_domain):
        raise _invalid("ERR_UNKNOWN")
    try:
        return await accounts.get_by_handle(tx, name, None)
    except NotFound:
        raise _invalid("ERR_UNKNOWN") from None


def _invalid(code: str) -> Invalid:
    return Invalid("The member can't be invited", {"member": [(code, "can't be invited")]})
