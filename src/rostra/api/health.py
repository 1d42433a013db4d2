"""For those who watch the server: `/health` and `/metrics`, outside of tokens and rate limits.

Prometheus asks one address, and any web process may answer. So that the answer counts for all of them,
they share their counters through files: `prometheus_client`'s multiprocess mode, which is on when
`PROMETHEUS_MULTIPROC_DIR` names a folder (emptied before the first of them starts). Without it a
process shows its own. What only the database knows is asked at the time.
"""

import asyncio
import ipaddress
import os

import psycopg
import structlog
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, Gauge, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from rostra.core import jobs
from rostra.core.db import Database, fetch_value
from rostra.core.errors import RostraError
from rostra.core.services import Services
from rostra.core.web import client_address

PATIENCE = 3  # seconds
log = structlog.get_logger()


async def health(request: Request) -> Response:
    """Whether this process answers and reaches the database.

    Mastodon's documentation has JSON (https://docs.joinmastodon.org/methods/health/), but what it really
    answers is `OK`, and programs compare with that: so JSON is for those who ask for it.
    """
    services: Services = request.app.state.services
    up = await _reaches(services.db)
    status, headers = 200 if up else 503, {"Cache-Control": "no-store"}
    if "json" in request.headers.get("accept", ""):
        return JSONResponse({"status": "UP" if up else "DOWN"}, status, headers)
    return PlainTextResponse("OK" if up else "DOWN", status, headers)


async def metrics(request: Request) -> Response:
    """Counters in Prometheus' text format, for this machine and the networks of `metrics_networks`."""
    services: Services = request.app.state.services
    if not _may_watch(client_address(request.scope), services.settings.metrics_networks):
        return JSONResponse({"error": "Record not found"}, 404)
    text = generate_latest(_process_metrics()) + generate_latest(await _database_metrics(services.db))
    return Response(text, headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"})


routes: list[BaseRoute] = [Route("/health", health), Route("/metrics", metrics)]


async def _reaches(database: Database) -> bool:
    try:
        async with asyncio.timeout(PATIENCE), database.connection() as tx:
            return await fetch_value(tx, "select true")
    except (TimeoutError, psycopg.Error, RostraError) as error:
        log.warning("health.database", error=type(error).__name__)
        return False


def _may_watch(address: str, networks: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
        return ip.is_loopback or any(ip in ipaddress.ip_network(network) for network in networks.split())
    except ValueError as error:
        log.warning("metrics.networks", error=str(error))
        return False


def _process_metrics() -> CollectorRegistry:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


async def _database_metrics(database: Database) -> CollectorRegistry:
    registry = CollectorRegistry()
    up = Gauge("rostra_database_up", "Whether the database answers", registry=registry)
    try:
        async with asyncio.timeout(PATIENCE), database.connection() as tx:
            backlog = await jobs.backlog(tx)
    except (TimeoutError, psycopg.Error, RostraError):
        return registry
    up.set(1)
    for name, text, value in (
        ("events", "Events that no job follows from yet", backlog.events),
        ("jobs_due", "Jobs that wait for a worker", backlog.due),
        ("jobs_later", "Jobs that run, or whose time has not come", backlog.later),
        ("jobs_failed", "Jobs that were given up", backlog.failed),
        ("jobs_oldest_seconds", "Age of what has waited longest for a worker", backlog.oldest_seconds),
    ):
        Gauge(f"rostra_{name}", text, registry=registry).set(value)
    return registry
