"""What becomes of a good upload: pixels only, upright, in sRGB, no larger than needed."""

import os
import subprocess
import sys

import blurhash
import pytest
import pyvips
from PIL import Image, PngImagePlugin

from rostra.media.pictures import Picture, Purpose
from rostra.media.processing import process

from .pictures import MARK, XMP, animation, decode, encode, exif_with_place, noise, plain


def _png_text() -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", MARK.decode())
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return text


WITH_METADATA = {
    "JPEG": {"exif": exif_with_place(), "comment": MARK, "xmp": XMP, "icc_profile": MARK * 20},
    "PNG": {"exif": exif_with_place(), "pnginfo": _png_text(), "icc_profile": MARK * 20},
    "WEBP": {"exif": exif_with_place().tobytes(), "xmp": XMP, "icc_profile": MARK * 20},
    "AVIF": {"exif": exif_with_place(), "xmp": XMP, "icc_profile": MARK * 20},
    "HEIF": {"exif": exif_with_place().tobytes(), "xmp": XMP, "icc_profile": MARK * 20},
    "GIF": {"comment": MARK, "xmp": XMP},
}


@pytest.mark.parametrize("kind", WITH_METADATA)
@pytest.mark.parametrize("purpose", ["attachment", "avatar", "header", "preview"])
async def test_no_metadata_of_an_upload_survives(kind: str, purpose: Purpose) -> None:
    upload = encode(noise(), kind, **WITH_METADATA[kind])
    assert MARK in upload

    picture = await process(upload, purpose)

    for rendition in filter(None, (picture.main, picture.preview)):
        assert MARK not in rendition.data
        shown = decode(rendition.data)
        assert not shown.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment", "Comment"} & shown.info.keys()


async def test_the_place_where_a_photo_was_taken_is_gone() -> None:
    upload = encode(noise(), "JPEG", exif=exif_with_place())
    assert decode(upload).getexif().get_ifd(0x8825)[2] == (52.0, 31.0, 12.34)

    picture = await process(upload, "attachment")

    assert not decode(picture.main.data).getexif().get_ifd(0x8825)
    assert b"Exif" not in picture.main.data


@pytest.mark.parametrize(
    "tail", [b"PK\x03\x04" + MARK, b"<script>" + MARK + b"</script>", b"\xff\xd8" + MARK]
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
async def test_what_hangs_on_the_end_of_a_file_is_gone(kind: str, tail: bytes) -> None:
    picture = await process(encode(noise(), kind) + tail, "attachment")

    assert MARK not in picture.main.data


async def test_a_file_that_is_a_picture_and_a_script_comes_out_as_a_picture_alone() -> None:
    # The GIF's width says `/*`, so that the file is also JavaScript.
    gif = bytearray(encode(plain(0x2F, 0x2A), "GIF", comment=b"*/=1;alert(1)/*" + MARK))
    gif[6:8] = b"/*"
    picture = await process(bytes(gif) + b"*/", "attachment")

    assert picture.main.data.startswith(b"\x89PNG")
    assert MARK not in picture.main.data


async def test_a_photo_is_turned_upright() -> None:
    upload = plain(400, 300, (0, 0, 200))
    upload.paste((220, 0, 0), (0, 0, 100, 300))  # red on the left; turned right it is on top

    picture = await process(encode(upload, "JPEG", exif=exif_with_place(orientation=6)), "attachment")

    assert (picture.main.width, picture.main.height) == (300, 400)
    assert _pixel(picture.main.data, (150, 20))[0] > 200
    assert _pixel(picture.main.data, (150, 380))[2] > 180


async def test_colours_of_a_wide_profile_become_srgb() -> None:
    wide = plain(colour=(200, 100, 50))
    upload = encode(wide, "PNG", icc_profile=pyvips.Image.profile_load("p3"))

    shown = decode((await process(upload, "attachment")).main.data)

    assert shown.getpixel((9, 9)) == pytest.approx((214, 96, 36), abs=6)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK", "YCbCr"])
async def test_every_common_colour_mode_is_taken(mode: str) -> None:
    kind = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"
    picture = await process(encode(Image.new(mode, (50, 40)), kind), "attachment")

    assert decode(picture.main.data).mode in ("RGB", "RGBA")


@pytest.mark.parametrize(
    ("kind", "becomes"),
    [
        ("JPEG", "image/jpeg"),
        ("PNG", "image/png"),
        ("GIF", "image/png"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/webp"),
    ],
)
async def test_each_format_becomes_one_that_every_browser_shows(kind: str, becomes: str) -> None:
    picture = await process(encode(noise(), kind), "attachment")

    assert picture.main.content_type == becomes
    assert Image.MIME[str(decode(picture.main.data).format)] == becomes
    assert picture.preview is not None
    assert picture.preview.content_type == "image/webp"


async def test_a_huge_png_becomes_webp() -> None:
    upload = encode(Image.frombytes("RGB", (1_200, 1_200), os.urandom(1_200 * 1_200 * 3)), "PNG")
    assert len(upload) > 4 * 1024 * 1024

    picture = await process(upload, "attachment")

    assert picture.main.content_type == "image/webp"


async def test_transparency_stays() -> None:
    picture = await process(encode(plain(colour=(0, 200, 0, 0)), "PNG"), "attachment")

    assert _pixel(picture.main.data, (5, 5))[3] == 0
    assert picture.preview is not None
    assert _pixel(picture.preview.data, (5, 5))[3] == 0


async def test_an_attachment_is_scaled_to_8_megapixels_and_its_preview_to_a_timeline() -> None:
    picture = await process(encode(plain(5760, 3240), "JPEG"), "attachment")

    assert _sizes(picture) == [(3840, 2160), (640, 360)]
    assert decode(picture.main.data).size == (3840, 2160)


async def test_a_small_attachment_keeps_its_size() -> None:
    assert _sizes(await process(encode(plain(31, 17), "PNG"), "attachment")) == [(31, 17), (31, 17)]


@pytest.mark.parametrize(
    ("purpose", "size", "becomes"),
    [
        ("avatar", (1200, 800), (400, 400)),
        ("avatar", (100, 70), (70, 70)),
        ("avatar", (1, 1), (1, 1)),
        ("header", (3000, 3000), (1500, 500)),
        ("header", (900, 900), (900, 300)),
        ("header", (300, 20), (60, 20)),
    ],
)
async def test_profile_pictures_are_cropped_and_never_enlarged(
    purpose: Purpose, size: tuple[int, int], becomes: tuple[int, int]
) -> None:
    picture = await process(encode(plain(*size), "PNG"), purpose)

    assert _sizes(picture) == [becomes]
    assert decode(picture.main.data).size == becomes


async def test_an_animated_avatar_stands_still() -> None:
    picture = await process(animation("GIF", frames=5, size=(80, 80)), "avatar")

    assert getattr(decode(picture.main.data), "n_frames", 1) == 1


async def test_the_blurhash_shows_the_colours_of_the_picture() -> None:
    picture = await process(encode(plain(colour=(200, 30, 30)), "JPEG"), "attachment")

    assert blurhash.components(picture.blurhash) == (4, 4)
    assert blurhash.decode(picture.blurhash, 2, 2)[0][0] == pytest.approx((200, 30, 30), abs=16)


def test_no_other_process_loads_the_image_libraries() -> None:
    probe = (
        "import sys, rostra.core.blobs, rostra.media.processing, rostra.media.conversions;"
        "print({'pyvips', 'numpy', 'blurhash', 'obstore', 'av'} & sys.modules.keys())"
    )
    assert subprocess.check_output([sys.executable, "-c", probe], text=True) == "set()\n"


def _pixel(data: bytes, at: tuple[int, int]) -> tuple[int, ...]:
    value = decode(data).getpixel(at)
    assert isinstance(value, tuple)
    return value


def _sizes(picture: Picture) -> list[tuple[int, int]]:
    return [(r.width, r.height) for r in (picture.main, picture.preview) if r]
