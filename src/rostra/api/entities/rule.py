"""Rule (https://docs.joinmastodon.org/entities/Rule/)."""

import msgspec

from rostra.about.rules import Rule as RuleRow


class RuleTranslation(msgspec.Struct):
    """A rule in another language."""

    text: str
    hint: str


class Rule(msgspec.Struct):
    """What holds here. `translations`: language -> text and hint."""

    id: str
    text: str
    hint: str
    translations: dict[str, RuleTranslation]


def rule_entity(row: RuleRow) -> Rule:
    """`row` as apps see it."""
    translations = {
        language: RuleTranslation(said.get("text", ""), said.get("hint", ""))
        for language, said in row.translations.items()
    }
    return Rule(str(row.id), row.text, row.hint, translations)
