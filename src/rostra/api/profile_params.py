"""The parameters that change a profile: those of `update_credentials` and `PATCH /api/v1/profile`."""

import msgspec
from starlette.datastructures import UploadFile

from rostra.accounts.model import ATTRIBUTION_DOMAINS, Account, Field
from rostra.accounts.profile import Defaults, Profile, update_profile
from rostra.accounts.relations.domains import normalized
from rostra.api.http import Call
from rostra.core.errors import Invalid
from rostra.core.text import clean
from rostra.media import actions as media

BODY_LIMIT = 64 * 1024 * 1024
"""Most bytes of the pictures together, whatever the setting `media_bytes` says."""
SECONDS = 300
"""For slow lines: 16 MB take two minutes at 1 Mbit/s."""


class FieldParams(msgspec.Struct):
    """A line of a profile; without name and value there is none."""

    name: str = ""
    value: str = ""


class ProfileParams(msgspec.Struct, kw_only=True):
    """Changes of a profile; what is absent stays."""

    display_name: str | None = None
    note: str | None = None
    avatar: UploadFile | None = None
    header: UploadFile | None = None
    avatar_description: str | None = None
    header_description: str | None = None
    locked: bool | None = None
    bot: bool | None = None
    discoverable: bool | None = None
    indexable: bool | None = None
    hide_collections: bool | None = None
    show_media: bool | None = None
    show_media_replies: bool | None = None
    show_featured: bool | None = None
    attribution_domains: list[str] | None = None
    fields_attributes: list[FieldParams] | None = None

    def profile(self) -> Profile:
        """As the use case wants it, without the pictures.

        Raises:
            Invalid: a domain isn't one.
        """
        return Profile(
            display_name=_line(self.display_name),
            note=None if self.note is None else clean(self.note).strip(),
            fields=None if self.fields_attributes is None else _fields(self.fields_attributes),
            locked=self.locked,
            bot=self.bot,
            discoverable=self.discoverable,
            indexable=self.indexable,
            hide_collections=self.hide_collections,
            show_media=self.show_media,
            show_media_replies=self.show_media_replies,
            show_featured=self.show_featured,
            attribution_domains=_domains(self.attribution_domains),
            avatar_description=_line(self.avatar_description),
            header_description=_line(self.header_description),
        )


async def change_profile(call: Call, params: ProfileParams, defaults: Defaults | None = None) -> Account:
    """Do what `params` say. For endpoints without a connection of their own: pictures take their time.

    Raises:
        Invalid: a text is too long, or a file is no picture that we take.
        Unavailable: too much to do, or no space.
    """
    profile = params.profile()
    profile.check()
    stored: dict[str, str] = {}
    try:
        if params.avatar is not None:
            stored["avatar_key"] = await media.store_avatar(call.services, await _read(params.avatar))
        if params.header is not None:
            stored["header_key"] = await media.store_header(call.services, await _read(params.header))
        async with call.services.db.connection() as tx:
            changed = msgspec.structs.replace(profile, **stored)
            return await update_profile(tx, call.account_id, changed, defaults)
    except BaseException:
        await call.services.blobs.delete(stored.values())
        raise


def _line(text: str | None) -> str | None:
    """`text` on one line."""
    return None if text is None else " ".join(clean(text).split())


def _fields(given: list[FieldParams]) -> list[Field]:
    lines = [Field(name=_line(field.name) or "", value=_line(field.value) or "") for field in given]
    return [line for line in lines if line.name or line.value]


def _domains(given: list[str] | None) -> list[str] | None:
    """As they are kept; people paste whole addresses, and the form of Mastodon's apps has one a line."""
    if given is None:
        return None
    written = [part for text in given for part in text.split() if part]
    bare = [text.partition("://")[2] or text for text in written[: 10 * ATTRIBUTION_DOMAINS]]
    found = [normalized(text.partition("/")[0]) for text in bare]
    if None in found:
        raise Invalid("Attribution domains is invalid")
    return list(dict.fromkeys(domain for domain in found if domain))


async def _read(file: UploadFile) -> bytes:
    try:
        return await file.read()
    finally:
        await file.close()
