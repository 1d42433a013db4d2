"""Pictures that somebody drew: a tram map, charts, a plan of garden beds, a poster."""

# ruff: noqa: E501 - paths of drawings are data

import itertools

import numpy as np

from rostra.demo.pictures.canvas import (
    Pixels,
    blur,
    color,
    colors,
    draw_on,
    drawn,
    grain,
    mix,
    noise,
    ramp,
    smoothstep,
    vignette,
)

BOX = (1067.0, 1600.0)
_DIGITS = {
    "1": "M3 4L7 0V16", "2": "M0 4Q0 0 5 0Q10 0 10 4Q10 7 0 16H10", "3": "M0 2Q2 0 5 0Q10 0 10 4Q10 8 4 8Q10 8 10 12Q10 16 5 16Q2 16 0 14",
    "4": "M7 16V0L0 11H10", "5": "M9 0H1V7Q10 5 10 11Q10 16 5 16Q2 16 0 14", "6": "M8 0Q0 4 0 11Q0 16 5 16Q10 16 10 11Q10 7 5 7Q1 7 0 11",
}  # fmt: skip


def _paper(height: int, width: int, seed: int, stops: Pixels) -> Pixels:
    spots = noise(height, width, (2, 3), seed, 4)
    fibers = noise(height, width, (150, 220), seed + 1, 3)
    return ramp(np.clip(0.55 * spots + 0.45 * fibers, 0, 1), stops)


def tram_map(height: int, width: int, seed: int) -> Pixels:
    """The map of a town's tramway around 1927: five lines, a river, creases in the paper."""
    picture = _paper(height, width, seed, colors("#c9b48a", "#e6d7b3", "#f0e6cb"))
    river = (
        '<path d="M-40 250C220 300 330 470 470 560S760 640 900 760S1240 1000 1660 960" fill="none" stroke="#9fb8ba" '
        'stroke-width="74" opacity=".75"/><path d="M-40 250C220 300 330 470 470 560S760 640 900 760S1240 1000 1660 960" '
        'fill="none" stroke="#7f9fa5" stroke-width="2" stroke-dasharray="26 18" opacity=".7"/>'
    )
    parks = '<g fill="#a9b184" opacity=".7"><path d="M980 150q90-40 170 20t30 150q-120 50-210-20t10-150zM250 720q120-50 190 10t10 130q-110 40-190 0t-10-140z"/></g>'
    streets = _streets(seed)
    lines = {
        "#a8322d": ("M150 910L420 640H760L1010 390V120", "1", (150, 910)),
        "#24506e": ("M110 420H520L700 600H1180L1400 820", "2", (110, 420)),
        "#2f6b45": ("M300 120V470L560 730V980", "3", (300, 120)),
        "#b27a1e": ("M1460 240H1120L760 600L640 720L640 1000", "4", (1460, 240)),
        "#5d3a66": ("M620 90L760 230V600L940 780H1380", "5", (620, 90)),
    }
    tracks = "".join(f'<path d="{path}" stroke="{tint}"/>' for tint, (path, _, _) in lines.items())
    stops = _stops([path for path, _, _ in lines.values()])
    ends = "".join(_badge(x, y, digit, tint) for tint, (_, digit, (x, y)) in lines.items())
    body = (
        parks + river + streets
        + f'<g fill="none" stroke-width="13" stroke-linejoin="round">{tracks}</g>{stops}{ends}'
        + '<g fill="none" stroke="#4b3a26"><path d="M40 40H1560V1027H40z" stroke-width="3"/><path d="M52 52H1548V1015H52z"/></g>'
        + '<g transform="translate(1440 905)" stroke="#4b3a26" fill="#4b3a26"><path d="M0-60L12 0L0 60L-12 0z" stroke="none"/>'
        '<path d="M0-60L12 0H0zM0 60L-12 0H0z" fill="#efe3c4" stroke-width="1"/><path d="M-40 0H40" stroke-width="2"/></g>'
    )  # fmt: skip
    picture = draw_on(picture, body, BOX, opacity=0.9)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    for fold in (1 / 3, 2 / 3):
        crease = np.abs(x / width - fold + 0.002 * np.sin(y / 40))
        picture = (
            picture * (1 - 0.16 * smoothstep(0.006, 0.0, crease))[..., None]
            + 0.05 * smoothstep(0.004, 0.0, np.abs(crease - 0.004))[..., None]
        )
    crease = np.abs(y / height - 0.5)
    picture = picture * (1 - 0.14 * smoothstep(0.007, 0.0, crease))[..., None]
    stains = smoothstep(0.62, 0.75, noise(height, width, (3, 4), seed + 9, 5))
    picture = mix(picture, color("#b08d57"), stains * 0.28)
    return grain(vignette(picture, 0.5), 0.014, seed)


def _streets(seed: int) -> str:
    """Streets around the old town: rings with gaps, and roads that lead outwards."""
    random = np.random.default_rng(seed)
    paths: list[str] = []
    for radius in (90, 150, 230, 330, 450, 580, 720):
        for _ in range(3 + radius // 90):
            turns = random.uniform(0, 2 * np.pi) + np.linspace(0, random.uniform(0.25, 0.8), 12)
            points = " ".join(
                f"{760 + radius * 1.1 * np.cos(t):.0f},{600 + radius * 0.8 * np.sin(t):.0f}" for t in turns
            )
            paths.append(f'<polyline points="{points}"/>')
    for turn in np.linspace(0, 2 * np.pi, 22)[:-1]:
        bend, reach = turn + random.normal(0, 0.06), random.uniform(350, 900)
        paths.append(
            f'<path d="M{760 + 60 * np.cos(turn):.0f} {600 + 50 * np.sin(turn):.0f}'
            f"Q{760 + 0.5 * reach * np.cos(bend):.0f} {600 + 0.4 * reach * np.sin(bend):.0f} "
            f'{760 + reach * np.cos(turn + 0.1):.0f} {600 + 0.8 * reach * np.sin(turn + 0.1):.0f}"/>'
        )
    clip = '<clipPath id="sheet"><path d="M52 52H1548V1015H52z"/></clipPath>'
    return f'{clip}<g clip-path="url(#sheet)" fill="none" stroke="#c2af86" stroke-width="4" opacity=".75">{"".join(paths)}</g>'


def _stops(paths: list[str]) -> str:
    """A dot about every 75 units along each line."""
    dots: list[str] = []
    for path in paths:
        points = _corners(path)
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            count = max(1, round(float(np.hypot(x1 - x0, y1 - y0)) / 75))
            dots += [
                f'<circle cx="{x0 + (x1 - x0) * k / count:.0f}" cy="{y0 + (y1 - y0) * k / count:.0f}" r="6.5"/>'
                for k in range(count + 1)
            ]
    hub = '<circle cx="760" cy="600" r="17" stroke-width="5"/>'
    return f'<g fill="#f4ead0" stroke="#33281a" stroke-width="3">{"".join(dots)}{hub}</g>'


def _corners(path: str) -> list[tuple[float, float]]:
    """The corners of a path of absolute M, L, H and V commands."""
    points: list[tuple[float, float]] = []
    command, numbers = "", ""
    for character in path + "Z":
        if not character.isalpha():
            numbers += character
            continue
        if numbers:
            values = [float(number) for number in numbers.split()]
            x, y = points[-1] if points else (0.0, 0.0)
            points.append({"H": (values[0], y), "V": (x, values[0])}.get(command, (values[0], values[-1])))
        command, numbers = character, ""
    return points


def _badge(x: float, y: float, digit: str, tint: str) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="26" fill="{tint}" stroke="#f4ead0" stroke-width="4"/>'
        f'<path d="{_DIGITS[digit]}" transform="translate({x - 8} {y - 13}) scale(1.6)" fill="none" '
        'stroke="#f8f0da" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def temperature_chart(height: int, width: int, seed: int) -> Pixels:
    """Daily mean temperatures of 60 years as dots from blue to red, their smoothed course as a line."""
    random = np.random.default_rng(seed)
    picture = np.ones((height, width, 3), np.float32) * color("#fbf8f2")
    years = np.arange(60)
    trend = 9.0 + 0.9 * np.sin(years / 5) * 0.25 + 0.000_65 * years**2
    values = trend[:, None] + random.normal(0, 0.75, (60, 9))
    tints = ramp(
        np.clip((values - 7.3) / 5.2, 0, 1).astype(np.float32),
        colors("#2b5c9e", "#7fb0d6", "#e9dcc8", "#e98b5b", "#a3212c"),
    )
    dots: list[str] = []
    for year in years:
        for sample in range(9):
            x = 140 + year * 22.5 + random.uniform(-7, 7)
            y = 930 - (values[year, sample] - 6.5) * 128
            red, green, blue = (tints[year, sample] * 255).astype(int)
            dots.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="rgb({red},{green},{blue})"/>')
    lines = "".join(f'<path d="M120 {930 - step * 128}H1500"/>' for step in range(7))
    course = " ".join(f"{140 + year * 22.5:.1f},{930 - (trend[year] - 6.5) * 128:.1f}" for year in years)
    ticks = "".join(f'<path d="M{140 + decade * 225} 930v16"/>' for decade in range(7))
    body = (
        f'<g stroke="#d8d1c4" stroke-width="1.5">{lines}</g><g stroke="#4a443c" stroke-width="3">{ticks}<path d="M120 930H1500"/></g>'
        f'<g opacity=".8">{"".join(dots)}</g><polyline points="{course}" fill="none" stroke="#fbf8f2" stroke-width="13" stroke-linejoin="round"/>'
        f'<polyline points="{course}" fill="none" stroke="#2a2622" stroke-width="6.5" stroke-linejoin="round" stroke-linecap="round"/>'
    )
    return draw_on(picture, body, BOX)


def repair_count(height: int, width: int, seed: int) -> Pixels:
    """An afternoon's repairs, one square each: 41 mended, 9 half, 6 beyond help."""
    picture = _paper(height, width, seed, colors("#1f2a33", "#22303a", "#263640"))
    squares: list[str] = []
    for index in range(56):
        column, row = index % 10, index // 10
        x, y = 225 + column * 117, 175 + row * 122
        if index < 41:
            squares.append(
                f'<rect x="{x}" y="{y}" width="92" height="92" rx="14" fill="#5fb58c"/><path d="M{x + 26} {y + 48}l15 16l27-34" stroke="#1f2a33" stroke-width="9"/>'
            )
        elif index < 50:
            squares.append(
                f'<rect x="{x}" y="{y}" width="92" height="92" rx="14" fill="#e3b256"/><path d="M{x + 46} {y + 24}v26l18 14" stroke="#1f2a33" stroke-width="9"/>'
            )
        else:
            squares.append(
                f'<rect x="{x + 2}" y="{y + 2}" width="88" height="88" rx="13" fill="none" stroke="#8794a0" stroke-width="4"/><path d="M{x + 32} {y + 32}l28 28m0-28l-28 28" stroke="#8794a0" stroke-width="7"/>'
            )
    return grain(
        draw_on(
            picture,
            f'<g fill="none" stroke-linecap="round" stroke-linejoin="round">{"".join(squares)}</g>',
            BOX,
        ),
        0.006,
        seed,
    )


def garden_plan(height: int, width: int, seed: int) -> Pixels:
    """A plan of garden beds in watercolour: rows, a path, a shed, a water butt, a plum tree."""
    random = np.random.default_rng(seed)
    picture = _paper(height, width, seed, colors("#ece4d2", "#f6f1e4", "#fbf8ef"))
    beds = [
        (170, 150, 400, 260, "#8fae6b"), (170, 450, 400, 210, "#c98a5a"), (170, 700, 400, 230, "#a3b85f"),
        (690, 150, 330, 340, "#7f9f86"), (690, 530, 330, 400, "#b7c27a"), (1120, 520, 320, 410, "#c9b06a"),
    ]  # fmt: skip
    washes = [
        (f'<rect x="{x}" y="{y}" width="{wide}" height="{tall}" rx="16" fill="#fff"/>', tint)
        for x, y, wide, tall, tint in beds
    ]
    washes += [
        ('<circle cx="1290" cy="300" r="150" fill="#fff"/>', "#6f8f5d"),
        ('<path d="M610 120h40V960h-40z" fill="#fff"/>', "#d8c9a8"),
        ('<path d="M1060 130h70v90h-70z" fill="#fff"/>', "#9a6b52"),
        ('<circle cx="1095" cy="440" r="34" fill="#fff"/>', "#6fa3b8"),
    ]
    spread = noise(height, width, (14, 20), seed + 1, 5)
    pigment = noise(height, width, (5, 7), seed + 2, 6)
    for shape, tint in washes:
        picture = _wash(picture, shape, color(tint), spread, pigment)
    plants: list[str] = []
    for x, y, wide, tall, _ in beds:
        step = random.integers(46, 66)
        for row in range(y + 40, y + tall - 15, int(step)):
            for column in range(x + 34, x + wide - 15, int(random.integers(34, 58))):
                a, b, r = column + random.normal(0, 3), row + random.normal(0, 3), random.uniform(6, 14)
                plants.append(
                    f'<path d="M{a - r:.0f} {b:.0f}q{r:.0f}-{r * 1.3:.0f} {2 * r:.0f} 0q-{r:.0f} {r * 1.2:.0f}-{2 * r:.0f} 0"/>'
                )
    outlines = "".join(
        f'<rect x="{x + random.normal(0, 2):.0f}" y="{y + random.normal(0, 2):.0f}" width="{wide}" height="{tall}" rx="12"/>'
        for x, y, wide, tall, _ in beds
    )
    tree = "".join(
        f'<path d="M1290 300q{40 * np.cos(t):.0f} {40 * np.sin(t) + 12:.0f} {128 * np.cos(t):.0f} {128 * np.sin(t):.0f}"/>'
        for t in np.linspace(0.3, 6.0, 9)
    )
    ink = f'<g fill="none" stroke="#3d4436" stroke-width="2.2" stroke-linecap="round">{outlines}{"".join(plants)}{tree}<circle cx="1290" cy="300" r="152"/><path d="M1060 130h70v90h-70zM1060 130l35 45l35-45M1095 175v45"/><circle cx="1095" cy="440" r="34"/><path d="M90 80H1510V1000H90z" stroke-dasharray="22 12"/></g>'
    return grain(draw_on(picture, ink, BOX, 0.85), 0.008, seed)


def _wash(picture: Pixels, shape: str, tint: Pixels, spread: Pixels, pigment: Pixels) -> Pixels:
    """A shape laid on in watercolour: uneven, darker where the colour dried at its edge."""
    height, width = picture.shape[:2]
    _, mask = drawn(shape, height, width, BOX)
    wet = blur(mask, 7 * height / 853) + 0.40 * (spread - 0.5)
    body = smoothstep(0.44, 0.52, wet)
    edge = smoothstep(0.40, 0.50, wet) * smoothstep(0.66, 0.50, wet)
    strength = body * (0.57 + 0.47 * pigment + 0.47 * edge)
    return mix(picture, picture * tint, np.clip(strength, 0, 1))


def choir_poster(height: int, width: int, seed: int) -> Pixels:
    """A sketch for a choir's poster: four voices as arcs that meet."""
    picture = _paper(height, width, seed, colors("#efe2cc", "#f4ead8", "#f7efe1"))
    voices = (("#c8553d", 520, 690), ("#e0a03a", 700, 620), ("#2f6f73", 900, 620), ("#243b5a", 1080, 690))
    shapes: list[str] = []
    for tint, x, y in voices:
        shapes += [
            f'<circle cx="{x}" cy="{y}" r="{r}" opacity="{0.92 - 0.1 * k:.2f}" stroke="{tint}" stroke-width="{30 - 3.4 * k:.0f}"/>'
            for k, r in enumerate(range(70, 430, 58))
        ]
    body = (
        f'<g fill="none" style="mix-blend-mode:multiply">{"".join(shapes)}</g>'
        '<path d="M0 860H1600V1067H0z" fill="#f4ead8"/><path d="M160 862H1440" stroke="#243b5a" stroke-width="8"/>'
        '<g fill="#243b5a"><path d="M160 905h620v26H160zM160 955h430v14H160zM160 985h380v14H160z"/></g>'
        '<circle cx="1370" cy="955" r="52" fill="#c8553d"/>'
    )
    return grain(draw_on(picture, body, BOX, 0.94), 0.012, seed)
