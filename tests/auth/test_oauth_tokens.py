"""Apps, and the tokens that they get."""

import base64
import hashlib
import secrets
from typing import Any

from rostra.accounts.oauth import actions, queries
from rostra.accounts.oauth.actions import AuthorizationRequest
from rostra.core.secrets import token_hash
from tests.network import Network, Person

REDIRECT = "https://app.example/callback"


async def register(network: Network, **options: Any) -> Any:
    new = {"client_name": "Tide", "redirect_uris": REDIRECT, "scopes": "read write follow push", **options}
    return await network.anonymous.post("/api/v1/apps", json=new)


async def code_for(
    network: Network,
    app: Any,
    person: Person,
    scopes: tuple[str, ...] = ("read", "write"),
    redirect_uri: str = REDIRECT,
    challenge: str | None = None,
) -> str:
    """A code, as the consent page gives it."""
    async with network.services.db.connection() as tx:
        row = await queries.application_by_client_id(tx, app["client_id"])
        assert row is not None
        asked = AuthorizationRequest(redirect_uri=redirect_uri, scopes=scopes, code_challenge=challenge)
        return await actions.issue_code(tx, row, person.account_id, asked)


def exchange(app: Any, code: str, **changes: Any) -> dict[str, Any]:
    return {
        "grant_type": "authorization_code",
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "redirect_uri": REDIRECT,
        "code": code,
        **changes,
    }


async def whoami(network: Network, token: str, expect: int = 200) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    return await network.anonymous.get("/api/v1/timelines/home", expect, headers=headers)


async def test_an_app_registers_in_mastodons_shape(network: Network) -> None:
    app = await register(
        network, redirect_uris=f"{REDIRECT}\nurn:ietf:wg:oauth:2.0:oob", website="https://app.example"
    )
    assert app["name"] == "Tide"
    assert app["website"] == "https://app.example"
    assert app["redirect_uris"] == [REDIRECT, "urn:ietf:wg:oauth:2.0:oob"]
    assert app["redirect_uri"] == f"{REDIRECT}\nurn:ietf:wg:oauth:2.0:oob"
    assert app["scopes"] == ["read", "write", "follow", "push"]
    assert len(app["client_id"]) == len(app["client_secret"]) == 43
    assert app["client_secret_expires_at"] == 0
    assert app["id"].isdecimal()


async def test_redirect_uris_come_as_a_list_or_as_text(network: Network) -> None:
    for uris in ([REDIRECT, "app://done"], f"{REDIRECT} app://done", f"{REDIRECT}\napp://done"):
        app = await register(network, redirect_uris=uris)
        assert app["redirect_uris"] == [REDIRECT, "app://done"]


async def test_an_app_registers_by_form_and_reads_unless_it_says_more(network: Network) -> None:
    form = {"client_name": "Tide", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"}
    app = await network.anonymous.post("/api/v1/apps", data=form)
    assert app["scopes"] == ["read"]


BAD_APPS: list[tuple[dict[str, Any], str]] = [
    ({"client_name": ""}, "Name can't be blank"),
    ({"client_name": "\u202e \t"}, "Name can't be blank"),
    ({"client_name": "x" * 61}, "Name is too long (maximum is 60 characters)"),
    ({"redirect_uris": ""}, "Redirect URI can't be blank"),
    ({"redirect_uris": []}, "Redirect URI can't be blank"),
    ({"redirect_uris": "\n"}, "Redirect URI can't be blank"),
    ({"redirect_uris": "/callback"}, "Redirect URI must be an absolute URI."),
    ({"redirect_uris": "https://"}, "Redirect URI must be an absolute URI."),
    ({"redirect_uris": "https:app.example"}, "Redirect URI must be an absolute URI."),
    ({"redirect_uris": "https://app.example\\@evil.example"}, "Redirect URI must be an absolute URI."),
    ({"redirect_uris": "https://app.example:port/"}, "Redirect URI must be an absolute URI."),
    ({"redirect_uris": "https://app.example/#here"}, "Redirect URI cannot contain a fragment."),
    ({"redirect_uris": "javascript:alert(1)"}, "Redirect URI is forbidden by the server."),
    ({"redirect_uris": "JavaScript://x/%0aalert(1)"}, "Redirect URI is forbidden by the server."),
    ({"redirect_uris": "data:text/html,hi"}, "Redirect URI is forbidden by the server."),
    ({"redirect_uris": "https://app.example/" + "x" * 2000}, "Redirect URI is too long"),
    ({"redirect_uris": [f"https://app.example/{n}" for n in range(100)]}, "Redirect URI is too long"),
    ({"website": "javascript:alert(1)"}, "Website is not a valid URL"),
    ({"website": "https://app.example/" + "x" * 2000}, "Website is too long"),
    ({"scopes": "read everything"}, "Scopes doesn't match configured on the server."),
    ({"scopes": "read:conversations"}, "Scopes doesn't match configured on the server."),
]


async def test_an_app_that_can_not_be_is_refused(network: Network) -> None:
    for change, message in BAD_APPS:
        new = {"client_name": "Tide", "redirect_uris": REDIRECT, **change}
        answer = await network.anonymous.post("/api/v1/apps", 422, json=new)
        assert answer["error"].startswith(f"Validation failed: {message}"), change


async def test_nothing_that_opens_a_door_is_kept_in_plain(network: Network) -> None:
    alice = await network.person("alice")
    app = await register(network)
    code = await code_for(network, app, alice)
    token = (await network.anonymous.post("/oauth/token", json=exchange(app, code)))["access_token"]
    async with network.services.db.connection() as tx:
        rows: list[Any] = []
        for table in ("applications", "access_grants", "access_tokens"):
            cursor = await tx.execute(f"select * from {table}")  # type: ignore[arg-type]
            rows.extend(await cursor.fetchall())
    kept = repr(rows)
    assert app["client_id"] in kept
    assert all(secret not in kept for secret in (app["client_secret"], code, token))


async def test_a_code_becomes_a_token_of_its_member(network: Network) -> None:
    alice = await network.person("alice")
    app = await register(network)
    for kind in ("json", "data"):
        code = await code_for(network, app, alice)
        response = await network.anonymous.request("POST", "/oauth/token", **{kind: exchange(app, code)})
        answer = response.json()
        assert response.headers["cache-control"] == "no-store"
        assert answer["token_type"] == "Bearer"
        assert answer["scope"] == "read write"
        assert isinstance(answer["created_at"], int)
        await whoami(network, answer["access_token"])


async def test_the_client_may_name_itself_by_http_basic(network: Network) -> None:
    alice = await network.person("alice")
    app = await register(network)
    form = exchange(app, await code_for(network, app, alice))
    del form["client_id"], form["client_secret"]
    auth = (app["client_id"], app["client_secret"])
    assert (await network.anonymous.request("POST", "/oauth/token", data=form, auth=auth)).status_code == 200
    wrong = await network.anonymous.request("POST", "/oauth/token", data=form, auth=(app["client_id"], "no"))
    assert wrong.status_code == 401
    assert wrong.json()["error"] == "invalid_client"
    assert wrong.headers["www-authenticate"].startswith("Basic")


async def test_a_code_used_twice_revokes_what_it_gave(network: Network) -> None:
    alice = await network.person("alice")
    app = await register(network)
    code = await code_for(network, app, alice)
    token = (await network.anonymous.post("/oauth/token", json=exchange(app, code)))["access_token"]
    await whoami(network, token)  # is remembered now
    again = await network.anonymous.post("/oauth/token", 400, json=exchange(app, code))
    assert again["error"] == "invalid_grant"
    await whoami(network, token, 401)


async def test_a_code_has_ten_minutes(network: Network) -> None:
    alice = await network.person("alice")
    app = await register(network)
    code = await code_for(network, app, alice)
    async with network.services.db.connection() as tx:
        assert await tx.execute(
            "update access_grants set expires_at = expires_at - interval '9 minutes 50 s'"
        )
        still = await code_for(network, app, alice)
        await tx.execute(
            "update access_grants set expires_at = expires_at - interval '11 s' where code_hash = %s",
            (token_hash(code),),
        )
    assert (await network.anonymous.post("/oauth/token", 400, json=exchange(app, code)))[
        "error"
    ] == "invalid_grant"
    await network.anonymous.post("/oauth/token", json=exchange(app, still))


async def test_a_code_is_worth_nothing_to_another_app_or_address(network: Network) -> None:
    alice = await network.person("alice")
    app, other = await register(network), await register(network, client_name="Other")
    code = await code_for(network, app, alice)
    for attempt in (
        exchange(other, code),
        exchange(app, code, redirect_uri="https://app.example/other"),
        exchange(app, code, redirect_uri=""),
        exchange(app, "nonsense"),
        exchange(app, ""),
    ):
        answer = await network.anonymous.post("/oauth/token", 400, json=attempt)
        assert answer["error"] == "invalid_grant"
    await network.anonymous.post("/oauth/token", json=exchange(app, code))


async def test_a_client_without_its_secret_gets_nothing(network: Network) -> None:
    alice = await network.person("alice")
    app = await register(network)
    code = await code_for(network, app, alice)
    for change in ({"client_secret": "wrong"}, {"client_id": "wrong"}, {"client_secret": ""}):
        answer = await network.anonymous.post("/oauth/token", 401, json=exchange(app, code, **change))
        assert answer["error"] == "invalid_client"
        assert answer["error_description"]


async def test_pkce_binds_a_code_to_who_asked_for_it(network: Network) -> None:
    alice = await network.person("alice")
    app = await register(network)
    verifier = secrets.token_urlsafe(40)
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    code = await code_for(network, app, alice, challenge=challenge)
    for wrong in ("", "short", challenge, secrets.token_urlsafe(40), "é" * 43):
        answer = await network.anonymous.post(
            "/oauth/token", 400, json=exchange(app, code, code_verifier=wrong)
        )
        assert answer["error"] == "invalid_grant"
    await network.anonymous.post("/oauth/token", json=exchange(app, code, code_verifier=verifier))


async def test_a_verifier_without_a_challenge_means_that_somebody_took_it_away(network: Network) -> None:
    alice = await network.person("alice")
    app = await register(network)
    code = await code_for(network, app, alice)
    attempt = exchange(app, code, code_verifier=secrets.token_urlsafe(40))
    assert (await network.anonymous.post("/oauth/token", 400, json=attempt))["error"] == "invalid_grant"


async def test_an_app_gets_a_token_of_its_own_within_its_scopes(network: Network) -> None:
    app = await register(network, scopes="read write:accounts")
    ask = {"grant_type": "client_credentials", **{k: app[k] for k in ("client_id", "client_secret")}}
    answer = await network.anonymous.post(
        "/oauth/token", json={**ask, "scope": "read:statuses write:accounts"}
    )
    assert answer["scope"] == "read:statuses write:accounts"
    assert (await network.anonymous.post("/oauth/token", json=ask))["scope"] == "read"
    for more in ("write", "read write", "admin:read", "nonsense"):
        refused = await network.anonymous.post("/oauth/token", 400, json={**ask, "scope": more})
        assert refused["error"] == "invalid_scope"

    headers = {"Authorization": f"Bearer {answer['access_token']}"}
    itself = await network.anonymous.get("/api/v1/apps/verify_credentials", headers=headers)
    assert itself["name"] == "Tide"
    assert "client_secret" not in itself
    assert "client_id" not in itself
    await network.anonymous.get("/api/v1/apps/verify_credentials", 401)
    await network.anonymous.get("/api/v1/timelines/home", 401, headers=headers)


async def test_other_grants_are_refused(network: Network) -> None:
    app = await register(network)
    for grant_type, code in (("password", "unsupported_grant_type"), ("", "invalid_request")):
        ask = exchange(app, "x", grant_type=grant_type, username="alice", password="correct horse battery")
        assert (await network.anonymous.post("/oauth/token", 400, data=ask))["error"] == code


async def test_a_revoked_token_is_dead_at_once(network: Network) -> None:
    alice = await network.person("alice")
    app, other = await register(network), await register(network, client_name="Other")
    code = await code_for(network, app, alice)
    token = (await network.anonymous.post("/oauth/token", json=exchange(app, code)))["access_token"]
    await whoami(network, token)

    stranger = {k: other[k] for k in ("client_id", "client_secret")}
    refused = await network.anonymous.post("/oauth/revoke", 403, data={**stranger, "token": token})
    assert refused["error"] == "unauthorized_client"
    owner = {k: app[k] for k in ("client_id", "client_secret")}
    await network.anonymous.post("/oauth/revoke", 401, data={**owner, "client_secret": "no", "token": token})
    await whoami(network, token)
    assert await network.anonymous.post("/oauth/revoke", data={**owner, "token": token}) == {}
    await whoami(network, token, 401)
    assert await network.anonymous.post("/oauth/revoke", data={**owner, "token": token}) == {}
    await network.anonymous.post("/oauth/revoke", 403, data=owner)


async def test_a_token_does_no_more_than_its_scopes(network: Network) -> None:
    alice = await network.person("alice", scopes=("read:search", "profile"))
    await alice.get("/api/v1/timelines/home", 403)
    await alice.post("/api/v1/statuses", 403, json={"status": "hi"})
    info = await alice.get("/oauth/userinfo")
    assert info["preferred_username"] == "alice"
    assert info["iss"] == "http://localhost:8420/"
    assert info["sub"].startswith("http://localhost:8420/")
    assert info["profile"] == "http://localhost:8420/@alice"
    bob = await network.person("bob", scopes=("read",))
    await bob.get("/oauth/userinfo", 403)


async def test_the_token_of_a_member_who_may_not_is_refused_everywhere(network: Network) -> None:
    for name, column, words in (
        ("alice", "disabled_at = now()", "Your login is currently disabled"),
        ("bob", "confirmed_at = null", "Your login is missing a confirmed e-mail address"),
        ("carol", "approved_at = null", "Your login is currently pending approval"),
    ):
        person = await network.person(name)
        async with network.services.db.connection() as tx:
            await tx.execute(f"update users set {column} where account_id = {person.id}")  # type: ignore[arg-type]
        for path in ("/api/v1/timelines/home", "/api/v1/timelines/public", "/oauth/userinfo"):
            assert await person.get(path, 403) == {"error": words}


async def test_the_server_says_what_it_can_do(network: Network) -> None:
    metadata = await network.anonymous.get("/.well-known/oauth-authorization-server")
    assert metadata["issuer"] == "http://localhost:8420/"
    assert metadata["authorization_endpoint"] == "http://localhost:8420/oauth/authorize"
    assert metadata["token_endpoint"] == "http://localhost:8420/oauth/token"
    assert metadata["code_challenge_methods_supported"] == ["S256"]
    assert metadata["grant_types_supported"] == ["authorization_code", "client_credentials"]
    assert "write:statuses" in metadata["scopes_supported"]
    assert metadata["introspection_endpoint"] == "http://localhost:8420/oauth/introspect"


async def test_an_app_learns_what_its_own_tokens_are_good_for(network: Network) -> None:
    alice = await network.person("alice")
    app, other = await register(network), await register(network)
    code = await code_for(network, app, alice)
    token = (await network.anonymous.post("/oauth/token", data=exchange(app, code)))["access_token"]
    owner = {"client_id": app["client_id"], "client_secret": app["client_secret"]}

    async def introspect(asker: dict[str, str], asked: str = token) -> Any:
        return await network.anonymous.post("/oauth/introspect", data={**asker, "token": asked})

    found = await introspect(owner)
    assert (found["active"], found["scope"], found["username"]) == (True, "read write", "alice")
    assert (found["client_id"], found["token_type"]) == (app["client_id"], "Bearer")
    assert found["iss"] == "http://localhost:8420/"

    nothing = {"active": False}
    stranger = {"client_id": other["client_id"], "client_secret": other["client_secret"]}
    assert await introspect(stranger) == nothing
    assert await introspect(owner, "unknown") == nothing
    assert await introspect(owner, "") == nothing
    await network.anonymous.post("/oauth/introspect", 401, data={**owner, "client_secret": "wrong"})
    async with network.services.db.connection() as tx:
        await tx.execute("update users set disabled_at = now()")
    assert await introspect(owner) == nothing


async def test_a_revoked_token_is_not_active_and_an_apps_own_names_nobody(network: Network) -> None:
    app = await register(network)
    owner = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    grant = {**owner, "grant_type": "client_credentials", "scope": "read"}
    token = (await network.anonymous.post("/oauth/token", data=grant))["access_token"]
    found = await network.anonymous.post("/oauth/introspect", data={**owner, "token": token})
    assert found["active"] is True
    assert "username" not in found
    assert found["sub"] == app["client_id"]
    await network.anonymous.post("/oauth/revoke", data={**owner, "token": token})
    found = await network.anonymous.post("/oauth/introspect", data={**owner, "token": token})
    assert found == {"active": False}
