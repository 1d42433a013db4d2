"""What members look after themselves, by API: tokens, sessions, password, mail address, deletion."""

from typing import Any

import pytest

from rostra.api import routes
from rostra.core.settings import Settings, load
from tests.auth.support import Browser, link_in_mail, mails
from tests.network import ALL_SCOPES, PASSWORD, Client, Network
from tests.sharing.test_shared_accounts import acting, share

NEW = "another long password"
TOKENS, SESSIONS = "/api/v1/tokens", "/api/rostra/v1/sessions"


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Any) -> Settings:
    overrides = getattr(request, "param", {})
    base = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**base, **overrides}, environ={})


limited = pytest.mark.parametrize("settings", [{"rate_limits": True}], indirect=True)


async def test_members_see_their_tokens_and_take_one_back(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    other = Client(network, await network.token(alice.account_id, ("read", "write:statuses")))
    listed = await alice.get(TOKENS)
    assert [each["current"] for each in listed] == [False, True]
    assert listed[0]["scope"] == "read write:statuses"
    assert listed[0]["application"] == {"name": "Test app", "website": None}
    assert listed[0]["account_id"] == alice.id
    assert str(alice.token) not in str(listed)
    assert await alice.get(f"{TOKENS}/{listed[0]['id']}") == listed[0]
    older = await alice.get(TOKENS, params={"max_id": listed[0]["id"]})
    assert [each["id"] for each in older] == [listed[1]["id"]]
    await bob.get(f"{TOKENS}/{listed[0]['id']}", 404)
    await bob.post(f"{TOKENS}/{listed[0]['id']}/invalidate", 404)
    await other.get("/api/v1/timelines/home")
    gone = await alice.post(f"{TOKENS}/{listed[0]['id']}/invalidate")
    assert gone["id"] == listed[0]["id"]
    await other.get("/api/v1/timelines/home", 401)
    await alice.post(f"{TOKENS}/{listed[0]['id']}/invalidate", 404)
    await alice.home()


async def test_all_other_tokens_are_taken_back_at_once(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    others = [Client(network, await network.token(alice.account_id, ("read",))) for _ in range(3)]
    assert await alice.post("/api/rostra/v1/tokens/invalidate_others") == {"count": 3}
    for other in others:
        await other.get("/api/v1/timelines/home", 401)
    assert len(await alice.get(TOKENS)) == 1
    await bob.home()


async def test_members_sign_out_elsewhere(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    browsers = [Browser(network) for _ in range(3)]
    for browser in browsers:
        await browser.log_in("alice")
    listed = await alice.get(SESSIONS)
    assert [each["device"] for each in listed] == ["Firefox, Linux"] * 3
    await bob.delete(f"{SESSIONS}/{listed[0]['id']}", 404)
    assert await bob.get(SESSIONS) == []
    assert await bob.delete(SESSIONS) == {"count": 0}
    assert await alice.delete(f"{SESSIONS}/{listed[0]['id']}") == {"count": 1}
    assert sorted([await browser.is_signed_in() for browser in browsers]) == [False, True, True]
    assert await alice.delete(SESSIONS) == {"count": 2}
    assert not any([await browser.is_signed_in() for browser in browsers])
    await alice.home()


async def change_password(client: Client, expect: int = 200, **fields: Any) -> Any:
    body = {"old_password": PASSWORD, "new_password": NEW, **fields}
    return await client.post("/api/v1/user/password_change", expect, json=body)


async def test_a_new_password_needs_the_old_one(network: Network) -> None:
    alice = await network.person("alice")
    refused = await change_password(alice, 422, old_password="guess")
    assert list(refused["details"]) == ["old_password"]
    assert "password" in (await change_password(alice, 422, new_password="short"))["details"]
    await change_password(alice, 422, new_password="x" * 5000)
    await Browser(network).log_in("alice")


async def test_a_new_password_ends_what_it_is_told_to(network: Network) -> None:
    alice = await network.person("alice")
    other = Client(network, await network.token(alice.account_id, ("read",)))
    browser = Browser(network)
    await browser.log_in("alice")
    assert await change_password(alice) == {}
    assert not await browser.is_signed_in()
    await other.get("/api/v1/timelines/home")
    await change_password(alice, old_password=NEW, new_password=PASSWORD, revoke_apps=True)
    await other.get("/api/v1/timelines/home", 401)
    await alice.home()  # whoever changes it goes on
    assert (await mails(network))[-1]["Subject"] == "A change to your account on Rostra"
    await browser.log_in("alice")


async def test_a_new_address_counts_once_its_link_was_followed(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    path, new = "/api/v1/user/email_change", "alice@sea.example"
    await alice.post(path, 422, json={"password": "guess", "new_email": new})
    for address in ("no address", "bob@people.example", ""):
        refused = await alice.post(path, 422, json={"password": PASSWORD, "new_email": address})
        assert list(refused["details"]) == ["email"]
    user = await alice.post(path, json={"password": PASSWORD, "new_email": new})
    assert (user["email"], user["unconfirmed_email"]) == ("alice@people.example", new)
    browser = Browser(network)
    await browser.open(await link_in_mail(network, new))
    if browser.page.soup.select("main form"):
        await browser.send()
    user = await alice.get("/api/v1/user")
    assert (user["email"], user["unconfirmed_email"]) == (new, None)
    assert (user["id"], user["role"], user["moderator"], user["approved"]) == (
        alice.id,
        "member",
        False,
        True,
    )
    assert (await bob.get("/api/v1/user"))["email"] == "bob@people.example"


async def test_an_account_is_deleted_by_whoever_knows_the_password(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.publish("farewell")
    await bob.follow(alice)
    assert await alice.get("/api/rostra/v1/user/belongings") == {
        "statuses": 1,
        "media": 0,
        "followers": 1,
        "following": 0,
    }
    await alice.post("/api/v1/accounts/delete", 422, json={"password": "guess"})
    await alice.post("/api/v1/accounts/delete", 422)
    await alice.home()
    assert await alice.post("/api/v1/accounts/delete", json={"password": PASSWORD}) == {}
    await alice.get("/api/v1/timelines/home", 401)
    await bob.get(f"/api/v1/accounts/{alice.id}", 404)
    await network.settle()
    await bob.get("/api/v1/accounts/lookup", 404, params={"acct": "alice"})


@limited
async def test_nobody_guesses_a_password_by_an_app(network: Network) -> None:
    alice = await network.person("alice")
    for _ in range(5):
        await change_password(alice, 422, old_password="guess")
    for _ in range(5):
        await alice.post("/api/v1/accounts/delete", 422, json={"password": "guess"})
    await change_password(alice, 429)
    await alice.post("/api/v1/accounts/delete", 429, json={"password": PASSWORD})


OWN = [
    endpoint
    for endpoint in routes.ENDPOINTS
    if endpoint.path.startswith(
        (
            "/api/v1/user",
            "/api/v1/tokens",
            "/api/v1/accounts/delete",
            "/api/v1/accounts/alias",
            "/api/v1/exports",
            "/api/rostra/v1/",
        )
    )
    and "/client_settings/" not in endpoint.path
    and endpoint.path != "/api/rostra/v1/statuses/preview"  # whoever writes as an account needs it
]


async def test_nobody_who_acts_as_an_account_reaches_what_is_its_owners(network: Network) -> None:
    await network.people("club", "alice")
    members = await share(network, "club", "alice", "manager")
    as_club = await acting(network, members, "club", "read write follow admin:read admin:write")
    assert len(OWN) > 30
    for endpoint in OWN:
        path = endpoint.path.replace("{id}", "1")
        await as_club.request(endpoint.method, path)
        response = await as_club.request(endpoint.method, path, json={"password": PASSWORD})
        assert response.status_code == 403, (endpoint.method, path, response.text)


async def test_settings_of_a_client_are_those_of_who_sits_there(network: Network) -> None:
    club, alice = await network.people("club", "alice")
    as_club = await acting(network, await share(network, "club", "alice"), "club", "read write")
    path = "/api/rostra/v1/client_settings/web"
    await as_club.put(path, json={"version": 0, "settings": {"theme": "dark"}})
    assert (await alice.get(path))["settings"] == {"theme": "dark"}
    assert (await club.get(path))["version"] == 0


async def test_reading_is_no_writing(network: Network) -> None:
    alice = await network.person("alice", scopes=("read",))
    await alice.get("/api/v1/user")
    for path in ("/api/v1/user/password_change", "/api/v1/accounts/delete"):
        await alice.post(path, 403, json={"password": PASSWORD})
    narrow = Client(network, await network.token(alice.account_id, ("read:statuses",)))
    for path in ("/api/v1/user", TOKENS, SESSIONS):
        await narrow.get(path, 403)
    assert "admin:read" not in ALL_SCOPES
