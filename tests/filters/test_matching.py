"""What filters match: `filtered` of the statuses that a member reads, over the API and in streams."""

import asyncio
from typing import Any

import pytest

from rostra.accounts.filters.matching import folded, match, needle, stands_alone
from tests.counting import count_queries
from tests.media.pictures import encode, plain
from tests.network import Network, Person

FILTERS = "/api/v2/filters"


async def make(person: Person, *keywords: str, whole_word: bool = True, **options: Any) -> Any:
    attributes = [{"keyword": keyword, "whole_word": whole_word} for keyword in keywords]
    body = {"title": "Noise", "context": ["home"], "keywords_attributes": attributes, **options}
    return await person.post(FILTERS, json=body)


async def see(person: Person, status: Any) -> list[Any]:
    return (await person.get(f"/api/v1/statuses/{status['id']}"))["filtered"]


async def test_a_status_says_which_filters_match_it_and_by_what(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("The Drums and the horns", spoiler_text="loud")
    quiet = await bob.publish("nothing to hear")
    made = await make(alice, "drums", "HORNS", "bells", filter_action="hide", context=["public", "thread"])
    await make(alice, "bells")
    (result,) = await see(alice, status)
    assert result == {
        "filter": {
            "id": made["id"],
            "title": "Noise",
            "context": ["public", "thread"],
            "expires_at": None,
            "filter_action": "hide",
        },
        "keyword_matches": ["drums", "HORNS"],
        "status_matches": None,
    }
    await make(alice, "loud")
    assert [found["keyword_matches"] for found in await see(alice, status)] == [["drums", "HORNS"], ["loud"]]
    assert await see(alice, quiet) == []
    assert await see(bob, status) == []
    assert (await network.anonymous.get(f"/api/v1/statuses/{status['id']}"))["filtered"] == []


async def test_polls_and_descriptions_of_media_are_looked_at_too(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await make(alice, "drums")
    poll = await bob.publish("which?", poll={"options": ["drums", "horns"], "expires_in": 600})
    files = {"file": ("a.jpg", encode(plain(), "JPEG"), "image/jpeg")}
    answer = await bob.request("POST", "/api/v2/media", files=files, data={"description": "A man with drums"})
    await network.settle()
    picture = await bob.publish("look", media_ids=[answer.json()["id"]])
    for status in (poll, picture):
        assert [found["keyword_matches"] for found in await see(alice, status)] == [["drums"]]


async def test_a_boost_is_filtered_as_what_it_boosts(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.follow(carol)
    made = await make(alice, "drums")
    status = await bob.publish("drums")
    boosted = await carol.post(f"/api/v1/statuses/{status['id']}/reblog")
    await network.settle()
    (shown,) = await alice.home()
    assert shown["filtered"] == shown["reblog"]["filtered"]
    assert shown["filtered"][0]["filter"]["id"] == made["id"]
    quiet = await bob.publish("quiet")
    await alice.post(f"{FILTERS}/{made['id']}/statuses", json={"status_id": quiet["id"]})
    again = await carol.post(f"/api/v1/statuses/{quiet['id']}/reblog")
    for found in (await see(alice, quiet), await see(alice, again)):
        assert (found[0]["keyword_matches"], found[0]["status_matches"]) == (None, [quiet["id"]])
    assert boosted["filtered"] == []


@pytest.mark.parametrize("where", ["home", "public", "tag", "account", "thread", "notifications", "search"])
async def test_what_is_filtered_still_stands_in_every_list(network: Network, where: str) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    first = await alice.publish("first")
    await make(alice, "drums", filter_action="hide", context=["home"])
    status = await bob.publish("@alice drums #music", in_reply_to_id=first["id"])
    paths = {
        "home": "/api/v1/timelines/home",
        "public": "/api/v1/timelines/tag/music",
        "tag": "/api/v1/timelines/tag/music",
        "account": f"/api/v1/accounts/{bob.id}/statuses",
        "thread": f"/api/v1/statuses/{first['id']}/context",
        "notifications": "/api/v1/notifications?types[]=mention",
        "search": "/api/v2/search?q=drums&type=statuses",
    }
    answer = await alice.get(paths[where])
    if where == "thread":
        answer = answer["descendants"]
    elif where == "search":
        answer = answer["statuses"]
    elif where == "notifications":
        answer = [item["status"] for item in answer]
    (found,) = [item for item in answer if item["id"] == status["id"]]
    assert found["filtered"][0]["filter"]["filter_action"] == "hide"


async def test_every_change_of_filters_holds_at_once(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("the drums")
    assert await see(alice, status) == []
    made = await make(alice)
    keyword = await alice.post(f"{FILTERS}/{made['id']}/keywords", json={"keyword": "drums"})
    assert len(await see(alice, status)) == 1
    await alice.put(f"{FILTERS}/keywords/{keyword['id']}", json={"keyword": "horns"})
    assert await see(alice, status) == []
    added = await alice.post(f"{FILTERS}/{made['id']}/statuses", json={"status_id": status["id"]})
    assert len(await see(alice, status)) == 1
    await alice.delete(f"{FILTERS}/statuses/{added['id']}")
    assert await see(alice, status) == []
    await alice.put(f"{FILTERS}/keywords/{keyword['id']}", json={"keyword": "drums"})
    await alice.put(f"{FILTERS}/{made['id']}", json={"title": "Loud"})
    assert (await see(alice, status))[0]["filter"]["title"] == "Loud"
    await alice.put(f"{FILTERS}/{made['id']}", json={"expires_in": 0})
    assert await see(alice, status) == []
    await alice.put(f"{FILTERS}/{made['id']}", json={"expires_in": 600})
    assert len(await see(alice, status)) == 1
    await bob.put(f"/api/v1/statuses/{status['id']}", json={"status": "silence"})
    assert await see(alice, status) == []
    await bob.put(f"/api/v1/statuses/{status['id']}", json={"status": "drums again"})
    await alice.delete(f"{FILTERS}/{made['id']}")
    assert await see(alice, status) == []


async def test_other_processes_learn_of_a_change(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("the drums")
    other = Network(network.services)
    elsewhere = Person(other, "alice", alice.account_id, alice.token or "")
    assert await see(elsewhere, status) == []
    await make(alice, "drums")
    with network.services.bus.subscribe("filters") as told:
        await make(alice, "horns")
        async with asyncio.timeout(10):
            await told.get()  # what came before it on the bus has been heard, too
    assert len(await see(elsewhere, status)) == 1
    await other.close()


async def test_an_expired_filter_matches_no_more_though_nothing_changes(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("the drums")
    await make(alice, "drums", expires_in=600)
    assert len(await see(alice, status)) == 1
    async with network.services.db.transaction() as tx:  # behind the back of whatever is kept
        await tx.execute("update filters set expires_at = now() - interval '1 minute'")
    fresh = Network(network.services)
    assert await see(Person(fresh, "alice", alice.account_id, alice.token or ""), status) == []
    await fresh.close()


@pytest.mark.parametrize(
    ("keyword", "text", "expected"),
    [
        ("drum", "drums", False),
        ("drum", "a drum.", True),
        ("drum", "eardrum", False),
        ("drum", "eardrum or drum", True),
        ("drum", "drum_kit", False),
        ("STRASSE", "die Straße", True),
        ("Müll", "der MÜLL!", True),
        ("Mull", "der Müll", False),
        ("#music", "#music now", True),
        ("#music", "#musical", False),
        ("@bob", "hello @bob@host", True),
        ("c++", "I write c++11", True),
        ("two words", "two\n  words", True),
        ("東京", "東京都に行く", True),
        ("カメラ", "新しいカメラを買う", True),
        ("ｶﾒﾗ", "カメラ", True),
        ("docker", "docker入門", True),
        ("docker入門", "xdocker入門", False),
        ("แมว", "ฉันรักแมวมาก", True),
        ("서울", "서울에서", False),
        ("кот", "кот!", True),
        ("кот", "который", False),
        ("قط", "قطار", False),
        ("हिन्दी", "हिन्दी में", True),
        ("\u00e9t\u00e9", "l'e\u0301te\u0301 vient", True),
        ("🎺", "a 🎺🎺 band", True),
    ],
)
def test_whole_words_end_where_their_script_says(keyword: str, text: str, expected: bool) -> None:
    assert stands_alone(folded(keyword).decode(), folded(text).decode()) is expected


async def test_parts_of_words_match_where_that_is_asked_for(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("the EARDRUMS")
    await make(alice, "drum")
    assert await see(alice, status) == []
    await make(alice, "drum", whole_word=False)
    assert [found["keyword_matches"] for found in await see(alice, status)] == [["drum"]]


async def test_markup_and_addresses_of_links_are_no_words(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("a https://example.org/ link & more")
    await make(alice, "href", "noopener", "&amp;", "span", whole_word=False)
    assert await see(alice, status) == []
    await make(alice, "link & more")
    assert len(await see(alice, status)) == 1


HOSTILE = [(".*", "abc"), ("(a+)+$", "a" * 5_000 + "b"), ("[", "["), ("\\b", "b"), ("a" * 512, "a" * 5_000)]


async def test_keywords_are_no_patterns_and_take_linear_time(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await make(alice, *(keyword for keyword, _ in HOSTILE), "x" * 500, "\u0130")
    for keyword, text in HOSTILE:
        async with asyncio.timeout(15):
            status = await bob.post("/api/v1/statuses", json={"status": text[:5000]})
            found = await see(alice, status)
        matched = [name for result in found for name in result["keyword_matches"]]
        assert matched == (["["] if keyword == "[" else [])


def test_a_match_that_is_almost_one_everywhere_is_found_out_soon() -> None:
    text, word = folded("a" * 20_000), needle("a" * 256, True)
    for _ in range(20):  # without end if it were quadratic in earnest
        assert match((), text, (), None) == []  # pyright: ignore[reportArgumentType]
        assert not stands_alone(word.folded.decode(), text.decode())


async def test_who_filters_nothing_pays_nothing_and_who_does_pays_once(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    for number in range(3):
        await alice.publish(f"drums {number}")
    await bob.home()
    with count_queries(monkeypatch) as without:
        await bob.home()
    await make(bob, "drums")
    await bob.home()  # loads the filters
    with count_queries(monkeypatch) as queries:
        assert all(status["filtered"] for status in await bob.home(limit=1))
        one = len(queries)
        assert all(status["filtered"] for status in await bob.home())
    assert len(queries) == 2 * one == 2 * len(without)
