"""Sounds: MP3 stays as it is, frame by frame; all else becomes MP3. Runs in the sandbox only.

Of a file's tags, covers, chapters and whatever hangs on its ends nothing is copied.
"""

import os

import av
from av.audio.frame import AudioFrame
from av.container import OutputContainer
from av.packet import Packet

from rostra.media.films import INPUT_SECONDS
from rostra.media.pictures import Refusal
from rostra.media.sandboxed.inputs import OpenFile, RefusedError, Source, opened
from rostra.media.sandboxed.moving import decoded
from rostra.media.sandboxed.tracks import AudioTrack

_MP3 = {"id3v2_version": "0", "write_id3v1": "0", "fflags": "+bitexact"}
_KBITS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def convert_sound(upload: int, output: int) -> None:
    """Write the sound in the open file `upload` to the open file `output`, as MP3.

    Raises:
        RefusedError: it can't be used.
    """
    with opened(upload) as source:
        copied = source.container.format.name == "mp3" and _copy(source, output)
    if not copied:
        os.ftruncate(output, 0)
        with opened(upload) as source:
            _encode(source, output)


def frame_bytes(head: bytes) -> int | None:
    """Length of the frame of MPEG audio layer III that begins with `head` (ISO/IEC 11172-3 2.4.2.3)."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0 or head[1] >> 1 & 3 != 1:
        return None
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate == 3 or not 0 < bits < 15:
        return None
    kbits = (_KBITS_1 if version == 3 else _KBITS_2)[bits]
    samples = 144_000 if version == 3 else 72_000
    return samples * kbits // _RATES[version][rate] + (head[2] >> 1 & 1)


def _write_mp3(output: int) -> OutputContainer:
    return av.open(OpenFile(output), "w", format="mp3", container_options=_MP3)


def _copy(source: Source, output: int) -> bool:
    """Copy what are frames, each to its last byte and not further; False: there is too much else."""
    audio = source.audio
    assert audio is not None
    frames = other = 0
    try:
        with _write_mp3(output) as container:
            track = container.add_stream_from_template(audio, opaque=True)
            for packet in source.container.demux(audio):
                if not packet.size:
                    continue
                size = frame_bytes(bytes(packet)[:4])
                if size is None or size > packet.size:
                    other += 1
                    continue
                whole = packet if size == packet.size else _cut(packet, size)
                whole.stream = track
                container.mux(whole)
                frames += 1
    except av.FFmpegError:
        return False
    if audio.codec_context.sample_rate and frames * 1152 / audio.codec_context.sample_rate > INPUT_SECONDS:
        raise RefusedError(Refusal("length"))
    return frames > 10 * other


def _cut(packet: Packet, size: int) -> Packet:
    whole = Packet(bytes(packet)[:size])
    whole.pts, whole.dts, whole.duration = packet.pts, packet.dts, packet.duration
    whole.time_base = packet.time_base
    return whole


def _encode(source: Source, output: int) -> None:
    audio = source.audio
    if audio is None:
        raise RefusedError(Refusal("tracks"))
    source.video = None
    offset = source.start
    with _write_mp3(output) as container:
        track = AudioTrack(container, audio, "libmp3lame")
        for frame in decoded(source):
            assert isinstance(frame, AudioFrame)
            track.add(frame, offset)
        track.finish()
