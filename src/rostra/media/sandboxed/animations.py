"""Moving pictures (GIF, WebP, APNG) as films without sound. Runs in the sandbox only.

What is transparent becomes white: films have no transparency.
"""

from collections.abc import Iterator
from fractions import Fraction

import av
import msgspec
import numpy as np
import pyvips
from av.video.frame import VideoFrame

from rostra.media.kinds import HEAD_BYTES, recognise
from rostra.media.pictures import ANIMATION_PIXELS, INPUT_FRAMES, Refusal
from rostra.media.sandboxed.inputs import OpenFile, RefusedError, opened
from rostra.media.sandboxed.moving import decoded, write_mp4
from rostra.media.sandboxed.tracks import VideoTrack

SHORTEST = 20
"""Milliseconds; frames that want less are shown for 100, as browsers do."""
_MILLISECOND = Fraction(1, 1000)


def convert_animation(upload: int, output: int) -> None:
    """Write the moving picture in the open file `upload` to the open file `output`, as MP4.

    Raises:
        RefusedError: it can't be used.
    """
    kind = recognise(OpenFile(upload).read(HEAD_BYTES))
    frames = _webp_frames(OpenFile(upload).read()) if kind and kind.reader == "webp" else _frames(upload)
    count = 0
    with write_mp4(output) as container:
        track = None
        for frame in frames:
            count += 1
            if count > INPUT_FRAMES or count * frame.width * frame.height > ANIMATION_PIXELS:
                raise RefusedError(Refusal("frames"))
            if track is None:
                track = VideoTrack(container, frame, None, Fraction(25))
            track.add(frame, Fraction(0))
        if track is None:
            raise RefusedError(Refusal("damaged"))
        track.finish(Fraction(0))


def _frames(upload: int) -> Iterator[VideoFrame]:
    """Of a GIF or an APNG."""
    with opened(upload) as source:
        for frame in decoded(source):
            assert isinstance(frame, VideoFrame)
            whole = _flat(frame.to_ndarray(format="rgba"))
            whole.pts, whole.time_base, whole.duration = frame.pts, frame.time_base, frame.duration
            yield whole


def _webp_frames(data: bytes) -> Iterator[VideoFrame]:
    """Of a WebP, which FFmpeg can't read."""
    try:
        strip = pyvips.Image.new_from_buffer(data, "", n=-1, access="sequential")
        height, delays = strip.get_page_height(), msgspec.convert(strip.get("delay"), list[int])
        at = 0
        for number in range(strip.height // height):
            page = strip.crop(0, number * height, strip.width, height)
            pixels = np.frombuffer(page.write_to_memory(), np.uint8)
            frame = _flat(pixels.reshape(height, strip.width, page.bands))
            delay = delays[number] if number < len(delays) else 0
            frame.pts, frame.time_base = at, _MILLISECOND
            frame.duration = delay if delay >= SHORTEST else 100
            at += frame.duration
            yield frame
    except pyvips.Error:
        raise RefusedError(Refusal("damaged")) from None


def _flat(pixels: np.ndarray) -> VideoFrame:
    """RGB or RGBA pixels on white."""
    if pixels.shape[2] == 4:
        alpha = pixels[:, :, 3:].astype(np.uint16)
        mixed = (pixels[:, :, :3] * alpha + 255 * (255 - alpha) + 127) // 255
        pixels = mixed.astype(np.uint8)
    return av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels[:, :, :3]), format="rgb24")
