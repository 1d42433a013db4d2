"""The demo network's pictures, drawn by code: nothing is downloaded, nobody's rights are touched.

`draw` makes a status's picture, `draw_avatar` and `draw_header` those of a profile. All are JPEG.
"""

from collections.abc import Callable, Mapping

from rostra.demo.pictures import drawings, landscapes, nightscapes, portraits, things
from rostra.demo.pictures.canvas import Pixels, color, colors, encode

HEIGHT, WIDTH = 853, 1280
AVATAR = 400

Painter = Callable[[int, int, int], Pixels]
"""Paints a picture of the given height, width and seed."""


def _morning_ridges(height: int, width: int, seed: int) -> Pixels:
    palette = colors("#5d7fa3", "#9db4c4", "#e6cdb8", "#f4dcc4")
    return landscapes.ridges(height, width, seed, palette, color("#1d2f3a"))


def _bench(height: int, width: int, seed: int) -> Pixels:
    return things.wood(height, width, seed, colors("#e6cfa6", "#cfae7c", "#a88352"))


PICTURES: Mapping[str, tuple[Painter, int]] = {
    "amsel": (things.spectrogram, 21),
    "beete": (drawings.garden_plan, 7),
    "brot": (things.loaf, 3),
    "duenen": (landscapes.dunes, 5),
    "faehre": (landscapes.ferry_in_fog, 4),
    "grat": (_morning_ridges, 11),
    "hafen": (landscapes.harbour, 3),
    "huette": (nightscapes.hut_at_dusk, 21),
    "klippen": (landscapes.cliffs, 8),
    "kurve": (drawings.temperature_chart, 7),
    "licht": (nightscapes.light_painting, 7),
    "netzplan": (drawings.tram_map, 6),
    "nordlicht": (nightscapes.northern_lights, 4),
    "plakat": (drawings.choir_poster, 7),
    "regen": (nightscapes.rain_on_glass, 6),
    "reparaturen": (drawings.repair_count, 7),
    "sterne": (nightscapes.star_trails, 3),
    "zinken": (things.dovetail, 4),
}
"""What a status can show."""

HEADERS: Mapping[str, tuple[Painter, int]] = {
    **PICTURES,
    "holz": (_bench, 31),
    "leinen": (things.linen, 5),
}
"""What a profile can have at its top; those of `PICTURES` come out a little different."""


def draw(name: str) -> bytes:
    """The picture `name` of `PICTURES`, 1280 by 853 pixels.

    Raises:
        KeyError: there is none.
    """
    painter, seed = PICTURES[name]
    return encode(painter(HEIGHT, WIDTH, seed))


def draw_header(name: str) -> bytes:
    """The header `name` of `HEADERS`, 960 by 320 pixels: the middle of the picture, from another seed.

    Raises:
        KeyError: there is none.
    """
    painter, seed = HEADERS[name]
    height, width = HEIGHT * 3 // 4, WIDTH * 3 // 4
    top = int(height * 0.28)
    return encode(painter(height, width, seed + 100)[top : top + width // 3])


def draw_avatar(person: str) -> bytes:
    """The avatar of a person or group of the demo network, square.

    Raises:
        KeyError: nobody has that name.
    """
    return encode(portraits.avatar(person, AVATAR))
