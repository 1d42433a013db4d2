"""Custom emojis in everything that the API answers."""

from typing import Any

import pytest

from rostra.announcements import actions as announcements
from rostra.announcements.model import Draft
from rostra.core.errors import Invalid
from rostra.emojis import cache, queries
from rostra.emojis.actions import Options
from rostra.emojis.actions import add as add_one
from rostra.emojis.model import shortcodes
from tests.counting import count_queries
from tests.emojis.support import add, change, delete, moving, picture
from tests.media.pictures import decode
from tests.network import Network

PATH = "/api/v1/custom_emojis"


def names(entity: Any) -> list[str]:
    return [each["shortcode"] for each in entity["emojis"]]


def pixel(image: Any, x: int, y: int) -> Any:
    return image.convert("RGBA").getpixel((x, y))


async def test_everybody_sees_which_emojis_there_are(network: Network) -> None:
    assert await network.anonymous.get(PATH) == []
    made = await add(network, "gull", category="Harbour")
    await add(network, "anchor", visible_in_picker=False)
    anchor, gull = await network.anonymous.get(PATH)
    assert gull == {
        "shortcode": "gull",
        "url": network.settings.url(f"/media/{made.blob_key}"),
        "static_url": network.settings.url(f"/media/{made.static_key}"),
        "visible_in_picker": True,
        "category": "Harbour",
    }
    assert (anchor["shortcode"], anchor["visible_in_picker"], anchor["category"]) == ("anchor", False, None)


async def test_a_status_has_the_emojis_of_its_text_warning_and_poll(network: Network) -> None:
    alice = await network.person("alice")
    for name in ("gull", "anchor", "pier", "unused"):
        await add(network, name)
    poll = {"options": ["a :pier:", ":gull: too", "12:30:45"], "expires_in": 3600}
    status = await alice.publish("Look :gull: and :nobody:", spoiler_text=":anchor:!", poll=poll)
    assert names(status) == ["gull", "anchor", "pier"]
    assert names(status["poll"]) == ["pier", "gull"]
    assert names(await alice.get(f"/api/v1/polls/{status['poll']['id']}")) == ["pier", "gull"]
    plain = await alice.publish("no colons", poll={"options": [":pier:", "b"], "expires_in": 3600})
    assert names(plain) == ["pier"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (":gull:", ["gull"]),
        ("(:gull:)", ["gull"]),
        (":gull: :anchor:", ["gull", "anchor"]),
        (":gull::anchor:", []),
        ("x:gull:", []),
        (":gull:x", []),
        ("ü:gull:", []),
        ("_:gull:_", ["gull"]),
        ("::gull::", []),
        (":g:", []),
        (": gull :", []),
        ("<p>:gull:</p>", ["gull"]),
        ("10:20:30", []),
        (":" * 10_000, []),
        (":aa" * 10_000, []),
    ],
)
def test_only_what_stands_alone_between_colons_is_one(text: str, found: list[str]) -> None:
    assert list(shortcodes(text)) == found


async def test_a_profile_has_the_emojis_of_its_name_text_and_fields(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    for name in ("gull", "anchor", "pier", "buoy"):
        await add(network, name)
    fields = {"fields_attributes[0][name]": ":pier:", "fields_attributes[0][value]": "x :buoy:"}
    own = await alice.patch(
        "/api/v1/accounts/update_credentials",
        data={"display_name": "Alice :gull:", "note": "by the :anchor:", **fields},
    )
    everything = ["gull", "anchor", "pier", "buoy"]
    assert names(own) == everything
    assert names(await bob.get(f"/api/v1/accounts/{alice.id}")) == everything
    status = await alice.publish("hello")
    assert names((await bob.get(f"/api/v1/statuses/{status['id']}"))["account"]) == everything
    boost = await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    assert names(boost["reblog"]["account"]) == everything
    assert names(boost["account"]) == []


async def test_what_is_quoted_and_what_was_said_before_have_theirs(network: Network) -> None:
    alice = await network.person("alice")
    await add(network, "gull")
    await add(network, "anchor")
    first = await alice.publish("one :gull:")
    quoting = await alice.publish("look", quoted_status_id=first["id"])
    assert names(quoting) == []
    assert names(quoting["quote"]["quoted_status"]) == ["gull"]
    await alice.put(f"/api/v1/statuses/{first['id']}", json={"status": "two :anchor:"})
    versions = await alice.get(f"/api/v1/statuses/{first['id']}/history")
    assert [names(version) for version in versions] == [["gull"], ["anchor"]]
    assert names((await alice.get(f"/api/v1/statuses/{quoting['id']}"))["quote"]["quoted_status"]) == [
        "anchor"
    ]


async def test_old_texts_follow_what_becomes_of_an_emoji(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("look :gull:")
    path = f"/api/v1/statuses/{status['id']}"
    assert names(status) == []
    made = await add(network, "gull")
    assert names(await alice.get(path)) == ["gull"]
    await change(network, made, disabled=True)
    assert names(await alice.get(path)) == []
    assert await alice.get(PATH) == []
    await change(network, made, disabled=False, category="Birds")
    assert (await alice.get(path))["emojis"][0]["category"] == "Birds"
    await delete(network, made)
    assert names(await alice.get(path)) == []
    assert (await network.http.get(f"/media/{made.blob_key}")).status_code == 404


async def test_an_emoji_costs_no_query_however_many_there_are(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    for number in range(3):
        await alice.publish(f"{number} :gull: :anchor:")

    async def queries_of_home() -> int:
        await alice.home()
        with count_queries(monkeypatch) as seen:
            await alice.home()
        return len(seen)

    before = await queries_of_home()
    for name in ("gull", "anchor", "pier"):
        await add(network, name)
    assert await queries_of_home() == before
    assert names((await alice.home())[0]) == ["gull", "anchor"]


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
async def test_what_moves_goes_on_moving_and_has_a_picture_that_stands_still(
    network: Network, kind: str
) -> None:
    await add(network, "wave", moving(kind))
    (wave,) = await network.anonymous.get(PATH)
    animated = await network.http.get(wave["url"])
    still = await network.http.get(wave["static_url"])
    assert (animated.headers["content-type"], still.headers["content-type"]) == ("image/webp", "image/png")
    film: Any = decode(animated.content)
    frozen = decode(still.content)
    assert film.n_frames == 5
    assert film.info["loop"] == 0
    film.seek(2)
    film.load()
    assert film.info["duration"] == 120
    assert film.size == frozen.size == (60, 40)
    r, g, b, a = pixel(film, 18, 6)
    assert (r > 220, g < 100, b < 60, a) == (True, True, True, 255)
    assert pixel(film, 50, 30)[3] == pixel(film, 3, 6)[3] == pixel(frozen, 50, 30)[3] == 0


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "JPEG", "AVIF"])
async def test_every_kind_of_picture_becomes_a_small_png(network: Network, kind: str) -> None:
    from tests.media.pictures import MARK, encode, exif_with_place, plain

    source = plain(1024, 512)
    data = encode(source.convert("P") if kind == "GIF" else source, kind, exif=exif_with_place())
    made = await add(network, "wide", data)
    assert made.blob_key == made.static_key
    stored = await network.services.blobs.get(made.blob_key)
    assert decode(stored).size == (256, 128)
    assert decode(stored).format == "PNG"
    assert MARK not in stored


@pytest.mark.parametrize(
    ("shortcode", "data", "why"),
    [
        ("a", picture(), "2 to 64 letters"),
        ("gull bird", picture(), "2 to 64 letters"),
        ("möwe", picture(), "2 to 64 letters"),
        ("x" * 65, picture(), "2 to 64 letters"),
        ("gull", b"", "blank"),
        ("gull", b"no picture at all", "content type is invalid"),
        ("gull", picture()[:60], "damaged"),
        ("gull", b"x" * (256 * 1024 + 1), "less than 256 KB"),
        ("TAKEN", picture(), "already been taken"),
    ],
)
async def test_what_can_not_be_an_emoji_is_refused(
    network: Network, shortcode: str, data: bytes, why: str
) -> None:
    from rostra.media.pictures import UnusableFile

    await add(network, "taken")
    with pytest.raises((Invalid, UnusableFile), match=why):
        await add_one(network.services, shortcode, data, Options())
    assert [each["shortcode"] for each in await network.anonymous.get(PATH)] == ["taken"]
    folder = network.services.blobs.folder
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


async def test_an_animation_that_unpacks_to_very_much_is_refused(network: Network) -> None:
    from rostra.media.pictures import UnusableFile

    for kind in ("GIF", "PNG"):
        data = moving(kind, size=(1600, 1600), frames=12)
        assert len(data) < 256 * 1024
        with pytest.raises(UnusableFile, match="too many frames"):
            await add_one(network.services, "bomb", data, Options())


async def test_announcements_have_emojis_and_take_them_as_reactions(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    made = await add(network, "gull", moving("GIF"))
    async with network.services.db.connection() as tx:
        number = await announcements.write(tx, network.settings, Draft(text="Fog :gull:"), publish=True)
    path = f"/api/v1/announcements/{number}/reactions"
    for person in (alice, bob):
        await person.put(f"{path}/gull")
        await person.put(f"{path}/🎉")
    await alice.put(f"{path}/Gull", 422)
    await alice.put(f"{path}/nobody", 422)
    (found,) = await alice.get("/api/v1/announcements")
    assert names(found) == ["gull"]
    address = network.settings.url(f"/media/{made.blob_key}")
    static = network.settings.url(f"/media/{made.static_key}")
    custom = {"name": "gull", "count": 2, "me": True, "url": address, "static_url": static}
    assert found["reactions"] == [custom, {"name": "🎉", "count": 2, "me": True}]
    await bob.delete(f"{path}/gull")
    assert (await bob.get("/api/v1/announcements"))[0]["reactions"][0] == custom | {"count": 1, "me": False}

    await change(network, made, disabled=True)
    assert [r["name"] for r in (await alice.get("/api/v1/announcements"))[0]["reactions"]] == ["🎉"]
    await bob.put(f"{path}/gull", 422)
    await delete(network, made)
    await alice.delete(f"{path}/gull", 404)


async def test_a_change_during_loading_is_not_lost(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    emojis, usable = cache.Emojis(network.services.bus), queries.usable

    async def slowly(tx: Any) -> Any:
        found = await usable(tx)
        emojis.forget()
        return found

    monkeypatch.setattr(queries, "usable", slowly)
    async with network.services.db.connection() as tx:
        await emojis.ready(tx)
        assert not emojis.fresh
        monkeypatch.undo()
        await emojis.ready(tx)
        assert emojis.fresh
