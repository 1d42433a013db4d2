"""The same thing at the same time: counted once, and nobody waits for one another in a circle."""

import asyncio
from typing import Any

from rostra.statuses import actions, interactions
from rostra.statuses.model import Draft
from tests.network import Network, Person
from tests.statuses.support import act, look, publish_many, rows, upload


async def at_once(*calls: Any) -> list[int]:
    """Status codes of requests that run at the same time."""
    return [answer.status_code for answer in await asyncio.gather(*calls)]


def request(person: Person, path: str, method: str = "POST", **options: Any) -> Any:
    return person.request(method, f"/api/v1/{path}", **options)


async def test_many_who_favourite_and_boost_at_once_are_all_counted(network: Network) -> None:
    alice, *others = await network.people("alice", "bob", "carol", "dave", "erin")
    status = await alice.publish("hello")
    calls = [
        request(person, f"statuses/{status['id']}/{action}")
        for person in others
        for action in ("favourite", "reblog", "favourite", "reblog")
    ]
    assert set(await at_once(*calls)) == {200}
    shown = await look(alice, status)
    assert (shown["favourites_count"], shown["reblogs_count"]) == (4, 4)
    undo = [
        request(person, f"statuses/{status['id']}/{action}")
        for person in others
        for action in ("unfavourite", "unreblog", "unfavourite", "unreblog")
    ]
    assert set(await at_once(*undo)) == {200}
    shown = await look(alice, status)
    assert (shown["favourites_count"], shown["reblogs_count"]) == (0, 0)
    assert (await alice.get(f"/api/v1/accounts/{others[0].id}"))["statuses_count"] == 0


async def test_votes_at_the_same_time_are_all_counted_and_each_once(network: Network) -> None:
    alice, *voters = await network.people("alice", "bob", "carol", "dave")
    status = await alice.publish("?", poll={"options": ["a", "b"], "expires_in": 600})
    path = f"polls/{status['poll']['id']}/votes"
    codes = await at_once(
        *(request(person, path, json={"choices": [0]}) for person in voters for _ in range(3))
    )
    assert sorted(codes) == [200] * 3 + [422] * 6
    poll = (await look(alice, status))["poll"]
    assert [option["votes_count"] for option in poll["options"]] == [3, 0]
    assert (poll["votes_count"], poll["voters_count"]) == (3, 3)


async def test_the_same_idempotency_key_at_the_same_time_publishes_once(network: Network) -> None:
    alice = await network.person("alice")
    options: dict[str, Any] = {"json": {"status": "once"}, "headers": {"Idempotency-Key": "k"}}
    assert set(await at_once(*(request(alice, "statuses", **options) for _ in range(5)))) == {200}
    assert len(await alice.get(f"/api/v1/accounts/{alice.id}/statuses")) == 1


async def somebody_waits(network: Network) -> None:
    """Until a connection waits for a lock that another one holds. PostgreSQL has no event for that."""
    waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    async with asyncio.timeout(20):
        while not await rows(network, waiting):  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_no_more_than_five_are_pinned_even_at_the_same_time(network: Network) -> None:
    alice = await network.person("alice")
    *first, fifth, sixth = await publish_many(alice, 6)
    for status_id in first:
        await act(alice, {"id": status_id}, "pin")
    async with network.services.db.transaction() as tx:
        await interactions.pin(tx, alice.account_id, int(fifth))
        other = asyncio.create_task(request(alice, f"statuses/{sixth}/pin"))
        await somebody_waits(network)
    assert (await other).status_code == 422
    assert await rows(network, "select count(*) from status_pins") == [(5,)]


async def test_whoever_deletes_an_answer_waits_for_its_parent_before_taking_anything(
    network: Network,
) -> None:
    alice, bob = await network.people("alice", "bob")
    parent = await alice.publish("parent")
    child = await alice.publish("child", in_reply_to_id=parent["id"])
    async with network.services.db.transaction() as tx:
        draft = Draft(text="me too", in_reply_to_id=int(parent["id"]))
        await actions.publish_status(tx, network.settings, bob.account_id, draft)
        deletion = asyncio.create_task(request(alice, f"statuses/{child['id']}", "DELETE"))
        await somebody_waits(network)
        await interactions.favourite(tx, bob.account_id, int(child["id"]))  # else: a deadlock
    assert (await deletion).status_code == 200
    assert (await look(alice, parent))["replies_count"] == 1


async def test_the_same_new_hashtags_in_another_order_do_not_deadlock(network: Network) -> None:
    people = await network.people("alice", "bob")
    for round_number in range(6):
        tags = [f"#t{round_number}n{number}" for number in range(500)]
        texts = (" ".join(tags), " ".join(reversed(tags)))
        codes = await at_once(
            *(
                request(person, "statuses", json={"status": text})
                for person, text in zip(people, texts, strict=True)
            )
        )
        assert codes == [200, 200]


async def test_an_upload_goes_to_one_of_two_statuses(network: Network) -> None:
    alice = await network.person("alice")
    media: dict[str, Any] = {"json": {"status": "look", "media_ids": [await upload(alice)]}}
    assert sorted(await at_once(*(request(alice, "statuses", **media) for _ in range(2)))) == [200, 422]


async def test_what_is_deleted_while_others_act_on_it_is_gone_without_an_error(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    for _ in range(5):
        root = await alice.publish("root")
        status = await alice.publish(
            "hello", in_reply_to_id=root["id"], poll={"options": ["a", "b"], "expires_in": 600}
        )
        await act(carol, status, "reblog")
        path = f"statuses/{status['id']}"
        codes = await at_once(
            *(request(bob, f"{path}/{action}") for action in ("favourite", "reblog", "bookmark", "unreblog")),
            request(carol, f"{path}/unreblog"),
            request(bob, "statuses", json={"status": "hi", "in_reply_to_id": status["id"]}),
            request(bob, f"polls/{status['poll']['id']}/votes", json={"choices": [0]}),
            request(alice, path, "DELETE"),
            request(alice, f"statuses/{root['id']}", "DELETE"),
            request(alice, path, "PUT", json={"status": "new"}),
        )
        assert set(codes) <= {200, 404}, codes
        assert codes[-3:-1] == [200, 200]
    counts = await rows(
        network, "select distinct statuses_count from accounts where username in ('alice', 'carol')"
    )
    assert counts == [(0,)]


async def test_use_cases_that_meet_on_the_same_rows_do_not_deadlock(network: Network) -> None:
    people = await network.people("alice", "bob", "carol", "dave")

    async def busy(person: Person, others: list[Person], ids: list[int]) -> None:
        for number in range(6):
            async with network.services.db.connection() as tx:
                draft = Draft(text=f"#tag{number} #day{-number}", in_reply_to_id=ids[number % len(ids)])
                status = await actions.publish_status(tx, network.settings, person.account_id, draft)
                for status_id in ids:
                    await interactions.favourite(tx, person.account_id, status_id)
                    await interactions.boost(tx, network.settings, person.account_id, status_id, "public")
                for status_id in reversed(ids):
                    await interactions.unboost(tx, person.account_id, status_id)
                    await interactions.unfavourite(tx, person.account_id, status_id)
                await actions.delete_status(tx, person.account_id, status.id)

    ids = [int((await person.publish("root"))["id"]) for person in people]
    await asyncio.gather(*(busy(person, people, ids) for person in people))
    counted = await rows(
        network, "select distinct favourites_count, reblogs_count, replies_count from statuses"
    )
    assert counted == [(0, 0, 0)]
    assert await rows(network, "select distinct statuses_count from accounts") == [(1,)]
