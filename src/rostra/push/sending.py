"""Handing a message to a push service (RFC 8030), and learning from its answer.

No transaction is open while we wait. Whatever the service does, the member's other devices are not
kept waiting: each subscription has its own job, and these jobs have slots of their own.
"""

import hashlib
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import msgspec
import structlog
from prometheus_client import Counter

from rostra.core import clock
from rostra.core.http import HttpError, Limits, Refused, Reply
from rostra.core.jobs import TryAgain
from rostra.core.services import Services
from rostra.push import encryption, queries
from rostra.push.encryption import MOST_BYTES
from rostra.push.keys import Keys, unpadded
from rostra.push.model import LIFETIME, PATIENCE, Message, Subscription

LIMITS = Limits(seconds=10, body_bytes=16 * 1024, redirects=0, cut=True)
SOON = 3600
"""Seconds for which a failing subscription is tried again and again; later only with each new message."""
LONGEST_PAUSE = 3600
"""Seconds: as long as a push service may ask us to wait."""
SENT = Counter("rostra_pushes_total", "Messages to push services, by how they ended", ["outcome"])
log = structlog.get_logger()


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """How a message is to be handed over."""

    made_at: datetime
    urgent: bool = False
    """Whether a device may be woken for it (RFC 8030, 5.3)."""
    topic: str | None = None
    """Of several messages with the same topic, a device that was off gets only the last (RFC 8030, 5.4)."""

    @property
    def age(self) -> float:
        """In seconds."""
        return (clock.now() - self.made_at).total_seconds()


async def send(
    services: Services, keys: Keys, subscription: Subscription, message: Message, delivery: Delivery
) -> None:
    """Send `message` to `subscription`; one that is gone is dropped.

    Raises:
        TryAgain: the push service can't take it now.
    """
    body, headers = encryption.encrypt(services.settings, keys, subscription, _encode(message))
    try:
        reply = await services.http.post(
            subscription.endpoint,
            body,
            headers={**headers, **_handling(delivery)},
            limits=LIMITS,
            https_only=services.settings.is_public,
        )
    except Refused as error:
        await _failed(services, subscription, "refused", str(error))
        return
    except HttpError as error:
        await _failed(services, subscription, "unreachable", str(error))
        _try_again(subscription, delivery, str(error), None)
        return
    await _learn(services, subscription, delivery, reply)


async def _learn(services: Services, subscription: Subscription, delivery: Delivery, reply: Reply) -> None:
    if 200 <= reply.status < 300:
        SENT.labels("sent").inc()
        if subscription.failing_since is not None:
            async with services.db.connection() as tx:
                await queries.succeeded(tx, subscription.id)
    elif reply.status in (404, 410):  # RFC 8030, 7.3: the device does not want it any more
        SENT.labels("gone").inc()
        async with services.db.connection() as tx:
            await queries.delete(tx, subscription.id)
    else:
        # Also 401 and 403: were it our clock that is wrong, all subscriptions would be lost at once.
        await _failed(services, subscription, f"status_{reply.status}", "")
        if reply.status in (408, 429) or reply.status >= 500:
            pause = retry_after(reply.headers.get("Retry-After", ""))
            _try_again(subscription, delivery, f"status {reply.status}", pause)


async def _failed(services: Services, subscription: Subscription, outcome: str, reason: str) -> None:
    SENT.labels(outcome).inc()
    log.info("push.failed", subscription=subscription.id, outcome=outcome, reason=reason[:200])
    async with services.db.connection() as tx:
        await queries.failed(tx, subscription.id)


def _try_again(subscription: Subscription, delivery: Delivery, reason: str, pause: float | None) -> None:
    """Raises `TryAgain`, unless it is too late for this message or the subscription fails for long."""
    since = subscription.failing_since
    if since is not None and (clock.now() - since).total_seconds() > max(SOON, pause or 0):
        return
    if delivery.age + (pause or 0) < PATIENCE.total_seconds():
        raise TryAgain(reason, pause)


def retry_after(value: str) -> float | None:
    """Seconds that a `Retry-After` header asks for (RFC 9110, 10.2.3), within reason; None: it does not."""
    value = value.strip()
    if value.isascii() and value.isdecimal() and len(value) < 10:
        seconds = float(value)
    else:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - clock.now()).total_seconds()
    return min(max(seconds, 1.0), LONGEST_PAUSE)


def _handling(delivery: Delivery) -> dict[str, str]:
    headers = {
        "TTL": str(max(0, int(LIFETIME.total_seconds() - delivery.age))),
        "Urgency": "high" if delivery.urgent else "normal",
    }
    if delivery.topic is not None:
        # At most 32 characters of base64url; and the push service need not know what it is about.
        headers["Topic"] = unpadded(hashlib.sha256(delivery.topic.encode()).digest()[:24])
    return headers


def _encode(message: Message) -> bytes:
    """As JSON, short enough for every push service."""
    encoded = msgspec.json.encode(message)
    if len(encoded) <= MOST_BYTES:
        return encoded
    return msgspec.json.encode(msgspec.structs.replace(message, body="", icon="", title=message.title[:200]))
