"""How fast uploads become pictures and films: by the same child processes as in the network, one at a time.

A picture is a photo of 12 megapixels. A film has 10 seconds of 1920 x 1080 at 30 frames a second, and is
encoded anew or copied: times 10 is how many seconds of film are made in a second.
"""

import asyncio
import io
import tempfile
import time
from collections.abc import Awaitable, Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pyvips

from rostra.media import processing

FILM_SECONDS = 10
SIZE = (1920, 1080)
PHOTO_SIZE = (4000, 3000)


def measure(seconds: float) -> dict[str, dict[str, float]]:
    """A run for each kind, as those of requests are; `bytes_each` is what was uploaded."""
    return asyncio.run(_measure(seconds))


async def _measure(seconds: float) -> dict[str, dict[str, float]]:
    photo = _photo()
    runs = {"picture": await _run(lambda: processing.process(photo, "attachment"), seconds, len(photo))}
    with tempfile.TemporaryDirectory(prefix="rostra-bench-media-") as folder:
        films = {
            "encoded": _film(Path(folder) / "encoded", "libvpx", "webm"),
            "copied": _film(Path(folder) / "copied", "libx264", "mp4"),
        }
        for name, path in films.items():
            runs[name] = await _run(lambda path=path: _convert(path), seconds, path.stat().st_size)
    return runs


async def _run(act: Callable[[], Awaitable[Any]], seconds: float, size: int) -> dict[str, float]:
    begin = time.perf_counter()
    took: list[float] = []
    while time.perf_counter() - begin < seconds:
        start = time.perf_counter()
        await act()
        took.append((time.perf_counter() - start) * 1000)
    took.sort()
    return {
        "per_second": round(len(took) / (time.perf_counter() - begin), 3),
        "p50_ms": round(took[len(took) // 2], 2),
        "p99_ms": round(took[int(len(took) * 0.99)], 2),
        "bytes_each": size,
        "failed": 0,
    }


async def _convert(path: Path) -> None:
    with tempfile.TemporaryFile() as output:
        await processing.convert(path, output)


def _photo() -> bytes:
    """12 megapixels of noise on a gradient, as a JPEG."""
    noise = pyvips.Image.gaussnoise(*PHOTO_SIZE, sigma=12, mean=0)
    gradient = pyvips.Image.identity(bands=3).resize(PHOTO_SIZE[0] / 256, vscale=PHOTO_SIZE[1])
    image = (gradient + noise).cast("uchar")
    return image.copy(interpretation="srgb").jpegsave_buffer(Q=90)


def _film(path: Path, codec: str, container: str) -> Path:
    """Moving noise in front of a gradient, with silence."""
    buffer = io.BytesIO()
    random = np.random.default_rng(1)
    ground = np.linspace(0, 255, SIZE[0]).astype(np.uint8)[None, :, None].repeat(SIZE[1], 0).repeat(3, 2)
    with av.open(buffer, "w", format=container) as output:
        options = {"preset": "ultrafast", "deadline": "realtime"}
        video: Any = output.add_stream(codec, rate=30, options=options)
        video.width, video.height, video.pix_fmt, video.bit_rate = *SIZE, "yuv420p", 8_000_000
        for number in range(FILM_SECONDS * 30):
            pixels = ground.copy()
            at = number * 6 % (SIZE[0] - 480)
            pixels[200:680, at : at + 480] = random.integers(0, 255, (480, 480, 3), np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 30)
            output.mux(video.encode(frame))
        output.mux(video.encode(None))
    path.write_bytes(buffer.getvalue())
    return path
