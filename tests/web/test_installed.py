"""The app as one that is installed: it may be, it wakes for pushes, and opens what they are about."""

import json
from typing import Any

import pytest
from playwright.async_api import Page

from tests.network import Network
from tests.web.app import ACCOUNTS, PHONE, App

pytestmark = [pytest.mark.slow, pytest.mark.installs]

TITLES = """(async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await registration.getNotifications();
    return shown.map((each) => [each.title, each.body, each.actions.map((action) => action.action)]);
})()"""


async def test_browsers_offer_to_install_it(live: Network, app: App) -> None:
    async with app.open(await live.person("alice"), size=PHONE) as page:
        await page.get_by_role("heading", name="Home").wait_for()
        await worker(page)
        session = await page.context.new_cdp_session(page)
        errors = (await session.send("Page.getInstallabilityErrors"))["installabilityErrors"]
        # Browsers of tests are like private windows, from which nothing is installed.
        assert [each["errorId"] for each in errors if each["errorId"] != "in-incognito"] == []
        manifest = json.loads((await session.send("Page.getAppManifest"))["data"])
        assert manifest["name"] == "Harbour"
        assert manifest["display"] == "standalone"
        assert {"192x192", "512x512"} <= {each["sizes"] for each in manifest["icons"]}


async def test_a_push_is_shown_and_opens_the_thread_that_it_is_about(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("@alice The tide is high")
    await live.settle()
    (notification,) = await alice.get("/api/v1/notifications?types[]=mention")
    async with app.open(alice) as page:
        await page.get_by_role("heading", name="Home").wait_for()
        registration = await worker(page)
        await page.context.grant_permissions(["notifications"])
        await push(page, registration, await payload(page, notification, "bob mentioned you"))
        shown: list[Any] = []
        for _ in range(100):
            shown = await page.evaluate(TITLES)
            if shown:
                break
            await page.wait_for_timeout(50)
        assert shown == [["bob mentioned you", "The tide is high", ["favourite", "reblog"]]]


async def payload(page: Page, notification: Any, title: str) -> dict[str, Any]:
    """What the server sends for `notification` (https://docs.joinmastodon.org/methods/push/)."""
    stored = await page.evaluate(f"localStorage.getItem('{ACCOUNTS}')")
    (account,) = json.loads(stored)["accounts"]
    return {
        "access_token": account["token"],
        "notification_id": notification["id"],
        "notification_type": notification["type"],
        "preferred_locale": "en",
        "title": title,
        "body": "The tide is high",
    }


async def worker(page: Page) -> str:
    """Wait until the service worker is at work. Returns the id of its registration."""
    session = await page.context.new_cdp_session(page)
    found: list[str] = []

    def on_registrations(event: Any) -> None:
        found.extend(each["registrationId"] for each in event["registrations"] if not each["isDeleted"])

    session.on("ServiceWorker.workerRegistrationUpdated", on_registrations)
    await session.send("ServiceWorker.enable")
    for _ in range(400):
        if found and await page.evaluate("!!navigator.serviceWorker.controller"):
            return found[-1]
        await page.wait_for_timeout(50)
    raise AssertionError("The service worker did not start")


async def push(page: Page, registration: str, data: dict[str, Any]) -> None:
    """Deliver a push message, as the browser's push service does."""
    session = await page.context.new_cdp_session(page)
    await session.send("ServiceWorker.enable")
    await session.send(
        "ServiceWorker.deliverPushMessage",
        {
            "origin": await page.evaluate("location.origin"),
            "registrationId": registration,
            "data": json.dumps(data),
        },
    )
