"""`rostra announce`."""

import asyncio

import msgspec
import pytest

from rostra.cli.announcements import announce
from rostra.cli.errors import StartError
from tests.network import Network


async def test_the_operator_announces_from_the_command_line(
    network: Network, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    alice = await network.person("alice")
    settings = msgspec.structs.replace(network.settings, database_url=database)
    await asyncio.to_thread(announce, settings, "Fog tonight")
    (found,) = await alice.get("/api/v1/announcements")
    assert found["content"] == "<p>Fog tonight</p>"
    assert "/settings/announcements" in capsys.readouterr().out
    with pytest.raises(StartError, match="can't be blank"):
        await asyncio.to_thread(announce, settings, " ")
