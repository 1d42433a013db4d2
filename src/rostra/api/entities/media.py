"""MediaAttachment (https://docs.joinmastodon.org/entities/MediaAttachment/)."""

from typing import Any

import msgspec

from rostra.core.settings import Settings
from rostra.media.model import Attachment


class MediaAttachment(msgspec.Struct, kw_only=True):
    """A picture, film or sound."""

    id: str
    type: str
    url: str | None
    preview_url: str | None
    remote_url: str | None = None
    preview_remote_url: str | None = None
    text_url: str | None = None
    meta: dict[str, Any]
    description: str | None
    blurhash: str | None


def media_entity(settings: Settings, row: Attachment) -> MediaAttachment:
    """`row` as apps see it. Until it is processed it has no addresses."""
    ready = row.blob_key is not None and row.state == "ready"
    meta: dict[str, Any] = {}
    if row.width and row.height:
        meta["original"] = _size(row.width, row.height)
    if row.preview_width and row.preview_height:
        meta["small"] = _size(row.preview_width, row.preview_height)
    if meta:
        meta["focus"] = {"x": round(row.focus_x, 4), "y": round(row.focus_y, 4)}
    return MediaAttachment(
        id=str(row.id),
        type=row.kind,
        url=settings.url(f"/media/{row.blob_key}") if ready else None,
        preview_url=settings.url(f"/media/{row.preview_key or row.blob_key}") if ready else None,
        meta=meta,
        description=row.description,
        blurhash=row.blurhash,
    )


def _size(width: int, height: int) -> dict[str, Any]:
    return {"width": width, "height": height, "size": f"{width}x{height}", "aspect": round(width / height, 4)}
