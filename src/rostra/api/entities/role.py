"""Role (https://docs.joinmastodon.org/entities/Role/)."""

import msgspec

from rostra.accounts.collections.model import COLLECTIONS
from rostra.accounts.model import Role as RoleName

# The bits of Mastodon's permissions that our roles stand for.
_ADMINISTRATOR = 1 << 0
_SEES_LOGS = 1 << 2
_SEES_NUMBERS = 1 << 3
_REPORTS = 1 << 4
_APPEALS = 1 << 9
_USERS = 1 << 10
_INVITES = 1 << 11
_INVITING = 1 << 16
_MODERATOR = _SEES_LOGS | _SEES_NUMBERS | _REPORTS | _APPEALS | _USERS | _INVITES
_ALL = (1 << 20) - 1


class Role(msgspec.Struct):
    """What a member may do beyond the usual; `permissions` is a number of bits, as text."""

    id: str
    name: str
    color: str
    permissions: str
    highlighted: bool
    collection_limit: int = COLLECTIONS


_ROLES: dict[RoleName, Role] = {
    "member": Role("-99", "", "", str(_INVITING), highlighted=False),
    "moderator": Role("1", "Moderator", "", str(_INVITING | _MODERATOR), highlighted=True),
    "admin": Role("2", "Admin", "", str(_ALL & ~_ADMINISTRATOR), highlighted=True),
    "owner": Role("3", "Owner", "", str(_ALL), highlighted=True),
}


def role_named(role_id: str) -> RoleName | None:
    """What the role with this public id is called here; None: there is none such."""
    return next((name for name, role in _ROLES.items() if role.id == role_id), None)


def role_entity(name: RoleName) -> Role:
    """The role called `name`."""
    return _ROLES[name]
