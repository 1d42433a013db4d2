"""The thread around a status."""

from typing import Any

from rostra.statuses import actions
from rostra.statuses.model import Draft
from tests.network import Network, Person
from tests.statuses.support import act, look


async def reply(person: Person, parent: Any, text: str = "reply", **options: Any) -> Any:
    return await person.publish(text, in_reply_to_id=parent["id"], **options)


async def chain(person: Person, length: int) -> list[str]:
    """Ids of a status and replies to replies, oldest first."""
    ids: list[int] = []
    async with person.network.services.db.transaction() as tx:
        for number in range(length):
            draft = Draft(text=f"number {number}", in_reply_to_id=ids[-1] if ids else None)
            ids.append(
                (await actions.publish_status(tx, person.network.settings, person.account_id, draft)).id
            )
    return [str(status_id) for status_id in ids]


def ids(items: list[Any]) -> list[str]:
    return [item["id"] for item in items]


async def test_a_thread_reads_from_its_beginning_depth_first_with_the_authors_own_words_first(
    network: Network,
) -> None:
    alice, bob = await network.people("alice", "bob")
    root = await alice.publish("root")
    b = await reply(bob, root, "b")
    c = await reply(bob, root, "c")
    b1 = await reply(alice, b, "b1")
    more = await reply(alice, root, "more by alice")
    c1 = await reply(alice, c, "c1")

    below = (await look(alice, root, "/context"))["descendants"]
    assert ids(below) == [s["id"] for s in (more, b, b1, c, c1)]
    around = await look(alice, b, "/context")
    assert ids(around["ancestors"]) == [root["id"]]
    assert ids(around["descendants"]) == [b1["id"]]
    assert ids((await look(alice, b1, "/context"))["ancestors"]) == [root["id"], b["id"]]


async def test_what_is_hidden_is_left_out_and_what_answers_it_is_not(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    root = await alice.publish("root")
    hidden = await reply(bob, root, "@alice hidden", visibility="direct")
    after = await reply(alice, hidden, "after")
    for viewer, between in ((carol, []), (network.anonymous, []), (bob, [hidden["id"]])):
        below = (await look(viewer, root, "/context"))["descendants"]
        assert ids(below) == [*between, after["id"]]
        above = (await look(viewer, after, "/context"))["ancestors"]
        assert ids(above) == [root["id"], *between]


async def test_people_whom_one_blocks_or_mutes_are_left_out_of_threads(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    root = await alice.publish("root")
    blocked, muted = await reply(bob, root), await reply(carol, root)
    await dave.post(f"/api/v1/accounts/{bob.id}/block")
    await dave.post(f"/api/v1/accounts/{carol.id}/mute")
    assert (await look(dave, root, "/context"))["descendants"] == []
    assert ids((await look(alice, root, "/context"))["descendants"]) == [blocked["id"], muted["id"]]


async def test_the_thread_of_a_boost_is_that_of_what_it_boosts(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    root = await alice.publish("root")
    answer = await reply(bob, root)
    boost = await act(bob, answer, "reblog")
    assert ids((await look(alice, boost, "/context"))["ancestors"]) == [root["id"]]


async def test_outsiders_see_forty_ancestors_sixty_descendants_and_depth_twenty(network: Network) -> None:
    alice = await network.person("alice")
    deep = await chain(alice, 70)
    last = {"id": deep[-1]}
    outside = await look(network.anonymous, last, "/context")
    assert ids(outside["ancestors"]) == deep[-41:-1]
    assert ids((await look(alice, last, "/context"))["ancestors"]) == deep[:-1]
    first = {"id": deep[0]}
    assert ids((await look(network.anonymous, first, "/context"))["descendants"]) == deep[1:21]
    assert ids((await look(alice, first, "/context"))["descendants"]) == deep[1:]


async def test_outsiders_see_the_earliest_of_very_many_replies(network: Network) -> None:
    alice = await network.person("alice")
    root = await alice.publish("root")
    async with network.services.db.transaction() as tx:
        replies = [
            (
                await actions.publish_status(
                    tx, network.settings, alice.account_id, Draft(text="x", in_reply_to_id=int(root["id"]))
                )
            ).id
            for _ in range(65)
        ]
    outside = (await look(network.anonymous, root, "/context"))["descendants"]
    earliest = sorted(replies)[:60]  # by their ids, as a clock that is set right may step back
    assert ids(outside) == [str(status_id) for status_id in earliest]
    assert len((await look(alice, root, "/context"))["descendants"]) == 65


async def test_a_thread_goes_on_after_its_first_status_is_deleted(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    root = await alice.publish("root")
    child = await reply(bob, root)
    grandchild = await reply(alice, child)
    await alice.delete(f"/api/v1/statuses/{root['id']}")
    assert ids((await look(bob, grandchild, "/context"))["ancestors"]) == [child["id"]]
