"""What staff announce, and what members do with it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rostra import reactions
from rostra.announcements import actions
from rostra.announcements.model import Draft
from tests.counting import count_queries
from tests.network import Network, Person

PATH = "/api/v1/announcements"


async def announce(network: Network, text: str, *, publish: bool = True, **options: Any) -> str:
    """Announce `text`; returns its id."""
    async with network.services.db.connection() as tx:
        made = await actions.write(tx, network.settings, Draft(text=text, **options), publish=publish)
    return str(made)


async def reactions_to(person: Person, announcement: str) -> list[Any]:
    found = await person.get(PATH, params={"with_dismissed": "true"})
    return next(each["reactions"] for each in found if each["id"] == announcement)


async def test_members_see_what_is_announced_as_a_status_would_show_it(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("the pier")
    text = f"#Harbour closed, says @alice: {status['url']} <b>"
    made = await announce(network, text)
    (found,) = await alice.get(PATH)
    assert found["id"] == made
    assert found["read"] is False
    assert found["mentions"] == [
        {"id": alice.id, "username": "alice", "url": "http://localhost:8420/@alice", "acct": "alice"}
    ]
    assert found["statuses"] == [{"id": status["id"], "url": status["url"]}]
    assert found["tags"] == [{"name": "harbour", "url": "http://localhost:8420/tags/harbour"}]
    assert "&lt;b&gt;" in found["content"]
    assert 'class="u-url mention"' in found["content"]
    assert found["reactions"] == []


async def test_what_not_everybody_may_see_is_not_given_away_by_a_link(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    secret = await alice.publish("psst", visibility="private")
    await announce(network, f"look: {secret['url']}")
    assert (await bob.get(PATH))[0]["statuses"] == []


async def test_only_members_see_announcements(network: Network) -> None:
    made = await announce(network, "Welcome")
    alice = await network.person("alice", scopes=("read",))
    assert len(await alice.get(PATH)) == 1
    await network.anonymous.get(PATH, 401)
    for method, path in (
        ("POST", f"{PATH}/{made}/dismiss"),
        ("PUT", f"{PATH}/{made}/reactions/👍"),
        ("DELETE", f"{PATH}/{made}/reactions/👍"),
    ):
        assert (await alice.request(method, path)).status_code == 403
        assert (await network.anonymous.request(method, path)).status_code == 401


async def test_a_dismissed_announcement_is_shown_only_to_who_asks_for_it(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    made = await announce(network, "Welcome")
    for _ in range(2):
        assert await alice.post(f"{PATH}/{made}/dismiss") == {}
    assert await alice.get(PATH) == []
    assert (await alice.get(PATH, params={"with_dismissed": "true"}))[0]["read"] is True
    assert (await bob.get(PATH))[0]["read"] is False
    await alice.post(f"{PATH}/1/dismiss", 404)


async def test_a_draft_is_seen_by_nobody_until_its_time(network: Network) -> None:
    alice = await network.person("alice")
    now = datetime.now(UTC)
    draft = await announce(network, "not yet", publish=False)
    due = await announce(network, "due", publish=False, scheduled_at=now - timedelta(minutes=1))
    later = await announce(network, "later", publish=False, scheduled_at=now + timedelta(hours=1))
    assert await alice.get(PATH) == []
    for each in (draft, later):
        await alice.post(f"{PATH}/{each}/dismiss", 404)
        await alice.put(f"{PATH}/{each}/reactions/👍", 404)
    await reactions.keep_announcements_time(network.services)
    assert [each["id"] for each in await alice.get(PATH)] == [due]


async def test_what_is_over_disappears_by_itself(network: Network) -> None:
    alice = await network.person("alice")
    now = datetime.now(UTC)
    begins, ends = now - timedelta(days=2), now - timedelta(days=1)
    made = await announce(network, "a feast", starts_at=begins, ends_at=ends)
    assert await alice.get(PATH) == []
    await reactions.keep_announcements_time(network.services)
    async with network.services.db.connection() as tx:
        cursor = await tx.execute("select published_at from announcements where id = %s", [int(made)])
        assert await cursor.fetchone() == (None,)


async def test_reactions_are_counted_and_each_counts_once(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    made = await announce(network, "Welcome")
    for person in (alice, bob, alice):
        assert await person.put(f"{PATH}/{made}/reactions/🎉") == {}
    await bob.put(f"{PATH}/{made}/reactions/👍🏽")
    assert await reactions_to(alice, made) == [
        {"name": "🎉", "count": 2, "me": True},
        {"name": "👍🏽", "count": 1, "me": False},
    ]
    assert await alice.delete(f"{PATH}/{made}/reactions/🎉") == {}
    await alice.delete(f"{PATH}/{made}/reactions/🎉", 404)
    assert (await reactions_to(bob, made))[0] == {"name": "🎉", "count": 1, "me": True}


@pytest.mark.parametrize("name", ["a", "1", "hello", "🎉🎉", "blobcat", "x" * 300])
async def test_what_is_no_emoji_is_no_reaction(network: Network, name: str) -> None:
    alice = await network.person("alice")
    made = await announce(network, "Welcome")
    refused = await alice.put(f"{PATH}/{made}/reactions/{name}", 422)
    assert refused == {"error": "Validation failed: Name is not a recognized emoji"}


@pytest.mark.parametrize("name", ["❤️", "🇩🇪", "👩‍👩‍👧", "1️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "☕"])
async def test_every_kind_of_emoji_is_a_reaction(network: Network, name: str) -> None:
    alice = await network.person("alice")
    made = await announce(network, "Welcome")
    await alice.put(f"{PATH}/{made}/reactions/{name}")
    assert await reactions_to(alice, made) == [{"name": name, "count": 1, "me": True}]


async def test_there_are_eight_kinds_of_reactions_at_most(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    made = await announce(network, "Welcome")
    for name in "🍎🍐🍊🍋🍌🍉🍇🍓":
        await alice.put(f"{PATH}/{made}/reactions/{name}")
    await bob.put(f"{PATH}/{made}/reactions/🥝", 422)
    await bob.put(f"{PATH}/{made}/reactions/🍎")
    assert len(await reactions_to(bob, made)) == 8


async def test_forty_announcements_cost_as_many_queries_as_one(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    status = await alice.publish("the pier")
    costs: list[int] = []
    for count in (1, 39):
        for number in range(count):
            made = await announce(network, f"@alice #tag{number} {status['url']}")
            await alice.put(f"{PATH}/{made}/reactions/👍")
        await alice.get(PATH)
        with count_queries(monkeypatch) as seen:
            await alice.get(PATH)
        costs.append(len(seen))
    assert costs[0] == costs[1]
