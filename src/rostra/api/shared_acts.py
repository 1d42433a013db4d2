"""What members do as a shared account is written down, whatever endpoint it is done by (accounts/sharing)."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from rostra.accounts.oauth.model import Viewer
from rostra.accounts.sharing import queries
from rostra.core.db import Tx
from rostra.core.errors import RostraError

_READING = ("GET", "HEAD")
_UNNOTED = (
    "/api/v1/markers",
    "/api/v1/push/",
    "/api/v1/media",
    "/api/v2/media",
    "/api/v1/drafts",
    "/api/rostra/v1/client_settings/",
)
"""What only helps an app on its way, and nobody else sees."""
_READING_BY_POST = ("/api/v1/statuses/{id}/translate",)
_NOTED = ("/api/v1/drafts/{id}/publish",)


class Acted:
    """What was done it to, where the path does not say so."""

    __slots__ = ("subject_id",)

    def __init__(self) -> None:
        self.subject_id: int | None = None


def is_noted(viewer: Viewer | None, method: str, path: str) -> bool:
    """Whether a call of the endpoint at `path` is to be written down."""
    if viewer is None or viewer.member_id is None or method in _READING or path in _READING_BY_POST:
        return False
    return path in _NOTED or not path.startswith(_UNNOTED)


async def noting(
    connect: Callable[[], AbstractAsyncContextManager[Tx]],
    viewer: Viewer,
    act: str,
    subject: str,
    acted: Acted,
    run: Callable[[], Awaitable[object]],
) -> object:
    """Run a handler, and write down who did what, by `connect`.

    It is written before, and taken back if the handler refuses: what was done is never missing.
    """
    assert viewer.account_id is not None
    assert viewer.member_id is not None
    subject_id = int(subject) if subject.isascii() and subject.isdecimal() and len(subject) < 19 else None
    async with connect() as tx:
        act_id = await queries.note_act(tx, viewer.account_id, viewer.member_id, act, subject_id)
    try:
        result = await run()
    except RostraError:
        async with connect() as tx:
            await queries.forget_act(tx, act_id)
        raise
    if acted.subject_id is not None:
        async with connect() as tx:
            await queries.set_subject(tx, act_id, acted.subject_id)
    return result
