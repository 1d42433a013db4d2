"""What a status's text brings with it: mentions, hashtags, HTML. Shared by publishing and editing."""

from collections.abc import Iterable

from rostra.accounts.access import present
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_values
from rostra.core.ids import new_id
from rostra.core.settings import Settings
from rostra.core.text import (
    Handle,
    MentionTarget,
    find_hashtags,
    find_mentions,
    markdown_hashtags,
    markdown_mentions,
    normalize_hashtag,
    render,
    render_markdown,
    tag_path,
)
from rostra.statuses.model import ContentType


class Mentioned(Row, frozen=True):
    """An account that a status names."""

    id: int
    username: str
    domain: str | None
    url: str | None


Mentions = dict[Handle, Mentioned]
"""The accounts that a text names, under the handles as the text has them."""


async def find_mentioned(
    tx: Tx, settings: Settings, text: str, content_type: ContentType = "text/plain"
) -> Mentions:
    """The accounts that `text` names; they stay until the transaction ends."""
    ours = settings.local_domain.lower()
    written = {
        handle: handle._replace(domain=None) if handle.domain == ours else handle
        for handle in (find_mentions if content_type == "text/plain" else markdown_mentions)(text)
    }
    if not written:
        return {}
    found = await _by_handles(tx, set(written.values()))
    return {handle: found[plain] for handle, plain in written.items() if plain in found}


async def _by_handles(tx: Tx, handles: set[Handle]) -> Mentions:
    ordered = list(handles)
    rows = await fetch_all(
        tx,
        Mentioned,
        """
        select a.id, a.username, a.domain, a.url
        from unnest(%(usernames)s::text[], %(domains)s::text[]) as h(username, domain)
        join accounts a on lower(a.username) = h.username and coalesce(lower(a.domain), '') = h.domain
        where """
        + present("a")
        + " for key share of a",
        {"usernames": [h.username for h in ordered], "domains": [h.domain or "" for h in ordered]},
    )
    return {Handle(m.username.lower(), m.domain.lower() if m.domain else None): m for m in rows}


def target(settings: Settings, mentioned: Mentioned) -> MentionTarget:
    """What a mention of an account links to."""
    name, domain = mentioned.username, mentioned.domain
    url = mentioned.url or settings.url(f"/@{name}")
    return MentionTarget(url=url, username=name, acct=name if domain is None else f"{name}@{domain}")


def to_html(
    settings: Settings, text: str, mentions: Mentions, content_type: ContentType = "text/plain"
) -> str:
    """`text` as HTML."""
    targets = {handle: target(settings, mentioned) for handle, mentioned in mentions.items()}
    write = render if content_type == "text/plain" else render_markdown
    return write(text, targets, lambda name: settings.url(tag_path(name)))


async def set_mentions(tx: Tx, status_id: int, mentions: Iterable[Mentioned]) -> None:
    """Say whom a status names; those named before and not now are dropped."""
    await execute(
        tx,
        """
        with gone as (
            delete from status_mentions
            where status_id = %(id)s and not silent and not (account_id = any(%(accounts)s))
        )
        insert into status_mentions (status_id, account_id)
        select %(id)s, unnest(%(accounts)s::bigint[])
        on conflict (status_id, account_id) do update set silent = false where status_mentions.silent
        """,
        {"id": status_id, "accounts": sorted({mentioned.id for mentioned in mentions})},
    )


def find_tags(text: str, content_type: ContentType = "text/plain") -> dict[str, str]:
    """The hashtags in `text`: normalised name -> as first written."""
    written: dict[str, str] = {}
    for name in (find_hashtags if content_type == "text/plain" else markdown_hashtags)(text):
        written.setdefault(normalize_hashtag(name), name)
    return written


async def set_tags(tx: Tx, status_id: int, written: dict[str, str]) -> None:
    """Say which hashtags (see `find_tags`) a status has; those it had before and not now are dropped."""
    names = sorted(written)  # in one order for all, so that two with the same new ones don't block each other
    await execute(
        tx,
        """
        insert into tags (id, name, display_name)
        select * from unnest(%(ids)s::bigint[], %(names)s::text[], %(shown)s::text[]) on conflict do nothing
        """,
        {"ids": [new_id() for _ in names], "names": names, "shown": [written[name] for name in names]},
    )
    await execute(
        tx,
        """
        with tag as (select id from tags where name = any(%(names)s)),
        gone as (delete from status_tags where status_id = %(id)s and tag_id not in (select id from tag))
        insert into status_tags (tag_id, status_id) select id, %(id)s from tag on conflict do nothing
        """,
        {"names": names, "id": status_id},
    )


async def let_see(tx: Tx, status_id: int, account_id: int) -> None:
    """Let somebody see a status as if it named them; it doesn't, and so nobody else learns of it."""
    await execute(
        tx,
        """
        insert into status_mentions (status_id, account_id, silent) values (%(id)s, %(account)s, true)
        on conflict do nothing
        """,
        {"id": status_id, "account": account_id},
    )


async def mentioned_ids(tx: Tx, status_id: int) -> list[int]:
    """Accounts that a status names, or lets see it as if it did."""
    return await fetch_values(
        tx, "select account_id from status_mentions where status_id = %(id)s order by 1", {"id": status_id}
    )


async def tag_names(tx: Tx, status_id: int) -> list[str]:
    """Normalised hashtags of a status."""
    return await fetch_values(
        tx,
        """
        select t.name from status_tags st join tags t on t.id = st.tag_id
        where st.status_id = %(id)s order by 1
        """,
        {"id": status_id},
    )
