"""Logging in and out, and what attackers try there."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from rostra.accounts.sessions import actions
from rostra.core.settings import Settings, load
from rostra.pages import auth_forms
from tests.auth.support import Browser
from tests.network import PASSWORD, Network


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Any) -> Settings:
    overrides = getattr(request, "param", {})
    base = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**base, **overrides}, environ={})


limited = pytest.mark.parametrize("settings", [{"rate_limits": True}], indirect=True)
public = pytest.mark.parametrize("settings", [{"domain": "social.example"}], indirect=True)


async def test_one_logs_in_with_name_or_address_whatever_their_case(network: Network) -> None:
    await network.person("Alice")
    for login in ("Alice", "aLICE", "@alice", "alice@people.example", " ALICE@People.Example "):
        browser = Browser(network)
        await browser.open("/auth/sign_in")
        await browser.send(login=login, password=PASSWORD)
        assert await browser.is_signed_in(), login


async def test_wrong_name_and_wrong_password_get_the_same_answer(network: Network) -> None:
    await network.person("alice")
    seen: set[str] = set()
    for login, password in (
        ("alice", "wrong password"),
        ("nobody", PASSWORD),
        ("nobody@people.example", PASSWORD),
        ("alıce", PASSWORD),
        ("alice", ""),
        ("", ""),
        ("alice", "x" * 4000),
        ("alice%", PASSWORD),
    ):
        browser = Browser(network)
        await browser.open("/auth/sign_in")
        await browser.send(422, login=login, password=password)
        seen.add(browser.page.text("#login-error"))
        assert not await browser.is_signed_in()
    assert len(seen) == 1


async def test_an_unknown_name_costs_a_password_check_too(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str | None] = []

    async def verify(password: str, stored: str | None) -> bool:
        checked.append(stored)
        return False

    monkeypatch.setattr(actions, "verify_password", verify)
    browser = Browser(network)
    await browser.open("/auth/sign_in")
    await browser.send(422, login="nobody", password=PASSWORD)
    assert checked == [None]


async def test_the_session_is_a_fresh_token_kept_as_a_hash(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    browser.http.cookies.set("session", "planted-by-mallory-0123456789012345", domain="localhost.local")
    await browser.log_in("alice")
    token = browser.http.cookies["session"]
    assert "planted" not in token
    async with network.services.db.connection() as tx:
        rows = await (await tx.execute("select * from web_sessions")).fetchall()
    assert len(rows) == 1
    assert token not in repr(rows)

    await browser.open("/auth/sign_in?force=1")
    await browser.send(login="alice", password=PASSWORD)
    assert browser.http.cookies["session"] != token
    old = Browser(network)
    old.http.cookies.set("session", token)
    assert not await old.is_signed_in()


@public
async def test_on_a_public_network_cookies_are_safe_from_scripts_and_subdomains(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.open("/auth/sign_in")
    await browser.send(login="alice", password=PASSWORD)
    form = (await browser.http.get("/auth/password")).headers.get("set-cookie", "")
    assert form == ""  # the one for forms is there already
    for name in ("__Host-session", "__Host-forms"):
        assert any(cookie.name == name and cookie.secure for cookie in browser.http.cookies.jar), name
    response = await Browser(network).http.get("/auth/sign_in")
    for part in ("__Host-forms=", "HttpOnly", "Secure", "Path=/", "SameSite=lax"):
        assert part in response.headers["set-cookie"]
    assert "Domain" not in response.headers["set-cookie"]


async def test_logging_out_ends_the_session_on_the_server(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    token = browser.http.cookies["session"]
    await browser.open("/auth/sign_out")
    assert await browser.is_signed_in()  # a link alone does nothing
    await browser.send()
    assert not await browser.is_signed_in()
    browser.http.cookies.set("session", token)
    assert not await browser.is_signed_in()


async def test_nobody_is_sent_to_another_site(network: Network) -> None:
    await network.person("alice")
    for target in (
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "@evil.example",
        "",
    ):
        browser = Browser(network)
        response = await browser.http.get("/auth/sign_in", params={"next": target})
        assert response.status_code == 200
        browser.response, browser.url = response, str(response.url)
        await browser.send(404 if "%09" in target else 200, login="alice", password=PASSWORD)
        assert urlsplit(browser.url).netloc in ("", "localhost:8420"), target
        assert "location" not in browser.response.headers, target


async def test_a_form_from_elsewhere_changes_nothing(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    await browser.open("/auth/sign_out")
    token = browser.csrf

    other = Browser(network)
    await other.open("/auth/sign_in")
    stolen = other.csrf
    for fields, headers in (
        ({"other": "1"}, {}),
        ({"csrf": ""}, {}),
        ({"csrf": "x.y"}, {}),
        ({"csrf": stolen}, {}),
        ({"csrf": token}, {"Origin": "https://evil.example"}),
        ({"csrf": token}, {"Origin": "null"}),
        ({"csrf": token}, {"Origin": "http://localhost:8420.evil.example"}),
        ({"csrf": token}, {"Sec-Fetch-Site": "cross-site"}),
        ({"csrf": token}, {"Sec-Fetch-Site": "same-site"}),
    ):
        response = await browser.post("/auth/sign_out", fields, **headers)
        assert response.status_code == 403, (fields, headers)
        assert "Set-Cookie" not in response.headers
    assert await browser.is_signed_in()
    assert (await browser.post("/auth/sign_out", {"csrf": token})).status_code == 303
    assert not await browser.is_signed_in()


async def test_what_is_no_form_is_refused(network: Network) -> None:
    browser = Browser(network)
    await browser.open("/auth/sign_in")
    token = browser.csrf
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for content, headers, status in (
        (b"{}", {"Content-Type": "application/json"}, 400),
        (b"csrf=" + token.encode(), {}, 400),
        (b"\xff\xfe=1", form, 400),
        (b"a=%ff", form, 400),
        (b"csrf=" + token.encode() + b"&login=a%00b&password=x", form, 400),
        (b"a=1&" * 100, form, 400),
        (b"csrf=" + token.encode() + b"&login=" + b"a" * 300, form, 400),
        (b"a=" + b"x" * 70_000, form, 413),
    ):
        response = await browser.http.post("/auth/sign_in", content=content, headers=headers)
        assert response.status_code == status, content[:50]


async def test_a_form_that_never_comes_is_given_up(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auth_forms, "SECONDS", 0.1)

    async def body() -> AsyncIterator[bytes]:
        yield b"login="
        await asyncio.Event().wait()

    async with asyncio.timeout(15):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        response = await Browser(network).http.post("/auth/sign_in", content=body(), headers=headers)
    assert response.status_code == 408


@limited
async def test_guessing_a_password_ends_soon_and_does_not_keep_its_owner_out(network: Network) -> None:
    await network.person("alice")
    mallory = Browser(network, "203.0.113.9")
    for attempt in range(10):
        await mallory.open("/auth/sign_in")
        await mallory.send(422, login=("alice", "ALICE ", "@alice")[attempt % 3], password=f"guess {attempt}")
    await mallory.open("/auth/sign_in")
    await mallory.send(429, login="ALICE", password=PASSWORD)  # right, but too late
    assert int(mallory.response.headers["retry-after"]) > 0
    assert not await mallory.is_signed_in()
    await Browser(network).log_in("alice")


@limited
async def test_one_network_can_not_try_many_names(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    async def wrong(password: str, stored: str | None) -> bool:
        return False

    monkeypatch.setattr(actions, "verify_password", wrong)
    statuses: list[int] = []
    for attempt in range(31):
        mallory = Browser(network, f"2001:db8:0:1::{attempt:x}")
        await mallory.open("/auth/sign_in")
        token = mallory.csrf
        form = {"csrf": token, "login": f"name{attempt}", "password": "1"}
        statuses.append((await mallory.post("/auth/sign_in", form)).status_code)
    assert statuses == [422] * 30 + [429]


async def test_a_disabled_members_sessions_and_tokens_are_dead_everywhere(network: Network) -> None:
    alice = await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    await alice.home()
    async with network.services.db.connection() as tx:
        await actions.disable_member(tx, network.services.bus, alice.account_id)
    assert not await browser.is_signed_in()
    await alice.get("/api/v1/timelines/home", 401)
    await browser.open("/auth/sign_in")
    await browser.send(403, login="alice", password=PASSWORD)
    assert browser.heading == "This account is disabled"
    async with network.services.db.connection() as tx:
        await tx.execute("update users set disabled_at = null")
    assert not await browser.is_signed_in()


async def test_a_suspended_member_is_out_even_with_a_session(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    async with network.services.db.connection() as tx:
        await tx.execute("update accounts set suspended_at = now()")
    assert not await browser.is_signed_in()


async def test_a_session_ends_when_it_is_not_used_for_long(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    async with network.services.db.connection() as tx:
        await tx.execute(
            "update web_sessions set expires_at = now() + interval '1 day',"
            " last_used_at = now() - interval '59 days'"
        )
        assert await browser.is_signed_in()
        left = await (await tx.execute("select expires_at - now() from web_sessions")).fetchone()
        assert left is not None
        assert left[0].days >= 59
        await tx.execute("update web_sessions set expires_at = now()")
    assert not await browser.is_signed_in()


async def test_odd_cookies_are_nobody(network: Network) -> None:
    for value in ("", "x", "x" * 5000, "%00", "\u00e4".encode().decode("latin-1")):
        response = await network.http.get(
            "/settings", headers={b"Cookie": b"session=" + value.encode("latin-1")}
        )
        assert response.status_code == 303
        assert response.headers["location"] == "/auth/sign_in?next=/settings"
