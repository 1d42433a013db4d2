"""The unmodified Mastodon.py: timelines, their pages, and streams."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from mastodon import MastodonUnauthorizedError, StreamListener

from tests.clients.support import App, app_of, apps_of, quiet, signed_in
from tests.network import Network

pytestmark = pytest.mark.slow


def ids(statuses: Any) -> list[Any]:
    return [status.id for status in statuses]


async def publish(app: App, *texts: str, **options: Any) -> list[Any]:
    """Statuses, the oldest first; returns their ids."""
    return [(await app.status_post(text, **options)).id for text in texts]


@pytest.mark.parametrize("name", ["home", "local", "public", "hashtag", "account"])
async def test_each_timeline_is_paged_by_ids(live: Network, name: str) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await bob.account_follow(alice.id)
    first, second, third, fourth, fifth = await publish(alice, *(f"#tide {number}" for number in range(5)))
    timeline = {
        "home": bob.timeline_home,
        "local": bob.timeline_local,
        "public": bob.timeline_public,
        "hashtag": lambda **options: bob.timeline_hashtag("tide", **options),
        "account": lambda **options: bob.account_statuses(alice.id, **options),
    }[name]

    assert ids(await timeline()) == [fifth, fourth, third, second, first]
    assert ids(await timeline(limit=2)) == [fifth, fourth]
    assert ids(await timeline(max_id=third)) == [second, first]
    assert ids(await timeline(since_id=third)) == [fifth, fourth]
    assert ids(await timeline(since_id=first, limit=1)) == [fifth]
    assert ids(await timeline(min_id=first, limit=1)) == [second]
    assert ids(await timeline(max_id=fifth, since_id=first)) == [fourth, third, second]


@pytest.mark.parametrize("name", ["home", "public", "hashtag", "account"])
async def test_link_headers_lead_to_the_next_page_and_back(live: Network, name: str) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await bob.account_follow(alice.id)
    published = await publish(alice, *(f"#tide {number}" for number in range(5)))
    published.reverse()
    start = {
        "home": lambda: bob.timeline_home(limit=2),
        "public": lambda: bob.timeline_public(limit=2),
        "hashtag": lambda: bob.timeline_hashtag("tide", limit=2),
        "account": lambda: bob.account_statuses(alice.id, limit=2),
    }[name]

    newest = await start()
    older = await bob.fetch_next(newest)
    oldest = await bob.fetch_next(older)
    assert [ids(page) for page in (newest, older, oldest)] == [published[:2], published[2:4], published[4:]]
    assert not await bob.fetch_next(oldest)
    assert ids(await bob.fetch_previous(oldest)) == published[2:4]
    assert ids(await bob.fetch_previous(older)) == published[:2]
    assert not await bob.fetch_previous(newest)
    assert ids(await bob.fetch_remaining(await start())) == published


async def test_lists_of_people_are_paged_by_link_headers(live: Network) -> None:
    alice = await app_of(live, "alice")
    names = ["bob", "carol", "dave"]
    for fan in await apps_of(live, *names):
        await fan.account_follow(alice.id)
    page = await alice.account_followers(alice.id, limit=2)
    rest = await alice.fetch_next(page)
    assert [account.acct for account in [*page, *rest]] == ["dave", "carol", "bob"]
    notes = await alice.notifications(limit=2)
    assert len(notes) == 2
    assert len(await alice.fetch_next(notes)) == 1


async def test_the_public_timelines_show_nothing_that_is_not_public(live: Network) -> None:
    alice = await app_of(live, "alice")
    (shown,) = await publish(alice, "#tide for all")
    for visibility in ("unlisted", "private", "direct"):
        await publish(alice, f"#tide {visibility}", visibility=visibility)
    nobody = App(live, signed_in(live))
    assert ids(await nobody.timeline_public()) == [shown]
    assert ids(await nobody.timeline_local()) == [shown]
    assert ids(await nobody.timeline_hashtag("tide")) == [shown]
    with pytest.raises(MastodonUnauthorizedError):
        await nobody.timeline_home()


async def test_statuses_of_an_account_are_narrowed_down(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    (plain,) = await publish(alice, "plain")
    (other,) = await publish(bob, "other")
    reply = (await alice.status_post("@bob yes", in_reply_to_id=other)).id
    (tagged,) = await publish(alice, "#tide")
    boost = (await alice.status_reblog(other)).id
    assert ids(await bob.account_statuses(alice.id)) == [boost, tagged, reply, plain]
    assert ids(await bob.account_statuses(alice.id, exclude_reblogs=True)) == [tagged, reply, plain]
    assert ids(await bob.account_statuses(alice.id, exclude_replies=True)) == [boost, tagged, plain]
    assert ids(await bob.account_statuses(alice.id, tagged="tide")) == [tagged]
    assert ids(await bob.account_statuses(alice.id, only_media=True)) == []


class Listener(StreamListener):
    """Hands what it hears to the test's own loop."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.get_running_loop()
        self._heard: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()

    def _hear(self, event: str, payload: Any) -> None:
        self._loop.call_soon_threadsafe(self._heard.put_nowait, (event, payload))

    def on_update(self, status: Any) -> None:
        self._hear("update", status)

    def on_notification(self, notification: Any) -> None:
        self._hear("notification", notification)

    def on_delete(self, status_id: Any) -> None:
        self._hear("delete", status_id)

    def on_status_update(self, status: Any) -> None:
        self._hear("status.update", status)

    async def next(self) -> tuple[str, Any]:
        async with asyncio.timeout(30):
            return await self._heard.get()


@asynccontextmanager
async def listening(app: App, stream: str, *args: Any, **options: Any) -> AsyncGenerator[Listener]:
    """What `stream` brings from now on, over server-sent events."""
    listener = Listener()
    handle = await asyncio.to_thread(
        getattr(app.mastodon, f"stream_{stream}"), *args, listener=listener, run_async=True, **options
    )
    try:
        yield listener
    finally:
        handle.closed = True  # its close() would wait for the next heartbeat; the network's end comes sooner


async def test_home_and_notifications_stream_in(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await bob.account_follow(alice.id)
    async with listening(bob, "user") as stream:
        status = await alice.status_post("moin @bob")
        heard = dict([await stream.next(), await stream.next()])
        assert heard["update"].id == status.id
        assert (heard["notification"].type, heard["notification"].status.id) == ("mention", status.id)
        await alice.status_update(status, "moin moin @bob")
        event, edited = await stream.next()
        assert (event, edited.id) == ("status.update", status.id)
        await alice.status_delete(status)
        event, gone = await stream.next()
        assert (event, str(gone)) == ("delete", str(status.id))


@pytest.mark.parametrize("stream", ["public", "local"])
async def test_the_public_timeline_streams_in(live: Network, stream: str) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    async with listening(bob, stream) as listener:
        await alice.status_post("for followers", visibility="private")
        status = await alice.status_post("for all")
        event, heard = await listener.next()
        assert (event, heard.id) == ("update", status.id)


async def test_a_hashtag_streams_in(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    async with listening(bob, "hashtag", "tide") as listener:
        await alice.status_post("no tag")
        status = await alice.status_post("low #Tide")
        assert (await listener.next())[1].id == status.id


async def test_one_websocket_carries_home_and_public(live: Network) -> None:
    pytest.importorskip("websocket", reason="Mastodon.py speaks WebSocket with websocket-client only")
    alice, bob = await apps_of(live, "alice", "bob")
    await bob.account_follow(alice.id)
    listener = Listener()
    socket = await asyncio.to_thread(bob.mastodon.stream_open_websocket, listener)
    try:
        await asyncio.to_thread(bob.mastodon.stream_user, None, websocket_handle=socket)
        await asyncio.to_thread(bob.mastodon.stream_public, None, websocket_handle=socket)
        status = await alice.status_post("hello")
        heard = [await listener.next(), await listener.next()]
        assert [(event, item.id) for event, item in heard] == [("update", status.id)] * 2
    finally:
        await asyncio.to_thread(socket.close)


async def test_the_stream_is_healthy(live: Network) -> None:
    assert await App(live, signed_in(live)).stream_healthy()
    await quiet(live)


async def test_trends_are_read(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    status, _ = await publish(alice, "fog", "#tide")
    async with live.services.db.transaction() as tx:
        await tx.execute(
            "insert into status_trends (status_id, account_id, score) values (%s, %s, 1)", [status, alice.id]
        )
        await tx.execute("insert into status_reviews (status_id, trendable) values (%s, true)", [status])
        await tx.execute("update tags set trendable = true")
        await tx.execute(
            "insert into tag_trends (tag_id, score, max_score, max_score_at) select id, 1, 1, now() from tags"
        )
    assert ids(await bob.trending_statuses()) == [status]
    assert [tag.name for tag in await bob.trending_tags()] == ["tide"]
    assert await bob.trending_links() == []
