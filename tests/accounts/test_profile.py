"""Editing one's own profile."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.network import Network, Person

UPDATE = "/api/v1/accounts/update_credentials"


def picture(width: int = 600, height: int = 300) -> bytes:
    """A red PNG."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(buffer, "PNG")
    return buffer.getvalue()


async def upload(person: Person, **files: bytes) -> httpx.Response:
    """Change pictures of a profile, as apps do."""
    parts = {name: (f"{name}.png", data, "image/png") for name, data in files.items()}
    return await person.request("PATCH", UPDATE, files=parts, data={"avatar_description": "A red square"})


def files_of(network: Network) -> set[str]:
    """Keys of all stored files."""
    folder = network.services.blobs.folder
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


async def test_a_member_sees_the_profile_as_they_wrote_it(network: Network) -> None:
    alice = await network.person("alice")
    await alice.patch(
        UPDATE,
        json={
            "display_name": "Alice\nBerg ",
            "note": "I sail.\n\nhttps://example.org",
            "bot": True,
            "discoverable": False,
            "indexable": False,
            "fields_attributes": {
                "0": {"name": "Boat", "value": "Möwe"},
                "1": {"name": "", "value": ""},
                "2": {"name": "Site", "value": "https://example.org"},
            },
        },
    )
    own = await alice.get("/api/v1/accounts/verify_credentials")
    assert own["display_name"] == "Alice Berg"
    assert own["bot"] is True
    assert own["source"]["note"] == "I sail.\n\nhttps://example.org"
    assert own["note"].startswith("<p>I sail.</p><p><a href=")
    assert [field["name"] for field in own["fields"]] == ["Boat", "Site"]
    assert own["source"]["fields"][1]["value"] == "https://example.org"
    assert own["fields"][1]["value"].startswith('<a href="https://example.org"')
    assert (own["source"]["discoverable"], own["source"]["indexable"]) == (False, False)

    seen = await network.anonymous.get(f"/api/v1/accounts/{alice.id}")
    assert (seen["display_name"], seen["discoverable"]) == ("Alice Berg", False)


async def test_apps_may_put_what_others_patch(network: Network) -> None:
    alice = await network.person("alice")
    assert (await alice.put("/api/v1/profile", json={"note": "I sail."}))["note"] == "I sail."
    status = await alice.publish("low tide")
    edited = await alice.patch(f"/api/v1/statuses/{status['id']}", json={"status": "high tide"})
    assert edited["content"] == "<p>high tide</p>"
    await network.anonymous.put("/api/v1/profile", 401, json={"note": "no"})
    await alice.put("/api/v1/timelines/home", 404)


async def test_what_is_not_named_stays(network: Network) -> None:
    alice = await network.person("alice")
    await alice.patch(UPDATE, json={"display_name": "Alice", "note": "I sail.", "locked": True})
    await alice.patch(UPDATE, json={"note": ""})
    own = await alice.get("/api/v1/accounts/verify_credentials")
    assert (own["display_name"], own["source"]["note"], own["locked"]) == ("Alice", "", True)


async def test_a_form_with_numbered_fields_is_understood(network: Network) -> None:
    alice = await network.person("alice")
    form = {"fields_attributes[0][name]": "Boat", "fields_attributes[0][value]": "Möwe", "locked": "1"}
    own = await alice.patch(UPDATE, data=form)
    assert own["source"]["fields"] == [{"name": "Boat", "value": "Möwe", "verified_at": None}]
    assert own["locked"] is True


async def test_markup_in_a_profile_is_text(network: Network) -> None:
    alice = await network.person("alice")
    evil = "<script>alert(1)</script>"
    own = await alice.patch(UPDATE, json={"note": evil, "fields_attributes": [{"name": evil, "value": evil}]})
    assert "<script" not in own["note"]
    assert "<script" not in own["fields"][0]["value"]


TOO_MUCH: list[tuple[dict[str, Any], str]] = [
    ({"display_name": "x" * 31}, "Display name is too long (maximum is 30 characters)"),
    ({"note": "x" * 501}, "Note is too long (maximum is 500 characters)"),
    ({"avatar_description": "x" * 1501}, "Avatar description is too long (maximum is 1500 characters)"),
    ({"fields_attributes": [{"name": "a", "value": "b"}] * 5}, "Fields is too long (maximum is 4 entries)"),
    ({"fields_attributes": [{"value": "b"}]}, "Fields with values cannot have empty labels"),
    (
        {"fields_attributes": [{"name": "x" * 256, "value": "b"}]},
        "Fields label is too long (maximum is 255 characters)",
    ),
    ({"source": {"language": "klingonisch"}}, "Language is invalid"),
]


async def test_what_breaks_a_limit_is_refused_and_changes_nothing(network: Network) -> None:
    alice = await network.person("alice")
    before = await alice.get("/api/v1/accounts/verify_credentials")
    for change, error in TOO_MUCH:
        answer = await alice.patch(UPDATE, 422, json={"locked": True, **change})
        assert answer == {"error": f"Validation failed: {error}"}
    assert await alice.get("/api/v1/accounts/verify_credentials") == before


WRONG: list[dict[str, Any]] = [
    {"display_name": 5},
    {"display_name": ["a"]},
    {"locked": "perhaps"},
    {"fields_attributes": "a"},
    {"fields_attributes": [[]]},
    {"source": []},
    {"source": {"privacy": "direct"}},
    {"avatar": "not a file"},
    {"note": "a\x00b"},
]


async def test_wrong_types_are_refused(network: Network) -> None:
    alice = await network.person("alice")
    for change in WRONG:
        response = await alice.request("PATCH", UPDATE, json=change)
        assert response.status_code in (400, 422), change
        assert response.json()["error"]


async def test_new_statuses_are_as_the_member_likes_them(network: Network) -> None:
    alice = await network.person("alice")
    own = await alice.patch(
        UPDATE,
        data={"source[privacy]": "unlisted", "source[sensitive]": "true", "source[language]": "de-AT"},
    )
    assert (own["source"]["privacy"], own["source"]["language"]) == ("unlisted", "de")
    assert await alice.get("/api/v1/preferences") == {
        "posting:default:visibility": "unlisted",
        "posting:default:sensitive": True,
        "posting:default:language": "de",
        "posting:default:quote_policy": "public",
        "reading:expand:media": "default",
        "reading:expand:spoilers": False,
        "reading:autoplay:gifs": False,
    }
    status = await alice.publish("Servus")
    assert (status["visibility"], status["sensitive"], status["language"]) == ("unlisted", True, "de")

    own = await alice.patch(UPDATE, data={"source[language]": ""})
    assert own["source"]["language"] is None


async def test_pictures_are_made_anew_and_replaced_ones_are_deleted(network: Network) -> None:
    alice = await network.person("alice")
    response = await upload(alice, avatar=picture(), header=picture(1200, 400))
    assert response.status_code == 200, response.text
    first = response.json()
    assert first["avatar"].startswith("http://localhost:8420/media/")
    assert first["avatar"] != first["header"]
    assert first["avatar_description"] == "A red square"
    shown = await network.anonymous.request("GET", first["avatar"])
    assert Image.open(io.BytesIO(shown.content)).size == (300, 300)
    assert len(files_of(network)) == 2

    second = (await upload(alice, avatar=picture(500, 500))).json()
    await network.settle()
    assert second["avatar"] != first["avatar"]
    assert second["header"] == first["header"]
    assert files_of(network) == {second[kind].partition("/media/")[2] for kind in ("avatar", "header")}


async def test_a_file_that_is_no_picture_is_refused_and_leaves_nothing(network: Network) -> None:
    alice = await network.person("alice")
    response = await upload(alice, avatar=picture(), header=b"<svg onload='alert(1)'/>")
    assert response.status_code == 422
    assert response.json()["error"].startswith("Validation failed: File")
    assert files_of(network) == set()
    own = await alice.get("/api/v1/accounts/verify_credentials")
    assert own["avatar"] == "http://localhost:8420/static/avatar.png"


@pytest.mark.parametrize("kind", ["avatar", "header"])
async def test_a_picture_can_be_removed(network: Network, kind: str) -> None:
    alice = await network.person("alice")
    await upload(alice, **{kind: picture()})
    own = await alice.delete(f"/api/v1/profile/{kind}")
    await network.settle()
    assert own[kind] == f"http://localhost:8420/static/{kind}.png"
    assert own[f"{kind}_description"] == ""
    assert files_of(network) == set()
    await alice.delete(f"/api/v1/profile/{kind}")


async def test_the_profile_for_editing_holds_what_was_written(network: Network) -> None:
    alice = await network.person("alice")
    changed = await alice.patch("/api/v1/profile", json={"display_name": "Alice", "note": "I *sail*."})
    assert (changed["display_name"], changed["note"], changed["avatar"]) == ("Alice", "I *sail*.", None)
    assert await alice.get("/api/v1/profile") == changed


async def test_roles_come_with_their_permissions(network: Network) -> None:
    alice, olga = await network.person("alice"), await network.person("olga", role="owner")
    member = (await alice.get("/api/v1/accounts/verify_credentials"))["role"]
    owner = (await olga.get("/api/v1/accounts/verify_credentials"))["role"]
    assert (member["name"], member["permissions"]) == ("", "65536")
    assert (owner["name"], int(owner["permissions"]) & 1) == ("Owner", 1)


async def test_how_many_ask_to_follow_is_told(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.patch(UPDATE, data={"locked": "true"})
    await bob.follow(alice)
    own = await alice.get("/api/v1/accounts/verify_credentials")
    assert own["source"]["follow_requests_count"] == 1


async def test_editing_needs_the_scope(network: Network) -> None:
    alice = await network.person("alice", scopes=("profile", "write:statuses"))
    await alice.get("/api/v1/accounts/verify_credentials")
    for method, path in (
        ("PATCH", UPDATE),
        ("PATCH", "/api/v1/profile"),
        ("DELETE", "/api/v1/profile/avatar"),
    ):
        response = await alice.request(method, path)
        assert response.status_code == 403
    await network.anonymous.get("/api/v1/accounts/verify_credentials", 401)
