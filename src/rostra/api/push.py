"""Web Push (https://docs.joinmastodon.org/methods/push/): one subscription for each access token."""

import msgspec

from rostra.api.auth import bearer_token, user
from rostra.api.entities.push_subscription import WebPushSubscription, push_subscription_entity
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.core.errors import Unauthorized
from rostra.notifications.model import KINDS
from rostra.push import actions, keys, queries
from rostra.push.model import Choice, Policy, Subscription

api = Endpoints("push")


class SubscriptionKeys(msgspec.Struct):
    """The app's keys, as its push service gave them to it: Base64."""

    p256dh: str
    auth: str


class SubscriptionParams(msgspec.Struct, kw_only=True):
    """Where to push to."""

    endpoint: str
    keys: SubscriptionKeys
    standard: bool = False
    """Whether the app reads RFC 8291; else the draft before it is spoken, as apps of old expect."""


class Data(msgspec.Struct, kw_only=True):
    """What to push."""

    alerts: dict[str, bool] = {}
    policy: Policy | None = None


class NewPushSubscription(msgspec.Struct, kw_only=True):
    """A new subscription."""

    subscription: SubscriptionParams
    data: Data = msgspec.field(default_factory=Data)


class ChangedPushSubscription(msgspec.Struct, kw_only=True):
    """What to push from now on. Documentation and apps have the policy in different places."""

    data: Data = msgspec.field(default_factory=Data)
    policy: Policy | None = None


@api.post("/api/v1/push/subscription", auth=user("push"), returns=WebPushSubscription)
async def subscribe(call: Call, params: NewPushSubscription) -> WebPushSubscription:
    """Have notifications pushed, instead of where this token had them pushed before."""
    wanted = params.subscription
    subscription = await actions.subscribe(
        call.tx,
        call.services,
        token=bearer_token(call.request) or "",
        token_id=_token_id(call),
        account_id=call.account_id,
        new=actions.checked(
            call.services,
            wanted.endpoint,
            wanted.keys.p256dh,
            wanted.keys.auth,
            standard=wanted.standard,
        ),
        choice=_choice(params.data, None),
    )
    return await _entity(call, subscription)


@api.get("/api/v1/push/subscription", auth=user("push"), returns=WebPushSubscription)
async def get_subscription(call: Call, params: NoParams) -> WebPushSubscription:
    """See where notifications are pushed to for this token."""
    return await _entity(call, await actions.of_token(call.tx, _token_id(call)))


@api.put("/api/v1/push/subscription", auth=user("push"), returns=WebPushSubscription)
async def change_subscription(call: Call, params: ChangedPushSubscription) -> WebPushSubscription:
    """Change what is pushed; as in Mastodon, what is not named is not pushed any more."""
    choice = _choice(params.data, params.policy)
    return await _entity(call, await actions.choose(call.tx, _token_id(call), choice))


@api.delete("/api/v1/push/subscription", auth=user("push"), returns=dict[str, str])
async def unsubscribe(call: Call, params: NoParams) -> dict[str, str]:
    """Have nothing pushed for this token any more."""
    await queries.delete_of_token(call.tx, _token_id(call))
    return {}


def _choice(data: Data, policy: Policy | None) -> Choice:
    alerts: list[str] = [kind for kind in KINDS if data.alerts.get(kind)]
    return Choice(alerts=alerts, policy=data.policy or policy or "all")


def _token_id(call: Call) -> int:
    if call.viewer is None:
        raise Unauthorized()
    return call.viewer.token_id


async def _entity(call: Call, subscription: Subscription) -> WebPushSubscription:
    return push_subscription_entity(subscription, await keys.get(call.tx))
