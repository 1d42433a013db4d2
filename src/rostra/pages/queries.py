"""What pages look up, where no feature offers it in this form."""

import msgspec

from rostra.about import rules as network
from rostra.core.db import Tx, fetch_value


class Rule(msgspec.Struct, frozen=True):
    """A rule of the network in the reader's language; `hint` may be empty."""

    text: str
    hint: str


async def rules(tx: Tx, language: str) -> list[Rule]:
    """The rules that hold, in `language` where they are translated."""
    return [_translated(rule, language) for rule in await network.rules(tx)]


def _translated(rule: network.Rule, language: str) -> Rule:
    translation = rule.translations.get(language, {})
    text = translation.get("text")
    return Rule(text, translation.get("hint", "")) if text else Rule(rule.text, rule.hint)


async def tag_name(tx: Tx, tag: str) -> str | None:
    """How the normalised hashtag `tag` was first written."""
    return await fetch_value(tx, "select display_name from tags where name = %(tag)s", {"tag": tag})


async def is_suspended(tx: Tx, username: str) -> bool:
    """Whether one of ours has this name, and is suspended."""
    return bool(
        await fetch_value(
            tx,
            """
            select exists (
                select from accounts a
                where lower(a.username) = lower(%(username)s) and coalesce(lower(a.domain), '') = ''
                  and a.suspended_at is not null
                  and not exists (  -- who is about to be deleted is simply not there
                      select from users u where u.account_id = a.id and u.confirmed_at is null))
            """,
            {"username": username},
        )
    )
