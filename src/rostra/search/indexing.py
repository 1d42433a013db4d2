"""Writes what statuses are found by. Reactions call it; what was there before it comes from a backlog."""

from collections.abc import Sequence

from rostra.core.db import Database, Row, Tx, execute, fetch_all, fetch_value, fetch_values
from rostra.core.settings import Settings
from rostra.core.text import plain_text
from rostra.search import windows
from rostra.search.words import document, mark, quoted, vector
from rostra.statuses.cards.model import link_of

BATCH = 500
BACKLOG_BATCHES = 40
"""Batches of the backlog in one go: some seconds each minute."""
OPEN = mark(":", "open")
"""Stands at public statuses whose authors agreed to be found."""
PUBLIC = mark(":", "public")


class Source(Row, frozen=True):
    """A status, as far as it is found by it."""

    id: int
    account_id: int
    visibility: str
    spoiler_text: str
    content: str
    language: str | None
    sensitive: bool
    is_reply: bool
    is_quote: bool
    kinds: list[str]
    descriptions: list[str]
    options: list[str] | None
    tags: list[str]
    indexable: bool


async def index(tx: Tx, settings: Settings, status_ids: Sequence[int]) -> None:
    """Write what some statuses are found by, as they are now. In a transaction; boosts have nothing."""
    sources = await fetch_all(
        tx,
        Source,
        """
        select s.id, s.account_id, s.visibility, s.spoiler_text, s.content, s.language, s.sensitive,
               s.in_reply_to_account_id is not null as is_reply,
               coalesce(s.quote_state in ('pending', 'accepted'), false) as is_quote,
               array(select m.kind from media_attachments m
                     where m.status_id = s.id and m.position is not null) as kinds,
               array(select m.description from media_attachments m
                     where m.status_id = s.id and m.position is not null and m.description is not null
                     order by m.position) as descriptions,
               (select p.options from polls p where p.status_id = s.id) as options,
               array(select t.name from status_tags st join tags t on t.id = st.tag_id
                     where st.status_id = s.id) as tags,
               a.indexable
        from statuses s join accounts a on a.id = s.account_id
        where s.id = any(%(ids)s) and s.reblog_of_id is null order by s.id for no key update of s
        """,
        {"ids": list(status_ids)},
    )
    if not sources:
        return
    numbers = await windows.of_statuses(tx, [source.id for source in sources])
    own_hosts = frozenset({settings.local_domain.lower()})
    words = [
        _vector(source, [*_marks(source, own_hosts), *windows.marks(numbers[source.id])])
        for source in sources
    ]
    await execute(
        tx,
        """
        insert into status_words (status_id, words)
        select id, words::tsvector from unnest(%(ids)s::bigint[], %(words)s::text[]) as d(id, words)
        on conflict (status_id) do update set words = excluded.words
        where status_words.words <> excluded.words
        """,
        {"ids": [source.id for source in sources], "words": words},
    )


def _vector(source: Source, marks: Sequence[str]) -> str:
    texts = [source.spoiler_text, plain_text(source.content), *(source.options or []), *source.descriptions]
    return vector(document("\n\n".join(texts), source.language), marks)


def _marks(source: Source, own_hosts: frozenset[str]) -> list[str]:
    kinds = set(source.kinds)
    properties = {
        "media": bool(kinds),
        "image": bool(kinds & {"image", "gifv"}),
        "video": bool(kinds & {"video", "gifv"}),  # a GIF is both: a picture that moves
        "audio": "audio" in kinds,
        "poll": source.options is not None,
        "link": link_of(source.content, own_hosts) is not None,
        "sensitive": source.sensitive or bool(source.spoiler_text),
        "reply": source.is_reply,
        "quote": source.is_quote,
        "public": source.visibility == "public",
        "open": source.visibility == "public" and source.indexable,
    }
    return [
        mark("@", str(source.account_id)),
        *(mark(":", name) for name, holds in properties.items() if holds),
        *(mark("#", name) for name in source.tags),
        *([mark("=", source.language.lower())] if source.language else []),
    ]


async def reconsider_author(db: Database, account_id: int) -> None:
    """An account may have changed its mind about being found: so do its public statuses, in batches.

    Searches ask the account, too, so nobody is found in the meantime who doesn't want to be.
    """
    while True:
        async with db.transaction() as tx:
            indexable = await fetch_value(
                tx, "select indexable from accounts where id = %(id)s", {"id": account_id}
            )
            if indexable is None or not await _reconsider(tx, account_id, indexable=indexable):
                return


async def _reconsider(tx: Tx, account_id: int, *, indexable: bool) -> bool:
    """Returns whether there may be more."""
    author, opened = quoted(mark("@", str(account_id))), quoted(OPEN)
    stale = f"{author} & {quoted(PUBLIC)} & !{opened}" if indexable else f"{author} & {opened}"
    params = {"stale": stale, "lexeme": OPEN, "open": opened, "indexable": indexable, "batch": BATCH}
    touched = await execute(
        tx,
        """
        with stale as materialized (
            select status_id from status_words where words @@ %(stale)s::tsquery limit %(batch)s
        ), locked as materialized (
            select s.id from statuses s join stale on stale.status_id = s.id order by s.id
            for no key update of s
        )
        update status_words w
        set words = case when %(indexable)s then w.words || %(open)s::tsvector
                    else ts_delete(w.words, %(lexeme)s) end
        from locked where w.status_id = locked.id
        """,
        params,
    )
    return touched > 0


async def index_backlog(db: Database, settings: Settings) -> bool:
    """Index some of what is not indexed yet, the newest first; returns whether there is more.

    To be scheduled.
    """
    for _ in range(BACKLOG_BATCHES):
        async with db.transaction() as tx:
            below = await fetch_value(tx, "select below_id from search_backlog for update skip locked")
            if below is None:
                return False
            ids = await fetch_values(
                tx,
                "select id from statuses where id < %(below)s order by id desc limit %(batch)s",
                {"below": below, "batch": BATCH},
            )
            if ids:
                await index(tx, settings, ids)
                await execute(tx, "update search_backlog set below_id = %(id)s", {"id": ids[-1]})
            else:
                await execute(tx, "delete from search_backlog")
    return True
