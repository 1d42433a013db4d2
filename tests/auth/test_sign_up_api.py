"""Becoming a member in an app (`POST /api/v1/accounts`)."""

import asyncio
from typing import Any

import pytest

from rostra.core.settings import Settings, load
from tests.auth.support import Browser, link_in_mail, mails
from tests.auth.test_oauth_tokens import register
from tests.network import PASSWORD, Client, Network

ALICE = {
    "username": "alice",
    "email": "alice@people.example",
    "password": PASSWORD,
    "agreement": True,
    "locale": "de",
}


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Any) -> Settings:
    overrides = getattr(request, "param", {})
    base = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": True}
    return load({**base, **overrides}, environ={})


async def app_client(network: Network, scopes: str = "read write") -> Client:
    app = await register(network, scopes=scopes)
    ask = {"grant_type": "client_credentials", "scope": scopes}
    form = {**ask, **{key: app[key] for key in ("client_id", "client_secret")}}
    token = await network.anonymous.post("/oauth/token", data=form)
    return Client(network, token["access_token"])


async def test_a_newcomers_token_opens_when_the_address_is_confirmed(network: Network) -> None:
    app = await app_client(network)
    token = await app.post("/api/v1/accounts", json=ALICE)
    assert token["token_type"] == "Bearer"
    assert token["scope"] == "read write"
    alice = Client(network, token["access_token"])
    refused = await alice.get("/api/v1/accounts/verify_credentials", 403)
    assert refused == {"error": "Your login is missing a confirmed e-mail address"}
    assert await alice.get("/api/v1/emails/check_confirmation") is False

    assert await alice.post("/api/v1/emails/confirmations") == {}
    await link_in_mail(network, "alice@people.example")
    await alice.post("/api/v1/emails/confirmations", json={"email": "alice@sea.example"})
    link = await link_in_mail(network, "alice@sea.example")
    browser = Browser(network)
    await browser.open(await link_in_mail(network, "alice@people.example"), 410)
    await browser.open(link)
    assert await alice.get("/api/v1/emails/check_confirmation") is True
    assert (await alice.get("/api/v1/accounts/verify_credentials"))["username"] == "alice"
    again = await alice.post("/api/v1/emails/confirmations", 403)
    assert again == {"error": "This method is only available while the e-mail is awaiting confirmation"}


async def test_the_mail_speaks_the_newcomers_language(network: Network) -> None:
    app = await app_client(network)
    await app.post("/api/v1/accounts", data={**ALICE, "agreement": "true"})
    mail = (await mails(network))[-1]
    assert mail["Subject"] == "Bestätige deine E-Mail-Adresse für Rostra"
    assert mail.get_content().startswith("Hallo alice,")
    assert mail["Auto-Submitted"] == "auto-generated"


async def test_all_problems_are_named_in_mastodons_shape(network: Network) -> None:
    await network.person("bob")
    app = await app_client(network)
    bad = {
        "username": "BOB",
        "email": "bob@people.example",
        "password": "short",
        "agreement": False,
        "locale": "xx",
    }
    answer = await app.post("/api/v1/accounts", 422, json=bad)
    assert answer["error"].startswith("Validation failed: ")
    assert {name: [problem["error"] for problem in found] for name, found in answer["details"].items()} == {
        "username": ["ERR_TAKEN"],
        "email": ["ERR_TAKEN"],
        "password": ["ERR_TOO_SHORT"],
        "agreement": ["ERR_ACCEPTED"],
        "locale": ["ERR_INCLUSION"],
    }
    assert all(problem["description"] for found in answer["details"].values() for problem in found)
    empty = await app.post("/api/v1/accounts", 422, json={})
    assert set(empty["details"]) == {"username", "email", "password", "agreement"}
    assert empty["details"]["username"][0]["error"] == "ERR_BLANK"


async def test_only_apps_that_may_sign_people_up(network: Network) -> None:
    await network.anonymous.post("/api/v1/accounts", 401, json=ALICE)
    reader = await app_client(network, "read")
    await reader.post("/api/v1/accounts", 403, json=ALICE)
    await (await app_client(network, "write:accounts")).post("/api/v1/accounts", json=ALICE)


@pytest.mark.parametrize("settings", [{"registration": "invitation"}], indirect=True)
async def test_where_invitations_are_needed_the_app_sends_the_code(network: Network) -> None:
    app = await app_client(network)
    await app.post("/api/v1/accounts", 403, json=ALICE)
    await app.post("/api/v1/accounts", 403, json={**ALICE, "invite_code": "guessed"})
    await network.person("bob")
    bob = Browser(network)
    await bob.log_in("bob")
    await bob.open("/settings/invites")
    await bob.send(form="main form.card", uses="1", days="7")
    code = bob.page.text("main code").rpartition("/")[2]
    await app.post("/api/v1/accounts", json={**ALICE, "invite_code": code})
    carol = {**ALICE, "username": "carol", "email": "carol@people.example", "invite_code": code}
    await app.post("/api/v1/accounts", 403, json=carol)


@pytest.mark.parametrize("settings", [{"registration": "approval", "confirm_email": False}], indirect=True)
async def test_who_waits_for_approval_is_told_so(network: Network) -> None:
    app = await app_client(network)
    token = await app.post("/api/v1/accounts", json={**ALICE, "reason": "I sail."})
    alice = Client(network, token["access_token"])
    assert await alice.get("/api/v1/timelines/home", 403) == {
        "error": "Your login is currently pending approval"
    }


@pytest.mark.parametrize("settings", [{"rate_limits": True}], indirect=True)
async def test_sign_ups_from_one_network_are_limited(network: Network) -> None:
    app = await app_client(network)
    for number in range(6):
        wish = {**ALICE, "username": f"name{number}", "email": f"name{number}@people.example"}
        await app.post("/api/v1/accounts", 200 if number < 5 else 429, json=wish)


async def test_two_who_want_the_same_name_at_once_get_it_once(network: Network) -> None:
    app = await app_client(network)
    wishes = [{**ALICE, "email": f"a{number}@people.example"} for number in range(4)]
    answers = await asyncio.gather(*(app.request("POST", "/api/v1/accounts", json=wish) for wish in wishes))
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422]
