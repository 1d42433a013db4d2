"""Custom emojis for tests."""

import io
import zipfile
from typing import Any

from PIL import Image

from rostra.emojis import actions
from rostra.emojis.actions import Options
from rostra.emojis.cache import TOPIC
from rostra.emojis.model import Emoji
from tests.media.pictures import encode, plain
from tests.network import Network


def picture(colour: tuple[int, ...] = (20, 160, 90, 255), size: tuple[int, int] = (64, 64)) -> bytes:
    """A PNG."""
    return encode(plain(*size, colour=colour), "PNG")


def moving(kind: str, size: tuple[int, int] = (60, 40), frames: int = 5) -> bytes:
    """A transparent picture with a square that wanders."""
    pictures: list[Image.Image] = []
    for number in range(frames):
        frame = plain(*size, colour=(0, 0, 0, 0))
        frame.paste((250, 60, 10, 255), (number * 6, 0, number * 6 + 12, 12))
        pictures.append(frame)
    options: dict[str, Any] = (
        {"disposal": 2} if kind == "GIF" else {"lossless": True} if kind == "WEBP" else {}
    )
    return encode(
        pictures[0], kind, save_all=True, append_images=pictures[1:], duration=120, loop=0, **options
    )


def packed(files: dict[str, bytes]) -> io.BytesIO:
    """A ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer


async def add(network: Network, shortcode: str, data: bytes | None = None, **options: Any) -> Emoji:
    """Add an emoji, and wait until this process knows it."""
    with network.services.bus.subscribe(TOPIC) as news:
        made = await actions.add(network.services, shortcode, data or picture(), Options(**options))
        await news.get()
    return made


async def change(network: Network, emoji: Emoji, **changes: Any) -> None:
    """Change an emoji, and wait until this process knows it."""
    given: dict[str, Any] = {
        "category": emoji.category or "",
        "visible_in_picker": emoji.visible_in_picker,
        "disabled": emoji.disabled,
        **changes,
    }
    with network.services.bus.subscribe(TOPIC) as news:
        async with network.services.db.connection() as tx:
            await actions.change(tx, network.services.bus, emoji.id, **given)
        await news.get()


async def delete(network: Network, emoji: Emoji) -> None:
    """Delete an emoji, and wait until this process knows it."""
    with network.services.bus.subscribe(TOPIC) as news:
        async with network.services.db.connection() as tx:
            await actions.delete(tx, network.services.bus, emoji.id)
        await news.get()
    await network.settle()
