"""What lists ask in one look is what stands in the tables behind it, however those were written."""

from tests.network import Network
from tests.statuses.support import act, rows
from tests.timelines.support import delete_account

_MARKS = """
    select account_id, status_id, 1 as kind from favourites
    union all select account_id, reblog_of_id, 2 from statuses where reblog_of_id is not null
    union all select account_id, status_id, 4 from bookmarks
    union all select account_id, status_id, 8 from status_pins
    order by 1, 2, 3
"""
_BARRIERS = """
    select account_id, target_id, 'blocks', null::timestamptz from blocks
    union all select target_id, account_id, 'blocked', null from blocks
    union all select account_id, target_id, 'mutes', expires_at from mutes
    order by 1, 2, 3
"""


async def check(network: Network, marks: int, barriers: int) -> None:
    kept = await rows(network, "select account_id, status_id, kind from marks order by 1, 2, 3")
    assert kept == await rows(network, _MARKS)
    assert len(kept) == marks
    kept = await rows(network, "select viewer_id, author_id, kind, until from barriers order by 1, 2, 3")
    assert kept == await rows(network, _BARRIERS)
    assert len(kept) == barriers


async def test_marks_follow_every_way_of_doing_and_undoing(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    one, two, three = [await alice.publish(text) for text in ("one", "two", "three")]
    for status in (one, two, three):
        for person in (bob, carol):
            for deed in ("favourite", "bookmark"):
                await act(person, status, deed)
    boosts = [await act(person, status, "reblog") for person in (bob, carol) for status in (one, two)]
    await act(alice, one, "pin")
    await act(alice, three, "pin")
    await check(network, 18, 0)

    await act(bob, one, "unfavourite")
    await act(bob, one, "unreblog")
    await bob.delete(f"/api/v1/statuses/{boosts[1]['id']}")  # the boost itself
    await act(alice, three, "unpin")
    await check(network, 14, 0)
    [shown] = await bob.get("/api/v1/statuses", params={"id[]": one["id"]})
    assert (shown["favourited"], shown["reblogged"], shown["bookmarked"]) == (False, False, True)

    await alice.delete(f"/api/v1/statuses/{one['id']}")
    await check(network, 9, 0)
    await delete_account(carol)
    await network.settle()
    await check(network, 4, 0)


async def test_barriers_follow_blocks_and_mutes(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    await alice.post(f"/api/v1/accounts/{carol.id}/mute", json={"duration": 60})
    await check(network, 0, 5)
    await alice.post(f"/api/v1/accounts/{carol.id}/mute")  # for good now
    await check(network, 0, 5)
    await alice.post(f"/api/v1/accounts/{bob.id}/unblock")
    await alice.post(f"/api/v1/accounts/{carol.id}/unmute")
    await check(network, 0, 2)
    await delete_account(bob)
    await network.settle()
    await check(network, 0, 0)
