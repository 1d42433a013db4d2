"""Films that are made to do harm, and trouble on our side: a clear end, and nothing left."""

import asyncio
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import pytest

from rostra.core.blobs import Blobs
from rostra.core.db import execute
from rostra.core.errors import Unavailable
from rostra.media import conversions, films, processing
from rostra.media.model import FilmUploaded
from tests.network import Network

from .films import film, sound
from .pictures import animation
from .uploading import failed, keys, processed, send, stored

PLAYLISTS = [
    b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
    b"ffconcat version 1.0\nfile '/etc/passwd'\nduration 5\n",
    b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period/></MPD>',
    b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nm=video 5004 RTP/AVP 96\r\n",
    b"RTSPtextrtsp://127.0.0.1/x",
    b"[playlist]\nFile1=/etc/passwd\n",
    b"\x89IMF\r\n/etc/passwd",
]


@pytest.mark.parametrize("upload", PLAYLISTS, ids=lambda upload: repr(upload[:10]))
async def test_files_that_name_other_files_are_no_films(network: Network, upload: bytes) -> None:
    alice = await network.person("alice")

    for disguised in (upload, upload + film()):
        assert "content type is invalid" in await failed(alice, disguised)
    assert stored(network) == set()


def test_once_loaded_the_sandbox_opens_no_file_and_no_connection() -> None:
    code = (
        "import os, socket\nfrom rostra.media import sandbox\nfrom rostra.media.sandboxed import inputs\n"
        "inputs.load_all(); sandbox.close_the_door(); held = 0\n"
        "for attempt in (lambda: os.open('/etc/passwd', 0), socket.socket, os.pipe):\n"
        "    try: attempt()\n"
        "    except OSError: held += 1\n"
        "os.write(1, str(held).encode())"
    )
    assert subprocess.check_output([sys.executable, "-I", "-c", code]) == b"3"


@pytest.mark.parametrize(
    ("container", "video", "audio"),
    [("mp4", "libx264", "aac"), ("matroska", "libx264", "aac"), ("webm", "libvpx", "libopus")],
)
async def test_a_truncated_film_is_refused(network: Network, container: str, video: str, audio: str) -> None:
    upload = film(container, video, audio, seconds=5)

    assert "damaged" in await failed(await network.person("alice"), upload[: len(upload) // 2])


@pytest.mark.parametrize("kind", ["GIF", "PNG"])
async def test_of_a_truncated_animation_what_is_there_is_taken_or_it_is_refused(
    network: Network, kind: str
) -> None:
    upload = animation(kind, frames=20)
    alice = await network.person("alice")
    sent = await alice.request("POST", "/api/v2/media", files={"file": ("x", upload[: len(upload) * 2 // 3])})
    await network.settle()

    if sent.status_code == 202:
        media = await alice.request("GET", f"/api/v1/media/{sent.json()['id']}")
        assert media.status_code in (200, 422)
    else:
        assert sent.status_code == 422


@pytest.mark.parametrize("kind", ["mp4", "matroska", "ogg", "mp3", "wav", "flac", "avi", "mpegts"])
async def test_noise_behind_a_good_beginning_ends_with_a_refusal_or_a_film(
    network: Network, kind: str
) -> None:
    video, audio = {
        "mp4": ("libx264", "aac"),
        "matroska": ("libx264", "aac"),
        "avi": ("mpeg4", "libmp3lame"),
        "mpegts": ("mpeg2video", "mp2"),
        "ogg": (None, "libopus"),
        "mp3": (None, "libmp3lame"),
        "wav": (None, "pcm_s16le"),
        "flac": (None, "flac"),
    }[kind]
    upload = film(kind, video, audio, seconds=2)
    upload = upload[: len(upload) // 3] + os.urandom(len(upload))
    alice = await network.person("alice")

    answer = await alice.request("POST", "/api/v2/media", files={"file": ("x", upload)})
    await network.settle()

    assert answer.status_code in (202, 422)
    if answer.status_code == 202:
        again = await alice.request("GET", f"/api/v1/media/{answer.json()['id']}")
        assert again.status_code in (200, 422)


async def test_a_film_that_claims_to_last_for_years_is_refused(network: Network) -> None:
    assert "too long" in await failed(await network.person("alice"), _slow_film(4 * 3600))


async def test_a_film_of_too_many_frames_is_refused(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "from rostra.media import films; films.INPUT_FRAMES = 20\n"
        "from rostra.media import sandbox; sandbox.main()"
    )
    monkeypatch.setattr(processing, "SANDBOX", (sys.executable, "-I", "-c", code))

    assert "too many frames" in await failed(await network.person("alice"), film(rotation=90))


async def test_a_result_that_grows_too_large_is_given_up(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "from rostra.media import films; films.OUTPUT_BYTES = 5000\n"
        "from rostra.media import sandbox; sandbox.main()"
    )
    monkeypatch.setattr(processing, "SANDBOX", (sys.executable, "-I", "-c", code))

    assert "too large" in await failed(await network.person("alice"), film(rotation=90))
    assert stored(network) == set()


async def test_a_decoder_that_hangs_is_ended(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    alice = await network.person("alice")
    sent = await send(alice, film())
    monkeypatch.setattr(processing, "SANDBOX", (sys.executable, "-I", "-c", "import signal; signal.pause()"))
    monkeypatch.setattr(films, "SECONDS", 0.3)
    await network.settle()

    answer = await alice.get(f"/api/v1/media/{sent['id']}", expect=422)
    assert "too long or too much memory" in answer["error"]


async def test_a_job_that_is_given_up_takes_its_decoder_with_it(
    network: Network, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    note = tmp_path / "pid"
    code = f"import os, signal; open({str(note)!r}, 'w').write(str(os.getpid())); signal.pause()"
    monkeypatch.setattr(processing, "SANDBOX", (sys.executable, "-I", "-c", code))
    upload = tmp_path / "upload"
    upload.write_bytes(film())
    with network.services.blobs.temporary() as output:
        task = asyncio.create_task(processing.convert(upload, output))
        while not (note.exists() and note.read_text()):  # noqa: ASYNC110  (it is another process)
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


async def test_a_decoder_ends_with_the_worker_that_started_it(tmp_path: Path) -> None:
    code = (
        "import os, signal, subprocess, sys\n"
        "child = 'from rostra.core import processes; import os, signal;'\\\n"
        "    'processes.end_with_parent(9, int(__import__(\"sys\").argv[1]))();'\\\n"
        "    'print(os.getpid(), flush=True); signal.pause()'\n"
        "subprocess.Popen([sys.executable, '-c', child, str(os.getpid())]); signal.pause()"
    )
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    assert worker.stdout is not None
    pid = int(await worker.stdout.readline())
    worker.kill()
    await worker.wait()

    assert await worker.stdout.read() == b""  # it held the other end
    assert pid != worker.pid


@pytest.mark.parametrize("broken", ["adopt", "put"])
async def test_a_worker_that_dies_in_the_middle_leaves_a_film_that_the_next_one_finishes(
    network: Network, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    alice = await network.person("alice")
    sent = await send(alice, film())

    async def die(*_: Any) -> None:
        raise Unavailable()

    with monkeypatch.context() as dying:
        dying.setattr(Blobs, broken, die)
        with pytest.raises(Unavailable):
            await network.settle()
    waiting = await alice.request("GET", f"/api/v1/media/{sent['id']}")
    assert (waiting.status_code, waiting.json()["url"], waiting.json()["preview_url"]) == (206, None, None)
    async with network.services.db.connection() as tx:
        await execute(tx, "update jobs set run_at = now()")
    await network.settle()

    media = await alice.get(f"/api/v1/media/{sent['id']}")
    assert media["url"].endswith(".mp4")
    assert stored(network) == keys(network, media)


async def test_a_job_that_runs_again_changes_nothing(network: Network) -> None:
    alice = await network.person("alice")
    media = await processed(alice, film())

    await conversions.convert(network.services, FilmUploaded(int(media["id"])))
    await network.settle()

    assert await alice.get(f"/api/v1/media/{media['id']}") == media
    assert stored(network) == keys(network, media)


async def test_uploads_that_were_left_behind_are_gone_after_two_days(network: Network) -> None:
    alice = await network.person("alice")
    sent = await send(alice, sound("mp3", "libmp3lame"))
    uploads = network.services.blobs.uploads
    old = uploads / "left-behind"
    old.write_bytes(b"x")
    os.utime(old, (1, 1))

    await conversions.delete_old_uploads(network.services)

    assert not old.exists()
    await network.settle()
    assert (await alice.get(f"/api/v1/media/{sent['id']}"))["url"]


def _slow_film(seconds: int) -> bytes:
    """Two pictures, long apart."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="matroska") as output:
        stream = output.add_stream("mpeg4", rate=1)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for at in (0, seconds):
            frame = av.VideoFrame(64, 64, "yuv420p")
            frame.pts = at
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return buffer.getvalue()
