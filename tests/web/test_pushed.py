"""Clicks on notifications: they open what they are about, for the right one of several accounts."""

import json
import re
from typing import Any

import pytest
from playwright.async_api import Page, Worker, expect

from tests.network import Network, Person
from tests.web.app import ACCOUNTS, App
from tests.web.test_accounts import add_account, switch
from tests.web.test_installed import push, worker
from tests.web.test_offline import favourites, until

pytestmark = [pytest.mark.slow, pytest.mark.installs]

SHOWN = "async () => (await self.registration.getNotifications()).length"
CLICK = """async (action) => {
    const [notification] = await self.registration.getNotifications();
    const event = new NotificationEvent('notificationclick', { notification, action });
    const works = [];
    Object.defineProperty(event, 'waitUntil', { value: (work) => works.push(work) });
    const wanted = [];
    self.clients.openWindow = async (path) => wanted.push(path);
    self.dispatchEvent(event);
    await Promise.allSettled(works);
    return wanted[0] ?? null;
}"""
"""As when somebody clicks on it. Browsers open and focus windows only after real clicks: which one was wanted
is returned."""


async def key_of(page: Page, person: Person) -> tuple[str, str]:
    """The account's key in the browser, and its token there."""
    stored = json.loads(await page.evaluate(f"localStorage.getItem('{ACCOUNTS}')"))
    (found,) = [each for each in stored["accounts"] if each["acct"].startswith(f"{person.name}@")]
    return found["key"], found["token"]


async def notify(page: Page, person: Person) -> Worker:
    """Push `person`'s newest mention. Returns the worker that shows it."""
    await person.network.settle()
    mention = (await person.get("/api/v1/notifications?types[]=mention"))[0]
    _, token = await key_of(page, person)
    data: dict[str, Any] = {
        "access_token": token,
        "notification_id": mention["id"],
        "notification_type": "mention",
        "preferred_locale": "en",
        "title": "A mention",
        "body": "Look",
    }
    registration = await worker(page)
    await page.context.grant_permissions(["notifications"])
    await push(page, registration, data)
    (active,) = page.context.service_workers
    await until(lambda: active.evaluate(SHOWN))
    return active


async def test_a_click_opens_the_thread_with_the_account_that_was_told(
    live: Network, elsewhere: Network, app: App
) -> None:
    alice, bob = await live.people("alice", "bob")
    zoe, yan = await elsewhere.people("zoe", "yan")
    for_alice = await bob.publish("@alice The tide is high")
    for_zoe = await yan.publish("@zoe The moon is full")
    async with app.open(alice) as page:
        await add_account(page, elsewhere, zoe)

        await (await notify(page, alice)).evaluate(CLICK, "")
        await page.get_by_text("The tide is high").wait_for()
        await page.wait_for_url(re.compile(rf"/app/@bob/{for_alice['id']}$"))

        await (await notify(page, zoe)).evaluate(CLICK, "")
        await page.get_by_text("The moon is full").wait_for()
        await page.wait_for_url(re.compile(rf"/app/@yan/{for_zoe['id']}$"))
        await expect(page.get_by_text("The tide is high")).to_have_count(0)


async def test_a_window_that_a_click_opens_stays_with_the_account_one_changes_to(
    live: Network, elsewhere: Network, app: App
) -> None:
    alice, bob = await live.people("alice", "bob")
    zoe = await elsewhere.person("zoe")
    status = await bob.publish("@alice The tide is high")
    async with app.open(alice) as page:
        await add_account(page, elsewhere, zoe)
        active = await notify(page, alice)
        await page.goto("about:blank")
        wanted = await active.evaluate(CLICK, "")
        await page.goto(wanted)
        await page.get_by_text("The tide is high").wait_for()
        await page.wait_for_url(re.compile(rf"/app/@bob/{status['id']}$"))
        await page.get_by_role("link", name="Home").click()
        await switch(page, "zoe")
        await expect(page.get_by_text("The tide is high")).to_have_count(0)
        await page.reload()
        await page.get_by_role("heading", name="Home").wait_for()
        key, _ = await key_of(page, zoe)
        assert await page.evaluate("sessionStorage.getItem('rostra.current')") == key


async def test_a_button_of_a_notification_favourites_without_opening_anything(
    live: Network, app: App
) -> None:
    alice, bob = await live.people("alice", "bob")
    status = await bob.publish("@alice The tide is high")
    async with app.open(alice) as page:
        await page.get_by_role("heading", name="Home").wait_for()
        active = await notify(page, alice)
        assert await active.evaluate(CLICK, "favourite") is None
        assert await favourites(bob, status["id"]) == 1
        assert page.url.endswith("/app/")
