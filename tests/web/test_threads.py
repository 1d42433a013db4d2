"""Threads: long ones are numbered, wide ones fold, new answers wait, and what was changed can be seen."""

import pytest
from playwright.async_api import ViewportSize, expect

from tests.network import Network
from tests.web.app import App, check_accessible, check_fits

pytestmark = pytest.mark.slow


async def test_a_thread_is_a_tree_that_folds(live: Network, app: App, size: ViewportSize) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    story = [await bob.publish("Story, the beginning")]
    for number in range(2, 5):
        story.append(await bob.publish(f"Story, part {number}", in_reply_to_id=story[-1]["id"]))
    question = await carol.publish("@bob And then?", in_reply_to_id=story[0]["id"])
    for number in range(3):
        await bob.publish(f"@carol Reason {number}", in_reply_to_id=question["id"])
    async with app.open(alice, f"/app/@bob/{story[0]['id']}", size=size) as page:
        await expect(page.get_by_text("Part 4/4")).to_have_count(1)
        texts = await page.locator("article.status .content").all_inner_texts()
        assert [each.split(",")[0] for each in texts[:4]] == ["Story"] * 4
        await expect(page.get_by_text("Reason 1")).to_be_visible()
        await check_accessible(page)
        await check_fits(page)
        await page.get_by_role("button", name="Fold 3 replies").click()
        await expect(page.get_by_text("Reason 1")).to_have_count(0)
        await page.get_by_role("button", name="Show 3 replies").click()
        await expect(page.get_by_text("Reason 1")).to_be_visible()


async def test_answers_that_come_while_one_reads_wait(live: Network, app: App) -> None:
    alice, bob = await live.people("alice", "bob")
    await alice.follow(bob)
    status = await alice.publish("Who comes along?")
    async with app.open(alice, f"/app/@alice/{status['id']}") as page:
        await page.get_by_role("heading", name="Post").wait_for()
        await page.get_by_text("Who comes along?").wait_for()
        await page.wait_for_timeout(1_000)  # its stream opens
        await bob.publish("@alice Me, gladly", in_reply_to_id=status["id"])
        await page.get_by_role("button", name="1 new reply").click()
        await expect(page.get_by_text("Me, gladly")).to_be_visible()


async def test_what_was_changed_and_who_liked_it_can_be_seen(live: Network, app: App) -> None:
    alice, bob, carol = await live.people("alice", "bob", "carol")
    status = await bob.publish("We leave at noon from the old quay")
    await bob.put(f"/api/v1/statuses/{status['id']}", json={"status": "We leave at two from the old quay"})
    await carol.post(f"/api/v1/statuses/{status['id']}/favourite")
    await alice.post(f"/api/v1/statuses/{status['id']}/reblog")
    await live.settle()
    async with app.open(alice, f"/app/@bob/{status['id']}") as page:
        await page.get_by_role("button", name="Edited").click()
        dialog = page.get_by_role("dialog", name="Versions")
        await expect(dialog.locator("del")).to_have_text("noon")
        await expect(dialog.locator("ins")).to_have_text("two")
        await check_accessible(page)
        await page.keyboard.press("Escape")
        await page.get_by_role("link", name="1 favourite").click()
        await expect(page.get_by_role("article").filter(has_text="@carol")).to_be_visible()
        await check_accessible(page)
        await page.go_back()
        await page.get_by_role("link", name="1 boost").click()
        await expect(page.get_by_role("article").filter(has_text="@alice")).to_be_visible()
