"""InteractionPolicy, as GoToSocial has it (docs/api-extensions.md)."""

import msgspec

from rostra.statuses.policies import Kind, Policy, Rules, Stance


class PolicyRules(msgspec.Struct, kw_only=True):
    """Who may do something at once, and who with the author's leave. The last two are older names."""

    automatic_approval: list[str]
    manual_approval: list[str]
    always: list[str]
    with_approval: list[str]


class InteractionPolicy(msgspec.Struct, kw_only=True):
    """Who may do what to a status. `me` stands where it lets the viewer."""

    can_favourite: PolicyRules
    can_reply: PolicyRules
    can_reblog: PolicyRules


def policy_entity(
    policy: Policy, stance: Stance | None = None, *, is_author: bool = False
) -> InteractionPolicy:
    """`policy` as somebody sees it who stands like this (None: nobody, or the author)."""
    return InteractionPolicy(
        can_favourite=_rules(policy, "can_favourite", policy.can_favourite, stance, is_author),
        can_reply=_rules(policy, "can_reply", policy.can_reply, stance, is_author),
        can_reblog=_rules(policy, "can_reblog", policy.can_reblog, stance, is_author),
    )


def _rules(policy: Policy, kind: Kind, rules: Rules, stance: Stance | None, is_author: bool) -> PolicyRules:
    permission = "automatic" if is_author else policy.permits(kind, stance) if stance else "denied"
    automatic = [*rules.automatic, *(["me"] if permission == "automatic" else [])]
    manual = [*rules.manual, *(["me"] if permission == "manual" else [])]
    return PolicyRules(
        automatic_approval=automatic, manual_approval=manual, always=automatic, with_approval=manual
    )
