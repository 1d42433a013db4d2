"""Reactions that push: what a device says about a notification, in its member's language."""

import contextlib

from rostra.accounts import queries as account_queries
from rostra.accounts.collections import queries as collections
from rostra.accounts.collections.model import Collection
from rostra.accounts.model import Account
from rostra.core.db import Tx
from rostra.core.errors import NotFound
from rostra.core.jobs import apart
from rostra.core.services import Services
from rostra.core.settings import Settings
from rostra.core.text import plain_text
from rostra.notifications import queries as notifications
from rostra.notifications.model import Notification
from rostra.pages import i18n
from rostra.push import keys, queries, sealing, sending
from rostra.push.model import LIFETIME, Message, PushDue, Subscription
from rostra.push.sending import Delivery
from rostra.statuses import access
from rostra.statuses.model import Status

AT_ONCE = 12
TITLE_CHARACTERS = 120
BODY_CHARACTERS = 140
"""As in Mastodon."""
NO_AVATAR = "/static/avatar.png"
_TITLES = {
    "mention": "push-mention",
    "status": "push-status",
    "reblog": "push-reblog",
    "follow": "push-follow",
    "follow_request": "push-follow-request",
    "favourite": "push-favourite",
    "poll": "push-poll",
    "update": "push-update",
    "quote": "push-quote",
    "quoted_update": "push-quoted-update",
    "severed_relationships": "push-severed-relationships",
    "moderation_warning": "push-moderation-warning",
    "admin.sign_up": "push-admin-sign-up",
    "admin.report": "push-admin-report",
    "added_to_collection": "push-added-to-collection",
    "collection_update": "push-collection-update",
}
_WITHOUT_BODY = frozenset({"severed_relationships", "moderation_warning", "admin.report"})


@apart(AT_ONCE)
async def push_notification(services: Services, event: PushDue) -> None:
    """Push a notification, if it and the subscription are still there, and still wanted."""
    async with services.db.connection() as tx:
        subscription = await queries.of_active_member(tx, event.subscription_id)
        if subscription is None:
            return
        row = await notifications.get(tx, subscription.account_id, event.notification_id)
        if row is None or row.filtered:
            return
        if not await queries.allows(tx, subscription, row.type, row.from_account_id):
            return
        senders = await account_queries.by_ids(tx, [row.from_account_id])
        status = await _status(tx, row)
        collection = await _collection(tx, row)
        ours = await keys.get(tx)
    delivery = Delivery(
        made_at=row.created_at,
        urgent=row.type == "mention" and status is not None and status.visibility == "direct",
        topic=f"{row.account_id}/{row.group_key}" if row.group_key else None,
    )
    if senders and (status is not None or row.status_id is None) and delivery.age < LIFETIME.total_seconds():
        body = _body(row, senders[0], status, collection)
        message = _message(services.settings, subscription, row, senders[0], body)
        await sending.send(services, ours, subscription, message, delivery)


async def _collection(tx: Tx, row: Notification) -> Collection | None:
    found = await collections.by_ids(tx, row.account_id, [row.collection_id]) if row.collection_id else []
    return found[0] if found else None


async def _status(tx: Tx, row: Notification) -> Status | None:
    if row.status_id is None:
        return None
    with contextlib.suppress(NotFound):  # deleted in this very moment
        return await access.get_visible(tx, row.account_id, row.status_id)
    return None


def _message(
    settings: Settings, subscription: Subscription, row: Notification, sender: Account, body: str
) -> Message:
    language = subscription.locale.partition("-")[0]
    t = i18n.translator(language if language in i18n.LANGUAGES else i18n.DEFAULT)
    name = _cut(sender.display_name or sender.username, TITLE_CHARACTERS)
    is_own_poll = row.type == "poll" and row.from_account_id == row.account_id
    avatar = sender.avatar_static_key or sender.avatar_key
    return Message(
        access_token=sealing.unseal(settings, subscription.sealed_token, subscription.token_id),
        preferred_locale=subscription.locale,
        notification_id=str(row.id),
        notification_type=row.type,
        icon=settings.url(f"/media/{avatar}" if avatar else NO_AVATAR),
        title=t("push-poll-own" if is_own_poll else _TITLES[row.type], name=name),
        body=_cut(body, BODY_CHARACTERS),
    )


def _body(row: Notification, sender: Account, status: Status | None, collection: Collection | None) -> str:
    if row.type in _WITHOUT_BODY:
        return ""
    if row.collection_id is not None:
        return collection.name if collection else ""
    if status is None:
        return plain_text(sender.note) if sender.domain is not None else sender.note
    return status.spoiler_text or plain_text(status.content)


def _cut(text: str, most: int) -> str:
    """`text` in one line, at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
