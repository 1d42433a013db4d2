"""Signing in with a browser: sessions, steps, second factors, and what happens to them. No I/O."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from rostra.accounts.model import Role
from rostra.accounts.oauth.model import Obstacle
from rostra.core.db import Row
from rostra.core.errors import RostraError
from rostra.core.events import Event

SESSION_LIFETIME = timedelta(days=60)
"""A session ends when it was not used for so long."""
STEP_LIFETIME = timedelta(minutes=10)
"""Time from one step of signing in to the next."""
CONFIRMATION_LIFETIME = timedelta(minutes=15)
"""How long after giving the password delicate changes are let through."""
USER_AGENT_LENGTH = 300
PASSKEYS = 20
"""Most passkeys of a member."""
PASSKEY_NAME_LENGTH = 50
RECOVERY_CODES = 10

Change = Literal[
    "password", "email", "totp_added", "totp_removed", "passkey_added", "passkey_removed", "codes"
]
"""What a member is told about by mail, in case it was not they."""


class SignedIn(Row, frozen=True):
    """A valid session, and the member that it belongs to."""

    session_id: int
    account_id: int
    username: str
    display_name: str
    avatar_key: str | None
    email: str
    role: Role
    locale: str
    confirmed_at: datetime

    @property
    def is_staff(self) -> bool:
        """Whether they look after the network."""
        return self.role != "member"


class Session(Row, frozen=True):
    """One of a member's sessions, as its list shows it."""

    id: int
    user_agent: str
    created_at: datetime
    last_used_at: datetime


class Credentials(Row, frozen=True):
    """What it takes to sign a member in."""

    account_id: int
    password_hash: str
    obstacle: Obstacle
    has_totp: bool
    has_passkeys: bool

    @property
    def has_second_factor(self) -> bool:
        """Whether the password alone is not enough."""
        return self.has_totp or self.has_passkeys


class Step(Row, frozen=True):
    """A row of `sign_in_steps`."""

    user_id: int | None
    challenge: bytes | None


class Passkey(Row, frozen=True):
    """A row of `passkeys`."""

    id: int
    user_id: int
    credential_id: bytes
    public_key: bytes
    sign_count: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


class SecondFactors(Row, frozen=True):
    """What a member has set up besides the password."""

    totp_confirmed_at: datetime | None
    codes_left: int
    passkeys: int

    @property
    def any(self) -> bool:
        """Whether the password alone is not enough."""
        return self.totp_confirmed_at is not None or self.passkeys > 0


class NewSession(msgspec.Struct, frozen=True, kw_only=True):
    """Signed in: the cookie's value."""

    token: str
    account_id: int


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """The password was right, a second factor is to follow: the cookie's value."""

    token: str


class WrongCredentials(RostraError):
    """The name or the password is wrong; which one is not said."""

    status = 422

    def __init__(self) -> None:
        super().__init__("The name or the password is wrong")


class WrongCode(RostraError):
    """The code or passkey does not fit."""

    status = 422

    def __init__(self) -> None:
        super().__init__("The code is wrong, or was used before")


class StepExpired(RostraError):
    """The steps took too long; signing in begins anew."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This took too long")


class NotUsable(RostraError):
    """The password was right, and the account can't be used now."""

    status = 403

    def __init__(self, account_id: int, obstacle: Obstacle) -> None:
        super().__init__("The account can't be used now")
        self.account_id = account_id
        self.obstacle: Obstacle = obstacle


class PasswordResetRequested(Event, frozen=True):
    """Somebody asked to reset a password; None: of an address that nobody here has."""

    account_id: int | None


class SecurityChanged(Event, frozen=True):
    """Something changed that a thief would change first."""

    account_id: int
    change: Change
    email: str = ""
    """Where to tell, when it is not the member's address (any more)."""


class EmailChangeRequested(Event, frozen=True):
    """A member entered a new mail address, and is to confirm it."""

    account_id: int
