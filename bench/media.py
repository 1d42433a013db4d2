"""How fast uploads become pictures and films: by the same child processes as in the network, one at a time.

The film is 1920 x 1080 at 30 frames a second: encoded anew, and copied.
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


def measure(seconds: float) -> dict[str, float]:
    """Pictures a second, and seconds of film a second."""
    return asyncio.run(_measure(seconds))


async def _measure(seconds: float) -> dict[str, float]:
    photo = _photo()
    pictures = await _rate(lambda: processing.process(photo, "attachment"), seconds)
    with tempfile.TemporaryDirectory(prefix="rostra-bench-media-") as folder:
        films = {
            "film_seconds_encoded_per_second": _film(Path(folder) / "encoded", "libvpx", "webm"),
            "film_seconds_copied_per_second": _film(Path(folder) / "copied", "libx264", "mp4"),
        }
        rates = {
            name: round(FILM_SECONDS * await _rate(lambda path=path: _convert(path), seconds), 2)
            for name, path in films.items()
        }
    return {"pictures_per_second": round(pictures, 2), **rates}


async def _rate(act: Callable[[], Awaitable[Any]], seconds: float) -> float:
    begin, count = time.perf_counter(), 0
    while time.perf_counter() - begin < seconds:
        await act()
        count += 1
    return count / (time.perf_counter() - begin)


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
