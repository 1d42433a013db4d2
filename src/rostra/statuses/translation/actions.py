"""Translating statuses: each once for each language, as long as it says the same."""

import asyncio
import time
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
import structlog

from rostra.core.db import Database, Row, Tx, execute, fetch_one
from rostra.core.errors import Forbidden, NotFound, Unavailable
from rostra.core.services import Services
from rostra.core.settings import Settings
from rostra.media import queries as media_queries
from rostra.statuses import access, polls
from rostra.statuses.model import Status
from rostra.statuses.translation.model import KEPT, UNKNOWN, Texts, Translation, may_be_sent
from rostra.statuses.translation.providers import Languages, Provider, TranslatorError, provider_of

LANGUAGES_KEPT = 3600
"""Seconds for which a process remembers what a translator can do."""
SILENT = 10
"""Seconds for which nobody waits for a translator that did not say what it can do."""
UNDERWAY = 4
"""Texts that one process has translated at the same time."""

log = structlog.get_logger()


class Translated(msgspec.Struct, frozen=True):
    """A status in another language. `poll_id`: of its poll, if it has one."""

    translation: Translation
    language: str
    poll_id: int | None


class _Kept(Row, frozen=True):
    source: bytes
    translation: Any


class _Job(msgspec.Struct, frozen=True):
    """What is to be translated; `source` None: from a language to be found out."""

    status_id: int
    texts: Texts
    source: str | None
    target: str

    @property
    def digest(self) -> bytes:
        return self.texts.digest(self.source)


class _State:
    """What one process knows and does."""

    def __init__(self) -> None:
        self.languages: Languages = {}
        self.until = 0.0
        self.silent_until = 0.0
        self.lock = asyncio.Lock()
        self.turn = asyncio.Semaphore(UNDERWAY)
        self.underway: dict[tuple[int, bytes, str], asyncio.Task[Translation]] = {}


_states: WeakKeyDictionary[Database, _State] = WeakKeyDictionary()


def is_enabled(settings: Settings) -> bool:
    """Whether there is a translator."""
    return bool(settings.libretranslate_url or settings.deepl_key)


async def languages(services: Services) -> dict[str, list[str]]:
    """What can be translated into what; nothing without a translator.

    Raises:
        Unavailable: the translator does not answer.
    """
    provider = provider_of(services.settings, services.http)
    if provider is None:
        return {}
    return {source: list(targets) for source, targets in (await _languages(services, provider)).items()}


async def translate(services: Services, viewer_id: int, status_id: int, target: str) -> Translated:
    """A status in the language `target`. Holds no transaction while the translator works.

    Raises:
        NotFound: the viewer may not see it, there is none, or there is no translator.
        Forbidden: not everybody may read it, or the translator doesn't know the languages.
        Unavailable: the translator does not answer, or no more today.
    """
    provider = provider_of(services.settings, services.http)
    async with services.db.connection() as tx:
        status = await access.get_original(tx, viewer_id, status_id)
        if provider is None:
            raise NotFound
        if not may_be_sent(status):
            raise Forbidden
        texts, poll_id = await _texts(tx, status)
    source, language = _pair(await _languages(services, provider), status.language, target)
    job = _Job(status.id, texts, source, language)
    kept = await _together(services, provider, job)
    return Translated(kept, language, poll_id)


async def delete_old(tx: Tx) -> None:
    """Forget what was translated long ago. To be scheduled."""
    await execute(tx, "delete from status_translations where created_at < now() - %(age)s", {"age": KEPT})


async def _texts(tx: Tx, status: Status) -> tuple[Texts, int | None]:
    poll = (await polls.of_statuses(tx, None, [status.id])).get(status.id)
    media = await media_queries.of_statuses(tx, [status.id])
    texts = Texts(
        content=status.content,
        spoiler_text=status.spoiler_text,
        options=poll.options if poll else [],
        media=[(item.id, item.description) for item in media if item.description],
    )
    return texts, poll.id if poll else None


def _pair(known: Languages, source: str | None, target: str) -> tuple[str | None, str]:
    """Source (None: to be found out) and target as the translator calls them.

    Raises:
        Forbidden: it can't do that.
    """
    found = UNKNOWN if source is None else source
    found = next((name for name in (found, found.partition("-")[0]) if name in known), None)
    targets = known.get(found, ()) if found is not None else ()
    language = next((name for name in (target, target.partition("-")[0]) if name in targets), None)
    if language is None:
        raise Forbidden
    return (None if found == UNKNOWN else found), language


async def _languages(services: Services, provider: Provider) -> Languages:
    state = _states.setdefault(services.db, _State())
    async with state.lock:
        if state.until < time.monotonic():
            if time.monotonic() < state.silent_until:
                raise _unavailable(provider, TranslatorError("it did not answer just now"))
            try:
                state.languages = await provider.languages()
            except TranslatorError as error:
                state.silent_until = time.monotonic() + SILENT
                raise _unavailable(provider, error) from None
            state.until = time.monotonic() + LANGUAGES_KEPT
        return state.languages


async def _together(services: Services, provider: Provider, job: _Job) -> Translation:
    """The translation; however many ask for it in this process at once, the translator is asked once."""
    underway = _states.setdefault(services.db, _State()).underway
    key = (job.status_id, job.digest, job.target)
    task = underway.get(key)
    if task is None:
        task = underway[key] = asyncio.create_task(_find_or_ask(services, provider, job))
        task.add_done_callback(lambda _: underway.pop(key, None))
    try:
        return await asyncio.shield(task)
    except (TranslatorError, ValueError) as error:
        raise _unavailable(provider, error) from None


async def _find_or_ask(services: Services, provider: Provider, job: _Job) -> Translation:
    async with services.db.connection() as tx:
        kept = await _find(tx, job)
    if kept is not None:
        return kept
    async with _states.setdefault(services.db, _State()).turn:
        made = await _ask(provider, job)
    async with services.db.connection() as tx:
        await _keep(tx, job, made)
    return made


async def _ask(provider: Provider, job: _Job) -> Translation:
    asked = job.texts.as_html()
    wanted = [text for text in asked if text]  # translators stumble over nothing
    if not wanted:
        return Translation(job.texts, job.source or UNKNOWN, provider.name)
    answered, found = await provider.translate(wanted, job.source, job.target)
    if len(answered) != len(wanted):
        raise ValueError("the translator left texts out")
    answers = iter(answered)
    translated = job.texts.from_html([next(answers) if text else "" for text in asked])
    return Translation(translated, found, provider.name)


async def _find(tx: Tx, job: _Job) -> Translation | None:
    row = await fetch_one(
        tx,
        _Kept,
        """
        select source, translation from status_translations
        where status_id = %(id)s and language = %(language)s
        """,
        {"id": job.status_id, "language": job.target},
    )
    if row is None or row.source != job.digest:
        return None
    return msgspec.convert(row.translation, Translation)


async def _keep(tx: Tx, job: _Job, translation: Translation) -> None:
    await execute(
        tx,
        """
        insert into status_translations (status_id, language, source, translation)
        select id, %(language)s, %(source)s, %(translation)s::jsonb from statuses where id = %(id)s
        on conflict (status_id, language) do update
            set source = excluded.source, translation = excluded.translation, created_at = now()
        """,
        {
            "id": job.status_id,
            "language": job.target,
            "source": job.digest,
            "translation": msgspec.json.encode(translation).decode(),
        },
    )


def _unavailable(provider: Provider, error: Exception) -> Unavailable:
    log.warning("translation.failed", provider=provider.name, error=str(error)[:500])
    return Unavailable("The translator does not answer. Please try again later.")
