"""Films and sounds by the API: taken at once, processed by a worker, played by every browser."""

from typing import Any

import numpy as np
import pytest

from tests.network import Network

from .films import decoded, film, reading, sound, streams_of
from .pictures import animation, decode, encode, exif_with_place, plain
from .uploading import failed, file_of, keys, processed, send, stored


async def test_a_film_is_taken_at_once_and_ready_when_it_is_processed(network: Network) -> None:
    alice = await network.person("alice")

    sent = await send(alice, film(seconds=2), description="A lake", focus="-0.5,0.25")
    path = f"/api/v1/media/{sent['id']}"

    assert (sent["type"], sent["url"], sent["preview_url"]) == ("video", None, None)
    waiting = await alice.request("GET", path)
    assert (waiting.status_code, waiting.json()["url"]) == (206, None)
    await network.settle()
    media = await alice.get(path)
    assert (media["type"], media["description"], media["remote_url"]) == ("video", "A lake", None)
    assert media["url"].endswith(".mp4")
    assert media["preview_url"].endswith(".webp")
    assert len(media["blurhash"]) == 36
    assert stored(network) == keys(network, media)


async def test_an_app_is_told_what_a_player_shows(network: Network) -> None:
    media = await processed(await network.person("alice"), film(seconds=2), focus="0.5,0")

    meta = media["meta"]
    size = {"width": 320, "height": 180, "size": "320x180", "aspect": 1.7778}
    assert meta["small"] == size
    assert meta["focus"] == {"x": 0.5, "y": 0}
    original = meta["original"]
    assert original["duration"] == pytest.approx(2, abs=0.1)
    assert original["bitrate"] > 1000
    assert {name: original[name] for name in ("width", "height", "frame_rate")} == {
        "width": 320,
        "height": 180,
        "frame_rate": "25/1",
    }
    assert size.items() <= meta.items()
    assert meta["length"].startswith("0:00:02.")
    assert (meta["fps"], meta["audio_encode"], meta["audio_bitrate"], meta["audio_channels"]) == (
        25,
        "aac",
        "48000 Hz",
        "stereo",
    )


FILMS: dict[str, dict[str, Any]] = {
    "mp4": {},
    "mov with ProRes": {
        "container": "mov",
        "video": "prores_ks",
        "audio": "pcm_s16le",
        "pix_fmt": "yuv422p10le",
    },
    "webm": {"container": "webm", "video": "libvpx-vp9", "audio": "libopus"},
    "mkv": {"container": "matroska"},
    "HEVC": {"video": "libx265", "options": {"x265-params": "log-level=none"}},
    "AVI": {"container": "avi", "video": "mpeg4", "audio": "libmp3lame"},
    "MPEG-TS": {"container": "mpegts", "video": "mpeg2video", "audio": "mp2"},
    "10 bits": {"pix_fmt": "yuv420p10le"},
    "odd size": {"container": "matroska", "video": "ffv1", "audio": "flac", "size": (161, 91)},
}


@pytest.mark.parametrize("kind", FILMS)
async def test_every_common_film_becomes_one_that_browsers_play(network: Network, kind: str) -> None:
    upload = film(**FILMS[kind])

    media = await processed(await network.person("alice"), upload)

    data = await file_of(network, media)
    assert [(kind, codec) for kind, codec, _ in streams_of(data)] == [("video", "h264"), ("audio", "aac")]
    assert data.index(b"moov") < data.index(b"mdat")  # it plays while it loads
    with reading(data) as container:
        video = container.streams.video[0]
        assert video.codec_context.pix_fmt == "yuv420p"
        assert 0 <= video.start_time * video.time_base < 0.05
    pictures, seconds = decoded(data)
    assert len(pictures) == 25
    assert seconds == pytest.approx(1, abs=0.1)
    assert pictures[0].shape[0] % 2 == pictures[0].shape[1] % 2 == 0
    assert _is_bright(pictures[0], 0.1, 0.1)
    assert not _is_bright(pictures[0], 0.9, 0.9)


async def test_what_browsers_play_already_is_copied_and_not_encoded_anew(network: Network) -> None:
    upload = film()

    media = await processed(await network.person("alice"), upload)

    before, after = decoded(upload)[0], decoded(await file_of(network, media))[0]
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize(("rotation", "bright"), [(-90, (0.9, 0.1)), (90, (0.1, 0.9)), (180, (0.9, 0.9))])
async def test_a_film_is_turned_upright(network: Network, rotation: int, bright: tuple[float, float]) -> None:
    media = await processed(await network.person("alice"), film(rotation=rotation))

    data = await file_of(network, media)
    picture = decoded(data)[0][0]
    upright = (320, 180) if rotation == 180 else (180, 320)
    assert (media["meta"]["original"]["width"], media["meta"]["original"]["height"]) == upright
    assert picture.shape[1::-1] == upright
    assert _is_bright(picture, *bright)
    assert not _is_bright(picture, 1 - bright[0], 1 - bright[1])
    with reading(data) as container:
        assert next(container.decode(video=0)).rotation == 0
    assert decode(await file_of(network, media, "preview_url")).size == upright


async def test_a_large_film_is_scaled_down_and_a_fast_one_slowed_to_60_frames(network: Network) -> None:
    media = await processed(
        await network.person("alice"), film(size=(2560, 1440), rate=100, seconds=0.3, audio=None)
    )

    original = media["meta"]["original"]
    assert (original["width"], original["height"], original["frame_rate"]) == (1920, 1080, "60/1")


async def test_picture_and_sound_stay_together(network: Network) -> None:
    upload = film("matroska", "mpeg4", "flac", seconds=3)

    data = await file_of(network, await processed(await network.person("alice"), upload))

    with reading(data) as container:
        ends = [float((s.start_time + s.duration) * s.time_base) for s in container.streams]
    assert ends == pytest.approx([3, 3], abs=0.1)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
async def test_a_moving_picture_becomes_a_film_without_sound(network: Network, kind: str) -> None:
    upload = animation(kind, frames=12, size=(61, 41))

    media = await processed(await network.person("alice"), upload)

    assert media["type"] == "gifv"
    data = await file_of(network, media)
    assert [(kind, codec) for kind, codec, _ in streams_of(data)] == [("video", "h264")]
    pictures = decoded(data)[0]
    assert len(pictures) == 12
    assert pictures[0].shape in ((40, 60, 3), (42, 62, 3), (40, 62, 3), (42, 60, 3))
    assert media["meta"]["original"]["duration"] == pytest.approx(0.96, abs=0.02)
    assert getattr(decode(await file_of(network, media, "preview_url")), "n_frames", 1) == 1


async def test_what_is_transparent_in_a_moving_picture_is_white_in_the_film(network: Network) -> None:
    frames = [plain(64, 64, (200, 0, 0, 0)), plain(64, 64, (0, 0, 200, 0))]
    upload = encode(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100, lossless=True)

    data = await file_of(network, await processed(await network.person("alice"), upload))

    assert decoded(data)[0][0].mean() > 250


async def test_a_short_film_without_sound_loops_like_a_gif(network: Network) -> None:
    sent = await send(await network.person("alice"), film(audio=None))

    assert sent["type"] == "gifv"


SOUNDS = {
    "MP3": ("mp3", "libmp3lame"),
    "Opus": ("ogg", "libopus"),
    "Vorbis or Opus in WebM": ("webm", "libopus"),
    "FLAC": ("flac", "flac"),
    "WAV": ("wav", "pcm_s16le"),
    "M4A": ("ipod", "aac"),
    "AAC": ("adts", "aac"),
    "AIFF": ("aiff", "pcm_s16be"),
    "ALAC": ("ipod", "alac"),
    "AMR": ("amr", "libopencore_amrnb"),
}


@pytest.mark.parametrize("kind", SOUNDS)
async def test_every_common_sound_becomes_mp3(network: Network, kind: str) -> None:
    media = await processed(await network.person("alice"), sound(*SOUNDS[kind], seconds=2))

    assert (media["type"], media["preview_url"], media["blurhash"]) == ("audio", None, None)
    data = await file_of(network, media)
    assert [kind for kind, _, _ in streams_of(data)] == ["audio"]
    assert media["url"].endswith(".mp3")
    assert decoded(data)[1] == pytest.approx(2, abs=0.2)
    assert media["meta"]["original"].keys() == {"duration", "bitrate"}
    assert media["meta"]["original"]["duration"] == pytest.approx(2, abs=0.2)
    assert media["meta"]["length"].startswith("0:00:0")
    assert media["meta"]["audio_encode"] == "mp3"


async def test_mp3_is_copied_frame_by_frame(network: Network) -> None:
    upload = sound("mp3", "libmp3lame", seconds=2)

    data = await file_of(network, await processed(await network.person("alice"), upload))

    assert _packets(data) == _packets(upload)


async def test_the_picture_of_a_sound_is_shown_with_it_and_colours_that_go_with_it(network: Network) -> None:
    cover = plain(300, 300, (10, 20, 120))
    cover.paste((250, 240, 60), (100, 100, 200, 200))
    upload = sound("mp3", "libmp3lame", cover=encode(cover, "JPEG", exif=exif_with_place()))

    media = await processed(await network.person("alice"), upload)

    shown = await file_of(network, media, "preview_url")
    assert decode(shown).size == (300, 300)
    assert not decode(shown).getexif()
    assert media["meta"]["small"]["size"] == "300x300"
    colors = media["meta"]["colors"]
    assert colors.keys() == {"background", "foreground", "accent"}
    assert int(colors["background"][5:], 16) > 80 > int(colors["background"][1:3], 16)
    assert int(colors["foreground"][1:3], 16) > 200


async def test_what_is_said_while_a_film_is_processed_stays_said(network: Network) -> None:
    alice = await network.person("alice")
    sent = await send(alice, film(), thumbnail=encode(plain(30, 30), "PNG"))
    path = f"/api/v1/media/{sent['id']}"
    assert sent["preview_url"].endswith(".webp")

    answer = await alice.request("PUT", path, data={"description": "A bar", "focus": "1,1"})
    assert (answer.status_code, answer.json()["description"]) == (206, "A bar")
    thumbnail = {"thumbnail": ("x", encode(plain(20, 10), "PNG"), "image/png")}
    assert (await alice.request("PUT", path, files=thumbnail)).status_code == 206
    await network.settle()

    media = await alice.get(path)
    assert (media["description"], media["meta"]["focus"]) == ("A bar", {"x": 1, "y": 1})
    assert media["meta"]["small"]["size"] == "20x10"
    assert stored(network) == keys(network, media)


async def test_a_film_that_is_not_ready_cannot_be_attached(network: Network) -> None:
    alice = await network.person("alice")
    sent = await send(alice, film())

    status = {"status": "Look", "media_ids": [sent["id"]]}
    answer = await alice.post("/api/v1/statuses", json=status, expect=422)
    assert answer == {
        "error": "Cannot attach files that have not finished processing. Try again in a moment!"
    }
    await network.settle()
    shown = await alice.post("/api/v1/statuses", json=status)
    assert shown["media_attachments"][0]["type"] == "video"


async def test_a_film_stands_alone_in_a_status(network: Network) -> None:
    alice = await network.person("alice")
    moving = await processed(alice, animation("GIF", 3))
    video = await processed(alice, film())
    still = await send(alice, encode(plain(), "PNG"), 200)

    for other in (still, moving):
        answer = await alice.post(
            "/api/v1/statuses", json={"status": "Look", "media_ids": [other["id"], video["id"]]}, expect=422
        )
        assert answer == {"error": "Cannot attach a video to a post that already contains images"}
    both = await alice.publish("Look", media_ids=[still["id"], moving["id"]])
    assert [media["type"] for media in both["media_attachments"]] == ["image", "gifv"]


async def test_a_film_that_fails_says_why_and_leaves_nothing(network: Network) -> None:
    alice = await network.person("alice")
    upload = film("matroska", seconds=4)
    sent = await send(alice, upload[: len(upload) // 2])
    await network.settle()

    path = f"/api/v1/media/{sent['id']}"
    assert await alice.get(path, expect=422) == {"error": "Validation failed: File is damaged or incomplete"}
    await alice.put(path, json={"description": "x"}, expect=422)
    await alice.post("/api/v1/statuses", json={"status": "x", "media_ids": [sent["id"]]}, expect=422)
    assert stored(network) == set()
    assert await alice.delete(path) == {}


async def test_a_film_that_is_deleted_while_it_waits_is_gone(network: Network) -> None:
    alice = await network.person("alice")
    sent = await send(alice, film())
    assert len(stored(network)) == 1

    await alice.delete(f"/api/v1/media/{sent['id']}")
    await network.settle()

    assert stored(network) == set()


async def test_only_its_owner_learns_of_a_film_that_waits(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    path = f"/api/v1/media/{(await send(alice, film()))['id']}"

    for method in ("GET", "PUT", "DELETE"):
        assert (await bob.request(method, path)).status_code == 404
    await network.anonymous.get(path, expect=401)


async def test_ten_films_of_one_member_may_wait(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    tiny = sound("mp3", "libmp3lame", seconds=0.2)
    for _ in range(10):
        await send(alice, tiny)

    assert "being processed" in (await send(alice, tiny, 429))["error"]
    await send(bob, tiny)


async def test_limits_are_refused_in_mastodons_words(network: Network) -> None:
    alice = await network.person("alice")

    wide = film(size=(4096, 2304), seconds=0.1, audio=None, options={"preset": "ultrafast"})
    assert await failed(alice, wide) == "4096x2304 videos are not supported"
    fast = film(rate=240, seconds=0.2, audio=None)
    assert await failed(alice, fast) == "240fps videos are not supported"
    assert stored(network) == set()


def _packets(data: bytes) -> list[bytes]:
    with reading(data, "mp3") as container:
        return [bytes(packet) for packet in container.demux(audio=0) if packet.size]


def _is_bright(picture: Any, x: float, y: float) -> bool:
    height, width = picture.shape[:2]
    return bool(picture[int(y * (height - 1)), int(x * (width - 1))].max() > 170)
