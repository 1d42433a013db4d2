"""What an app asks for, and how a member answers (`/oauth/authorize`)."""

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import urlencode

from tests.auth.support import Browser, query_of
from tests.auth.test_oauth_tokens import REDIRECT, exchange, register, whoami
from tests.network import Network

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"


def ask(app: Any, **changes: str | None) -> str:
    query = {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": REDIRECT,
        "scope": "read write",
        **changes,
    }
    return "/oauth/authorize?" + urlencode({k: v for k, v in query.items() if v is not None})


async def member(network: Network, name: str = "alice") -> Browser:
    await network.person(name)
    browser = Browser(network)
    await browser.log_in(name)
    return browser


async def test_a_member_agrees_and_the_app_gets_in_as_they_with_pkce(network: Network) -> None:
    app = await register(network, website="https://app.example")
    alice = await member(network)
    verifier = secrets.token_urlsafe(40)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    await alice.open(
        ask(
            app,
            state="a b&c=d",
            code_challenge=challenge,
            code_challenge_method="S256",
            scope="read:accounts write",
        )
    )
    page = alice.page
    assert alice.heading == "Let Tide use your account?"
    assert "@alice@localhost:8420" in page.text("main")
    assert page.texts(".permissions li > div")[0].startswith("Act in your name")
    assert "accounts" in page.texts(".permissions li > div")[1]
    assert "form-action 'self' https://app.example" in alice.response.headers["content-security-policy"]
    assert alice.response.headers["x-frame-options"] == "DENY"

    await alice.send(303, decision="allow")
    assert alice.location.startswith(REDIRECT + "?")
    answer = query_of(alice.location)
    assert answer["state"] == "a b&c=d"
    form = exchange(app, answer["code"], code_verifier=verifier)
    token = await network.anonymous.post("/oauth/token", data=form)
    assert token["scope"] == "read:accounts write"
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    me = await network.anonymous.get("/api/v1/accounts/verify_credentials", headers=headers)
    assert me["username"] == "alice"


async def test_who_is_not_logged_in_does_so_first_and_comes_back(network: Network) -> None:
    app = await register(network)
    await network.person("alice")
    browser = Browser(network)
    await browser.open(ask(app, state="s").replace("?", "/?"))  # toot asks with a slash at the end
    assert browser.heading == "Log in"
    await browser.send(login="alice", password="correct horse battery")
    assert browser.heading == "Let Tide use your account?"
    await browser.send(303, decision="allow")
    assert query_of(browser.location)["state"] == "s"


async def test_a_code_can_be_carried_over_by_hand(network: Network) -> None:
    app = await register(network, redirect_uris=OUT_OF_BAND)
    alice = await member(network)
    await alice.open(ask(app, redirect_uri=OUT_OF_BAND))
    await alice.send(decision="allow")
    assert alice.url.startswith("/oauth/authorize/native?code=")
    form = exchange(app, alice.page.text("#code"), redirect_uri=OUT_OF_BAND)
    token = await network.anonymous.post("/oauth/token", data=form)
    await whoami(network, token["access_token"])


async def test_saying_no_gives_the_app_nothing(network: Network) -> None:
    app = await register(network, redirect_uris=[REDIRECT, OUT_OF_BAND])
    alice = await member(network)
    for decision in ("deny", "", "ALLOW"):
        await alice.open(ask(app, state="s"))
        await alice.send(303, decision=decision)
        answer = query_of(alice.location)
        assert (answer["error"], answer["state"]) == ("access_denied", "s")
        assert "code" not in answer
    await alice.open(ask(app, redirect_uri=OUT_OF_BAND))
    await alice.send(decision="deny")
    assert alice.heading == "Not allowed"


async def test_an_answer_goes_only_where_the_app_registered(network: Network) -> None:
    app = await register(network, redirect_uris=[REDIRECT, "http://127.0.0.1/done", "tide://done"])
    alice = await member(network)
    for uri in (
        "https://evil.example/callback",
        REDIRECT + "/",
        REDIRECT + "?x=1",
        REDIRECT + "#x",
        REDIRECT.upper(),
        "https://app.example/callback/../evil",
        "https://app.example@evil.example/callback",
        "https://app.example",
        "",
        "tide://done2",
        "http://127.0.0.1.evil.example/done",
        "http://127.0.0.1:80@evil.example/done",
        "http://localhost/done",
        "http://127.0.0.1:99999999/done",
        "http://127.0.0.1/other",
        "http://[::1/done",
        OUT_OF_BAND,
    ):
        await alice.open(ask(app, redirect_uri=uri), 400)
        assert alice.heading == "This app can't be connected", uri
        assert "location" not in alice.response.headers
    await alice.open(ask(app, redirect_uri="http://127.0.0.1:43210/done"))
    await alice.send(303, decision="allow")
    assert alice.location.startswith("http://127.0.0.1:43210/done?code=")
    await alice.open(ask(app, redirect_uri="tide://done"))
    assert "form-action 'self' tide:;" in alice.response.headers["content-security-policy"] + ";"
    await alice.send(303, decision="allow")
    assert alice.location.startswith("tide://done?code=")


async def test_an_unknown_app_is_told_to_nobody_else(network: Network) -> None:
    alice = await member(network)
    for client_id in ("nobody", "", "x" * 5000, "a\x00b"):
        await alice.open(ask({"client_id": client_id}), 400)
        assert "does not know the app" in alice.page.text("main")


async def test_what_an_app_may_not_ask_for_it_is_told(network: Network) -> None:
    app = await register(network, scopes="read:statuses write")
    alice = await member(network)
    for change, error in (
        ({"scope": "read"}, "invalid_scope"),
        ({"scope": "read:statuses admin:write"}, "invalid_scope"),
        ({"scope": "everything"}, "invalid_scope"),
        ({"scope": None}, "invalid_scope"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": None}, "unsupported_response_type"),
        ({"code_challenge": "x" * 43, "code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "x" * 43}, "invalid_request"),
        ({"code_challenge": "short", "code_challenge_method": "S256"}, "invalid_request"),
        ({"code_challenge_method": "S256"}, "invalid_request"),
    ):
        await alice.open(ask(app, **{"scope": "write", "state": "s", **change}), 303)
        answer = query_of(alice.location)
        assert alice.location.startswith(REDIRECT)
        assert (answer["error"], answer["state"]) == (error, "s"), change


async def test_the_decision_is_checked_anew_when_it_is_sent(network: Network) -> None:
    app = await register(network, scopes="read")
    alice = await member(network)
    await alice.open(ask(app, scope="read"))
    form = {"csrf": alice.csrf, "decision": "allow"}
    widened = await alice.post(ask(app, scope="read write"), form)
    assert query_of(widened.headers["location"])["error"] == "invalid_scope"
    elsewhere = await alice.post(ask(app, redirect_uri="https://evil.example/"), form)
    assert elsewhere.status_code == 400
    assert (await alice.post(ask(app, scope="read"), {"decision": "allow"})).status_code == 403
    forged = await alice.post(ask(app, scope="read"), form, Origin="https://evil.example")
    assert forged.status_code == 403
    async with network.services.db.connection() as tx:
        count = await (await tx.execute("select count(*) from access_grants")).fetchone()
    assert count == (0,)


async def test_force_login_asks_again_and_only_once(network: Network) -> None:
    app = await register(network)
    alice = await member(network)
    await network.person("bob")
    await alice.open(ask(app, force_login="False"))  # Mastodon.py's way to say no
    assert alice.heading == "Let Tide use your account?"
    await alice.open(ask(app, force_login="true"))
    assert alice.heading == "Log in"
    await alice.send(login="bob", password="correct horse battery")
    assert "@bob@localhost:8420" in alice.page.text("main")


async def test_the_page_speaks_the_language_that_the_app_asks_for(network: Network) -> None:
    app = await register(
        network, client_name="<b>Böse</b>", scopes="read write follow push admin:write:accounts profile"
    )
    alice = await member(network)
    await alice.open(ask(app, lang="de", scope="read write follow push admin:write:accounts profile"))
    assert alice.heading == "Darf <b>Böse</b> dein Konto benutzen?"
    assert len(alice.page.texts(".permissions li")) == 5
    assert alice.page.text(".permissions .serious").startswith("In deinem Namen moderieren")


async def test_a_member_sees_their_apps_and_takes_access_away_at_once(network: Network) -> None:
    app = await register(network)
    alice = await member(network)
    async with network.services.db.connection() as tx:
        await tx.execute("delete from access_tokens")
    await alice.open("/settings/apps")
    assert "No app has access" in alice.page.text("main")
    tokens: list[str] = []
    for _ in range(2):
        await alice.open(ask(app))
        await alice.send(303, decision="allow")
        form = exchange(app, query_of(alice.location)["code"])
        tokens.append((await network.anonymous.post("/oauth/token", data=form))["access_token"])
        await whoami(network, tokens[-1])
    bob = await member(network, "bob")
    await alice.open("/settings/apps")
    assert alice.page.texts(".rows > li strong") == ["Tide"]
    application_id = alice.page.attribute(".rows button", "value")
    await bob.open("/settings/password")
    await bob.post("/settings/apps", {"csrf": bob.csrf, "app": application_id})
    await whoami(network, tokens[0])

    await alice.send(form=".rows form")
    assert "No app has access" in alice.page.text("main")
    for token in tokens:
        await whoami(network, token, 401)
