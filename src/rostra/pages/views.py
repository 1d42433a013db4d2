"""What the templates show: people and statuses, made ready from rows. No I/O (loading.py does that).

Everything here is what an anonymous reader may see. Paths are relative to the site.
"""

from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

import msgspec
from markupsafe import Markup

from rostra.accounts.model import Account
from rostra.core.text import plain_text
from rostra.media.model import Attachment
from rostra.pages.blur import blurred
from rostra.statuses.bodies import Body
from rostra.statuses.cards.model import StatusCard
from rostra.statuses.polls import Poll
from rostra.statuses.reading import Frame

LONG, LONG_LINES = 1_000, 20
"""From these characters or line ends on, a status is long."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody, as the line above a status shows them."""

    id: int
    username: str
    name: str
    handle: str
    path: str
    avatar_url: str | None
    indexable: bool


class MediaView(msgspec.Struct, frozen=True, kw_only=True):
    """An attached file; `preview_url` is empty for a sound without a picture.

    `focus_x` and `focus_y` go from 0 (left, top) to 8 (right, bottom).
    """

    kind: str
    url: str
    preview_url: str
    srcset: str
    content_type: str
    bytes: int
    description: str
    width: int | None
    height: int | None
    seconds: int | None
    focus_x: int
    focus_y: int


class PollOption(msgspec.Struct, frozen=True, kw_only=True):
    """An answer; `share` of the votes from 0 to 1, None while results are hidden."""

    title: str
    share: float | None
    leading: bool


class PollView(msgspec.Struct, frozen=True, kw_only=True):
    """A poll and how it stands."""

    options: list[PollOption]
    voters: int
    multiple: bool
    hidden: bool
    ends_at: datetime | None
    ended: bool


class CardView(msgspec.Struct, frozen=True, kw_only=True):
    """What a link leads to. Sizes in pixels."""

    url: str
    site: str
    title: str
    description: str
    language: str | None
    published_at: datetime | None
    image_url: str | None
    image_description: str
    image_width: int | None
    image_height: int | None

    @property
    def shape(self) -> str:
        """How it is laid out: with a large picture, a small one, or none."""
        if not self.image_url:
            return "plain"
        width, height = self.image_width or 0, self.image_height or 0
        return "large" if width >= 400 and width > height * 1.2 else "small"


class StatusView(msgspec.Struct, frozen=True, kw_only=True):
    """A status; where somebody boosted it, `boosted_by` says who."""

    id: int
    author: Person
    boosted_by: Person | None
    in_reply_to_id: int | None
    reply_to: Person | None
    path: str
    content: Markup
    spoiler_text: str
    sensitive: bool
    veil: str | None
    language: str | None
    visibility: Literal["public", "unlisted", "private", "direct"]
    created_at: datetime
    edited_at: datetime | None
    app_name: str | None
    replies_count: int
    boosts_count: int
    favourites_count: int
    media: list[MediaView]
    tags: list[str]
    poll: PollView | None
    card: CardView | None

    @property
    def is_long(self) -> bool:
        """Whether it would fill a list alone, so that lists show its beginning."""
        text = plain_text(self.content)
        return len(text) > LONG or text.count("\n") > LONG_LINES

    @property
    def shows_all(self) -> bool:
        """Whether nothing of it waits behind a warning."""
        return not self.sensitive and not self.spoiler_text

    def excerpt(self, length: int) -> str:
        """What may stand in a preview: the content warning alone if there is one, else the text's start."""
        return shorten(self.spoiler_text or plain_text(self.content), length)


def person(account: Account) -> Person:
    """`account`, as a line above a status."""
    return Person(
        id=account.id,
        username=account.username,
        name=account.display_name or account.username,
        handle=f"@{account.acct}",
        path=f"/@{account.acct}",
        avatar_url=media_path(account.avatar_static_key or account.avatar_key),
        indexable=account.indexable,
    )


def status_view(
    frame: Frame,
    body: Body,
    html: str,
    author: Person,
    *,
    boosted_by: Person | None,
    reply_to: Person | None,
    poll: Poll | None,
) -> StatusView:
    """The status `body` by `author`; `html` is its content."""
    row = body.status
    media = [media_view(item) for item in body.media if item.blob_key]
    return StatusView(
        id=row.id,
        author=author,
        boosted_by=boosted_by,
        in_reply_to_id=row.in_reply_to_id,
        reply_to=reply_to,
        path=f"{author.path}/{row.id}",
        content=trusted(html),
        spoiler_text=row.spoiler_text,
        sensitive=row.sensitive,
        veil=blurred(body.media[0].blurhash) if media and row.sensitive else None,
        language=row.language,
        visibility=row.visibility,
        created_at=row.created_at,
        edited_at=row.edited_at,
        app_name=body.app.name if body.app else None,
        replies_count=frame.replies_count,
        boosts_count=frame.reblogs_count,
        favourites_count=frame.favourites_count,
        media=media,
        tags=[tag.name for tag in body.tags],
        poll=poll_view(poll) if poll else None,
        card=card_view(body.card, bare=row.sensitive and not row.spoiler_text) if body.card else None,
    )


def media_view(item: Attachment) -> MediaView:
    """`item`, which has a file."""
    url = media_path(item.blob_key) or ""
    preview_url = media_path(item.preview_key) or (url if item.kind == "image" else "")
    sizes = [(preview_url, item.preview_width), (url, item.width)]
    return MediaView(
        kind=item.kind,
        url=url,
        preview_url=preview_url,
        srcset=", ".join(f"{source} {width}w" for source, width in sizes) if all(w for _, w in sizes) else "",
        content_type=item.content_type or "application/octet-stream",
        bytes=item.bytes or 0,
        description=item.description or "",
        width=item.width,
        height=item.height,
        seconds=None if item.duration is None else max(1, round(item.duration)),
        focus_x=round((item.focus_x + 1) * 4),
        focus_y=round((1 - item.focus_y) * 4),
    )


def card_view(card: StatusCard, *, bare: bool) -> CardView:
    """`card`; `bare` without its picture, for what is not to be seen at once."""
    site = card.provider_name or (urlsplit(card.url).hostname or "").removeprefix("www.")
    return CardView(
        url=card.url,
        site=site,
        title=card.title or site,
        description=card.description,
        language=card.language,
        published_at=card.published_at,
        image_url=None if bare else media_path(card.image_key),
        image_description=card.image_description,
        image_width=card.image_width,
        image_height=card.image_height,
    )


def poll_view(poll: Poll) -> PollView:
    """`poll`, as somebody sees it who can't vote."""
    shown = poll.shows_totals_to(None)
    # With several answers for each, shares are of the people who voted.
    whole = (poll.voters_count if poll.multiple else poll.votes_count) or 1
    most = max(poll.tallies, default=0)
    return PollView(
        options=[
            PollOption(
                title=title,
                share=min(1.0, votes / whole) if shown else None,
                leading=shown and votes == most > 0,
            )
            for title, votes in zip(poll.options, poll.tallies, strict=True)
        ],
        voters=poll.voters_count,
        multiple=poll.multiple,
        hidden=not shown,
        ends_at=poll.expires_at,
        ended=poll.expired,
    )


def trusted(html: str) -> Markup:
    """`html` as it is: only for what core/text and about made, which escape all that people write."""
    return Markup(html)  # noqa: S704


def media_path(key: str | None) -> str | None:
    """Where the blob `key` is served."""
    return f"/media/{key}" if key else None


def shorten(text: str, length: int) -> str:
    """The start of `text` on one line, at most `length` characters, cut between words."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[:length].rpartition(" ")[0] or line[: length - 1]
    return cut.rstrip(" ,.;:–-") + "…"
