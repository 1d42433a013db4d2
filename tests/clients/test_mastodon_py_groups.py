"""The unmodified Mastodon.py: lists, filters, collections, quotes, grouped notifications and all the rest."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.clients.support import apps_of
from tests.network import Network

pytestmark = pytest.mark.slow


async def test_a_list_has_members_and_a_timeline(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await alice.account_follow(bob.id)
    made = await alice.list_create("Harbour")
    await alice.list_accounts_add(made.id, [bob.id])
    status = await bob.status_post("ships")
    assert [item.id for item in await alice.timeline_list(made.id)] == [status.id]
    assert [account.acct for account in await alice.list_accounts(made.id)] == ["bob"]
    assert [item.title for item in await alice.account_lists(bob.id)] == ["Harbour"]
    assert (await alice.list_update(made.id, "Port", replies_policy="none", exclusive=True)).title == "Port"
    await alice.list_accounts_delete(made.id, [bob.id])
    await alice.list_delete(made.id)
    assert await alice.lists() == []


async def test_filters_are_applied_by_the_server(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await alice.account_follow(bob.id)
    status = await bob.status_post("spoilers ahead")
    new = await alice.create_filter_v2("No spoilers", ["home"], "warn")
    keyword = await alice.add_filter_keyword_v2(new.id, "spoilers", whole_word=True)
    (shown,) = await alice.timeline_home()
    assert [result.filter.title for result in shown.filtered] == ["No spoilers"]
    kept = await alice.add_filter_status_v2(new.id, status.id)
    assert [item.status_id for item in await alice.filter_statuses_v2(new.id)] == [str(status.id)]
    await alice.delete_filter_status_v2(kept.id)
    await alice.delete_filter_keyword_v2(keyword.id)
    assert await alice.filter_keywords_v2(new.id) == []
    assert (await alice.update_filter_v2(new.id, title="Nothing")).title == "Nothing"
    assert [item.title for item in await alice.filters_v2()] == ["Nothing"]
    await alice.delete_filter_v2(new.id)
    old = await alice.filter_create("fog", ["home"])
    assert [item.phrase for item in await alice.filters()] == ["fog"]
    await alice.filter_delete(old.id)


async def test_a_collection_shows_people_who_may_leave_it(live: Network) -> None:
    alice, bob, carol = await apps_of(live, "alice", "bob", "carol")
    made = (await alice.collection_create("Sailors", discoverable=True, account_ids=[bob.id])).collection
    await alice.collection_item_add(made.id, carol.id)
    assert (await alice.collection_update(made.id, name="Seafarers")).collection.name == "Seafarers"
    found = await bob.collection(made.id)
    assert {account.acct for account in found.accounts} >= {"bob", "carol"}
    assert [item.name for item in (await bob.account_collections(alice.id)).collections] == ["Seafarers"]
    await alice.collection_delete(made.id)
    assert (await bob.account_collections(alice.id)).collections == []


async def test_quotes_are_listed_and_revoked(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    status = await alice.status_post("quote me")
    quoting = await bob.status_post("look", quoted_status_id=status.id)
    assert [item.id for item in await alice.status_quotes(status.id)] == [quoting.id]
    assert (await alice.status_quote_revoke(status.id, quoting.id)).quote.state == "revoked"
    changed = await alice.status_update_quote_approval_policy(status.id, "nobody")
    assert changed.quote_approval.automatic == []


async def test_scheduled_statuses_wait_and_can_be_moved(live: Network) -> None:
    (alice,) = await apps_of(live, "alice")
    later = datetime.now(UTC) + timedelta(days=1)
    waiting = await alice.status_post("tomorrow", scheduled_at=later)
    moved = await alice.scheduled_status_update(waiting.id, later + timedelta(days=1))
    assert moved.scheduled_at > later + timedelta(hours=23)
    assert [item.id for item in await alice.scheduled_statuses()] == [waiting.id]
    await alice.scheduled_status_delete(waiting.id)
    assert await alice.scheduled_statuses() == []


async def test_notifications_come_in_groups(live: Network) -> None:
    alice, bob, carol = await apps_of(live, "alice", "bob", "carol")
    status = await alice.status_post("hello")
    for friend in (bob, carol):
        await friend.status_favourite(status)
    assert await alice.unread_grouped_notifications_count() == 1
    found = await alice.grouped_notifications()
    (group,) = found.notification_groups
    assert (group.type, group.notifications_count) == ("favourite", 2)
    senders = await alice.grouped_notification_accounts(group.group_key)
    assert {account.acct for account in senders} == {"bob", "carol"}
    await alice.dismiss_grouped_notification(group.group_key)
    assert (await alice.grouped_notifications()).notification_groups == []


async def test_notifications_of_strangers_wait_as_requests(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    assert (await alice.update_notifications_policy(for_not_following="filter")).for_not_following == "filter"
    await bob.status_post("hello @alice")
    assert await alice.notifications() == []
    (request,) = await alice.notification_requests()
    assert request.account.acct == "bob"
    await alice.accept_notification_request(request.id)
    assert [note.account.acct for note in await alice.notifications()] == ["bob"]
    assert (await alice.notifications_policy()).for_not_following == "filter"


async def test_conversations_are_read(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    await alice.account_follow(bob.id)
    await bob.status_post("psst @alice", visibility="direct")
    (talk,) = await alice.conversations()
    assert talk.unread
    assert not (await alice.conversations_read(talk.id)).unread


async def test_hashtags_are_followed_and_featured(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    assert (await alice.tag_follow("fog")).following
    status = await bob.status_post("#fog")
    assert [item.id for item in await alice.timeline_home()] == [status.id]
    assert [tag.name for tag in await alice.followed_tags()] == ["fog"]
    assert not (await alice.tag_unfollow("fog")).following
    featured = await alice.featured_tag_create("harbour")
    assert [tag.name for tag in await bob.account_featured_tags(alice.id)] == ["harbour"]
    await alice.featured_tag_delete(featured.id)
    assert await alice.featured_tags() == []


async def test_reading_positions_are_kept(live: Network) -> None:
    (alice,) = await apps_of(live, "alice")
    status = await alice.status_post("here I was")
    await alice.markers_set("home", status.id)
    assert (await alice.markers_get("home")).home.last_read_id == str(status.id)


async def test_notes_and_endorsements_and_servers_one_does_not_want(live: Network) -> None:
    alice, bob, carol = await apps_of(live, "alice", "bob", "carol")
    await alice.account_follow(bob.id)
    await bob.account_follow(carol.id)
    (familiar,) = await alice.account_familiar_followers(carol.id)  # asks by a body of JSON in a GET
    assert [account.acct for account in familiar.accounts] == ["bob"]
    assert (await alice.account_note_set(bob.id, "met at the pier")).note == "met at the pier"
    assert (await alice.account_endorse(bob.id)).endorsed
    assert [account.acct for account in await alice.endorsements()] == ["bob"]
    assert not (await alice.account_unendorse(bob.id)).endorsed
    await alice.domain_block("unwanted.example")
    assert list(await alice.domain_blocks()) == ["unwanted.example"]
    await alice.domain_unblock("unwanted.example")


async def test_a_push_subscription_is_made_and_ended(live: Network) -> None:
    (alice,) = await apps_of(live, "alice")
    _, public = alice.mastodon.push_subscription_generate_keys()
    made = await alice.push_subscription_set("https://push.example/1", public, mention_events=True)
    assert made.alerts.mention
    assert (await alice.push_subscription()).endpoint == "https://push.example/1"
    await alice.push_subscription_delete()


async def test_the_network_tells_the_rest_about_itself(live: Network) -> None:
    alice, bob = await apps_of(live, "alice", "bob")
    assert await alice.announcements() == []
    assert await alice.custom_emojis() == []
    names = {language["code"]: language["name"] for language in await alice.instance_languages()}
    assert (names["de"], names["gsw"], names["zh-YUE"]) == ("German", "Swiss German", "Cantonese")
    assert [code for code, name in names.items() if code == name] == []
    assert await alice.instance_peers() == []
    assert (await alice.instance_extended_description()).content is not None
    assert await alice.instance_translation_languages() == {}
    assert await alice.trending_tags() == []
    assert (await alice.annual_reports()).annual_reports == []
    assert isinstance(await alice.suggestions_v2(), list)
    assert not (await alice.report(bob.id, comment="too loud")).action_taken
