"""Where a film was made, by whom and with what: nothing of it stays, in no kind of file.

Each upload has a mark in every place where its kind has room for metadata. It must be in the upload,
in none of the files that others get, and a reader of the result must find no tag.
"""

import io
from fractions import Fraction
from typing import Any

import av
import pytest
from av.bitstream import BitStreamFilterContext

from tests.network import Network

from .films import PLACE, box, film, reading, sound, streams_of, tags_of, with_box_in_moov
from .pictures import MARK, animation, encode, exif_with_place, plain
from .uploading import file_of, processed

TAGS = {
    "title": f"Home {MARK.decode()}",
    "location": PLACE,
    "location-eng": PLACE,
    "com.apple.quicktime.location.ISO6709": PLACE,
    "com.apple.quicktime.make": MARK.decode(),
    "comment": MARK.decode(),
    "artist": MARK.decode(),
    "GPSLatitude": MARK.decode(),
}
MILLISECOND = Fraction(1, 1000)
KINDS: dict[str, dict[str, Any]] = {
    "mp4, copied": {},
    "mp4, encoded": {"rotation": 90},
    "mov": {"container": "mov", "movflags": ""},
    "mkv, copied": {"container": "matroska"},
    "webm": {"container": "webm", "video": "libvpx", "audio": "libopus"},
    "avi": {"container": "avi", "video": "mpeg4", "audio": "libmp3lame"},
    "mpegts": {"container": "mpegts"},
}


async def _check(network: Network, upload: bytes) -> bytes:
    """Upload, process, look at every file that others get; returns the main one."""
    assert MARK in upload
    media = await processed(await network.person("alice"), upload)
    data = await file_of(network, media)
    files = [data, await file_of(network, media, "preview_url")] if media["preview_url"] else [data]
    for file in files:
        assert MARK not in file
        assert PLACE.encode()[:12] not in file
        assert b"\xa9xyz" not in file
    assert tags_of(data) == {}
    for kind, _, tags in streams_of(data):
        assert kind in ("video", "audio")
        ours = {"language": "und", "handler_name": f"{_name(kind)}Handler", "encoder": "Lavf"}
        assert tags.items() <= ours.items()
    with reading(data) as container:
        assert container.chapters() == []
    return data


def _name(kind: str) -> str:
    return {"video": "Video", "audio": "Sound"}[kind]


@pytest.mark.parametrize("kind", KINDS)
async def test_no_tag_of_a_film_survives(network: Network, kind: str) -> None:
    await _check(network, film(tags=TAGS, **KINDS[kind]))


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("mp3", "libmp3lame"),
        ("ogg", "libopus"),
        ("flac", "flac"),
        ("wav", "pcm_s16le"),
        ("ipod", "aac"),
        ("aiff", "pcm_s16be"),
        ("matroska", "flac"),
    ],
)
async def test_no_tag_of_a_sound_survives(network: Network, container: str, codec: str) -> None:
    await _check(network, sound(container, codec, tags=TAGS))


async def test_the_place_of_a_phones_film_is_gone(network: Network) -> None:
    # 3GPP `loci` and QuickTime's `©xyz`, as Android writes them.
    text = b"+52.5169+013.3806/" + MARK
    place = box(b"\xa9xyz", len(text).to_bytes(2, "big") + b"\x15\xc7" + text)
    loci = box(b"loci", bytes(6) + MARK + b"\0" + bytes(20))
    upload = with_box_in_moov(film(), box(b"udta", place + loci) + box(b"uuid", bytes(16) + MARK))

    await _check(network, upload)


async def test_boxes_beside_the_film_are_gone(network: Network) -> None:
    upload = film() + box(b"free", MARK * 3) + box(b"uuid", bytes(16) + MARK) + box(b"XMP_", MARK)

    await _check(network, upload)


async def test_what_cameras_write_between_the_pictures_is_gone(network: Network) -> None:
    # AVCHD cameras keep time and place in SEI messages of H.264; so this track is copied, but not all of it.
    upload = _with_sei(film(audio=None, seconds=2))

    data = await _check(network, upload)

    assert b"x264" not in data


async def test_other_tracks_and_chapters_are_gone(network: Network) -> None:
    upload = _with_subtitles_and_chapters()
    assert [kind for kind, _, _ in streams_of(upload)] == ["video", "subtitle"]

    data = await _check(network, upload)

    assert [kind for kind, _, _ in streams_of(data)] == ["video"]


async def test_the_picture_of_a_sound_keeps_no_metadata(network: Network) -> None:
    cover = encode(plain(80, 80), "JPEG", exif=exif_with_place(), comment=MARK)

    await _check(network, sound("mp3", "libmp3lame", cover=cover))


async def test_what_hangs_on_the_ends_of_mp3_is_gone(network: Network) -> None:
    upload = sound("mp3", "libmp3lame", seconds=2)
    id3v1 = b"TAG" + MARK.ljust(125, b"\0")
    ape = b"APETAGEX" + MARK * 5 + b"APETAGEX"

    await _check(network, upload + ape + id3v1)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
async def test_no_metadata_of_a_moving_picture_survives(network: Network, kind: str) -> None:
    await _check(network, animation(kind, 4) + MARK)


def _with_sei(mp4: bytes) -> bytes:
    buffer = io.BytesIO()
    with reading(mp4) as source, av.open(buffer, "w", format="mp4") as output:
        before = source.streams.video[0]
        after = output.add_stream_from_template(before)
        uuid = "17ee8c60-f84d-11d9-8cd6-0800200c9a66"  # that of camera data in AVCHD
        added = BitStreamFilterContext(f"h264_metadata=sei_user_data={uuid}+{MARK.decode()}", before, after)
        for packet in source.demux(before):
            for changed in added.filter(packet if packet.size else None):
                changed.stream = after
                output.mux(changed)
    return buffer.getvalue()


def _with_subtitles_and_chapters() -> bytes:
    buffer = io.BytesIO()
    spoken = b"1\n00:00:00,000 --> 00:00:01,000\nHere is " + MARK + b"\n\n"
    with (
        reading(film(audio=None, seconds=2)) as source,
        reading(spoken, "srt") as lines,
        av.open(buffer, "w", format="matroska") as output,
    ):
        tracks = [
            (stream, output.add_stream_from_template(stream))
            for stream in (source.streams.video[0], lines.streams.subtitles[0])
        ]
        title = {"title": MARK.decode()}
        output.set_chapters([{"id": 1, "start": 0, "end": 1000, "time_base": MILLISECOND, "metadata": title}])
        for before, after in tracks:
            for packet in before.container.demux(before):
                if packet.size:
                    packet.stream = after
                    output.mux(packet)
    return buffer.getvalue()
