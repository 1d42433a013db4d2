"""What members say about themselves: their profile, and the defaults of what they write."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from rostra.accounts import queries
from rostra.accounts.model import (
    ATTRIBUTION_DOMAINS,
    DISPLAY_NAME_LENGTH,
    FIELD_LENGTH,
    FIELDS,
    NOTE_LENGTH,
    PICTURE_DESCRIPTION_LENGTH,
    Account,
    AccountUpdated,
    Field,
)
from rostra.core import events
from rostra.core.blobs import BlobsDropped
from rostra.core.db import Tx
from rostra.core.errors import Invalid, NotFound
from rostra.core.text import length


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Changes of a profile; what is None stays. Texts have been through `core.text.clean`."""

    display_name: str | None = None
    note: str | None = None
    fields: Sequence[Field] | None = None
    locked: bool | None = None
    bot: bool | None = None
    discoverable: bool | None = None
    indexable: bool | None = None
    hide_collections: bool | None = None
    show_media: bool | None = None
    show_media_replies: bool | None = None
    show_featured: bool | None = None
    attribution_domains: list[str] | None = None
    """Domains as `relations.domains.normalized` gives them."""
    avatar_description: str | None = None
    header_description: str | None = None
    avatar_key: str | None = None
    """Blob of a new picture; empty: none any more."""
    header_key: str | None = None

    def check(self) -> None:
        """Raises `Invalid` unless a profile may be like this."""
        _check_length("Display name", self.display_name, DISPLAY_NAME_LENGTH)
        if self.note is not None and length(self.note) > NOTE_LENGTH:
            raise Invalid(f"Note is too long (maximum is {NOTE_LENGTH} characters)")
        _check_length("Avatar description", self.avatar_description, PICTURE_DESCRIPTION_LENGTH)
        _check_length("Header description", self.header_description, PICTURE_DESCRIPTION_LENGTH)
        if len(self.attribution_domains or ()) > ATTRIBUTION_DOMAINS:
            raise Invalid(f"Attribution domains is too long (maximum is {ATTRIBUTION_DOMAINS} entries)")
        fields = self.fields or ()
        if len(fields) > FIELDS:
            raise Invalid(f"Fields is too long (maximum is {FIELDS} entries)")
        for field in fields:
            if not field.name:
                raise Invalid("Fields with values cannot have empty labels")
            _check_length("Fields label", field.name, FIELD_LENGTH)
            _check_length("Fields content", field.value, FIELD_LENGTH)

    def apply(self, account: Account) -> Account:
        """`account` with these changes."""
        given = {name: value for name, value in msgspec.structs.asdict(self).items() if value is not None}
        if self.fields is not None:
            given["fields"] = _with_verifications(self.fields, account.fields)
        pictures = {
            f"{kind}{suffix}_key": given[f"{kind}_key"] or None
            for kind in ("avatar", "header")
            for suffix in ("", "_static")
            if f"{kind}_key" in given
        }
        return msgspec.structs.replace(account, **(given | pictures))


class Defaults(msgspec.Struct, frozen=True, kw_only=True):
    """Changes of what a member's new statuses are like; what is None stays."""

    visibility: Literal["public", "unlisted", "private"] | None = None
    sensitive: bool | None = None
    language: str | None = None
    """A code as `core.text.language_tag` gives it; empty: none."""
    quote_policy: Literal["public", "followers", "nobody"] | None = None


async def update_profile(
    tx: Tx, account_id: int, profile: Profile, defaults: Defaults | None = None
) -> Account:
    """Change the profile of one of ours, and the defaults of what they write.

    Files that the profile no longer shows are dropped. When nothing changes, nothing is recorded.

    Raises:
        Invalid: it can't be like that.
        NotFound: there is no such account.
    """
    profile.check()
    async with tx.transaction():
        before = await queries.lock_account(tx, account_id)
        if before is None:
            raise NotFound()
        after = profile.apply(before)
        if defaults is not None:
            await queries.update_defaults(
                tx,
                account_id,
                defaults.visibility,
                defaults.sensitive,
                defaults.language,
                defaults.quote_policy,
            )
        if after == before:
            return before
        await queries.update_profile(tx, after)
        await events.record(tx, AccountUpdated(account_id=account_id))
        dropped = _pictures(before) - _pictures(after)
        if dropped:
            await events.record(tx, BlobsDropped(tuple(sorted(dropped))))
    return msgspec.structs.replace(after, version=after.version + 1)


def _pictures(account: Account) -> set[str]:
    keys = (account.avatar_key, account.avatar_static_key, account.header_key, account.header_static_key)
    return {key for key in keys if key is not None}


def _check_length(name: str, text: str | None, longest: int) -> None:
    if text is not None and len(text) > longest:
        raise Invalid(f"{name} is too long (maximum is {longest} characters)")


def _with_verifications(
    fields: Sequence[Field], before: Sequence[dict[str, str | None]]
) -> list[dict[str, str | None]]:
    """`fields` as the table has them; a link that was verified and stays the same remains so."""
    verified = {field["value"]: field.get("verified_at") for field in before}
    return [
        {"name": field.name, "value": field.value, "verified_at": verified.get(field.value)}
        for field in fields
    ]
