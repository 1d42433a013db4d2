"""Pushes: what reaches a device, read on the device."""

import base64
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, LiteralString

import pytest

from rostra.accounts import deletion
from rostra.accounts.oauth import actions as oauth
from rostra.core.db import execute, fetch_values
from rostra.push.sending import retry_after
from rostra.reactions import end_polls
from tests.network import Client, Network
from tests.push.device import Device, PushService, claims, push_service, server_key

PATH = "/api/v1/push/subscription"


async def run(network: Network, sql: LiteralString, **params: Any) -> None:
    async with network.services.db.connection() as tx:
        await execute(tx, sql, params)


async def waiting(network: Network) -> list[Any]:
    """Seconds until each job that waits is due."""
    async with network.services.db.connection() as tx:
        return await fetch_values(
            tx, "select extract(epoch from run_at - now())::float8 from jobs where failed_at is null"
        )


async def let_time_pass(network: Network) -> None:
    await run(network, "update jobs set run_at = now()")
    await network.settle()


@pytest.mark.parametrize("standard", [True, False])
async def test_a_device_reads_what_happened(network: Network, service: PushService, standard: bool) -> None:
    alice, bob = await network.people("alice", "bob")
    device = Device(service)
    await device.subscribe(alice, "mention", standard=standard)
    await bob.patch("/api/v1/accounts/update_credentials", json={"display_name": "Bob  of the harbour"})
    await network.settle()
    await bob.publish("hello @alice, this is <b>not bold</b> & fine")
    [mention] = await alice.get("/api/v1/notifications")
    [message] = device.messages()
    assert message == {
        "access_token": alice.token,
        "preferred_locale": "en",
        "notification_id": mention["id"],
        "notification_type": "mention",
        "icon": mention["account"]["avatar_static"],
        "title": "Bob of the harbour mentioned you",
        "body": "hello @alice, this is <b>not bold</b> & fine",
    }
    [push] = service.received
    assert push.headers["content-encoding"] == ("aes128gcm" if standard else "aesgcm")
    assert 172_700 < int(push.headers["ttl"]) <= 172_800
    assert push.headers["urgency"] == "normal"
    assert "topic" not in push.headers
    assert push.headers["user-agent"].startswith("Rostra/")
    assert b"hello" not in push.body
    said = claims(push, await server_key(network))
    assert said["aud"] == service.origin
    assert time.time() < said["exp"] <= time.time() + 86400
    assert said["sub"]


async def test_each_kind_that_was_chosen_is_pushed_in_the_members_language(
    network: Network, service: PushService
) -> None:
    alice, bob = await network.people("alice", "bob")
    await run(network, "update users set locale = 'de' where account_id = %(id)s", id=alice.account_id)
    device = Device(service)
    await device.subscribe(
        alice, "follow", "reblog", "favourite", "status", "update", "poll", "follow_request"
    )
    await alice.follow(bob, notify=True)
    await bob.follow(alice)
    status = await alice.publish("hello", spoiler_text="greeting")
    await bob.post(f"/api/v1/statuses/{status['id']}/favourite")
    await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    await network.settle()
    theirs = await bob.publish("news")
    await alice.post(f"/api/v1/statuses/{theirs['id']}/reblog")
    await bob.put(f"/api/v1/statuses/{theirs['id']}", json={"status": "other news"})
    await network.settle()
    await bob.publish("hi @alice")  # mentions were not chosen
    assert sorted((m["notification_type"], m["title"], m["body"]) for m in device.messages()) == [
        ("favourite", "bob hat deinen Beitrag favorisiert", "greeting"),
        ("follow", "bob folgt dir jetzt", ""),
        ("reblog", "bob hat deinen Beitrag geteilt", "greeting"),
        ("status", "bob hat etwas geschrieben", "news"),
        ("update", "bob hat einen Beitrag bearbeitet", "other news"),
    ]
    assert {m["preferred_locale"] for m in device.messages()} == {"de"}


async def test_the_end_of_a_poll_is_pushed(network: Network, service: PushService) -> None:
    alice, bob = await network.people("alice", "bob")
    phones = {person.name: Device(service, person.name) for person in (alice, bob)}
    for person in (alice, bob):
        await phones[person.name].subscribe(person, "poll")
    asked = await alice.publish("which?", poll={"options": ["a", "b"], "expires_in": 300})
    await bob.post(f"/api/v1/polls/{asked['poll']['id']}/votes", json={"choices": [0]})
    await run(network, "update polls set expires_at = now()")
    await end_polls(network.services)
    await network.settle()
    assert [m["title"] for m in phones["alice"].messages()] == ["Your poll has ended"]
    assert [m["title"] for m in phones["bob"].messages()] == ["A poll that you voted in has ended"]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("all", {"bob", "carol", "dave"}), ("followed", {"bob"}), ("follower", {"carol"}), ("none", set())],
)
async def test_pushes_come_from_those_whom_the_policy_names(
    network: Network, service: PushService, policy: str, expected: set[str]
) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    await alice.follow(bob)
    await carol.follow(alice)
    device = Device(service)
    await device.subscribe(alice, "mention", policy=policy)
    for person in (bob, carol, dave):
        await person.publish("hi @alice")
    assert {m["title"].split()[0] for m in device.messages()} == expected


async def test_what_is_held_back_blocked_or_muted_is_not_pushed(
    network: Network, service: PushService
) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    device = Device(service)
    await device.subscribe(alice, "mention")
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await alice.post(f"/api/v1/accounts/{carol.id}/mute")
    for person in (bob, carol):
        await person.publish("hi @alice")
    await dave.publish("psst @alice", visibility="direct")
    assert service.received == []
    await alice.follow(dave)
    await dave.publish("psst @alice", visibility="direct")
    [push] = service.received
    assert push.headers["urgency"] == "high"


async def test_of_a_group_a_device_that_was_off_gets_only_the_last(
    network: Network, service: PushService
) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await Device(service).subscribe(alice, "favourite")
    statuses = [await alice.publish(text) for text in ("one", "two")]
    for status, person in ((statuses[0], bob), (statuses[0], carol), (statuses[1], bob)):
        await person.post(f"/api/v1/statuses/{status['id']}/favourite")
        await network.settle()
    topics = [push.headers["topic"] for push in service.received]
    assert topics[0] == topics[1] != topics[2]
    assert len(base64.urlsafe_b64decode(topics[0])) == 24


async def test_all_devices_of_a_member_are_reached_and_a_dead_one_is_forgotten(
    network: Network, service: PushService
) -> None:
    alice, bob = await network.people("alice", "bob")
    tablet_app = Client(network, await network.token(alice.account_id, ("push",)))
    phone, tablet = Device(service, "phone"), Device(service, "tablet")
    await phone.subscribe(alice, "mention")
    await tablet.subscribe(tablet_app, "mention", standard=False)
    await bob.publish("one @alice")
    assert [m["access_token"] for m in tablet.messages()] == [tablet_app.token]
    assert [m["access_token"] for m in phone.messages()] == [alice.token]
    await alice.delete(PATH)
    for number, status in enumerate((404, 410)):
        service.answers = [(status, {})]
        await bob.publish(f"two {number} @alice")
        await tablet_app.get(PATH, 404)
        await tablet.subscribe(tablet_app, "mention")
    assert await waiting(network) == []


@pytest.mark.parametrize("status", [400, 401, 403, 413, 302])
async def test_a_push_that_was_refused_is_given_up_and_the_subscription_stays(
    network: Network, service: PushService, status: int
) -> None:
    alice, bob = await network.people("alice", "bob")
    device = Device(service)
    await device.subscribe(alice, "mention")
    service.answers = [(status, {"Location": "/elsewhere"})]
    await bob.publish("one @alice")
    assert await waiting(network) == []
    await bob.publish("two @alice")
    assert [m["body"] for m in device.messages()] == ["one @alice", "two @alice"]
    await alice.get(PATH)


@pytest.mark.parametrize(
    ("status", "headers", "least", "most"),
    [
        (429, {"Retry-After": "120"}, 115, 121),
        (503, {"Retry-After": "999999999"}, 3590, 3601),
        (500, {"Retry-After": "nonsense"}, 1, 3),
        (502, {}, 1, 3),
    ],
)
async def test_a_busy_push_service_is_asked_again_when_it_says_so(
    network: Network, service: PushService, status: int, headers: dict[str, str], least: float, most: float
) -> None:
    alice, bob = await network.people("alice", "bob")
    device = Device(service)
    await device.subscribe(alice, "mention")
    service.answers = [(status, headers)]
    await bob.publish("one @alice")
    [pause] = await waiting(network)
    assert least <= pause <= most
    await let_time_pass(network)
    assert [m["body"] for m in device.messages()] == ["one @alice", "one @alice"]
    assert await waiting(network) == []


async def test_a_push_service_that_is_not_there_is_asked_again_for_some_hours(
    network: Network, service: PushService
) -> None:
    alice, bob = await network.people("alice", "bob")
    await Device(service).subscribe(alice, "mention")
    await run(network, "update push_subscriptions set endpoint = 'http://127.0.0.2:9/'")
    await bob.publish("one @alice")
    assert len(await waiting(network)) == 1
    await run(network, "update notifications set created_at = now() - interval '4 hours'")
    await let_time_pass(network)
    assert await waiting(network) == []
    await alice.get(PATH)


async def test_a_subscription_that_fails_for_long_is_not_tried_again_and_then_dropped(
    network: Network, service: PushService
) -> None:
    alice, bob = await network.people("alice", "bob")
    device = Device(service)
    await device.subscribe(alice, "mention")
    await run(network, "update push_subscriptions set failing_since = now() - interval '2 hours'")
    service.answers = [(500, {}), (201, {}), (500, {}), (500, {})]
    await bob.publish("one @alice")
    assert await waiting(network) == []
    await bob.publish("two @alice")  # goes through, so it begins anew
    await bob.publish("three @alice")
    assert len(await waiting(network)) == 1
    await run(network, "update push_subscriptions set failing_since = now() - interval '8 days'")
    await let_time_pass(network)
    await alice.get(PATH, 404)


async def test_a_name_that_leads_to_a_private_address_is_not_called(
    network: Network, service: PushService
) -> None:
    alice, bob = await network.people("alice", "bob")
    await Device(service).subscribe(alice, "mention")
    # A name that meant a push service when the app subscribed, and this machine now.
    await run(
        network,
        "update push_subscriptions set endpoint = replace(endpoint, '127.0.0.2', 'localhost')",
    )
    async with push_service("127.0.0.1", service.port) as inside:
        await bob.publish("one @alice")
        assert inside.received == []
    assert await waiting(network) == []


async def test_nothing_is_pushed_for_a_token_that_was_revoked(network: Network, service: PushService) -> None:
    alice, bob = await network.people("alice", "bob")
    await Device(service).subscribe(alice, "mention")
    async with network.services.db.connection() as tx:
        await oauth.revoke_app(tx, network.services.bus, alice.account_id)
    await bob.publish("one @alice")
    assert service.received == []
    async with network.services.db.connection() as tx:
        assert await fetch_values(tx, "select id from push_subscriptions") == []


@pytest.mark.parametrize("end", ["disabled", "deleted", "revoked", "unsubscribed", "dismissed", "blocked"])
async def test_what_ended_before_the_push_went_out_ends_the_push(
    network: Network, service: PushService, end: str
) -> None:
    alice, bob = await network.people("alice", "bob")
    await Device(service).subscribe(alice, "mention")
    service.answers = [(429, {"Retry-After": "60"})]
    status = await bob.publish("one @alice")
    assert len(service.received) == 1
    if end == "disabled":
        await run(
            network, "update users set disabled_at = now() where account_id = %(id)s", id=alice.account_id
        )
    elif end == "deleted":
        async with network.services.db.connection() as tx:
            await deletion.begin(tx, network.services.bus, alice.account_id)
    elif end == "revoked":
        async with network.services.db.connection() as tx:
            await oauth.revoke_app(tx, network.services.bus, alice.account_id)
    elif end == "unsubscribed":
        await alice.put(PATH, json={"data": {"alerts": {"mention": False}}})
    elif end == "dismissed":
        await bob.delete(f"/api/v1/statuses/{status['id']}")
    else:
        await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await let_time_pass(network)
    assert len(service.received) == 1
    assert await waiting(network) == []


async def test_no_more_than_twenty_devices_are_served(network: Network, service: PushService) -> None:
    alice, bob = await network.people("alice", "bob")
    for number in range(22):
        app = Client(network, await network.token(alice.account_id, ("push",)))
        await Device(service, str(number)).subscribe(app, "mention")
    await bob.publish("one @alice")
    assert {push.path for push in service.received} == {f"/push/{number}" for number in range(2, 22)}


async def test_long_texts_are_cut_and_fit_every_push_service(network: Network, service: PushService) -> None:
    alice, bob = await network.people("alice", "bob")
    device = Device(service)
    await device.subscribe(alice, "mention")
    await bob.publish("@alice " + "日本語🙂 " * 500)
    [message] = device.messages()
    assert len(message["body"]) <= 140
    assert message["body"].endswith("…")
    assert len(service.received[0].body) <= 4096


async def test_where_the_key_of_the_tokens_is_lost_pushes_go_out_without_one(
    network: Network, service: PushService
) -> None:
    alice, bob = await network.people("alice", "bob")
    device = Device(service)
    await device.subscribe(alice, "mention")
    await run(network, "update push_subscriptions set sealed_token = %(other)s", other=bytes(60))
    await bob.publish("one @alice")
    assert [(m["access_token"], m["body"]) for m in device.messages()] == [("", "one @alice")]


def test_retry_after_is_seconds_or_a_moment_within_reason() -> None:
    assert retry_after("") is None
    assert retry_after("soon") is None
    assert retry_after("-5") is None
    assert retry_after("٣") is None
    assert retry_after("0") == 1
    assert retry_after("90") == 90
    assert retry_after("9" * 5000) is None
    assert retry_after("999999") == 3600
    inside = retry_after(format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True))
    assert inside is not None
    assert 95 < inside <= 101
    assert retry_after("Fri, 31 Dec 1999 23:59:59 GMT") == 1
    assert retry_after("Fri, 31 Dec 9999 23:59:59 GMT") == 3600
