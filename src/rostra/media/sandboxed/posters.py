"""What films and sounds show before they play, and the facts of finished ones. Runs in the sandbox only."""

import os
from fractions import Fraction
from typing import Literal

import av
import numpy as np
import pyvips
from av.stream import Disposition
from av.video.frame import VideoFrame

from rostra.media.films import Film
from rostra.media.pictures import Picture, Refusal
from rostra.media.sandboxed import renditions
from rostra.media.sandboxed.inputs import RefusedError, opened
from rostra.media.sandboxed.moving import is_loop

POSTER_SECONDS = 1
"""Where in a film its poster is from (or a third of a shorter one): the first frames are often black."""
COVER_BYTES = 16 * 1024**2
COVER_PACKETS = 20


def describe_film(output: int, kind: Literal["gifv", "video"] | None) -> Film:
    """The finished film in the open file `output`. `kind` None: what its sound and its length make it.

    Raises:
        RefusedError: there is no picture in it.
    """
    size = os.fstat(output).st_size
    with opened(output) as film:
        video, audio, seconds = film.video, film.audio, film.seconds
        if video is None or not seconds:
            raise RefusedError(Refusal("damaged"))
        rate = _nearest(film.rate or Fraction(25))
        sound = audio.codec_context if audio else None
        picture = _poster(output, seconds)
        return Film(
            kind=kind or ("gifv" if audio is None and is_loop(seconds) else "video"),
            content_type="video/mp4",
            bytes=size,
            duration=round(seconds, 3),
            bitrate=round(size * 8 / seconds),
            width=video.codec_context.width,
            height=video.codec_context.height,
            frame_rate=f"{rate.numerator}/{rate.denominator}",
            preview=picture.main,
            blurhash=picture.blurhash,
            audio_codec=sound.name if sound else None,
            sample_rate=sound.sample_rate if sound else None,
            channels=sound.channels if sound else None,
        )


def describe_sound(output: int, upload: int) -> Film:
    """The finished sound in the open file `output`; its picture is the one in `upload`, encoded anew.

    Raises:
        RefusedError: there is no sound in it.
    """
    size = os.fstat(output).st_size
    with opened(output) as sound:
        audio, seconds = sound.audio, sound.seconds
        if audio is None or not seconds:
            raise RefusedError(Refusal("damaged"))
        picture = _cover(upload)
        return Film(
            kind="audio",
            content_type="audio/mpeg",
            bytes=size,
            duration=round(seconds, 3),
            bitrate=round(size * 8 / seconds),
            audio_codec="mp3",
            sample_rate=audio.codec_context.sample_rate,
            channels=audio.codec_context.channels,
            preview=picture.main if picture else None,
            blurhash=picture.blurhash if picture else None,
            colors=colours_of(picture.main.data) if picture else None,
        )


def colours_of(picture: bytes) -> tuple[str, str, str]:
    """Background, foreground and accent that go with `picture`.

    The background is what its edges mostly are; the others are the colours in it that stand out most
    from that, or black or white where none has the contrast of 4.5 that WCAG 2 asks of text.
    """
    image = pyvips.Image.thumbnail_buffer(picture, 64, height=64)
    image = image.flatten() if image.hasalpha() else image
    pixels = np.frombuffer(image.write_to_memory(), np.uint8).reshape(image.height, image.width, 3)
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    background = _palette(edge)[0]
    by_contrast = sorted(
        _palette(pixels.reshape(-1, 3)), key=lambda c: _contrast(c, background), reverse=True
    )
    readable = [colour for colour in by_contrast if _contrast(colour, background) >= 4.5]
    plain = max(((0, 0, 0), (255, 255, 255)), key=lambda c: _contrast(c, background))
    foreground = readable[0] if readable else plain
    vivid = sorted(readable[1:], key=lambda c: max(c) - min(c), reverse=True)
    return _hex(background), _hex(foreground), _hex(vivid[0] if vivid else foreground)


def _poster(output: int, seconds: float) -> Picture:
    wanted, shown = min(POSTER_SECONDS, seconds / 3), None
    with opened(output) as film:
        film.audio = None
        try:
            for frame in film.container.decode(film.container.streams.video[0]):
                shown = frame
                if (frame.time or 0) >= wanted:
                    break
        except av.FFmpegError:
            pass
    if shown is None:
        raise RefusedError(Refusal("damaged"))
    return renditions.from_pixels(*_rgb(shown))


def _rgb(frame: VideoFrame) -> tuple[bytes, int, int]:
    return frame.to_ndarray(format="rgb24").tobytes(), frame.width, frame.height


def _cover(upload: int) -> Picture | None:
    """The picture that came with a sound; None: there is none that can be used."""
    with opened(upload) as source:
        attached = [s for s in source.container.streams.video if s.disposition & Disposition.attached_pic]
        if not attached:
            return None
        try:
            for number, packet in enumerate(source.container.demux(attached[0])):
                data = bytes(packet) if 0 < packet.size <= COVER_BYTES else b""
                found = renditions.render(data, "preview") if data else None
                if isinstance(found, Picture) or number > COVER_PACKETS:
                    return found if isinstance(found, Picture) else None
        except av.FFmpegError:
            return None
    return None


def _nearest(rate: Fraction) -> Fraction:
    """`rate` in numbers that people know, such as 30000/1001."""
    return min(
        (rate.limit_denominator(1), Fraction(round(rate * 1001 / 1000) * 1000, 1001), rate),
        key=lambda near: (abs(near - rate) > rate / 500, near.denominator),
    )


def _palette(pixels: np.ndarray) -> list[tuple[int, int, int]]:
    """The commonest colours, in steps of 32, each as the mean of its pixels; commonest first."""
    steps = (pixels // 32).astype(np.int32) @ np.array([64, 8, 1])
    numbers, counts = np.unique(steps, return_counts=True)
    commonest = numbers[np.argsort(counts)[::-1]][:12]
    means = [pixels[steps == number].mean(axis=0).round().astype(int) for number in commonest]
    return [(int(r), int(g), int(b)) for r, g, b in means]


def _contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2, 1.4.3)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    parts = [v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _hex(colour: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
