"""Films and sounds for the tests, made on the spot."""

import io
import struct
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.stream import Disposition

from .pictures import MARK

PLACE = f"+52.5169+013.3806+034/{MARK.decode()}"
"""A place as cameras write it (ISO 6709), with the mark of all metadata."""
RATE = 48_000


def picture(number: int, width: int, height: int) -> Any:
    """A frame with a bright left upper quarter and a bar that wanders."""
    pixels = np.full((height, width, 3), (20, 40, 90), np.uint8)
    pixels[: height // 2, : width // 2] = (240, 230, 60)
    at = number * 3 % width
    pixels[:, at : at + 4] = (250, 20, 20)
    return pixels


def film(
    container: str = "mp4",
    video: str | None = "libx264",
    audio: str | None = "aac",
    *,
    size: tuple[int, int] = (320, 180),
    seconds: float = 1.0,
    rate: int = 25,
    rotation: int = 0,
    tags: dict[str, str] | None = None,
    pix_fmt: str = "yuv420p",
    options: dict[str, str] | None = None,
    cover: bytes | None = None,
    bits: int | None = None,
    movflags: str = "use_metadata_tags",
) -> bytes:
    """A film with a tone of 440 Hz. `tags` go onto the container and all tracks."""
    buffer = io.BytesIO()
    muxing = {"movflags": movflags} if movflags and container in ("mp4", "mov", "ipod") else {}
    with av.open(buffer, "w", format=container, container_options=muxing) as output:
        output.metadata.update(tags or {})
        streams: list[Any] = []
        stream: Any
        if video:
            stream = output.add_stream(video, rate=rate, options=options or {})
            stream.width, stream.height = size
            stream.pix_fmt = pix_fmt
            if bits:
                stream.bit_rate = bits
            if rotation:
                stream.set_display_rotation(rotation)
            streams.append(stream)
        if audio:
            stream = output.add_stream(audio, rate=8_000 if "amr" in audio else RATE)
            stream.layout = "mono" if "amr" in audio else "stereo"
            streams.append(stream)
        if cover:
            streams.append(_cover(output, cover))
        for stream in streams:
            stream.metadata.update(tags or {})
        if cover:
            packet = av.Packet(cover)
            packet.stream = streams[-1]
            packet.pts = packet.dts = 0
            output.start_encoding()
            output.mux(packet)
        _write(output, streams[: len(streams) - bool(cover)], seconds, rate, size)
    return buffer.getvalue()


def sound(container: str, codec: str, seconds: float = 1.0, **options: Any) -> bytes:
    """A tone."""
    return film(container, None, codec, seconds=seconds, **options)


def _cover(output: Any, cover: bytes) -> Any:
    stream = output.add_stream("mjpeg")
    stream.width = stream.height = 64
    stream.pix_fmt = "yuvj420p"
    stream.disposition = Disposition.attached_pic
    return stream


def _write(output: Any, streams: list[Any], seconds: float, rate: int, size: tuple[int, int]) -> None:
    for stream in streams:
        if stream.type == "video":
            for number in range(round(seconds * rate)):
                frame = av.VideoFrame.from_ndarray(picture(number, *size), format="rgb24")
                frame = frame.reformat(format=stream.pix_fmt)
                frame.pts, frame.time_base = number, Fraction(1, rate)
                output.mux(stream.encode(frame))
        else:
            _write_tone(output, stream, seconds)
        output.mux(stream.encode(None))


def _write_tone(output: Any, stream: Any, seconds: float) -> None:
    rate, layout = stream.rate, stream.layout.name
    stream.codec_context.open(strict=False)
    step = stream.codec_context.frame_size or 1024
    resampler = av.AudioResampler(stream.format.name, layout, rate, frame_size=step)
    for at in range(0, round(seconds * rate), 4096):
        wave = np.sin(np.arange(at, at + 4096) * 2 * np.pi * 440 / rate) * 0.3
        samples = np.stack([wave] * (1 if layout == "mono" else 2)).astype(np.float32)
        frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        for piece in resampler.resample(frame):
            output.mux(stream.encode(piece))
    for piece in resampler.resample(None):
        output.mux(stream.encode(piece))


def reading(data: bytes, container: str | None = None) -> Any:
    """`data`, opened; for `with`."""
    return av.open(io.BytesIO(data), format=container)


def box(name: bytes, data: bytes) -> bytes:
    """A box of ISO base media (ISO/IEC 14496-12 4.2)."""
    return struct.pack(">I", 8 + len(data)) + name + data


def with_box_in_moov(mp4: bytes, extra: bytes) -> bytes:
    """`mp4`, whose index stands at its end, with one more box in that index."""
    at = mp4.rindex(b"moov") - 4
    size = int.from_bytes(mp4[at : at + 4], "big")
    assert at + size == len(mp4)
    return mp4[:at] + struct.pack(">I", size + len(extra)) + mp4[at + 4 :] + extra


def streams_of(data: bytes) -> list[tuple[str, str, dict[str, str]]]:
    """Type, codec and tags of each track."""
    with reading(data) as container:
        return [
            (stream.type, stream.codec_context.name if stream.codec_context else "", dict(stream.metadata))
            for stream in container.streams
        ]


def tags_of(data: bytes) -> dict[str, str]:
    """Tags of the container, but those that name the format."""
    with reading(data) as container:
        ours = ("major_brand", "minor_version", "compatible_brands")
        return {name: value for name, value in container.metadata.items() if name not in ours}


def decoded(data: bytes) -> tuple[list[Any], float]:
    """All pictures as RGB arrays, and the seconds of sound."""
    pictures: list[Any] = []
    samples = 0.0
    with reading(data) as container:
        for frame in container.decode(*container.streams.video[:1], *container.streams.audio[:1]):
            if isinstance(frame, av.VideoFrame):
                pictures.append(frame.to_ndarray(format="rgb24"))
            else:
                samples += frame.samples / frame.sample_rate
    return pictures, samples
