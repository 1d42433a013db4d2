"""Grouped notifications (https://docs.joinmastodon.org/methods/grouped_notifications/)."""

from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from rostra.accounts import queries as account_queries
from rostra.accounts.model import Account as AccountRow
from rostra.api.entities.account import Account, account_entity
from rostra.api.entities.collection import Collection, collections_by_id
from rostra.api.entities.hydrate import Hydrator
from rostra.api.entities.notification import reports_by_id, statuses_by_id
from rostra.api.entities.report import Report
from rostra.api.entities.status import Status
from rostra.core.clock import timestamp
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.notifications import queries
from rostra.notifications.model import Group
from rostra.notifications.queries import Subjects

Expand = Literal["full", "partial_avatars"]
_WITH_SUBJECT = frozenset({"admin.report", "added_to_collection", "collection_update"})
"""Kinds that are about something else than a status."""


class NotificationGroup(msgspec.Struct, kw_only=True, omit_defaults=True):
    """All notifications of one kind on one subject within some hours; in a page also which of them it has."""

    group_key: str
    notifications_count: int
    type: str
    most_recent_notification_id: int
    sample_account_ids: list[str]
    page_min_id: str | msgspec.UnsetType = msgspec.UNSET
    page_max_id: str | msgspec.UnsetType = msgspec.UNSET
    latest_page_notification_at: str | msgspec.UnsetType = msgspec.UNSET
    status_id: str | msgspec.UnsetType = msgspec.UNSET
    report: Report | msgspec.UnsetType = msgspec.UNSET
    """What was reported, for staff."""
    collection: Collection | msgspec.UnsetType = msgspec.UNSET


class PartialAccountWithAvatar(msgspec.Struct):
    """As much of an account as it takes to show its picture."""

    id: str
    acct: str
    locked: bool
    bot: bool
    url: str
    avatar: str
    avatar_static: str
    avatar_description: str


class GroupedNotificationsResults(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A page of groups, with each account and each status once. Both are entities, encoded or not."""

    accounts: list[Account | msgspec.Raw]
    statuses: list[Status | msgspec.Raw]
    notification_groups: list[NotificationGroup]
    partial_accounts: list[PartialAccountWithAvatar] | msgspec.UnsetType = msgspec.UNSET


async def grouped_results(
    tx: Tx,
    hydrator: Hydrator,
    settings: Settings,
    viewer_id: int,
    groups: Sequence[Group],
    *,
    expand: Expand = "full",
    is_page: bool = True,
) -> GroupedNotificationsResults:
    """`groups` as apps see them, in a fixed number of queries."""
    everybody = dict.fromkeys(sender for group in groups for sender in group.sender_ids)
    rows = {row.id: row for row in await account_queries.by_ids(tx, list(everybody))}
    statuses = await statuses_by_id(tx, hydrator, viewer_id, [group.status_id for group in groups])
    whole = everybody if expand == "full" else dict.fromkeys(group.sender_ids[0] for group in groups)
    about = [group.newest_id for group in groups if group.type in _WITH_SUBJECT]
    subjects = await queries.subjects(tx, viewer_id, about) if about else {}
    reports = await reports_by_id(tx, hydrator, [each.report_id for each in subjects.values()])
    collections = await collections_by_id(
        tx, settings, viewer_id, [each.collection_id for each in subjects.values()]
    )
    results = GroupedNotificationsResults(
        accounts=[hydrator.account(rows[sender]) for sender in whole if sender in rows],
        statuses=list(statuses.values()),
        notification_groups=[
            _group(group, subjects.get(group.newest_id), reports, collections, is_page=is_page)
            for group in groups
        ],
    )
    if expand == "partial_avatars":
        results.partial_accounts = [
            _partial(settings, rows[sender]) for sender in everybody if sender in rows and sender not in whole
        ]
    return results


def _group(
    group: Group,
    subject: Subjects | None,
    reports: Mapping[int, Report],
    collections: Mapping[int, Collection],
    *,
    is_page: bool,
) -> NotificationGroup:
    entity = NotificationGroup(
        group_key=group.key,
        report=reports.get(subject.report_id or 0, msgspec.UNSET) if subject else msgspec.UNSET,
        collection=collections.get(subject.collection_id or 0, msgspec.UNSET) if subject else msgspec.UNSET,
        notifications_count=group.count,
        type=group.type,
        most_recent_notification_id=group.newest_id,
        sample_account_ids=[str(sender) for sender in group.sender_ids],
        status_id=str(group.status_id) if group.status_id is not None else msgspec.UNSET,
    )
    if is_page:
        entity.page_min_id = str(group.page_min_id)
        entity.page_max_id = str(group.newest_id)
        entity.latest_page_notification_at = timestamp(group.newest_at)
    return entity


def _partial(settings: Settings, row: AccountRow) -> PartialAccountWithAvatar:
    entity = account_entity(settings, row)
    return PartialAccountWithAvatar(
        id=entity.id,
        acct=entity.acct,
        locked=entity.locked,
        bot=entity.bot,
        url=entity.url,
        avatar=entity.avatar,
        avatar_static=entity.avatar_static,
        avatar_description=entity.avatar_description,
    )
