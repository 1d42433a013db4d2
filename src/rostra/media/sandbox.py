"""The child process that reads one upload: the file on standard input, the answer on standard output.

    python -I -m rostra.media.sandbox PURPOSE PARENT [OUTPUT] < upload > answer

PURPOSE is what a picture is for, `film`, which writes to the open file OUTPUT, or `emojis`, for a list
of small pictures in MessagePack. The answer is a struct in MessagePack: a `Picture`, `Animation`,
`Glance`, `Film` or `Refusal`; or a list of `EmojiPicture` and `Refusal`. The limits are set before any
byte is read. Once all code is loaded no file and no connection can be opened any more,
whatever an upload names. The process ends with its parent, whose id is PARENT.
"""

import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import msgspec

from rostra.core import processes
from rostra.media import films
from rostra.media.kinds import HEAD_BYTES, recognise
from rostra.media.pictures import Purpose, Refusal

MEMORY_BYTES = 1024**3
"""Address space. The largest AVIF that is taken (50 megapixels) needs 0.9 GiB, all others less."""
CPU_SECONDS = 20
ANSWER_BYTES = 64 * 1024**2
FILM_MEMORY_BYTES = 2 * 1024**3
"""The same for films: HEVC of 8 megapixels in 10 bits, decoded and encoded in two threads, needs 1.3 GiB."""
UPLOAD, ANSWER = 0, 1


def main() -> None:
    """Read, decode, answer."""
    purpose = msgspec.convert(sys.argv[1], Purpose | Literal["film", "emojis"])
    processes.end_with_parent(signal.SIGKILL, int(sys.argv[2]))()
    limit_resources(purpose)
    try:
        match purpose:
            case "film":
                answer = _film(int(sys.argv[3]))
            case "emojis":
                answer = _emojis()
            case _:
                answer = _picture(purpose)
    except MemoryError:
        answer = Refusal("effort")
    with open(ANSWER, "wb", closefd=False) as file:
        file.write(msgspec.msgpack.encode(answer))


def limit_resources(purpose: str = "attachment") -> None:
    """Give up, for good, all that the work doesn't need."""
    with suppress(OSError):
        # When memory runs out, the kernel takes this process first.
        Path("/proc/self/oom_score_adj").write_text("1000")
    is_film = purpose == "film"
    os.nice(10 if is_film else 5)
    for kind, limit in (
        (resource.RLIMIT_AS, FILM_MEMORY_BYTES if is_film else MEMORY_BYTES),
        (resource.RLIMIT_CPU, films.SECONDS * 2 if is_film else CPU_SECONDS),
        (resource.RLIMIT_FSIZE, films.OUTPUT_BYTES if is_film else ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


def close_the_door() -> None:
    """Let nothing be opened from now on: no file, no pipe, no connection."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _picture(purpose: Purpose) -> Any:
    kind = recognise(os.pread(UPLOAD, HEAD_BYTES, 0))
    if kind is None or (kind.family == "film" and purpose != "attachment"):
        return Refusal("kind")
    # Only now: from here on, code runs that an upload may have taken over.
    if kind.family == "film":
        from rostra.media.sandboxed import glance, inputs

        inputs.load_all()
        close_the_door()
        return glance.glance(UPLOAD)
    from rostra.media.sandboxed import renditions

    if kind.reader == "heic":
        from rostra.media.sandboxed import heif

        decode = heif.decode
    else:
        decode = None
    close_the_door()
    data = os.pread(UPLOAD, os.fstat(UPLOAD).st_size, 0)
    return (
        renditions.render(data, purpose) if decode is None else renditions.render_heif(decode(data), purpose)
    )


def _film(output: int) -> Any:
    from rostra.media.sandboxed import conversion, inputs

    inputs.load_all()
    close_the_door()
    return conversion.convert(UPLOAD, output)


def _emojis() -> Any:
    files = msgspec.msgpack.decode(os.pread(UPLOAD, os.fstat(UPLOAD).st_size, 0), type=list[bytes])
    from rostra.media.sandboxed import emojis, inputs

    inputs.load_all()
    prepared = emojis.prepare(files)
    close_the_door()
    return emojis.render_all(prepared)


if __name__ == "__main__":
    main()
