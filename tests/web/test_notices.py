"""Notifications: what is new, who wants something, and what is dismissed."""

import pytest
from playwright.async_api import expect

from tests.network import Network
from tests.web.app import App, check_accessible

pytestmark = pytest.mark.slow


async def test_all_that_is_new_waits_above_however_much_it_is(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    await bob.publish("@alice Number 00")
    await live.settle()
    async with app.open(alice, "/app/notifications") as page:
        await page.get_by_text("Number 00").wait_for()
        await page.context.set_offline(True)
        for number in range(1, 61):
            await bob.publish(f"@alice Number {number:02}")
        await live.settle()
        app.expect("ERR_INTERNET_DISCONNECTED|WebSocket|fetching the script")
        await page.context.set_offline(False)
        await page.get_by_role("button", name="60 new").click(timeout=60_000)
        await expect(page.get_by_text("Number 60")).to_be_in_viewport()
        await page.get_by_role("link", name="Home").click()
        await page.get_by_role("link", name="Notifications").click()
        await page.get_by_text("Number 60").wait_for()
        await expect(page.locator(".new")).to_have_count(0)


async def test_who_wants_to_follow_is_let_in_or_not(live: Network, app: App) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    await alice.patch("/api/v1/accounts/update_credentials", json={"locked": True})
    for each in (bob, carol):
        await each.post(f"/api/v1/accounts/{alice.id}/follow")
    await live.settle()
    async with app.open(alice, "/app/follow-requests") as page:
        await (
            page.get_by_role("listitem").filter(has_text="@bob").get_by_role("button", name="Accept").click()
        )
        await page.get_by_text("@bob follows you now").wait_for()
        await check_accessible(page)
        await (
            page.get_by_role("listitem")
            .filter(has_text="@carol")
            .get_by_role("button", name="Refuse")
            .click()
        )
        await page.get_by_text("Nobody is waiting").wait_for()
    followers = await alice.get(f"/api/v1/accounts/{alice.id}/followers")
    assert [each["acct"] for each in followers] == ["bob"]


async def test_an_answer_that_needs_leave_is_decided_where_one_hears_of_it(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    policy = {"can_reply": {"automatic_approval": ["author"], "manual_approval": ["public"]}}
    status = await alice.publish("Ask before you answer", interaction_policy=policy)
    answer = await bob.publish("@alice May I?", in_reply_to_id=status["id"])
    await live.settle()
    async with app.open(alice, "/app/notifications") as page:
        await page.get_by_text("wants to reply to you").wait_for()
        await page.get_by_role("button", name="Accept").click()
        await page.get_by_text("Accepted").wait_for()
    await live.settle()
    context = await alice.get(f"/api/v1/statuses/{status['id']}/context")
    assert [each["id"] for each in context["descendants"]] == [answer["id"]]
    assert await alice.get("/api/v1/interaction_requests") == []


async def test_the_last_field_of_a_profile_can_be_removed(live: Network, app: App) -> None:
    alice = await live.person("alice")
    await alice.patch(
        "/api/v1/accounts/update_credentials",
        json={"fields_attributes": [{"name": "Boat", "value": "Old Anna"}]},
    )
    async with app.open(alice, "/app/settings/profile") as page:
        await page.get_by_role("button", name="Remove line 1").click()
        await page.get_by_role("button", name="Save").click()
        await page.get_by_text("Saved").wait_for()
    account = await alice.get("/api/v1/accounts/verify_credentials")
    assert account["fields"] == []
