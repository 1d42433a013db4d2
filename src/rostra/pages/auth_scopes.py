"""What an app may do, in words for the member who is to agree."""

from collections.abc import Sequence

import msgspec

from rostra.pages.i18n import Translator


class Permission(msgspec.Struct, frozen=True):
    """One line of the list; `serious` ones concern more than the member's own account."""

    icon: str
    text: str
    detail: str = ""
    serious: bool = False


_WHOLE = {
    "profile": ("user-check", "scope-profile", "scope-profile-detail"),
    "read": ("eye", "scope-read", "scope-read-detail"),
    "write": ("pencil", "scope-write", "scope-write-detail"),
    "follow": ("user-plus", "scope-follow", "scope-follow-detail"),
    "push": ("bell", "scope-push", "scope-push-detail"),
}
_SOME = {"read": ("eye", "scope-some-read"), "write": ("pencil", "scope-some-write")}
_ADMIN = {
    "admin:read": ("scope-admin-read", "scope-some-admin-read"),
    "admin:write": ("scope-admin-write", "scope-some-admin-write"),
}
_OBJECTS = {
    "accounts": "scope-object-accounts",
    "blocks": "scope-object-blocks",
    "bookmarks": "scope-object-bookmarks",
    "collections": "scope-object-collections",
    "conversations": "scope-object-conversations",
    "favourites": "scope-object-favourites",
    "filters": "scope-object-filters",
    "follows": "scope-object-follows",
    "lists": "scope-object-lists",
    "media": "scope-object-media",
    "mutes": "scope-object-mutes",
    "notifications": "scope-object-notifications",
    "reports": "scope-object-reports",
    "search": "scope-object-search",
    "statuses": "scope-object-statuses",
    "domain_allows": "scope-object-domain-allows",
    "domain_blocks": "scope-object-domain-blocks",
    "ip_blocks": "scope-object-ip-blocks",
    "email_domain_blocks": "scope-object-email-domain-blocks",
    "canonical_email_blocks": "scope-object-canonical-email-blocks",
}


def permissions(t: Translator, scopes: Sequence[str]) -> list[Permission]:
    """`scopes` in words: whole ones first, then what they don't cover, then what concerns the network.

    `follow` says nothing new beside `read` and `write`, which most apps ask for together with it.
    """
    found = [
        Permission(icon, t(text), t(detail))
        for scope, (icon, text, detail) in _WHOLE.items()
        if scope in scopes and not (scope == "follow" and {"read", "write"} <= set(scopes))
    ]
    for verb, (icon, text) in _SOME.items():
        if parts := _parts(t, scopes, verb):
            found.append(Permission(icon, t(text), ", ".join(parts)))
    for verb, (whole, some) in _ADMIN.items():
        if verb in scopes:
            found.append(Permission("shield-check", t(whole), serious=True))
        elif parts := _parts(t, scopes, verb):
            found.append(Permission("shield-check", t(some), ", ".join(parts), serious=True))
    return found


def _parts(t: Translator, scopes: Sequence[str], verb: str) -> list[str]:
    if verb in scopes:
        return []
    return [t(_OBJECTS[scope.removeprefix(f"{verb}:")]) for scope in scopes if scope.startswith(f"{verb}:")]
