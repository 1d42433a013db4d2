"""The web app of a test's network in Debian's Chromium, as whoever, and what must hold wherever it is opened.

    async with app.open(alice, "/app/@bob", size=PHONE) as page:
        await check_accessible(page)

When a tab closes, nothing may have gone wrong in it: no error on the console or in a script, no request that
failed or was refused. What a test provokes it names before: `app.expect(r"503 .*/api/v1/statuses")`.
"""

import asyncio
import contextlib
import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Literal

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    Response,
    StorageState,
    ViewportSize,
)

from tests.browser import NARROW, Scheme, check_accessible, check_fits
from tests.network import PASSWORD, Network, Person

__all__ = [
    "DESKTOP",
    "NARROW",
    "PHONE",
    "App",
    "Scheme",
    "check_accessible",
    "check_fits",
    "settle",
    "tab_to",
]

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
SIGN_IN = re.compile(r"^(sign in|log in|anmelden)\b", re.IGNORECASE)
"""What the app offers to who isn't signed in."""
ACCOUNTS = "rostra.accounts"
"""Where the app keeps who is signed in (web/src/lib/session/accounts.svelte.ts)."""
SCOPES = "read write follow push"
"""What the app asks members for."""
STORED = f"JSON.parse(localStorage.getItem('{ACCOUNTS}') ?? '{{}}').current"
"""A script whose value is who is signed in."""
UNSETTLED = """!!document.querySelector('.spinner, [role=feed][aria-busy=true]')
    || [...document.querySelectorAll('[role=feed] > div > *')]
        .some((row) => row.style.visibility === 'hidden')"""
FOCUSED = "document.activeElement.outerHTML.slice(0, 200)"
SHOWS_FOCUS = """(() => {
    const element = document.activeElement;
    if (element === document.body || !element.matches(':focus-visible')) return true;
    const shown = (each) => {
        const { outlineStyle, boxShadow } = getComputedStyle(each);
        return outlineStyle !== 'none' || boxShadow !== 'none';
    };
    return [element, element.parentElement].some(shown);
})()"""
"""Whether an outline or a shadow tells where the focus is (WCAG 2.4.7)."""
QUIET = 10
"""So often in a row nothing is under way."""
LEFT = "net::ERR_ABORTED"
"""The page was left, or the app itself no longer wanted the answer."""


class App:
    """The web app of `network`; who is signed in once stays so in later tabs of the test.

    `installs`: its service worker is installed, which costs each tab half a second. `by_hand`: people sign
    in the way that members do it, so that the server's own pages know the browser, too; that costs more
    than a second.
    """

    def __init__(
        self, network: Network, browser: Browser, *, installs: bool = False, by_hand: bool = False
    ) -> None:
        self.network = network
        self.browser = browser
        self._installs = installs
        self._by_hand = by_hand
        self._states: dict[str, StorageState] = {}
        self._expected: list[re.Pattern[str]] = []

    def expect(self, pattern: str) -> None:
        """From now on, a problem in which `pattern` is found is none."""
        self._expected.append(re.compile(pattern))

    @asynccontextmanager
    async def open(
        self,
        person: Person | None,
        path: str = "/app/",
        *,
        size: ViewportSize = DESKTOP,
        scheme: Scheme = "light",
        language: str = "en",
        reduced_motion: Literal["reduce", "no-preference"] = "reduce",
    ) -> AsyncGenerator[Page]:
        """A tab of its own at `path`, in which `person` is signed in (None: nobody)."""
        state = await self.state(person) if person else None
        context = await self.browser.new_context(
            base_url=self.network.settings.base_url,
            storage_state=state,
            viewport=size,
            has_touch=size["width"] < 600,
            color_scheme=scheme,
            locale=language,
            reduced_motion=reduced_motion,
            service_workers="allow" if self._installs else "block",
        )
        problems = self._watch(context)
        try:
            page = await context.new_page()
            await page.goto(path)
            yield page
            self._judge(problems)
        finally:
            await context.close()

    async def state(self, person: Person) -> StorageState:
        """What a browser keeps in which `person` is signed in: made once."""
        if person.name not in self._states:
            make = self._sign_in if self._by_hand else self._signed_in
            self._states[person.name] = await make(person)
        return self._states[person.name]

    async def _sign_in(self, person: Person) -> StorageState:
        context = await self.browser.new_context(
            base_url=self.network.settings.base_url, locale="en", service_workers="block"
        )
        problems = self._watch(context)
        try:
            await sign_in(await context.new_page(), person)
            state = await context.storage_state(indexed_db=True)
            self._judge(problems)
        finally:
            await context.close()
        return state

    async def _signed_in(self, person: Person) -> StorageState:
        """What is kept after `sign_in`, but for the server's cookie (web/src/lib/session/sign-in.ts)."""
        server = self.network.settings.base_url
        registered = await self.network.anonymous.post(
            "/api/v1/apps",
            json={"client_name": "Rostra", "redirect_uris": f"{server}/app/", "scopes": SCOPES},
        )
        token = await self.network.token(
            person.account_id, tuple(SCOPES.split()), application_id=int(registered["id"])
        )
        account = await person.get("/api/v1/accounts/verify_credentials")
        key = f"{account['id']}@{self.network.settings.domain}"
        stored = {
            "key": key,
            "server": server,
            "token": token,
            "clientId": registered["client_id"],
            "clientSecret": registered["client_secret"],
            "scopes": SCOPES,
            "id": account["id"],
            "acct": f"{account['username']}@{self.network.settings.domain}",
            "displayName": account["display_name"] or account["username"],
            "avatar": account["avatar_static"],
        }
        kept = json.dumps({"current": key, "accounts": [stored]})
        return {
            "cookies": [],
            "origins": [{"origin": server, "localStorage": [{"name": ACCOUNTS, "value": kept}]}],
        }

    def _watch(self, context: BrowserContext) -> list[str]:
        """Everything that goes wrong in `context` from now on."""
        problems: list[str] = []

        def on_console(message: ConsoleMessage) -> None:
            # Of answers, `on_response` says more.
            if message.type == "error" and not message.text.startswith("Failed to load resource"):
                problems.append(f"console: {message.text}")

        def on_failure(request: Request) -> None:
            if request.failure != LEFT:
                problems.append(f"{request.failure} {request.method} {request.url}")

        def on_response(response: Response) -> None:
            if response.status >= 400:
                problems.append(f"{response.status} {response.request.method} {response.url}")

        context.on("console", on_console)
        context.on("weberror", lambda error: problems.append(f"script: {error.error}"))
        context.on("requestfailed", on_failure)
        context.on("response", on_response)
        return problems

    def _judge(self, problems: list[str]) -> None:
        found = [each for each in problems if not any(known.search(each) for known in self._expected)]
        assert not found, "\n".join(found)


async def settle(page: Page) -> None:
    """Wait until nothing is being loaded, and all rows of lists were measured; before, they are hidden."""
    quiet = 0
    for _ in range(200):
        quiet = 0 if await page.evaluate(UNSETTLED) else quiet + 1
        if quiet == QUIET:
            return
        await page.wait_for_timeout(50)
    raise AssertionError(f"{page.url} never comes to rest")


async def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until `wanted` has the focus, and see that the focus can be seen on all that is passed."""
    for _ in range(80):
        if await wanted.evaluate("(element) => element === document.activeElement"):
            return
        await page.keyboard.press(key)
        assert await page.evaluate(SHOWS_FOCUS), f"the focus can't be seen on {await page.evaluate(FOCUSED)}"
    raise AssertionError(f"{wanted} is never reached")


async def sign_in(page: Page, person: Person) -> None:
    """From the app's start to being signed in: the app asks the server, where the member signs in first."""
    await page.goto("/app/")
    await page.get_by_role("button", name=SIGN_IN).or_(page.get_by_role("link", name=SIGN_IN)).first.click()
    await give_password(page, person)
    await page.wait_for_url(re.compile(r"/app/"))
    async with asyncio.timeout(30):
        while True:  # `wait_for_function` would need a policy that lets texts run as scripts
            with contextlib.suppress(Error):  # the page is being left
                if await page.evaluate(STORED):
                    return
            await asyncio.sleep(0.02)


async def give_password(page: Page, person: Person) -> None:
    """On the page of the server that asks for it."""
    await page.wait_for_url(re.compile(r"/auth/sign_in\?"))
    await page.fill("#login", person.name)
    await page.fill("#password", PASSWORD)
    await page.keyboard.press("Enter")
