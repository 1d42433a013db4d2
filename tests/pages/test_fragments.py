"""Statuses in lists are rendered once, and yet never old."""

from typing import Any

import psycopg
import pytest

from tests.network import Network
from tests.pages.documents import open_page


class Queries:
    """Counts the SQL statements that are run."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        execute = psycopg.AsyncCursor.execute

        async def counting(cursor: Any, *args: Any, **options: Any) -> Any:
            self.count += 1
            return await execute(cursor, *args, **options)

        monkeypatch.setattr(psycopg.AsyncCursor, "execute", counting)

    async def of_page(self, network: Network, path: str) -> int:
        """How many it takes to show `path`."""
        before = self.count
        await open_page(network, path)
        return self.count - before


async def test_a_page_takes_as_many_queries_for_many_statuses_as_for_one(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.publish("only one")
    for number in range(20):
        await bob.post("/api/v1/statuses", json={"status": f"number {number} #harbour @alice"})
    queries = Queries(monkeypatch)
    assert await queries.of_page(network, "/@bob") == await queries.of_page(network, "/@alice")


async def test_what_was_rendered_before_is_not_loaded_again(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    await alice.publish("hello")
    queries = Queries(monkeypatch)
    first = await queries.of_page(network, "/@alice")
    assert await queries.of_page(network, "/@alice") <= first - 5


async def test_every_change_shows_at_once(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("befour")
    path = f"/api/v1/statuses/{status['id']}"

    async def shown() -> str:
        return (await open_page(network, "/")).text("article.status")

    assert "alice @alice" in await shown()
    await alice.put(path, json={"status": "before"})
    assert "before" in await shown()
    await alice.patch("/api/v1/accounts/update_credentials", json={"display_name": "Alice of the Harbour"})
    assert "Alice of the Harbour @alice" in await shown()
    await bob.post(f"{path}/favourite")
    assert "1 favourite" in await shown()
    await bob.post(f"{path}/reblog")
    assert "1 boost" in await shown()
    await bob.publish("@alice yes", in_reply_to_id=status["id"])
    assert "1 reply" in await shown()
    await alice.delete(path)
    assert "before" not in (await open_page(network, "/")).statuses


async def test_each_reader_gets_their_own_language(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    await bob.post(f"/api/v1/statuses/{status['id']}/favourite")
    assert "1 favourite" in (await open_page(network, "/")).text("article.status")
    assert "1 Favorit" in (await open_page(network, "/", language="de")).text("article.status")


async def test_votes_show_at_once(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("?", poll={"options": ["Tea", "Coffee"], "expires_in": 3600})
    assert (await open_page(network, "/")).texts(".poll li") == ["Tea 0%", "Coffee 0%"]
    await bob.post(f"/api/v1/polls/{status['poll']['id']}/votes", json={"choices": [1]})
    assert (await open_page(network, "/")).texts(".poll li") == ["Tea 0%", "Coffee 100%"]
