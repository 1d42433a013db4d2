"""Measures Rostra on a seeded network, beside a bare floor on the same machine in the same run.

    bin/bench [NAME…] [--json] [--seconds N] [--statuses N]

Names: home public status profile publish notifications unread media streams cards search

Only ratios between lines of one run mean anything: load generator, server and database share the
machine. Memory is PSS: pages that processes share are counted once.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import uvloop

from bench import cards, load, media, notifications, processes, search, streams
from bench.load import Result, request
from bench.seed import MEMBERS, Seeded, seed
from rostra.core import postgres
from rostra.core.migrate import migrate

WORKERS = 2
NAMES = (
    "home",
    "public",
    "status",
    "profile",
    "publish",
    "notifications",
    "unread",
    "media",
    "streams",
    "cards",
    "search",
)
APART = ("media", "streams", "cards", "search")
"""What is not asked for again and again over some connections."""


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="rostra-bench-") as folder:
        Path(folder).chmod(0o755)
        names: list[str] = options.names or list(NAMES)
        report: dict[str, Any] = {}
        if set(names) - {"search"}:
            report = _measure(Path(folder), names, options.seconds)
        if "search" in names:
            report["search"] = search.measure(Path(folder), options.statuses)
    if options.json:
        json.dump(report, sys.stdout, indent=2)
        print()
    else:
        _print(report)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="NAME", help=" ".join(NAMES))
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--seconds", type=float, default=8, help="length of each run")
    parser.add_argument("--statuses", type=int, default=1_000_000, help="how many to search")
    return parser.parse_args()


def _measure(folder: Path, names: list[str], seconds: float) -> dict[str, Any]:
    if names == ["media"]:  # asks no server
        return {"media": media.measure(seconds)}
    data = folder / "data"
    data.mkdir()
    begin = time.monotonic()
    database = postgres.start(data)
    migrate(database.url)
    seeded = seed(database.url)
    if {"notifications", "unread"} & set(names):
        notifications.prepare(database.url, MEMBERS)
    url = database.url
    database.stop()
    print(f"seeded in {time.monotonic() - begin:.0f} s", file=sys.stderr)
    report: dict[str, Any] = {}
    port, streaming_port = processes.free_port(), processes.free_port()
    server = processes.start_rostra(data, port, WORKERS, streaming_port)
    try:
        time.sleep(3)
        report["memory_idle_mib"] = processes.memory(server.pid)
        report["runs"] = _run_all(url, port, seeded, names, seconds)
        report["memory_after_mib"] = processes.memory(server.pid)
        if "media" in names:
            report["media"] = media.measure(seconds)
        if "streams" in names:
            report["streams"] = streams.measure(server.pid, port, streaming_port, seeded)
        if "cards" in names:
            report["cards"] = cards.measure(url, port, seeded)
    finally:
        processes.stop(server)
    return report


def _run_all(url: str, port: int, seeded: Seeded, names: list[str], seconds: float) -> dict[str, Any]:
    runs: dict[str, Any] = {}
    floor_port = processes.free_port()
    floor = processes.start_floor(url, floor_port, WORKERS)
    try:
        runs["floor"] = _run(floor_port, lambda: request("GET", "/"), seconds)
    finally:
        processes.stop(floor)
    makers: dict[str, Callable[[], bytes]] = {
        "home": lambda: request("GET", "/api/v1/timelines/home", random.choice(seeded.tokens)),
        "public": lambda: request("GET", "/api/v1/timelines/public"),
        "status": lambda: request("GET", f"/api/v1/statuses/{random.choice(seeded.status_ids)}"),
        "profile": lambda: request("GET", f"/@member{random.randrange(MEMBERS)}"),
        "notifications": lambda: request("GET", "/api/v2/notifications", random.choice(seeded.tokens)),
        "unread": lambda: request("GET", "/api/v2/notifications/unread_count", random.choice(seeded.tokens)),
        "publish": lambda: _new_status(random.choice(seeded.tokens)),
    }
    for name in names:
        if name in APART:
            continue
        runs[name] = _run(port, makers[name], seconds)
        if name == "publish":
            runs[name]["feeds_caught_up_seconds"] = _catch_up(url)
    return runs


def _run(port: int, make: Callable[[], bytes], seconds: float) -> dict[str, float]:
    uvloop.run(load.run(port, make, seconds=min(3, seconds)))  # warm caches and prepared statements
    result: Result = uvloop.run(load.run(port, make, seconds=seconds))
    return {
        "per_second": round(result.per_second, 1),
        "p50_ms": round(result.p50, 2),
        "p99_ms": round(result.p99, 2),
        "bytes_each": round(result.bytes_each),
        "failed": result.failed,
    }


def _new_status(token: str) -> bytes:
    body = json.dumps({"status": f"Good morning, harbour! {random.random()} #harbour"}).encode()
    return request("POST", "/api/v1/statuses", token, body, "application/json")


def _catch_up(url: str) -> float:
    """Seconds until all reactions to what was published have run."""
    begin = time.monotonic()
    with psycopg.connect(url, autocommit=True) as connection:
        while time.monotonic() - begin < 300:
            row = connection.execute(
                "select (select count(*) from events) + (select count(*) from jobs where failed_at is null)"
            ).fetchone()
            if row == (0,):
                break
            time.sleep(0.1)
    return round(time.monotonic() - begin, 1)


def _print(report: dict[str, Any]) -> None:
    if "search" in report:
        search.print_report(report["search"])
    runs: dict[str, Any] = report.get("runs", {})
    if not runs and "media" not in report:
        return
    print(f"{'':10}{'per second':>12}{'of floor':>10}{'p50 ms':>9}{'p99 ms':>9}{'bytes':>11}{'failed':>8}")
    for name, run in runs.items():
        floor = f"{run['per_second'] / runs['floor']['per_second']:10.2f}"
        print(_line(name, f"{run['per_second']:12,.0f}{floor}", run))
    for name, run in report.get("media", {}).items():
        print(_line(name, f"{run['per_second']:12,.2f}{'':10}", run))
    if "publish" in runs:
        seconds = report["runs"]["publish"]["feeds_caught_up_seconds"]
        print(f"feeds of published statuses caught up {seconds} s later")
    for part in ("streams", "cards"):
        for name, figure in report.get(part, {}).items():
            print(f"{part}: {name.replace('_', ' ')} {figure}")
    for when in ("idle", "after") if "memory_idle_mib" in report else ():
        held = report[f"memory_{when}_mib"]
        parts = ", ".join(f"{name} {size:.0f}" for name, size in sorted(held.items()))
        print(f"memory {when}: {sum(held.values()):.0f} MiB ({parts})")


def _line(name: str, rates: str, run: dict[str, Any]) -> str:
    times = f"{run['p50_ms']:9.1f}{run['p99_ms']:9.1f}"
    return f"{name:10}{rates}{times}{run['bytes_each']:11,.0f}{run['failed']:8}"


if __name__ == "__main__":
    main()
