"""Files in requests: written to the data disk as they arrive, never held in memory."""

from collections.abc import AsyncGenerator, Callable
from typing import IO

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.types import Scope

from rostra.core.errors import BadRequest, Unavailable

MAX_FILES = 4
MAX_PART_BYTES = 1024 * 1024
"""Most bytes of a field that is no file."""
_FILES = "rostra.files"
"""Key of a request's files in its ASGI scope."""

NewFile = Callable[[], IO[bytes]]
"""Makes a file on the data disk that is gone when it is closed."""


class UploadParser(MultiPartParser):
    """Starlette's parser, with the files where we want them."""

    def __init__(self, request: Request, new_file: NewFile, max_fields: int) -> None:
        super().__init__(
            request.headers,
            _stream(request),
            max_files=MAX_FILES,
            max_fields=max_fields,
            max_part_size=MAX_PART_BYTES,
        )
        self._new_file = new_file

    def on_headers_finished(self) -> None:
        """A part begins."""
        super().on_headers_finished()
        upload = self._current_part.file
        if upload is not None:
            upload.file.close()
            file = self._new_file()
            upload.file = file  # pyright: ignore[reportAttributeAccessIssue]
            self._files_to_close_on_error[-1] = file  # pyright: ignore[reportArgumentType, reportCallIssue]


async def read_form(request: Request, new_file: NewFile, max_fields: int) -> FormData:
    """The multipart body of `request`; its files are there until `close_files`.

    Raises:
        BadRequest: it isn't one.
        Unavailable: the disk is full.
        TooLarge: see `core.web.limit_body`.
    """
    try:
        form = await UploadParser(request, new_file, max_fields).parse()
    except (MultiPartException, UnicodeDecodeError):
        raise BadRequest("The multipart body is not valid") from None
    except OSError as error:
        raise Unavailable("The file could not be stored. Please try again later.") from error
    request.scope[_FILES] = [value.file for _, value in form.multi_items() if not isinstance(value, str)]
    return form


def close_files(scope: Scope) -> None:
    """Let the files of a request go that nobody kept."""
    for file in scope.get(_FILES, ()):
        file.close()


async def _stream(request: Request) -> AsyncGenerator[bytes]:
    async for chunk in request.stream():
        yield chunk
