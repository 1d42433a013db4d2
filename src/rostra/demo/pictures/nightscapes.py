"""The dark hours: star trails, northern lights, a hut at dusk, rain on a window, light in motion."""

# ruff: noqa: E501 - paths of drawings are data

import numpy as np

from rostra.demo.pictures.canvas import (
    Pixels,
    add_light,
    blur,
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
    reflection,
    sky,
    smoothstep,
    vignette,
    whole,
)
from rostra.demo.pictures.landscapes import ridges


def star_trails(height: int, width: int, seed: int) -> Pixels:
    """An hour of stars around the pole, above a hill with a lone tree."""
    picture = sky(height, width, colors("#050a1c", "#0c1a38", "#1c3358", "#4f5a73"), [0, 0.45, 0.75, 0.95])
    picture = add_light(picture, color("#e0a060"), 0.35 * glow(height, width, (0.98, 0.2), 0.30))
    trails, mask = drawn(_trails(seed), height, width, (1067, 1600))
    y, _ = grid(height, width)
    picture = add_light(picture, trails, mask * smoothstep(0.95, 0.6, y))
    soft = blur(mask * trails.mean(-1), 4)
    picture = add_light(picture, color("#9db8ff"), soft * 0.5)
    hill = 0.82 - 0.10 * np.sin(np.linspace(0.2, 2.6, width)) + 0.035 * (line_noise(width, 5, seed, 7) - 0.5)
    picture = mix(picture, color("#05070d"), smoothstep(0, 0.002, y - hill[None, :].astype(np.float32)))
    picture = draw_on(picture, _tree(seed), (1067, 1600))
    return grain(vignette(picture, 0.3), 0.012, seed)


def _trails(seed: int) -> str:
    random = np.random.default_rng(seed)
    center_x, center_y = 980.0, 470.0
    tints = ["#ffffff", "#cfe0ff", "#a9c6ff", "#ffe9c4", "#ffc9a0", "#e8f0ff"]
    arcs: list[str] = []
    for _ in range(900):
        radius = 1300 * random.random() ** 0.6
        start, turn = random.uniform(0, 2 * np.pi), np.radians(random.normal(24, 1.0))
        x0, y0 = center_x + radius * np.cos(start), center_y + radius * np.sin(start)
        x1, y1 = center_x + radius * np.cos(start + turn), center_y + radius * np.sin(start + turn)
        bright = random.random() ** 3
        arcs.append(
            f'<path d="M{x0:.1f} {y0:.1f}A{radius:.1f} {radius:.1f} 0 0 1 {x1:.1f} {y1:.1f}" '
            f'stroke="{random.choice(tints)}" stroke-width="{0.9 + 1.8 * bright:.2f}" opacity="{0.25 + 0.75 * bright:.2f}"/>'
        )
    return f'<g fill="none" stroke-linecap="round">{"".join(arcs)}</g>'


def _tree(seed: int) -> str:
    """A bare tree: branches that fork until they are twigs."""
    random = np.random.default_rng(seed)
    paths: list[str] = []

    def grow(x: float, y: float, angle: float, length: float, thick: float) -> None:
        if thick < 0.6:
            return
        x2, y2 = x + length * np.cos(angle), y - length * np.sin(angle)
        paths.append(f'<path d="M{x:.1f} {y:.1f}L{x2:.1f} {y2:.1f}" stroke-width="{thick:.1f}"/>')
        for turn in (random.uniform(0.2, 0.6), random.uniform(-0.6, -0.2)):
            grow(x2, y2, angle + turn, length * random.uniform(0.72, 0.84), thick * 0.69)

    grow(420, 800, np.pi / 2 + 0.05, 62, 13)
    return f'<g stroke="#05070d" stroke-linecap="round">{"".join(paths)}</g>'


def northern_lights(height: int, width: int, seed: int) -> Pixels:
    """Northern lights above a bay; two lamps on the far shore."""
    picture = sky(height, width, colors("#040916", "#08172a", "#0f2a38", "#153a40"), [0, 0.3, 0.5, 0.62])
    picture = add_light(picture, color("#ffffff"), _stars(height, width, seed))
    y, _ = grid(height, width)
    for layer, (base, reach, tint, top) in enumerate(
        (
            (0.46, 0.22, "#3dff9a", "#7a4dff"),
            (0.36, 0.30, "#48f0a8", "#c04df0"),
            (0.52, 0.13, "#9dffb0", "#38d0c0"),
        )
    ):
        bend = line_noise(width, 2.5, seed + layer, 3)
        line = base + 0.20 * (bend - 0.5) + 0.02 * (line_noise(width, 14, seed + 10 + layer, 3) - 0.5)
        rays = 0.35 + 0.9 * line_noise(width, 60, seed + 20 + layer, 4) ** 1.6
        strength = smoothstep(0.30, 0.75, line_noise(width, 3, seed + 30 + layer, 3))
        above = (line[None, :] - y) / reach
        body = np.exp(-(np.maximum(above, 0) ** 0.8) * 2.0 + np.minimum(above, 0) * 26)
        curtain = (body * (rays * strength)[None, :]).astype(np.float32)
        light = (
            color(tint) * (1 - np.clip(above, 0, 1))[..., None] + color(top) * np.clip(above, 0, 1)[..., None]
        )
        picture = add_light(picture, light, blur(curtain, 2.5) * 1.15)
    hills = 0.60 - 0.05 * line_noise(width, 4, seed + 5, 6) - 0.03 * np.linspace(0, 1, width)
    picture = mix(picture, color("#050b10"), smoothstep(0, 0.003, y - hills[None, :].astype(np.float32)))
    for spot in (0.71, 0.745):
        picture = add_light(
            picture,
            color("#ffcf8a"),
            glow(height, width, (0.585, spot), 0.004) + 0.2 * glow(height, width, (0.585, spot), 0.02),
        )
    return grain(vignette(_still_water(picture, 0.62, seed), 0.35), 0.012, seed)


def _still_water(picture: Pixels, shore: float, seed: int) -> Pixels:
    """What lies above `shore` (part of the height), mirrored in a calm bay below it."""
    line = round(shore * picture.shape[0])
    water, _, depth = reflection(picture, line, seed, 1.5, 10, 90)
    return np.concatenate([picture[:line], water * (0.72 - 0.35 * depth[..., None])])


def _stars(height: int, width: int, seed: int) -> Pixels:
    random = np.random.default_rng(seed)
    stars = np.zeros((height, width), np.float32)
    count = 1100
    rows, columns = random.integers(0, int(height * 0.62), count), random.integers(0, width, count)
    stars[rows, columns] = random.random(count).astype(np.float32) ** 4
    return np.clip(stars + 2.5 * blur(stars, 0.9), 0, 1)


def hut_at_dusk(height: int, width: int, seed: int) -> Pixels:
    """A mountain hut in the blue hour; light behind its windows."""
    picture = ridges(
        height, width, seed, colors("#0d1b3a", "#1f3a66", "#52699a", "#9c93ad"), color("#060c18"), layers=5
    )
    y, x = grid(height, width)
    picture = add_light(picture, color("#ffffff"), _stars(height, width, seed) * smoothstep(0.28, 0.2, y))
    slope = (
        0.80
        - 0.10 * smoothstep(0.1, 0.75, np.linspace(0, 1, width, dtype=np.float32))
        + 0.02 * line_noise(width, 6, seed, 6)
    )
    picture = mix(picture, color("#0a0f1c"), smoothstep(0, 0.003, y - slope[None, :]))
    picture = draw_on(picture, _hut(), (1067, 1600))
    for at in ((0.675, 0.664), (0.675, 0.708), (0.675, 0.752), (0.615, 0.708)):
        picture = add_light(picture, color("#ffb65c"), 0.22 * glow(height, width, at, 0.055))
    path = (
        np.exp(-(((x - 0.735 - 0.9 * (y - 0.74) ** 2) / (0.010 + 0.10 * np.clip(y - 0.74, 0, 1))) ** 2))
        * smoothstep(0.735, 0.76, y)
        * smoothstep(1.05, 0.74, y)
    )
    picture = add_light(picture, color("#d08a4a"), 0.30 * path.astype(np.float32))
    return grain(vignette(picture, 0.35), 0.012, seed)


def _hut() -> str:
    window = '<path fill="#ffc772" d="M{x} {y}h34v40h-34z"/><path stroke="#2a1c14" stroke-width="3" d="M{m} {y}v40M{x} {k}h34"/>'
    windows = "".join(
        window.format(x=x, y=y, m=x + 17, k=y + 20)
        for x, y in ((1045, 700), (1115, 700), (1185, 700), (1115, 636))
    )
    return (
        '<path fill="#1a1719" d="M1000 800V672L1132 585L1264 672V800z"/>'
        '<path fill="#0c0d14" d="M970 690L1132 576L1294 690L1282 704L1132 600L982 704z"/>'
        '<path fill="#151216" d="M1200 610v-52h30v70z"/><path fill="#2b211c" d="M1000 800v-34h264v34z"/>'
        + windows
    )


def rain_on_glass(height: int, width: int, seed: int) -> Pixels:
    """City lights through a wet tram window, out of focus, drops in front."""
    random = np.random.default_rng(seed)
    picture = sky(height, width, colors("#0e1722", "#162634", "#1d2a30", "#0d1216"), [0, 0.4, 0.7, 1])
    picture = picture * (0.7 + 0.6 * noise(height, width, (2, 3), seed, 3))[..., None]
    tints = colors("#ffb35c", "#ff7a4d", "#ffd89a", "#e84f4f", "#5fc9c2", "#8fd0ff", "#ffe9c9")
    for _ in range(90):
        row, column = int(np.clip(random.normal(0.48, 0.16), 0, 1) * height), int(random.random() * width)
        radius = max(1, int(random.uniform(0.018, 0.058) * height))
        window, distance = _spot(row, column, radius, height, width)
        disc = smoothstep(1.0, 0.90, distance) * (0.55 + 0.45 * smoothstep(0.3, 1.0, distance))
        tint = tints[random.integers(len(tints))]
        picture[window] = add_light(picture[window], tint, disc * random.uniform(0.15, 0.65))
    return grain(vignette(_drops(picture, random), 0.4), 0.012, seed)


def _spot(row: int, column: int, radius: int, height: int, width: int) -> tuple[tuple[slice, slice], Pixels]:
    """The part of a picture around a disc, and in it the distances from its centre in radii."""
    top, left = max(0, row - radius), max(0, column - radius)
    bottom, right = min(height, row + radius + 1), min(width, column + radius + 1)
    y, x = np.mgrid[top:bottom, left:right].astype(np.float32)
    return (slice(top, bottom), slice(left, right)), np.hypot(y - row, x - column).astype(np.float32) / radius


def _drops(behind: Pixels, random: np.random.Generator) -> Pixels:
    """Drops on the pane: each shows the world behind it upside down."""
    height, width = behind.shape[:2]
    picture = behind.copy()
    for _ in range(420):
        radius = max(1, int(height * (0.004 + 0.022 * random.random() ** 4)))
        row = radius + int(random.random() * (height - 2 * radius))
        column = radius + int(random.random() * (width - 2 * radius))
        local_y, local_x = np.mgrid[-radius : radius + 1, -radius : radius + 1].astype(np.float32) / radius
        distance: Pixels = np.hypot(local_y * 0.92, local_x)
        seen_y = whole(np.clip(row - local_y * height * 0.22, 0, height - 1))
        seen_x = whole(np.clip(column - local_x * height * 0.22, 0, width - 1))
        rim = 1 - 0.75 * smoothstep(0.65, 1.0, distance)
        light = smoothstep(0.30, 0.0, np.hypot(local_y + 0.45, local_x + 0.35))
        drop = behind[seen_y, seen_x] * 1.15 * rim[..., None] + 0.55 * light[..., None]
        window = (slice(row - radius, row + radius + 1), slice(column - radius, column + radius + 1))
        picture[window] = mix(picture[window], drop, smoothstep(1.0, 0.88, distance) * 0.95)
    return picture


def light_painting(height: int, width: int, seed: int) -> Pixels:
    """Hands with small lamps, exposed for seconds: the lines of a poem in sign language."""
    picture = np.full((height, width, 3), 0.018, np.float32) * color("#8090c0") * 3
    picture = add_light(picture, color("#30406a"), 0.30 * glow(height, width, (0.55, 0.5), 0.5))
    random = np.random.default_rng(seed)
    time = np.linspace(0, 1, 700)
    for side, (tint, core) in enumerate((("#ff8a4a", "#fff0d8"), ("#4fb8ff", "#e8f6ff"))):
        mirror = 1 if side else -1
        lines: list[str] = []
        for strand in range(11):
            late = strand * 0.010
            turns = 2 * np.pi * (time + late)
            x = 800 + mirror * (
                330 - 250 * np.cos(turns * 1.5 + 0.3 * side) * (0.45 + 0.55 * time) + 90 * np.sin(turns * 3)
            )
            y = (
                560
                + 300 * np.cos(turns * 1.0 + 0.4 * side) * (1 - 0.35 * time)
                + 120 * np.sin(turns * 2.5)
                + strand * 3
            )
            points = " ".join(f"{a:.1f},{b + random.normal(0, 0.2):.1f}" for a, b in zip(x, y, strict=True))
            lines.append(
                f'<polyline points="{points}" stroke-width="{2.8 - 0.2 * strand:.1f}" opacity="{1 - 0.075 * strand:.2f}"/>'
            )
        body = f'<g fill="none" stroke="#fff" stroke-linecap="round">{"".join(lines)}</g>'
        _, mask = drawn(body, height, width, (1067, 1600))
        picture = add_light(picture, color(tint), np.clip(blur(mask, 22) * 1.4 + blur(mask, 6) * 0.8, 0, 1))
        picture = add_light(picture, color(core), mask * 0.9)
    return grain(vignette(picture, 0.3), 0.010, seed)
