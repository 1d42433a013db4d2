"""Quotes: who may quote what, what whom is shown of it, and taking it back."""

from typing import Any

import pytest

from rostra.accounts import deletion
from tests.counting import count_queries
from tests.network import Network, Person
from tests.statuses.support import GONE, act, look, publish_many, rows

NOT_QUOTABLE = {"error": "The post you are trying to quote does not appear to exist."}


async def quote(
    person: Person, quoted: Any, text: str = "Look at this", expect: int = 200, **options: Any
) -> Any:
    """`person` quotes a status; the answer, and everything has followed."""
    body = {"status": text, "quoted_status_id": quoted["id"], **options}
    answer = await person.post("/api/v1/statuses", expect, json=body)
    await person.network.settle()
    return answer


async def news(person: Person, *types: str) -> list[tuple[str, str, str]]:
    """(type, whose, status id) of the notifications of these types."""
    found = await person.get("/api/v1/notifications", params={"types[]": list(types)})
    return [(item["type"], item["account"]["acct"], item["status"]["id"]) for item in found]


async def test_a_quote_shows_the_quoted_status_and_counts_there(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("The lighthouse is open again")
    quoting = await quote(bob, status)
    assert quoting["quote"]["state"] == "accepted"
    assert quoting["quote"]["quoted_status"]["id"] == status["id"]
    assert quoting["quote"]["quoted_status"]["account"]["acct"] == "alice"
    assert (await look(alice, status))["quotes_count"] == 1
    assert (await look(network.anonymous, quoting))["quote"]["quoted_status"]["content"] == status["content"]


async def test_readers_that_know_no_quotes_get_a_link_before_the_text(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("The lighthouse is open again")
    quoting = await quote(bob, status)
    assert quoting["content"].startswith('<p class="quote-inline">RE: <a href="' + status["url"])
    assert quoting["content"].endswith("<p>Look at this</p>")
    linked = await quote(bob, status, f"See {status['url']}")
    assert "quote-inline" not in linked["content"]
    page = await network.http.get(f"/@bob/{quoting['id']}")
    assert 'class="quote-inline"' in page.text
    assert "quote-inline" not in (await look(bob, quoting, "/source"))["text"]


async def test_quoting_a_boost_quotes_what_it_boosts(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("original")
    boost = await act(bob, status, "reblog")
    quoting = await quote(bob, boost)
    assert quoting["quote"]["quoted_status"]["id"] == status["id"]


async def test_a_boost_shows_what_its_original_quotes_and_quotes_nothing_itself(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("original")
    quoting = await quote(bob, status, quote_approval_policy="nobody")
    boost = await act(carol, quoting, "reblog")
    assert boost["quote"] is None
    assert boost["reblog"]["quote"]["quoted_status"]["id"] == status["id"]
    assert boost["quote_approval"] == {"automatic": [], "manual": [], "current_user": "denied"}


async def test_a_quote_needs_no_text_of_its_own(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("enough said")
    assert (await quote(bob, status, ""))["quote"]["state"] == "accepted"


async def test_a_quote_within_a_quote_is_shallow(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    first = await alice.publish("first")
    second = await quote(bob, first)
    third = await quote(carol, second)
    inner = third["quote"]["quoted_status"]
    assert inner["id"] == second["id"]
    assert inner["quote"] == {"state": "accepted", "quoted_status_id": first["id"]}


POLICIES = {
    "public": {"author", "follower", "stranger"},
    "followers": {"author", "follower"},
    "nobody": {"author"},
}


@pytest.mark.parametrize("policy", POLICIES)
async def test_the_author_decides_who_may_quote(network: Network, policy: str) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    status = await alice.publish("mine", quote_approval_policy=policy)
    assert status["quote_approval"]["automatic"] == ([] if policy == "nobody" else [policy])
    for name, person in (("author", alice), ("follower", bob), ("stranger", carol)):
        may = name in POLICIES[policy]
        seen = (await look(person, status))["quote_approval"]
        assert seen["current_user"] == ("automatic" if may else "denied"), name
        answer = await quote(person, status, expect=200 if may else 404)
        assert may or answer == NOT_QUOTABLE, name
    assert (await look(network.anonymous, status))["quote_approval"]["current_user"] == "denied"


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_what_is_not_for_all_is_quoted_by_nobody_else(network: Network, visibility: str) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    status = await alice.publish("@bob for you", visibility=visibility, quote_approval_policy="public")
    assert status["quote_approval"]["automatic"] == []
    assert (await look(bob, status))["quote_approval"]["current_user"] == "denied"
    assert await quote(bob, status, expect=404) == NOT_QUOTABLE


async def test_quoting_ones_own_followers_only_status_stays_among_followers(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("among us", visibility="private")
    assert status["quote_approval"]["current_user"] == "automatic"
    quoting = await quote(alice, status, visibility="public")
    assert quoting["visibility"] == "private"
    await look(bob, quoting, expect=404)
    own_direct = await alice.publish("note to self", visibility="direct")
    assert own_direct["quote_approval"]["current_user"] == "denied"
    assert await quote(alice, own_direct, expect=404) == NOT_QUOTABLE


async def test_hidden_blocked_and_absent_statuses_are_refused_alike(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    hidden = await alice.publish("among us", visibility="private")
    status = await alice.publish("for all")
    await alice.post(f"/api/v1/accounts/{carol.id}/block")
    await dave.post(f"/api/v1/accounts/{alice.id}/block")
    answers = [
        await quote(bob, hidden, expect=404),
        await quote(carol, status, expect=404),
        await quote(dave, status, expect=404),
        await quote(bob, {"id": "1"}, expect=404),
    ]
    assert answers == [NOT_QUOTABLE] * 4


async def test_a_message_quotes_nobody_whom_it_does_not_name(network: Network) -> None:
    alice, bob, _ = await network.people("alice", "bob", "carol")
    status = await alice.publish("for all")
    await quote(bob, status, "@carol look what she says", 422, visibility="direct")
    await quote(bob, status, "@carol @alice let us talk", visibility="direct")
    assert (await look(alice, status))["quotes_count"] == 1


async def test_a_quote_shows_nobody_what_they_may_not_see(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    private = await alice.publish("a secret among us", visibility="private")
    quoting = await quote(alice, private)
    await bob.publish("hello")
    # As if it had been published for all: what it quotes keeps its own rule.
    await rows(
        network,
        "update statuses set visibility = 'public', quote_policy = 'public', version = version + 1"
        " where id = %(id)s returning 1",
        id=int(quoting["id"]),
    )
    assert (await look(bob, quoting))["quote"]["quoted_status"]["id"] == private["id"]
    for client in (carol, network.anonymous):
        seen = await look(client, quoting)
        assert seen["quote"] == {"state": "unauthorized", "quoted_status": None}
        outer = await quote(carol, quoting)
        nested = (await look(client, outer))["quote"]["quoted_status"]["quote"]
        assert nested == {"state": "unauthorized", "quoted_status_id": None}
        assert "a secret among us" not in str(await look(client, outer))


async def test_who_blocks_or_mutes_the_quoted_sees_why_it_is_hidden(network: Network) -> None:
    alice, bob, carol, dave, erin = await network.people("alice", "bob", "carol", "dave", "erin")
    status = await alice.publish("for all")
    quoting = await quote(bob, status)
    await carol.post(f"/api/v1/accounts/{alice.id}/block")
    await dave.post(f"/api/v1/accounts/{alice.id}/mute")
    await alice.post(f"/api/v1/accounts/{erin.id}/block")
    blocked, muted = await look(carol, quoting), await look(dave, quoting)
    assert blocked["quote"]["state"] == "blocked_account"
    assert muted["quote"]["state"] == "muted_account"
    assert muted["quote"]["quoted_status"]["id"] == status["id"]
    assert (await look(erin, quoting))["quote"] == {"state": "unauthorized", "quoted_status": None}


async def test_the_quoted_author_hears_of_it_and_may_see_even_a_followers_only_quote(
    network: Network,
) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("for all")
    quoting = await quote(bob, status, visibility="private")
    assert await news(alice, "quote") == [("quote", "bob", quoting["id"])]
    assert await news(alice, "mention") == []
    seen = await look(alice, quoting)
    assert seen["mentions"] == []
    await bob.put(f"/api/v1/statuses/{quoting['id']}", json={"status": "said otherwise"})
    await look(alice, quoting)


async def test_quoting_oneself_is_no_news(network: Network) -> None:
    alice = await network.person("alice")
    await quote(alice, await alice.publish("for all"))
    assert await news(alice, "quote") == []


async def test_who_quotes_hears_when_the_quoted_is_edited(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("with a misteak")
    quoting = await quote(bob, status)
    await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "without a mistake"})
    await network.settle()
    assert await news(bob, "quoted_update") == [("quoted_update", "alice", quoting["id"])]
    assert "without" in (await look(bob, quoting))["quote"]["quoted_status"]["content"]


async def test_an_edit_keeps_the_quote(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("for all")
    quoting = await quote(bob, status)
    edited = await bob.put(f"/api/v1/statuses/{quoting['id']}", json={"status": "Other words"})
    assert edited["quote"]["quoted_status"]["id"] == status["id"]
    assert (await look(alice, status))["quotes_count"] == 1
    emptied = await bob.put(f"/api/v1/statuses/{quoting['id']}", json={"status": ""})
    assert emptied["quote"]["state"] == "accepted"


async def test_a_quote_outlives_the_quoted_and_says_so(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("soon gone")
    quoting = await quote(bob, status)
    outer = await quote(carol, quoting)
    assert (await look(carol, quoting))["quote"]["state"] == "accepted"
    await alice.delete(f"/api/v1/statuses/{status['id']}")
    await network.settle()
    seen = await look(carol, quoting)
    assert seen["quote"] == {"state": "deleted", "quoted_status": None}
    assert seen["content"] == "<p>Look at this</p>"
    nested = (await look(carol, outer))["quote"]["quoted_status"]["quote"]
    assert nested == {"state": "deleted", "quoted_status_id": None}


async def test_deleting_a_quote_takes_it_out_of_the_count_and_the_list(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("for all")
    quoting = await quote(bob, status)
    await bob.delete(f"/api/v1/statuses/{quoting['id']}")
    assert (await look(alice, status))["quotes_count"] == 0
    assert await look(alice, status, "/quotes") == []


async def test_the_author_lists_and_revokes_quotes(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("for all")
    first, second = await quote(bob, status), await quote(carol, status)
    listed = await look(alice, status, "/quotes")
    assert [item["id"] for item in listed] == [second["id"], first["id"]]
    revoked = await act(alice, status, f"quotes/{first['id']}/revoke")
    assert revoked["id"] == first["id"]
    assert revoked["quote"] == {"state": "revoked", "quoted_status": None}
    await network.settle()
    assert (await look(bob, first))["quote"]["state"] == "revoked"
    assert "quote-inline" not in (await look(bob, first))["content"]
    assert [item["id"] for item in await look(alice, status, "/quotes")] == [second["id"]]
    assert (await look(alice, status))["quotes_count"] == 1
    assert await news(alice, "quote") == [("quote", "carol", second["id"])]
    again = await act(alice, status, f"quotes/{first['id']}/revoke")
    assert again["quote"]["state"] == "revoked"
    assert (await look(alice, status))["quotes_count"] == 1


async def test_nobody_else_revokes_a_quote(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status, other = await alice.publish("for all"), await alice.publish("another")
    hidden = await carol.publish("hidden", visibility="private")
    quoting = await quote(bob, status)
    await act(bob, status, f"quotes/{quoting['id']}/revoke", 403)
    assert await act(bob, hidden, f"quotes/{quoting['id']}/revoke", 404) == GONE
    assert await act(alice, other, f"quotes/{quoting['id']}/revoke", 404) == GONE
    assert await act(alice, status, f"quotes/{other['id']}/revoke", 404) == GONE
    await network.anonymous.post(f"/api/v1/statuses/{status['id']}/quotes/{quoting['id']}/revoke", 401)
    assert (await look(alice, quoting))["quote"]["state"] == "accepted"


async def test_a_quote_by_somebody_who_blocks_the_author_can_be_revoked_unseen(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("for all")
    quoting = await quote(bob, status)
    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    answer = await act(alice, status, f"quotes/{quoting['id']}/revoke")
    assert answer["id"] == status["id"]
    assert (await look(bob, quoting))["quote"]["state"] == "revoked"


async def test_blocking_somebody_ends_their_quotes_of_oneself(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("for all")
    by_bob = await quote(bob, status)
    of_bob = await quote(alice, await bob.publish("bob's"))
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await network.settle()
    assert (await look(bob, by_bob))["quote"]["state"] == "revoked"
    assert (await look(network.anonymous, of_bob))["quote"]["state"] == "accepted"
    assert (await look(alice, status))["quotes_count"] == 0


async def test_a_member_changes_who_may_quote_later_and_old_quotes_stay(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("for all")
    quoting = await quote(bob, status)
    path = f"/api/v1/statuses/{status['id']}/interaction_policy"
    changed = await alice.put(path, json={"quote_approval_policy": "nobody"})
    assert changed["quote_approval"] == {"automatic": [], "manual": [], "current_user": "automatic"}
    assert changed["edited_at"] is None
    await quote(bob, status, expect=404)
    assert (await look(bob, quoting))["quote"]["state"] == "accepted"
    await bob.put(path, 404, json={"quote_approval_policy": "public"})
    await alice.put(path, 422, json={"quote_approval_policy": "friends"})
    await alice.put(path, 422, json={})
    await network.anonymous.put(path, 401, json={"quote_approval_policy": "public"})
    edited = await alice.put(
        f"/api/v1/statuses/{status['id']}", json={"status": "for all", "quote_approval_policy": "followers"}
    )
    assert edited["quote_approval"]["automatic"] == ["followers"]
    assert edited["edited_at"] is None


async def test_new_statuses_follow_the_members_default(network: Network) -> None:
    alice = await network.person("alice")
    assert (await alice.get("/api/v1/preferences"))["posting:default:quote_policy"] == "public"
    await alice.patch("/api/v1/accounts/update_credentials", json={"source": {"quote_policy": "nobody"}})
    assert (await alice.get("/api/v1/preferences"))["posting:default:quote_policy"] == "nobody"
    source = (await alice.get("/api/v1/accounts/verify_credentials"))["source"]
    assert source["quote_policy"] == "nobody"
    assert (await alice.publish("mine"))["quote_approval"]["automatic"] == []
    assert (await alice.publish("for all", quote_approval_policy="public"))["quote_approval"][
        "automatic"
    ] == ["public"]


async def test_the_list_of_quotes_keeps_the_rules(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    status = await alice.publish("for all")
    for_all, among_us = await quote(bob, status), await quote(bob, status, visibility="private")
    path = f"/api/v1/statuses/{status['id']}/quotes"
    assert {item["id"] for item in await alice.get(path)} == {for_all["id"], among_us["id"]}
    assert [item["id"] for item in await carol.get(path)] == [for_all["id"]]
    await dave.post(f"/api/v1/accounts/{bob.id}/mute")
    assert await dave.get(path) == []
    await network.anonymous.get(path, 401)
    hidden = await alice.publish("among us", visibility="private")
    assert await carol.get(f"/api/v1/statuses/{hidden['id']}/quotes", 404) == GONE


async def test_quotes_are_paged(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("for all")
    ids = [(await quote(bob, status, f"number {number}"))["id"] for number in range(3)]
    path = f"/api/v1/statuses/{status['id']}/quotes"
    first = await alice.request("GET", path, params={"limit": 2})
    assert [item["id"] for item in first.json()] == ids[:0:-1]
    assert f"max_id={ids[1]}" in first.headers["link"]
    assert [item["id"] for item in await alice.get(path, params={"max_id": ids[1]})] == ids[:1]


async def test_a_deleted_account_leaves_its_quotes_as_deleted_and_counts_nowhere(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    of_alice = await quote(bob, await alice.publish("for all"))
    bobs = await bob.publish("bob's")
    await quote(alice, bobs)
    async with network.services.db.connection() as tx:
        await deletion.begin(tx, network.services.bus, alice.account_id)
    await network.settle()
    assert (await look(bob, of_alice))["quote"] == {"state": "deleted", "quoted_status": None}
    assert (await look(bob, bobs))["quotes_count"] == 0


async def test_a_page_of_quotes_costs_as_many_queries_as_one(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(bob)

    async def home(count: int) -> int:
        with count_queries(monkeypatch) as seen:
            assert len(await carol.home(limit=40)) == count
        return len(seen)

    quoted = [{"id": i} for i in await publish_many(alice, 20)]
    inner = await quote(alice, quoted[0])
    await quote(bob, inner)
    await carol.home()  # from now on the process knows that she filters nothing
    one = await home(1)
    for status in quoted:
        await quote(bob, await quote(alice, status))
    assert await home(21) == one
    with count_queries(monkeypatch) as seen:
        await carol.home(limit=40)
    assert len(seen) == 3  # frames, frames of what they quote, and how the viewer stands to that


async def test_a_page_without_quotes_costs_no_query_more(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    await alice.publish("for all")
    await bob.home()
    with count_queries(monkeypatch) as seen:
        await bob.home()
    assert len(seen) == 1
