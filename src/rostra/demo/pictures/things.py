"""Things on a table: a loaf of bread, a dovetail joint; and sound made visible."""

# ruff: noqa: E501 - paths of drawings are data

import numpy as np

from rostra.demo.pictures.canvas import (
    Pixels,
    blur,
    color,
    colors,
    draw_on,
    drawn,
    grain,
    grid,
    mix,
    noise,
    ramp,
    slopes,
    smoothstep,
    vignette,
)


def wood(height: int, width: int, seed: int, tones: Pixels, upright: bool = False) -> Pixels:
    """Planed wood, its grain across or `upright`."""
    rows, columns = (width, height) if upright else (height, width)
    y, x = grid(rows, columns)
    bend = noise(rows, columns, (2.5, 1.2), seed, 4)
    rings = np.sin((y * 9 + bend * 5 + 0.3 * x) * 2 * np.pi)
    fibers = noise(rows, columns, (260, 5), seed + 1, 3)
    tone = np.clip(0.5 + 0.24 * rings + 0.55 * (fibers - 0.5), 0, 1)
    picture = ramp(tone, tones)
    return np.ascontiguousarray(picture.transpose(1, 0, 2)) if upright else picture


def loaf(height: int, width: int, seed: int) -> Pixels:
    """A round sourdough loaf from above, scored like an ear of wheat, on a linen cloth."""
    y, x = grid(height, width)
    cloth = linen(height, width, seed)
    center_y, center_x = 0.51, 0.5 * width / height
    across, down = x * width / height - center_x, y - center_y
    angle = np.arctan2(down, across)
    rough = noise(height, width, (5, 7), seed + 2, 6)
    radius = 0.385 + 0.012 * np.sin(angle * 2 + 0.6) + 0.03 * (rough - 0.5)
    r = np.hypot(across, down * 1.03) / radius
    body = smoothstep(1.0, 0.985, r)
    shadow = blur(smoothstep(1.08, 0.9, np.hypot(across - 0.03, down - 0.045) / 0.385), 24 * height / 853)
    picture = cloth * (1 - 0.62 * shadow[..., None])
    cuts, ear = _scores(height, width)
    dome = np.sqrt(np.clip(1 - r**2, 0, 1))
    blisters = noise(height, width, (60, 85), seed + 3, 4)
    surface = 0.34 * dome + 0.020 * rough + 0.010 * blisters - 0.020 * cuts + 0.016 * ear
    slope_y, slope_x = slopes(blur(surface.astype(np.float32), 1.2))
    light = np.clip(0.80 + (slope_x * 0.75 + slope_y * 0.85) * height * 0.30, 0.22, 1.30)
    baked = np.clip(
        0.20 + 0.75 * r**1.5 + 1.1 * (rough - 0.5) + 0.5 * (blisters - 0.5) + 0.55 * ear - 0.2, 0, 1
    )
    crust = ramp(baked, colors("#e0a45c", "#c27c38", "#96531f", "#5c2d12", "#33170b"))
    crumb = ramp(np.clip(rough * 0.7 + blisters * 0.5 - 0.1, 0, 1), colors("#f0cf96", "#dba961", "#b97a3a"))
    crust = mix(crust, crumb, cuts)
    rings = 0.5 + 0.5 * np.sin(r * 46)
    flour = (
        smoothstep(0.50, 0.70, noise(height, width, (26, 36), seed + 4, 5) * 0.7 + 0.30 * rings)
        * (1 - cuts)
        * smoothstep(1.0, 0.8, r)
    )
    crust = mix(crust, color("#f3e7d3"), flour * 0.62)
    picture = mix(picture, crust * light[..., None], body)
    crumbs = (
        smoothstep(0.83, 0.86, noise(height, width, (110, 160), seed + 6, 2))
        * smoothstep(1.0, 1.1, r)
        * smoothstep(1.6, 1.1, r)
    )
    picture = mix(picture, color("#8a4f22"), crumbs * 0.9)
    return grain(vignette(picture, 0.45), 0.012, seed)


def linen(height: int, width: int, seed: int) -> Pixels:
    """A linen cloth with two blue stripes."""
    y, x = grid(height, width)
    threads = 0.5 + 0.25 * np.sin(y * height * 1.6) + 0.25 * np.sin(x * width * 1.6)
    slubs = noise(height, width, (400, 12), seed, 2) + noise(height, width, (12, 500), seed + 1, 2)
    folds = noise(height, width, (1.5, 2), seed + 8, 3)
    cloth = ramp(
        np.clip(0.15 + 0.25 * threads + 0.30 * slubs + 0.5 * (folds - 0.5), 0, 1),
        colors("#8d97a0", "#b8c0c4", "#d9dcda"),
    )
    stripe = smoothstep(0.012, 0.008, np.abs(y - 0.90)) + smoothstep(0.005, 0.003, np.abs(y - 0.925))
    return mix(cloth, color("#5d7490"), np.clip(stripe, 0, 1) * 0.7)


def _scores(height: int, width: int) -> tuple[Pixels, Pixels]:
    """The opened cuts, and the crisp edges that rose beside them."""
    leaves = "".join(
        f'<g transform="translate(800 {540 + row * 92}) rotate({side * 36}) scale({side} 1)">'
        '<path d="M22 8C70-42 150-62 206-46C160-8 90 22 22 8z"/></g>'
        for row in range(-2, 3)
        for side in (1, -1)
    )
    stem = '<path d="M792 300C788 430 790 640 796 800C800 810 806 806 806 796C808 640 808 430 806 300C802 292 796 292 792 300z"/>'
    _, cut = drawn(f'<g fill="#fff">{leaves}{stem}</g>', height, width, (1067, 1600))
    cut = blur(cut, 2.2 * height / 853)
    risen = np.clip(blur(np.roll(cut, (int(5 * height / 853), int(4 * height / 853)), (0, 1)), 3) - cut, 0, 1)
    return cut, risen


def dovetail(height: int, width: int, seed: int) -> Pixels:
    """A corner of a drawer: dovetails in ash and walnut."""
    bench = wood(height, width, seed, colors("#5b4a3a", "#6e5b48", "#3f332a")) * 0.7
    ash = wood(height, width, seed + 10, colors("#f0dfc0", "#e2c99f", "#c9a777"))
    walnut = wood(height, width, seed + 20, colors("#7a5136", "#5c3a26", "#3a2317"), upright=True)
    box = (1067, 1600)
    tails = "".join(f'<path d="M760 {y}L1010 {y - 34}V{y + 144}L760 {y + 110}z"/>' for y in (215, 430, 645))
    _, light_part = drawn(f'<path d="M-10 150H760V860H-10z"/>{tails}', height, width, box)
    _, dark_part = drawn('<path d="M760 150H1010V860H760z"/>', height, width, box)
    shadow = blur(
        np.roll(np.maximum(light_part, dark_part), (height // 40, width // 60), (0, 1)), 14 * height / 853
    )
    picture = bench * (1 - 0.7 * shadow[..., None])
    picture = mix(picture, walnut, dark_part)
    picture = mix(picture, ash, light_part)
    joint = "".join(f'<path d="M760 {y}L1010 {y - 34}V{y + 144}L760 {y + 110}z"/>' for y in (215, 430, 645))
    picture = draw_on(
        picture,
        f'<g fill="none" stroke="#22150d" stroke-width="2.2" opacity=".75">{joint}<path d="M760 150V860"/></g>',
        box,
    )
    edge = '<path d="M-10 150H1010V860" fill="none" stroke="#fff4dc" stroke-width="3" opacity=".5"/><path d="M-10 860H1010" stroke="#1c110a" stroke-width="4" opacity=".6"/>'
    mark = '<path d="M752 130V880" stroke="#4a4038" stroke-width="1.4" opacity=".8"/>'
    return grain(
        vignette(draw_on(draw_on(picture, edge + mark, box), _shavings(seed), box), 0.4), 0.010, seed
    )


def _shavings(seed: int) -> str:
    random = np.random.default_rng(seed)
    curls: list[str] = []
    for _ in range(16):
        x, y, size, turn = (
            random.uniform(1060, 1560),
            random.uniform(180, 1010),
            random.uniform(16, 46),
            random.uniform(0, 360),
        )
        spiral = " ".join(
            f"{(size * (0.3 + t / 9)) * np.cos(t):.1f},{(size * (0.3 + t / 9)) * np.sin(t) * 0.7:.1f}"
            for t in np.linspace(0, random.uniform(5, 9), 40)
        )
        curls.append(
            f'<g transform="translate({x:.0f} {y:.0f}) rotate({turn:.0f})" fill="none">'
            f'<polyline transform="translate(5 8)" points="{spiral}" stroke="#000" stroke-width="{size / 3.2:.1f}" opacity=".25"/>'
            f'<polyline points="{spiral}" stroke="#d9bd8f" stroke-width="{size / 3.4:.1f}"/>'
            f'<polyline points="{spiral}" stroke="#f3e3c3" stroke-width="{size / 12:.1f}"/></g>'
        )
    return "".join(curls)


def spectrogram(height: int, width: int, seed: int) -> Pixels:
    """Twelve seconds of a blackbird, as a spectrogram: time to the right, pitch upwards."""
    random = np.random.default_rng(seed)
    y, _ = grid(height, width)
    pitch = 1 - y
    power = 0.10 * noise(height, width, (120, 220), seed, 3) * np.exp(-pitch * 1.6)
    power += 0.30 * np.exp(-((pitch / 0.07) ** 2)) * (0.5 + noise(height, width, (4, 60), seed + 1, 4))
    start = 0.03
    while start < 0.93:
        length = random.uniform(0.03, 0.09)
        columns = slice(int(start * width), int(min(1.0, start + length) * width))
        time = np.linspace(0, 1, columns.stop - columns.start, dtype=np.float32)
        center = random.uniform(0.26, 0.46)
        bend = random.uniform(-0.10, 0.10) * time + random.uniform(0.01, 0.06) * np.sin(
            time * np.pi * random.integers(1, 5)
        )
        if random.random() < 0.3:
            bend = bend + 0.03 * np.sin(time * np.pi * 2 * random.integers(6, 11))
        envelope = np.clip(np.sin(np.pi * time), 0, 1) ** 0.5
        for harmonic, loud in ((1, 1.0), (2, 0.34), (3, 0.12)):
            line = (center + bend) * harmonic
            power[:, columns] += (
                loud * envelope[None, :] * np.exp(-(((pitch[:, columns] - line[None, :]) / 0.010) ** 2))
            )
        start += length + random.choice([0.008, 0.012, 0.05, 0.11])
    power = power + 0.5 * blur(power.astype(np.float32), 5)
    palette = colors("#0a0722", "#341059", "#7d1d6d", "#c73e5c", "#f47f44", "#fbc25a", "#fdf6c4")
    return grain(ramp(np.clip(power, 0, 1).astype(np.float32), palette), 0.012, seed)
