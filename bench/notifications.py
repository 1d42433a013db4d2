"""Members who hear much: notifications written straight into the tables, before the figures are taken.

Each member has 400: 250 favourites of ten of their statuses (groups of 25), 50 follows, 100 mentions.
"""

import psycopg

from rostra.core.clock import now
from rostra.core.ids import first_id

EACH = 400

_INSERT = """
insert into notifications (id, account_id, type, from_account_id, status_id, group_key, created_at)
select %(first)s - (%(each)s - n) * (60000::bigint << 16) + m.number, m.id,
       case when n <= 250 then 'favourite' when n <= 300 then 'follow' else 'mention' end,
       %(base)s + (((m.number + n) %% %(members)s)::bigint << 20),
       case when n <= 250 then m.statuses[1 + n %% 10] when n > 300 then o.statuses[1 + n / 40] end,
       case when n <= 250 then 'favourite-' || m.statuses[1 + n %% 10] || '-1'
            when n <= 300 then 'follow-1' end,
       now() - make_interval(mins => %(each)s - n)
from (select a.id, row_number() over (order by a.id) as number,
             array(select s.id from statuses s where s.account_id = a.id order by s.id limit 40) as statuses
      from accounts a join users u on u.account_id = a.id) m
cross join generate_series(1, %(each)s) n
cross join lateral (
    select array(select s.id from statuses s
                 where s.account_id = %(base)s + (((m.number + n) %% %(members)s)::bigint << 20)
                 order by s.id limit 40) as statuses) o
where (m.number + n) %% %(members)s <> m.number - 1
"""


def prepare(url: str, members: int) -> None:
    """Write them for all `members` of the seeded network."""
    with psycopg.connect(url, autocommit=True) as connection:
        params = {"first": first_id(now()), "each": EACH, "base": 100_000 << 24, "members": members}
        connection.execute(_INSERT, params)
        connection.execute("vacuum analyze notifications")
