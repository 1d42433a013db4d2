"""Grouped notifications (https://docs.joinmastodon.org/methods/grouped_notifications/)."""

from typing import Annotated

import msgspec

from rostra.accounts import markers
from rostra.accounts import queries as account_queries
from rostra.api.auth import user
from rostra.api.entities.account import Account
from rostra.api.entities.notification_group import GroupedNotificationsResults, grouped_results
from rostra.api.http import Call, Endpoints, Page
from rostra.api.notifications import Count, Kinds
from rostra.api.params import PageParams
from rostra.core.errors import BadRequest, NotFound
from rostra.core.paging import Bounds
from rostra.notifications import groups
from rostra.notifications.model import GROUPED

api = Endpoints("grouped_notifications")

Key = Annotated[str, msgspec.Meta(description="The key of a group")]


class Groups(Kinds, kw_only=True):
    """Which notifications, and which kinds of them are grouped."""

    grouped_types: list[str] = []

    @property
    def grouped(self) -> list[str]:
        """The kinds to be grouped: all that can be, when none is named."""
        return self.grouped_types or sorted(GROUPED)


class GroupPage(Groups, kw_only=True):
    """A page of groups."""

    expand_accounts: str = "full"


class GroupKey(msgspec.Struct):
    """A group in the path."""

    group_key: Key


class Senders(PageParams, kw_only=True):
    """A page of those who are in a group."""

    group_key: Key


@api.get("/api/v2/notifications", auth=user("read:notifications"), returns=GroupedNotificationsResults)
async def list_groups(call: Call, params: GroupPage) -> Page:
    """What concerns the member, grouped, newest first."""
    if params.expand_accounts not in ("full", "partial_avatars"):
        raise BadRequest("expand_accounts must be full or partial_avatars")
    found = await groups.read(call.tx, call.account_id, params.bounds(40, 80), params.wanted, params.grouped)
    results = await grouped_results(
        call.tx, call.hydrator, call.settings, call.account_id, found, expand=params.expand_accounts
    )
    return Page(results, found[0].id, found[-1].id) if found else Page(results)


@api.get("/api/v2/notifications/unread_count", auth=user("read:notifications"), returns=Count)
async def unread_groups(call: Call, params: Groups) -> Count:
    """How many groups came since the member last read them, up to a limit."""
    read = await markers.last_read_id(call.tx, call.account_id, "notifications")
    bounds = Bounds(limit=params.size(100, 1000), min_id=read)
    return Count(await groups.count(call.tx, call.account_id, bounds, params.wanted, params.grouped))


@api.get(
    "/api/v2/notifications/{group_key}",
    auth=user("read:notifications"),
    returns=GroupedNotificationsResults,
)
async def get_group(call: Call, params: GroupKey) -> GroupedNotificationsResults:
    """See one group."""
    group = await groups.get(call.tx, call.account_id, params.group_key)
    if group is None:
        raise NotFound()
    return await grouped_results(
        call.tx, call.hydrator, call.settings, call.account_id, [group], is_page=False
    )


@api.post(
    "/api/v2/notifications/{group_key}/dismiss", auth=user("write:notifications"), returns=dict[str, str]
)
async def dismiss_group(call: Call, params: GroupKey) -> dict[str, str]:
    """Drop all notifications of a group; of one that is not there, none."""
    await groups.dismiss(call.tx, call.account_id, params.group_key)
    return {}


# The documentation asks for write:notifications, Mastodon itself for read:notifications.
@api.get(
    "/api/v2/notifications/{group_key}/accounts",
    auth=user("read:notifications", "write:notifications"),
    returns=list[Account],
)
async def list_senders(call: Call, params: Senders) -> Page:
    """See everybody who is in a group, the last first."""
    bounds = Bounds(
        limit=params.size(40), max_id=params.max_id, since_id=params.since_id, min_id=params.min_id
    )
    rows = await groups.senders(call.tx, call.account_id, params.group_key, bounds)
    accounts = {
        row.id: row for row in await account_queries.by_ids(call.tx, [row.from_account_id for row in rows])
    }
    items = call.hydrator.accounts(
        accounts[row.from_account_id] for row in rows if row.from_account_id in accounts
    )
    return Page(items, rows[0].id, rows[-1].id) if rows else Page(items)
