"""Who may call an endpoint is declared, and every declaration holds; logs hold no secrets."""

import re
from typing import Any

import msgspec
import pytest
import structlog

from rostra.api import routes
from rostra.api.auth import public, user
from rostra.api.http import Endpoint, Endpoints
from rostra.api.params import NoParams
from tests.auth.support import Browser
from tests.network import ALL_SCOPES, PASSWORD, Client, Network

MEMBERS_ONLY = [endpoint for endpoint in routes.ENDPOINTS if endpoint.auth.kind in ("user", "newcomer")]
TOKENS_ONLY = [endpoint for endpoint in routes.ENDPOINTS if endpoint.auth.kind != "public"]
SCOPED = [endpoint for endpoint in routes.ENDPOINTS if endpoint.auth.scopes]
UNRELATED = "admin:read:ip_blocks"
"""A scope that no endpoint asks for."""


def path_of(endpoint: Endpoint) -> str:
    """A path that leads to `endpoint`; whatever it names does not exist."""
    return re.sub(r"\{\w+\}", "1", endpoint.path)


def opposite(scope: str) -> str:
    """The widest scope that does not contain `scope`."""
    return "write" if scope.partition(":")[0] in ("read", "profile") else "read"


async def problems(caller: Client, endpoints: list[Endpoint], expect: tuple[int, ...]) -> list[str]:
    """The endpoints that did not answer `caller` with one of `expect` and an error in Mastodon's shape."""
    found: list[str] = []
    for endpoint in endpoints:
        response = await caller.request(endpoint.method, path_of(endpoint))
        body: Any = msgspec.json.decode(response.content)
        if response.status_code not in expect or not isinstance(body.get("error"), str):
            found.append(f"{endpoint.method} {endpoint.path}: {response.status_code} {body}")
    return found


def test_an_endpoint_that_does_not_say_who_may_call_it_does_not_start() -> None:
    api = Endpoints("test")
    with pytest.raises(TypeError, match="auth"):
        api.get("/api/v1/open_by_accident")  # pyright: ignore[reportCallIssue]


def test_an_endpoint_with_a_scope_that_does_not_exist_does_not_start() -> None:
    with pytest.raises(ValueError, match="write:everything"):
        user("write:everything")


async def test_an_endpoint_is_declared_once(network: Network) -> None:
    api = Endpoints("test")

    @api.get("/api/v1/instance", auth=public())
    async def again(call: object, params: NoParams) -> object:
        return {}

    from rostra.api.http import Api

    with pytest.raises(ValueError, match="twice"):
        Api(network.services, [*routes.ENDPOINTS, *api.declared])


def test_every_endpoint_for_members_names_a_scope() -> None:
    # What is announced to all members is for whatever token they have, as in Mastodon.
    without = [endpoint.path for endpoint in MEMBERS_ONLY if not endpoint.auth.scopes]
    assert without == ["/api/v1/announcements"]


async def test_nobody_gets_past_an_endpoint_for_tokens_without_one(network: Network) -> None:
    assert len(TOKENS_ONLY) > 50
    assert await problems(network.anonymous, TOKENS_ONLY, (401,)) == []


async def test_a_token_that_was_never_given_opens_nothing(network: Network) -> None:
    stranger = Client(network, "x" * 43)
    assert await problems(stranger, list(routes.ENDPOINTS), (401,)) == []


async def test_an_app_alone_gets_past_no_endpoint_for_members(network: Network) -> None:
    app = Client(network, await network.token(None, (*ALL_SCOPES, "admin:read", "admin:write")))
    assert await problems(app, MEMBERS_ONLY, (401, 422)) == []


async def test_a_member_gets_past_no_endpoint_outside_the_tokens_scopes(network: Network) -> None:
    alice = await network.person("alice", scopes=(UNRELATED,))
    assert await problems(alice, SCOPED, (403,)) == []


async def test_reading_is_no_writing_and_writing_no_reading(network: Network) -> None:
    alice = await network.person("alice")
    tokens = {
        scope: Client(network, await network.token(alice.account_id, (scope,))) for scope in ("read", "write")
    }
    found: list[str] = []
    for endpoint in SCOPED:
        kinds = {opposite(scope) for scope in endpoint.auth.scopes}
        if len(kinds) == 1:
            found += await problems(tokens[kinds.pop()], [endpoint], (403,))
    assert found == []


async def test_a_member_who_is_disabled_gets_nowhere(network: Network) -> None:
    alice = await network.person("alice")
    async with network.services.db.transaction() as tx:
        await tx.execute("update users set disabled_at = now() where account_id = %s", (alice.account_id,))
        await network.services.bus.publish(tx, "tokens", None)
    assert await problems(alice, MEMBERS_ONLY, (403,)) == []


async def test_logs_hold_no_token_password_or_address(network: Network) -> None:
    secrets = {
        "token": "",
        "password": PASSWORD,
        "address": "alice@people.example",
        "new": "moonlit-Kedge-41",
    }
    with structlog.testing.capture_logs() as lines:
        alice = await network.person("alice")
        secrets["token"] = str(alice.token)
        await alice.home()
        await network.anonymous.get("/api/v1/timelines/home", params={"access_token": secrets["token"]})
        await network.anonymous.get(f"/api/v1/streaming/user/x?access_token={secrets['token']}", 400)
        await alice.post("/api/v1/statuses", 422, json={"status": "", "visibility": secrets["token"]})
        app = await network.anonymous.post(
            "/api/v1/apps", data={"client_name": "Tide", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"}
        )
        secrets["app"] = app["client_secret"]
        await network.anonymous.post(
            "/oauth/token", 400, data={**app_fields(app), "grant_type": "authorization_code", "code": "x"}
        )
        async with Browser(network).http as http:
            browser = Browser(network)
            browser.http = http
            await browser.open("/auth/sign_in")
            await browser.send(expect=422, login=secrets["address"], password=secrets["new"])
            await browser.send(login=secrets["address"], password=secrets["password"])
        await network.settle()
    text = msgspec.json.encode(lines, enc_hook=repr).decode()
    assert text.count('"request"') >= 7
    assert [name for name, secret in secrets.items() if secret in text] == []


def app_fields(app: Any) -> dict[str, str]:
    return {"client_id": app["client_id"], "client_secret": app["client_secret"]}
