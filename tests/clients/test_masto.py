"""masto from npm, which web apps like Elk and Phanpy are built on, drives a live server: REST and streaming.

Each file in masto/groups goes through a group of methods. It runs in Node, with three members who are
signed in; what it finds wrong is printed and ends it with an error.
"""

import asyncio
import json

import pytest

from tests.clients import javascript
from tests.clients.support import quiet
from tests.network import Network

GROUPS = sorted(path.stem for path in (javascript.FOLDER / "groups").glob("*.mjs"))


@pytest.fixture(scope="module", autouse=True)
def packages() -> None:
    try:
        javascript.install()
    except javascript.NotInstalled as error:
        pytest.skip(f"npm can't install masto: {error}")


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
async def test_masto_works_with_a_live_server(live: Network, group: str) -> None:
    people = await live.people("alice", "bob", "carol")
    start = {
        "url": live.settings.base_url,
        "people": {person.name: {"id": person.id, "token": person.token} for person in people},
    }
    process = await asyncio.create_subprocess_exec(
        javascript.NODE,
        "run.mjs",
        group,
        cwd=javascript.FOLDER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(120):
            said, _ = await asyncio.gather(_errors(process), _serve(live, process, start))
            ended = await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
    assert ended == 0, said


async def _serve(network: Network, process: asyncio.subprocess.Process, start: object) -> None:
    """Tell the group where it is, and let the network come to rest whenever it asks for that."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(start).encode() + b"\n")
    while line := await process.stdout.readline():
        assert json.loads(line) == {"settle": True}
        await quiet(network)
        process.stdin.write(b"done\n")


async def _errors(process: asyncio.subprocess.Process) -> str:
    assert process.stderr is not None
    return (await process.stderr.read()).decode()[-3000:]
