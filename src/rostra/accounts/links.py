"""Links on profiles, and whether they are their member's own: then their page links back with `rel="me"`
(https://docs.joinmastodon.org/user/profile/#verification).

Which page a link leads to is looked at when it is new, and again when its member changes their profile.
A page that can't be reached changes nothing; one that does not link back any more takes the mark away.
"""

import asyncio
import html
import random
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from typing import LiteralString

import msgspec
import nh3
from yarl import URL

from rostra.accounts import queries
from rostra.accounts.model import Account, LinksVerified
from rostra.core import clock, events
from rostra.core.db import Row, Tx, execute, fetch_all, fetch_one, fetch_value
from rostra.core.events import Event
from rostra.core.http import HttpError, Limits, Reply, Unreachable
from rostra.core.ids import new_id
from rostra.core.jobs import TryAgain
from rostra.core.services import Services
from rostra.core.settings import Settings
from rostra.core.text import documents

SECONDS = 30
"""Longest that looking at one page may take."""
PAGE = Limits(seconds=15, body_bytes=1024 * 1024, cut=True)
MARKUP_CHARACTERS = 512 * 1024
"""How much of a page is parsed, without scripts and styles."""
PAUSES = (60, 600, 3600)
"""Seconds between tries, while nobody is at home."""
SOON = timedelta(seconds=20)
"""How long a link that is not verified is left alone, so that nobody has us call a site without end."""
VERIFIED_FOR = timedelta(hours=1)
"""The same for one that is."""
QUEUED = timedelta(days=1)
KEPT = timedelta(days=2)

_PAGES = ("text/html", "application/xhtml+xml")
_GONE = (404, 410)
_WANTED = ("a", "link")
_ELEMENT = re.compile(r'<(?:a|link)((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


class LinkDue(Event, frozen=True):
    """A link on a profile is to be looked at."""

    check_id: int


class _Check(Row, frozen=True):
    id: int
    account_id: int
    url: str
    failures: int


def is_link(settings: Settings, value: str) -> bool:
    """Whether a field is a link that can be verified: nothing but an address, with HTTPS, of a host whose
    name can't be taken for another one."""
    scheme = "https://" if settings.is_public else ("https://", "http://")
    if not value.startswith(scheme) or not value.isascii() or any(c <= " " for c in value):
        return False
    try:
        url = URL(value)
        return bool(url.host and url.port and url.user is None and url.password is None)
    except ValueError:
        return False


async def notice(tx: Tx, settings: Settings, account_id: int) -> None:
    """Have the links on a profile looked at that were not looked at just now. In a transaction."""
    for account in await queries.by_ids(tx, [account_id]):
        if account.domain is not None or account.suspended_at is not None:
            continue
        for field in account.fields:
            url = (field["value"] or "").strip()
            if is_link(settings, url):
                pause = VERIFIED_FOR if field.get("verified_at") else SOON
                check_id = await _claim(tx, account_id, url, pause)
                if check_id is not None:
                    await events.record(tx, LinkDue(check_id=check_id))


async def _claim(tx: Tx, account_id: int, url: str, pause: timedelta) -> int | None:
    """The id of a check, if no job has it and the last one was long enough ago; then the caller's has it."""
    return await fetch_value(
        tx,
        """
        insert into link_checks (id, account_id, url, queued_at) values (%(id)s, %(account)s, %(url)s, now())
        on conflict (account_id, url) do update set queued_at = now(), failures = 0
        where (link_checks.queued_at is null or link_checks.queued_at < now() - %(queued)s)
          and (link_checks.checked_at is null or link_checks.checked_at < now() - %(pause)s)
        returning id
        """,
        {"id": new_id(), "account": account_id, "url": url, "queued": QUEUED, "pause": pause},
    )


async def _due(tx: Tx, check_id: int) -> _Check | None:
    sql: LiteralString = (
        "select id, account_id, url, failures from link_checks where id = %(id)s and queued_at is not null"
    )
    return await fetch_one(tx, _Check, sql, {"id": check_id})


async def check(services: Services, event: LinkDue) -> None:
    """Look at the page of a link, and mark the link as its member's own, or no longer.

    Raises:
        TryAgain: nobody was at home.
    """
    async with services.db.connection() as tx:
        due = await _due(tx, event.check_id)
        found = await queries.by_ids(tx, [due.account_id]) if due else []
        if due is None or not found:
            return
        if due.url not in _links(services.settings, found[0]):
            await execute(tx, "delete from link_checks where id = %(id)s", {"id": due.id})
            return
    try:
        reply = await services.http.get(
            due.url,
            headers={"Accept": "text/html"},
            limits=PAGE,
            https_only=services.settings.is_public,
        )
        if reply.status != 200 and reply.status not in _GONE:
            raise Unreachable(f"Status {reply.status}")
    except Unreachable as error:
        await _put_off(services, due, str(error))
        return
    except HttpError:
        reply = None
    profile = services.settings.url(f"/@{found[0].username}")
    # In a thread: it takes up to a second, for the worst of pages.
    links_back = reply is not None and await asyncio.to_thread(_links_back, reply, profile)
    async with services.db.transaction() as tx:
        await _mark(tx, due, verified=links_back)
        await execute(
            tx,
            "update link_checks set checked_at = now(), queued_at = null, failures = 0 where id = %(id)s",
            {"id": due.id},
        )


async def delete_old(tx: Tx) -> None:
    """Forget when links were looked at, where that is long ago."""
    await execute(
        tx,
        """
        delete from link_checks
        where checked_at < now() - %(kept)s or (checked_at is null and queued_at < now() - %(kept)s)
        """,
        {"kept": KEPT},
    )


def links_to(markup: str, base: str, profile: str) -> bool:
    """Whether a page, at `base`, links to `profile` with `rel="me"`, by an `<a>` or a `<link>`.

    Letter case and a slash at the end don't matter.
    """
    wanted = profile.rstrip("/").lower()
    for attributes in _elements(markup):
        if "me" in attributes.get("rel", "").lower().split():
            try:
                target = str(URL(base).join(URL(attributes.get("href", "").strip())))
            except ValueError:
                continue
            if target.rstrip("/").lower() == wanted:
                return True
    return False


def _links_back(reply: Reply, profile: str) -> bool:
    content_type = reply.headers.get("Content-Type", "")
    if reply.status != 200 or content_type.partition(";")[0].strip().lower() not in _PAGES:
        return False
    markup, _ = documents.without_scripts(documents.decoded(reply.body, content_type))
    return links_to(markup, reply.url, profile)


def _elements(markup: str) -> Iterator[dict[str, str]]:
    reduced = documents.reduced(markup[:MARKUP_CHARACTERS], _WANTED)
    for match in _ELEMENT.finditer(_cleaner().clean(reduced)):
        yield {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(match[1])}


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_WANTED),
        attributes={"a": {"rel", "href"}, "link": {"rel", "href"}},
        link_rel=None,
        clean_content_tags=set(),
    )


def _links(settings: Settings, account: Account) -> Sequence[str]:
    values = [(field["value"] or "").strip() for field in account.fields]
    return [value for value in values if is_link(settings, value)]


async def _mark(tx: Tx, due: _Check, *, verified: bool) -> None:
    """Write down whether a link is its member's own; one that was verified before keeps its date."""
    account = await queries.lock_account(tx, due.account_id)
    if account is None or account.suspended_at is not None:
        return
    now = clock.timestamp(clock.now())
    fields = [
        field | {"verified_at": (field.get("verified_at") or now) if verified else None}
        if (field["value"] or "").strip() == due.url
        else field
        for field in account.fields
    ]
    if fields != account.fields:
        await queries.update_profile(tx, msgspec.structs.replace(account, fields=fields))
        await events.record(tx, LinksVerified(account_id=account.id))


async def _put_off(services: Services, due: _Check, why: str) -> None:
    """Remember that nobody was at home; after some tries the link is left alone, as it is.

    Raises:
        TryAgain: the next try.
    """
    async with services.db.transaction() as tx:
        rows = await fetch_all(
            tx,
            _Check,
            """
            update link_checks
            set failures = failures + 1, checked_at = now(),
                queued_at = case when failures < %(most)s then queued_at end
            where id = %(id)s returning id, account_id, url, failures
            """,
            {"id": due.id, "most": len(PAUSES)},
        )
    if rows and rows[0].failures <= len(PAUSES):
        pause = PAUSES[rows[0].failures - 1] * random.uniform(0.8, 1.2)  # noqa: S311
        raise TryAgain(why, after=pause)
