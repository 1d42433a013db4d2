"""The child process that decodes one picture: upload on standard input, answer on standard output.

    python -I -m rostra.media.sandbox PURPOSE < upload > answer

The answer is a `Picture` or a `Refusal` in MessagePack. The limits are set before any byte is read.
"""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from rostra.media.pictures import Purpose, Refusal

MEMORY_BYTES = 1024**3
"""Address space. The largest AVIF that is taken (50 megapixels) needs 0.9 GiB, all others less."""
CPU_SECONDS = 20
ANSWER_BYTES = 64 * 1024**2


def main() -> None:
    """Read, decode, answer."""
    purpose = msgspec.convert(sys.argv[1], Purpose)
    limit_resources()
    data = sys.stdin.buffer.read()

    # Only now: from here on, code runs that an upload may have taken over.
    from rostra.media import renditions

    try:
        answer = renditions.render(data, purpose)
    except MemoryError:
        answer = Refusal("effort")
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


def limit_resources() -> None:
    """Give up, for good, all that decoding one picture doesn't need."""
    with suppress(OSError):
        # When memory runs out, the kernel takes this process first.
        Path("/proc/self/oom_score_adj").write_text("1000")
    os.nice(5)
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


if __name__ == "__main__":
    main()
