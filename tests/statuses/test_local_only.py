"""Local-only statuses: for members of this network alone."""

from tests.network import Network
from tests.statuses.support import GONE, act, look


async def test_members_see_it_and_visitors_do_not_wherever_they_look(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("among us #harbour lighthouse", local_only=True)
    other = await alice.publish("for all #harbour")
    assert status["local_only"]
    assert not other["local_only"]
    boost = await act(bob, status, "reblog")
    visitor = network.anonymous
    lists = (
        "/api/v1/timelines/public",
        "/api/v1/timelines/tag/harbour",
        f"/api/v1/accounts/{alice.id}/statuses",
        f"/api/v1/statuses?id[]={status['id']}&id[]={other['id']}",
    )
    for path in lists:
        assert [item["id"] for item in await visitor.get(path)] == [other["id"]], path
        assert status["id"] in [item["id"] for item in await bob.get(path)], path
    for hidden in (status, boost):
        assert await look(visitor, hidden, expect=404) == GONE
        assert await look(visitor, hidden, "/context", 404) == GONE
    assert await visitor.get(f"/api/v1/accounts/{bob.id}/statuses") == []
    for page in (f"/@alice/{status['id']}", f"/@bob/{boost['id']}"):
        assert (await network.http.get(page)).status_code == 404
    for page in ("/@alice", "/@alice.rss", "/tags/harbour", "/"):
        assert "lighthouse" not in (await network.http.get(page)).text, page
    app = type(visitor)(network, await network.token(None, ("read",)))
    assert await look(app, status, expect=404) == GONE


async def test_its_visibility_counts_as_ever(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    status = await alice.publish("among us", local_only=True, visibility="private")
    await look(bob, status)
    assert await look(carol, status, expect=404) == GONE


async def test_an_answer_is_local_only_as_what_it_answers_unless_it_says_so(
    network: Network,
) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("among us", local_only=True)
    assert (await bob.publish("me too", in_reply_to_id=status["id"]))["local_only"]
    assert not (await bob.publish("for all", in_reply_to_id=status["id"], local_only=False))["local_only"]
    assert not (await bob.publish("for all"))["local_only"]


async def test_a_quote_for_all_shows_visitors_nothing_of_a_local_only_status(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("lighthouse", local_only=True)
    quoting = await bob.publish("look", quoted_status_id=status["id"])
    assert (await look(alice, quoting))["quote"]["state"] == "accepted"
    seen = await look(network.anonymous, quoting)
    assert seen["quote"] == {"state": "unauthorized", "quoted_status": None}
    assert "lighthouse" not in str(seen)
