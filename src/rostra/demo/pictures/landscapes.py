"""Places by day and at dusk: mountains, dunes, sea, harbour."""

# ruff: noqa: E501 - paths of drawings are data

import numpy as np

from rostra.demo.pictures.canvas import (
    Pixels,
    add_light,
    color,
    colors,
    draw_on,
    drawn,
    glow,
    grain,
    grid,
    line_noise,
    mix,
    noise,
    ramp,
    reflection,
    sky,
    slopes,
    smoothstep,
    vignette,
)


def ridges(height: int, width: int, seed: int, palette: Pixels, near: Pixels, layers: int = 7) -> Pixels:
    """Mountain ridges one behind the other, with fog in the valleys.

    `palette` is the sky from top to bottom, `near` the colour of the closest ridge.
    """
    picture = sky(height, width, palette, [0, 0.16, 0.30, 0.42])
    picture = add_light(picture, palette[-1], 0.6 * glow(height, width, (0.30, 0.66), 0.30))
    y, _ = grid(height, width)
    haze = palette[-1]
    for layer in range(layers):
        closeness = (layer + 1) / layers
        profile = line_noise(width, 2.2 + 1.2 * layer, seed + layer, octaves=8)
        sharp = 1 - np.abs(2 * line_noise(width, 3 + layer, seed + 50 + layer, octaves=6) - 1)
        crest = 0.30 + 0.58 * closeness**1.25 - (0.10 + 0.10 * closeness) * (0.6 * profile + 0.4 * sharp)
        body = smoothstep(0, 1.5 / height, y - crest[None, :])
        depth = np.clip((y - crest[None, :]) / 0.24, 0, 1)
        tint = haze * (1 - closeness**1.4) + near * closeness**1.4
        wisps = noise(height, width, (6, 2), seed + 90 + layer, 6)
        fog = smoothstep(0.15, 0.85, depth * (0.1 + 1.7 * wisps)) * (0.95 - 0.95 * closeness**6)
        texture = 1 - 0.10 * closeness * noise(height, width, (60, 80), seed + 130 + layer, 3)
        ridge = mix(tint * texture[..., None], haze * (1.04 - 0.30 * closeness), fog)
        picture = mix(picture, ridge, body)
    return grain(vignette(picture, 0.35), 0.008, seed)


def dunes(height: int, width: int, seed: int) -> Pixels:
    """Dunes in low light: a lit and a shaded side to each, ripples in the sand."""
    picture = sky(height, width, colors("#7fa9c9", "#b9cdd3", "#f0dcc0", "#f6d9b0"), [0, 0.2, 0.36, 0.45])
    y, x = grid(height, width)
    for layer in range(6):
        closeness = layer / 5
        random = np.random.default_rng(seed + layer)
        wave = line_noise(width, 1.3 + 0.5 * layer, seed + layer, octaves=3)
        tilt = random.uniform(-0.10, 0.10)
        crest = 0.36 + 0.50 * closeness**1.3 - 0.22 * (wave - 0.5) - tilt * (np.linspace(0, 1, width) - 0.5)
        depth = y - crest[None, :]
        body = smoothstep(0, 1.5 / height, depth)
        # The shaded side begins at a curved edge that wanders down from the crest.
        edge = crest[None, :] + (0.03 + 0.30 * closeness) * smoothstep(
            0.2, 0.8, noise(height, width, (1.5, 2.5), seed + 20 + layer, 2)
        )
        lit = smoothstep(-0.003 - 0.005 * closeness, 0.003 + 0.005 * closeness, y - edge)
        bend = noise(height, width, (3, 4), seed + 40 + layer, 3)
        ripple = np.sin((y * (190 - 100 * closeness) + bend * 26 + x * 8) * np.pi)
        ripples = 0.022 * closeness * ripple
        light = ramp(np.clip(depth * 2.2, 0, 1), colors("#f3d3a0", "#e0b277", "#c58f57"))
        shade = ramp(np.clip(depth * 2.2, 0, 1), colors("#a8805f", "#8a6650", "#5f4740"))
        sand = mix(shade, light, lit) + ripples[..., None]
        air = color("#f0d9ba")
        picture = mix(picture, mix(sand, air, 0.62 * (1 - closeness) ** 1.4), body)
    return grain(vignette(picture, 0.30), 0.010, seed)


def harbour(height: int, width: int, seed: int) -> Pixels:
    """A harbour after sunset: cranes and sheds against the light, lamps, and all of it in the water."""
    stops = colors("#1f2a4d", "#51467a", "#b3617a", "#ee9465", "#ffd08a")
    picture = sky(height, width, stops, [0, 0.22, 0.42, 0.55, 0.62])
    clouds = smoothstep(0.52, 0.78, noise(height, width, (14, 3), seed, 6))
    y, _ = grid(height, width)
    picture = mix(picture, color("#6b3f63"), clouds * smoothstep(0.62, 0.15, y) * 0.55)
    picture = mix(picture, color("#ffb27a"), clouds * glow(height, width, (0.55, 0.4), 0.30) * 0.5)
    picture = add_light(picture, color("#ffdf9c"), 0.8 * glow(height, width, (0.60, 0.4), 0.16))
    shapes, mask = drawn(_cranes() + _sheds(seed), height, width, (1067, 1600))
    picture = mix(picture, shapes, mask)
    lamps = _lamps(height, width)
    picture = add_light(picture, color("#ffd9a0"), lamps)
    return grain(vignette(_mirrored(picture, 0.62, seed), 0.35), 0.010, seed)


def _mirrored(picture: Pixels, shore: float, seed: int) -> Pixels:
    """What lies above `shore` (part of the height), mirrored in a moving, glinting river below it."""
    line = round(shore * picture.shape[0])
    water, waves, depth = reflection(picture, line, seed, 1.35, 6, 60)
    water = mix(water * (0.80 - 0.30 * depth[..., None]), color("#1b2440"), 0.25 * depth)
    glint = smoothstep(0.06, 0.22, waves) * (1 - depth)
    return np.concatenate([picture[:line], water * (1 + 0.35 * glint[..., None])])


def _cranes() -> str:
    ink = "#161a30"
    crane = (
        '<g stroke="{ink}" fill="none" stroke-linecap="square" transform="translate({x} 662) scale({s})">'
        '<path stroke-width="13" d="M-70 0L-40-190M70 0L40-190M-46-150H46M-58-70H58M-40-190H44"/>'
        '<path stroke-width="9" d="M-150-250L-40-250L250-330M-40-250L0-390L0-190M0-390L250-330M0-390L-150-250"/>'
        '<path stroke-width="3.5" d="M0-390L130-297M215-321V-170M-120-250V-215"/>'
        '<path stroke-width="4" d="M-60-110L52-150M60-110L-50-70"/>'
        '<path fill="{ink}" d="M-34-250h60v52h-60zM-150-262h46v34h-46zM203-172h24v26h-24z"/></g>'
    )
    return "".join(
        crane.format(ink=ink, x=x, s=scale)
        for x, scale in ((1210, 1.0), (930, 0.66), (1480, 0.72), (240, 0.5))
    )


def _sheds(seed: int) -> str:
    random = np.random.default_rng(seed)
    shapes = ['<g fill="#14182c"><path d="M0 640h1600v40H0z"/>']
    windows: list[str] = []
    left = -20.0
    while left < 1600:
        width, tall = random.uniform(60, 190), random.uniform(26, 105)
        roof = random.choice([0, 14, 22])
        shapes.append(f'<path d="M{left} 650V{650 - tall}l{width / 2}-{roof}l{width / 2} {roof}V650z"/>')
        for column in range(int(width // 24)):
            if random.random() < 0.35:
                at = left + 10 + column * 24
                windows.append(f'<path d="M{at} {650 - tall * random.uniform(0.3, 0.75):.0f}h8v7h-8z"/>')
        left += width + random.uniform(-8, 34)
    return "".join(shapes) + '</g><g fill="#ffcf87">' + "".join(windows) + "</g>"


def _lamps(height: int, width: int) -> Pixels:
    spots = np.zeros((height, width), np.float32)
    for x, strength in (
        (0.07, 0.7),
        (0.19, 0.9),
        (0.33, 0.6),
        (0.52, 0.8),
        (0.66, 1.0),
        (0.83, 0.8),
        (0.95, 0.7),
    ):
        at = (0.605, x)
        spots += strength * (glow(height, width, at, 0.005) + 0.30 * glow(height, width, at, 0.022))
    return spots


def ferry_in_fog(height: int, width: int, seed: int) -> Pixels:
    """A small car ferry at its ramp; fog swallows the other bank."""
    picture = sky(height, width, colors("#aeb9bf", "#c3cacb", "#d6d6d0", "#cfd1cd"), [0, 0.3, 0.5, 0.56])
    y, _ = grid(height, width)
    far_bank = smoothstep(0.0, 0.004, y - (0.505 - 0.05 * line_noise(width, 9, seed, 5))[None, :])
    picture = mix(picture, color("#b6bfc0"), far_bank * 0.65)
    shapes, mask = drawn(_ferry(), height, width, (1067, 1600))
    picture = mix(picture, shapes, mask * 0.93)
    for at, warm in (((0.325, 0.478), "#ffe3ad"), ((0.47, 0.305), "#fff2d0"), ((0.47, 0.69), "#fff2d0")):
        picture = add_light(
            picture, color(warm), glow(height, width, at, 0.008) + 0.35 * glow(height, width, at, 0.05)
        )
    picture = _mirrored(picture, 0.56, seed)
    fog = noise(height, width, (7, 2), seed + 3, 6) * smoothstep(0.25, 0.55, y) * smoothstep(0.95, 0.55, y)
    picture = mix(picture, color("#d3d6d4"), np.clip(fog * 0.95, 0, 0.85))
    ramp_shape, ramp_mask = drawn(_landing(), height, width, (1067, 1600))
    wet = 1 - 0.20 * noise(height, width, (40, 30), seed + 8, 4)
    picture = mix(picture, ramp_shape * wet[..., None], ramp_mask)
    picture = mix(picture, color("#d3d6d4"), 0.30 * smoothstep(1.0, 0.6, y))
    return grain(vignette(picture, 0.45), 0.012, seed)


def _ferry() -> str:
    hull, deck, light = "#46555f", "#5d6d75", "#8b989c"
    posts = "".join(
        f'<path d="M{x} 520v-34" stroke="{deck}" stroke-width="3"/>' for x in range(520, 1120, 26)
    )
    return (
        f'<g><path fill="{hull}" d="M470 545L440 512H1160L1130 545L1100 600H500z"/>'
        f'<path fill="{deck}" d="M440 512L385 470L400 462L470 508zM1160 512L1215 470L1200 462L1130 508z"/>{posts}'
        f'<path stroke="{deck}" stroke-width="4" fill="none" d="M500 487H1120M500 503H1120"/>'
        f'<path fill="{light}" d="M690 500V392H850V500z"/><path fill="{hull}" d="M678 392h184v-12H678z"/>'
        '<path fill="#e9e2c6" opacity=".85" d="M702 404h26v30h-26zM738 404h26v30h-26zM776 404h26v30h-26zM812 404h26v30h-26z"/>'
        f'<path fill="{light}" d="M722 380V330H820V380z"/><path fill="#f3e7bd" d="M732 340h78v22h-78z"/>'
        f'<path stroke="{hull}" stroke-width="5" d="M771 330V248M748 270h46M771 250l-22 60M771 250l22 60"/>'
        f'<path fill="{hull}" d="M560 508v-40h14l14-20h54l18 20h18v40zM900 508v-52h96l10 52z"/></g>'
    )


def _landing() -> str:
    planks = "".join(
        f'<path d="M0 {y}H1600" stroke="#3b4145" stroke-width="{1 + (y - 880) / 60:.1f}"/>'
        for y in (900, 925, 956, 994, 1040)
    )
    return (
        '<path fill="#565c5e" d="M0 1067V905L620 872H1010L1600 900V1067z"/>'
        + planks
        + '<g fill="#31383c"><path d="M250 960V720h26V960zM1330 955V715h26V955z"/></g>'
        '<g fill="#c9cfce"><path d="M250 742h26v22h-26zM1330 737h26v22h-26z"/></g>'
        '<path stroke="#31383c" stroke-width="5" fill="none" d="M263 790Q-20 850-60 860M1343 785Q1560 850 1640 850"/>'
    )


def cliffs(height: int, width: int, seed: int) -> Pixels:
    """Sea cliffs by day, gannets above them."""
    picture = sky(height, width, colors("#5b93bf", "#9cc3d8", "#d9e6e4"), [0, 0.3, 0.5])
    y, _ = grid(height, width)
    cloud = noise(height, width, (7, 3), seed, 7)
    picture = mix(picture, color("#f7f6f1"), smoothstep(0.50, 0.72, cloud) * smoothstep(0.52, 0.1, y) * 0.9)
    picture = mix(picture, color("#a9bac4"), smoothstep(0.62, 0.85, cloud) * smoothstep(0.52, 0.1, y) * 0.5)
    sea = ramp(np.clip((y - 0.5) / 0.5, 0, 1), colors("#8fb6c2", "#2f7389", "#164b62"))
    swell = noise(height, width, (90, 9), seed + 1, 4)
    sea = sea * (0.86 + 0.30 * swell[..., None])
    foam = smoothstep(0.70, 0.80, swell) * smoothstep(0.5, 0.9, y)
    sea = mix(sea, color("#eaf3f2"), foam * 0.6)
    picture = mix(picture, sea, smoothstep(0.5, 0.502, y))
    for layer, (right, top, tone) in enumerate(
        ((0.98, 0.36, "#8f9c95"), (0.74, 0.24, "#7a8577"), (0.46, 0.10, "#5d6557"))
    ):
        picture = _cliff(picture, seed + 10 * layer, right, top, color(tone), 0.60 + 0.13 * layer)
    return grain(vignette(draw_on(picture, _gannets(seed), (1067, 1600)), 0.25), 0.010, seed)


def _cliff(picture: Pixels, seed: int, right: float, top: float, tone: Pixels, foot: float) -> Pixels:
    """A headland that comes in from the left, down to the sea at `foot`."""
    height, width = picture.shape[:2]
    y, x = grid(height, width)
    crag = noise(height, width, (9, 4), seed, 7)
    edge = (
        right
        - 0.16 * smoothstep(top, foot, y) ** 0.6 * 0.2
        + 0.14 * (crag - 0.5)
        + 0.05 * smoothstep(top, foot, y)
    )
    roof = (
        top
        + 0.07 * (line_noise(width, 4, seed + 1, 6)[None, :] - 0.5)
        + 0.18 * smoothstep(right - 0.35, right, x) ** 2
    )
    body = (
        smoothstep(0, 0.003, edge - x)
        * smoothstep(0, 0.003, y - roof)
        * smoothstep(0, 0.004, foot - y + 0.02 * (crag - 0.5))
    )
    relief = noise(height, width, (16, 26), seed + 3, 6) + 0.5 * noise(height, width, (34, 8), seed + 4, 4)
    down, across = slopes(relief)
    light = (down + across) * height / 250
    layers = smoothstep(0.35, 0.65, noise(height, width, (30, 2), seed + 5, 3))
    rock = tone * (0.88 + 0.14 * layers + 3.4 * light)[..., None]
    grass = smoothstep(0.050, 0.040, y - roof + 0.06 * (relief - 0.75))
    rock = mix(rock, color("#78904c") * (0.85 + 2.0 * light[..., None]), grass)
    ledges = smoothstep(0.99, 1.04, relief + 0.08 * layers) * (1 - grass)
    rock = mix(rock, color("#f3f3ec"), ledges * 0.7)
    rock = mix(rock, color("#c3d3d6"), 0.42 * float(np.clip((right - 0.4) / 0.6, 0, 1)))
    picture = mix(picture, rock, body)
    surf = smoothstep(0.035, 0.0, np.abs(y - foot - 0.015 * (crag - 0.5))) * smoothstep(
        0, 0.02, edge + 0.03 - x
    )
    return mix(picture, color("#f2f6f4"), surf * smoothstep(0.35, 0.6, crag) * 0.85)


def _gannets(seed: int) -> str:
    random = np.random.default_rng(seed)
    birds: list[str] = []
    for _ in range(34):
        x, y, size = random.uniform(600, 1560), random.uniform(120, 620), random.uniform(0.35, 1.5)
        turn, bend = random.uniform(-35, 35), random.uniform(6, 16)
        birds.append(
            f'<g transform="translate({x:.0f} {y:.0f}) rotate({turn:.0f}) scale({size:.2f})">'
            f'<path fill="#fbfbf8" d="M-30 {-bend / 3:.1f}Q-14-{bend:.1f} 0 0Q14-{bend:.1f} 30 {-bend / 3:.1f}Q14-{bend - 7:.1f} 3 4L0 12L-3 4Q-14-{bend - 7:.1f}-30 {-bend / 3:.1f}z"/>'
            f'<path fill="#22282c" d="M-30 {-bend / 3:.1f}l8-4l2 3zM30 {-bend / 3:.1f}l-8-4l-2 3z"/></g>'
        )
    return "".join(birds)
