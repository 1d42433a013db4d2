"""Kill -9 of any process, at any time, loses no acknowledged status and no reaction to it."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest

from rostra.core import postgres
from tests.conformance.watch import look_at
from tests.operating.members import people
from tests.operating.running import Rostra, wait_until_gone

pytestmark = pytest.mark.slow

STATUSES = 60
KILL_AFTER = 20
WRITERS = 4


@pytest.mark.parametrize("victim", ["web 1", "worker", "postgres", "supervisor", "everything"])
async def test_no_acknowledged_status_is_lost_when_a_process_is_killed(tmp_path: Path, victim: str) -> None:
    data = tmp_path / "data"
    with Rostra(data, ROSTRA_RATE_LIMITS="false") as rostra:
        await asyncio.to_thread(rostra.wait_until_ready)
        tokens = await people(data, "alice", "bob", "carol")
        writing = asyncio.create_task(_burst(rostra.port, tokens["alice"]))
        await _kill_in_the_middle(rostra, victim, writing)
        acknowledged = await writing
        if victim not in ("supervisor", "everything"):
            await _check(rostra, data, tokens, acknowledged)
            return
    with Rostra(data, port=rostra.port, ROSTRA_RATE_LIMITS="false") as again:
        await asyncio.to_thread(again.wait_until_ready)
        await _check(again, data, tokens, acknowledged)


async def _burst(port: int, token: str) -> list[str]:
    """Publish from several connections at once; ids of what the server acknowledged."""
    acknowledged: list[str] = []
    numbers = iter(range(STATUSES))

    async def write() -> None:
        headers = {"Authorization": f"Bearer {token}"}
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=10
        ) as client:
            for number in numbers:
                try:
                    answer = look_at(
                        await client.post("/api/v1/statuses", json={"status": f"{number}: hello @bob"})
                    )
                except httpx.TransportError:
                    await asyncio.sleep(0.05)
                    continue
                if answer.status_code == 200:
                    acknowledged.append(answer.json()["id"])
                else:
                    await asyncio.sleep(0.05)

    _burst_progress[port] = acknowledged
    await asyncio.gather(*(write() for _ in range(WRITERS)))
    return acknowledged


_burst_progress: dict[int, list[str]] = {}


async def _kill_in_the_middle(rostra: Rostra, victim: str, writing: "asyncio.Task[list[str]]") -> None:
    while len(_burst_progress.get(rostra.port, ())) < KILL_AFTER:
        assert not writing.done()
        await asyncio.sleep(0.005)
    children = rostra.children()
    if victim in children:
        os.kill(children[victim], signal.SIGKILL)
        return
    for pid in [rostra.process.pid] if victim == "supervisor" else [rostra.process.pid, *children.values()]:
        os.kill(pid, signal.SIGKILL)
    await asyncio.to_thread(rostra.process.wait)
    await asyncio.to_thread(wait_until_gone, *children.values())


async def _check(rostra: Rostra, data: Path, tokens: dict[str, str], acknowledged: list[str]) -> None:
    await asyncio.to_thread(rostra.get_in_time, "/api/v1/timelines/public")
    await _caught_up(postgres.start(data).url)
    assert len(acknowledged) >= KILL_AFTER
    for name in ("alice", "bob", "carol"):
        home = await _all(rostra, "/api/v1/timelines/home", tokens[name])
        missing = set(acknowledged) - {status["id"] for status in home}
        assert not missing, f"{len(missing)} of {len(acknowledged)} are not in the feed of {name}"
    heard = await _all(rostra, "/api/v1/notifications", tokens["bob"])
    mentions = [item["status"]["id"] for item in heard if item["type"] == "mention"]
    assert len(mentions) == len(set(mentions)), "a notification came twice"
    assert not set(acknowledged) - set(mentions)


async def _caught_up(url: str) -> None:
    """Wait until all reactions have run."""
    async with asyncio.timeout(90), await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while True:
            rows = await connection.execute(
                "select (select count(*) from events) + (select count(*) from jobs where failed_at is null)"
            )
            if await rows.fetchone() == (0,):
                return
            await asyncio.sleep(0.1)


async def _all(rostra: Rostra, path: str, token: str) -> list[Any]:
    """All pages of a list."""
    found: list[Any] = []
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{rostra.port}", headers=headers, timeout=20
    ) as client:
        url: str | None = f"{path}?limit=40"
        while url:
            answer = look_at(await client.get(url))
            assert answer.status_code == 200, answer.text
            found += answer.json()
            url = answer.links.get("next", {}).get("url")
    return found
