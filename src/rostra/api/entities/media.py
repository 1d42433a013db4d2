"""MediaAttachment (https://docs.joinmastodon.org/entities/MediaAttachment/)."""

from fractions import Fraction
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
    preview = row.preview_key or (row.blob_key if row.kind == "image" else None)
    has_preview = ready or (row.upload_key is not None and row.preview_width is not None)
    return MediaAttachment(
        id=str(row.id),
        type=row.kind,
        url=settings.url(f"/media/{row.blob_key}") if ready else None,
        preview_url=settings.url(f"/media/{preview}") if preview and has_preview else None,
        meta=_meta(row),
        description=row.description,
        blurhash=row.blurhash,
    )


def _meta(row: Attachment) -> dict[str, Any]:
    """What is known of its files, under Mastodon's names: those of the entity's page in its documentation."""
    meta: dict[str, Any] = {}
    if row.duration is not None:
        meta |= _played(row) | {"original": _original(row)}
    elif row.width and row.height:
        meta["original"] = _size(row.width, row.height)
    if row.preview_width and row.preview_height:
        meta["small"] = _size(row.preview_width, row.preview_height)
    if row.colors:
        meta["colors"] = dict(zip(("background", "foreground", "accent"), row.colors, strict=True))
    if meta:
        meta["focus"] = {"x": round(row.focus_x, 4), "y": round(row.focus_y, 4)}
    return meta


def _original(row: Attachment) -> dict[str, Any]:
    """Of the file of a film or sound."""
    facts = {
        "width": row.width,
        "height": row.height,
        "frame_rate": row.frame_rate,
        "duration": row.duration,
        "bitrate": row.bitrate,
    }
    return {name: value for name, value in facts.items() if value is not None}


def _played(row: Attachment) -> dict[str, Any]:
    """What a player shows."""
    seconds = row.duration or 0
    hours, rest = divmod(seconds, 3600)
    played: dict[str, Any] = {
        "length": f"{int(hours)}:{int(rest // 60):02}:{rest % 60:05.2f}",
        "duration": round(seconds, 2),
    }
    if row.width and row.height and row.frame_rate:
        played |= {"fps": round(Fraction(row.frame_rate))} | _size(row.width, row.height)
    if row.audio_codec:
        played |= {
            "audio_encode": row.audio_codec,
            "audio_bitrate": f"{row.sample_rate} Hz",
            "audio_channels": {1: "mono", 2: "stereo"}.get(row.channels or 0, f"{row.channels} channels"),
        }
    return played


def _size(width: int, height: int) -> dict[str, Any]:
    return {"width": width, "height": height, "size": f"{width}x{height}", "aspect": round(width / height, 4)}
