"""What a text will look like, before it is published."""

import pytest

from tests.network import Network

PREVIEW = "/api/rostra/v1/statuses/preview"


@pytest.mark.parametrize("content_type", ["text/plain", "text/markdown"])
async def test_a_preview_is_what_is_published_then(network: Network, content_type: str) -> None:
    alice, _ = await network.people("alice", "bob")
    text = "**Hello** @bob and @nobody, see #Fog\n\nhttps://example.org/" + "x" * 60
    seen = await alice.post(PREVIEW, json={"status": text, "content_type": content_type})
    status = await alice.publish(text, content_type=content_type)
    assert {key: status[key] for key in ("content", "mentions")} == {
        key: seen[key] for key in ("content", "mentions")
    }
    assert [tag["url"] for tag in seen["tags"]] == [tag["url"] for tag in status["tags"]]
    assert seen["characters"] == len(text) - len("https://example.org/") - 60 + 23


async def test_nobody_learns_of_a_preview(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.post(PREVIEW, json={"status": "@bob #fog"})
    assert await bob.get("/api/v1/notifications") == []
    assert await bob.get("/api/v1/timelines/tag/fog") == []
    assert await alice.get(f"/api/v1/accounts/{alice.id}/statuses") == []


async def test_an_empty_text_looks_empty(network: Network) -> None:
    alice = await network.person("alice")
    assert await alice.post(PREVIEW, json={}) == {"content": "", "mentions": [], "tags": [], "characters": 0}


@pytest.mark.parametrize(
    "refused", [{"status": "x" * 100_000}, {"status": "x", "content_type": "text/html"}, {"status": ["x"]}]
)
async def test_what_could_not_be_published_has_no_preview(
    network: Network, refused: dict[str, object]
) -> None:
    alice = await network.person("alice")
    await alice.post(PREVIEW, json=refused, expect=422)


async def test_visitors_see_no_previews(network: Network) -> None:
    answer = await network.http.post(PREVIEW, json={"status": "hi"})
    assert answer.status_code == 401
