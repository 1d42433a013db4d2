"""Uploads in, safe pictures out.

Image decoders are the most attacked code of a social network, so each upload is decoded in a child
process of its own: it has no environment, no open files, little memory and time, and it ends with
the picture (sandbox.py). It costs about 0.2 s to start, and nothing while nobody uploads. No other
process ever imports the image libraries.
"""

import asyncio
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from tempfile import TemporaryFile
from typing import IO

import msgspec
import structlog

from rostra.core.errors import Unavailable
from rostra.media.pictures import Picture, Purpose, Refusal, UnusableFile

SANDBOX = (sys.executable, "-I", "-m", "rostra.media.sandbox")
SECONDS = 30
"""Longest time that one picture may take, waiting for its turn not counted."""
AT_ONCE = 1
"""Pictures that one process has decoded at the same time; bounds memory together with the sandbox."""
WAITING = 8
"""Pictures that may wait for their turn in one process, each with its upload in memory."""

_ENDED_BY_LIMIT = (signal.SIGKILL, signal.SIGXCPU, signal.SIGXFSZ)

log = structlog.get_logger()

_pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pictures")
_underway: set[asyncio.Future[Picture]] = set()


async def process(data: bytes, purpose: Purpose) -> Picture:
    """Decode `data`, whatever it claims to be, and encode what `purpose` needs.

    Raises:
        UnusableFile: it is no picture that we take, or too large, damaged or made to exhaust us.
        Unavailable: too many pictures wait already.
    """
    if not data:
        raise UnusableFile(Refusal("empty"))
    if len(_underway) >= AT_ONCE + WAITING:
        raise Unavailable("Too many pictures are being processed. Please try again in a minute.")
    future = asyncio.get_running_loop().run_in_executor(_pool, _process, data, purpose)
    _underway.add(future)
    future.add_done_callback(_underway.discard)
    return await future


def _process(data: bytes, purpose: Purpose) -> Picture:
    # Answers go through files, since the sandbox limits the size of files that the child writes.
    # The environment is empty: ours may hold settings with secrets.
    with TemporaryFile() as answer, TemporaryFile() as complaints:
        try:
            run = subprocess.run(
                [*SANDBOX, purpose],
                input=data,
                stdout=answer,
                stderr=complaints,
                env={"MALLOC_ARENA_MAX": "2", "VIPS_CONCURRENCY": "2"},
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UnusableFile(Refusal("effort")) from None
        if run.returncode != 0:
            raise _explain(run.returncode, complaints)
        answer.seek(0)
        return _read_answer(answer.read())


def _read_answer(answer: bytes) -> Picture:
    decoded = msgspec.msgpack.decode(answer, type=Picture | Refusal)
    if isinstance(decoded, Refusal):
        raise UnusableFile(decoded)
    return decoded


def _explain(returncode: int, complaints: IO[bytes]) -> UnusableFile:
    """Ended by a limit, crashed in a decoder, or (positive code) failed in our own code."""
    if returncode > 0:
        complaints.seek(0)
        log.error(
            "picture.sandbox_failed", code=returncode, stderr=complaints.read(4000).decode(errors="replace")
        )
    return UnusableFile(Refusal("effort" if -returncode in _ENDED_BY_LIMIT else "damaged"))
