"""Uploading films and sounds by the API, as apps do."""

from typing import Any

from tests.network import Network, Person


async def send(person: Person, data: bytes, expect: int = 202, path: str = "v2", **fields: Any) -> Any:
    """The answer to an upload of `data` under a name and a type that say nothing."""
    files: dict[str, Any] = {"file": ("holiday.bin", data, "application/octet-stream")}
    thumbnail = fields.pop("thumbnail", None)
    if thumbnail is not None:
        files["thumbnail"] = ("small.bin", thumbnail, "text/plain")
    return await person.post(f"/api/{path}/media", files=files, data=fields, expect=expect)


async def processed(person: Person, data: bytes, **fields: Any) -> Any:
    """An upload of `data`, when it is ready."""
    sent = await send(person, data, **fields)
    await person.network.settle()
    return await person.get(f"/api/v1/media/{sent['id']}")


async def failed(person: Person, data: bytes) -> str:
    """Why `data` is refused, at once or after processing."""
    files = {"file": ("holiday.bin", data, "application/octet-stream")}
    answer = await person.request("POST", "/api/v2/media", files=files)
    if answer.status_code == 202:
        await person.network.settle()
        answer = await person.request("GET", f"/api/v1/media/{answer.json()['id']}")
    assert answer.status_code == 422, answer.text
    return answer.json()["error"]


async def file_of(network: Network, media: Any, name: str = "url") -> bytes:
    """The file that everybody gets."""
    answer = await network.http.get(media[name])
    assert answer.status_code == 200
    return answer.content


def stored(network: Network) -> set[str]:
    """Keys of all files on the disk, uploads as well."""
    blobs = network.services.blobs
    media = {str(path.relative_to(blobs.folder)) for path in blobs.folder.rglob("*") if path.is_file()}
    return media | {f"upload/{path.name}" for path in blobs.uploads.glob("*")}


def keys(network: Network, *media: Any) -> set[str]:
    """Keys of the files that entities name."""
    start = network.settings.url("/media/")
    named = (item[name] for item in media for name in ("url", "preview_url"))
    return {url.removeprefix(start) for url in named if url}
