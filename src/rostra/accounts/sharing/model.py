"""Accounts that several members look after: roles, who has which, and what was done. No I/O.

The owner is whoever signs in to the account itself: password, address, second factors and deletion are
theirs. Others act as it from their apps, with tokens of their own that die with their access.
"""

from datetime import datetime
from typing import Literal, get_args

from rostra.core.db import Row
from rostra.core.events import Event

Role = Literal["editor", "manager"]
"""Editors do what apps do, except for the profile. Managers change that, too, and let editors in and out."""
ROLES: tuple[Role, ...] = get_args(Role)
Power = Literal["editor", "manager", "owner"]
"""What something needs, or somebody has; each includes those before it."""
_ORDER: tuple[Power, ...] = get_args(Power)

MOST_MEMBERS = 50
"""Who may look after one account, invited or in."""
MOST_ACCOUNTS = 50
"""Accounts that one member may look after, and be invited to."""
ACTS_KEPT_DAYS = 180


def reaches(power: Power, needed: Power) -> bool:
    """Whether somebody with `power` may do what needs `needed`."""
    return _ORDER.index(power) >= _ORDER.index(needed)


class Access(Row, frozen=True):
    """A row of `shared_access`, with both names."""

    id: int
    account_id: int
    account_name: str
    member_id: int
    member_name: str
    role: Role
    invited_by_name: str | None
    created_at: datetime
    accepted_at: datetime | None


class SharedAct(Row, frozen=True):
    """A row of `shared_acts`, with the member's name while they are here."""

    id: int
    member_name: str | None
    act: str
    subject_id: int | None
    created_at: datetime


class AccessOffered(Event, frozen=True):
    """A member was invited to look after an account."""

    access_id: int
