"""Statuses in Markdown, as apps for Pleroma and GoToSocial write them."""

from datetime import timedelta

import pytest

from rostra.core import clock
from tests.network import Network
from tests.statuses.support import look
from tests.statuses.test_scheduled import come

MARKDOWN = "text/markdown"


async def test_markdown_is_shown_as_html_and_linked_as_ever(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    text = "**Hello** @bob, see #fog and `@carol`"
    status = await alice.publish(text, content_type=MARKDOWN)
    assert status["content"].startswith("<p><strong>Hello</strong> ")
    assert [mention["acct"] for mention in status["mentions"]] == ["bob"]
    assert [tag["name"] for tag in status["tags"]] == ["fog"]
    (notification,) = await bob.get("/api/v1/notifications")
    assert notification["status"]["id"] == status["id"]
    assert [s["id"] for s in await bob.get("/api/v1/timelines/tag/fog")] == [status["id"]]
    page = (await network.http.get(f"/@alice/{status['id']}")).text
    assert "<strong>Hello</strong>" in page


async def test_who_stands_in_code_is_not_told(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("`@bob`", content_type=MARKDOWN, visibility="direct")
    assert status["mentions"] == []
    assert await bob.get("/api/v1/notifications") == []
    await look(bob, status, expect=404)


async def test_text_is_plain_unless_its_author_says_otherwise(network: Network) -> None:
    alice = await network.person("alice")
    for options in ({}, {"content_type": "text/plain"}, {"content_type": ""}):
        status = await alice.publish("**a** <b>", **options)
        assert status["content"] == "<p>**a** &lt;b&gt;</p>"
        assert (await look(alice, status, "/source"))["content_type"] == "text/plain"


async def test_an_edit_keeps_how_it_is_written_or_changes_it(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("*one*", content_type=MARKDOWN)
    path = f"/api/v1/statuses/{status['id']}"
    assert await look(alice, status, "/source") == {
        "id": status["id"],
        "text": "*one*",
        "spoiler_text": "",
        "content_type": MARKDOWN,
    }
    assert (await alice.put(path, json={"status": "*two*"}))["content"] == "<p><em>two</em></p>"
    edited = await alice.put(path, json={"status": "*two*", "content_type": "text/plain"})
    assert (edited["content"], edited["edited_at"] is not None) == ("<p>*two*</p>", True)
    assert (await look(alice, status, "/source"))["content_type"] == "text/plain"
    versions = await look(alice, status, "/history")
    assert [v["content"] for v in versions] == ["<p><em>one</em></p>", "<p><em>two</em></p>", "<p>*two*</p>"]


async def test_an_edit_drops_those_who_stand_in_code_now(network: Network) -> None:
    alice, _ = await network.people("alice", "bob")
    status = await alice.publish("@bob #fog", content_type=MARKDOWN)
    edited = await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "`@bob #fog`"})
    assert (edited["mentions"], edited["tags"]) == ([], [])


async def test_a_deleted_status_says_how_it_was_written(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("*one*", content_type=MARKDOWN)
    deleted = await alice.delete(f"/api/v1/statuses/{status['id']}")
    assert (deleted["text"], deleted["content_type"]) == ("*one*", MARKDOWN)


async def test_drafts_and_scheduled_statuses_keep_how_they_are_written(network: Network) -> None:
    alice = await network.person("alice")
    draft = await alice.post("/api/v1/drafts", json={"status": "*one*", "content_type": MARKDOWN})
    assert draft["params"]["content_type"] == MARKDOWN
    soon = (clock.now() + timedelta(hours=1)).isoformat()
    options = {"status": "*two*", "content_type": MARKDOWN, "scheduled_at": soon}
    await alice.post("/api/v1/statuses", json=options)
    await come(network)
    (status,) = await alice.get(f"/api/v1/accounts/{alice.id}/statuses")
    assert status["content"] == "<p><em>two</em></p>"


@pytest.mark.parametrize(
    "kind", ["text/html", "text/bbcode", "text/markdown; charset=utf-8", "nonsense", "x" * 9999]
)
async def test_other_kinds_are_refused(network: Network, kind: str) -> None:
    alice = await network.person("alice")
    answer = await alice.post("/api/v1/statuses", 422, json={"status": "a", "content_type": kind})
    assert "text/markdown" in answer["error"]
    status = await alice.publish("a")
    await alice.put(f"/api/v1/statuses/{status['id']}", 422, json={"status": "b", "content_type": kind})


async def test_apps_are_told_how_texts_may_be_written(network: Network) -> None:
    kinds = ["text/plain", "text/markdown"]
    v1 = await network.anonymous.get("/api/v1/instance")
    v2 = await network.anonymous.get("/api/v2/instance")
    assert v1["configuration"]["statuses"]["supported_mime_types"] == kinds
    assert v2["configuration"]["statuses"]["supported_mime_types"] == kinds
    assert v1["pleroma"]["metadata"]["post_formats"] == kinds
