"""Use cases of becoming a member: sign up, confirm the mail address; the first operator.

The staff's part is in approval.py."""

import msgspec

from rostra.accounts import invites, passwords, queries, throttles
from rostra.accounts.actions import NewAccount, create_account
from rostra.accounts.emails import as_kept, delete_email_tokens, find_email_token, normalize_email
from rostra.accounts.model import User, check_username
from rostra.accounts.sessions.security import LinkExpired
from rostra.core import events
from rostra.core.db import Tx, execute, fetch_value
from rostra.core.errors import Forbidden, Invalid
from rostra.core.events import Event
from rostra.core.secrets import new_token, token_hash
from rostra.core.settings import Settings
from rostra.core.text import clean, language_tag

REASON_LENGTH = 1000
CONFIRM_DAYS = 7
"""An account whose address was not confirmed by then is deleted."""

Problems = dict[str, list[tuple[str, str]]]


class SignUp(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody enters who wants to be a member."""

    username: str
    email: str
    password: str
    agreement: bool
    locale: str = "en"
    reason: str = ""
    invite_code: str = ""


class ConfirmationRequested(Event, frozen=True):
    """A newcomer wants the link to confirm their address once more; None: of an address that nobody has."""

    account_id: int | None


class EmailConfirmed(Event, frozen=True):
    """A newcomer's address is confirmed."""

    account_id: int


async def sign_up(tx: Tx, settings: Settings, wish: SignUp, address: str) -> int:
    """Make an account for a newcomer; returns its id. The mail to confirm the address follows by a reaction.

    Raises:
        Forbidden: sign-up is closed, or wants an invitation that is good.
        Invalid: with all problems at once, in Mastodon's form (https://docs.joinmastodon.org/methods/accounts/#create).
        TooMany: too many sign-ups from this address.
    """
    await check_open(tx, settings, wish.invite_code)
    network = throttles.network_of(address)
    await throttles.hit(tx, settings, throttles.SIGN_UP_TRY_BY_ADDRESS, network)
    new = await _checked(tx, settings, wish)
    await throttles.hit(tx, settings, throttles.SIGN_UP_BY_ADDRESS, network)
    async with tx.transaction():
        if wish.invite_code:
            invite_id = await invites.redeem(tx, wish.invite_code)
            if invite_id is None:
                raise Forbidden
            new = msgspec.structs.replace(new, invite_id=invite_id, approved=True)
        return await create_account(tx, settings, new)


async def check_open(tx: Tx, settings: Settings, invite_code: str) -> None:
    """Raises `Forbidden` unless somebody with `invite_code` (or none) may sign up."""
    if settings.registration == "closed":
        raise Forbidden
    if invite_code:
        if await invites.find(tx, invite_code) is None:
            raise Forbidden
    elif settings.registration == "invitation":
        raise Forbidden


async def request_confirmation(tx: Tx, settings: Settings, *, email: str, address: str) -> None:
    """Have the link mailed again, if somebody with `email` waits for it. The answer is always the same.

    Raises:
        TooMany: too many mails were asked for.
    """
    email = as_kept(email, settings)
    await throttles.hit(tx, settings, throttles.MAIL_BY_ADDRESS, throttles.network_of(address))
    await throttles.hit(tx, settings, throttles.MAIL_BY_RECIPIENT, email)
    user = await queries.user_by_email(tx, email)
    waits = user is not None and user.confirmed_at is None and user.disabled_at is None
    # An event in any case, so that both answers take the same time.
    await events.record(tx, ConfirmationRequested(account_id=user.account_id if user and waits else None))


async def resend_confirmation(
    tx: Tx, settings: Settings, account_id: int, address: str, email: str | None = None
) -> None:
    """Have the link mailed again, to a corrected address if one is given.

    Raises:
        Forbidden: the address is confirmed already.
        Invalid: the new address can't be used.
        TooMany: too many mails were asked for.
    """
    user = await queries.user(tx, account_id)
    if user is None or user.confirmed_at is not None:
        raise Forbidden("This method is only available while the e-mail is awaiting confirmation")
    target = normalize_email(email, settings) if email else user.email
    await throttles.hit(tx, settings, throttles.MAIL_BY_ADDRESS, throttles.network_of(address))
    await throttles.hit(tx, settings, throttles.MAIL_BY_RECIPIENT, target)
    async with tx.transaction():
        if target.lower() != user.email.lower():
            await _correct_email(tx, account_id, target)
        await events.record(tx, ConfirmationRequested(account_id=account_id))


async def confirm_email(tx: Tx, token: str) -> User:
    """Confirm a newcomer's address by the link in the mail.

    Raises:
        LinkExpired: the link is not good (any more).
    """
    async with tx.transaction():
        found = await find_email_token(tx, token, "confirm")
        user = await queries.user(tx, found.user_id) if found else None
        if found is None or user is None or user.email.lower() != found.email.lower():
            raise LinkExpired
        if user.confirmed_at is None:
            await execute(
                tx,
                "update users set confirmed_at = now() where account_id = %(id)s and confirmed_at is null",
                {"id": user.account_id},
            )
            await events.record(tx, EmailConfirmed(account_id=user.account_id))
        # The link stays good until it expires: mail scanners and impatient fingers follow it twice.
        confirmed = await queries.user(tx, user.account_id)
    assert confirmed is not None
    return confirmed


async def delete_unconfirmed(tx: Tx) -> int:
    """Free the names and addresses of those who never confirmed; returns how many there were."""
    return await execute(
        tx,
        """
        delete from accounts where id in (
            select account_id from users
            where confirmed_at is null and disabled_at is null
              and created_at < now() - make_interval(days => %(days)s)
            limit 1000
        )
        """,
        {"days": CONFIRM_DAYS},
    )


async def create_setup_token(tx: Tx) -> str:
    """A fresh token for `/setup/<token>`, where the operator's account is made; older ones end."""
    token = new_token()
    async with tx.transaction():
        await execute(tx, "delete from setup_tokens")
        await execute(
            tx, "insert into setup_tokens (token_hash) values (%(hash)s)", {"hash": token_hash(token)}
        )
    return token


async def check_setup_token(tx: Tx, token: str) -> None:
    """Raises `LinkExpired` unless `token` may make the operator's account."""
    known = await fetch_value(
        tx,
        "select exists (select from setup_tokens where token_hash = %(hash)s)",
        {"hash": token_hash(token)},
    )
    if not known or await queries.has_owner(tx):
        raise LinkExpired


async def create_owner(tx: Tx, settings: Settings, token: str, wish: SignUp) -> int:
    """Make the operator's account by the link of the first start; returns its id.

    Raises:
        LinkExpired: the link is not good, or there is an operator.
        Invalid: as in `sign_up`.
    """
    new = await _checked(tx, settings, wish)
    async with tx.transaction():
        used = await execute(
            tx, "delete from setup_tokens where token_hash = %(hash)s", {"hash": token_hash(token)}
        )
        if not used or await queries.has_owner(tx):
            raise LinkExpired
        await execute(tx, "delete from setup_tokens")
        owner = msgspec.structs.replace(new, role="owner", confirmed=True, approved=True)
        return await create_account(tx, settings, owner)


async def _checked(tx: Tx, settings: Settings, wish: SignUp) -> NewAccount:
    """The account to make.

    Raises:
        Invalid: with all problems.
    """
    problems = await _username_problems(tx, wish.username)
    email = wish.email.strip()
    try:
        email = normalize_email(email, settings)
        if await queries.user_by_email(tx, email) is not None:
            problems["email"] = [("ERR_TAKEN", "has already been taken")]
    except Invalid as error:
        problems |= error.details or {}
    try:
        passwords.check_password(wish.password)
    except Invalid as error:
        problems |= error.details or {}
    if not wish.agreement:
        problems["agreement"] = [("ERR_ACCEPTED", "must be accepted")]
    locale = language_tag(wish.locale)
    if locale is None:
        problems["locale"] = [("ERR_INCLUSION", "is not included in the list")]
    reason = clean(wish.reason)
    if len(reason) > REASON_LENGTH:
        problems["reason"] = [("ERR_TOO_LONG", f"is too long (maximum is {REASON_LENGTH} characters)")]
    if problems:
        raise _invalid(problems)
    return NewAccount(
        username=wish.username,
        email=email,
        password=wish.password,
        locale=locale or "en",
        reason=reason,
        confirmed=not settings.confirm_email,
        approved=settings.registration != "approval",
    )


async def _username_problems(tx: Tx, username: str) -> Problems:
    if not username:
        return {"username": [("ERR_BLANK", "can't be blank")]}
    try:
        check_username(username)
    except Invalid as error:
        return error.details or {}
    if await queries.local_by_username(tx, username) is not None:
        return {"username": [("ERR_TAKEN", "has already been taken")]}
    return {}


def _invalid(problems: Problems) -> Invalid:
    words = [f"{field.capitalize()} {text}" for field, found in sorted(problems.items()) for _, text in found]
    return Invalid(f"Validation failed: {', '.join(words)}", problems)


async def _correct_email(tx: Tx, account_id: int, email: str) -> None:
    if await queries.user_by_email(tx, email) is not None:
        raise _invalid({"email": [("ERR_TAKEN", "has already been taken")]})
    await delete_email_tokens(tx, account_id, "confirm", "reset")
    await execute(
        tx,
        "update users set email = %(email)s where account_id = %(id)s and confirmed_at is null",
        {"id": account_id, "email": email},
    )
