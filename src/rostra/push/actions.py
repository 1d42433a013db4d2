"""Use cases of Web Push: an app subscribes for its access token, and what is due to it is written down."""

import base64
import binascii
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric import ec

from rostra.core import events
from rostra.core.db import Tx
from rostra.core.errors import Invalid, NotFound
from rostra.core.http import Refused
from rostra.core.services import Services
from rostra.push import queries, sealing
from rostra.push.model import Choice, NewSubscription, PushDue, Subscription

_KEY_CHARACTERS = 200


def checked(services: Services, endpoint: str, p256dh: str, auth: str, *, standard: bool) -> NewSubscription:
    """What an app asks for.

    Raises:
        Invalid: the endpoint is none that we would call, or a key is none.
    """
    try:
        services.http.check(endpoint, https_only=services.settings.is_public)
    except Refused as error:
        raise Invalid(
            f"Endpoint is not a valid URL: {error}", {"endpoint": [("ERR_INVALID", f"{error}")]}
        ) from None
    return NewSubscription(
        endpoint=endpoint, p256dh=_public_key(p256dh), auth=_secret(auth), standard=standard
    )


async def subscribe(
    tx: Tx,
    services: Services,
    *,
    token: str,
    token_id: int,
    account_id: int,
    new: NewSubscription,
    choice: Choice,
) -> Subscription:
    """Push to `new` for an access token, instead of where it was pushed to before."""
    sealed = sealing.seal(services.settings, token, token_id)
    await queries.replace(tx, token_id, account_id, new, choice, sealed)
    return await of_token(tx, token_id)


async def of_token(tx: Tx, token_id: int) -> Subscription:
    """The subscription of an access token.

    Raises:
        NotFound: it has none.
    """
    found = await queries.of_token(tx, token_id)
    if found is None:
        raise NotFound()
    return found


async def choose(tx: Tx, token_id: int, choice: Choice) -> Subscription:
    """Change what is pushed for an access token.

    Raises:
        NotFound: it has no subscription.
    """
    await queries.choose(tx, token_id, choice)
    return await of_token(tx, token_id)


async def push(tx: Tx, notifications: Sequence[tuple[int, int]], kind: str, from_id: int) -> None:
    """Have new notifications, pairs of an id and its account, pushed to those who subscribed for such."""
    if notifications:
        due = await queries.wanting(tx, notifications, kind, from_id)
        await events.record(tx, *(PushDue(subscription, notification) for subscription, notification in due))


def _public_key(text: str) -> bytes:
    """Raises `Invalid` unless it is a point on P-256."""
    decoded = _decode("p256dh", text)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded)
    except ValueError:
        decoded = b""
    if len(decoded) != 65:  # compressed points are valid, too, but nobody can read what is made for them
        raise _invalid("p256dh")
    return decoded


def _secret(text: str) -> bytes:
    """Raises `Invalid` unless it has 16 bytes (RFC 8291, 3.2)."""
    decoded = _decode("auth", text)
    if len(decoded) != 16:
        raise _invalid("auth")
    return decoded


def _decode(name: str, text: str) -> bytes:
    """Base64 in either alphabet, with or without padding: apps send all of them."""
    stripped = text.strip().rstrip("=").replace("+", "-").replace("/", "_")
    try:
        if len(stripped) > _KEY_CHARACTERS:
            raise ValueError
        return base64.b64decode(stripped + "=" * (-len(stripped) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise _invalid(name) from None


def _invalid(name: str) -> Invalid:
    return Invalid(f"Key {name} is invalid", {f"key_{name}": [("ERR_INVALID", "is invalid")]})
