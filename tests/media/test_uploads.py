"""Uploading pictures and saying something about them, by the API."""

import dataclasses
from datetime import timedelta
from typing import Any

import msgspec
import psycopg
import pytest

from rostra.core import clock
from rostra.core.blobs import Blobs, BlobsDropped
from rostra.core.db import fetch_values
from rostra.core.errors import Unavailable
from rostra.core.jobs import drain
from rostra.core.settings import Settings
from rostra.core.site import Site
from rostra.media import actions
from tests.network import Network, Person

from .pictures import decode, encode, exif_with_place, noise, plain

HOUR = timedelta(hours=1)
PNG = encode(plain(60, 40), "PNG")


async def _upload(
    person: Person, data: bytes = PNG, expect: int = 200, path: str = "v2", **fields: Any
) -> Any:
    files: dict[str, Any] = {"file": ("holiday.bin", data, "application/octet-stream")}
    thumbnail = fields.pop("thumbnail", None)
    if thumbnail is not None:
        files["thumbnail"] = ("small.bin", thumbnail, "text/plain")
    return await person.post(f"/api/{path}/media", files=files, data=fields, expect=expect)


async def _delete_dropped(network: Network) -> None:
    await drain(network.services, {BlobsDropped: (actions.delete_blobs,)})


def _stored(network: Network) -> set[str]:
    folder = network.services.blobs.folder
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def _keys(network: Network, *media: Any) -> set[str]:
    start = network.settings.url("/media/")
    return {item[name].removeprefix(start) for item in media for name in ("url", "preview_url")}


@pytest.mark.parametrize("path", ["v1", "v2"])
async def test_an_uploaded_picture_is_ready_at_once(network: Network, path: str) -> None:
    alice = await network.person("alice")

    media = await _upload(
        alice, encode(noise(900, 600), "JPEG"), path=path, description=" A lake \n", focus="-0.5,0.25"
    )

    assert media["type"] == "image"
    assert media["description"] == "A lake"
    assert media["meta"] == {
        "original": {"width": 900, "height": 600, "size": "900x600", "aspect": 1.5},
        "small": {"width": 588, "height": 392, "size": "588x392", "aspect": 1.5},
        "focus": {"x": -0.5, "y": 0.25},
    }
    assert len(media["blurhash"]) == 36
    assert media["url"].endswith(".jpg")
    assert media["preview_url"].endswith(".webp")
    assert media["remote_url"] is None
    assert await alice.get(f"/api/v1/media/{media['id']}") == media


async def test_the_stored_files_are_the_renditions_and_nothing_of_the_upload(network: Network) -> None:
    alice = await network.person("alice")

    media = await _upload(alice, encode(noise(), "JPEG", exif=exif_with_place()))

    assert _stored(network) == _keys(network, media)
    (key,) = (key for key in _keys(network, media) if key.endswith(".jpg"))
    assert not decode(await network.services.blobs.get(key)).getexif()


async def test_an_upload_shows_in_the_status_that_it_is_attached_to(network: Network) -> None:
    alice = await network.person("alice")
    first, second = await _upload(alice, description="One"), await _upload(alice)

    status = await alice.publish("Look", media_ids=[second["id"], first["id"]])

    assert status["media_attachments"] == [second, first]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "File can't be blank"),
        (b"%PDF-1.7", "JPEG, PNG, GIF, WebP, AVIF and HEIC pictures are taken"),
        (b"\x1aE\xdf\xa3 a film", "File is damaged or incomplete"),
        (PNG[:60], "File is damaged or incomplete"),
    ],
)
async def test_an_unusable_file_is_refused_and_leaves_nothing(
    network: Network, data: bytes, message: str
) -> None:
    alice = await network.person("alice")

    answer = await _upload(alice, data, expect=422)

    assert answer["error"].startswith("Validation failed: File ")
    assert message in answer["error"]
    assert _stored(network) == set()


async def test_an_upload_without_a_file_is_refused(network: Network) -> None:
    alice = await network.person("alice")

    for options in (
        {"data": {"file": "text"}},
        {"data": {"description": "x"}},
        {"json": {"file": {"a": 1}}},
        {},
    ):
        await alice.post("/api/v2/media", expect=422, **options)


async def test_a_file_past_the_size_limit_is_refused(network: Network) -> None:
    alice = await network.person("alice")
    small = msgspec.structs.replace(network.settings, media_bytes=100)
    limited = Network(_with_settings(network, small))

    answer = await _upload(Person(limited, "alice", alice.account_id, str(alice.token)), expect=422)

    assert answer["error"] == "Validation failed: File must be less than 9.54e-05 MB"
    await limited.close()


@pytest.mark.parametrize("focus", ["0.5", "a,b", "nan,0", "0,inf", "1.1,0", "0,-2", "0,0,0", ","])
async def test_a_focus_outside_the_picture_is_refused(network: Network, focus: str) -> None:
    alice = await network.person("alice")
    media = await _upload(alice)

    assert "Focus" in (await _upload(alice, focus=focus, expect=422))["error"]
    assert (
        "Focus"
        in (await alice.put(f"/api/v1/media/{media['id']}", data={"focus": focus}, expect=422))["error"]
    )


async def test_a_description_has_at_most_1500_characters(network: Network) -> None:
    alice = await network.person("alice")

    media = await _upload(alice, description="ü" * 1500)

    assert media["description"] == "ü" * 1500
    too_long = "ü" * 1501
    assert "Description" in (await _upload(alice, expect=422, description=too_long))["error"]
    await alice.put(f"/api/v1/media/{media['id']}", json={"description": too_long}, expect=422)


async def test_description_and_focus_can_be_changed_one_by_one(network: Network) -> None:
    alice = await network.person("alice")
    path = f"/api/v1/media/{(await _upload(alice, description='A', focus='0,0.5'))['id']}"

    assert (await alice.put(path, json={"description": "B"}))["meta"]["focus"] == {"x": 0, "y": 0.5}
    assert (await alice.put(path, data={"focus": "-1,1"}))["description"] == "B"
    assert (await alice.put(path, data={"description": ""}))["description"] is None
    assert (await alice.get(path))["meta"]["focus"] == {"x": -1, "y": 1}


async def test_a_thumbnail_replaces_the_preview_alone(network: Network) -> None:
    alice = await network.person("alice")
    thumbnail = encode(plain(30, 30, (0, 0, 250)), "PNG", exif=exif_with_place())

    media = await _upload(alice, encode(plain(60, 40), "JPEG"), thumbnail=thumbnail)

    assert media["meta"]["original"]["size"] == "60x40"
    assert media["meta"]["small"]["size"] == "30x30"
    changed = await alice.put(
        f"/api/v1/media/{media['id']}", files={"thumbnail": ("x", encode(plain(20, 10), "PNG"), "image/png")}
    )
    assert changed["meta"]["small"]["size"] == "20x10"
    assert changed["url"] == media["url"]
    await _delete_dropped(network)
    assert _stored(network) == _keys(network, changed)


async def test_an_unusable_thumbnail_is_refused(network: Network) -> None:
    alice = await network.person("alice")

    assert "File" in (await _upload(alice, thumbnail=b"<svg/>", expect=422))["error"]


async def test_only_its_owner_can_see_change_and_delete_an_upload(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    path = f"/api/v1/media/{(await _upload(alice))['id']}"
    absent = (await bob.request("GET", "/api/v1/media/1")).content

    for method in ("GET", "PUT", "DELETE"):
        answer = await bob.request(method, path)
        assert (answer.status_code, answer.content) == (404, absent)
    await network.anonymous.get(path, expect=401)
    await alice.get(path)


async def test_somebody_elses_upload_cannot_be_attached(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    media = await _upload(alice)

    await bob.post("/api/v1/statuses", json={"status": "Mine!", "media_ids": [media["id"]]}, expect=422)


async def test_an_attached_upload_is_seen_changed_and_deleted_with_its_status_only(network: Network) -> None:
    alice = await network.person("alice")
    media = await _upload(alice)
    await alice.publish("Look", media_ids=[media["id"]])
    path = f"/api/v1/media/{media['id']}"

    await alice.get(path, expect=404)
    await alice.put(path, json={"description": "x"}, expect=404)
    answer = await alice.delete(path, expect=422)

    assert answer == {"error": "Media attachment is currently used by a status"}


async def test_a_deleted_upload_is_gone_with_its_files(network: Network) -> None:
    alice = await network.person("alice")
    kept, media = await _upload(alice), await _upload(alice)

    assert await alice.delete(f"/api/v1/media/{media['id']}") == {}
    await _delete_dropped(network)

    await alice.get(f"/api/v1/media/{media['id']}", expect=404)
    await alice.delete(f"/api/v1/media/{media['id']}", expect=404)
    assert _stored(network) == _keys(network, kept)


async def test_an_upload_that_nobody_attaches_is_gone_after_a_day(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    attached, old = await _upload(alice), await _upload(alice)
    await alice.publish("Look", media_ids=[attached["id"]])
    now = clock.now()

    for hours, left in ((23, {"attached", "old"}), (25, {"attached"})):
        monkeypatch.setattr(clock, "now", lambda hours=hours: now + hours * HOUR)
        await actions.delete_unattached(network.services)
        await _delete_dropped(network)
        media = {"attached": attached, "old": old}
        assert _stored(network) == _keys(network, *(media[name] for name in left))


async def test_an_upload_that_was_cut_short_is_gone_after_a_day(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    put = Blobs.put

    async def full(self: Blobs, key: str, data: bytes, content_type: str) -> None:
        if key.endswith(".webp"):
            raise Unavailable("No space")
        await put(self, key, data, content_type)

    with monkeypatch.context() as broken:
        broken.setattr(Blobs, "put", full)
        await _upload(alice, expect=503)
    assert len(_stored(network)) == 1
    (cut_short,) = await _media_ids(network)
    answer = await alice.request("GET", f"/api/v1/media/{cut_short}")
    assert (answer.status_code, answer.json()["url"], answer.json()["preview_url"]) == (206, None, None)
    await alice.post("/api/v1/statuses", json={"status": "x", "media_ids": [str(cut_short)]}, expect=422)

    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 25 * HOUR)
    await actions.delete_unattached(network.services)
    await _delete_dropped(network)

    assert _stored(network) == set()


async def test_media_of_a_deleted_status_go_at_once_or_wait_a_day_for_the_next(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    gone, kept = await _upload(alice), await _upload(alice)
    first = await alice.publish("One", media_ids=[gone["id"]])
    second = await alice.publish("Two", media_ids=[kept["id"]])
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + 40 * HOUR)

    async with network.services.db.transaction() as tx:
        await actions.delete_of_statuses(tx, [int(first["id"])])
        await actions.release_of_status(tx, int(second["id"]))
    await actions.delete_unattached(network.services)
    await _delete_dropped(network)

    assert _stored(network) == _keys(network, kept)
    assert await alice.get(f"/api/v1/media/{kept['id']}") == kept
    redrafted = await alice.publish("Two, corrected", media_ids=[kept["id"]])
    assert redrafted["media_attachments"] == [kept]


async def test_uploads_go_with_their_account(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await _upload(alice)
    await alice.publish("Look", media_ids=[(await _upload(alice))["id"]])
    other = await _upload(bob)

    async with network.services.db.transaction() as tx:
        await actions.delete_of_account(tx, alice.account_id)
    await _delete_dropped(network)

    assert _stored(network) == _keys(network, other)


async def test_profile_pictures_are_stored_cropped(network: Network) -> None:
    avatar = await actions.store_avatar(network.services, encode(plain(900, 600), "JPEG"))
    header = await actions.store_header(network.services, encode(plain(3000, 3000), "PNG"))

    assert decode(await network.services.blobs.get(avatar)).size == (400, 400)
    assert decode(await network.services.blobs.get(header)).size == (1500, 500)


async def test_uploading_needs_its_scope(network: Network) -> None:
    alice = await network.person("alice")
    reader = Person(
        network, "alice", alice.account_id, await network.token(alice.account_id, ("read", "write:statuses"))
    )

    await _upload(reader, expect=403)
    await network.anonymous.post("/api/v2/media", files={"file": ("x", PNG)}, expect=401)


@pytest.mark.parametrize("media_id", ["0", "x", "-1", "99999999999999999999", "1.5", "%00"])
async def test_a_wrong_id_is_not_found(network: Network, media_id: str) -> None:
    alice = await network.person("alice")

    for method in ("GET", "PUT", "DELETE"):
        assert (await alice.request(method, f"/api/v1/media/{media_id}")).status_code in (404, 400)


async def test_two_deletes_at_once_drop_the_files_once(network: Network) -> None:
    alice = await network.person("alice")
    media = await _upload(alice)
    async with network.services.db.transaction() as first, network.services.db.connection() as second:
        await actions.delete(first, alice.account_id, int(media["id"]))
        await second.execute("set lock_timeout = '50ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            await actions.delete(second, alice.account_id, int(media["id"]))
        await second.execute("reset lock_timeout")


def _with_settings(network: Network, settings: Settings) -> Any:
    return dataclasses.replace(network.services, site=Site(settings))


async def _media_ids(network: Network) -> list[int]:
    async with network.services.db.connection() as tx:
        return await fetch_values(tx, "select id from media_attachments")
