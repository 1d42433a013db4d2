"""Frames in, encoded tracks of an MP4 out: upright, within the limits, and nothing but picture and sound.

Runs in the sandbox only.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import sqrt
from typing import Any, Literal, cast

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph
from av.sidedata.sidedata import Type
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from rostra.media.films import INPUT_FRAMES, OUTPUT_MATRIX, OUTPUT_RATE
from rostra.media.pictures import Refusal
from rostra.media.sandboxed.inputs import RefusedError

CLOCK = Fraction(1, 90_000)
"""Unit of time of encoded films: fine enough for all frame rates."""
FRAME_DURATION = 1 << 8
"""AV_CODEC_FLAG_FRAME_DURATION (libavcodec/avcodec.h): the last frame stays as long as it should."""
MOST_BITS = 6_000_000
"""Highest bit rate, over a second or two."""
BITS_PER_PIXEL = 0.1
_RGB = ("rgb", "bgr", "gbr", "pal", "0rgb", "argb", "abgr", "gray", "mono", "ya")

Orientation = tuple[tuple[str, str], ...]
_ORIENTATIONS: dict[tuple[int, ...], Orientation] = {
    (1, 0, 0, 1): (),
    (0, 1, -1, 0): (("transpose", "clock"),),
    (-1, 0, 0, -1): (("hflip", ""), ("vflip", "")),
    (0, -1, 1, 0): (("transpose", "cclock"),),
    (-1, 0, 0, 1): (("hflip", ""),),
    (1, 0, 0, -1): (("vflip", ""),),
    (0, 1, 1, 0): (("transpose", "cclock_flip"),),
    (0, -1, -1, 0): (("transpose", "clock_flip"),),
}
"""Signs of the display matrix (ISO/IEC 14496-12 6.2.2) -> filters that apply it."""


def orientation_of(frame: VideoFrame) -> Orientation:
    """How `frame` has to be turned to stand upright; a slant is ignored."""
    data = cast("Any", frame.side_data).get(Type.DISPLAYMATRIX)  # the types say that keys are strings
    if data is None:
        return ()
    numbers = memoryview(bytes(data)).cast("i")
    largest = max(abs(numbers[at]) for at in (0, 1, 3, 4)) or 1
    signs = tuple(round(numbers[at] / largest) for at in (0, 1, 3, 4))
    return _ORIENTATIONS.get(signs, ())


def size_of(frame: VideoFrame, shape: Fraction | None, orientation: Orientation) -> tuple[int, int]:
    """Width and height, even numbers, that the film of `frame` gets; `shape` is that of a pixel."""
    width, height = float(frame.width), float(frame.height)
    if shape and Fraction(1, 10) <= shape <= 10:
        width *= float(shape)
    if any(name == "transpose" for name, _ in orientation):
        width, height = height, width
    scale = min(1, sqrt(OUTPUT_MATRIX / (width * height)))
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


class VideoTrack:
    """Encodes frames as H.264 that every browser plays."""

    def __init__(
        self, output: OutputContainer, first: VideoFrame, shape: Fraction | None, rate: Fraction | None
    ) -> None:
        self._orientation = orientation_of(first)
        self.width, self.height = size_of(first, shape, self._orientation)
        capped = min(rate or Fraction(30), Fraction(OUTPUT_RATE))
        self._drops_frames = rate is not None and rate > OUTPUT_RATE
        self._output = output
        self._graph: Graph | None = None
        self._layout: tuple[int, int, str] | None = None
        self._last = -1
        self._count = 0
        self._stream = self._add_stream(capped)

    def add(self, frame: VideoFrame, offset: Fraction) -> None:
        """Take a frame; `offset` is the time, in seconds, that becomes 0.

        Raises:
            RefusedError: there are too many.
        """
        self._count += 1
        if self._count > INPUT_FRAMES:
            raise RefusedError(Refusal("frames"))
        layout = (frame.width, frame.height, frame.format.name)
        if layout != self._layout:  # a stream may change in the middle
            self._drain(offset)
            self._graph, self._layout = self._new_graph(frame), layout
        assert self._graph is not None
        self._graph.push(frame)
        self._pull(offset)

    def finish(self, offset: Fraction) -> None:
        """Write what is still held back."""
        self._drain(offset)
        self._output.mux(self._stream.encode(None))

    def _add_stream(self, rate: Fraction) -> VideoStream:
        bits = int(min(MOST_BITS, max(500_000, self.width * self.height * rate * Fraction(BITS_PER_PIXEL))))
        options = {
            "preset": "veryfast",
            "crf": "23",
            "maxrate": str(bits),
            "bufsize": str(bits * 2),
            "profile": "high",
        }
        stream: VideoStream = self._output.add_stream(
            "libx264", rate=rate.limit_denominator(1001), options=options
        )
        context = stream.codec_context
        context.width, context.height, context.pix_fmt = self.width, self.height, "yuv420p"
        context.time_base = stream.time_base = CLOCK
        context.gop_size = max(12, int(rate * 4))
        context.thread_count = 2
        context.flags |= FRAME_DURATION
        return stream

    def _new_graph(self, frame: VideoFrame) -> Graph:
        from_rgb = frame.format.name.startswith(_RGB)
        scale = f"{self.width}:{self.height}:flags=bicubic:out_range=tv"
        steps: list[tuple[str, str]] = [
            ("bwdif", "mode=send_frame:deint=interlaced"),
            *self._orientation,
            ("scale", scale + (":out_color_matrix=bt709" if from_rgb else "")),
            *([("fps", str(OUTPUT_RATE))] if self._drops_frames else []),
            ("format", "yuv420p"),
            ("setsar", "1"),
        ]
        if from_rgb or frame.height < 4 or frame.width < 4:
            del steps[0]
        graph = Graph()
        source = graph.add_buffer(
            width=frame.width, height=frame.height, format=frame.format, time_base=frame.time_base
        )
        _link(graph, source, steps, "buffersink")
        return graph

    def _drain(self, offset: Fraction) -> None:
        if self._graph is not None:
            self._graph.push(None)
            self._pull(offset)

    def _pull(self, offset: Fraction) -> None:
        assert self._graph is not None
        for frame in _pulled(self._graph):
            assert isinstance(frame, VideoFrame)
            if frame.pts is None or frame.time_base is None:
                continue
            at = round((frame.pts * frame.time_base - offset) / CLOCK)
            if at <= self._last:
                continue
            if self._last < 0:
                self._take_colours(frame)
            frame.duration = round(frame.duration * frame.time_base / CLOCK) if frame.duration else 0
            frame.pts, frame.time_base, self._last = at, CLOCK, at
            frame.pict_type = 0  # pyright: ignore[reportAttributeAccessIssue]  # the encoder chooses
            self._output.mux(self._stream.encode(frame))

    def _take_colours(self, frame: VideoFrame) -> None:
        context = self._stream.codec_context
        context.color_range = frame.color_range
        context.colorspace = frame.colorspace
        context.color_primaries = frame.color_primaries
        context.color_trc = frame.color_trc


class AudioTrack:
    """Encodes sound: as AAC in films, as MP3 by itself."""

    def __init__(
        self, output: OutputContainer, source: AudioStream, codec: Literal["aac", "libmp3lame"]
    ) -> None:
        context = source.codec_context
        self._output = output
        self._rate = context.sample_rate if context.sample_rate in (44_100, 48_000) else 48_000
        self._layout = "mono" if context.channels == 1 else "stereo"
        self._graph: Graph | None = None
        self._sound: tuple[int, str, str] | None = None
        stream = output.add_stream(codec, rate=self._rate)
        stream.layout = self._layout
        stream.codec_context.time_base = Fraction(1, self._rate)
        if codec == "aac":
            stream.bit_rate = 160_000 if self._layout == "stereo" else 96_000
            self._format, self._samples = "fltp", 1024
        else:
            stream.codec_context.options = {"q": "2", "global_quality": str(2 * 118), "flags": "+qscale"}
            self._format, self._samples = "fltp", 1152
        self._stream = stream
        self._next = 0

    def add(self, frame: AudioFrame, offset: Fraction) -> None:
        """Take a frame; `offset` is the time, in seconds, that becomes 0."""
        sound = (frame.sample_rate, frame.format.name, frame.layout.name)
        if sound != self._sound:
            self._drain()
            self._graph, self._sound = self._new_graph(frame), sound
        if frame.pts is not None and frame.time_base is not None:
            frame.pts -= round(offset / frame.time_base)
        assert self._graph is not None
        self._graph.push(frame)
        self._pull()

    def finish(self) -> None:
        """Write what is still held back."""
        self._drain()
        self._output.mux(self._stream.encode(None))

    def _new_graph(self, frame: AudioFrame) -> Graph:
        graph = Graph()
        source = graph.add_abuffer(
            sample_rate=frame.sample_rate,
            format=frame.format.name,
            layout=frame.layout.name,
            time_base=frame.time_base,
        )
        steps = [
            ("aresample", f"{self._rate}:async=1"),
            ("aformat", f"sample_fmts={self._format}:channel_layouts={self._layout}"),
            ("asetnsamples", f"n={self._samples}:p=0"),
        ]
        _link(graph, source, steps, "abuffersink")
        return graph

    def _drain(self) -> None:
        if self._graph is not None:
            self._graph.push(None)
            self._pull()

    def _pull(self) -> None:
        assert self._graph is not None
        for frame in _pulled(self._graph):
            assert isinstance(frame, AudioFrame)
            if frame.pts is not None and frame.time_base is not None:
                at = round(frame.pts * frame.time_base * self._rate)
                self._next = max(self._next, at)
            frame.pts, frame.time_base = self._next, Fraction(1, self._rate)
            self._next += frame.samples
            self._output.mux(self._stream.encode(frame))


def _link(graph: Graph, source: Any, steps: Iterable[tuple[str, str]], sink: str) -> None:
    last = source
    for name, arguments in steps:
        step = graph.add(name, arguments) if arguments else graph.add(name)
        last.link_to(step)
        last = step
    last.link_to(graph.add(sink))
    graph.configure()


def _pulled(graph: Graph) -> Iterable[VideoFrame | AudioFrame]:
    while True:
        try:
            yield graph.pull()
        except (av.BlockingIOError, av.EOFError):
            return
