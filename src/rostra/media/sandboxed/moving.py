"""Films: as they are where browsers play them, encoded anew otherwise. Runs in the sandbox only.

What is copied are the packets of one track of pictures and one of sound, without what cameras write
between the pictures (H.264 SEI, where AVCHD cameras keep time and place). No other track, no tag, no
chapter and no attachment is ever read into the result.
"""

import os
from collections.abc import Iterator
from fractions import Fraction

import av
from av.audio.frame import AudioFrame
from av.bitstream import BitStreamFilterContext
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import VideoFrame

from rostra.media.films import INPUT_SECONDS, LOOP_SECONDS, OUTPUT_MATRIX, OUTPUT_RATE
from rostra.media.pictures import Refusal
from rostra.media.sandboxed.inputs import OpenFile, RefusedError, Source, opened
from rostra.media.sandboxed.tracks import AudioTrack, VideoTrack, orientation_of

BAD_PACKETS = 200
"""Damaged packets that a film may have; players skip them, too."""
_MP4 = {"movflags": "+faststart", "fflags": "+bitexact"}
_COPIED_PROFILES = {"Baseline", "Constrained Baseline", "Main", "High"}
_ONLY_PICTURES = "filter_units=pass_types=1-5|7-8"
"""Of H.264 (ITU-T H.264 table 7-1): slices and the parameters to decode them."""


def convert_film(upload: int, output: int) -> None:
    """Write the film in the open file `upload` to the open file `output`, as MP4.

    Raises:
        RefusedError: it can't be used.
    """
    first = first_frame(upload)
    with opened(upload) as source:
        copied = _can_be_copied(source, first) and _copy(source, output)
    if not copied:
        os.ftruncate(output, 0)
        with opened(upload) as source:
            _encode(source, first, output)


def write_mp4(output: int) -> OutputContainer:
    """An empty MP4 in the open file `output`; its index comes first, so that it plays while it loads."""
    return av.open(
        OpenFile(output), "w", format="mp4", container_options=_MP4, io_open=lambda *_: OpenFile(output)
    )


def decoded(source: Source) -> Iterator[VideoFrame | AudioFrame]:
    """All frames of the chosen tracks, in the order of the file; a few damaged packets are left out.

    Raises:
        RefusedError: more of it is damaged, or its end is missing.
    """
    streams = [stream for stream in (source.video, source.audio) if stream is not None]
    bad = count = 0
    reached = 0.0
    for packet in _packets(source, streams):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            bad += 1
            if bad > BAD_PACKETS:
                raise RefusedError(Refusal("damaged")) from None
            continue
        for frame in frames:
            if isinstance(frame, VideoFrame | AudioFrame):
                count += 1
                reached = max(reached, frame.time or 0.0)
                yield frame
    if not count or count < bad:
        raise RefusedError(Refusal("damaged"))
    check_end(source, reached)


def check_end(source: Source, reached: float) -> None:
    """Refuse a file that ends long before it says, at `reached` seconds.

    Raises:
        RefusedError: it does.
    """
    start = float(source.start)
    known = source.container.format.name.startswith(("mov", "matroska"))
    if known and source.seconds is not None and reached - start < source.seconds * 0.9 - 1:
        raise RefusedError(Refusal("damaged"))
    if reached - start > INPUT_SECONDS:
        raise RefusedError(Refusal("length"))


def _packets(source: Source, streams: list[av.VideoStream | av.AudioStream]) -> Iterator[Packet]:
    try:
        yield from source.container.demux(*streams)
    except av.FFmpegError:
        raise RefusedError(Refusal("damaged")) from None


def first_frame(upload: int) -> VideoFrame:
    """The first picture of a film: its size and its orientation are known from it alone."""
    with opened(upload) as source:
        if source.video is None:
            raise RefusedError(Refusal("stream"))
        source.audio = None
        for frame in decoded(source):
            assert isinstance(frame, VideoFrame)
            return frame
    raise RefusedError(Refusal("damaged"))


def is_loop(seconds: float | None) -> bool:
    """Whether a film without sound of this length plays by itself, over and over."""
    return seconds is not None and seconds <= LOOP_SECONDS


def _can_be_copied(source: Source, first: VideoFrame) -> bool:
    video, audio = source.video, source.audio
    assert video is not None
    context = video.codec_context
    shape = video.sample_aspect_ratio
    return (
        context.name == "h264"
        and context.profile in _COPIED_PROFILES
        and first.format.name == "yuv420p"
        and not first.interlaced_frame
        and first.width * first.height <= OUTPUT_MATRIX
        and first.width % 2 == first.height % 2 == 0
        and (source.rate or 0) <= OUTPUT_RATE
        and shape in (None, 0, 1)
        and not orientation_of(first)
        and source.container.format.name.startswith(("mov", "matroska", "flv"))
        and (audio is None or _sound_can_be_copied(audio))
    )


def _sound_can_be_copied(audio: av.AudioStream) -> bool:
    context = audio.codec_context
    return (
        context.name == "aac"
        and context.profile == "LC"
        and context.channels <= 2
        and context.sample_rate in (32_000, 44_100, 48_000)
    )


def _copy(source: Source, output: int) -> bool:
    """Copy the tracks; False: they can't be, because of their times or their order."""
    video, audio = source.video, source.audio
    assert video is not None
    try:
        with write_mp4(output) as container:
            track = container.add_stream_from_template(video, opaque=True)
            sound = container.add_stream_from_template(audio, opaque=True) if audio else None
            pictures = BitStreamFilterContext(_ONLY_PICTURES, video, track)
            start = source.start
            reached = 0.0
            for packet in _timed(_packets(source, [s for s in (video, audio) if s is not None])):
                reached = max(reached, _put_forward(packet, start))
                if packet.stream is video:
                    for picture in pictures.filter(packet):
                        picture.stream = track
                        container.mux(picture)
                elif sound is not None:
                    packet.stream = sound
                    container.mux(packet)
            for picture in pictures.filter(None):
                picture.stream = track
                container.mux(picture)
    except (av.FFmpegError, ValueError):
        return False
    check_end(source, reached)
    return True


def _put_forward(packet: Packet, start: Fraction) -> float:
    """Let the time `start`, in seconds, be 0 for `packet`; returns the time that it had."""
    if packet.pts is None or packet.dts is None:
        raise ValueError("a packet without times")
    reached = float(packet.pts * packet.time_base)
    shift = round(start / packet.time_base)
    packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
    return reached


def _timed(packets: Iterator[Packet]) -> Iterator[Packet]:
    """Packets with decoding times: Matroska has none for the first ones, and MP4 wants them."""
    waiting: dict[int, list[Packet]] = {}
    known: set[int] = set()
    for packet in packets:
        if not packet.size:
            continue
        index = packet.stream_index
        if index in known:
            yield packet
            continue
        waiting.setdefault(index, []).append(packet)
        if packet.dts is None:
            continue
        known.add(index)
        first = waiting.pop(index)
        step = packet.duration or 1
        for place, earlier in enumerate(first):
            earlier.dts = packet.dts - step * (len(first) - 1 - place)
        yield from first
    if waiting:
        raise ValueError("packets without times")


def _encode(source: Source, first: VideoFrame, output: int) -> None:
    video, audio = source.video, source.audio
    assert video is not None
    offset = source.start
    with write_mp4(output) as container:
        pictures = VideoTrack(container, first, video.sample_aspect_ratio, source.rate)
        sound = AudioTrack(container, audio, "aac") if audio else None
        for frame in decoded(source):
            if isinstance(frame, VideoFrame):
                pictures.add(frame, offset)
            elif sound is not None:
                sound.add(frame, offset)
        pictures.finish(offset)
        if sound is not None:
            sound.finish()
