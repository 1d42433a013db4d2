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
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; media-src 'self'; sandbox"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


async def test_a_part_of_a_file_can_be_asked_for(blobs: Blobs, http: httpx.AsyncClient) -> None:
    key = await _stored(blobs)

    answer = await http.get(key, headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, DATA[10:20])
    assert answer.headers["Content-Range"] == f"bytes 10-19/{len(DATA)}"
    assert answer.headers["Content-Type"] == "image/webp"
    assert (await http.get(key, headers={"Range": "bytes=-5"})).content == DATA[-5:]
    assert (await http.get(key, headers={"Range": "bytes=999999-"})).status_code == 416


@pytest.mark.parametrize("several", ["bytes=0-1,5-6", "bytes=" + "0-1," * 5000, "bytes=0-,0-,0-"])
async def test_who_asks_for_several_parts_gets_the_whole(
    blobs: Blobs, http: httpx.AsyncClient, several: str
) -> None:
    answer = await http.get(await _stored(blobs), headers={"Range": several})

    assert (answer.status_code, answer.content) == (200, DATA)
    assert answer.headers["Content-Type"] == "image/webp"


async def test_a_part_of_another_version_is_not_mixed_with_what_one_has(
    blobs: Blobs, http: httpx.AsyncClient
) -> None:
    key = await _stored(blobs)
    etag = (await http.get(key)).headers["ETag"]

    same = await http.get(key, headers={"Range": "bytes=10-19", "If-Range": etag})
    other = await http.get(key, headers={"Range": "bytes=10-19", "If-Range": '"another"'})

    assert (same.status_code, same.content) == (206, DATA[10:20])
    assert (other.status_code, other.content) == (200, DATA)


@pytest.mark.parametrize("content_type", ["video/mp4", "audio/mpeg"])
async def test_players_can_jump_within_films_and_sounds(
    blobs: Blobs, http: httpx.AsyncClient, content_type: str
) -> None:
    key = new_key(content_type)
    with blobs.temporary() as file:
        file.write(DATA)
        await blobs.adopt(key, file, content_type)

    whole = await http.head(key)
    assert (whole.headers["Content-Type"], whole.headers["Accept-Ranges"]) == (content_type, "bytes")
    assert whole.headers["Content-Disposition"] == "inline"
    part = await http.get(key, headers={"Range": "bytes=100-"})
    assert (part.status_code, part.content) == (206, DATA[100:])
    assert part.headers["Content-Type"] == content_type


async def test_uploads_are_never_served(blobs: Blobs, http: httpx.AsyncClient) -> None:
    with blobs.temporary() as file:
        file.write(b"secret")
        key = await blobs.keep(file)

    assert blobs.upload_path(key).read_bytes() == b"secret"
    for path in (key, f"../uploads/{key[7:]}", f"%2e%2e/uploads/{key[7:]}", key[7:]):
        assert (await http.get(f"http://localhost/media/{path}")).status_code == 404


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
