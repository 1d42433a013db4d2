"""Deleting a status: it is gone, and so is what hung on it."""

from tests.network import Network
from tests.statuses.support import GONE, act, look, rows, upload


async def test_a_deleted_status_is_gone_everywhere_with_its_boosts(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await carol.follow(bob)
    status = await alice.publish("hello #world")
    boost = await act(bob, status, "reblog")
    await act(bob, status, "favourite")
    await act(bob, status, "bookmark")
    await network.settle()
    assert [item["id"] for item in await carol.home()] == [boost["id"]]

    await alice.delete(f"/api/v1/statuses/{status['id']}")
    await network.settle()
    for gone in (status, boost):
        assert await look(alice, gone, expect=404) == GONE
    assert await carol.home() == []
    assert await bob.get("/api/v1/favourites") == []
    assert await bob.get("/api/v1/bookmarks") == []
    assert await alice.get("/api/v1/timelines/tag/world") == []
    assert await rows(network, "select id from statuses") == []
    assert await rows(network, "select id from events") == []


async def test_deletion_answers_with_what_it_takes_to_write_it_anew(network: Network) -> None:
    alice = await network.person("alice")
    picture = await upload(alice, "a lake")
    status = await alice.publish("*Look* at https://example.org/lake", media_ids=[picture])
    answer = await alice.delete(f"/api/v1/statuses/{status['id']}")
    assert answer["text"] == "*Look* at https://example.org/lake"
    assert [media["id"] for media in answer["media_attachments"]] == [picture]
    assert "text" not in status

    again = await alice.publish("Look", media_ids=[picture])
    assert [media["description"] for media in again["media_attachments"]] == ["a lake"]


async def test_a_deleted_poll_answers_with_its_options(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("?", poll={"options": ["a", "b"], "expires_in": 600, "multiple": True})
    answer = await alice.delete(f"/api/v1/statuses/{status['id']}")
    assert [option["title"] for option in answer["poll"]["options"]] == ["a", "b"]
    assert answer["poll"]["multiple"] is True
    await alice.get(f"/api/v1/polls/{status['poll']['id']}", 404)


async def test_released_media_wait_a_day_from_the_deletion_on(network: Network) -> None:
    alice = await network.person("alice")
    picture = await upload(alice)
    status = await alice.publish("", media_ids=[picture])
    await rows(network, "update media_attachments set created_at = now() - interval '9 days' returning id")
    await alice.delete(f"/api/v1/statuses/{status['id']}")
    ages = await rows(
        network, "select status_id, created_at > now() - interval '1 hour' from media_attachments"
    )
    assert ages == [(None, True)]


async def test_delete_media_deletes_rows_and_files_at_once(network: Network) -> None:
    alice = await network.person("alice")
    picture = await upload(alice)
    ((key, preview),) = await rows(network, "select blob_key, preview_key from media_attachments")
    for name in (key, preview):
        await network.services.blobs.put(name, b"data", "image/webp")
    status = await alice.publish("", media_ids=[picture])
    await alice.delete(f"/api/v1/statuses/{status['id']}", params={"delete_media": "true"})
    await network.settle()
    assert await rows(network, "select id from media_attachments") == []
    paths = [network.services.blobs.path(name) for name in (key, preview)]
    assert [path is not None and path.exists() for path in paths] == [False, False]


async def test_what_answered_a_deleted_status_stays_and_answers_nothing(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    reply = await bob.publish("hi", in_reply_to_id=status["id"])
    assert (await look(bob, reply))["in_reply_to_id"] == status["id"]  # now every cache knows it
    await alice.delete(f"/api/v1/statuses/{status['id']}")
    assert (await look(bob, reply))["in_reply_to_id"] is None


async def test_counts_follow(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    parent = await alice.publish("parent")
    status = await bob.publish("child", in_reply_to_id=parent["id"])
    await act(alice, status, "reblog")
    await act(bob, status, "reblog")
    assert (await look(alice, parent))["replies_count"] == 1
    assert (await alice.get(f"/api/v1/accounts/{alice.id}"))["statuses_count"] == 2
    assert (await alice.get(f"/api/v1/accounts/{bob.id}"))["statuses_count"] == 2

    await bob.delete(f"/api/v1/statuses/{status['id']}")
    assert (await look(alice, parent))["replies_count"] == 0
    assert (await alice.get(f"/api/v1/accounts/{alice.id}"))["statuses_count"] == 1
    assert (await alice.get(f"/api/v1/accounts/{bob.id}"))["statuses_count"] == 0


async def test_nobody_deletes_what_others_wrote(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("mine")
    assert await bob.delete(f"/api/v1/statuses/{status['id']}", 404) == GONE
    await look(alice, status)


async def test_deleting_a_boost_takes_it_back(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    boost = await act(bob, status, "reblog")
    await bob.delete(f"/api/v1/statuses/{boost['id']}")
    shown = await look(bob, status)
    assert (shown["reblogs_count"], shown["reblogged"]) == (0, False)


async def test_a_deleted_idempotent_status_can_be_published_anew(network: Network) -> None:
    alice = await network.person("alice")
    headers = {"Idempotency-Key": "k"}
    first = await alice.post("/api/v1/statuses", json={"status": "a"}, headers=headers)
    await alice.delete(f"/api/v1/statuses/{first['id']}")
    again = await alice.post("/api/v1/statuses", json={"status": "a"}, headers=headers)
    assert again["id"] != first["id"]
