"""Streaming over WebSocket and server-sent events, through a real server."""

import contextlib
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets

from rostra.accounts.oauth.model import Viewer
from rostra.accounts.oauth.revocation import tokens_die
from rostra.accounts.relations import actions as relations
from rostra.accounts.relations.model import FollowOptions
from rostra.api import streaming_hub
from rostra.api.auth import Tokens
from rostra.core.settings import Settings
from rostra.statuses import reading
from rostra.streaming import news
from tests.live import live_settings
from tests.network import Network
from tests.streaming.sockets import socket_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return live_settings(tmp_path)


async def test_home_and_notifications_arrive_over_a_websocket(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    await bob.follow(alice)
    async with socket_of(bob, stream="user") as socket:
        status = await alice.publish("hello @bob")
        events = {event: payload for _, event, payload in [await socket.next(), await socket.next()]}
        assert events["update"]["id"] == status["id"]
        assert events["notification"]["type"] == "mention"
        await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "hello, @bob"})
        stream, event, payload = await socket.next()
        assert (stream, event, payload["content"]) == (["user"], "status.update", payload["content"])
        await alice.delete(f"/api/v1/statuses/{status['id']}")
        stream, event, payload = await socket.next()
        assert (stream, event, str(payload)) == (["user"], "delete", status["id"])


async def test_one_websocket_carries_many_channels(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    async with socket_of(bob) as socket:
        await socket.say(type="subscribe", stream="public:local")
        await socket.say(type="subscribe", stream="hashtag", tag="Harbour")
        await socket.say(type="subscribe", stream="nonsense")
        assert json.loads(await socket.connection.recv()) == {"error": "Unknown stream type", "status": 400}
        await alice.publish("fog in the #harbour")
        streams = sorted([(await socket.next())[0], (await socket.next())[0]])
        assert streams == [["hashtag", "harbour"], ["public:local"]]
        await socket.say(type="unsubscribe", stream="public:local")
        await socket.say(type="subscribe", stream="nonsense")  # its answer says that all before was heard
        await socket.connection.recv()
        await alice.publish("no tag")
        again = await alice.publish("#harbour again")
        stream, _, payload = await socket.next()
        assert (stream, payload["id"]) == (["hashtag", "harbour"], again["id"])


async def test_nobody_is_streamed_what_they_may_not_see(live: Network) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    await carol.follow(alice)
    await bob.post(f"/api/v1/accounts/{carol.id}/block")
    async with socket_of(bob, stream="public") as public, socket_of(carol, stream="user") as home:
        await alice.publish("for followers", visibility="private")
        await carol.publish("from somebody blocked")
        shown = await alice.publish("for all")
        assert (await public.next())[2]["id"] == shown["id"]
        seen = [(await home.next())[2]["content"] for _ in range(3)]
        assert seen == ["<p>for followers</p>", "<p>from somebody blocked</p>", "<p>for all</p>"]


async def test_server_sent_events_carry_the_same(live: Network) -> None:
    alice = await live.person("alice")
    url = f"{live.settings.base_url}/api/v1/streaming/public/local"
    async with (
        httpx.AsyncClient(timeout=30) as client,
        client.stream("GET", url, params={"access_token": alice.token}) as response,
    ):
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = response.aiter_lines()
        assert await anext(lines) == ":)"
        status = await alice.publish("hello")
        assert await anext(lines) == "event: update"
        assert json.loads((await anext(lines)).removeprefix("data: "))["id"] == status["id"]


@pytest.mark.parametrize("stream", ["user", "public"])
async def test_without_a_token_there_is_no_stream(live: Network, stream: str) -> None:
    answer = await live.anonymous.get(f"/api/v1/streaming/{stream}", 401)
    assert "error" in answer
    url = f"ws://127.0.0.1:{live.settings.port}/api/v1/streaming?stream={stream}"
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(url)
    assert refused.value.response.status_code == 401


async def test_a_stream_needs_its_scope(live: Network) -> None:
    alice = await live.person("alice", scopes=("read:notifications",))
    await alice.get("/api/v1/streaming/user", 403)
    await alice.get("/api/v1/streaming/nonsense", 400)
    async with socket_of(alice, stream="user:notification") as socket:
        bob = await live.person("bob")
        await bob.publish("hi @alice")
        assert (await socket.next())[1] == "notification"


async def test_a_revoked_token_ends_its_streams(live: Network) -> None:
    alice = await live.person("alice")
    async with socket_of(alice, stream="user") as socket:
        async with live.services.db.transaction() as tx:
            await tx.execute("delete from access_tokens where user_id = %s", (alice.account_id,))
            await live.services.bus.publish(tx, "tokens", None)
        with pytest.raises(websockets.ConnectionClosed):
            await socket.next()


async def test_the_streams_of_a_member_who_is_kept_out_end_with_those_of_others(live: Network) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    async with (
        socket_of(alice, stream="user") as disabled,
        socket_of(bob, stream="user") as suspended,
        socket_of(carol, stream="user") as revoked,
    ):
        async with live.services.db.transaction() as tx:
            await tx.execute(
                "update users set disabled_at = now() where account_id = %s", (alice.account_id,)
            )
            await tx.execute("update accounts set suspended_at = now() where id = %s", (bob.account_id,))
            await tx.execute("delete from access_tokens where user_id = %s", (carol.account_id,))
            await live.services.bus.publish(tx, "tokens", None)
        for socket in (disabled, suspended, revoked):
            with pytest.raises(websockets.ConnectionClosed):
                await socket.next()


async def test_others_tokens_are_revoked_without_ending_a_stream(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    async with socket_of(alice, stream="user") as socket:
        async with live.services.db.transaction() as tx:
            await tx.execute("delete from access_tokens where user_id = %s", (bob.account_id,))
            await live.services.bus.publish(tx, "tokens", None)
        status = await alice.publish("still here")
        assert (await socket.next())[2]["id"] == status["id"]


async def test_a_token_that_is_not_for_notifications_streams_none(live: Network) -> None:
    alice = await live.person("alice", scopes=("read:statuses",))
    bob = await live.person("bob")
    async with live.services.db.transaction() as tx:
        await relations.follow(tx, alice.account_id, bob.account_id, FollowOptions())
    await live.settle()
    async with socket_of(alice, stream="user") as socket:
        await bob.publish("first, to @alice")
        await bob.publish("second")
        assert [(await socket.next())[1] for _ in range(2)] == ["update", "update"]


async def test_what_one_did_to_a_status_is_not_streamed_to_others(live: Network) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    status = await alice.publish("hello")
    await bob.post(f"/api/v1/statuses/{status['id']}/bookmark")
    async with socket_of(bob, stream="public") as bobs, socket_of(carol, stream="public") as carols:
        async with live.services.db.transaction() as tx:
            await tx.execute("delete from stream_news")  # else it was told already
            await news.tell(tx, live.services.bus, "update", int(status["id"]))
        assert (await bobs.next())[2]["bookmarked"]
        assert not (await carols.next())[2]["bookmarked"]


async def test_what_happens_costs_no_query_more_for_each_who_sees_it(
    live: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await live.people("alice", "bob")
    others = await live.people(*(f"reader{number}" for number in range(6)))
    status = await bob.publish("hello")
    for reader in others:
        await reader.follow(alice)
    edited = await alice.publish("before")
    await others[2].post(f"/api/v1/statuses/{status['id']}/favourite")
    await others[3].post(f"/api/v1/statuses/{edited['id']}/bookmark")
    await live.settle()
    reads = 0
    read_ids = reading.read_ids

    async def counted(*given: Any, **options: Any) -> Any:
        nonlocal reads
        reads += 1
        return await read_ids(*given, **options)

    async with contextlib.AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(socket_of(one, stream="user")) for one in others]
        monkeypatch.setattr(reading, "read_ids", counted)
        await alice.post(f"/api/v1/statuses/{status['id']}/reblog")
        seen = [(await socket.next())[2] for socket in sockets]
        assert [each["reblog"]["favourited"] for each in seen] == [reader is others[2] for reader in others]
        assert reads <= 4  # as everybody sees it, as who favourited it does, and the answer to the boost
        reads = 0
        await alice.put(f"/api/v1/statuses/{edited['id']}", json={"status": "after"})
        seen = [(await socket.next())[2] for socket in sockets]
        assert [each["bookmarked"] for each in seen] == [reader is others[3] for reader in others]
        assert {each["content"] for each in seen} == {"<p>after</p>"}
        assert reads <= 4


async def test_a_member_has_only_so_many_streams(live: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming_hub, "STREAMS_PER_MEMBER", 2)
    alice, bob = await live.people("alice", "bob")
    async with socket_of(alice, stream="user"), socket_of(bob, stream="user"):
        async with socket_of(alice, stream="public"):
            with pytest.raises(websockets.InvalidStatus) as refused:
                async with socket_of(alice, stream="public:local"):
                    pass
            assert refused.value.response.status_code == 429
            await alice.get("/api/v1/streaming/public", 429)
        async with socket_of(bob, stream="public"):
            pass


async def test_what_is_no_command_is_answered_and_the_stream_goes_on(live: Network) -> None:
    alice = await live.person("alice")
    async with socket_of(alice, stream="user") as socket:
        for nonsense in (b"\x00\xff", "", "[]", '{"type": "dance"}', "[" * 4000, "x" * 5000):
            await socket.connection.send(nonsense)
            assert json.loads(await socket.connection.recv())["status"] == 400
        status = await alice.publish("hello")
        assert (await socket.next())[2]["id"] == status["id"]


async def test_a_token_revoked_while_its_stream_opens_opens_none(
    live: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await live.person("alice")
    look_up = Tokens.viewer

    async def look_up_just_before(tokens: Tokens, token: str | None) -> Viewer | None:
        viewer = await look_up(tokens, token)
        async with live.services.db.connection() as tx, tokens_die(tx, live.services.bus):
            await tx.execute("delete from access_tokens where user_id = %s", (alice.account_id,))
        return viewer

    monkeypatch.setattr(Tokens, "viewer", look_up_just_before)
    with pytest.raises(websockets.InvalidStatus) as refused:
        async with socket_of(alice, stream="user"):
            pass
    assert refused.value.response.status_code == 401


async def test_conversations_arrive_on_their_own_channel_and_nowhere_else(live: Network) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    await bob.follow(alice)
    async with socket_of(bob, stream="direct") as socket, socket_of(carol, stream="direct") as other:
        await alice.publish("@bob hello", visibility="direct")
        stream, event, payload = await socket.next()
        assert (stream, event) == (["direct"], "conversation")
        assert payload["accounts"][0]["acct"] == "alice"
        assert payload["unread"]
        note = await carol.publish("note to self", visibility="direct")
        _, _, payload = await other.next()  # nothing of alice and bob before it
        assert payload["last_status"]["id"] == note["id"]


async def test_each_follower_of_a_stream_sees_only_what_they_may_see_of_a_quote(live: Network) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    await bob.follow(alice)
    private = await alice.publish("a secret", visibility="private")
    quoting = await alice.post("/api/v1/statuses", json={"status": "look", "quoted_status_id": private["id"]})
    async with live.services.db.connection() as tx:  # as if it had been published for all
        await tx.execute("update statuses set visibility = 'public' where id = %s", [int(quoting["id"])])
    async with socket_of(bob, stream="public") as first, socket_of(carol, stream="public") as second:
        async with live.services.db.transaction() as tx:
            await tx.execute("delete from stream_news")  # else it was told already
            await news.tell(tx, live.services.bus, "update", int(quoting["id"]))
        _, _, seen_by_bob = await first.next()
        _, _, seen_by_carol = await second.next()
    assert seen_by_bob["quote"]["quoted_status"]["id"] == private["id"]
    assert seen_by_carol["quote"] == {"state": "unauthorized", "quoted_status": None}


async def test_what_is_held_back_is_not_streamed_and_apps_hear_when_it_is_merged(live: Network) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    async with socket_of(alice, stream="user:notification") as socket:
        await bob.publish("psst @alice", visibility="direct")
        await carol.publish("hi @alice")
        _, event, payload = await socket.next()
        assert (event, payload["account"]["acct"]) == ("notification", "carol")
        [request] = await alice.get("/api/v1/notifications/requests")
        await alice.post(f"/api/v1/notifications/requests/{request['id']}/accept")
        stream, event, _ = await socket.next()
        assert (stream, event) == (["user:notification"], "notifications_merged")
        assert await alice.get("/api/v1/notifications/requests/merged") == {"merged": True}


async def test_a_list_arrives_by_its_own_channel(live: Network) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    made = await bob.post("/api/v1/lists", json={"title": "Harbour", "replies_policy": "none"})
    other = await bob.post("/api/v1/lists", json={"title": "Empty"})
    await bob.post(f"/api/v1/lists/{made['id']}/accounts", json={"account_ids": [alice.id]})
    await live.settle()
    async with socket_of(bob, stream="list", list=made["id"]) as socket:
        await socket.say(type="subscribe", stream="list", list=other["id"])
        question = await carol.publish("not in the list")
        await alice.publish("a reply", in_reply_to_id=question["id"])
        await alice.publish("for followers", visibility="private")
        status = await alice.publish("hello")
        stream, event, payload = await socket.next()
        assert (stream, event, payload["id"]) == (["list", made["id"]], "update", status["id"])
        await socket.say(type="unsubscribe", stream="list", list=made["id"])
        await socket.say(type="subscribe", stream="public")
        await socket.say(type="subscribe", stream="nonsense")  # its answer says that all before was heard
        await socket.connection.recv()
        await alice.publish("for all")
        assert (await socket.next())[0] == ["public"]


async def test_somebody_elses_list_can_not_be_streamed(live: Network) -> None:
    alice, bob = await live.people("alice", "bob")
    made = await bob.post("/api/v1/lists", json={"title": "Harbour"})
    path = "/api/v1/streaming/list"
    for list_id in (made["id"], "17"):
        assert await alice.get(path, 404, params={"list": list_id}) == {"error": "Record not found"}
    for list_id in ("", "x", "9" * 30, "-1"):
        await alice.get(path, 400, params={"list": list_id})
    async with socket_of(alice) as socket:
        await socket.say(type="subscribe", stream="list", list=made["id"])
        refused = json.loads(await socket.connection.recv())
        assert refused == {"error": "Record not found", "status": 404}
