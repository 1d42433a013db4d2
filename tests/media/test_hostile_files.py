"""What becomes of a bad upload: a clear refusal, in bounded time and memory."""

import struct
import sys
import zlib

import pytest

from rostra.core.errors import Unavailable
from rostra.media import processing
from rostra.media.pictures import UnusableFile
from rostra.media.processing import process

from .pictures import animation, encode, noise, plain


def _png(width: int, height: int, chunks: bytes = b"") -> bytes:
    """A PNG that claims a size; all its pixels are missing but for a few."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + chunks
        + _chunk(b"IDAT", zlib.compress(bytes(3_001_000)))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


SANDBOX = "import sys; from rostra.media import sandbox"
IN_SANDBOX = f"{SANDBOX}; sandbox.limit_resources()"


async def _refusal(upload: bytes) -> str:
    with pytest.raises(UnusableFile) as refused:
        await process(upload, "attachment")
    assert refused.value.status == 422
    assert refused.value.message.startswith("Validation failed: File ")
    return refused.value.reason


@pytest.mark.parametrize(
    "upload",
    [
        b"\0",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
        b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>",
        b"<!doctype html><script>alert(1)</script>",
        b"P6 2 2 255\n" + bytes(12),
        b"push graphic-context\nviewbox 0 0 640 480\nimage over 0,0 0,0 'https://example.com/x'\npop",
        b"ID3\x04" + bytes(400),
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
        b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n",
        b"\x7fELF\x02\x01\x01" + bytes(400),
        b"MZ\x90\x00" + bytes(400),
        b"PK\x03\x04" + bytes(400),
        encode(plain(), "TIFF"),
        encode(plain(), "BMP"),
        encode(plain(), "ICO"),
        encode(plain(), "PPM"),
    ],
    ids=lambda upload: repr(upload[:12]),
)
async def test_what_is_no_picture_that_we_take_is_refused_with_what_we_take(upload: bytes) -> None:
    with pytest.raises(UnusableFile, match="JPEG, PNG, GIF, WebP, AVIF and HEIC") as refused:
        await process(upload, "attachment")
    assert refused.value.status == 422


async def test_an_empty_file_is_refused() -> None:
    assert await _refusal(b"") == "empty"


@pytest.mark.parametrize("upload", [b"GIF89a", b"\xff\xd8\xff", b"RIFF\x10\0\0\0WEBPVP8 "])
async def test_a_file_that_only_begins_like_a_picture_is_refused(upload: bytes) -> None:
    assert await _refusal(upload) == "damaged"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
async def test_a_truncated_file_is_refused(kind: str) -> None:
    upload = encode(noise(), kind)

    assert await _refusal(upload[: len(upload) * 2 // 3]) == "damaged"


@pytest.mark.parametrize(
    ("width", "height", "reason"),
    [
        (12_000, 12_000, "pixels"),
        (16_383, 16_383, "pixels"),
        (1, 100_000, "side"),
        (100_000, 1, "side"),
        (2**31 - 1, 2**31 - 1, "damaged"),
        (0, 10, "damaged"),
        (8_000, 6_000, "damaged"),
    ],
)
async def test_a_small_file_that_claims_a_huge_picture_is_refused(
    width: int, height: int, reason: str
) -> None:
    assert await _refusal(_png(width, height)) == reason


def _repeated(gif: bytes, times: int) -> bytes:
    """`gif` with all its frames `times` times over."""
    start, end = gif.index(b"\x21\xf9"), len(gif) - 1
    return gif[:start] + gif[start:end] * times + gif[end:]


async def test_an_animation_of_ten_thousand_frames_is_refused() -> None:
    assert await _refusal(_repeated(animation("GIF", frames=3, size=(8, 8)), 3_400)) == "frames"


async def test_an_animation_with_too_many_pixels_in_all_is_refused() -> None:
    assert await _refusal(_repeated(animation("GIF", frames=2, size=(1_600, 1_200)), 27)) == "frames"


@pytest.mark.parametrize("name", [b"zTXt", b"iCCP"])
async def test_compressed_metadata_cannot_exhaust_memory(name: bytes) -> None:
    bomb = _chunk(name, b"x\0\0" + zlib.compress(bytes(200_000_000), 9))
    upload = _png(1_000, 1_000, bomb)
    assert len(upload) < 1_000_000

    picture = await process(upload, "attachment")

    assert (picture.main.width, picture.main.height) == (1_000, 1_000)


@pytest.mark.parametrize(
    ("child", "reason"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "damaged"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "effort"),
        (f"{IN_SANDBOX}; sys.stdout.buffer.write(bytes(10**8))", "damaged"),
        (f"{IN_SANDBOX}; bytearray(2**31)", "damaged"),
        (f"{SANDBOX}; sandbox.CPU_SECONDS = 1; sandbox.limit_resources()\nwhile True: pass", "effort"),
        ("raise SystemExit(1)", "damaged"),
    ],
)
async def test_a_decoder_that_crashes_or_runs_wild_ends_with_a_refusal(
    monkeypatch: pytest.MonkeyPatch, child: str, reason: str
) -> None:
    monkeypatch.setattr(processing, "SANDBOX", (sys.executable, "-I", "-c", child))

    assert await _refusal(encode(plain(), "PNG")) == reason


async def test_a_picture_that_needs_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = encode(plain(8_000, 6_000), "WEBP", lossless=True, method=0)
    child = (
        f"{SANDBOX}; sandbox.MEMORY_BYTES = 300 * 1024**2; "
        "import os; sys.argv = ['', 'attachment', str(os.getppid())]; sandbox.main()"
    )
    monkeypatch.setattr(processing, "SANDBOX", (sys.executable, "-I", "-c", child))

    assert await _refusal(upload) == "effort"


async def test_a_decoder_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processing, "SANDBOX", (sys.executable, "-I", "-c", "import signal; signal.pause()"))
    monkeypatch.setattr(processing, "SECONDS", 0.5)

    assert await _refusal(encode(plain(), "PNG")) == "effort"


async def test_the_decoder_knows_none_of_our_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROSTRA_SMTP_URL", "smtps://user:secret@mail.example")
    child = (
        "import os, sys, msgspec; from rostra.media.pictures import Refusal;"
        "known = any(name.startswith('ROSTRA') for name in os.environ);"
        "sys.stdout.buffer.write(msgspec.msgpack.encode(Refusal('side' if known else 'frames')))"
    )
    monkeypatch.setattr(processing, "SANDBOX", (sys.executable, "-I", "-c", child))

    assert await _refusal(encode(plain(), "PNG")) == "frames"


async def test_too_many_pictures_at_once_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processing, "WAITING", -1)

    with pytest.raises(Unavailable):
        await process(encode(plain(), "PNG"), "attachment")
