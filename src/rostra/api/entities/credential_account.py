"""CredentialAccount (https://docs.joinmastodon.org/entities/Account/#CredentialAccount)."""

import msgspec

from rostra.accounts.model import Account as AccountRow
from rostra.accounts.model import User
from rostra.api.entities.account import Account, Field, account_entity, account_shortcodes, raw_fields
from rostra.api.entities.custom_emoji import Pictures
from rostra.api.entities.role import Role, role_entity
from rostra.core.settings import Settings


class Source(msgspec.Struct, kw_only=True):
    """A profile as its member wrote it, and what their new statuses are like."""

    note: str
    fields: list[Field]
    privacy: str
    sensitive: bool
    language: str | None
    follow_requests_count: int
    hide_collections: bool
    discoverable: bool
    indexable: bool
    quote_policy: str
    attribution_domains: list[str]


class CredentialAccount(Account, kw_only=True):
    """A member's account, as they see it themselves."""

    source: Source
    role: Role


def credential_account(
    settings: Settings,
    pictures: Pictures,
    row: AccountRow,
    member: User,
    follow_requests: int,
    moved: AccountRow | None = None,
) -> CredentialAccount:
    """The account of `member`, whom `follow_requests` people ask to follow, and who may have `moved`."""
    source = Source(
        note=row.note,
        fields=raw_fields(row),
        privacy=member.default_visibility,
        sensitive=member.default_sensitive,
        language=member.default_language,
        quote_policy=member.default_quote_policy,
        follow_requests_count=follow_requests,
        hide_collections=row.hide_collections,
        discoverable=row.discoverable,
        indexable=row.indexable,
        attribution_domains=row.attribution_domains,
    )
    entity = _entity(settings, pictures, row)
    values = {name: getattr(entity, name) for name in entity.__struct_fields__}
    if moved is not None:
        values["moved"] = _entity(settings, pictures, moved)
    return CredentialAccount(**values, source=source, role=role_entity(member.role))


def _entity(settings: Settings, pictures: Pictures, row: AccountRow) -> Account:
    emojis = pictures.entities(account_shortcodes(row))
    return msgspec.structs.replace(account_entity(settings, row), emojis=emojis)
