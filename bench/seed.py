"""A network of a known size, written straight into the tables: always the same, whatever machine.

5,000 accounts, 200,000 statuses (40 each), 2,000 members with a token who follow 200 others each and
are followed by 200, and 400 entries in each of their home feeds.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg

from rostra.core.ids import first_id
from rostra.core.secrets import token_hash

ACCOUNTS = 5_000
STATUSES_EACH = 40
MEMBERS = 2_000
FOLLOWING = 200
FEED_LENGTH = 400

_ACCOUNTS = """
insert into accounts (id, username, uri, display_name, note,
                      statuses_count, followers_count, following_count)
select %(base)s + (i::bigint << 20), 'member' || i, 'https://bench.example/ap/users/' || i, 'Member ' || i,
       'I write about the harbour, the weather and what grows in the garden.',
       %(each)s, %(following)s, %(following)s
from generate_series(0, %(accounts)s - 1) i;
"""
_USERS = """
insert into users (account_id, email, password_hash, confirmed_at, approved_at, webauthn_handle)
select %(base)s + (i::bigint << 20), 'member' || i || '@bench.example', 'none', now(), now(),
       decode(md5(i::text), 'hex')
from generate_series(0, %(members)s - 1) i;
"""
_STATUSES = """
insert into statuses (id, account_id, uri, local, thread_id, visibility, quote_policy,
                      text, content, language, created_at)
select s.id, %(base)s + (s.i::bigint << 20), 'https://bench.example/s/' || s.id, true, s.id, 'public',
       'public', words, '<p>' || words || %(tag)s || '</p>', 'en', to_timestamp((s.id >> 16) / 1000.0)
from (
    select n, n %% %(accounts)s as i, %(status_base)s + (n::bigint * 12000 << 16) + (n * 7919 %% 65536) as id,
           repeat(%(words)s, 2 + n %% 4) as words
    from generate_series(0, %(statuses)s - 1) n
) s;
"""
_FOLLOWS = """
insert into follows (id, account_id, target_id)
select %(base)s + (i::bigint * 1000 + d), %(base)s + (i::bigint << 20),
       %(base)s + (((i + d) %% %(members)s)::bigint << 20)
from generate_series(0, %(members)s - 1) i, generate_series(1, %(following)s) d;
"""
_FEEDS = """
insert into feed_entries (account_id, status_id, author_id, original_id)
select f.account_id, s.id, s.account_id, s.id
from follows f cross join lateral (
    select id, account_id from statuses where account_id = f.target_id order by id desc limit %(of_each)s
) s;
"""
_TOKENS = """
insert into access_tokens (id, token_hash, user_id, scopes)
select %(base)s + i, hash, %(base)s + ((i - 1)::bigint << 20), array['read', 'write', 'follow']
from unnest(%(hashes)s::bytea[]) with ordinality as t(hash, i);
"""


@dataclass(frozen=True)
class Seeded:
    """What the load needs to know of the network."""

    account_ids: list[int]
    status_ids: list[int]
    tokens: list[str]


def seed(conninfo: str) -> Seeded:
    """Fill an empty, migrated database."""
    base = 100_000 << 24
    begin = datetime.now(UTC) - timedelta(milliseconds=12_000 * ACCOUNTS * STATUSES_EACH + 60_000)
    tokens = [f"bench-token-{number}" for number in range(MEMBERS)]
    params = {
        "base": base,
        "status_base": first_id(begin),
        "accounts": ACCOUNTS,
        "each": STATUSES_EACH,
        "members": MEMBERS,
        "following": FOLLOWING,
        "of_each": FEED_LENGTH // FOLLOWING,
        "words": "The ferry leaves at seven, the fog stays until noon and the bakery has bread. ",
        "tag": '<a href="https://bench.example/tags/harbour" class="mention hashtag" rel="tag">#harbour</a>',
        "statuses": ACCOUNTS * STATUSES_EACH,
        "hashes": [token_hash(token) for token in tokens],
    }
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for statement in (_ACCOUNTS, _USERS, _STATUSES, _FOLLOWS, _FEEDS, _TOKENS):
            connection.execute(statement, params)
        rows = connection.execute("select id from statuses order by id desc limit 20000").fetchall()
        connection.execute("vacuum analyze")
    account_ids = [base + (number << 20) for number in range(ACCOUNTS)]
    return Seeded(account_ids, [row[0] for row in rows], tokens)
