"""Subscriptions: one for each access token, checked, and gone with it."""

from typing import Any

import pytest

from rostra.core.db import fetch_tuples
from rostra.core.services import open_services
from rostra.notifications.model import KINDS
from tests.network import Client, Network
from tests.push.device import Device, PushService, data, server_key, text

PATH = "/api/v1/push/subscription"


async def test_a_subscription_is_made_seen_changed_and_ended(network: Network, service: PushService) -> None:
    alice = await network.person("alice")
    await alice.get(PATH, 404)
    await alice.put(PATH, 404, json={"data": {"alerts": {"mention": True}}})
    made = await Device(service).subscribe(alice, "mention", "admin.sign_up", policy="followed")
    assert made["endpoint"] == f"{service.origin}/push/phone"
    assert (made["standard"], made["policy"]) == (True, "followed")
    assert made["alerts"] == {kind: kind in ("mention", "admin.sign_up") for kind in KINDS}
    assert await alice.get(PATH) == made
    changed = await alice.put(PATH, json={"data": {"alerts": {"follow": "1", "mention": "false"}}})
    assert [kind for kind, chosen in changed["alerts"].items() if chosen] == ["follow"]
    assert changed["policy"] == "all"
    assert (await alice.put(PATH, json={"policy": "none"}))["policy"] == "none"
    assert await alice.delete(PATH) == {}
    await alice.get(PATH, 404)
    assert await alice.delete(PATH) == {}


async def test_apps_send_forms_too(network: Network, service: PushService) -> None:
    alice = await network.person("alice")
    device = Device(service)
    form = {
        "subscription[endpoint]": device.subscription["endpoint"],
        "subscription[keys][p256dh]": device.subscription["keys"]["p256dh"].rstrip("="),
        "subscription[keys][auth]": device.subscription["keys"]["auth"],
        "data[alerts][mention]": "true",
        "data[alerts][admin.sign_up]": "1",
        "data[alerts][poll]": "0",
        "data[alerts][unheard_of]": "true",
        "data[policy]": "follower",
    }
    made = await alice.post(PATH, data=form)
    assert [kind for kind, chosen in made["alerts"].items() if chosen] == ["mention", "admin.sign_up"]
    assert (made["standard"], made["policy"]) == (False, "follower")


async def test_each_token_has_one_subscription_of_its_own(network: Network, service: PushService) -> None:
    alice, bob = await network.people("alice", "bob")
    tablet = Client(network, await network.token(alice.account_id, ("push",)))
    first = await Device(service, "first").subscribe(alice, "mention")
    second = await Device(service, "second").subscribe(alice, "mention")
    assert first["id"] != second["id"]
    assert (await alice.get(PATH))["endpoint"].endswith("/push/second")
    await tablet.get(PATH, 404)
    await bob.get(PATH, 404)
    await bob.delete(PATH)
    assert (await alice.get(PATH))["endpoint"].endswith("/push/second")


async def test_the_servers_key_is_the_same_everywhere_and_stays(
    network: Network, service: PushService
) -> None:
    alice = await network.person("alice")
    key = await server_key(network)
    assert len(data(key)) == 65
    assert (await Device(service).subscribe(alice, "mention"))["server_key"] == key
    app = await network.anonymous.post(
        "/api/v1/apps", json={"client_name": "App", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"}
    )
    assert app["vapid_key"] == key
    assert (await alice.get("/api/v1/apps/verify_credentials"))["vapid_key"] == key
    async with open_services(network.settings, network.services.db.conninfo) as services:
        restarted = Network(services)
        assert await server_key(restarted) == key
        await restarted.close()


@pytest.mark.parametrize(
    "endpoint",
    [
        *(
            "",
            "nonsense",
            "ftp://127.0.0.1/",
            "file:///etc/passwd",
            "http://",
            "https://user:pw@push.example/",
        ),
        *(
            "http://169.254.169.254/latest",
            "http://[::1]/",
            "http://10.0.0.1/",
            "https://0x7f000001/",
            "http://0/",
        ),
        *("https://127.1/", "https://push.example:99999/", "https://push.example/" + "a" * 3000, 7, None, []),
    ],
)
async def test_an_endpoint_that_is_none_is_refused(
    network: Network, service: PushService, endpoint: Any
) -> None:
    alice = await network.person("alice")
    body = {"subscription": {**Device(service).subscription, "endpoint": endpoint}}
    error = await alice.post(PATH, 422, json=body)
    assert error["error"].startswith("Validation failed")
    await alice.get(PATH, 404)


@pytest.mark.parametrize(
    "keys",
    [
        *({}, None, [], "keys", {"p256dh": "", "auth": ""}, {"p256dh": "!", "auth": "!"}),
        {"p256dh": text(b"\4" + bytes(64))},
        {"p256dh": text(b"\2" + bytes(32))},
        {"p256dh": text(bytes(65))},
        {"p256dh": "A" * 100_000},
        {"p256dh": "ä"},
        {"auth": text(bytes(15))},
        {"auth": text(bytes(17))},
        {"auth": 16},
    ],
)
async def test_keys_that_are_none_are_refused(network: Network, service: PushService, keys: Any) -> None:
    alice = await network.person("alice")
    good = Device(service).subscription
    given = {**good["keys"], **keys} if isinstance(keys, dict) and len(keys) == 1 else keys
    await alice.post(PATH, 422, json={"subscription": {**good, "keys": given}})
    await alice.get(PATH, 404)


@pytest.mark.parametrize(
    "body",
    [
        *({}, {"subscription": None}, {"subscription": []}, {"subscription": "x"}),
        *({"data": {"policy": "whoever"}}, {"data": {"alerts": {"mention": "perhaps"}}}, {"data": 7}),
        {"data": {"alerts": ["mention"]}},
    ],
)
async def test_what_is_no_subscription_is_refused(network: Network, service: PushService, body: Any) -> None:
    alice = await network.person("alice")
    await Device(service).subscribe(alice, "mention")
    if "data" in body:
        await alice.put(PATH, 422, json=body)
        body = {"subscription": Device(service).subscription, **body}
    await alice.post(PATH, 422, json=body)
    assert (await alice.get(PATH))["alerts"]["mention"]


async def test_a_token_without_the_scope_gets_no_pushes(network: Network, service: PushService) -> None:
    alice = await network.person("alice", scopes=("read", "write"))
    await Device(service).subscribe(alice, "mention", expect=403)
    await alice.get(PATH, 403)
    app = Client(network, await network.token(None, ("push",)))
    await app.post(PATH, 401, json={"subscription": Device(service).subscription})


async def test_the_database_has_no_token_to_read(network: Network, service: PushService) -> None:
    alice = await network.person("alice")
    await Device(service).subscribe(alice, "mention")
    async with network.services.db.connection() as tx:
        rows = await fetch_tuples(tx, "select * from push_subscriptions")
    assert alice.token
    assert len(rows) == 1
    assert alice.token.encode() not in b"".join(bytes(item) for item in rows[0] if isinstance(item, bytes))
    assert alice.token not in str(rows)
    key_file = network.settings.data / "keys" / "push.key"
    assert key_file.stat().st_mode & 0o777 == 0o600
