"""Pictures for the tests, made on the spot."""

import io

import pillow_heif  # pyright: ignore[reportMissingTypeStubs]
from PIL import Image

pillow_heif.register_heif_opener()  # HEIC; what runs in the sandbox can read it, but not write it

MARK = b"Unter-den-Linden-77"
"""Put into every kind of metadata; must be nowhere in what comes out."""
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><home>' + MARK + b"</home></x:xmpmeta>"


def noise(width: int = 600, height: int = 400) -> Image.Image:
    """Grey noise: a picture that no encoder makes small."""
    return Image.effect_noise((width, height), 90).convert("RGB")


def plain(width: int = 600, height: int = 400, colour: tuple[int, ...] = (200, 30, 30)) -> Image.Image:
    """One colour; with four numbers it has an alpha channel."""
    return Image.new("RGB" if len(colour) == 3 else "RGBA", (width, height), colour)


def exif_with_place(orientation: int = 1) -> Image.Exif:
    """What a phone writes: its maker, and where the picture was taken."""
    exif = Image.Exif()
    exif[0x010F] = MARK.decode()
    exif[0x0112] = orientation
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 12.34), 3: "E", 4: (13.0, 24.0, 17.89), 29: "2026:10:03"}
    return exif


def encode(image: Image.Image, kind: str, **options: object) -> bytes:
    """`image` as a file of Pillow's format `kind`."""
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def animation(kind: str, frames: int, size: tuple[int, int] = (60, 40), milliseconds: int = 80) -> bytes:
    """A bar that wanders, endlessly."""
    pictures: list[Image.Image] = []
    for number in range(frames):
        frame = plain(*size, colour=(20, 20, 60))
        frame.paste((250, 200 - number % 200, 0), (number % size[0], 0, number % size[0] + 6, size[1]))
        pictures.append(frame)
    return encode(pictures[0], kind, save_all=True, append_images=pictures[1:], duration=milliseconds, loop=0)


def decode(data: bytes) -> Image.Image:
    """The picture in `data`, loaded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
