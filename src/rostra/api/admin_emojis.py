"""Custom emojis, for staff, as in GoToSocial; archives and categories are extensions."""

import asyncio

import msgspec
from starlette.datastructures import UploadFile

from rostra.api.entities.custom_emoji import CustomEmoji
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id, NoParams
from rostra.api.staff import STAFF_READ, STAFF_WRITE
from rostra.core.errors import Invalid, NotFound
from rostra.core.settings import Settings
from rostra.emojis import actions, queries
from rostra.emojis.actions import Options
from rostra.emojis.model import Emoji
from rostra.pages.settings_emojis import PACK_BYTES, SECONDS

api = Endpoints("admin/emojis")

HERE = "/api/v1/admin/custom_emojis"
PACKS = "/api/rostra/v1/admin/custom_emojis"


def _picture_limit(settings: Settings) -> int:
    return settings.emoji_bytes + 64 * 1024


class EmojiId(msgspec.Struct):
    """An emoji in the path."""

    id: Id


class NewEmoji(msgspec.Struct, kw_only=True):
    """A picture, and the word between colons that it stands for."""

    shortcode: str
    image: UploadFile | None = None
    category: str = ""


class ChangedEmoji(EmojiId, kw_only=True):
    """What may be changed of an emoji. What is not said stays; an empty category is none."""

    category: str | None = None
    visible_in_picker: bool | None = None
    disabled: bool | None = None


class Pack(msgspec.Struct, kw_only=True):
    """An archive of many pictures. `overwrite`: those that are there get the new picture."""

    file: UploadFile | None = None
    category: str = ""
    overwrite: bool = False


class CategoryNames(msgspec.Struct, kw_only=True):
    """A category, and what it is to be called. Empty: its emojis are in none then."""

    before: str
    after: str = ""


class AdminEmoji(CustomEmoji, kw_only=True):
    """An emoji as staff see it."""

    id: str
    disabled: bool
    domain: str | None


class Category(msgspec.Struct):
    """A category of emojis."""

    name: str


class FailedPicture(msgspec.Struct):
    """A picture of an archive that can't be used, and why."""

    shortcode: str
    reason: str
    description: str


class PackResult(msgspec.Struct, kw_only=True):
    """What became of an archive. `left`: there was no time for all of it; send it once more."""

    added: list[str]
    replaced: list[str]
    skipped: list[str]
    failed: list[FailedPicture]
    left: bool


@api.get(HERE, auth=STAFF_READ, returns=list[AdminEmoji])
async def get_emojis(call: Call, params: NoParams) -> list[AdminEmoji]:
    """See all emojis of this network, by category and name."""
    return [_entity(call.settings, row) for row in await queries.ours(call.tx)]


@api.post(HERE, auth=STAFF_WRITE, returns=AdminEmoji, limit="media", body_limit=_picture_limit, db=False)
async def add_emoji(call: Call, params: NewEmoji) -> AdminEmoji:
    """Add an emoji."""
    if params.image is None:
        raise Invalid("Image can't be blank", {"image": [("ERR_BLANK", "can't be blank")]})
    data = await asyncio.to_thread(params.image.file.read)
    emoji = await actions.add(call.services, params.shortcode, data, Options(category=params.category))
    call.hydrator.pictures.emojis.forget()
    return _entity(call.settings, emoji)


@api.get(HERE + "/categories", auth=STAFF_READ, returns=list[Category])
async def get_categories(call: Call, params: NoParams) -> list[Category]:
    """See all categories of emojis."""
    return [Category(name) for name in await queries.categories(call.tx)]


@api.get(HERE + "/{id}", auth=STAFF_READ, returns=AdminEmoji)
async def get_emoji(call: Call, params: EmojiId) -> AdminEmoji:
    """See one emoji."""
    return _entity(call.settings, await _get(call, params.id))


@api.patch(HERE + "/{id}", auth=STAFF_WRITE, returns=AdminEmoji)
async def change_emoji(call: Call, params: ChangedEmoji) -> AdminEmoji:
    """Put an emoji into another category, out of the picker, or disable it."""
    before = await _get(call, params.id)
    visible = before.visible_in_picker if params.visible_in_picker is None else params.visible_in_picker
    await actions.change(
        call.tx,
        call.services.bus,
        params.id,
        category=(before.category or "") if params.category is None else params.category,
        visible_in_picker=visible,
        disabled=before.disabled if params.disabled is None else params.disabled,
    )
    call.hydrator.pictures.emojis.forget()
    return _entity(call.settings, await _get(call, params.id))


@api.delete(HERE + "/{id}", auth=STAFF_WRITE, returns=AdminEmoji)
async def delete_emoji(call: Call, params: EmojiId) -> AdminEmoji:
    """Delete an emoji, and the reactions that were made with it."""
    deleted = _entity(call.settings, await _get(call, params.id))
    await actions.delete(call.tx, call.services.bus, params.id)
    call.hydrator.pictures.emojis.forget()
    return deleted


@api.post(PACKS + "/rename_category", auth=STAFF_WRITE, returns=list[Category])
async def rename_category(call: Call, params: CategoryNames) -> list[Category]:
    """Call a category otherwise."""
    if params.before not in await queries.categories(call.tx):
        raise NotFound
    await actions.rename_category(call.tx, call.services.bus, params.before, params.after)
    call.hydrator.pictures.emojis.forget()
    return [Category(name) for name in await queries.categories(call.tx)]


@api.post(
    PACKS + "/import",
    auth=STAFF_WRITE,
    returns=PackResult,
    limit="media",
    body_limit=PACK_BYTES + 64 * 1024,
    timeout=900,
    db=False,
)
async def import_emojis(call: Call, params: Pack) -> PackResult:
    """Add all pictures of an archive."""
    if params.file is None:
        raise Invalid("File can't be blank", {"file": [("ERR_BLANK", "can't be blank")]})
    options = Options(category=params.category, overwrite=params.overwrite)
    try:
        result = await actions.import_pack(call.services, params.file.file, options, seconds=SECONDS)
    finally:
        call.hydrator.pictures.emojis.forget()
    return PackResult(
        added=result.added,
        replaced=result.replaced,
        skipped=result.skipped,
        failed=[
            FailedPicture(each.shortcode, each.why, each.explain(call.settings)) for each in result.failed
        ],
        left=result.left,
    )


async def _get(call: Call, emoji_id: int) -> Emoji:
    found = await queries.get(call.tx, emoji_id)
    if found is None:
        raise NotFound
    return found


def _entity(settings: Settings, row: Emoji) -> AdminEmoji:
    return AdminEmoji(
        id=str(row.id),
        shortcode=row.shortcode,
        url=settings.url(f"/media/{row.blob_key}"),
        static_url=settings.url(f"/media/{row.static_key}"),
        visible_in_picker=row.visible_in_picker,
        category=row.category,
        disabled=row.disabled,
        domain=row.domain,
    )
