"""Use cases of web sessions: sign in, step by step; sign out; end sessions; keep somebody out."""

from rostra.accounts import throttles
from rostra.accounts.emails import as_kept
from rostra.accounts.oauth import queries as oauth_queries
from rostra.accounts.oauth.revocation import tokens_die
from rostra.accounts.passwords import verify_password
from rostra.accounts.sessions import passkeys, queries, recovery, totp
from rostra.accounts.sessions.model import (
    SESSION_LIFETIME,
    STEP_LIFETIME,
    USER_AGENT_LENGTH,
    Credentials,
    NewSession,
    NextStep,
    NotUsable,
    SignedIn,
    StepExpired,
    WrongCode,
    WrongCredentials,
)
from rostra.core.bus import Bus
from rostra.core.db import Tx, execute
from rostra.core.secrets import new_token, token_hash
from rostra.core.settings import Settings


async def sign_in(
    tx: Tx, settings: Settings, *, login: str, password: str, address: str, user_agent: str
) -> NewSession | NextStep:
    """Sign in with a username or mail address, and a password.

    A wrong name and a wrong password take the same time and get the same answer.

    Raises:
        WrongCredentials: they don't fit.
        NotUsable: they do, but the account can't be used now.
        TooMany: too many attempts.
    """
    login = login.strip().removeprefix("@")
    network = throttles.network_of(address)
    await throttles.hit(tx, settings, throttles.SIGN_IN_BY_ADDRESS, network)
    pair = f"{login[:254]} {network}"
    await throttles.hit(tx, settings, throttles.SIGN_IN_BY_LOGIN_AND_ADDRESS, pair)
    found = await _find(tx, settings, login)
    await throttles.hit(
        tx, settings, throttles.SIGN_IN_BY_ACCOUNT, found.account_id if found else f"?{login}"
    )
    if not await verify_password(password, found.password_hash if found else None) or found is None:
        raise WrongCredentials
    await throttles.clear(tx, throttles.SIGN_IN_BY_LOGIN_AND_ADDRESS, pair)
    if found.obstacle:
        raise NotUsable(found.account_id, found.obstacle)
    if found.has_second_factor:
        return await _ask_second_factor(tx, found.account_id)
    return await start_session(tx, found.account_id, user_agent)


async def sign_in_with_code(
    tx: Tx, settings: Settings, *, step_token: str, code: str, user_agent: str
) -> NewSession:
    """The second step, with a TOTP code or a recovery code.

    Raises:
        StepExpired: there was no first step, or it was long ago.
        WrongCode: the code is wrong, or was used before.
        TooMany: too many attempts.
    """
    hashed = token_hash(step_token)
    step = await queries.step(tx, hashed, "second_factor")
    if step is None or step.user_id is None:
        raise StepExpired
    await count_second_factor(tx, settings, step.user_id)
    async with tx.transaction():
        if not (
            await totp.use_code(tx, step.user_id, code) or await recovery.use_code(tx, step.user_id, code)
        ):
            raise WrongCode
        await throttles.clear(tx, throttles.SECOND_FACTOR, step.user_id)
        await throttles.clear(tx, throttles.SECOND_FACTOR_BY_DAY, step.user_id)
        return await _finish(tx, hashed, step.user_id, user_agent)


async def sign_in_with_passkey(
    tx: Tx, settings: Settings, *, step_token: str, credential: str, user_agent: str
) -> NewSession:
    """Sign in with a passkey: as the second step after the password, or instead of it.

    Raises:
        StepExpired: the challenge was not asked for, was used, or is old.
        WrongCode: the passkey is unknown, another member's, or its signature is wrong.
        NotUsable: the account can't be used now.
    """
    hashed = token_hash(step_token)
    async with tx.transaction():
        step = await queries.take_challenge(tx, hashed, "second_factor")
        first = step is None
        step = step or await queries.take_challenge(tx, hashed, "passkey")
    if step is None or step.challenge is None:
        raise StepExpired
    async with tx.transaction():
        user_id = await passkeys.verify_assertion(
            tx, settings, credential, step.challenge, user_id=step.user_id, alone=first
        )
        found = await queries.credentials(tx, user_id)
        if found is None:
            raise WrongCode
        if found.obstacle:
            raise NotUsable(user_id, found.obstacle)
        return await _finish(tx, hashed, user_id, user_agent)


async def count_second_factor(tx: Tx, settings: Settings, user_id: int) -> None:
    """Count a try at a member's codes.

    Raises:
        TooMany: it was one too many.
    """
    await throttles.hit(tx, settings, throttles.SECOND_FACTOR, user_id)
    await throttles.hit(tx, settings, throttles.SECOND_FACTOR_BY_DAY, user_id)


async def start_session(tx: Tx, account_id: int, user_agent: str) -> NewSession:
    """A session for a member who has shown who they are. Its token is always a fresh one."""
    token, device = new_token(), user_agent.replace("\x00", "")[:USER_AGENT_LENGTH]
    await queries.insert_session(tx, account_id, token_hash(token), device, SESSION_LIFETIME)
    return NewSession(token=token, account_id=account_id)


async def find_session(tx: Tx, token: str) -> SignedIn | None:
    """Who is signed in with the session `token`."""
    found = await queries.signed_in(tx, token_hash(token))
    if found is not None:
        await queries.touch_session(tx, found.session_id, SESSION_LIFETIME)
    return found


async def confirm_password(tx: Tx, settings: Settings, member: SignedIn, password: str) -> None:
    """Ask somebody who is signed in for the password again. Raises as `check_password`."""
    await check_password(tx, settings, member.account_id, password)
    await queries.confirm_session(tx, member.session_id)


async def check_password(tx: Tx, settings: Settings, account_id: int, password: str) -> None:
    """Whether it is the member who asks, and knows the password.

    Raises:
        WrongCredentials: it is wrong.
        TooMany: too many attempts.
    """
    await throttles.hit(tx, settings, throttles.PASSWORD_BY_ACCOUNT, account_id)
    found = await queries.credentials(tx, account_id)
    if found is None or not await verify_password(password, found.password_hash):
        raise WrongCredentials
    await throttles.clear(tx, throttles.PASSWORD_BY_ACCOUNT, account_id)


async def end_everything(tx: Tx, bus: Bus, user_id: int) -> None:
    """End all sessions and revoke all tokens of a member, everywhere and at once."""
    async with tokens_die(tx, bus):
        await queries.delete_sessions(tx, user_id)
        await oauth_queries.delete_tokens_of_member(tx, user_id)


async def disable_member(tx: Tx, bus: Bus, user_id: int) -> None:
    """Keep a member out until they are enabled again: nothing that they hold opens a door any more."""
    async with tokens_die(tx, bus):
        await execute(
            tx,
            "update users set disabled_at = coalesce(disabled_at, now()) where account_id = %(id)s",
            {"id": user_id},
        )
        await end_everything(tx, bus, user_id)


async def _find(tx: Tx, settings: Settings, login: str) -> Credentials | None:
    if "@" in login:
        return await queries.credentials_by_email(tx, as_kept(login, settings))
    return await queries.credentials_by_username(tx, login)


async def _ask_second_factor(tx: Tx, account_id: int) -> NextStep:
    token = new_token()
    await queries.insert_step(
        tx, token_hash(token), "second_factor", user_id=account_id, challenge=None, lifetime=STEP_LIFETIME
    )
    return NextStep(token=token)


async def _finish(tx: Tx, step_hash: bytes, user_id: int, user_agent: str) -> NewSession:
    if not await queries.delete_step(tx, step_hash):
        raise StepExpired  # somebody else took this step in the same moment
    return await start_session(tx, user_id, user_agent)
