"""The operators of search, as Mastodon's documentation has them (https://docs.joinmastodon.org/user/network/)."""

from datetime import UTC, datetime, timedelta

import pytest

from rostra.search.syntax import parse
from rostra.statuses import actions
from rostra.statuses.model import Draft
from tests.media.pictures import encode, plain
from tests.media.uploading import send
from tests.network import Client, Network, Person


async def ids(client: Client, query: str, **params: object) -> list[str]:
    answer = await client.get("/api/v2/search", params={"q": query, "type": "statuses", **params})
    return [item["id"] for item in answer["statuses"]]


async def backdated(network: Network, author: Person, text: str, at: datetime) -> str:
    async with network.services.db.connection() as tx:
        status = await actions.publish_status(
            tx, network.settings, author.account_id, Draft(text=text, created_at=at)
        )
    await network.settle()
    return str(status.id)


async def test_words_all_match_phrases_stand_together_and_a_minus_excludes(network: Network) -> None:
    alice = await network.person("alice")
    first = (await alice.publish("The quick brown fox"))["id"]
    second = (await alice.publish("A brown and quick dog"))["id"]
    assert await ids(alice, "quick brown") == [second, first]
    assert await ids(alice, '"quick brown"') == [first]
    assert await ids(alice, "„quick brown“") == [first]
    assert await ids(alice, "brown -fox") == [second]
    assert await ids(alice, 'brown -"quick dog"') == [first]
    assert await ids(alice, "+brown -fox -dog") == []
    assert await ids(alice, "-fox") == [second]


async def test_from_finds_what_somebody_wrote(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    hers, his = (await alice.publish("nebel"))["id"], (await bob.publish("nebel"))["id"]
    for query in ("from:alice", "from:@alice nebel", f"from:@alice@{network.settings.local_domain}"):
        assert await ids(bob, query) == [hers]
    assert await ids(alice, "from:me") == [hers]
    assert await ids(alice, "nebel -from:me") == [his]
    assert await ids(alice, "nebel from:nobody") == []
    assert await ids(alice, "nebel from:alice@elsewhere.example") == []
    assert await ids(alice, "nebel -from:nobody") == [his, hers]
    assert await ids(alice, "nebel", account_id=bob.id) == [his]


async def test_from_does_not_find_what_one_may_not_see_or_find(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    await alice.publish("nebel", visibility="private")
    await alice.publish("nebel", visibility="unlisted")
    assert await ids(bob, "from:alice") == []
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await alice.publish("nebel")
    assert await ids(bob, "from:alice") == []


async def test_has_finds_what_a_status_carries(network: Network) -> None:
    alice = await network.person("alice")
    picture = await send(alice, encode(plain(), "JPEG"), 200)
    with_picture = (await alice.publish("nebel", media_ids=[picture["id"]]))["id"]
    poll = {"options": ["Moritz", "Lars"], "expires_in": 600}
    with_poll = (await alice.publish("nebel", poll=poll))["id"]
    with_link = (await alice.publish("nebel https://example.com/page"))["id"]
    bare = (await alice.publish("nebel"))["id"]
    for query, expected in {
        "has:media": [with_picture],
        "has:image nebel": [with_picture],
        "has:video": [],
        "has:audio": [],
        "is:media": [with_picture],
        "has:poll": [with_poll],
        "has:link": [with_link],
        "has:embed": [],
        "has:card": [],
        "nebel -has:card -has:embed": [bare, with_link, with_poll, with_picture],
        "nebel -has:media -has:poll": [bare, with_link],
        "HAS:Media": [with_picture],
        "has:nothing": [],
        "nebel -has:nothing": [bare, with_link, with_poll, with_picture],
        "moritz": [with_poll],
    }.items():
        assert await ids(alice, query) == expected, query


async def test_cards_are_found_when_their_page_was_fetched(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("nebel https://example.com/page")
    async with network.services.db.transaction() as tx:
        await tx.execute("update cards set kind = 'video'")
    assert await ids(alice, "has:embed") == [status["id"]]
    assert await ids(alice, "has:card -has:embed") == []
    assert await ids(alice, "nebel -has:card") == []


async def test_is_finds_replies_quotes_and_sensitive_ones(network: Network) -> None:
    alice = await network.person("alice")
    start = (await alice.publish("nebel"))["id"]
    reply = (await alice.publish("nebel", in_reply_to_id=start))["id"]
    quote = (await alice.publish("nebel", quoted_status_id=start))["id"]
    warned = (await alice.publish("nebel", spoiler_text="Wetter"))["id"]
    assert await ids(alice, "is:reply") == [reply]
    assert await ids(alice, "nebel -is:reply -is:quote") == [warned, start]
    assert await ids(alice, "is:quote") == [quote]
    assert await ids(alice, "is:sensitive") == [warned]
    assert await ids(alice, "wetter") == [warned]


async def test_days_are_those_of_utc_and_exclude_themselves(network: Network) -> None:
    alice = await network.person("alice")
    day = datetime(2024, 2, 29, tzinfo=UTC)
    before = await backdated(network, alice, "nebel", day - timedelta(seconds=1))
    morning = await backdated(network, alice, "nebel", day)
    evening = await backdated(network, alice, "nebel", day + timedelta(hours=23, minutes=59))
    after = await backdated(network, alice, "nebel", day + timedelta(days=1))
    for query, expected in {
        "before:2024-02-29": [before],
        "after:2024-02-29": [after],
        "during:2024-02-29 nebel": [evening, morning],
        "nebel -during:2024-02-29": [after, before],
        "nebel -before:2024-02-29": [after, evening, morning],
        "nebel -after:2024-02-29": [evening, morning, before],
        "after:2024-02-28 before:2024-03-01": [evening, morning],
        "before:2024-02-30": [],
        "nebel before:yesterday": [],
        "nebel during:99999-01-01": [],
    }.items():
        assert await ids(alice, query) == expected, query


async def test_language_finds_what_is_written_in_it(network: Network) -> None:
    alice = await network.person("alice")
    german = (await alice.publish("Nebel", language="de"))["id"]
    english = (await alice.publish("Nebel", language="en"))["id"]
    assert await ids(alice, "language:de") == [german]
    assert await ids(alice, "language:de-AT") == [german]
    assert await ids(alice, "nebel -language:de") == [english]
    assert await ids(alice, "language:klingon") == []
    assert await ids(alice, "nebel -language:klingon") == [english, german]


async def test_the_library_is_what_one_has_to_do_with_oneself(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    poll = {"options": ["ja", "nein"], "expires_in": 600}
    await alice.publish("nebel")
    texts = ("favourite", "bookmark", "reblog", "vote")
    made = [(await alice.publish("nebel", poll=poll if text == "vote" else None)) for text in texts]
    for text, status in zip(texts, made, strict=True):
        if text == "vote":
            await bob.post(f"/api/v1/polls/{status['poll']['id']}/votes", json={"choices": [0]})
        else:
            await bob.post(f"/api/v1/statuses/{status['id']}/{text}")
    named = await alice.publish("nebel @bob", visibility="direct")
    own = await bob.publish("nebel", visibility="private")
    expected = [own["id"], named["id"], *[status["id"] for status in made[::-1]]]
    for usual, rare in ((20, 3_000), (20, 0), (0, 3_000)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("rostra.search.queries.USUAL", usual)
            patch.setattr("rostra.search.queries.RARE", rare)
            assert await ids(bob, "in:library nebel") == expected, (usual, rare)
            assert await ids(bob, "in:library nebel", limit=2, offset=1) == expected[1:3]
            assert await ids(bob, "in:library nebel", min_id=made[0]["id"], limit=2) == expected[-3:-1]
            assert await ids(bob, "in:library has:poll") == [made[3]["id"]]
    assert len(await ids(bob, "in:all nebel")) == 7
    assert len(await ids(bob, "in:public nebel")) == 5


async def test_what_others_may_no_longer_see_leaves_the_library(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    status = await alice.publish("nebel", visibility="private")
    await bob.post(f"/api/v1/statuses/{status['id']}/favourite")
    assert await ids(bob, "in:library nebel") == [status["id"]]
    await bob.post(f"/api/v1/accounts/{alice.id}/unfollow")
    assert await ids(bob, "in:library nebel") == []
    assert await ids(bob, "nebel") == []


async def test_a_hashtag_is_found_as_a_whole(network: Network) -> None:
    alice = await network.person("alice")
    tagged = (await alice.publish("Nebel am #Müllberg"))["id"]
    await alice.publish("Müllberg")
    assert await ids(alice, "#mullberg") == [tagged]
    assert await ids(alice, "nebel #müllberg -#hafen") == [tagged]


async def test_what_looks_like_an_operator_is_words(network: Network) -> None:
    alice = await network.person("alice")
    status = (await alice.publish("see https://example.com/a:b and to:bob"))["id"]
    assert await ids(alice, "to:bob") == [status]
    assert await ids(alice, "site:nowhere") == []


async def test_any_query_is_answered(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("nebel")
    hostile = (
        """from: - + " "" -"" has: in:nowhere before: (((( a'&|!<->:* \\ from:me@@ # ## :smile: İ \u200b"""
    )
    for query in (
        *hostile.split(" "),
        "from:" + "x" * 400,
        "'" * 500,
        "has:media " * 50,
        "a b c " * 80,
        "東" * 500,
        "-" * 500,
        "😀 nebel",
        "language:" + "ü" * 300,
        "during:0000-00-00",
        "#" + "ﷺ" * 400,
        "ﷺ" * 400,
        '"' + "ｶﾞ" * 240 + '"',
        "language:\x01\u2028",
    ):
        await alice.get("/api/v2/search", params={"q": query, "type": "statuses"})


async def test_a_query_of_nothing_finds_nothing(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("nebel")
    for query in ('""', "-", "!!!", "in:all"):
        assert await ids(alice, query) == [], query


def test_long_queries_are_cut() -> None:
    assert len(parse("wort " * 1000).lexemes) == 1
    assert len(parse(" ".join(f"w{number}" for number in range(200))).lexemes) == 24
