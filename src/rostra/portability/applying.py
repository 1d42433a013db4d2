"""Importing one row: each is a use case of its own, and may be repeated."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, cast, get_args

import msgspec

from rostra.accounts import access as account_access
from rostra.accounts.filters import actions as filters
from rostra.accounts.filters import queries as filter_queries
from rostra.accounts.filters.model import Action, Change, Context, KeywordChange, Rules
from rostra.accounts.lists import actions as lists
from rostra.accounts.lists import queries as list_queries
from rostra.accounts.lists.model import Change as ListChange
from rostra.accounts.relations import actions as relations
from rostra.accounts.relations import domains
from rostra.accounts.relations.model import FollowOptions
from rostra.core import clock
from rostra.core.db import Tx, fetch_value
from rostra.core.errors import Forbidden, Invalid, NotFound
from rostra.core.services import Services
from rostra.core.text import clean, language_tag
from rostra.portability import files
from rostra.portability.model import Failure, Import, Kind, Waiting
from rostra.statuses import access as status_access
from rostra.statuses import interactions

_LONGEST_NUMBER = 18  # digits that are an id whatever they are


class Unimportable(Exception):
    """A row can't be imported, for this reason."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure: Failure = failure


async def apply(tx: Tx, services: Services, found: Import, row: Waiting) -> Failure | None:
    """Import a row; returns why that can't be. In a transaction, of which nothing stays then."""
    try:
        async with tx.transaction():
            await _APPLY[found.kind](tx, services, found.account_id, row)
    except Unimportable as error:
        return error.failure
    except NotFound:
        return "unknown"
    except Forbidden:
        return "forbidden"
    except Invalid:
        return "limit"
    return None


async def _follow(tx: Tx, services: Services, account_id: int, row: Waiting) -> None:
    target_id = await _account(tx, account_id, row)
    _, boosts, notify, languages = row.cells
    tags = (language_tag(part.strip()) for part in languages.replace(";", ",").split(","))
    options = FollowOptions(
        reblogs=files.truth(boosts),
        notify=files.truth(notify),
        languages=list(dict.fromkeys(tag for tag in tags if tag)) or None,
    )
    await relations.follow(tx, account_id, target_id, options)


async def _block(tx: Tx, services: Services, account_id: int, row: Waiting) -> None:
    await relations.block(tx, account_id, await _account(tx, account_id, row))


async def _mute(tx: Tx, services: Services, account_id: int, row: Waiting) -> None:
    hide = files.truth(row.cells[1])
    target_id = await _account(tx, account_id, row)
    await relations.mute(tx, account_id, target_id, True if hide is None else hide, None)


async def _block_domain(tx: Tx, services: Services, account_id: int, row: Waiting) -> None:
    await domains.block(tx, account_id, row.key or "")


async def _list(tx: Tx, services: Services, account_id: int, row: Waiting) -> None:
    """Put somebody into a list. Who decides by hand who follows them is asked first, as Mastodon does."""
    target_id = await _account(tx, account_id, row, oneself=True)
    title = clean(row.cells[0]).strip()
    found = next((one for one in await list_queries.of_account(tx, account_id) if one.title == title), None)
    if found is None:
        found = await lists.create(tx, account_id, ListChange(title=title))
    if target_id in await list_queries.account_ids(tx, found.id):
        return
    try:
        async with tx.transaction():
            await lists.add_accounts(tx, account_id, found.id, [target_id])
    except Invalid:
        if target_id == account_id:
            raise
        await relations.follow(tx, account_id, target_id, FollowOptions())
        await lists.add_accounts(tx, account_id, found.id, [target_id])


async def _bookmark(tx: Tx, services: Services, account_id: int, row: Waiting) -> None:
    status_id = await _status_id(tx, row.key or "")
    if status_id is None:
        raise Unimportable("elsewhere")
    await interactions.bookmark(tx, account_id, status_id)


async def _filter(tx: Tx, services: Services, account_id: int, row: Waiting) -> None:
    """A filter of the same title and contexts is changed to what the file says."""
    change = _change(row.cells[0])
    before = next(
        (
            rules
            for rules in await filter_queries.of_account(tx, account_id)
            if rules.filter.title == change.title and set(rules.filter.contexts) == set(change.contexts or ())
        ),
        None,
    )
    if before is None:
        after = await filters.create(tx, services.bus, account_id, change)
    else:
        change = msgspec.structs.replace(change, keywords=[*_removals(before), *change.keywords])
        after = await filters.update(tx, services.bus, account_id, before.filter.id, change)
    present = {each.status_id for each in after.statuses}
    for key in files.filter_keys(services.settings, row.cells[0]):
        status_id = await _status_id(tx, key)
        if status_id is None or status_id in present:
            continue
        try:
            await status_access.get_visible(tx, account_id, status_id)
        except NotFound:
            continue
        await filters.add_status(tx, services.bus, account_id, after.filter.id, status_id)
        present.add(status_id)


async def _account(tx: Tx, account_id: int, row: Waiting, *, oneself: bool = False) -> int:
    """The account that a row names."""
    name, _, domain = (row.key or "").partition("@")
    try:
        target = await account_access.get_known_by_handle(tx, name, domain or None)
    except NotFound:
        raise Unimportable("elsewhere" if domain else "unknown") from None
    if target.id == account_id and not oneself:
        raise Unimportable("self")
    return target.id


async def _status_id(tx: Tx, key: str) -> int | None:
    """What a status is found by -> its id; None for one of another server that nobody here has met."""
    if key.isascii() and key.isdecimal() and len(key) <= _LONGEST_NUMBER:
        return int(key)
    return await fetch_value(tx, "select id from statuses where uri = %(uri)s", {"uri": key})


def _change(cell: str) -> Change:
    """What a filter of a file is to be; parts of it that nobody can read count as absent."""
    data = cast("dict[str, Any]", msgspec.json.decode(cell))
    contexts = [name for name in _list_of(data.get("context")) if name in get_args(Context)]
    action = data.get("action")
    keywords = [
        KeywordChange(keyword=clean(word).strip(), whole_word=whole if isinstance(whole, bool) else True)
        for each in _list_of(data.get("keywords_attributes"))
        if isinstance(each, dict)
        for word, whole in [_word(cast("dict[str, Any]", each))]
        if isinstance(word, str) and clean(word).strip()
    ]
    change = Change(
        title=clean(str(data.get("title"))).strip(),
        contexts=list(dict.fromkeys(contexts)) or None,
        action=action if action in get_args(Action) else "warn",
        expires_in=_time_left(data.get("expires_at", data.get("expire_at"))),
        keywords=keywords,
    )
    try:
        if not change.contexts:
            raise Invalid("Context can't be blank")
        change.check()
    except Invalid:
        raise Unimportable("invalid") from None
    return change


def _word(keyword: dict[str, Any]) -> tuple[Any, Any]:
    return keyword.get("keyword"), keyword.get("whole_word")


def _list_of(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []


def _time_left(written: Any) -> Any:
    """How long until a moment as it was exported; None: for ever."""
    try:
        moment = datetime.fromisoformat(written.strip()[:40]) if isinstance(written, str) else None
        # Converted, so that what lies beyond the years that there are is no date here already.
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC) - clock.now() if moment else None
    except (ValueError, OverflowError):
        return None


def _removals(rules: Rules) -> list[KeywordChange]:
    return [KeywordChange(id=keyword.id, remove=True) for keyword in rules.keywords]


_APPLY: dict[Kind, Callable[[Tx, Services, int, Waiting], Awaitable[None]]] = {
    "follows": _follow,
    "blocks": _block,
    "mutes": _mute,
    "domain_blocks": _block_domain,
    "lists": _list,
    "bookmarks": _bookmark,
    "filters": _filter,
}
