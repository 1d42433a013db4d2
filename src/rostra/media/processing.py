"""Uploads in, safe pictures, films and sounds out.

Decoders are the most attacked code of a social network, so each upload is read in a child process of
its own: it has no environment, no files but the upload, little memory and time, and it ends with the
result (sandbox.py). It costs some 0.3 s to start, and nothing while nobody uploads. No other process
ever imports the libraries for pictures and films.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

import msgspec
import structlog

from rostra.core.errors import Unavailable
from rostra.media import emojis, films
from rostra.media.emojis import EmojiPicture
from rostra.media.films import Film, Glance
from rostra.media.pictures import Animation, Picture, Purpose, Refusal, UnusableFile

SANDBOX = (sys.executable, "-I", "-m", "rostra.media.sandbox")
SECONDS = 30
"""Longest time that one picture may take, waiting for its turn not counted."""
AT_ONCE = 1
"""Pictures that one process has decoded at the same time; bounds memory together with the sandbox."""
WAITING = 8
"""Uploads that may wait for their turn in one process."""
ENVIRONMENT = {"MALLOC_ARENA_MAX": "2", "VIPS_CONCURRENCY": "2", "OPENBLAS_NUM_THREADS": "1"}
"""All that the child knows: our own environment may hold settings with secrets."""

Upload = bytes | IO[bytes]
"""A file that somebody sent; large ones are on the disk."""
Found = Picture | Animation | Glance
A = TypeVar("A")
_FOUND: "msgspec.msgpack.Decoder[Found | Refusal]" = msgspec.msgpack.Decoder(Found | Refusal)
_EMOJIS: "msgspec.msgpack.Decoder[list[EmojiPicture | Refusal] | Refusal]" = msgspec.msgpack.Decoder(
    list[EmojiPicture | Refusal] | Refusal
)
_FILM: "msgspec.msgpack.Decoder[Film | Refusal]" = msgspec.msgpack.Decoder(Film | Refusal)
ANSWER_BYTES = 64 * 1024**2

_ENDED_BY_LIMIT = (signal.SIGKILL, signal.SIGXCPU, signal.SIGXFSZ)

log = structlog.get_logger()

_pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pictures")
_underway: set[asyncio.Future[Any]] = set()


async def look(upload: Upload) -> Found:
    """An upload for a status: the picture that becomes of it, or the kind of film that will.

    Raises:
        UnusableFile: it is nothing that we take, or too large, damaged or made to exhaust us.
        Unavailable: too many uploads wait already.
    """
    return await _in_turn(upload, "attachment")


async def process(upload: Upload, purpose: Purpose) -> Picture:
    """Decode a picture, whatever it claims to be, and encode what `purpose` needs.

    Raises:
        UnusableFile: it is no picture that we take, or too large, damaged or made to exhaust us.
        Unavailable: too many uploads wait already.
    """
    found = await _in_turn(upload, purpose)
    if not isinstance(found, Picture):
        raise UnusableFile(Refusal("kind"))
    return found


async def read_emojis(files: Sequence[bytes]) -> list[EmojiPicture | Refusal]:
    """What becomes of each of `files`, at most `emojis.BATCH`; one that ends its process spoils no other.

    Raises:
        Unavailable: too many uploads wait already.
    """
    assert len(files) <= emojis.BATCH
    packed = msgspec.msgpack.encode(files)
    try:
        return await _wait_for_turn(lambda: _run_child(packed, "emojis", _EMOJIS))
    except UnusableFile as error:
        if len(files) == 1:
            return [Refusal(error.reason)]
        return [found for file in files for found in await read_emojis([file])]


async def convert(upload: Path, output: IO[bytes]) -> Film:
    """Write the film or sound in `upload` to `output`, as everybody can play it; takes seconds to minutes.

    Given up, it ends at once.

    Raises:
        UnusableFile: it can't be used.
        Unavailable: the disk is full.
        FileNotFoundError: `upload` is gone.
    """
    with upload.open("rb") as file, TemporaryFile() as answer, TemporaryFile() as complaints:
        command = [*SANDBOX, "film", str(os.getpid()), str(output.fileno())]
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=file,
            stdout=answer,
            stderr=complaints,
            env=ENVIRONMENT,
            pass_fds=(output.fileno(),),
        )
        try:
            async with asyncio.timeout(films.SECONDS):
                code = await process.wait()
        except TimeoutError:
            raise UnusableFile(Refusal("effort")) from None
        finally:
            with suppress(ProcessLookupError):
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        try:
            return _read_answer(code, answer, complaints, _FILM)
        except UnusableFile as error:
            if error.reason == "space":
                raise Unavailable(error.message) from None
            raise


async def _in_turn(upload: Upload, purpose: Purpose) -> Found:
    if _is_empty(upload):
        raise UnusableFile(Refusal("empty"))
    return await _wait_for_turn(lambda: _run_child(upload, purpose, _FOUND))


async def _wait_for_turn(work: Callable[[], A]) -> A:
    if len(_underway) >= AT_ONCE + WAITING:
        raise Unavailable("Too many files are being processed. Please try again in a minute.")
    future = asyncio.get_running_loop().run_in_executor(_pool, work)
    _underway.add(future)
    future.add_done_callback(_underway.discard)
    return await future


def _is_empty(upload: Upload) -> bool:
    if isinstance(upload, bytes):
        return not upload
    return upload.seek(0, os.SEEK_END) == 0


def _run_child(upload: Upload, purpose: str, decoder: "msgspec.msgpack.Decoder[A | Refusal]") -> A:
    # Files instead of pipes: the sandbox limits what the child writes, and it can look around in an upload.
    with TemporaryFile() as answer, TemporaryFile() as complaints, TemporaryFile() as copy:
        if isinstance(upload, bytes):
            copy.write(upload)
        file = copy if isinstance(upload, bytes) else upload
        file.flush()
        file.seek(0)
        try:
            run = subprocess.run(
                [*SANDBOX, purpose, str(os.getpid())],
                stdin=file,
                stdout=answer,
                stderr=complaints,
                env=ENVIRONMENT,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise UnusableFile(Refusal("effort")) from None
        return _read_answer(run.returncode, answer, complaints, decoder)


def _read_answer(
    code: int, answer: IO[bytes], complaints: IO[bytes], decoder: "msgspec.msgpack.Decoder[A | Refusal]"
) -> A:
    """What the child answered.

    Raises:
        UnusableFile: it refused, was ended by a limit, or crashed in a decoder.
    """
    if code > 0:  # it failed in our own code
        complaints.seek(0)
        log.error(
            "media.sandbox_failed", code=code, stderr=complaints.read()[-4000:].decode(errors="replace")
        )
    if code != 0:
        raise UnusableFile(Refusal("effort" if -code in _ENDED_BY_LIMIT else "damaged"))
    answer.seek(0)
    decoded = decoder.decode(answer.read(ANSWER_BYTES))
    if isinstance(decoded, Refusal):
        raise UnusableFile(decoded)
    return decoded
