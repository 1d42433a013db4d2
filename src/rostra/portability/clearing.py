"""Taking away what a member has and a file does not name, when the file is to stand for all of it.

Each thing goes by its own use case, so that feeds and other servers learn of it.
"""

import contextlib
from collections.abc import Awaitable, Callable

from rostra.accounts.filters import actions as filters
from rostra.accounts.lists import actions as lists
from rostra.accounts.relations import actions as relations
from rostra.accounts.relations import domains
from rostra.core.db import Tx
from rostra.core.errors import NotFound
from rostra.core.services import Services
from rostra.portability import standing
from rostra.portability.model import Import, Kind
from rostra.portability.standing import Held
from rostra.statuses import interactions


async def to_remove(tx: Tx, found: Import, most: int) -> list[Held]:
    """Up to `most` things that the member has and that are not in the file."""
    if found.kind == "lists" and (whole := await standing.lists_not_in_file(tx, found, most)):
        return whole
    return await standing.not_in_file(tx, found, most)


async def remove(tx: Tx, services: Services, found: Import, held: Held) -> None:
    """Take one of them away."""
    with contextlib.suppress(NotFound):  # deleted in this very moment
        await _REMOVE[found.kind](tx, services, found.account_id, held)


async def _unfollow(tx: Tx, services: Services, account_id: int, held: Held) -> None:
    await relations.unfollow(tx, account_id, held.id)


async def _unblock(tx: Tx, services: Services, account_id: int, held: Held) -> None:
    await relations.unblock(tx, account_id, held.id)


async def _unmute(tx: Tx, services: Services, account_id: int, held: Held) -> None:
    await relations.unmute(tx, account_id, held.id)


async def _unblock_domain(tx: Tx, services: Services, account_id: int, held: Held) -> None:
    await domains.unblock(tx, account_id, held.key)


async def _leave_list(tx: Tx, services: Services, account_id: int, held: Held) -> None:
    if held.other:
        await lists.remove_accounts(tx, account_id, held.id, [held.other])
    else:
        await lists.delete(tx, account_id, held.id)


async def _unbookmark(tx: Tx, services: Services, account_id: int, held: Held) -> None:
    await interactions.unbookmark(tx, account_id, held.id)


async def _delete_filter(tx: Tx, services: Services, account_id: int, held: Held) -> None:
    await filters.delete(tx, services.bus, account_id, held.id)


_REMOVE: dict[Kind, Callable[[Tx, Services, int, Held], Awaitable[None]]] = {
    "follows": _unfollow,
    "blocks": _unblock,
    "mutes": _unmute,
    "domain_blocks": _unblock_domain,
    "lists": _leave_list,
    "bookmarks": _unbookmark,
    "filters": _delete_filter,
}
