"""Serving the files of pictures."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from rostra.api.media_files import MediaFiles
from rostra.core.blobs import Blobs, new_key
from rostra.core.settings import Settings

DATA = bytes(range(256)) * 40


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    (tmp_path / "rostra.toml").write_text("secret")
    return Blobs(Settings(data=tmp_path))


@pytest.fixture
async def http(blobs: Blobs) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(MediaFiles(blobs))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/media/") as client:
        yield client


async def _stored(blobs: Blobs) -> str:
    key = new_key("image/webp")
    await blobs.put(key, DATA, "image/webp")
    return key


async def test_a_file_is_served_for_ever_and_can_do_nothing(blobs: Blobs, http: httpx.AsyncClient) -> None:
    answer = await http.get(await _stored(blobs))

    assert (answer.status_code, answer.content) == (200, DATA)
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


async def test_a_part_of_a_file_can_be_asked_for(blobs: Blobs, http: httpx.AsyncClient) -> None:
    key = await _stored(blobs)

    answer = await http.get(key, headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, DATA[10:20])
    assert answer.headers["Content-Range"] == f"bytes 10-19/{len(DATA)}"
    assert answer.headers["Content-Type"] == "image/webp"
    assert (await http.get(key, headers={"Range": "bytes=-5"})).content == DATA[-5:]
    assert (await http.get(key, headers={"Range": "bytes=999999-"})).status_code == 416
    assert (await http.get(key, headers={"Range": "bytes=" + "0-1," * 5000})).status_code in (
        200,
        206,
        400,
        416,
    )


async def test_a_file_that_the_browser_has_is_not_sent_again(blobs: Blobs, http: httpx.AsyncClient) -> None:
    key = await _stored(blobs)
    etag = (await http.get(key)).headers["ETag"]

    answer = await http.get(key, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert "immutable" in answer.headers["Cache-Control"]


async def test_only_its_head_can_be_asked_for(blobs: Blobs, http: httpx.AsyncClient) -> None:
    answer = await http.head(await _stored(blobs))

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Length"] == str(len(DATA))


async def test_deleted_and_unknown_files_are_not_found(blobs: Blobs, http: httpx.AsyncClient) -> None:
    key = await _stored(blobs)
    await blobs.delete([key])

    for missing in (key, new_key("image/png")):
        answer = await http.get(missing)
        assert (answer.status_code, answer.text) == (404, "Not Found")
        assert "Cache-Control" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["", "ab", "../rostra.toml", "%2e%2e/rostra.toml", "..%2frostra.toml", "%2Fetc%2Fpasswd", "a%00b", "%ff"],
)
async def test_nothing_but_media_is_ever_served(blobs: Blobs, http: httpx.AsyncClient, path: str) -> None:
    key = await _stored(blobs)

    for attempt in (path, f"{key[:6]}{path}", f"{key}{path or '/'}"):
        answer = await http.get(f"http://localhost/media/{attempt}")
        assert answer.status_code == 404
        assert b"secret" not in answer.content


async def test_files_can_only_be_read(blobs: Blobs, http: httpx.AsyncClient) -> None:
    key = await _stored(blobs)

    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert (await http.request(method, key)).status_code == 405
