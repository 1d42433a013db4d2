"""Passkeys (https://www.w3.org/TR/webauthn-3/): add one, sign in with one, remove one.

A passkey that verified its user (by finger, face or PIN) counts as both factors, and so is enough
alone; as the second step after the password its presence is enough.
"""

import structlog

from rostra.accounts.sessions import queries
from rostra.accounts.sessions.model import (
    PASSKEY_NAME_LENGTH,
    PASSKEYS,
    STEP_LIFETIME,
    Passkey,
    StepExpired,
    WrongCode,
)
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one
from rostra.core.errors import NotFound
from rostra.core.ids import new_id
from rostra.core.secrets import new_token, token_hash
from rostra.core.settings import Settings
from rostra.core.text import clean

CREDENTIAL_LENGTH = 16 * 1024
"""Most characters of what a browser sends; the specification's largest credentials are a few kilobytes."""
TIMEOUT = 120_000  # milliseconds that the browser lets its user take
log = structlog.get_logger()


class _Holder(Row, frozen=True):
    webauthn_handle: bytes
    username: str
    display_name: str


async def passkeys(tx: Tx, user_id: int) -> list[Passkey]:
    """A member's passkeys, the oldest first."""
    return await fetch_all(
        tx, Passkey, "select * from passkeys where user_id = %(user_id)s order by id", {"user_id": user_id}
    )


async def request_options(tx: Tx, settings: Settings, step_token: str | None) -> tuple[str, str]:
    """What the browser needs to ask for a passkey, as JSON, and the cookie's value for the step.

    `step_token` is that of a sign-in which waits for its second factor, if there is one: then only its
    member's passkeys fit. Otherwise any passkey of this network does, if it verifies its user.
    """
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor, UserVerificationRequirement

    step = await queries.step(tx, token_hash(step_token), "second_factor") if step_token else None
    known = await passkeys(tx, step.user_id) if step and step.user_id else []
    options = generate_authentication_options(
        rp_id=rp_id(settings),
        timeout=TIMEOUT,
        allow_credentials=[PublicKeyCredentialDescriptor(id=key.credential_id) for key in known],
        user_verification=UserVerificationRequirement.DISCOURAGED
        if known
        else UserVerificationRequirement.REQUIRED,
    )
    if known and step_token:
        await queries.set_challenge(tx, token_hash(step_token), options.challenge)
        return options_to_json(options), step_token
    token = await _keep_challenge(tx, "passkey", None, options.challenge)
    return options_to_json(options), token


async def creation_options(tx: Tx, settings: Settings, account_id: int) -> tuple[str, str]:
    """What the browser needs to make a passkey for a member, as JSON, and the token of the step."""
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    member = await fetch_one(
        tx,
        _Holder,
        """
        select u.webauthn_handle, a.username, a.display_name
        from users u join accounts a on a.id = u.account_id where u.account_id = %(id)s
        """,
        {"id": account_id},
    )
    if member is None:
        raise NotFound
    options = generate_registration_options(
        rp_id=rp_id(settings),
        rp_name=settings.title,
        user_name=member.username,
        user_id=member.webauthn_handle,
        user_display_name=member.display_name or member.username,
        timeout=TIMEOUT,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=key.credential_id) for key in await passkeys(tx, account_id)
        ],
    )
    token = await _keep_challenge(tx, "add_passkey", account_id, options.challenge)
    return options_to_json(options), token


async def add(
    tx: Tx, settings: Settings, account_id: int, *, step_token: str, credential: str, name: str
) -> None:
    """Keep the passkey that a browser has made for a member.

    Raises:
        StepExpired: the challenge was not asked for, was used, or is old.
        WrongCode: it is not valid, is known already, or there are too many.
    """
    from webauthn import verify_registration_response

    step = await queries.take_challenge(tx, token_hash(step_token), "add_passkey")
    if step is None or step.challenge is None or step.user_id != account_id:
        raise StepExpired
    _check_size(credential)
    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=step.challenge,
            expected_rp_id=rp_id(settings),
            expected_origin=settings.base_url,
        )
    except Exception as error:  # the library and its parsers raise many kinds for malformed input
        log.info("passkey.refused", reason=type(error).__name__)
        raise WrongCode from error
    if not await _insert(
        tx,
        account_id,
        verified.credential_id,
        verified.credential_public_key,
        verified.sign_count,
        name,
    ):
        raise WrongCode


async def verify_assertion(
    tx: Tx, settings: Settings, credential: str, challenge: bytes, *, user_id: int | None, alone: bool
) -> int:
    """The member whose passkey signed `challenge`; `user_id` if it must be theirs.

    `alone`: no password came before, so the passkey must have verified its user.

    Raises:
        WrongCode: nobody's did.
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers import parse_authentication_credential_json

    _check_size(credential)
    try:
        parsed = parse_authentication_credential_json(credential)
    except Exception as error:  # see `add`
        raise WrongCode from error
    found = await fetch_one(
        tx,
        Passkey,
        "select * from passkeys where credential_id = %(id)s for update",
        {"id": parsed.raw_id},
    )
    if found is None or (user_id is not None and found.user_id != user_id):
        raise WrongCode
    try:
        verified = verify_authentication_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=rp_id(settings),
            expected_origin=settings.base_url,
            credential_public_key=found.public_key,
            credential_current_sign_count=found.sign_count,
            require_user_verification=alone,
        )
    except Exception as error:  # see `add`
        log.info("passkey.refused", reason=type(error).__name__)
        raise WrongCode from error
    await execute(
        tx,
        "update passkeys set sign_count = %(count)s, last_used_at = now() where id = %(id)s",
        {"id": found.id, "count": verified.new_sign_count},
    )
    return found.user_id


async def remove(tx: Tx, user_id: int, passkey_id: int) -> int:
    """Forget a passkey."""
    return await execute(
        tx,
        "delete from passkeys where id = %(id)s and user_id = %(user_id)s",
        {"id": passkey_id, "user_id": user_id},
    )


async def rename(tx: Tx, user_id: int, passkey_id: int, name: str) -> Passkey | None:
    """Call one of a member's passkeys otherwise; None: it is not theirs."""
    return await fetch_one(
        tx,
        Passkey,
        "update passkeys set name = %(name)s where id = %(id)s and user_id = %(user_id)s returning *",
        {"name": _short(name), "id": passkey_id, "user_id": user_id},
    )


def rp_id(settings: Settings) -> str:
    """The name that passkeys are bound to: our host, without a port."""
    return settings.local_domain.rpartition(":")[0] or settings.local_domain


async def _keep_challenge(tx: Tx, purpose: str, user_id: int | None, challenge: bytes) -> str:
    token = new_token()
    await queries.insert_step(
        tx, token_hash(token), purpose, user_id=user_id, challenge=challenge, lifetime=STEP_LIFETIME
    )
    return token


async def _insert(
    tx: Tx, user_id: int, credential_id: bytes, public_key: bytes, sign_count: int, name: str
) -> bool:
    return bool(
        await execute(
            tx,
            """
            insert into passkeys (id, user_id, credential_id, public_key, sign_count, name)
            select %(id)s, %(user_id)s, %(credential_id)s, %(public_key)s, %(sign_count)s, %(name)s
            where (select count(*) from passkeys where user_id = %(user_id)s) < %(most)s
            on conflict do nothing
            """,
            {
                "id": new_id(),
                "user_id": user_id,
                "credential_id": credential_id,
                "public_key": public_key,
                "sign_count": sign_count,
                "name": _short(name),
                "most": PASSKEYS,
            },
        )
    )


def _short(name: str) -> str:
    return clean(name).replace("\n", " ")[:PASSKEY_NAME_LENGTH] or "Passkey"


def _check_size(credential: str) -> None:
    if len(credential) > CREDENTIAL_LENGTH:
        raise WrongCode
