"""Search: only what the viewer may see is ever found."""

import pytest

from rostra.search import indexing, queries, words
from tests.counting import count_queries
from tests.network import Client, Network


async def found(client: Client, query: str, **params: object) -> tuple[list[str], list[str], list[str]]:
    answer = await client.get("/api/v2/search", params={"q": query, **params})
    return (
        [item["acct"] for item in answer["accounts"]],
        [item["id"] for item in answer["statuses"]],
        [item["name"] for item in answer["hashtags"]],
    )


async def test_people_hashtags_and_statuses_are_found(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("Nebel über dem #Hafen")
    assert await found(bob, "ali") == (["alice"], [], [])
    assert await found(bob, "nebel") == ([], [status["id"]], [])
    assert await found(bob, "#haf") == ([], [], ["Hafen"])
    assert (await found(bob, "nebel", type="hashtags"))[1] == []


async def test_a_hashtags_history_counts_its_days(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.publish("#Hafen")
    await alice.publish("#hafen wieder")
    await bob.publish("#hafen heimlich", visibility="private")
    answer = await bob.get("/api/v2/search", params={"q": "hafen", "type": "hashtags"})
    history = answer["hashtags"][0]["history"]
    assert len(history) == 7
    assert (history[0]["uses"], history[0]["accounts"]) == ("2", "1")


async def test_strangers_find_nothing_that_is_not_public(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    private = await alice.publish("geheimnis eins", visibility="private")
    direct = await alice.publish("geheimnis zwei @bob", visibility="direct")
    await alice.publish("geheimnis drei", visibility="unlisted")
    assert (await found(carol, "geheimnis"))[1] == []
    assert (await found(bob, "geheimnis"))[1] == [direct["id"]]
    await bob.post(f"/api/v1/statuses/{private['id']}/favourite")
    assert (await found(bob, "geheimnis"))[1] == [direct["id"], private["id"]]
    assert len((await found(alice, "geheimnis"))[1]) == 3


async def test_who_does_not_want_to_be_found_is_not(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.patch("/api/v1/accounts/update_credentials", json={"indexable": False})
    await alice.publish("nebel")
    assert (await found(bob, "nebel"))[1] == []


async def test_a_pasted_address_finds_its_status_only_for_those_who_may_see_it(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    shown = await alice.publish("for all")
    hidden = await alice.publish("for me", visibility="direct")
    assert (await found(bob, shown["url"]))[1] == [shown["id"]]
    assert (await found(bob, shown["uri"]))[1] == [shown["id"]]
    assert (await found(bob, hidden["url"]))[1] == []


async def test_anonymous_search_has_no_statuses_and_no_pages(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("nebel #nebel")
    assert await found(network.anonymous, "nebel") == ([], [], ["nebel"])
    await network.anonymous.get("/api/v2/search", 401, params={"q": "nebel", "offset": 20})


async def test_any_text_can_be_searched_for(network: Network) -> None:
    alice = await network.person("alice")
    for query in ("", " ", "'", '"', "a & | ! :*", "%_\\", "\\", "((((", "😀", "x" * 10_000, "#", "@"):
        await found(alice, query)


async def test_hashtags_of_what_is_not_public_are_not_found(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.publish("#geheimplan @bob", visibility="direct")
    await alice.publish("#geheimtreffen", visibility="private")
    for client in (network.anonymous, bob):
        assert (await found(client, "#geheim"))[2] == []
    await bob.publish("#geheimtipp", visibility="unlisted")
    assert (await found(network.anonymous, "#geheim"))[2] == ["geheimtipp"]


async def test_hashtags_of_what_only_some_see_are_not_found(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.publish("#geheimlokal", local_only=True)
    policy = {"can_reply": {"always": ["author"], "with_approval": ["public"]}}
    choosy = await alice.publish("Ask first", interaction_policy=policy)
    await bob.publish("#geheimwartend", in_reply_to_id=choosy["id"])
    await carol.publish("#geheimgesperrt")
    assert (await found(network.anonymous, "#geheim"))[2] == ["geheimgesperrt"]
    async with network.services.db.connection() as tx:
        await tx.execute("update accounts set suspended_at = now() where id = %s", [carol.account_id])
    assert (await found(network.anonymous, "#geheim"))[2] == []


async def test_the_longest_texts_are_indexed(network: Network) -> None:
    # Letters of four bytes in words of no known language: what makes the most of each word.
    long = " ".join(chr(0x10400 + number % 40) * 39 + str(number) for number in range(10_000))
    lexemes = words.document(long, None)
    async with network.services.db.connection() as tx:
        row = await (await tx.execute("select %s::tsvector", [words.vector(lexemes, [])])).fetchone()
    assert row is not None


async def test_what_a_viewer_does_not_want_takes_no_place_on_a_page(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    oldest = await alice.publish("nebel")
    await bob.publish("nebel")
    await bob.publish("nebel", visibility="private")
    await carol.post(f"/api/v1/accounts/{bob.id}/mute")
    assert (await found(carol, "nebel", limit=1))[1] == [oldest["id"]]


async def test_found_statuses_are_paged_both_ways(network: Network) -> None:
    alice = await network.person("alice")
    first, second, third = [(await alice.publish(f"nebel {number}"))["id"] for number in range(3)]
    assert (await found(alice, "nebel", limit=2))[1] == [third, second]
    assert (await found(alice, "nebel", limit=2, offset=2))[1] == [first]
    assert (await found(alice, "nebel", max_id=third, limit=1))[1] == [second]
    assert (await found(alice, "nebel", min_id=first, limit=1))[1] == [second]


async def test_a_search_costs_the_same_for_one_as_for_many(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await network.people("alice", "bob")
    costs = []
    for wanted in (1, 12):
        while len((await found(bob, "nebel"))[1]) < wanted:
            await alice.publish("nebel")
        await found(bob, "nebel")
        with count_queries(monkeypatch) as seen:
            await found(bob, "nebel", type="statuses")
        costs.append(len(seen))
    assert costs[0] == costs[1]


async def test_a_search_gives_up_in_time_and_answers_what_it_has(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    await alice.publish("nebel")
    monkeypatch.setattr(queries, "BUDGET", -1)
    assert (await found(alice, "nebel"))[1] == []


async def test_who_changes_their_mind_about_being_found_is_found_or_not(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("nebel")
    await alice.publish("nebel", visibility="unlisted")
    for indexable, expected in ((False, []), (True, [status["id"]])):
        await alice.patch("/api/v1/accounts/update_credentials", json={"indexable": indexable})
        await network.settle()
        for query in ("nebel", "in:public nebel"):
            assert (await found(bob, query))[1] == expected


async def test_an_edit_is_found_by_its_new_words_only(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("nebel")
    await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "sonne"})
    await network.settle()
    assert (await found(alice, "nebel"))[1] == []
    assert (await found(alice, "sonne"))[1] == [status["id"]]
    await alice.delete(f"/api/v1/statuses/{status['id']}")
    assert (await found(alice, "sonne"))[1] == []


async def test_what_was_there_before_the_index_is_indexed_later(network: Network) -> None:
    alice = await network.person("alice")
    ids = [(await alice.publish(f"nebel {number}"))["id"] for number in range(5)]
    async with network.services.db.transaction() as tx:
        await tx.execute("delete from status_words where status_id <> %s", [int(ids[4])])
        await tx.execute("insert into search_backlog (below_id) values (%s)", [int(ids[4])])
    assert (await found(alice, "nebel"))[1] == [ids[4]]
    assert not await indexing.index_backlog(network.services.db, network.settings)
    assert (await found(alice, "nebel"))[1] == ids[::-1]
