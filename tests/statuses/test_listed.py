"""What lists show is what the rules for a single status say: every author, visibility, state and boost."""

from typing import LiteralString

import pytest

from rostra.statuses import reading
from rostra.statuses.access import visible, wanted
from tests.network import Network, Person
from tests.statuses.support import rows

_AUTHORS = (
    *("stranger", "followed", "blocks_viewer", "blocked", "muted", "muted_once", "muted_for_now"),
    *("suspended", "remote", "remote_unwanted"),
)
_STATUSES: LiteralString = """
    insert into statuses (id, account_id, uri, local, thread_id, visibility, held, local_only,
                          in_reply_to_account_id)
    select id, author, 'https://x.example/' || id, local, id, visibility, state = 'held',
           state = 'local_only', case when state = 'held' then answered end
    from (
        select 1000000 + row_number() over () as id, a.id as author, a.domain is null as local, v.visibility,
               s.state, (array[%(viewer)s::bigint, a.id])[1 + (row_number() over ())::int %% 2] as answered
        from accounts a
        cross join unnest(array['public', 'unlisted', 'private', 'direct']) as v(visibility)
        cross join unnest(array['plain', 'held', 'local_only', 'mentions']) as s(state)
    ) made
"""
_MENTIONS: LiteralString = """
    insert into status_mentions (status_id, account_id)
    select id, %(viewer)s from statuses where id %% 4 = 0 and account_id <> %(viewer)s
"""
_BOOSTS: LiteralString = """
    insert into statuses (id, account_id, uri, local, thread_id, visibility, reblog_of_id)
    select id, author, 'https://x.example/' || id, local, id,
           (array['public', 'unlisted', 'private', 'direct'])[1 + id %% 4], original
    from (
        select 2000000 + row_number() over (order by s.id, a.id) as id, a.id as author, s.id as original,
               a.domain is null as local
        from accounts a cross join statuses s
    ) made
"""


def _by_the_rules(*, mixed: bool) -> LiteralString:
    rule: LiteralString = visible("s") + " and (o.id is null or " + visible("o") + ")"
    if mixed:
        rule += " and " + wanted("s") + " and (o.id is null or " + wanted("o") + ")"
    return "select s.id from statuses s left join statuses o on o.id = s.reblog_of_id where " + rule


async def _populate(network: Network) -> Person:
    viewer, *others = await network.people("viewer", *_AUTHORS)
    people = dict(zip(_AUTHORS, others, strict=True))
    await viewer.follow(people["followed"])
    await viewer.post(f"/api/v1/accounts/{people['blocked'].id}/block")
    await people["blocks_viewer"].post(f"/api/v1/accounts/{viewer.id}/block")
    await viewer.post(f"/api/v1/accounts/{people['muted'].id}/mute")
    await viewer.post(f"/api/v1/accounts/{people['muted_once'].id}/mute", json={"duration": 60})
    await viewer.post(f"/api/v1/accounts/{people['muted_for_now'].id}/mute", json={"duration": 60})
    await viewer.post("/api/v1/domain_blocks", json={"domain": "unwanted.example"})
    async with network.services.db.transaction() as tx:
        change = "update accounts set domain = %s where id = %s"
        await tx.execute(change, ["wanted.example", people["remote"].account_id])
        await tx.execute(change, ["unwanted.example", people["remote_unwanted"].account_id])
        suspend = "update accounts set suspended_at = now() where id = %s"
        await tx.execute(suspend, [people["suspended"].account_id])
        over = "update mutes set expires_at = now() - interval '1 second' where target_id = %s"
        await tx.execute(over, [people["muted_once"].account_id])
        for sql in (_STATUSES, _MENTIONS, _BOOSTS):
            await tx.execute(sql, {"viewer": viewer.account_id})
    return viewer


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("signed_in", [False, True])
async def test_lists_and_single_statuses_follow_the_same_rules(
    network: Network, mixed: bool, signed_in: bool
) -> None:
    viewer = await _populate(network)
    viewer_id = viewer.account_id if signed_in else None
    ids = [row[0] for row in await rows(network, "select id from statuses")]
    assert len(ids) == 11 * 16 * 12
    expected = {row[0] for row in await rows(network, _by_the_rules(mixed=mixed), viewer=viewer_id)}
    async with network.services.db.connection() as tx:
        found = {frame.id for frame in await reading.read_ids(tx, viewer_id, ids, mixed=mixed)}
    assert found == expected
    assert 0 < len(found) < len(ids)
