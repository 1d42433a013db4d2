"""What the network tells about itself."""

import dataclasses
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rostra.core.settings import Settings
from rostra.core.site import Site
from rostra.core.version import ROSTRA
from tests.network import Network

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Longest statuses short enough for a test."""
    return msgspec.structs.replace(settings, status_characters=500)


def with_settings(network: Network, **changes: Any) -> Network:
    """The same network with other settings."""
    settings = msgspec.structs.replace(network.services.settings, **changes)
    return Network(dataclasses.replace(network.services, site=Site(settings)))


async def test_apps_learn_what_the_network_is_and_who_runs_it(network: Network) -> None:
    assert (await network.anonymous.get("/api/v2/instance"))["contact"]["account"] is None
    olga = await network.person("olga", role="owner")
    await olga.publish("Welcome.")

    found = await network.anonymous.get("/api/v2/instance")
    assert found["domain"] == "localhost:8420"
    assert found["title"] == "Rostra"
    assert found["version"].startswith("4.6.0 (compatible; Rostra ")
    assert found["contact"]["account"]["username"] == "olga"
    assert found["configuration"]["urls"]["streaming"] == "ws://localhost:8420"
    assert found["registrations"]["enabled"] is True
    for address in (found["thumbnail"]["url"], *(icon["src"] for icon in found["icon"])):
        assert (await network.anonymous.request("GET", address)).status_code == 200


async def test_the_version_is_the_one_of_the_package() -> None:
    assert tomllib.loads(PYPROJECT.read_text())["project"]["version"] == ROSTRA


async def test_old_apps_get_their_own_shape(network: Network) -> None:
    alice = await network.person("alice", role="owner")
    await alice.publish("one")
    found = await network.anonymous.get("/api/v1/instance")
    assert found["uri"] == "localhost:8420"
    assert found["stats"] == {"user_count": 1, "status_count": 1, "domain_count": 0}
    assert found["contact_account"]["username"] == "alice"
    assert found["urls"] == {"streaming_api": "ws://localhost:8420"}


@pytest.mark.parametrize("path", ["/api/v1/instance", "/api/v2/instance"])
async def test_the_limits_it_names_are_the_limits_that_hold(network: Network, path: str) -> None:
    alice = await network.person("alice")
    limits = (await network.anonymous.get(path))["configuration"]
    longest = limits["statuses"]["max_characters"]
    await alice.post("/api/v1/statuses", json={"status": "x" * longest})
    await alice.post("/api/v1/statuses", 422, json={"status": "x" * (longest + 1)})

    polls = limits["polls"]
    options = [f"{n}" for n in range(polls["max_options"])]
    poll = {"options": options, "expires_in": polls["min_expiration"]}
    await alice.post("/api/v1/statuses", json={"status": "?", "poll": poll})
    for wrong in (
        {**poll, "options": [*options, "one more"]},
        {**poll, "expires_in": polls["min_expiration"] - 1},
        {**poll, "expires_in": polls["max_expiration"] + 1},
        {**poll, "options": ["a", "b" * (polls["max_characters_per_option"] + 1)]},
    ):
        await alice.post("/api/v1/statuses", 422, json={"status": "?", "poll": wrong})

    note = limits["accounts"]["max_note_length"]
    await alice.patch("/api/v1/accounts/update_credentials", json={"note": "x" * note})
    await alice.patch("/api/v1/accounts/update_credentials", 422, json={"note": "x" * (note + 1)})


async def test_how_to_sign_up_is_told(network: Network) -> None:
    for registration, enabled, approval in (
        ("open", True, False),
        ("approval", True, True),
        ("invitation", False, False),
        ("closed", False, False),
    ):
        other = with_settings(network, registration=registration)
        told = (await other.anonymous.get("/api/v2/instance"))["registrations"]
        assert (told["enabled"], told["approval_required"]) == (enabled, approval)
        assert (told["message"] is None) is enabled
        old = await other.anonymous.get("/api/v1/instance")
        assert (old["registrations"], old["approval_required"]) == (enabled, approval)


async def test_the_rules_come_in_their_order_and_with_translations(network: Network) -> None:
    async with network.services.db.transaction() as tx:
        await tx.execute("update rules set deleted_at = now() where id = 2")
        await tx.execute("update rules set position = 0 where id = 5")
    rules = await network.anonymous.get("/api/v1/instance/rules")
    assert [rule["id"] for rule in rules] == ["5", "1", "3", "4"]
    assert rules[1]["translations"]["de"]["text"].startswith("Keine Drohungen")
    assert (await network.anonymous.get("/api/v2/instance"))["rules"] == rules


async def test_activity_counts_the_last_twelve_weeks(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.publish("one")
    await alice.publish("two")
    await bob.get("/api/v1/preferences")
    weeks = await network.anonymous.get("/api/v1/instance/activity")
    assert len(weeks) == 12
    assert (weeks[0]["statuses"], weeks[0]["logins"], weeks[0]["registrations"]) == ("2", "2", "2")
    assert {week["statuses"] for week in weeks[1:]} == {"0"}
    starts = [int(week["week"]) for week in weeks]
    assert {later - earlier for later, earlier in pairwise(starts)} == {7 * 86400}


async def test_the_description_is_text(network: Network) -> None:
    other = with_settings(network, description="Boats & <b>harbours</b>")
    found = await other.anonymous.get("/api/v1/instance/extended_description")
    assert found["content"] == "<p>Boats &amp; &lt;b&gt;harbours&lt;/b&gt;</p>"


@pytest.mark.parametrize(("language", "word"), [("de", "Was gespeichert wird"), ("en", "What is kept")])
async def test_the_privacy_policy_speaks_both_languages_and_names_a_contact(
    network: Network, language: str, word: str
) -> None:
    await network.person("olga", role="owner")
    found = await network.anonymous.get(
        "/api/v1/instance/privacy_policy", headers={"Accept-Language": language}
    )
    assert word in found["content"]
    assert '<a href="http://localhost:8420/@olga">@olga</a>' in found["content"]


async def test_what_there_is_none_of_is_empty(network: Network) -> None:
    for path in ("instance/peers", "instance/domain_blocks", "custom_emojis"):
        assert await network.anonymous.get(f"/api/v1/{path}") == []
    assert await network.anonymous.get("/api/v1/instance/translation_languages") == {}


async def test_programs_find_out_which_software_this_is(network: Network) -> None:
    alice = await network.person("alice")
    await alice.publish("one")
    (link,) = (await network.anonymous.get("/.well-known/nodeinfo"))["links"]
    assert link["rel"] == "http://nodeinfo.diaspora.software/ns/schema/2.0"
    response = await network.anonymous.request("GET", link["href"])
    assert response.headers["content-type"].startswith("application/json; profile=")
    info = response.json()
    assert info["software"]["name"] == "rostra"
    assert info["usage"]["users"]["total"] == 1
    assert info["usage"]["localPosts"] == 1
    assert info["openRegistrations"] is True


async def test_the_pending_and_the_suspended_are_not_counted(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    async with network.services.db.transaction() as tx:
        await tx.execute("update accounts set suspended_at = now() where id = %s", [bob.account_id])
        await tx.execute("update users set approved_at = null where account_id = %s", [carol.account_id])
    await alice.get("/api/v1/preferences")
    assert (await network.anonymous.get("/api/v1/instance"))["stats"]["user_count"] == 1
