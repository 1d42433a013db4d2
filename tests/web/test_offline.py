"""Bad networks: what was read can be read, and what is done is sent later, once, in order."""

import asyncio
import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.network import Network, Person
from tests.web.app import App

pytestmark = [pytest.mark.slow, pytest.mark.installs]

CUT = r"ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|WebSocket|no-response"
"""What a browser says of a network that is away."""
KIND = re.compile(r"/(follow|favourite|bookmark|reblog|votes|statuses)$")
WORKER = "navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"


async def until(ask: Any) -> Any:
    """What `ask` answers, once it is true."""
    async with asyncio.timeout(20):
        while True:
            if found := await ask():
                return found
            await asyncio.sleep(0.1)


async def with_worker(page: Page) -> None:
    """Wait until the service worker keeps what is read, and read home again."""
    await until(lambda: page.evaluate(WORKER))
    await page.reload()


async def test_six_things_done_without_a_network_happen_once_when_it_is_back(live: Network, app: App) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    await alice.follow(bob)
    starred = await bob.publish("The first one")
    boosted = await bob.publish("The second one")
    voted = await bob.publish("Tea?", poll={"options": ["Yes", "No"], "expires_in": 3600})
    app.expect(CUT)
    async with app.open(alice) as page:
        await page.get_by_text("The first one").wait_for()
        await with_worker(page)
        await page.get_by_text("The first one").wait_for()
        await page.goto("/app/@carol")
        await page.get_by_role("button", name="Follow @carol").wait_for()
        await page.context.set_offline(True)
        await page.get_by_role("button", name="Follow @carol").click()
        await page.get_by_role("link", name="Home").click()
        await page.get_by_text("The first one").wait_for()
        first = page.get_by_role("article").filter(has_text="The first one")
        await first.get_by_role("button", name="Favourite").click()
        await first.get_by_role("button", name="Bookmark").click()
        second = page.get_by_role("article").filter(has_text="The second one")
        await boost(page, second)
        poll = page.get_by_role("article").filter(has_text="Tea?")
        await poll.get_by_label("Yes").check()
        await poll.get_by_role("button", name="Vote").click()
        await page.keyboard.press("Escape")
        await page.locator("body").press("c")
        await page.get_by_role("textbox", name="Text").fill("Written on a train")
        await page.keyboard.press("Control+Enter")
        await page.get_by_text("6 actions wait").wait_for()

        # The window is closed and opened again: nothing is lost, and all is shown as it was left.
        await page.reload()
        await first.wait_for()
        await expect(first.get_by_role("button", name="Favourite")).to_have_attribute("aria-pressed", "true")
        await expect(first.get_by_role("button", name="Bookmark")).to_have_attribute("aria-pressed", "true")
        await page.get_by_text("6 actions wait").wait_for()

        await expect(second.get_by_role("button", name="Boost or quote")).to_have_class(re.compile(r"\bon\b"))
        await expect(poll.get_by_role("button", name="Vote")).to_have_count(0)

        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
        await page.context.set_offline(False)
        await until(lambda: posted(alice))
        await expect(page.get_by_text("You are offline")).to_have_count(0)
    assert [each["content"] for each in await posted(alice)] == ["<p>Written on a train</p>"]
    assert (await bob.get(f"/api/v1/statuses/{starred['id']}"))["favourites_count"] == 1
    assert (await bob.get(f"/api/v1/statuses/{boosted['id']}"))["reblogs_count"] == 1
    assert (await bob.get(f"/api/v1/statuses/{voted['id']}"))["poll"]["votes_count"] == 1
    assert [each["id"] for each in await alice.get("/api/v1/bookmarks")] == [starred["id"]]
    (relationship,) = await alice.get("/api/v1/accounts/relationships", params={"id[]": carol.id})
    assert relationship["following"] is True
    kinds = [kind for url in sent if (kind := KIND.search(url))]
    assert [kind.group(1) for kind in kinds] == [
        "follow",
        "favourite",
        "bookmark",
        "reblog",
        "votes",
        "statuses",
    ]


async def boost(page: Page, article: Any) -> None:
    await article.get_by_role("button", name=re.compile("Boost")).click()
    await page.get_by_role("menuitem", name="Boost").click()


async def posted(person: Person) -> list[Any]:
    found = await person.get(f"/api/v1/accounts/{person.id}/statuses", params={"exclude_reblogs": True})
    return [each for each in found if each["reblog"] is None]


async def test_what_was_read_can_be_read_without_a_network(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    status = await bob.publish("Something to read on the train")
    app.expect(CUT)
    async with app.open(alice) as page:
        await page.get_by_text("Something to read on the train").wait_for()
        await with_worker(page)
        await page.get_by_text("Something to read on the train").click()
        await page.wait_for_url(re.compile(status["id"]))
        await page.get_by_role("heading", name="Post").wait_for()
        await page.context.set_offline(True)
        await page.goto("/app/")
        await page.get_by_text("Something to read on the train").wait_for()
        await page.get_by_text("You are offline").wait_for()
        await page.goto(f"/app/@bob/{status['id']}")
        await page.get_by_text("Something to read on the train").wait_for()


async def test_what_is_taken_back_before_it_was_sent_never_happens(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    status = await bob.publish("Look at this")
    app.expect(CUT)
    async with app.open(alice) as page:
        star = page.get_by_role("button", name="Favourite")
        await star.wait_for()
        await page.context.set_offline(True)
        await star.click()
        await page.get_by_text("1 action waits").wait_for()
        await star.click()
        await expect(page.get_by_text("1 action waits")).to_have_count(0)
        await page.context.set_offline(False)
        await page.wait_for_timeout(500)
    await live.settle()
    assert (await bob.get(f"/api/v1/statuses/{status['id']}"))["favourites_count"] == 0
    assert [each["type"] for each in await bob.get("/api/v1/notifications")] == ["follow"]


async def test_a_post_that_the_server_refuses_is_kept_for_its_author(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    parent = await bob.publish("Soon gone")
    app.expect(r"4\d\d POST .*/api/v1/statuses")
    async with app.open(alice, f"/app/@bob/{parent['id']}") as page:
        await page.get_by_role("button", name="Reply").click()
        await page.get_by_role("textbox", name="Text").fill("@bob too late")
        await bob.delete(f"/api/v1/statuses/{parent['id']}")
        app.expect(r"404 ")
        await page.get_by_role("button", name="Post", exact=True).click()
        await page.get_by_text("The server refused your post").wait_for()
        await page.goto("/app/drafts")
        await page.get_by_text("@bob too late").first.wait_for()


@pytest.mark.by_hand
async def test_whoever_was_signed_out_meanwhile_loses_nothing(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    status = await bob.publish("Look at this")
    app.expect(r"401 ")
    app.expect(CUT)
    async with app.open(alice) as page:
        star = page.get_by_role("button", name="Favourite")
        await star.wait_for()
        await alice.post("/api/rostra/v1/tokens/invalidate_others")  # on another device
        await star.click()
        await page.get_by_text("You were signed out here").wait_for()
        await expect(star).to_have_attribute("aria-pressed", "true")
        await page.get_by_role("button", name="Sign in again").click()
        # The browser itself is still signed in, so the server asks for nothing.
        await until(lambda: favourites(bob, status["id"]))
        await expect(page.get_by_text("You were signed out here")).to_have_count(0)


async def favourites(person: Person, status_id: str) -> int:
    return (await person.get(f"/api/v1/statuses/{status_id}"))["favourites_count"]
