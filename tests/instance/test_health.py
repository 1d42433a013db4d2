"""Watching the server."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec

from rostra.core.site import Site
from tests.network import Network


async def test_a_server_that_reaches_its_database_is_up(network: Network) -> None:
    response = await network.http.get("/health")
    assert (response.status_code, response.text) == (200, "OK")
    response = await network.http.get("/health", headers={"Accept": "application/json"})
    assert (response.status_code, response.json()) == (200, {"status": "UP"})


async def test_a_server_without_its_database_is_down(network: Network) -> None:
    await network.services.db.close()
    response = await network.http.get("/health")
    assert (response.status_code, response.text) == (503, "DOWN")
    metrics = await network.http.get("/metrics")
    assert metrics.status_code == 200
    assert "rostra_database_up 0.0" in metrics.text


async def test_metrics_show_requests_and_what_waits(network: Network) -> None:
    alice = await network.person("alice")
    before = value((await network.http.get("/metrics")).text, "rostra_events")
    await alice.post("/api/v1/statuses", json={"status": "one"})
    text = (await network.http.get("/metrics")).text
    assert value(text, "rostra_events") == before + 1
    assert value(text, "rostra_jobs_failed") == 0
    assert value(text, 'rostra_requests_total{door="api",status="200"}') >= 1
    assert "alice" not in text


def value(text: str, name: str) -> float:
    """The value of a metric."""
    (line,) = [line for line in text.splitlines() if line.startswith(f"{name} ")]
    return float(line.rpartition(" ")[2])


async def test_metrics_are_for_this_machine_and_networks_that_a_setting_names(network: Network) -> None:
    async def status_for(address: str, **changes: Any) -> int:
        settings = msgspec.structs.replace(network.services.settings, **changes)
        other = Network(dataclasses.replace(network.services, site=Site(settings)))
        response = await other.http.get("/metrics", headers={"X-Forwarded-For": address})
        await other.close()
        return response.status_code

    assert await status_for("10.1.2.3") == 404
    assert await status_for("not an address") == 404
    assert await status_for("::1") == 200
    ours = "10.0.0.0/8 fd00::/8"
    assert await status_for("10.1.2.3", metrics_networks=ours) == 200
    assert await status_for("fd00::7", metrics_networks=ours) == 200
    assert await status_for("11.1.2.3", metrics_networks=ours) == 404
    assert await status_for("11.1.2.3", metrics_networks="nonsense") == 404


def test_processes_that_share_a_folder_are_counted_together(tmp_path: Path) -> None:
    environment = os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    count = "from rostra.core.web import REQUESTS; REQUESTS.labels('api', 200).inc();"
    show = "from rostra.api import health; from prometheus_client import generate_latest as text;"
    show += " print(text(health._process_metrics()).decode())"
    subprocess.run([sys.executable, "-c", count], env=environment, check=True)
    shown = subprocess.run(
        [sys.executable, "-c", count + show], env=environment, check=True, capture_output=True, text=True
    )
    assert value(shown.stdout, 'rostra_requests_total{door="api",status="200"}') == 2
