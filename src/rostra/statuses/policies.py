"""Interaction policies: whom an author lets answer, favourite and boost a status. No I/O.

The form is GoToSocial's (https://docs.gotosocial.org/en/latest/federation/interaction_policy/): for each
of the three, who may at once and who may with the author's leave. Leave can be asked for answers only.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from rostra.core.errors import Invalid

Permission = Literal["automatic", "manual", "denied"]
Kind = Literal["can_favourite", "can_reply", "can_reblog"]
VALUES = ("public", "followers", "following", "mutuals", "mentioned", "author")
KINDS: tuple[Kind, ...] = ("can_favourite", "can_reply", "can_reblog")

# Whom a policy can name at most: others don't see the status.
_FEASIBLE: Mapping[str, frozenset[str]] = {
    "public": frozenset(VALUES),
    "unlisted": frozenset(VALUES),
    "private": frozenset(VALUES) - {"public"},
    "direct": frozenset({"mentioned", "author"}),
}


class Stance(msgspec.Struct, frozen=True):
    """How somebody stands to the author of a status, and to the status."""

    follows: bool = False
    followed: bool = False
    mentioned: bool = False
    """Whether the status names or answers them."""

    def matches(self, value: str) -> bool:
        """Whether they are one of those whom `value` names."""
        return {
            "public": True,
            "followers": self.follows,
            "following": self.followed,
            "mutuals": self.follows and self.followed,
            "mentioned": self.mentioned,
        }.get(value, False)


class Rules(msgspec.Struct, frozen=True):
    """Who may do something at once, and who may with the author's leave."""

    automatic: tuple[str, ...] = ()
    manual: tuple[str, ...] = ()


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """Who may do what to a status."""

    can_favourite: Rules
    can_reply: Rules
    can_reblog: Rules

    def permits(self, kind: Kind, stance: Stance) -> Permission:
        """What the policy says to somebody who is not the author.

        Being named counts more than belonging to the public or the followers. Whom a status names may
        always answer it.
        """
        rules: Rules = getattr(self, kind)
        if stance.mentioned and (kind == "can_reply" or "mentioned" in rules.automatic):
            return "automatic"
        if stance.mentioned and "mentioned" in rules.manual:
            return "manual"
        if any(stance.matches(value) for value in rules.automatic):
            return "automatic"
        return "manual" if any(stance.matches(value) for value in rules.manual) else "denied"


def default(visibility: str) -> Policy:
    """Who may do what where nothing is said: those who see a status, and boosts are for all or for none."""
    return _DEFAULTS[visibility]


_ALL = Rules(automatic=("public",))
_FOLLOWERS = Rules(automatic=("author", "followers", "mentioned"))
_NAMED = Rules(automatic=("author", "mentioned"))
_AUTHOR = Rules(automatic=("author",))
_DEFAULTS = {
    "public": Policy(can_favourite=_ALL, can_reply=_ALL, can_reblog=_ALL),
    "unlisted": Policy(can_favourite=_ALL, can_reply=_ALL, can_reblog=_ALL),
    "private": Policy(can_favourite=_FOLLOWERS, can_reply=_FOLLOWERS, can_reblog=_AUTHOR),
    "direct": Policy(can_favourite=_NAMED, can_reply=_NAMED, can_reblog=_AUTHOR),
}


def make(visibility: str, said: Mapping[Kind, Rules | None]) -> Policy:
    """The policy that `said` asks for; what it doesn't say is as by default.

    As in GoToSocial, an author always may, and who is named may always answer.

    Raises:
        Invalid: it names nobody we know, or somebody who doesn't see such a status.
    """
    fallback = default(visibility)
    rules: dict[str, Rules] = {}
    for kind in KINDS:
        wished = said.get(kind)
        rules[kind] = getattr(fallback, kind) if wished is None else _complete(visibility, kind, wished)
    return Policy(**rules)


def _complete(visibility: str, kind: Kind, rules: Rules) -> Rules:
    for value in (*rules.automatic, *rules.manual):
        if value not in VALUES:
            raise Invalid(f"{kind}: {value[:50]} is not one of {', '.join(VALUES)}")
        if value not in _FEASIBLE[visibility]:
            raise Invalid(f"{kind}: {value} does not go with {visibility} posts")
    if rules.manual and kind != "can_reply":
        raise Invalid(f"{kind}: approval by hand is for replies only")
    automatic = list(dict.fromkeys(rules.automatic))
    if "public" not in automatic:
        automatic += ["author"] if "author" not in automatic else []
        automatic += ["mentioned"] if kind == "can_reply" and "mentioned" not in automatic else []
    return Rules(tuple(automatic), tuple(dict.fromkeys(rules.manual)))


def decode(stored: object) -> Policy | None:
    """A policy as the database has it."""
    return None if stored is None else msgspec.convert(stored, Policy)


def encode(policy: Policy | None) -> str | None:
    """A policy as the database has it."""
    return None if policy is None else msgspec.json.encode(policy).decode()
