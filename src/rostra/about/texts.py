"""What the operator writes about the network, in each language: who is behind it, and the privacy policy."""

from datetime import UTC, datetime
from functools import cache
from html import escape
from pathlib import Path
from typing import Literal

import msgspec

from rostra.about import site
from rostra.about.markdown import to_html
from rostra.core.db import Row, Tx, execute, fetch_all
from rostra.core.errors import Invalid
from rostra.core.settings import Settings
from rostra.core.text import clean

Name = Literal["about", "privacy_policy"]
LENGTH = 50_000
"""Characters of one text."""
FOLDER = Path(__file__).parent / "texts"
_WRITTEN = datetime(2026, 11, 23, tzinfo=UTC)
"""When the texts that come with Rostra were last changed."""
_OTHERWISE = "en"


class Text(Row, frozen=True):
    """A text of the operator's, in Markdown."""

    language: str
    text: str
    updated_at: datetime


class Page(msgspec.Struct, frozen=True):
    """A text as HTML."""

    html: str
    updated_at: datetime


async def written(tx: Tx, name: Name) -> dict[str, Text]:
    """The text `name` in all languages that it was written in."""
    rows = await fetch_all(
        tx,
        Text,
        "select language, text, updated_at from site_texts where name = %(name)s order by language",
        {"name": name},
    )
    return {row.language: row for row in rows}


async def write(tx: Tx, name: Name, texts: dict[str, str]) -> None:
    """Say the text `name`, language -> Markdown, anew; an empty one is taken away.

    Raises:
        Invalid: one is too long.
    """
    cleaned = {language: clean(text) for language, text in texts.items()}
    for language, text in cleaned.items():
        if len(text) > LENGTH:
            problem = f"is too long (maximum is {LENGTH} characters)"
            raise Invalid(f"Text {problem}", {f"{name}_{language}": [("ERR_TOO_LONG", problem)]})
    async with tx.transaction():
        for language, text in cleaned.items():
            await _write(tx, name, language, text)


async def _write(tx: Tx, name: Name, language: str, text: str) -> None:
    params = {"name": name, "language": language, "text": text}
    if not text:
        await execute(tx, "delete from site_texts where name = %(name)s and language = %(language)s", params)
        return
    await execute(
        tx,
        """
        insert into site_texts (name, language, text) values (%(name)s, %(language)s, %(text)s)
        on conflict (name, language) do update set text = %(text)s, updated_at = now()
        where site_texts.text <> %(text)s
        """,
        params,
    )


async def about(tx: Tx, language: str) -> Page | None:
    """Who is behind the network and what for, in `language` or another one; None if nobody wrote it."""
    return _page(await written(tx, "about"), language)


async def privacy_policy(tx: Tx, settings: Settings, language: str) -> Page:
    """The operator's privacy policy, or the one that comes with Rostra: what the software keeps."""
    own = _page(await written(tx, "privacy_policy"), language)
    if own is not None:
        return own
    return Page(_shipped(language).replace("{contact}", await _contact(tx, settings)), _WRITTEN)


def _page(texts: dict[str, Text], language: str) -> Page | None:
    found = texts.get(language) or texts.get(_OTHERWISE) or next(iter(texts.values()), None)
    return Page(to_html(found.text), found.updated_at) if found else None


async def _contact(tx: Tx, settings: Settings) -> str:
    """The mail address and the account to turn to, as far as there are any."""
    mail, person = escape(settings.contact_email), await site.contact(tx)
    ways = [f'<a href="mailto:{mail}">{mail}</a>'] if mail else []
    if person is not None:
        ways.append(f'<a href="{settings.url(f"/@{person.username}")}">@{person.username}</a>')
    return ", ".join(ways) or escape(settings.local_domain)


@cache
def _shipped(language: str) -> str:
    return (FOLDER / f"privacy.{language}.html").read_text("utf-8")
