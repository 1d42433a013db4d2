"""SQL of custom emojis."""

from collections.abc import Sequence
from typing import LiteralString

from rostra.core.db import Tx, execute, fetch_all, fetch_one, fetch_value, fetch_values
from rostra.emojis.model import Emoji, Listed

_COLUMNS: LiteralString = """
    id, shortcode, domain, category, visible_in_picker, disabled, blob_key, static_key
"""
_KEPT = "custom emojis"
"""Name of the lock of those who add some."""


async def usable(tx: Tx) -> list[Emoji]:
    """All of ours that can be used, by name."""
    sql: LiteralString = (
        "select " + _COLUMNS + " from custom_emojis where domain is null and not disabled order by shortcode"
    )
    return await fetch_all(tx, Emoji, sql)


async def ours(tx: Tx) -> list[Listed]:
    """All of ours: by category, then by name; those without a category first."""
    sql: LiteralString = (
        "select " + _COLUMNS + ", created_at from custom_emojis where domain is null"
        " order by category nulls first, shortcode"
    )
    return await fetch_all(tx, Listed, sql)


async def get(tx: Tx, emoji_id: int, *, lock: bool = False) -> Emoji | None:
    """One of ours."""
    sql: LiteralString = "select " + _COLUMNS + " from custom_emojis where id = %(id)s and domain is null"
    return await fetch_one(tx, Emoji, sql + (" for update" if lock else ""), {"id": emoji_id})


async def named(tx: Tx, shortcodes: Sequence[str]) -> list[Emoji]:
    """Those of ours that are called so, whatever the case."""
    sql: LiteralString = (
        "select " + _COLUMNS + " from custom_emojis where domain is null"
        " and lower(shortcode) = any(%(names)s)"
    )
    return await fetch_all(tx, Emoji, sql, {"names": [name.lower() for name in shortcodes]})


async def usable_id(tx: Tx, shortcode: str) -> int | None:
    """The id of ours that is called exactly so, unless it is disabled."""
    return await fetch_value(
        tx,
        """
        select id from custom_emojis
        where domain is null and lower(shortcode) = lower(%(name)s) and shortcode = %(name)s and not disabled
        """,
        {"name": shortcode},
    )


async def count(tx: Tx) -> int:
    """How many are ours."""
    return await fetch_value(tx, "select count(*) from custom_emojis where domain is null")


async def lock(tx: Tx) -> None:
    """Let nobody else add any until the transaction ends."""
    await execute(tx, "select pg_advisory_xact_lock(hashtext(%(name)s))", {"name": _KEPT})


async def insert(tx: Tx, emoji: Emoji) -> None:
    """Write a new one."""
    await execute(
        tx,
        """
        insert into custom_emojis (id, shortcode, domain, category, visible_in_picker, disabled, blob_key,
                                   static_key)
        values (%(id)s, %(shortcode)s, %(domain)s, %(category)s, %(visible)s, %(disabled)s, %(blob_key)s,
                %(static_key)s)
        """,
        _values(emoji),
    )


async def update(tx: Tx, emoji: Emoji) -> None:
    """Write what may change: all but the name."""
    await execute(
        tx,
        """
        update custom_emojis set category = %(category)s, visible_in_picker = %(visible)s,
            disabled = %(disabled)s, blob_key = %(blob_key)s, static_key = %(static_key)s, updated_at = now()
        where id = %(id)s
        """,
        _values(emoji),
    )


async def rename_category(tx: Tx, before: str, after: str | None) -> int:
    """Put all of a category into another; returns how many."""
    return await execute(
        tx,
        """
        update custom_emojis set category = %(after)s, updated_at = now()
        where domain is null and category = %(before)s
        """,
        {"before": before, "after": after},
    )


async def categories(tx: Tx) -> list[str]:
    """The names of all categories."""
    return await fetch_values(
        tx,
        """
        select distinct category from custom_emojis where domain is null and category is not null
        order by category
        """,
    )


async def delete(tx: Tx, emoji_id: int) -> None:
    """Forget one."""
    await execute(tx, "delete from custom_emojis where id = %(id)s", {"id": emoji_id})


def _values(emoji: Emoji) -> dict[str, object]:
    return {
        "id": emoji.id,
        "shortcode": emoji.shortcode,
        "domain": emoji.domain,
        "category": emoji.category,
        "visible": emoji.visible_in_picker,
        "disabled": emoji.disabled,
        "blob_key": emoji.blob_key,
        "static_key": emoji.static_key,
    }
