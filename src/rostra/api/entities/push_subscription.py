"""WebPushSubscription (https://docs.joinmastodon.org/entities/WebPushSubscription/)."""

import msgspec

from rostra.notifications.model import KINDS
from rostra.push.keys import Keys
from rostra.push.model import Policy, Subscription


class WebPushSubscription(msgspec.Struct, kw_only=True):
    """Where notifications are pushed to for an access token, and which."""

    id: str
    endpoint: str
    standard: bool
    alerts: dict[str, bool]
    policy: Policy
    server_key: str


def push_subscription_entity(row: Subscription, keys: Keys) -> WebPushSubscription:
    """`row` without its keys."""
    return WebPushSubscription(
        id=str(row.id),
        endpoint=row.endpoint,
        standard=row.standard,
        alerts={kind: kind in row.alerts for kind in KINDS},
        policy=row.policy,
        server_key=keys.public_text,
    )
