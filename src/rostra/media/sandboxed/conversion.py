"""What becomes of films, sounds and moving pictures: the summary of it. Runs in the sandbox only."""

import errno

import av

from rostra.media.films import Film
from rostra.media.kinds import HEAD_BYTES, Kind, recognise
from rostra.media.pictures import Refusal
from rostra.media.sandboxed import animations, moving, posters, sounds
from rostra.media.sandboxed.inputs import OpenFile, RefusedError, opened, write_errors
from rostra.media.sandboxed.renditions import block_other_loaders


def convert(upload: int, output: int) -> Film | Refusal:
    """Write the upload in the open file `upload` to the open file `output`, as everybody can play it.

    Every byte of the result was written by us: of the input there are its pictures and its sound.
    """
    block_other_loaders()
    kind = recognise(OpenFile(upload).read(HEAD_BYTES))
    try:
        return Refusal("kind") if kind is None else _convert(kind, upload, output)
    except RefusedError as refused:
        return _trouble() or refused.refusal
    except MemoryError:
        raise
    except av.FFmpegError:
        return _trouble() or Refusal("damaged")
    except OSError:
        if trouble := _trouble():
            return trouble
        raise


def _trouble() -> Refusal | None:
    """What writing the result met with."""
    if errno.EFBIG in write_errors:
        return Refusal("bytes")
    return Refusal("space") if write_errors else None


def _convert(kind: Kind, upload: int, output: int) -> Film:
    if kind.family == "picture":
        animations.convert_animation(upload, output)
        return posters.describe_film(output, "gifv")
    with opened(upload) as source:
        has_pictures = source.video is not None
    if has_pictures:
        moving.convert_film(upload, output)
        return posters.describe_film(output, None)
    sounds.convert_sound(upload, output)
    return posters.describe_sound(output, upload)
