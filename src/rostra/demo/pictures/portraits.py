"""Avatars: plainly drawn portraits of people, and signs of groups."""

# ruff: noqa: E501 - paths of drawings are data

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rostra.demo.pictures.canvas import Pixels, color, draw_on, grain, noise

BOX = (400.0, 400.0)
INK = "#2b2320"

HAIR_BEHIND = {
    "long": "M106 178C96 90 150 62 200 62S304 90 294 178C298 240 306 300 318 330H82C94 300 102 240 106 178z",
    "curls": "M200 52c40-14 78 8 92 40c30 14 36 52 22 78c14 30 0 66-28 72c-12 20-40 26-60 10h-52c-20 16-48 10-60-10c-28-6-42-42-28-72c-14-26-8-64 22-78c14-32 52-54 92-40z",
    "bun": "M200 30a38 34 0 1 1 0 68a38 34 0 1 1 0-68zM118 190C108 110 148 74 200 74s92 36 82 116z",
    "bob": "M112 238C92 120 140 66 200 66s108 54 88 172c-6 22-36 20-40 2l-4-60h-88l-4 60c-4 18-34 20-40-2z",
    "scarf": "M200 56C130 56 100 112 102 180C104 250 92 300 72 352H328C308 300 296 250 298 180C300 112 270 56 200 56z",
}
HAIR_FRONT = {
    "long": "M122 176C126 120 168 104 210 112C186 96 240 88 272 132C282 148 282 164 280 178C270 150 250 132 222 126C190 140 150 140 122 176z",
    "curls": "M124 168c-6-34 18-54 40-54c8-18 40-20 52-4c24-8 56 10 60 56c-16-10-20-26-40-26c-14 8-30 6-38-2c-20 12-40 4-48 6c-16 2-18 16-26 24z",
    "bun": "M122 178C124 124 160 104 200 104s76 20 78 74C262 140 236 128 200 128s-62 12-78 50z",
    "bob": "M120 186C116 122 156 100 204 104C252 104 284 126 280 186C270 160 262 146 236 142H160C138 146 130 160 120 186z",
    "short": "M120 172C108 104 150 72 204 76C262 72 290 112 280 172C276 150 266 138 258 130C226 140 176 136 146 124C134 136 124 150 120 172z",
    "grey": "M118 180C104 116 150 82 196 84C250 78 294 114 282 180C278 158 272 146 262 140C254 116 230 110 200 112C168 110 146 118 138 140C128 148 122 160 118 180z",
    "bald": "M120 190C114 176 114 160 118 150C122 164 122 178 124 192zM280 190C286 176 286 160 282 150C278 164 278 178 276 192z",
    "fade": "M124 158C118 104 156 82 200 82s82 22 76 76C270 132 250 118 200 118s-70 14-76 40z",
    "scarf": "M122 196C116 128 152 96 200 96s84 32 78 100C272 150 246 128 200 128s-72 22-78 68z",
}
_CAP = "M115 182C110 106 152 82 200 82s90 24 85 100C270 134 238 118 200 118s-70 16-85 64z"
_WRAP = "M122 232C136 300 170 316 200 316s64-16 78-84l34 120H88z"
BEARDS = {
    "full": "M124 206C126 276 166 304 200 304s74-28 76-98C270 226 256 232 240 230C226 218 174 218 160 230C144 232 130 226 124 206z",
    "moustache": "M162 236C174 222 192 222 200 228C208 222 226 222 238 236C222 244 210 240 200 238C190 240 178 244 162 236z",
}
HATS = {
    "captain": '<path d="M112 128C116 80 160 64 200 64s84 16 88 64z" fill="{tint}"/><path d="M108 126h184v22H108z" fill="#1d2733"/><path d="M116 148c40 22 128 22 168 0l-10 22c-40-14-108-14-148 0z" fill="#10161d"/><circle cx="200" cy="118" r="11" fill="#d9b45a"/>',
    "beanie": '<path d="M114 150C112 86 156 58 200 58s88 28 86 92z" fill="{tint}"/><path d="M108 138h184v32H108z" fill="{tint}"/><path d="M108 138h184v32H108z" fill="#000" opacity=".18"/>',
    "straw": '<path d="M138 120C140 78 166 62 200 62s60 16 62 58z" fill="{tint}"/><path d="M136 108h128v16H136z" fill="#8a4b36"/><path d="M74 136C120 104 280 104 326 136C280 152 120 152 74 136z" fill="{tint}"/>',
}


@dataclass(frozen=True, slots=True)
class Face:
    """What a portrait shows. Colours are `#rrggbb`, the other words keys of the tables above."""

    ground: str
    skin: str
    hair: str
    hair_style: str
    clothes: str
    collar: str
    beard: str = ""
    hat: str = ""
    hat_tint: str = "#e8e2d4"
    glasses: str = ""
    earrings: str = ""
    lines: bool = False


def portrait(face: Face, size: int, seed: int) -> Pixels:
    """A person, drawn plainly: head and shoulders."""
    shade = "#000"
    parts = [
        '<circle cx="292" cy="96" r="190" fill="#fff" opacity=".10"/>',
        f'<path d="{HAIR_BEHIND[face.hair_style]}" fill="{face.hair}"/>'
        if face.hair_style in HAIR_BEHIND
        else "",
        f'<path d="M40 420C44 336 110 312 160 304h80c50 8 116 32 120 116z" fill="{face.clothes}"/>',
        f'<path d="M166 262h68v48c0 22-68 22-68 0z" fill="{face.skin}"/><path d="M166 270h68v16c-18 18-50 18-68 0z" fill="{shade}" opacity=".16"/>',
        f'<path d="M148 306C164 346 236 346 252 306L268 312C250 372 150 372 132 312z" fill="{face.collar}"/>',
        f'<path d="{_WRAP}" fill="{face.hair}"/>' if face.hair_style == "scarf" else _ears(face),
        f'<path d="M120 170C120 112 156 92 200 92s80 20 80 78c0 66-30 122-80 122s-80-56-80-122z" fill="{face.skin}"/>',
        '<path d="M228 94C270 104 282 134 280 176c-2 64-34 116-80 116c38-16 56-60 56-112c0-40-10-68-28-86z" fill="#000" opacity=".07"/>',
        f'<path d="{BEARDS[face.beard]}" fill="{face.hair}"/>' if face.beard else "",
        _features(face),
        f'<path d="{_CAP}" fill="{face.hair}"/>' if face.hair_style in HAIR_BEHIND else "",
        f'<path d="{HAIR_FRONT[face.hair_style]}" fill="{face.hair}"/>',
        HATS[face.hat].format(tint=face.hat_tint) if face.hat else "",
        _glasses(face.glasses) if face.glasses else "",
        f'<circle cx="114" cy="236" r="7" fill="{face.earrings}"/><circle cx="286" cy="236" r="7" fill="{face.earrings}"/>'
        if face.earrings
        else "",
    ]
    ground = np.ones((size, size, 3), np.float32) * color(face.ground)
    ground = ground * (0.94 + 0.12 * noise(size, size, (3, 3), seed, 4))[..., None]
    return grain(draw_on(ground, "".join(parts), BOX), 0.012, seed)


def _ears(face: Face) -> str:
    return f'<path d="M116 196a17 24 0 1 0 12 26zM284 196a17 24 0 1 1-12 26z" fill="{face.skin}"/>'


def _features(face: Face) -> str:
    wrinkles = (
        f'<g fill="none" stroke="{INK}" stroke-width="2.2" opacity=".35" stroke-linecap="round">'
        '<path d="M134 206q6 6 12 7M266 206q-6 6-12 7M160 232q-6 10-4 18M240 232q6 10 4 18M170 128q30-6 60 0M174 140q26-5 52 0"/></g>'
        if face.lines
        else ""
    )
    return (
        f'{wrinkles}<g fill="{INK}"><ellipse cx="168" cy="190" rx="7" ry="8"/><ellipse cx="232" cy="190" rx="7" ry="8"/></g>'
        '<g fill="#fff" opacity=".85"><circle cx="170.500" cy="187" r="2.2"/><circle cx="234.500" cy="187" r="2.2"/></g>'
        f'<g fill="none" stroke="{INK}" stroke-linecap="round" stroke-width="5"><path d="M152 170q16-10 32-3M216 167q16-7 32 3" opacity=".75"/>'
        '<path d="M200 190q-8 22 2 26" stroke-width="3.4" opacity=".45"/><path d="M176 246q24 18 48 0" stroke-width="4.5" opacity=".8"/></g>'
        '<g fill="#c8503c" opacity=".16"><circle cx="146" cy="226" r="17"/><circle cx="254" cy="226" r="17"/></g>'
    )


def _glasses(tint: str) -> str:
    return (
        f'<g fill="#fff" fill-opacity=".14" stroke="{tint}" stroke-width="5"><circle cx="166" cy="192" r="27"/><circle cx="234" cy="192" r="27"/>'
        '<path d="M193 190q7-6 14 0M139 188l-19-6M261 188l19-6" fill="none"/></g>'
    )


def emblem(body: str, ground: str, size: int, seed: int) -> Pixels:
    """The sign of a group: SVG elements in a box of 400 by 400."""
    picture = np.ones((size, size, 3), np.float32) * color(ground)
    picture = picture * (0.94 + 0.12 * noise(size, size, (3, 3), seed, 4))[..., None]
    return grain(draw_on(picture, body, BOX), 0.012, seed)


FACES: dict[str, Face] = {
    "hinnerk": Face("#6f94a8", "#e2ac88", "#d9d5cc", "grey", "#22364a", "#c9cfd2", beard="full", hat="captain", lines=True),
    "grace": Face("#e0a44a", "#6b4227", "#1d1512", "curls", "#2f7f86", "#e9f1ef", earrings="#f3d37a"),
    "tomasz": Face("#5c6f5a", "#eec3a0", "#5a3a22", "short", "#39413a", "#23282a", beard="full", glasses="#20242a"),
    "ilvy": Face("#243447", "#f0c8a8", "#a3412a", "bob", "#121a24", "#121a24", earrings="#5fc9c2"),
    "mairead": Face("#8fb0a0", "#efc4a8", "#e6e3de", "bob", "#4a6b52", "#d7c48c", glasses="#6d4b3a", lines=True),
    "noor": Face("#c9b8d8", "#c98d62", "#34506b", "scarf", "#34506b", "#2a4259", glasses="#8a6d3a"),
    "ade": Face("#1f2c52", "#5b3822", "#15100e", "fade", "#b5482f", "#1d2437", beard="moustache"),
    "lotte": Face("#e9c9a0", "#f3cbb0", "#d8a24c", "bun", "#6c4c8c", "#efe6f2", earrings="#6c4c8c"),
    "giulia": Face("#9db7cf", "#d69a70", "#2c1c16", "long", "#a33b33", "#f0e8dc", hat="beanie", hat_tint="#e3b04b"),
    "karla": Face("#a9bd7c", "#eebf9f", "#efece6", "curls", "#7b3f5e", "#f2e9dc", hat="straw", hat_tint="#e3c98c", lines=True),
    "jonah": Face("#3e3a4e", "#d8a27c", "#1f1a1c", "short", "#d98a3d", "#2b2735", glasses="#0f0f12"),
    "emre": Face("#b9573f", "#c88e66", "#1e1714", "short", "#f0e9de", "#dcd2c2", beard="moustache"),
}  # fmt: skip

_LOAF = (
    '<path d="M60 236C60 150 130 112 200 112s140 38 140 124c0 44-40 60-140 60S60 280 60 236z" fill="#c47a35"/>'
    '<path d="M84 226C88 164 140 136 200 136s112 28 116 90" fill="none" stroke="#e7b06a" stroke-width="10" opacity=".7"/>'
    '<g fill="#f5e2bd"><path d="M132 166c30 8 40 40 30 76c-30-14-40-44-30-76zM190 152c30 8 40 46 30 86c-30-14-40-50-30-86zM250 162c28 10 36 42 26 74c-28-14-36-44-26-74z"/></g>'
)
_VOICES = "".join(
    f'<path d="M{200 - r} 270A{r} {r} 0 0 1 {200 + r} 270" fill="none" stroke="{tint}" stroke-width="26"/>'
    for r, tint in ((46, "#f3c55b"), (86, "#e9774f"), (126, "#c94b5c"), (166, "#f4e6d2"))
)
_SHELF = (
    '<g><path d="M70 92H330V312H70z" fill="#e9dcc0"/><path d="M70 92H330V312H70z" fill="none" stroke="#3c2f22" stroke-width="10"/>'
    '<path d="M70 202H330" stroke="#3c2f22" stroke-width="10"/>'
    '<g fill="#8b3a2e"><path d="M92 112h26v85H92zM206 120h22v77h-22z"/></g><g fill="#2f5560"><path d="M122 124h32v73h-32zM232 112h34v85h-34z"/></g>'
    '<g fill="#b4863a"><path d="M158 108h20v89h-20zM276 130l20-6l18 70l-20 5z"/></g><path d="M100 226h200v66H100z" fill="#b79a6c"/>'
    '<path d="M168 244h64v20h-64z" fill="#f6efdd"/><circle cx="200" cy="278" r="6" fill="#3c2f22"/></g>'
)
_MENDING = (
    '<g fill="none" stroke="#f3ead7" stroke-width="16" stroke-linecap="round"><path d="M110 290L250 150"/>'
    '<path d="M262 92a52 52 0 1 0 46 46l-34 30l-34-8l-8-34z" fill="#f3ead7" stroke-width="6" stroke-linejoin="round"/></g>'
    '<path d="M108 112C150 60 330 250 292 292S60 170 108 112" fill="none" stroke="#e2603f" stroke-width="9" stroke-dasharray="26 16" stroke-linecap="round"/>'
)
EMBLEMS: dict[str, tuple[str, str]] = {
    "backstube": (_LOAF, "#f0dcb8"),
    "suedchor": (_VOICES, "#24324f"),
    "stadtarchiv": (_SHELF, "#7d8f86"),
    "mendingtable": (_MENDING, "#2c4a52"),
}


def avatar(name: str, size: int) -> Pixels:
    """The avatar of `name`, square.

    Raises:
        KeyError: nobody has that name.
    """
    seed = sum(name.encode())
    draw: Callable[[], Pixels]
    if name in FACES:
        draw = lambda: portrait(FACES[name], size, seed)  # noqa: E731
    else:
        body, ground = EMBLEMS[name]
        draw = lambda: emblem(body, ground, size, seed)  # noqa: E731
    return draw()
