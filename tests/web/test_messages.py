"""Messages: an inbox of conversations, and each of them as a talk."""

import pytest
from playwright.async_api import ViewportSize, expect

from tests.network import Network
from tests.web.app import PHONE, App, check_accessible, check_fits

pytestmark = pytest.mark.slow


async def test_a_conversation_is_read_and_answered_as_a_talk(
    live: Network, app: App, size: ViewportSize
) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("@alice Is the boat ready?", visibility="direct")
    await live.settle()
    async with app.open(alice, size=size) as page:
        messages = page.get_by_role("link", name="Messages")
        await expect(messages).to_contain_text("1 unread")
        await messages.click()
        await check_accessible(page)
        await page.get_by_role("link", name="Is the boat ready?").click()
        await page.get_by_role("heading", name="bob", level=1).wait_for()
        asked = page.get_by_role("article", name="Message by bob")
        await expect(asked.get_by_text("Is the boat ready?", exact=True)).to_be_visible()
        await expect(messages).not_to_contain_text("unread")
        box = page.get_by_role("textbox", name="Write a message")
        await box.fill("Nearly. The paint is drying.")
        await page.get_by_role("button", name="Send", exact=True).click()
        await page.get_by_role("article", name="Your message").get_by_text("Nearly.").wait_for()
        await expect(box).to_have_value("")
        await check_accessible(page)
        await check_fits(page)
        (conversation,) = await bob.get("/api/v1/conversations")
        answer = conversation["last_status"]
        assert answer["visibility"] == "direct"
        assert [each["acct"] for each in answer["mentions"]] == ["bob"]
        await bob.publish("@alice Good.", visibility="direct", in_reply_to_id=answer["id"])
        await expect(asked.get_by_text("Good.")).to_be_in_viewport()
    (conversation,) = await alice.get("/api/v1/conversations")
    assert not conversation["unread"]


async def test_naming_somebody_in_a_conversation_does_not_let_them_in(live: Network, app: App) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    await alice.follow(bob)
    await bob.publish("@alice A surprise?", visibility="direct")
    await live.settle()
    (conversation,) = await alice.get("/api/v1/conversations")
    async with app.open(alice, f"/app/messages/{conversation['id']}") as page:
        box = page.get_by_role("textbox", name="Write a message")
        await box.fill("For @carol, on Sunday")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Name them without @").click()
        await page.get_by_role("article", name="Your message").get_by_text("For carol, on Sunday").wait_for()
    assert await carol.get("/api/v1/conversations") == []


async def test_what_is_typed_stays_when_the_window_closes(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("@alice Tell me all", visibility="direct")
    await live.settle()
    (conversation,) = await alice.get("/api/v1/conversations")
    async with app.open(alice, f"/app/messages/{conversation['id']}", size=PHONE) as page:
        box = page.get_by_role("textbox", name="Write a message")
        await box.fill("It began in May")
        await page.wait_for_timeout(200)
        await page.reload()
        await expect(box).to_have_value("It began in May")
