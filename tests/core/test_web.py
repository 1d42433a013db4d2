"""What request logs hold, and what not."""

import structlog

from tests.network import Network


async def test_logs_never_hold_the_secret_that_an_address_ends_in(network: Network) -> None:
    with structlog.testing.capture_logs() as lines:
        await network.http.get("/setup/a-secret-token")
        await network.http.get("/invite/a-secret-code")
    assert [line["path"] for line in lines if line["event"] == "request"] == ["/setup/…", "/invite/…"]
    assert "a-secret" not in str(lines)
