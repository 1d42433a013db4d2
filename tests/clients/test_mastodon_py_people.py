"""The unmodified Mastodon.py: following, locked accounts, blocks and mutes, notifications, search."""

from datetime import datetime

import pytest
from mastodon import MastodonNotFoundError

from tests.clients.support import App, apps_of, quiet, signed_in
from tests.network import Network

pytestmark = pytest.mark.slow


async def test_following_fills_home_and_unfollowing_empties_it(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    relationship = await bob.account_follow(alice.id)
    assert (relationship.following, relationship.showing_reblogs, relationship.requested) == (
        True,
        True,
        False,
    )
    status = await alice.status_post("hello")
    assert [item.id for item in await bob.timeline_home()] == [status.id]
    assert [account.acct for account in await alice.account_followers(alice.id)] == ["bob"]
    assert [account.acct for account in await bob.account_following(bob.id)] == ["alice"]
    assert [(note.type, note.account.acct) for note in await alice.notifications()] == [("follow", "bob")]
    assert not (await bob.account_unfollow(alice.id)).following
    assert await bob.timeline_home() == []


async def test_a_locked_account_lets_in_whom_it_wants(live: Network) -> None:
    alice, bob, carol = await apps_of(live, "alice", "bob", "carol")
    await alice.account_update_credentials(locked=True)
    for follower in (bob, carol):
        relationship = await follower.account_follow(alice.id)
        assert (relationship.following, relationship.requested) == (False, True)
    assert {account.acct for account in await alice.follow_requests()} == {"bob", "carol"}
    assert {note.type for note in await alice.notifications()} == {"follow_request"}
    assert (await alice.me()).source.follow_requests_count == 2
    assert (await alice.follow_request_authorize(bob.id)).followed_by
    assert not (await alice.follow_request_reject(carol.id)).followed_by
    assert (await bob.account_relationships(alice.id))[0].following
    (rejected,) = await carol.account_relationships(alice.id)
    assert (rejected.following, rejected.requested) == (False, False)
    assert await alice.follow_requests() == []


async def test_a_follower_is_shown_the_door(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await bob.account_follow(alice.id)
    assert not (await alice.account_remove_from_followers(bob.id)).followed_by
    assert not (await bob.account_relationships(alice.id))[0].following


async def test_a_blocked_account_sees_nothing_and_is_not_seen(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await bob.account_follow(alice.id)
    status = await alice.status_post("hello")
    assert (await alice.account_block(bob.id)).blocking
    assert [account.acct for account in await alice.blocks()] == ["bob"]
    assert await bob.timeline_home() == []
    with pytest.raises(MastodonNotFoundError):
        await bob.status(status)
    await bob.status_post("let me in, @alice")
    assert [note.type for note in await alice.notifications()] == []
    relationship = await alice.account_unblock(bob.id)
    assert (relationship.blocking, relationship.followed_by) == (False, False)
    assert (await bob.status(status)).id == status.id


async def test_a_muted_account_is_silent_and_does_not_know(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await alice.account_follow(bob.id)
    relationship = await alice.account_mute(bob.id, notifications=True, duration=3600)
    assert (relationship.muting, relationship.muting_notifications) == (True, True)
    assert isinstance(relationship.muting_expires_at, datetime)
    await bob.status_post("hello @alice")
    assert await alice.timeline_home() == []
    assert await alice.notifications() == []
    assert [account.acct for account in await alice.mutes()] == ["bob"]
    assert not (await bob.account_relationships(alice.id))[0].blocked_by
    assert not (await alice.account_unmute(bob.id)).muting


async def test_notifications_are_told_apart_and_dismissed(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await bob.account_follow(alice.id)
    mention = await bob.status_post("moin @alice")
    notes = await alice.notifications()
    assert [note.type for note in notes] == ["mention", "follow"]
    assert notes[0].status.id == mention.id
    assert [note.type for note in await alice.notifications(types=["follow"])] == ["follow"]
    assert [note.type for note in await alice.notifications(exclude_types=["follow"])] == ["mention"]
    assert (await alice.notifications(id=notes[0])).id == notes[0].id
    assert (await alice.notifications_unread_count())["count"] == 2
    await alice.notifications_dismiss(notes[0])
    assert [note.id for note in await alice.notifications()] == [notes[1].id]
    await alice.notifications_clear()
    assert await alice.notifications() == []


async def test_people_hashtags_and_statuses_are_found(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    status = await alice.status_post("the #harbour at night")
    await quiet(live)
    found = await bob.search("alice", result_type="accounts")
    assert [account.acct for account in found.accounts] == ["alice"]
    tags = await bob.search("#harb", result_type="hashtags", exclude_unreviewed=False)
    assert [tag.name for tag in tags.hashtags] == ["harbour"]
    assert [tag.name for tag in (await bob.search("#harbour", result_type="hashtags")).hashtags] == [
        "harbour"
    ]
    assert [item.id for item in (await alice.search("night", result_type="statuses")).statuses] == [status.id]
    assert [item.id for item in (await bob.search(status.url)).statuses] == [status.id]
    assert [account.acct for account in await bob.account_search("ali")] == ["alice"]
    assert str((await bob.account_lookup("alice")).id) == alice.id


async def test_accounts_are_looked_up(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    nobody = App(live, signed_in(live))
    assert (await nobody.account(alice.id)).acct == "alice"
    assert {account.acct for account in await bob.accounts([alice.id, bob.id])} == {"alice", "bob"}
    with pytest.raises(MastodonNotFoundError):
        await bob.account(1)
    with pytest.raises(MastodonNotFoundError):
        await bob.account_lookup("nobody")


async def test_the_directory_lists_who_wants_to_be_found(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await alice.account_update_credentials(discoverable=True)
    await bob.account_update_credentials(discoverable=False)
    assert [account.acct for account in await alice.directory(local=True)] == ["alice"]
