"""Lists (https://docs.joinmastodon.org/methods/lists/)."""

import msgspec

from rostra.accounts import access as account_access
from rostra.accounts.lists import access, actions, queries
from rostra.accounts.lists.model import ACCOUNTS, Change, RepliesPolicy
from rostra.api import account_lists
from rostra.api.auth import user
from rostra.api.entities.account import Account
from rostra.api.entities.list import List, list_entity
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, NoParams, PageParams
from rostra.core.errors import Invalid
from rostra.core.paging import Bounds
from rostra.core.text import clean
from rostra.timelines import lists as timelines

api = Endpoints("lists")

MOST_IDS = 500
"""Accounts that one call adds or removes."""


class ListId(msgspec.Struct):
    """A list in the path."""

    id: Id


class NewList(msgspec.Struct, kw_only=True):
    """What a list is to be."""

    title: str | None = None
    replies_policy: RepliesPolicy | None = None
    exclusive: bool | None = None

    def change(self) -> Change:
        """As the use case wants it."""
        title = None if self.title is None else clean(self.title).strip()
        return Change(title=title, replies_policy=self.replies_policy, exclusive=self.exclusive)


class ListChange(NewList, kw_only=True):
    """A list in the path, and what it is to be."""

    id: Id


class ListPage(PageParams, kw_only=True):
    """A list in the path, and a part of whom it holds; `limit` 0: all of them."""

    id: Id


class ListAccounts(msgspec.Struct, kw_only=True):
    """A list in the path, and accounts."""

    id: Id
    account_ids: list[Id] = []

    def checked(self) -> list[int]:
        """The ids.

        Raises:
            Invalid: they are too many for one call.
        """
        if len(self.account_ids) > MOST_IDS:
            raise Invalid(f"Too many account_ids (maximum is {MOST_IDS})")
        return self.account_ids


@api.get("/api/v1/lists", auth=user("read:lists"), returns=list[List])
async def get_lists(call: Call, params: NoParams) -> list[List]:
    """See one's lists."""
    return [list_entity(row) for row in await queries.of_account(call.tx, call.account_id)]


@api.post("/api/v1/lists", auth=user("write:lists"), returns=List)
async def create_list(call: Call, params: NewList) -> List:
    """Make a list."""
    return list_entity(await actions.create(call.tx, call.account_id, params.change()))


@api.get("/api/v1/lists/{id}", auth=user("read:lists"), returns=List)
async def get_list(call: Call, params: ListId) -> List:
    """See one list."""
    return list_entity(await access.get_own(call.tx, call.account_id, params.id))


@api.put("/api/v1/lists/{id}", auth=user("write:lists"), returns=List)
async def update_list(call: Call, params: ListChange) -> List:
    """Change a list."""
    return list_entity(await actions.update(call.tx, call.account_id, params.id, params.change()))


@api.delete("/api/v1/lists/{id}", auth=user("write:lists"), returns=dict[str, str])
async def delete_list(call: Call, params: ListId) -> dict[str, str]:
    """Delete a list."""
    await actions.delete(call.tx, call.account_id, params.id)
    return {}


@api.get("/api/v1/lists/{id}/accounts", auth=user("read:lists"), returns=list[Account])
async def get_list_accounts(call: Call, params: ListPage) -> Page:
    """See whom a list holds."""
    await access.get_own(call.tx, call.account_id, params.id)
    if params.limit == 0:
        return Page(
            call.hydrator.accounts(await queries.accounts(call.tx, params.id, Bounds(limit=ACCOUNTS)))
        )
    return await account_lists.page(
        call, await queries.accounts(call.tx, params.id, account_lists.bounds(params))
    )


@api.post("/api/v1/lists/{id}/accounts", auth=user("write:lists"), returns=dict[str, str])
async def add_to_list(call: Call, params: ListAccounts) -> dict[str, str]:
    """Put accounts into a list, also such as one doesn't follow."""
    ids = params.checked()
    await actions.add_accounts(call.tx, call.account_id, params.id, ids)
    # Who looks at the list right away sees them in it; the reaction finds it done.
    await timelines.add_authors(call.tx, params.id, ids)
    return {}


@api.delete("/api/v1/lists/{id}/accounts", auth=user("write:lists"), returns=dict[str, str])
async def remove_from_list(call: Call, params: ListAccounts) -> dict[str, str]:
    """Take accounts out of a list."""
    ids = params.checked()
    await actions.remove_accounts(call.tx, call.account_id, params.id, ids)
    await timelines.remove_authors(call.tx, params.id, ids)
    return {}


@api.get("/api/v1/accounts/{id}/lists", auth=user("read:lists"), returns=list[List])
async def get_lists_of_account(call: Call, params: ListId) -> list[List]:
    """See which of one's lists hold an account."""
    await account_access.get_known(call.tx, params.id)
    return [list_entity(row) for row in await queries.holding(call.tx, call.account_id, params.id)]
