"""What a status says, the same for every viewer: its row, media, mentions and hashtags.

Loaded for many statuses in a fixed number of queries. Not an access check: load bodies only of
statuses that `access` or `reading` let through.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol, TypeVar

import msgspec

from rostra.core.db import Row, Tx, fetch_all
from rostra.core.settings import Settings
from rostra.core.text.render import link
from rostra.media import queries as media_queries
from rostra.media.model import Attachment
from rostra.statuses import queries
from rostra.statuses.cards import queries as card_queries
from rostra.statuses.cards.model import StatusCard
from rostra.statuses.model import Status


class Mention(Row, frozen=True):
    """An account that a status names."""

    status_id: int
    id: int
    username: str
    domain: str | None
    url: str | None

    @property
    def acct(self) -> str:
        """Handle without the leading @."""
        return self.username if self.domain is None else f"{self.username}@{self.domain}"


class Tag(Row, frozen=True):
    """A hashtag of a status, normalised."""

    status_id: int
    name: str


class App(Row, frozen=True):
    """The app that a status was written with."""

    id: int
    name: str
    website: str | None


class Quoted(Row, frozen=True):
    """Where a status that is quoted stands: `url` is null for ours, whose author is `username`."""

    id: int
    url: str | None
    username: str


class Body(msgspec.Struct, frozen=True):
    """A status with all that belongs to it."""

    status: Status
    media: list[Attachment]
    mentions: list[Mention]
    tags: list[Tag]
    app: App | None
    card: StatusCard | None = None
    quoted: Quoted | None = None

    def html(self, settings: Settings) -> str:
        """Its content. What it quotes is linked before it, for readers that can't show quotes.

        As in Mastodon, unless the text has that link itself; apps that show quotes hide the paragraph
        by its class.
        """
        if self.quoted is None:
            return self.status.content
        url = self.quoted.url or settings.url(f"/@{self.quoted.username}/{self.quoted.id}")
        if url in self.status.text:
            return self.status.content
        return f'<p class="quote-inline">RE: {link(url)}</p>{self.status.content}'


async def load(tx: Tx, ids: Sequence[int]) -> dict[int, Body]:
    """Bodies of those of `ids` that exist."""
    if not ids:
        return {}
    rows = await queries.by_ids(tx, ids)
    params = {"ids": list(ids)}
    media = await media_queries.of_statuses(tx, ids)
    mentions = await fetch_all(
        tx,
        Mention,
        """
        select m.status_id, a.id, a.username, a.domain, a.url
        from status_mentions m join accounts a on a.id = m.account_id
        where m.status_id = any(%(ids)s) and not m.silent order by a.id
        """,
        params,
    )
    tags = await fetch_all(
        tx,
        Tag,
        """
        select st.status_id, t.name from status_tags st join tags t on t.id = st.tag_id
        where st.status_id = any(%(ids)s) order by t.name
        """,
        params,
    )
    apps = await fetch_all(
        tx,
        App,
        "select id, name, website from applications where id = any(%(ids)s)",
        {"ids": [row.application_id for row in rows if row.application_id is not None]},
    )
    cards = {card.status_id: card for card in await card_queries.of_statuses(tx, ids)}
    quoted_by_id = await _quoted(tx, rows)
    app_by_id = {app.id: app for app in apps}
    media_of, mentions_of, tags_of = _by_status(media), _by_status(mentions), _by_status(tags)
    return {
        row.id: Body(
            status=row,
            media=media_of[row.id],
            mentions=mentions_of[row.id],
            tags=tags_of[row.id],
            app=app_by_id.get(row.application_id) if row.application_id is not None else None,
            card=cards.get(row.id),
            quoted=quoted_by_id.get(row.quoted_status_id) if row.quoted_status_id is not None else None,
        )
        for row in rows
    }


async def _quoted(tx: Tx, rows: Sequence[Status]) -> dict[int, Quoted]:
    """What some of `rows` quote and may go on to; a page without quotes costs no query."""
    ids = [row.quoted_status_id for row in rows if row.quote_state in ("pending", "accepted")]
    if not ids:
        return {}
    found = await fetch_all(
        tx,
        Quoted,
        """
        select s.id, s.url, a.username from statuses s join accounts a on a.id = s.account_id
        where s.id = any(%(ids)s)
        """,
        {"ids": ids},
    )
    return {row.id: row for row in found}


class _OfStatus(Protocol):
    @property
    def status_id(self) -> int | None: ...


_T = TypeVar("_T", bound=_OfStatus)


def _by_status(items: Sequence[_T]) -> defaultdict[int | None, list[_T]]:
    grouped: defaultdict[int | None, list[_T]] = defaultdict(list)
    for item in items:
        grouped[item.status_id].append(item)
    return grouped
