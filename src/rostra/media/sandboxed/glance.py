"""A first look at a film or sound: what it will become, or why it can't. Runs in the sandbox only."""

import av

from rostra.media.films import Glance
from rostra.media.pictures import Refusal
from rostra.media.sandboxed.inputs import RefusedError, opened
from rostra.media.sandboxed.moving import first_frame, is_loop
from rostra.media.sandboxed.tracks import orientation_of, size_of


def glance(upload: int) -> Glance | Refusal:
    """What the headers of the film or sound in the open file `upload` say, or why it can't be used."""
    try:
        with opened(upload) as source:
            if source.video is None:
                return Glance(kind="audio")
            first = first_frame(upload)
            width, height = size_of(first, source.video.sample_aspect_ratio, orientation_of(first))
            silent = source.audio is None and is_loop(source.seconds)
            return Glance(kind="gifv" if silent else "video", width=width, height=height)
    except RefusedError as refused:
        return refused.refusal
    except av.FFmpegError as error:
        return Refusal("effort" if isinstance(error, MemoryError) else "damaged")
