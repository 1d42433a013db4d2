"""SQL of cards. None of it checks access: a card is shown with its status, under the status's rule.

Statuses are locked before cards. Whoever has written a card counts on that: a status that links to it
was linked before, and is found then, or waits for the card, and shows it at once.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import LiteralString

import msgspec

from rostra.accounts.access import present
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_value, fetch_values
from rostra.core.ids import new_id
from rostra.statuses.cards.model import Card, Found, StatusCard, hash_of

BATCH = 1000
QUEUED = timedelta(days=1)
"""How long a job may have a card before another one gets it: longer than any is tried again."""

_SHOWN: LiteralString = """
    c.id, c.kind, c.title, c.description, c.language, c.published_at, c.author_name, c.author_url,
    c.author_account_id, c.provider_name, c.provider_url, c.html, c.embed_url, c.width, c.height,
    c.image_key, c.image_width, c.image_height, c.image_description, c.blurhash
"""


class Linking(Row, frozen=True):
    """A status, as far as its link is concerned."""

    id: int
    content: str
    local: bool


class Queued(Row, frozen=True):
    """A card that is to be fetched."""

    id: int
    url: str
    failures: int
    new_image_key: str | None
    unshown: bool


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """The picture of a card, stored under `key`."""

    key: str
    width: int
    height: int
    blurhash: str


async def of_statuses(tx: Tx, status_ids: Sequence[int]) -> list[StatusCard]:
    """The cards of those of `status_ids` that have one to show. Not an access check."""
    sql: LiteralString = (
        "select sc.status_id, sc.url, "
        + _SHOWN
        + " from status_cards sc join cards c on c.id = sc.card_id"
        + " where sc.status_id = any(%(ids)s) and c.kind is not null"
    )
    return await fetch_all(tx, StatusCard, sql, {"ids": list(status_ids)})


async def lock_status(tx: Tx, status_id: int) -> Linking | None:
    """A status that says something itself, locked: no boost."""
    return await fetch_one(
        tx,
        Linking,
        "select id, content, local from statuses where id = %(id)s and reblog_of_id is null"
        " for no key update",
        {"id": status_id},
    )


async def lock_card(tx: Tx, url: str) -> int:
    """The id of the card of `url`, normalised; it is made where there is none."""
    params = {"id": new_id(), "hash": hash_of(url), "url": url}
    await execute(
        tx,
        "insert into cards (id, url_hash, url) values (%(id)s, %(hash)s, %(url)s) on conflict do nothing",
        params,
    )
    return await fetch_value(tx, "select id from cards where url_hash = %(hash)s for update", params)


async def link(tx: Tx, status_id: int, card_id: int, url: str) -> bool:
    """Say what a status links to; returns whether that is new."""
    return bool(
        await execute(
            tx,
            """
            insert into status_cards (status_id, card_id, url) values (%(id)s, %(card)s, %(url)s)
            on conflict (status_id) do update set card_id = excluded.card_id, url = excluded.url
            where (status_cards.card_id, status_cards.url) is distinct from (excluded.card_id, excluded.url)
            """,
            {"id": status_id, "card": card_id, "url": url},
        )
    )


async def unlink(tx: Tx, status_id: int) -> bool:
    """Say that a status links to nothing; returns whether it did before."""
    return bool(await execute(tx, "delete from status_cards where status_id = %(id)s", {"id": status_id}))


async def claim(tx: Tx, card_id: int) -> bool:
    """Whether a card is due to be fetched and no job has it; then the caller's job has it."""
    return bool(
        await execute(
            tx,
            """
            update cards set queued_at = now()
            where id = %(id)s and refetch_at <= now()
              and (queued_at is null or queued_at < now() - %(queued)s)
            """,
            {"id": card_id, "queued": QUEUED},
        )
    )


async def queued(tx: Tx, card_id: int) -> Queued | None:
    """A card that a job has; None: it was fetched or deleted meanwhile."""
    return await fetch_one(
        tx,
        Queued,
        "select id, url, failures, new_image_key, unshown from cards"
        " where id = %(id)s and queued_at is not null",
        {"id": card_id},
    )


async def find_author(tx: Tx, username: str, domain: str | None, site: str) -> int | None:
    """The account that may be named as author of pages of `site`, a host: it has to say so itself."""
    sql: LiteralString = """
        select a.id from accounts a
        where lower(a.username) = %(username)s and coalesce(lower(a.domain), '') = %(domain)s
          and exists (
            select from unnest(a.attribution_domains) as allowed(name)
            where allowed.name = %(site)s or right(%(site)s, length(allowed.name) + 1) = '.' || allowed.name)
          and """ + present("a")
    return await fetch_value(tx, sql, {"username": username, "domain": domain or "", "site": site})


async def current(tx: Tx, card_id: int) -> Card | None:
    """What a card shows now, locked; None where that is nothing."""
    sql: LiteralString = (
        "select " + _SHOWN + " from cards c where c.id = %(id)s and c.kind is not null for update"
    )
    return await fetch_one(tx, Card, sql, {"id": card_id})


async def name_new_image(tx: Tx, card_id: int, key: str | None) -> None:
    """Write down which file is about to be written for a card; None: none is any more."""
    await execute(
        tx, "update cards set new_image_key = %(key)s where id = %(id)s", {"id": card_id, "key": key}
    )


async def write(
    tx: Tx, card_id: int, found: Found | None, author_id: int | None, picture: Picture | None
) -> None:
    """Let a card show what was found; None: nothing."""
    shown = found or Found()
    await execute(
        tx,
        """
        update cards set
            kind = %(kind)s, title = %(title)s, description = %(description)s, language = %(language)s,
            published_at = %(published_at)s, author_name = %(author_name)s, author_url = %(author_url)s,
            author_account_id = %(author_id)s, provider_name = %(provider_name)s,
            provider_url = %(provider_url)s, html = %(html)s, embed_url = %(embed_url)s, width = %(width)s,
            height = %(height)s, image_key = %(image_key)s, image_width = %(image_width)s,
            image_height = %(image_height)s, image_description = %(image_description)s,
            blurhash = %(blurhash)s, new_image_key = null, unshown = true
        where id = %(id)s
        """,
        {
            **msgspec.structs.asdict(shown),
            "id": card_id,
            "kind": found.kind if found else None,
            "author_id": author_id,
            "image_key": picture.key if picture else None,
            "image_width": picture.width if picture else None,
            "image_height": picture.height if picture else None,
            "blurhash": picture.blurhash if picture else None,
        },
    )


async def finish(tx: Tx, card_id: int, refetch_at: datetime) -> None:
    """A card was fetched, or nobody was at home for too long: no job has it, until `refetch_at`."""
    await execute(
        tx,
        "update cards set queued_at = null, unshown = false, failures = 0, refetch_at = %(at)s"
        " where id = %(id)s",
        {"id": card_id, "at": refetch_at},
    )


async def count_failure(tx: Tx, card_id: int) -> int:
    """Nobody was at home; returns how often that was so in a row; 0 if the card is gone."""
    failures: int | None = await fetch_value(
        tx,
        "update cards set failures = failures + 1 where id = %(id)s returning failures::int",
        {"id": card_id},
    )
    return failures or 0


async def show(tx: Tx, status_id: int) -> None:
    """A status shows another card, or none: what is kept of it is out of date."""
    await execute(tx, "update statuses set version = version + 1 where id = %(id)s", {"id": status_id})


async def show_everywhere(tx: Tx, card_id: int, after: int) -> list[int]:
    """The same for a batch of the statuses with a card, those with ids above `after`; returns their ids."""
    ids: list[int] = await fetch_values(
        tx,
        """
        with locked as materialized (
            select s.id from statuses s
            where s.id = any(array(
                select status_id from status_cards where card_id = %(card)s and status_id > %(after)s
                order by status_id limit %(batch)s))
            order by s.id for no key update
        )
        update statuses s set version = s.version + 1 from locked where s.id = locked.id returning s.id
        """,
        {"card": card_id, "after": after, "batch": BATCH},
    )
    return sorted(ids)


async def delete_unused(tx: Tx, age: timedelta) -> list[str]:
    """Forget a batch of cards, older than `age`, that no status has; returns the keys of their files."""
    rows = await fetch_values(
        tx,
        """
        with gone as (
            delete from cards where id = any(array(
                select c.id from cards c
                where c.created_at < now() - %(age)s and c.queued_at is null
                  and not exists (select from status_cards sc where sc.card_id = c.id)
                order by c.created_at limit %(batch)s for update skip locked))
            returning image_key, new_image_key
        )
        select key from gone cross join unnest(array[image_key, new_image_key]) as key where key is not null
        """,
        {"age": age, "batch": BATCH},
    )
    return list(rows)
