"""What all pictures are made of: colours, noise, gradients, drawn shapes, light.

A picture is an array of shape (height, width, 3), sRGB from 0 to 1. A mask has the shape (height,
width). All randomness comes from seeded generators, so each picture is always the same.
"""

from typing import TypeAlias

import numpy as np
import pyvips
from numpy.typing import NDArray

Pixels: TypeAlias = NDArray[np.floating]
"""A picture or a mask."""


def color(code: str) -> Pixels:
    """The colour `#rrggbb` as an array of shape (3,)."""
    return np.array([int(code[start : start + 2], 16) / 255 for start in (1, 3, 5)], np.float32)


def colors(*codes: str) -> Pixels:
    """Colours as an array of shape (n, 3)."""
    return np.stack([color(code) for code in codes])


def ramp(values: Pixels, stops: Pixels, at: list[float] | None = None) -> Pixels:
    """`values` (any shape) as colours: `stops` stand at the positions `at`, evenly from 0 to 1 by default."""
    positions = np.linspace(0, 1, len(stops)) if at is None else np.array(at)
    channels = [np.interp(values, positions, stops[:, channel]) for channel in range(3)]
    return np.stack(channels, -1).astype(np.float32)


def sky(height: int, width: int, stops: Pixels, at: list[float] | None = None) -> Pixels:
    """A vertical gradient from the top (0) to the bottom (1)."""
    column = ramp(np.linspace(0, 1, height, dtype=np.float32), stops, at)
    return np.repeat(column[:, None, :], width, axis=1)


def grid(height: int, width: int) -> tuple[Pixels, Pixels]:
    """Coordinates (y, x) of all pixels, from 0 to 1 on each axis."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    return y / height, x / width


def noise(height: int, width: int, cells: tuple[float, float], seed: int, octaves: int = 5) -> Pixels:
    """Fractal noise from 0 to 1, mean about 0.5; `cells` are those of the first octave, down and across."""
    random = np.random.default_rng(seed)
    total, weight = np.zeros((height, width), np.float32), 0.0
    for octave in range(octaves):
        rows = max(2, min(height, round(cells[0] * 2**octave) + 1))
        columns = max(2, min(width, round(cells[1] * 2**octave) + 1))
        cell_values = random.random((rows, columns), np.float32)
        total += _stretch(cell_values, height, width) / 2**octave
        weight += 1 / 2**octave
    return total / weight


def _stretch(values: Pixels, height: int, width: int) -> Pixels:
    """`values` on a coarse grid, enlarged smoothly."""
    rows, columns = values.shape
    x = np.linspace(0, columns - 1, width, dtype=np.float32)
    y = np.linspace(0, rows - 1, height, dtype=np.float32)
    return _between(_between(values, x, axis=1), y, axis=0)


def _between(values: Pixels, at: Pixels, axis: int) -> Pixels:
    """`values` at the places `at` along `axis`."""
    low = np.clip(at.astype(np.int32), 0, values.shape[axis] - 2)
    share = smoothstep(0, 1, at - low)
    share = share[:, None] if axis == 0 else share[None, :]
    return np.take(values, low, axis) * (1 - share) + np.take(values, low + 1, axis) * share


def line_noise(width: int, cells: float, seed: int, octaves: int = 6) -> Pixels:
    """Fractal noise along a line, from 0 to 1; for horizons."""
    return noise(2, width, (1, cells), seed, octaves)[0]


def mix(under: Pixels, over: Pixels, mask: Pixels | float) -> Pixels:
    """`over` (a picture or one colour) laid upon `under` where `mask` is 1."""
    share = mask[..., None] if isinstance(mask, np.ndarray) else mask
    return under * (1 - share) + over * share


def add_light(under: Pixels, light: Pixels, mask: Pixels) -> Pixels:
    """`under`, brightened by a coloured light as strong as `mask`, without burning out."""
    return 1 - (1 - under) * (1 - np.clip(light * mask[..., None], 0, 1))


def glow(height: int, width: int, at: tuple[float, float], radius: float) -> Pixels:
    """A mask of light around `at` = (y, x), all in parts of the height."""
    y, x = grid(height, width)
    distance = np.hypot(y - at[0], (x - at[1]) * width / height)
    return np.exp(-((distance / radius) ** 2)).astype(np.float32)


def smoothstep(low: float, high: float, values: Pixels) -> Pixels:
    """0 below `low`, 1 above `high`, smooth between (also with `low` > `high`)."""
    part = np.clip((values - low) / (high - low), 0, 1)
    return (part * part * (3 - 2 * part)).astype(np.float32)


def blur(values: Pixels, sigma: float) -> Pixels:
    """A Gaussian blur; `sigma` in pixels."""
    image = pyvips.Image.new_from_array(np.ascontiguousarray(values))
    return np.asarray(image.gaussblur(sigma, precision="float").numpy(), np.float32).reshape(values.shape)


def drawn(body: str, height: int, width: int, box: tuple[float, float]) -> tuple[Pixels, Pixels]:
    """SVG elements `body` in a view box of `box` = (height, width), as a picture and its mask."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {box[1]} {box[0]}" preserveAspectRatio="none">{body}</svg>'
    )
    image = pyvips.Image.svgload_buffer(svg.encode())
    pixels = np.asarray(image.numpy(), np.float32) / 255
    return pixels[..., :3], pixels[..., 3]


def draw_on(under: Pixels, body: str, box: tuple[float, float], opacity: float = 1.0) -> Pixels:
    """`under` with SVG elements drawn upon it."""
    height, width = under.shape[:2]
    picture, mask = drawn(body, height, width, box)
    return mix(under, picture, mask * opacity)


def slopes(surface: Pixels) -> tuple[Pixels, Pixels]:
    """How much a relief rises downwards and to the right, at each pixel."""
    down, right = np.gradient(surface)
    return np.asarray(down, np.float32), np.asarray(right, np.float32)


def whole(values: Pixels) -> NDArray[np.int32]:
    """`values` as indices."""
    return values.astype(np.int32)


def reflection(
    picture: Pixels, line: int, seed: int, squeeze: float, near: float, far: float
) -> tuple[Pixels, Pixels, Pixels]:
    """The rows of `picture` above `line` as water below it shows them; its waves; the depth from 0 to 1.

    `squeeze` is how much shorter things are in the water, `near` and `far` how many rows waves move them.
    """
    height, width = picture.shape[:2]
    below = height - line
    row, column = grid(below, width)
    waves = noise(below, width, (42, 7), seed + 5, 4) - 0.5
    moved = waves * (near + far * row)
    rows, columns = whole(line - 1 - row * below * squeeze - moved), whole(column * width + moved)
    return picture[np.clip(rows, 0, line - 1), np.clip(columns, 0, width - 1)], waves, row


def grain(picture: Pixels, strength: float, seed: int) -> Pixels:
    """`picture` with a film's fine grain, which also hides the steps of smooth gradients."""
    random = np.random.default_rng(seed)
    return picture + random.normal(0, strength, (*picture.shape[:2], 1)).astype(np.float32)


def vignette(picture: Pixels, strength: float) -> Pixels:
    """`picture`, darker towards its corners."""
    y, x = grid(*picture.shape[:2])
    return picture * (1 - strength * ((y - 0.5) ** 2 + (x - 0.5) ** 2) * 2)[..., None]


def encode(picture: Pixels) -> bytes:
    """`picture` as a JPEG."""
    pixels = (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)
    image = pyvips.Image.new_from_array(np.ascontiguousarray(pixels), interpretation="srgb")
    return bytes(image.jpegsave_buffer(Q=88))
