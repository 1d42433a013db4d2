"""Uploads to a real server, with a worker beside it."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from rostra.core.settings import Settings
from rostra.media import actions
from tests.live import live_settings
from tests.network import Network

from .films import film
from .pictures import encode, plain
from .uploading import send


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path, media_bytes=200_000, video_bytes=300_000)


async def test_v1_waits_until_a_film_is_ready(live: Network) -> None:
    alice = await live.person("alice")

    media = await send(alice, film(), 200, "v1")

    assert media["url"].endswith(".mp4")


async def test_an_upload_is_on_the_data_disk_as_soon_as_it_arrives(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    seen: list[Path] = []
    upload = actions.upload

    async def look(services: Any, owner_id: int, file: Any, changes: Any) -> Any:
        seen.append(Path(file.name))
        return await upload(services, owner_id, file, changes)

    monkeypatch.setattr(actions, "upload", look)
    await send(alice, encode(plain(), "PNG"), 200)

    assert [path.parent for path in seen] == [network.services.blobs.uploads]
    assert list(network.services.blobs.uploads.iterdir()) == []


async def test_a_body_past_the_limit_is_refused_before_it_is_read(network: Network) -> None:
    alice = await network.person("alice")
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        while True:
            sent += 1
            yield bytes(100_000)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await alice.request("POST", "/api/v2/media", content=endless(), headers=headers | _auth(alice))
    assert (answer.status_code, sent < 20) == (413, True)
    sent = 0
    announced = headers | _auth(alice) | {"Content-Length": "99999999999"}
    answer = await alice.request("POST", "/api/v2/media", content=endless(), headers=announced)
    assert (answer.status_code, sent) == (413, 0)
    assert list(network.services.blobs.uploads.glob("*")) == []


async def test_a_film_may_be_larger_than_a_picture(network: Network) -> None:
    alice = await network.person("alice")

    for data, message in ((b"GIF89a" + bytes(200_000), "0.191 MB"), (film() + bytes(300_000), "0.286 MB")):
        answer = await send(alice, data, 422)
        assert answer["error"] == f"Validation failed: File must be less than {message}"
    await send(alice, film() + bytes(200_000))
    limits = (await network.anonymous.get("/api/v2/instance"))["configuration"]["media_attachments"]
    assert (limits["image_size_limit"], limits["video_size_limit"]) == (200_000, 300_000)
    assert limits["video_frame_rate_limit"] == 120
    assert limits["video_matrix_limit"] == 3840 * 2160
    assert {"image/png", "video/mp4", "video/quicktime", "video/webm", "audio/mpeg", "audio/ogg"} <= set(
        limits["supported_mime_types"]
    )


def _auth(person: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {person.token}"}
