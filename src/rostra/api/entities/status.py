"""Status (https://docs.joinmastodon.org/entities/Status/).

A status is encoded once per version (`encode_body`), without what differs from viewer to viewer;
`join` adds that. `Status` describes the whole, for the OpenAPI document and the tests.
"""

import msgspec

from rostra.api.entities.account import Account
from rostra.api.entities.card import PreviewCard, card_entity
from rostra.api.entities.custom_emoji import CustomEmoji
from rostra.api.entities.filter import FilterResult
from rostra.api.entities.interaction_policy import InteractionPolicy
from rostra.api.entities.media import MediaAttachment, media_entity
from rostra.api.entities.poll import Poll
from rostra.api.entities.quote import QuoteApproval, ShallowQuote
from rostra.core.clock import timestamp
from rostra.core.settings import Settings
from rostra.core.text import tag_path
from rostra.statuses.bodies import Body
from rostra.statuses.reading import BOOKMARKED, BOOSTED, FAVOURITED, PINNED, Frame


class Mention(msgspec.Struct):
    """An account named in a status."""

    id: str
    username: str
    url: str
    acct: str


class Tag(msgspec.Struct):
    """A hashtag of a status."""

    name: str
    url: str


class Application(msgspec.Struct):
    """The app that a status was written with."""

    name: str
    website: str | None


class StatusBody(msgspec.Struct, kw_only=True):
    """The part of a status that is the same for all viewers."""

    id: str
    created_at: str
    in_reply_to_id: str | None
    in_reply_to_account_id: str | None
    sensitive: bool
    spoiler_text: str
    visibility: str
    local_only: bool
    language: str | None
    uri: str
    url: str | None
    content: str
    edited_at: str | None
    media_attachments: list[MediaAttachment]
    mentions: list[Mention]
    tags: list[Tag]
    emojis: list[CustomEmoji]
    card: PreviewCard | None
    application: Application | None


class SeenStatus(StatusBody, kw_only=True):
    """A status as one viewer sees it, but for what it quotes."""

    account: Account
    replies_count: int
    reblogs_count: int
    favourites_count: int
    quotes_count: int
    quote_approval: QuoteApproval
    interaction_policy: InteractionPolicy | msgspec.UnsetType = msgspec.UNSET
    """Only where its author said who may do what to it."""
    reblog: "Status | None"
    poll: Poll | None
    favourited: bool
    reblogged: bool
    bookmarked: bool
    muted: bool
    pinned: bool
    filtered: list[FilterResult]
    text: str | msgspec.UnsetType = msgspec.UNSET
    content_type: str | msgspec.UnsetType = msgspec.UNSET
    """As written, and how: only when it was deleted, for those who redraft."""
    posted_by: Account | msgspec.UnsetType = msgspec.UNSET
    """Who wrote or boosted it on a shared account: only for those who look after that."""


class Status(SeenStatus, kw_only=True):
    """A status as one viewer sees it."""

    quote: "Quote | None"


class QuotedStatus(SeenStatus, kw_only=True):
    """A status that another quotes."""

    quote: ShallowQuote | None


class Quote(msgspec.Struct, kw_only=True):
    """What a status quotes. `quoted_status` is there where its viewer may see it."""

    state: str
    quoted_status: QuotedStatus | None


def encode_body(settings: Settings, body: Body, author_name: str) -> bytes:
    """The viewer-neutral part as JSON, without its closing brace."""
    row = body.status
    entity = StatusBody(
        id=str(row.id),
        created_at=timestamp(row.created_at),
        in_reply_to_id=str(row.in_reply_to_id) if row.in_reply_to_id else None,
        in_reply_to_account_id=str(row.in_reply_to_account_id) if row.in_reply_to_account_id else None,
        sensitive=row.sensitive,
        spoiler_text=row.spoiler_text,
        visibility=row.visibility,
        local_only=row.local_only,
        language=row.language,
        uri=row.uri,
        url=row.url or settings.url(f"/@{author_name}/{row.id}"),
        content=body.html(settings),
        edited_at=timestamp(row.edited_at) if row.edited_at else None,
        media_attachments=[media_entity(settings, item) for item in body.media],
        mentions=[
            Mention(str(m.id), m.username, m.url or settings.url(f"/@{m.username}"), m.acct)
            for m in body.mentions
        ],
        tags=[Tag(tag.name, settings.url(tag_path(tag.name))) for tag in body.tags],
        emojis=[],
        card=card_entity(settings, body.card) if body.card else None,
        application=Application(body.app.name, body.app.website) if body.app else None,
    )
    return msgspec.json.encode(entity)[:-1]


_TAIL = (
    b',"account":%b,"replies_count":%d,"reblogs_count":%d,"favourites_count":%d,"quotes_count":%d,'
    b'%b,"muted":%b,"filtered":%b,"poll":%b'
    b'%b,"reblog":%b}'
)
_BOOLEAN = (b"false", b"true")
_MARKS = [
    b'"favourited":%b,"reblogged":%b,"bookmarked":%b,"pinned":%b'
    % tuple(_BOOLEAN[bool(marks & kind)] for kind in (FAVOURITED, BOOSTED, BOOKMARKED, PINNED))
    for marks in range(FAVOURITED + BOOSTED + BOOKMARKED + PINNED + 1)
]


def join(
    frame: Frame,
    body: bytes,
    account: bytes,
    poll: bytes,
    reblog: bytes,
    filtered: bytes,
    fields: bytes,
    marks: int,
) -> bytes:
    """A whole status: its body, and what this viewer sees of it; `fields` are of surroundings.py."""
    return body + _TAIL % (
        account,
        frame.replies_count,
        frame.reblogs_count,
        frame.favourites_count,
        frame.quotes_count,
        _MARKS[marks],
        _BOOLEAN[frame.muted],
        filtered,
        poll,
        fields,
        reblog,
    )


def with_source(status: msgspec.Raw, text: str, content_type: str) -> msgspec.Raw:
    """An encoded status with its `text` as written, and how that was."""
    source = b',"text":%b,"content_type":%b}'
    return msgspec.Raw(
        bytes(status)[:-1] + source % (msgspec.json.encode(text), msgspec.json.encode(content_type))
    )
