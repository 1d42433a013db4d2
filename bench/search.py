"""Search on 1,000,000 statuses by 5,000 of 100,000 accounts: what each kind of query costs.

The functions are called as an endpoint calls them, one after the other, over one connection. Beside the
time that passes stands the processor time of the database's backend, which other load on the machine
doesn't change.

Texts are words of an invented vocabulary whose frequencies fall as in languages (Zipf): English, German,
and Japanese without spaces, half, a third and the rest.
"""

import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy
import psycopg
from psycopg import sql

from rostra.accounts import search as account_search
from rostra.core import postgres
from rostra.core.db import Database, Tx, fetch_value
from rostra.core.ids import first_id
from rostra.core.migrate import migrate
from rostra.core.settings import Settings
from rostra.search import syntax, tags, windows
from rostra.search.queries import find_statuses
from rostra.search.words import document, mark, vector
from rostra.statuses.reading import Bounds

ACCOUNTS = 100_000
AUTHORS = 5_000
TAGS = 20_000
FAVOURITES = 20_000
WARM, RUNS = 15, 150
EACH = 3_000
"""Milliseconds between one status and the next."""
BASE = 100_000 << 24
CHUNK = 20_000

_COMMON = {
    "en": "the of and to a in is it you that for was on are with as be this have from".split(),
    "de": "und die der in zu den das nicht von sie ist des sich mit dem dass er es ein ich".split(),
}
_KANA = [chr(code) for code in range(0x3042, 0x3094)]
_KANJI = [chr(code) for code in range(0x4E00, 0x4E00 + 2_000)]
_SYLLABLES = {
    "en": "ing er th ly ar con ri ble sta mo ver in no wa pe lan dor ket hi sol".split(),
    "de": "ung er sch lich ge ver bau haus zeit licht fahr ung heit ä ü ö wald tag see".split(),
}


@dataclass(frozen=True)
class Vocabulary:
    """Words, the most frequent first, and how often they are used, added up."""

    words: list[str]
    weights: numpy.ndarray

    def sample(self, chance: numpy.random.Generator, count: int) -> list[int]:
        return numpy.searchsorted(self.weights, chance.random(count)).tolist()


@cache
def _vocabularies() -> dict[str, Vocabulary]:
    chance = random.Random(1)
    made: dict[str, Vocabulary] = {}
    for language in ("en", "de", "ja"):
        if language == "ja":
            words = [*_KANA, *("".join(chance.choices(_KANJI, k=2)) for _ in range(20_000))]
        else:
            rare = (
                "".join(chance.choices(_SYLLABLES[language], k=chance.randint(2, 4))) for _ in range(40_000)
            )
            words = [*_COMMON[language], *dict.fromkeys(rare)]
        weights = list(accumulate(1 / (place + 8) for place in range(len(words))))
        made[language] = Vocabulary(words, numpy.array(weights) / weights[-1])
    return made


Chunk = tuple[int, int, int]
"""The place of its first status, how many it has, and the id from which on statuses have theirs."""


def _chunk(chunk: Chunk) -> list[tuple[tuple[Any, ...], tuple[int, str], tuple[int, str] | None]]:
    """Statuses, what they are found by, and their media."""
    start, count, begin = chunk
    chance, numbers = random.Random(start), numpy.random.default_rng(start)
    vocabularies = _vocabularies()
    samples = {
        language: vocabulary.sample(numbers, 34 * count) for language, vocabulary in vocabularies.items()
    }
    rows = []
    for place in range(start, start + count):
        status_id = begin + (place * EACH << 16) + place * 7919 % 65536
        language = chance.choices(("en", "de", "ja"), (50, 35, 15))[0]
        at = (place - start) * 34
        picked = samples[language][at : at + chance.randint(6, 34)]
        text = ("" if language == "ja" else " ").join(vocabularies[language].words[word] for word in picked)
        account = BASE + (int(AUTHORS * chance.random() ** 2) << 20)
        visibility = chance.choices(("public", "unlisted", "private", "direct"), (70, 10, 15, 5))[0]
        kind = chance.choices((None, "image", "video"), (80, 18, 2))[0]
        reply_to = account if chance.random() < 0.3 else None
        marks = [mark("@", str(account)), mark("=", language), *windows.marks(place // windows.SIZE)]
        marks += [mark(":", name) for name in ("public", "open") if visibility == "public"]
        marks += [mark(":", "media"), mark(":", kind)] if kind else []
        marks += [mark(":", "reply")] if reply_to else []
        uri = f"https://bench.example/s/{status_id}"
        html = f"<p>{text}</p>"
        status = (status_id, account, uri, True, status_id, visibility, text, html, language, reply_to)
        words = vector(document(text, language), marks)
        rows.append((status, (status_id, words), (status_id, kind) if kind else None))
    return rows


def seed(conninfo: str, statuses: int) -> None:
    """Fill an empty, migrated database."""
    begin = first_id(datetime.now(UTC) - timedelta(milliseconds=EACH * statuses + 60_000))
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("set synchronous_commit = off")
        connection.execute(
            """
            insert into accounts (id, username, uri, display_name, followers_count)
            select %(base)s + (i::bigint << 20), 'member' || i, 'https://bench.example/ap/users/' || i,
                   (array['Anna', 'Max', 'Ümit', 'Sofía', 'Jörg'])[1 + i %% 5] || ' '
                       || initcap(substr(md5(i::text), 1, 6)), (1000000 / (i + 1))::int
            from generate_series(0, %(accounts)s - 1) i
            """,
            {"base": BASE, "accounts": ACCOUNTS},
        )
        connection.execute("drop index status_words_words")
        size = windows.SIZE
        connection.cursor().executemany(
            "insert into search_windows (number, first_id) values (%s, %s) on conflict do nothing",
            [(number, begin + (number * size * EACH << 16)) for number in range(1, statuses // size + 1)],
        )
        _copy(connection, statuses, begin)
        connection.execute("set maintenance_work_mem = '512MB'")
        connection.execute(
            "create index status_words_words on status_words using gin (words) with (fastupdate = off)"
        )
        _library(connection)
        connection.execute("vacuum analyze")


def _copy(connection: psycopg.Connection[Any], statuses: int, begin: int) -> None:
    chunks = [(start, min(CHUNK, statuses - start), begin) for start in range(0, statuses, CHUNK)]
    with ProcessPoolExecutor(2) as pool:
        for batch in pool.map(_chunk, chunks):
            _write(connection, batch)


def _write(connection: psycopg.Connection[Any], batch: list[tuple[Any, ...]]) -> None:
    cursor = connection.cursor()
    columns = (
        "id, account_id, uri, local, thread_id, visibility, text, content, language, in_reply_to_account_id"
    )
    with cursor.copy(f"copy statuses ({columns}) from stdin") as copy:
        for status, _, _ in batch:
            copy.write_row(status)
    with cursor.copy("copy status_words (status_id, words) from stdin") as copy:
        for _, words, _ in batch:
            copy.write_row(words)
    with cursor.copy("copy media_attachments (id, account_id, status_id, position, kind) from stdin") as copy:
        for status, _, media in batch:
            if media:
                copy.write_row((media[0], status[1], media[0], 0, media[1]))


def _library(connection: psycopg.Connection[Any]) -> None:
    """What the one who searches has to do with."""
    viewer = {"viewer": _viewer(), "favourites": FAVOURITES}
    for table, share in ((sql.Identifier("favourites"), 1), (sql.Identifier("bookmarks"), 4)):
        connection.execute(
            sql.SQL(
                "insert into {} (id, account_id, status_id) select id, %(viewer)s, id"
                " from statuses tablesample bernoulli (10) where visibility = 'public'"
                " order by random() limit %(favourites)s / {}"
            ).format(table, sql.Literal(share)),
            viewer,
        )
    connection.execute(
        """
        insert into status_mentions (status_id, account_id)
        select id, %(viewer)s from statuses tablesample bernoulli (1) order by random() limit 2000
        """,
        viewer,
    )
    connection.execute(
        """
        insert into tags (id, name, display_name)
        select i, n.name, n.name from generate_series(1, %(tags)s) i
        cross join lateral (select 'topic' || substr(md5(i::text), 1, 5) as name) n on conflict do nothing
        """,
        {"tags": TAGS},
    )
    connection.execute(
        """
        insert into status_tags (tag_id, status_id)
        select t.id, s.id from (
            select id, row_number() over (order by id) %% %(tags)s + 1 as tag
            from (select id from statuses where visibility = 'public' limit 100000) p
        ) s join tags t on t.id = s.tag
        """,
        {"tags": TAGS},
    )


def _viewer() -> int:
    return BASE + (17 << 20)


def kinds(statuses: int) -> dict[str, Callable[[], dict[str, Any]]]:
    """Queries of each kind: what `find_statuses` is called with, another one each time."""
    chance = random.Random(2)
    words = _vocabularies()
    en, de, ja = words["en"].words, words["de"].words, words["ja"].words

    def of(make: Callable[[], str]) -> Callable[[], dict[str, Any]]:
        return lambda: {"query": make()}

    def page(text: str, up: bool = False) -> Callable[[], dict[str, Any]]:
        def make() -> dict[str, Any]:
            age = timedelta(milliseconds=EACH * statuses * chance.random())
            return {"query": text, "min_id" if up else "max_id": first_id(datetime.now(UTC) - age)}

        return make

    def day() -> str:
        age = timedelta(milliseconds=EACH * statuses * chance.random())
        return (datetime.now(UTC) - age).date().isoformat()

    def name() -> str:
        return f"member{int(AUTHORS * chance.random() ** 2)}"

    return {
        "common word": of(lambda: chance.choice(["the", "und", "and", "die", "of"])),
        "two common words": of(lambda: chance.choice(["the and", "und die", "of the is"])),
        "two that never meet": of(lambda: chance.choice(["the und", "the das nicht", "of dem"])),
        "usual word": of(lambda: chance.choice([*en[50:1000], *de[50:1000]])),
        "rare word": of(lambda: chance.choice([*en[-3000:], *de[-3000:]])),
        "usual and common": of(lambda: chance.choice(en[200:2000]) + " the"),
        "two usual words": of(lambda: chance.choice(en[20:300]) + " " + chance.choice(en[20:300])),
        "word not there": of(lambda: f"zzz{chance.random()}".replace("0.", "q")),
        "phrase, common": of(lambda: '"' + chance.choice(["of the", "und die", "is it"]) + '"'),
        "phrase, rare": of(lambda: '"' + " ".join(chance.choices(en[:400], k=3)) + '"'),
        "without": of(lambda: chance.choice(["the -and", "und -die -der", "-the has:image"])),
        "Japanese word": of(lambda: chance.choice(ja[100:3000])),
        "Japanese sign": of(lambda: chance.choice(ja[:80])),
        "Japanese, 4 signs": of(lambda: chance.choice(ja[90:400]) + chance.choice(ja[90:400])),
        "from and word": of(lambda: f"from:{name()} " + chance.choice(["the", "und", *en[20:200]])),
        "from": of(lambda: f"from:{name()}"),
        "has and word": of(lambda: chance.choice(["has:image ", "has:video "]) + chance.choice(en[:500])),
        "is and language": of(lambda: chance.choice(["is:reply language:ja", "-is:reply language:de the"])),
        "during and word": of(lambda: f"during:{day()} " + chance.choice(en[:300])),
        "before and word": of(lambda: f"before:{day()} " + chance.choice(en[:300])),
        "public, common": of(lambda: "in:public " + chance.choice(["the", "und"])),
        "library, common": of(lambda: "in:library " + chance.choice(["the", "und", "die", "of"])),
        "library, usual": of(lambda: "in:library " + chance.choice(en[50:1000])),
        "library, rare": of(lambda: "in:library " + chance.choice(en[-3000:])),
        "library, has": of(lambda: "in:library has:video"),
        "page, older": page("the"),
        "page, newer": page("the", up=True),
        "page, usual": page(en[300]),
    }


async def _measure_all(conninfo: str, statuses: int) -> dict[str, Any]:
    settings = Settings(domain="bench.example")
    database = Database(conninfo, 1)
    await database.open()
    async with database.connection() as tx:
        pid = await fetch_value(tx, "select pg_backend_pid()")

        async def search(text: str, max_id: int | None = None, min_id: int | None = None) -> int:
            bounds = Bounds(limit=20, max_id=max_id, min_id=min_id)
            return len(await find_statuses(tx, settings, _viewer(), syntax.parse(text), bounds))

        report: dict[str, Any] = {}
        for name, make in kinds(statuses).items():
            report[name] = await _measure(pid, lambda make=make: _call(search, make()))
        for name, people in _people(tx, settings).items():
            report[name] = await _measure(pid, people)
        chance = random.Random(3)
        report["hashtags"] = await _measure(
            pid, lambda: _count(tags.find_tags(tx, chance.choice(["t", "topic", "topica", "topicab1"]), 20))
        )
    await database.close()
    return report


def _people(tx: Tx, settings: Settings) -> dict[str, Callable[[], Awaitable[int]]]:
    chance = random.Random(4)

    def find(make: Callable[[], str]) -> Callable[[], Awaitable[int]]:
        return lambda: _count(
            account_search.search(tx, settings, _viewer(), make(), limit=20, offset=0, following=False)
        )

    return {
        "people, common": find(lambda: chance.choice(["member", "m", "anna", "me", "umit"])),
        "people, name": find(lambda: f"member{chance.randrange(ACCOUNTS)}"),
        "people, misspelt": find(lambda: f"menber{chance.randrange(ACCOUNTS)}"),
        "people, part": find(lambda: chance.choice(["ember", "mber12", "nna "])),
        "people, nobody": find(lambda: f"zqx{chance.randrange(ACCOUNTS)}"),
    }


async def _call(search: Callable[..., Awaitable[int]], how: dict[str, Any]) -> int:
    return await search(how["query"], how.get("max_id"), how.get("min_id"))


async def _count(found: Awaitable[list[Any]]) -> int:
    return len(await found)


async def _measure(pid: int, run: Callable[[], Awaitable[int]]) -> dict[str, float]:
    times, work, found = [], [], 0
    for turn in range(WARM + RUNS):
        cpu, begin = _cpu(pid), time.perf_counter()
        count = await run()
        if turn >= WARM:
            times.append((time.perf_counter() - begin) * 1000)
            work.append((_cpu(pid) - cpu) / 1e6)
            found += count
    return {
        "p50_ms": round(float(numpy.percentile(times, 50)), 2),
        "p99_ms": round(float(numpy.percentile(times, 99)), 2),
        "cpu_p50_ms": round(float(numpy.percentile(work, 50)), 2),
        "cpu_p99_ms": round(float(numpy.percentile(work, 99)), 2),
        "found": round(found / RUNS, 1),
    }


def _cpu(pid: int) -> int:
    """Nanoseconds that a process has run."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])


def measure(folder: Path, statuses: int) -> dict[str, Any]:
    """Figures for each kind of query; `folder` is empty, or has the database of a measurement before."""
    data = folder / "search"
    fresh = not data.exists()
    data.mkdir(exist_ok=True)
    database = postgres.start(data)
    try:
        migrate(database.url)
        if fresh:
            begin = time.monotonic()
            seed(database.url, statuses)
            print(f"seeded {statuses:,} statuses in {time.monotonic() - begin:.0f} s", file=sys.stderr)
        return asyncio.run(_measure_all(database.url, statuses))
    finally:
        database.stop()


def print_report(report: dict[str, Any]) -> None:
    """A line for each kind of query."""
    print(f"{'search':22}{'p50 ms':>9}{'p99 ms':>9}{'cpu p50':>9}{'cpu p99':>9}{'found':>8}")
    for name, run in report.items():
        print(
            f"{name:22}{run['p50_ms']:9.1f}{run['p99_ms']:9.1f}{run['cpu_p50_ms']:9.1f}"
            f"{run['cpu_p99_ms']:9.1f}{run['found']:8.1f}"
        )
