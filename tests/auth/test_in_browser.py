"""Signing up, in and out, consent and second factors in a real browser; each page accessible."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.async_api import Browser, CDPSession, Page, ViewportSize
from pyotp.totp import TOTP

from rostra.accounts import signup
from rostra.core.settings import Settings
from tests.auth.support import link_in_mail
from tests.auth.test_consent import OUT_OF_BAND, ask
from tests.auth.test_oauth_tokens import exchange, register
from tests.browser import DESKTOP, NARROW, PHONE, Scheme, check_accessible, check_fits, open_everything, tab
from tests.live import live_settings
from tests.network import PASSWORD, Client, Network

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    overrides = {"confirm_email": True, **getattr(request, "param", {})}
    return live_settings(tmp_path, title="Harbour", contact_email="hello@harbour.example", **overrides)


async def log_in(page: Page, name: str = "alice", path: str = "/settings") -> None:
    await page.goto(f"/auth/sign_in?next={path}")
    await page.fill("#login", name)
    await page.fill("#password", PASSWORD)
    await page.click("form:first-of-type .button")
    await page.wait_for_url(lambda url: not url.partition("?")[0].endswith("/auth/sign_in"))


@asynccontextmanager
async def authenticator(page: Page) -> AsyncGenerator[tuple[CDPSession, str]]:
    """A passkey maker that always finds the right finger."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("WebAuthn.enable")
    made = await devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield devtools, made["authenticatorId"]


async def test_from_sign_up_to_the_first_post_of_an_app(live: Network, browser: Browser) -> None:
    app = await register(live, redirect_uris=OUT_OF_BAND)
    async with tab(browser, live, size=PHONE) as page:
        await page.goto("/")
        await page.click("main a.button:first-of-type")
        await page.fill("#username", "alice")
        await page.fill("#email", "alice@people.example")
        await page.fill("#password", PASSWORD)
        await page.check("#agreement")
        await page.click("main .button")
        await page.wait_for_url("**/auth/check_mail")
        await page.goto(await link_in_mail(live, "alice@people.example"))
        await page.click("main a.button[href='/auth/sign_in']")

        await page.goto(ask(app, redirect_uri=OUT_OF_BAND))
        await page.fill("#login", "alice")
        await page.fill("#password", PASSWORD)
        await page.keyboard.press("Enter")
        await page.click("button[value=allow]")
        code = await page.text_content("#code") or ""

        form = exchange(app, code, redirect_uri=OUT_OF_BAND)
        token = await live.anonymous.post("/oauth/token", data=form)
        alice = Client(live, token["access_token"])
        await alice.post("/api/v1/statuses", json={"status": "Hello from my app"})
        await page.goto("/@alice")
        assert "Hello from my app" in (await page.text_content("main") or "")

        await page.goto("/auth/sign_out")
        await page.click("main button")
        await page.wait_for_url(live.settings.base_url + "/")
        assert await page.locator("header a[href='/settings']").count() == 0


async def test_a_password_can_be_looked_at_and_is_hidden_again_when_it_is_sent(
    live: Network, browser: Browser
) -> None:
    await live.person("alice")
    async with tab(browser, live, size=PHONE) as page:
        await page.goto("/auth/sign_in")
        await page.fill("#login", "alice")
        await page.fill("#password", "wrong password")
        button = page.get_by_role("button", name="Show Password")
        await button.click()
        assert await page.get_attribute("#password", "type") == "text"
        await page.evaluate(
            "document.querySelector('#password').form.addEventListener('submit', e => e.preventDefault())"
        )
        await page.focus("#password")
        await page.keyboard.press("Enter")
        assert await page.get_attribute("#password", "type") == "password"
    async with tab(browser, live, size=PHONE) as page:
        await page.goto("/auth/sign_in")
        await page.fill("#login", "alice")
        await page.fill("#password", "wrong password")
        await page.keyboard.press("Enter")
        await page.wait_for_selector("#login-error")
        assert await page.evaluate("document.activeElement.id") == "login"
    async with tab(browser, live, javascript=False) as page:
        await page.goto("/auth/sign_in")
        assert await page.locator("[data-reveal]").count() == 1
        assert not await page.locator("[data-reveal]").is_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
async def test_consent_sends_the_browser_on_to_the_app(
    live: Network, browser: Browser, javascript: bool
) -> None:
    """The content security policy must let the form lead to the app, with and without scripts."""
    await live.person("alice")
    async with tab(browser, live, javascript=javascript) as page:
        await page.route("https://app.example/**", lambda route: route.fulfill(body="the app"))
        app = await register(live, redirect_uris="https://app.example/callback")
        await log_in(page, path="/settings")
        await page.goto(ask(app, state="s"))
        await page.click("button[value=allow]")
        await page.wait_for_url("https://app.example/callback?code=*&state=s")


async def test_an_authenticator_app_and_recovery_codes(live: Network, browser: Browser) -> None:
    await live.person("alice")
    async with tab(browser, live, javascript=False) as page:
        await log_in(page)
        await page.click("a[href='/settings/two_factor']")
        await page.click("a[href='/settings/two_factor/totp']")
        secret = (await page.text_content(".code-box") or "").replace(" ", "").strip()
        await page.fill("#code", TOTP(secret).now())
        await page.click("main .button:first-child")
        codes = await page.locator(".codes li").all_text_contents()
        await page.goto("/auth/sign_out")
        await page.click("main button")
        await log_in(page)
        assert await page.text_content("h1") == "One more step"
        await page.fill("#code", codes[0])
        await page.click("main .button")
        await page.wait_for_url(live.settings.base_url + "/settings")


async def test_a_passkey_is_enough_alone_and_a_second_factor_beside_the_password(
    live: Network, browser: Browser
) -> None:
    await live.person("alice")
    async with tab(browser, live) as page, authenticator(page) as (devtools, authenticator_id):
        await log_in(page, path="/settings/two_factor/passkey")
        await page.fill("#name", "My ring")
        await page.click("form[data-passkey] .button:first-child")
        await page.wait_for_selector(".codes li")
        await page.click("main .button[href='/settings/two_factor']")
        assert "My ring" in (await page.text_content(".rows") or "")
        kept = await devtools.send("WebAuthn.getCredentials", {"authenticatorId": authenticator_id})
        assert [key["rpId"] for key in kept["credentials"]] == ["localhost"]

        await page.context.clear_cookies()
        await page.goto("/auth/sign_in?next=/settings/apps")
        await page.click("form[data-passkey] .button")
        await page.wait_for_url(live.settings.base_url + "/settings/apps")

        await page.context.clear_cookies()
        await log_in(page)
        assert await page.text_content("h1") == "One more step"
        await page.click("form[data-passkey] .button")
        await page.wait_for_url(live.settings.base_url + "/settings")

        # Present, but nobody's finger: not enough alone, enough after the password.
        await devtools.send(
            "WebAuthn.setUserVerified", {"authenticatorId": authenticator_id, "isUserVerified": False}
        )
        await page.context.clear_cookies()
        await page.goto("/auth/sign_in")
        await page.click("form[data-passkey] .button")
        await page.wait_for_selector("[data-passkey-error]:not([hidden])")
        await log_in(page)
        await page.click("form[data-passkey] .button")
        await page.wait_for_url(live.settings.base_url + "/settings")

        await page.goto("/settings/two_factor")
        await page.click(".rows .button-danger")
        await page.wait_for_selector(".rows", state="detached")
        await page.context.clear_cookies()
        await devtools.send(
            "WebAuthn.setUserVerified", {"authenticatorId": authenticator_id, "isUserVerified": True}
        )
        await page.goto("/auth/sign_in")
        await page.click("form[data-passkey] .button")
        await page.wait_for_selector("#login-error")
        assert "was removed" in (await page.text_content("#login-error") or "")
        await log_in(page)
        await page.wait_for_url(live.settings.base_url + "/settings")


ADD_PASSKEY = """
async ([here, token, password]) => {
  const post = async (path, body) => {
    const headers = { Authorization: `Bearer ${token}`, "Content-Type": "application/json" };
    const answer = await fetch(here + path, { method: "POST", headers, body: JSON.stringify(body) });
    return [answer.status, await answer.json()];
  };
  const [, begun] = await post("/passkeys/options", { password });
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(begun.options);
  const made = await navigator.credentials.create({ publicKey });
  const body = { token: begun.token, credential: JSON.stringify(made.toJSON()), name: "My ring" };
  return [await post("/passkeys", body), await post("/passkeys", body)];
}
"""


async def test_a_passkey_that_was_added_by_api_signs_in(live: Network, browser: Browser) -> None:
    alice = await live.person("alice")
    here = "/api/rostra/v1/second_factors"
    async with tab(browser, live) as page, authenticator(page):
        await page.goto("/about")
        (status, added), (again, _) = await page.evaluate(ADD_PASSKEY, [here, alice.token, PASSWORD])
        assert status == 200
        assert len(added["recovery_codes"]) == 10
        assert again == 422  # its challenge is used up
        assert [key["name"] for key in (await alice.get(here))["passkeys"]] == ["My ring"]
        await page.goto("/auth/sign_in?next=/settings/apps")
        await page.click("form[data-passkey] .button")
        await page.wait_for_url(live.settings.base_url + "/settings/apps")


async def test_a_passkeys_answer_can_not_be_used_twice_nor_by_another(
    live: Network, browser: Browser
) -> None:
    await live.people("alice", "bob")
    async with tab(browser, live) as page, authenticator(page):
        await log_in(page, path="/settings/two_factor/passkey")
        await page.click("form[data-passkey] .button:first-child")
        await page.wait_for_selector(".codes li")
        await page.context.clear_cookies()

        await page.goto("/auth/sign_in")
        async with page.expect_request("**/auth/passkey?*") as sent:
            await page.click("form[data-passkey] .button")
        request = await sent.value
        await page.wait_for_url(live.settings.base_url + "/")
        replayed = dict(pair.split("=", 1) for pair in (request.post_data or "").split("&"))
        await page.goto("/auth/sign_in?force=1")
        cookies = "; ".join(
            f"{cookie.get('name')}={cookie.get('value')}" for cookie in await page.context.cookies()
        )
        csrf = await page.input_value("form[data-passkey] [name=csrf]")
        body = f"{urlencode({'csrf': csrf})}&credential={replayed['credential']}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        again = await live.http.post("/auth/passkey", content=body, headers=headers)
        assert again.status_code == 422

        # Bob's password, Alice's passkey.
        async with live.services.db.connection() as tx:
            await tx.execute(
                """
                insert into passkeys (id, user_id, credential_id, public_key, name)
                select 1, account_id, 'x', 'x', 'x' from users where email = 'bob@people.example'
                """
            )
        await page.context.clear_cookies()
        await log_in(page, "bob")
        assert await page.text_content("h1") == "One more step"
        await page.click("form[data-passkey] .button")
        await page.wait_for_selector("[data-passkey-error]:not([hidden])")


async def look_at(network: Network, page: Page) -> list[str]:
    """Sign in as the operator of a network where there is something to see; returns the paths to look at."""
    await network.person("alice", role="owner")
    bob = await network.person("bob")
    async with network.services.db.connection() as tx:
        await tx.execute(
            "update users set approved_at = null, sign_up_reason = %s where account_id = %s",
            ("Donaudampfschifffahrtsgesellschaft " * 20, bob.account_id),
        )
    app = await register(
        network, client_name="A" * 60, website="https://app.example", scopes="read write follow push"
    )
    await log_in(page)
    await page.goto("/settings/invites")
    await page.click("main form.card .button")
    await page.wait_for_selector("main code")
    code = (await page.text_content("main code") or "").strip().rpartition("/")[2]
    parts = (
        "password email sessions apps invites delete sign_ups two_factor two_factor/totp two_factor/passkey"
    )
    return [
        "/settings",
        *(f"/settings/{part}" for part in parts.split()),
        "/auth/confirm_password",
        "/auth/sign_out",
        ask(app, scope="read write follow push"),
        ask(app, redirect_uri="https://evil.example/"),
        "/oauth/authorize/native?code=" + "x" * 43,
        "/auth/sign_in?force=1",
        "/auth/password",
        "/auth/check_mail",
        "/auth/confirm?token=x",
        f"/invite/{code}",
        "/invite/nonsense",
    ]


async def outside(network: Network) -> list[str]:
    """Paths that only those see who are not signed in."""
    async with network.services.db.connection() as tx:
        await tx.execute("delete from users where role = 'owner'")
        token = await signup.create_setup_token(tx)
    return ["/auth/sign_up", f"/setup/{token}"]


@pytest.mark.parametrize("settings", [{"registration": "approval"}], indirect=True)
@pytest.mark.parametrize(
    ("size", "scheme", "language"),
    [(PHONE, "light", "de"), (DESKTOP, "dark", "en"), (PHONE, "dark", "en"), (DESKTOP, "light", "de")],
    ids=["phone-light", "desktop-dark", "phone-dark", "desktop-light"],
)
async def test_every_page_is_accessible(
    live: Network, browser: Browser, size: ViewportSize, scheme: Scheme, language: str
) -> None:
    async with tab(browser, live, size=size, scheme=scheme, language=language) as page:
        for path in await look_at(live, page):
            await page.goto(path)
            await open_everything(page)
            await check_accessible(page)
        await page.context.clear_cookies()
        for path in await outside(live):
            await page.goto(path)
            await check_accessible(page)
            await page.evaluate(
                "document.querySelectorAll('form').forEach(form => { form.noValidate = true })"
            )
            await page.click("main .button")
            await page.wait_for_selector("#username-error")
            await check_accessible(page)


@pytest.mark.parametrize("settings", [{"registration": "approval"}], indirect=True)
async def test_nothing_sticks_out_in_a_window_of_320_pixels(live: Network, browser: Browser) -> None:
    async with tab(browser, live, size=NARROW, language="de") as page:
        for path in await look_at(live, page):
            await page.goto(path)
            await open_everything(page)
            await check_fits(page)
        await page.context.clear_cookies()
        for path in await outside(live):
            await page.goto(path)
            await check_fits(page)
