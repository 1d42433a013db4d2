"""Opening films and sounds that strangers made. Runs in the sandbox only.

The reader comes from `kinds.recognise` and reads from one open file: no format is guessed, and no
protocol exists by which FFmpeg could open anything else; besides, the sandbox allows no new files or
connections. Limits are checked on the headers, before a frame is decoded, and again while counting.
"""

import contextlib
import importlib
import io
import os
import pkgutil
from collections.abc import Generator
from fractions import Fraction
from typing import TypeVar, cast

import av
from av.audio.stream import AudioStream
from av.codec.context import CodecContext
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from rostra.media.films import INPUT_MATRIX, INPUT_RATE, INPUT_SECONDS, INPUT_TRACKS
from rostra.media.kinds import HEAD_BYTES, recognise
from rostra.media.pictures import Refusal

FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,flac,wav,aiff,avi,mp3,aac,asf,mpeg,mpegts,amr,caf,gif,apng"
)
VIDEO_CODECS = {
    "h264", "hevc", "av1", "libdav1d", "vp8", "vp9", "libvpx", "libvpx-vp9", "mpeg4", "mpeg2video",
    "mpeg1video", "mpegvideo",
    "h263", "theora", "mjpeg", "prores", "dnxhd", "wmv1", "wmv2", "wmv3", "vc1", "msmpeg4",
    "msmpeg4v2", "dvvideo", "ffv1", "gif", "apng",
}  # fmt: skip
AUDIO_CODECS = {
    "aac", "aac_latm", "mp3", "mp3float", "mp2", "mp2float", "mp1", "mp1float", "opus", "libopus", "vorbis",
    "flac", "alac", "ac3", "eac3", "amrnb", "amrwb", "libopencore_amrnb", "libopencore_amrwb", "wmav1",
    "wmav2", "wmapro", "speex", "wavpack", "dca", "truehd", "adpcm_ms", "adpcm_ima_wav", "adpcm_ima_qt",
}  # fmt: skip
_ATTACHED = Disposition.attached_pic | Disposition.timed_thumbnails


_NEVER_NEEDED = ("av.__main__", "av.datasets")
av.logging.set_level(None)  # what libraries say about strangers' files may quote them


def load_all() -> None:
    """Load the parts of PyAV that it loads when they are first used: later nothing can be loaded."""
    for module in pkgutil.walk_packages(av.__path__, "av."):
        if module.name not in _NEVER_NEEDED:
            importlib.import_module(module.name)


class RefusedError(Exception):
    """The upload can't be used; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


write_errors: list[int] = []
"""Numbers of the errors (errno(3)) that writing met with: FFmpeg does not always pass them on."""


class OpenFile(io.RawIOBase):
    """A file that is open already, read and written at a position of its own."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes."""
        data = os.pread(self._descriptor, self.size if size < 0 else size, self._at)
        self._at += len(data)
        return data

    def write(self, data: bytes) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        """All of `data`."""
        view = memoryview(data)
        while view:
            try:
                written = os.pwrite(self._descriptor, view, self._at)
            except OSError as error:
                write_errors.append(error.errno or 0)
                raise
            self._at += written
            view = view[written:]
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """As everywhere."""
        self._at = offset + (0, self._at, self.size)[whence]
        return self._at

    def tell(self) -> int:
        """The position."""
        return self._at

    def readable(self) -> bool:
        """Yes."""
        return True

    def writable(self) -> bool:
        """Yes, if it was opened so."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    @property
    def size(self) -> int:
        """Bytes in it now."""
        return os.fstat(self._descriptor).st_size


class Source:
    """An upload, opened and found to be within the limits."""

    def __init__(self, container: InputContainer) -> None:
        self.container = container
        self.video = _first(container.streams.video, VIDEO_CODECS)
        self.audio = _first(container.streams.audio, AUDIO_CODECS)
        if self.video is not None:
            self.video.codec_context.options = {"max_pixels": str(INPUT_MATRIX * 2)}
            self.video.thread_type = "AUTO"
            self.video.codec_context.thread_count = 2

    @property
    def seconds(self) -> float | None:
        """Declared length; None where the file doesn't say."""
        if self.container.duration is not None:
            return self.container.duration / 1_000_000
        streams = [stream for stream in (self.video, self.audio) if stream is not None]
        lengths = [
            float(stream.duration * stream.time_base)
            for stream in streams
            if stream.duration is not None and stream.time_base is not None
        ]
        return max(lengths, default=None)

    @property
    def start(self) -> Fraction:
        """Time of the first picture or sound, in seconds."""
        return Fraction(self.container.start_time or 0, 1_000_000)

    @property
    def rate(self) -> Fraction | None:
        """Frames a second."""
        if self.video is None:
            return None
        rate = self.video.average_rate or self.video.guessed_rate
        return rate if rate and rate > 0 else None

    def check(self) -> None:
        """Refuse what is past the limits, by what the headers say.

        Raises:
            RefusedError: it is.
        """
        if len(self.container.streams) > INPUT_TRACKS * 4:
            raise RefusedError(Refusal("tracks"))
        if self.video is None and self.audio is None:
            raise RefusedError(Refusal("tracks" if self.container.streams else "damaged"))
        if self.seconds is not None and not 0 <= self.seconds <= INPUT_SECONDS:
            raise RefusedError(Refusal("length"))
        if self.video is None:
            return
        context = self.video.codec_context
        if context.width < 1 or context.height < 1:
            raise RefusedError(Refusal("damaged"))
        if context.width * context.height > INPUT_MATRIX:
            raise RefusedError(Refusal("matrix", f"{context.width}x{context.height}"))
        if self.rate is not None and int(self.rate) > INPUT_RATE and self.container.format.name != "gif":
            raise RefusedError(Refusal("rate", f"{int(self.rate)}"))


@contextlib.contextmanager
def opened(descriptor: int, options: dict[str, str] | None = None) -> Generator[Source]:
    """The upload in an open file, checked.

    Raises:
        RefusedError: it can't be used.
    """
    file = OpenFile(descriptor)
    kind = recognise(os.pread(descriptor, HEAD_BYTES, 0))
    if kind is None:
        raise RefusedError(Refusal("kind"))
    reader = {"png": "apng"}.get(kind.reader, kind.reader)
    safe = {"protocol_whitelist": "none", "format_whitelist": FORMATS, "probesize": "10000000"}
    try:
        container = av.open(file, "r", format=reader, container_options=safe | (options or {}))
    except MemoryError:
        raise
    except av.FFmpegError as error:
        raise RefusedError(Refusal("damaged")) from error
    with container:
        source = Source(container)
        source.check()
        yield source


S = TypeVar("S", VideoStream, AudioStream)


def _first(streams: tuple[S, ...], codecs: set[str]) -> S | None:
    """The first stream that can be decoded; pictures that hang on a sound are none."""
    for stream in streams:
        if stream.disposition & _ATTACHED:
            continue
        context = cast("CodecContext | None", stream.codec_context)  # there may be no decoder
        if context is not None and (context.name in codecs or context.name.startswith("pcm_")):
            return stream
    return None
