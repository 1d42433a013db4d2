"""What those who run the network do with its emojis. All processes hear of it, and texts change at once.

A file is written before its row, which is short enough after it that what dies in between leaves a file
or two that nobody knows.
"""

import time
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, Literal

import msgspec

from rostra.core import events
from rostra.core.blobs import BlobsDropped, new_key
from rostra.core.bus import Bus
from rostra.core.db import Tx
from rostra.core.errors import Invalid, NotFound
from rostra.core.ids import new_id
from rostra.core.services import Services
from rostra.core.settings import Settings
from rostra.emojis import cache, packs, queries
from rostra.emojis.model import MOST, Emoji, check_category, check_shortcode
from rostra.emojis.packs import Entry
from rostra.media.emojis import BATCH, EmojiPicture
from rostra.media.pictures import Reason, Refusal, UnusableFile, explain
from rostra.media.processing import read_emojis


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How new emojis are kept. `overwrite`: those that are there get the new picture."""

    category: str | None = None
    visible_in_picker: bool = True
    overwrite: bool = False


class Failed(msgspec.Struct, frozen=True):
    """A picture of an archive that can't be used, and why: `name` and `large`, or a refused file's reason."""

    shortcode: str
    why: Literal["name", "large"] | Reason

    def explain(self, settings: Settings) -> str:
        """Why, in words."""
        if self.why == "name":
            return "its name makes no shortcode"
        if self.why == "large":
            return too_large(settings)
        return explain(Refusal(self.why)).removeprefix("Validation failed: ")


class Imported(msgspec.Struct, kw_only=True):
    """What became of an archive. `left`: there was no time for all; the next try goes on."""

    added: list[str] = []
    replaced: list[str] = []
    skipped: list[str] = []
    failed: list[Failed] = []
    left: bool = False


async def add(services: Services, shortcode: str, data: bytes, options: Options) -> Emoji:
    """Add one.

    Raises:
        Invalid: it can't be called so, there is one of this name, or there are too many.
        UnusableFile: the file is no picture that we take.
        Unavailable: too much to do, or no space.
    """
    shortcode = check_shortcode(shortcode)
    category = check_category(options.category or "")
    if len(data) > services.settings.emoji_bytes:
        problem = too_large(services.settings)
        raise Invalid(f"File {problem}", {"file": [("ERR_TOO_LONG", problem)]})
    if not data:
        raise UnusableFile(Refusal("empty"))
    async with services.db.connection() as tx:
        _refuse_taken(await queries.named(tx, [shortcode]))
    picture = (await read_emojis([data]))[0]
    if isinstance(picture, Refusal):
        raise UnusableFile(picture)
    emoji = await _stored(services, shortcode, category, options, picture)
    try:
        async with services.db.transaction() as tx:
            await queries.lock(tx)
            _refuse_taken(await queries.named(tx, [shortcode]))
            await _check_number(tx, 1)
            await queries.insert(tx, emoji)
            await _tell(tx, services.bus)
    except BaseException:
        await services.blobs.delete(emoji.blob_keys)
        raise
    return emoji


async def import_pack(
    services: Services, file: IO[bytes], options: Options, *, seconds: float | None = None
) -> Imported:
    """Add all pictures of an archive (packs.py); those of a name that is there are skipped.

    `seconds`: begin nothing new when so many have passed.

    Raises:
        Invalid: it is no archive that we read, holds too much, or there would be too many emojis.
        Unavailable: too much to do, or no space.
    """
    options = msgspec.structs.replace(options, category=check_category(options.category or ""))
    until = None if seconds is None else time.monotonic() + seconds
    result, seen = Imported(), set[str]()
    found = packs.entries(file, services.settings.emoji_bytes)
    while batch := list(islice(_wanted(found, seen, result), BATCH)):
        if until is not None and time.monotonic() > until:
            result.left = True
            break
        await _import(services, batch, options, result)
    return result


def _wanted(found: Iterator[Entry], seen: set[str], result: Imported) -> Iterator[tuple[str, bytes]]:
    """What may be an emoji, each name once."""
    for entry in found:
        try:
            shortcode = check_shortcode(entry.shortcode)
        except Invalid:
            result.failed.append(Failed(entry.shortcode, "name"))
            continue
        if shortcode.lower() in seen:
            result.skipped.append(shortcode)
            continue
        seen.add(shortcode.lower())
        if entry.data is None:
            result.failed.append(Failed(shortcode, "large"))
        elif not entry.data:
            result.failed.append(Failed(shortcode, "empty"))
        else:
            yield shortcode, entry.data


async def _import(
    services: Services, batch: Sequence[tuple[str, bytes]], options: Options, result: Imported
) -> None:
    async with services.db.connection() as tx:
        present = {row.shortcode.lower() for row in await queries.named(tx, [name for name, _ in batch])}
    wanted = [(name, data) for name, data in batch if options.overwrite or name.lower() not in present]
    result.skipped += [name for name, _ in batch if not options.overwrite and name.lower() in present]
    if not wanted:
        return
    pictures = await read_emojis([data for _, data in wanted])
    fresh: list[Emoji] = []
    for (name, _), picture in zip(wanted, pictures, strict=True):
        if isinstance(picture, Refusal):
            result.failed.append(Failed(name, picture.reason))
        else:
            fresh.append(await _stored(services, name, options.category, options, picture))
    try:
        async with services.db.transaction() as tx:
            await _keep_all(tx, services, fresh, options, result)
    except BaseException:
        await services.blobs.delete(key for emoji in fresh for key in emoji.blob_keys)
        raise


async def _keep_all(
    tx: Tx, services: Services, fresh: Sequence[Emoji], options: Options, result: Imported
) -> None:
    await queries.lock(tx)
    rows = {row.shortcode.lower(): row for row in await queries.named(tx, [e.shortcode for e in fresh])}
    await _check_number(tx, len([emoji for emoji in fresh if emoji.shortcode.lower() not in rows]))
    dropped: list[str] = []
    for emoji in fresh:
        before = rows.get(emoji.shortcode.lower())
        if before is None:
            await queries.insert(tx, emoji)
            result.added.append(emoji.shortcode)
        elif options.overwrite:
            files = {"blob_key": emoji.blob_key, "static_key": emoji.static_key}
            category = emoji.category or before.category
            await queries.update(tx, msgspec.structs.replace(before, **files, category=category))
            dropped += before.blob_keys
            result.replaced.append(before.shortcode)
        else:  # somebody else added it meanwhile
            dropped += emoji.blob_keys
            result.skipped.append(emoji.shortcode)
    if dropped:
        await events.record(tx, BlobsDropped(tuple(dropped)))
    await _tell(tx, services.bus)


async def change(
    tx: Tx, bus: Bus, emoji_id: int, *, category: str, visible_in_picker: bool, disabled: bool
) -> None:
    """Change an emoji. Disabled, it is shown nowhere; not in the picker, it still works where it is named.

    Raises:
        NotFound: there is none such.
        Invalid: the category's name is too long.
    """
    kept = check_category(category)
    async with tx.transaction():
        before = await _get(tx, emoji_id)
        after = msgspec.structs.replace(
            before, category=kept, visible_in_picker=visible_in_picker, disabled=disabled
        )
        await queries.update(tx, after)
        await _tell(tx, bus)


async def rename_category(tx: Tx, bus: Bus, before: str, after: str) -> None:
    """Call a category otherwise, or, with an empty name, do without it.

    Raises:
        Invalid: the name is too long.
    """
    name = check_category(after)
    async with tx.transaction():
        await queries.rename_category(tx, before, name)
        await _tell(tx, bus)


async def delete(tx: Tx, bus: Bus, emoji_id: int) -> None:
    """Delete an emoji, its files, and the reactions that were made with it.

    Raises:
        NotFound: there is none such.
    """
    async with tx.transaction():
        emoji = await _get(tx, emoji_id)
        await queries.delete(tx, emoji_id)
        await events.record(tx, BlobsDropped(emoji.blob_keys))
        await _tell(tx, bus)


async def _get(tx: Tx, emoji_id: int) -> Emoji:
    found = await queries.get(tx, emoji_id, lock=True)
    if found is None:
        raise NotFound
    return found


async def _stored(
    services: Services, shortcode: str, category: str | None, options: Options, picture: EmojiPicture
) -> Emoji:
    """A row for `picture`, whose files are on the disk."""
    static_key = new_key(picture.still.content_type)
    await services.blobs.put(static_key, picture.still.data, picture.still.content_type)
    blob_key = static_key
    if picture.moving is not None:
        blob_key = new_key(picture.moving.content_type)
        await services.blobs.put(blob_key, picture.moving.data, picture.moving.content_type)
    return Emoji(
        id=new_id(),
        shortcode=shortcode,
        domain=None,
        category=category,
        visible_in_picker=options.visible_in_picker,
        disabled=False,
        blob_key=blob_key,
        static_key=static_key,
    )


async def _tell(tx: Tx, bus: Bus) -> None:
    await bus.publish(tx, cache.TOPIC, None)


async def _check_number(tx: Tx, more: int) -> None:
    if await queries.count(tx) + more > MOST:
        problem = f"there can be at most {MOST} emojis"
        raise Invalid(problem.capitalize(), {"file": [("ERR_TOO_MANY_PICTURES", problem)]})


def _refuse_taken(rows: Sequence[Emoji]) -> None:
    if rows:
        raise Invalid(
            "Shortcode has already been taken", {"shortcode": [("ERR_TAKEN", "has already been taken")]}
        )


def too_large(settings: Settings) -> str:
    """What is said of a file that is."""
    return f"must be less than {settings.emoji_bytes / 1024:.4g} KB"
