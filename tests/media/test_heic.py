"""HEIC, as phones take their pictures (HEVC in HEIF)."""

import struct

import pytest
from PIL import Image, ImageCms

from rostra.media.pictures import UnusableFile
from rostra.media.processing import process
from tests.media.pictures import MARK, XMP, decode, encode, exif_with_place, noise, plain
from tests.media.uploading import file_of, send
from tests.network import Network


def corner(size: tuple[int, int] = (600, 400)) -> Image.Image:
    """Red, with a blue corner at the upper left."""
    picture = plain(*size)
    picture.paste((0, 0, 255), (0, 0, 100, 100))
    return picture


async def test_a_phones_picture_is_uploaded_and_shown_as_a_jpeg(network: Network) -> None:
    alice = await network.person("alice")
    photo = encode(corner(), "HEIF", exif=exif_with_place().tobytes(), xmp=XMP, quality=90)
    assert photo[4:12] == b"ftypheic"
    assert MARK in photo
    media = await send(alice, photo, 200, description="a corner")
    assert media["type"] == "image"
    data = await file_of(network, media)
    preview = await file_of(network, media, "preview_url")
    assert MARK not in data + preview
    shown = decode(data)
    assert (shown.format, shown.size) == ("JPEG", (600, 400))
    red, green, blue = shown.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert (red < 30, green < 30, blue > 220) == (True, True, True)
    assert not shown.getexif()
    instance = await network.anonymous.get("/api/v2/instance")
    assert "image/heic" in instance["configuration"]["media_attachments"]["supported_mime_types"]


@pytest.mark.parametrize(
    ("orientation", "place"),
    [(1, (10, 10)), (3, (590, 390)), (6, (390, 10)), (8, (10, 590)), (2, (590, 10)), (5, (10, 10))],
)
async def test_it_stands_upright(orientation: int, place: tuple[int, int]) -> None:
    photo = encode(corner(), "HEIF", exif=exif_with_place(orientation).tobytes(), quality=90)
    shown = decode((await process(photo, "attachment")).main.data).convert("RGB")
    assert shown.size == ((400, 600) if orientation >= 5 else (600, 400))
    _, _, blue = shown.getpixel(place)  # type: ignore[misc]
    assert blue > 200


async def test_transparency_stays() -> None:
    picture = await process(encode(plain(60, 40, (200, 30, 30, 0)), "HEIF"), "attachment")
    assert picture.main.content_type == "image/webp"
    assert decode(picture.main.data).convert("RGBA").getpixel((30, 20))[3] == 0  # type: ignore[index]


async def test_colours_of_a_profile_become_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    shown = decode((await process(encode(corner(), "HEIF", icc_profile=profile), "attachment")).main.data)
    assert "icc_profile" not in shown.info


async def test_it_becomes_an_avatar_and_a_header() -> None:
    photo = encode(noise(1200, 900), "HEIF", quality=50)
    for purpose, size in (("avatar", (400, 400)), ("header", (1200, 400))):
        assert decode((await process(photo, purpose)).main.data).size == size  # type: ignore[arg-type]


async def test_a_damaged_one_is_refused() -> None:
    whole = encode(noise(200, 150), "HEIF")
    box = struct.pack(">I", 24) + b"ftypheic" + bytes(12) + b"mif1"
    for bad in (box + bytes(400), whole[:200], whole[: len(whole) // 2], box + whole[24:200] + bytes(4000)):
        with pytest.raises(UnusableFile, match="damaged"):
            await process(bad, "attachment")


async def test_one_with_too_many_pixels_is_refused_by_its_header(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = bytearray(encode(plain(64, 64), "HEIF"))
    at = photo.index(b"ispe") + 8
    photo[at : at + 8] = struct.pack(">II", 16000, 16000)
    with pytest.raises(UnusableFile):
        await process(bytes(photo), "attachment")
