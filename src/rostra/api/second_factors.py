"""Second factors: an extension (docs/api-extensions.md). What changes one needs the password."""

from typing import Any

import msgspec

from rostra.accounts import throttles
from rostra.accounts.sessions import passkeys, queries, security, totp
from rostra.accounts.sessions.actions import count_second_factor
from rostra.accounts.sessions.model import Passkey as PasskeyRow
from rostra.api.http import Call, Endpoints
from rostra.api.own import READ, WRITE, Confirmed, confirm
from rostra.api.params import Id, NoParams
from rostra.core.clock import timestamp
from rostra.core.errors import Conflict, NotFound

api = Endpoints("second_factors")

HERE = "/api/rostra/v1/second_factors"


class Passkey(msgspec.Struct, kw_only=True):
    """A passkey; `last_used_at` null: never since it was added."""

    id: str
    name: str
    created_at: str
    last_used_at: str | None


class SecondFactors(msgspec.Struct, kw_only=True):
    """What there is besides the password."""

    totp_enabled_at: str | None
    recovery_codes_left: int
    passkeys: list[Passkey]


class PasskeyId(msgspec.Struct, kw_only=True):
    """A passkey in the path."""

    id: Id


class ConfirmedPasskeyId(Confirmed, kw_only=True):
    """A passkey in the path, and the password."""

    id: Id


class PasskeyName(PasskeyId, kw_only=True):
    """What a passkey is to be called."""

    name: str


class NewPasskey(msgspec.Struct, kw_only=True):
    """What the browser has made; `token` is that of the step."""

    token: str
    credential: str
    name: str = ""


class Creation(msgspec.Struct):
    """What the browser is to make (`PublicKeyCredentialCreationOptionsJSON`), and the step's token."""

    options: dict[str, Any] | msgspec.Raw
    token: str


class TotpSecret(msgspec.Struct):
    """What an authenticator app is to know: in Base32, and as the address that a QR code has."""

    secret: str
    uri: str


class Code(msgspec.Struct):
    """A code from an authenticator app."""

    code: str


class RecoveryCodes(msgspec.Struct):
    """Fresh recovery codes: nobody can read them again. Empty: the ones before stay good."""

    recovery_codes: list[str]


@api.get(HERE, auth=READ, returns=SecondFactors)
async def get_second_factors(call: Call, params: NoParams) -> SecondFactors:
    """See what there is besides the password."""
    return await _entity(call)


@api.post(HERE + "/passkeys/options", auth=WRITE, returns=Creation)
async def begin_passkey(call: Call, params: Confirmed) -> Creation:
    """Begin to add a passkey: the browser makes it, on this network's own pages only."""
    await confirm(call, call.tx, params.password)
    address = throttles.network_of(call.address)
    await throttles.hit(call.tx, call.settings, throttles.CHALLENGE_BY_ADDRESS, address)
    options, token = await passkeys.creation_options(call.tx, call.settings, call.account_id)
    return Creation(msgspec.Raw(options.encode()), token)


@api.post(HERE + "/passkeys", auth=WRITE, returns=RecoveryCodes)
async def add_passkey(call: Call, params: NewPasskey) -> RecoveryCodes:
    """Add the passkey that the browser has made."""
    codes = await security.add_passkey(
        call.tx,
        call.settings,
        call.account_id,
        step_token=params.token,
        credential=params.credential,
        name=params.name,
    )
    return RecoveryCodes(codes)


@api.patch(HERE + "/passkeys/{id}", auth=WRITE, returns=Passkey)
async def rename_passkey(call: Call, params: PasskeyName) -> Passkey:
    """Call a passkey otherwise."""
    renamed = await passkeys.rename(call.tx, call.account_id, params.id, params.name)
    if renamed is None:
        raise NotFound
    return _passkey(renamed)


@api.post(HERE + "/passkeys/{id}/remove", auth=WRITE, returns=SecondFactors)
async def remove_passkey(call: Call, params: ConfirmedPasskeyId) -> SecondFactors:
    """Forget a passkey."""
    await confirm(call, call.tx, params.password)
    await security.remove_passkey(call.tx, call.account_id, params.id)
    return await _entity(call)


@api.post(HERE + "/totp/begin", auth=WRITE, returns=TotpSecret)
async def begin_totp(call: Call, params: Confirmed) -> TotpSecret:
    """Begin to set up an authenticator app."""
    await confirm(call, call.tx, params.password)
    if (await queries.second_factors(call.tx, call.account_id)).totp_confirmed_at:
        raise Conflict("An authenticator app is set up already: remove it first")
    assert call.viewer is not None
    secret = await totp.begin(call.tx, call.account_id)
    account = f"{call.viewer.username}@{call.settings.local_domain}"
    return TotpSecret(secret, totp.uri(secret, account, call.settings.title))


@api.post(HERE + "/totp/confirm", auth=WRITE, returns=RecoveryCodes)
async def confirm_totp(call: Call, params: Code) -> RecoveryCodes:
    """Turn the authenticator app on, by a code that shows that it has the secret."""
    await count_second_factor(call.tx, call.settings, call.account_id)
    return RecoveryCodes(await security.confirm_totp(call.tx, call.account_id, params.code[:100]))


@api.post(HERE + "/totp/remove", auth=WRITE, returns=SecondFactors)
async def remove_totp(call: Call, params: Confirmed) -> SecondFactors:
    """Turn the authenticator app off."""
    await confirm(call, call.tx, params.password)
    await security.remove_totp(call.tx, call.account_id)
    return await _entity(call)


@api.post(HERE + "/recovery_codes", auth=WRITE, returns=RecoveryCodes)
async def renew_codes(call: Call, params: Confirmed) -> RecoveryCodes:
    """Get fresh recovery codes in place of the old ones."""
    await confirm(call, call.tx, params.password)
    return RecoveryCodes(await security.renew_codes(call.tx, call.account_id))


async def _entity(call: Call) -> SecondFactors:
    factors = await queries.second_factors(call.tx, call.account_id)
    return SecondFactors(
        totp_enabled_at=timestamp(factors.totp_confirmed_at) if factors.totp_confirmed_at else None,
        recovery_codes_left=factors.codes_left,
        passkeys=[_passkey(row) for row in await passkeys.passkeys(call.tx, call.account_id)],
    )


def _passkey(row: PasskeyRow) -> Passkey:
    return Passkey(
        id=str(row.id),
        name=row.name,
        created_at=timestamp(row.created_at),
        last_used_at=timestamp(row.last_used_at) if row.last_used_at else None,
    )
