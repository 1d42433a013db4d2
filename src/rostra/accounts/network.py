"""The network as a whole: the rules that hold."""

from rostra.core.db import Row, Tx, fetch_all


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
