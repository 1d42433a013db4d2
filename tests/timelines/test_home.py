"""The home timeline: who finds what in it."""

import pytest

from rostra.timelines import home
from tests.counting import count_queries
from tests.network import Network, Person


async def ids(person: Person, **query: object) -> list[str]:
    return [status["id"] for status in await person.home(**query)]


async def test_following_somebody_brings_their_newest_statuses(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await alice.publish("first")
    second = await alice.publish("second")
    await bob.follow(alice)
    assert await ids(bob) == [second["id"], first["id"]]


async def test_unfollowing_takes_them_out_again(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    await alice.publish("hello")
    own = await bob.publish("mine")
    await bob.post(f"/api/v1/accounts/{alice.id}/unfollow")
    await network.settle()
    assert await ids(bob) == [own["id"]]


async def test_unfollowing_somebody_leaves_what_others_boosted_of_theirs(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    old = await alice.publish("before")
    for person in (alice, carol):
        await bob.follow(person)
    await bob.post(f"/api/v1/accounts/{carol.id}/unfollow")
    await network.settle()
    await alice.post(f"/api/v1/accounts/{bob.id}/follow")
    status = await carol.publish("hello")
    boost = await alice.post(f"/api/v1/statuses/{status['id']}/reblog")
    await network.settle()
    await bob.follow(carol)
    await bob.post(f"/api/v1/accounts/{carol.id}/unfollow")
    await network.settle()
    assert await ids(bob) == [boost["id"], old["id"]]
    await bob.post(f"/api/v1/accounts/{carol.id}/block")
    await network.settle()
    assert await ids(bob) == [old["id"]]


async def test_a_reply_to_a_stranger_stays_out(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(alice)
    question = await bob.publish("what is the tide?")
    reply = await alice.publish("low at six", in_reply_to_id=question["id"])
    assert await ids(carol) == []
    await carol.follow(bob)
    assert set(await ids(carol)) == {question["id"]}
    later = await alice.publish("and high at noon", in_reply_to_id=question["id"])
    assert later["id"] in await ids(carol)
    assert reply["id"] not in await ids(bob)


async def test_a_reply_reaches_whom_it_answers_when_they_follow(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    question = await bob.publish("what is the tide?")
    reply = await alice.publish("low at six", in_reply_to_id=question["id"])
    assert await ids(bob) == [reply["id"], question["id"]]


async def test_direct_statuses_reach_only_those_they_name(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    await carol.follow(alice)
    secret = await alice.publish("only you, @bob", visibility="direct")
    assert await ids(bob) == [secret["id"]]
    assert await ids(carol) == []


async def test_a_boost_comes_unless_the_follower_hid_boosts(network: Network) -> None:
    alice, bob, carol, dora = await network.people("alice", "bob", "carol", "dora")
    await carol.follow(bob)
    await dora.follow(bob, reblogs=False)
    status = await alice.publish("worth reading")
    boost = await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    await network.settle()
    assert await ids(carol) == [boost["id"]]
    assert (await carol.home())[0]["reblog"]["id"] == status["id"]
    assert await ids(dora) == []


async def test_what_stands_in_the_feed_is_not_boosted_into_it_again(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(alice)
    await carol.follow(bob)
    status = await alice.publish("worth reading")
    await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    await network.settle()
    assert await ids(carol) == [status["id"]]


async def test_following_brings_nothing_that_stands_in_the_feed_as_a_boost(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("The gate is shut")
    boost = await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    await network.settle()
    await carol.follow(bob)
    await network.settle()
    await carol.follow(alice)
    await network.settle()
    assert await ids(carol) == [boost["id"]]


async def test_following_brings_an_author_s_status_once_however_often_they_boosted_it(
    network: Network,
) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("The gate is shut")
    await alice.post(f"/api/v1/statuses/{status['id']}/reblog")
    await network.settle()
    await bob.follow(alice)
    await network.settle()
    assert await ids(bob) == [status["id"]]


@pytest.mark.parametrize("how", ["block", "mute"])
async def test_blocking_and_muting_hide_authors_and_boosts_of_them(network: Network, how: str) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(alice)
    await carol.follow(bob)
    status = await alice.publish("noise")
    await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    await carol.post(f"/api/v1/accounts/{alice.id}/{how}")
    await network.settle()
    assert await ids(carol) == []


async def test_unmuting_brings_everything_back(network: Network) -> None:
    alice, carol = await network.people("alice", "carol")
    await carol.follow(alice)
    status = await alice.publish("noise")
    await carol.post(f"/api/v1/accounts/{alice.id}/mute")
    await carol.post(f"/api/v1/accounts/{alice.id}/unmute")
    await network.settle()
    assert await ids(carol) == [status["id"]]


async def test_paging_goes_both_ways_and_link_headers_lead_there(network: Network) -> None:
    alice = await network.person("alice")
    published = [(await alice.publish(f"number {number}"))["id"] for number in range(5)]
    newest_first = published[::-1]
    answer = await alice.request("GET", "/api/v1/timelines/home", params={"limit": 2})
    assert [s["id"] for s in answer.json()] == newest_first[:2]
    next_url, prev_url = answer.links["next"]["url"], answer.links["prev"]["url"]
    older = await alice.get(next_url)
    assert [s["id"] for s in older] == newest_first[2:4]
    assert await alice.get(prev_url) == []
    assert await ids(alice, since_id=published[1], limit=2) == newest_first[:2]
    assert await ids(alice, min_id=published[1], limit=2) == [published[3], published[2]]


async def test_authors_with_very_many_followers_are_merged_when_the_feed_is_read(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "FAN_OUT_FOLLOWERS", 2)
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    before = await alice.publish("small")
    await carol.follow(alice)  # now alice is an author with very many followers
    after = await alice.publish("big")
    own = await carol.publish("mine")
    async with network.services.db.connection() as tx:
        cursor = await tx.execute(
            "select count(*) from feed_entries where author_id = %s and account_id <> author_id",
            (alice.account_id,),
        )
        assert await cursor.fetchone() == (0,)
    assert await ids(bob) == [after["id"], before["id"]]
    assert await ids(carol) == [own["id"], after["id"], before["id"]]
    assert await ids(carol, max_id=own["id"], limit=1) == [after["id"]]


async def test_long_feeds_are_trimmed_to_their_newest_entries(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "FEED_LENGTH", 3)
    alice = await network.person("alice")
    published = [(await alice.publish(f"number {number}"))["id"] for number in range(5)]
    async with network.services.db.transaction() as tx:
        assert await home.trim(tx) == 2
    assert await ids(alice) == published[:1:-1]


async def test_changing_what_one_wants_of_somebody_holds_for_what_is_there_already(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(bob)
    status = await alice.publish("worth reading")
    boost = await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    german = await bob.publish("Nebel am Hafen", language="de")
    english = await bob.publish("fog", language="en")
    assert await ids(carol) == [english["id"], german["id"], boost["id"]]
    await carol.follow(bob, reblogs=False, languages=["en"])
    assert await ids(carol) == [english["id"]]
    await carol.follow(bob, reblogs=True, languages=[])
    assert await ids(carol) == [english["id"], german["id"], boost["id"]]


async def test_only_the_languages_that_one_wants_of_somebody_come(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.publish("Nebel am Hafen", language="de")
    await bob.follow(alice, languages=["en"])
    await alice.publish("Noch mehr Nebel", language="de")
    english = await alice.publish("fog", language="en")
    assert await ids(bob) == [english["id"]]


@pytest.mark.parametrize("how", ["block", "mute"])
async def test_what_names_somebody_unwanted_stays_out(network: Network, how: str) -> None:
    alice, bob, carol, dora = await network.people("alice", "bob", "carol", "dora")
    await dora.follow(alice)
    await dora.follow(carol)
    await dora.post(f"/api/v1/accounts/{bob.id}/{how}")
    await network.settle()
    status = await alice.publish("says @bob")
    await carol.post(f"/api/v1/statuses/{status['id']}/reblog")
    fine = await alice.publish("says @carol and @dora")
    assert await ids(dora) == [fine["id"]]


async def test_merged_authors_keep_to_what_their_followers_want(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "FAN_OUT_FOLLOWERS", 1)
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(alice, reblogs=False, languages=["en"])
    question = await bob.publish("what is the tide?")
    await alice.publish("low at six", in_reply_to_id=question["id"], language="en")
    await alice.post(f"/api/v1/statuses/{question['id']}/reblog")
    await alice.publish("Nebel", language="de")
    await alice.publish("@bob psst", visibility="direct", language="en")
    fine = await alice.publish("fog", language="en")
    assert await ids(carol) == [fine["id"]]


async def test_asking_for_news_is_short_for_whom_nothing_is_merged(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    newest = (await alice.publish("hello"))["id"]
    await network.settle()
    with count_queries(monkeypatch) as queries:
        assert await alice.home(min_id=newest) == []
    assert [sql for sql in queries if "merged_statuses" in sql] == []
