"""The floor: what this machine can do at all. A bare ASGI handler that does one indexed feed query
with psycopg and joins cached bytes: no token, no access rule, no flags, no framework.

    python -m bench.floor CONNINFO PORT WORKERS
"""

import os
import random
import sys
from typing import Any

import uvloop
from granian.constants import Interfaces
from granian.server.embed import Server
from psycopg.rows import tuple_row
from psycopg_pool import AsyncConnectionPool

from bench.seed import MEMBERS

_FEED = """
select status_id from feed_entries where account_id = %s order by status_id desc limit 20
"""


async def serve(conninfo: str, port: int) -> None:
    pool = AsyncConnectionPool(conninfo, min_size=6, max_size=6, open=False, kwargs={"autocommit": True})
    await pool.open(wait=True)
    fragment = b'{"id":"0","content":"' + b"x" * 1600 + b'"}'
    cached: dict[int, bytes] = {}
    base = 100_000 << 24

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        account_id = base + (random.randrange(MEMBERS) << 20)
        async with pool.connection() as connection, connection.cursor(row_factory=tuple_row) as cursor:
            await cursor.execute(_FEED, (account_id,))
            rows = await cursor.fetchall()
        body = b"[" + b",".join([cached.setdefault(row[0], fragment) for row in rows]) + b"]"
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    server = Server(
        app, address="127.0.0.1", port=port, interface=Interfaces.ASGINL, log_enabled=False, backpressure=256
    )
    await server.serve()


def main() -> None:
    conninfo, port, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    for _ in range(workers - 1):
        if os.fork() == 0:
            break
    uvloop.run(serve(conninfo, port))


if __name__ == "__main__":
    main()
