"""The rules of the network. One that was dropped stays known by its id: reports name it."""

import json

from rostra.core.db import Row, Tx, execute, fetch_all, fetch_tuples, fetch_value, fetch_values
from rostra.core.errors import Conflict, Invalid, NotFound
from rostra.core.ids import new_id
from rostra.core.text import clean

TEXT_LENGTH = 300
HINT_LENGTH = 1000
MOST = 50

Wording = tuple[str, str]
"""What a rule says, and a hint on what it means; in characters at most `TEXT_LENGTH` and `HINT_LENGTH`."""


class Rule(Row, frozen=True):
    """A rule of the network. `translations`: language -> {"text", "hint"}."""

    id: int
    text: str
    hint: str
    translations: dict[str, dict[str, str]]


async def rules(tx: Tx) -> list[Rule]:
    """The rules that hold, in their order."""
    return await fetch_all(
        tx,
        Rule,
        "select id, text, hint, translations from rules where deleted_at is null order by position, id",
    )


async def that_hold(tx: Tx, ids: list[int]) -> set[int]:
    """Those of `ids` that are rules which hold."""
    found = await fetch_values(
        tx, "select id from rules where id = any(%(ids)s) and deleted_at is null", {"ids": ids}
    )
    return set(found)


async def texts_of(tx: Tx, ids: list[int]) -> dict[int, str]:
    """What the rules `ids` say, also those that were dropped."""
    rows = await fetch_tuples(tx, "select id, text from rules where id = any(%(ids)s)", {"ids": ids})
    return {row[0]: row[1] for row in rows}


async def add(tx: Tx, wording: Wording, translations: dict[str, Wording]) -> int:
    """Add a rule at the end; returns its id.

    Raises:
        Invalid: it says nothing or too much, or there are as many rules as there may be.
    """
    params = _params(wording, translations)
    async with tx.transaction():
        await execute(tx, "lock table rules in share row exclusive mode")
        count = await fetch_value(tx, "select count(*) from rules where deleted_at is null")
        if count >= MOST:
            raise Invalid("There are too many rules", {"rules": [("ERR_TOO_MANY", "are too many")]})
        return await fetch_value(
            tx,
            """
            insert into rules (id, position, text, hint, translations)
            select %(id)s, coalesce(max(position), 0) + 1, %(text)s, %(hint)s, %(translations)s::jsonb
            from rules where deleted_at is null
            returning id
            """,
            {"id": new_id(), **params},
        )


async def change(tx: Tx, rule_id: int, wording: Wording, translations: dict[str, Wording]) -> None:
    """Say a rule in other words; translations into other languages than `translations` has stay.

    Raises:
        Invalid: it says nothing or too much.
        NotFound: there is none such.
    """
    changed = await execute(
        tx,
        """
        update rules set text = %(text)s, hint = %(hint)s,
            translations = (translations - %(languages)s::text[]) || %(translations)s::jsonb
        where id = %(id)s and deleted_at is null
        """,
        {"id": rule_id, "languages": list(translations), **_params(wording, translations)},
    )
    if not changed:
        raise NotFound


async def drop(tx: Tx, rule_id: int) -> None:
    """A rule does not hold any more. Old reports still name it."""
    await execute(
        tx, "update rules set deleted_at = now() where id = %(id)s and deleted_at is null", {"id": rule_id}
    )


async def move_up(tx: Tx, rule_id: int) -> None:
    """Put a rule before the one above it."""
    async with tx.transaction():
        await execute(tx, "lock table rules in share row exclusive mode")
        order = [rule.id for rule in await rules(tx)]
        if rule_id not in order[1:]:
            return
        place = order.index(rule_id)
        order[place - 1 : place + 1] = [rule_id, order[place - 1]]
        await _set_positions(tx, order)


async def put_in_order(tx: Tx, ids: list[int]) -> None:
    """Put the rules in the order of `ids`.

    Raises:
        Conflict: these are not the rules that hold now.
    """
    async with tx.transaction():
        await execute(tx, "lock table rules in share row exclusive mode")
        if sorted(ids) != sorted(rule.id for rule in await rules(tx)):
            raise Conflict("These are not all rules, each once: read them again")
        await _set_positions(tx, ids)


async def _set_positions(tx: Tx, ids: list[int]) -> None:
    await execute(
        tx,
        """
        update rules set position = o.position
        from unnest(%(ids)s::bigint[]) with ordinality as o(id, position) where rules.id = o.id
        """,
        {"ids": ids},
    )


def _params(wording: Wording, translations: dict[str, Wording]) -> dict[str, object]:
    text, hint = _checked(wording, "")
    if not text:
        raise Invalid("Text can't be blank", {"text": [("ERR_BLANK", "can't be blank")]})
    said = {language: _checked(each, f"_{language}") for language, each in translations.items()}
    encoded = {language: {"text": each[0], "hint": each[1]} for language, each in said.items() if each[0]}
    return {"text": text, "hint": hint, "translations": json.dumps(encoded)}


def _checked(wording: Wording, suffix: str) -> Wording:
    text, hint = clean(wording[0]), clean(wording[1])
    for name, value, most in (("text", text, TEXT_LENGTH), ("hint", hint, HINT_LENGTH)):
        if len(value) > most:
            problem = f"is too long (maximum is {most} characters)"
            raise Invalid(f"{name} {problem}", {name + suffix: [("ERR_TOO_LONG", problem)]})
    return text, hint
