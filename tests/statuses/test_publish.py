"""Publishing a status."""

from typing import Any

import pytest

from tests.network import Network
from tests.statuses.support import act, look, rows, upload


async def test_a_published_status_reaches_its_author_and_followers_at_home(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    status = await alice.publish("Good morning, #harbour! @bob https://example.org/tide")

    assert '<a href="http://localhost:8420/tags/harbour"' in status["content"]
    assert [mention["acct"] for mention in status["mentions"]] == ["bob"]
    assert [tag["name"] for tag in status["tags"]] == ["harbour"]
    assert [item["id"] for item in await alice.home()] == [status["id"]]
    assert [item["id"] for item in await bob.home()] == [status["id"]]
    assert await carol.home() == []


async def test_the_same_idempotency_key_publishes_once(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    headers = {"Idempotency-Key": "a-key"}
    first = await alice.post("/api/v1/statuses", json={"status": "once"}, headers=headers)
    again = await alice.post("/api/v1/statuses", json={"status": "once"}, headers=headers)
    other = await bob.post("/api/v1/statuses", json={"status": "once"}, headers=headers)
    assert first["id"] == again["id"] != other["id"]


async def test_an_empty_status_is_refused_in_mastodons_words(network: Network) -> None:
    alice = await network.person("alice")
    answer = await alice.post("/api/v1/statuses", 422, json={"status": ""})
    assert answer == {"error": "Validation failed: Text can't be blank"}


async def test_replying_to_a_hidden_status_looks_like_it_does_not_exist(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    secret = await alice.publish("to myself", visibility="direct")
    answer = await bob.post("/api/v1/statuses", 404, json={"status": "hm", "in_reply_to_id": secret["id"]})
    assert answer == {"error": "Record not found"}


async def test_who_is_blocked_by_the_author_or_blocks_them_does_not_answer_in_the_thread(
    network: Network,
) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("hello")
    await alice.post(f"/api/v1/accounts/{bob.id}/block")
    await carol.post(f"/api/v1/accounts/{alice.id}/block")
    await bob.post("/api/v1/statuses", 404, json={"status": "hm", "in_reply_to_id": status["id"]})
    await carol.post("/api/v1/statuses", 403, json={"status": "hm", "in_reply_to_id": status["id"]})
    assert (await look(alice, status))["replies_count"] == 0


async def test_a_reply_to_a_boost_answers_what_it_boosts(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    boost = await act(bob, status, "reblog")
    reply = await bob.publish("hi", in_reply_to_id=boost["id"])
    assert (reply["in_reply_to_id"], reply["in_reply_to_account_id"]) == (status["id"], alice.id)


async def test_only_what_everybody_may_see_counts_as_a_reply(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello")
    for visibility in ("public", "unlisted", "private", "direct"):
        await bob.publish("@alice hi", in_reply_to_id=status["id"], visibility=visibility)
    assert (await look(alice, status))["replies_count"] == 2


async def test_direct_statuses_do_not_count_among_those_of_their_author(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.publish("hello")
    await alice.publish("followers", visibility="private")
    await alice.publish("@bob psst", visibility="direct")
    shown = await bob.get(f"/api/v1/accounts/{alice.id}")
    assert shown["statuses_count"] == 2


async def test_a_direct_status_comes_only_to_those_whom_it_names(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    await carol.follow(alice)
    status = await alice.publish("@bob psst", visibility="direct")
    assert [item["id"] for item in await bob.home()] == [status["id"]]
    assert await carol.home() == []
    assert await rows(network, "select account_id from notifications where status_id is not null") == [
        (bob.account_id,)
    ]


async def test_media_are_attached_in_the_order_that_was_asked_for(network: Network) -> None:
    alice = await network.person("alice")
    first, second = await upload(alice, "one"), await upload(alice, "two")
    status = await alice.publish("", media_ids=[second, first])
    assert [media["description"] for media in status["media_attachments"]] == ["two", "one"]


NOT_FOUND = "Validation failed: Media {id} not found or already attached to another post"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"state": "processing"},
            "Cannot attach files that have not finished processing. Try again in a moment!",
        ),
        (
            {"account_id": "bob"},
            NOT_FOUND,
        ),
        (
            {"status_id": "other"},
            NOT_FOUND,
        ),
    ],
)
async def test_media_that_can_not_be_attached_publish_nothing(
    network: Network, changes: dict[str, Any], message: str
) -> None:
    alice, bob = await network.people("alice", "bob")
    other = await alice.publish("other")
    known: dict[Any, Any] = {"bob": bob.account_id, "other": int(other["id"])}
    media_id = await upload(alice, **{name: known.get(value, value) for name, value in changes.items()})
    answer = await alice.post("/api/v1/statuses", 422, json={"status": "look", "media_ids": [media_id]})
    assert answer == {"error": message.format(id=media_id)}
    assert len(await alice.get(f"/api/v1/accounts/{alice.id}/statuses")) == 1


async def test_a_warning_before_nothing_is_the_text_and_a_warning_makes_sensitive(network: Network) -> None:
    alice = await network.person("alice")
    only = await alice.publish("", spoiler_text="spiders")
    both = await alice.publish("eight legs", spoiler_text="spiders")
    assert (only["content"], only["spoiler_text"], only["sensitive"]) == ("<p>spiders</p>", "", True)
    assert (both["content"], both["spoiler_text"], both["sensitive"]) == (
        "<p>eight legs</p>",
        "spiders",
        True,
    )


async def test_the_address_of_a_hashtag_in_any_script_is_a_uri_everywhere(network: Network) -> None:
    alice = await network.person("alice")
    address = network.settings.url("/tags/%E6%9D%B1%E4%BA%AC")
    status = await alice.publish("#東京 は 雨")
    assert status["tags"] == [{"name": "東京", "url": address}]
    assert f'href="{address}"' in status["content"]
    found = await alice.get("/api/v2/search", params={"q": "東京", "type": "hashtags"})
    assert [tag["url"] for tag in found["hashtags"]] == [address]
    account = await alice.patch("/api/v1/accounts/update_credentials", json={"note": "#東京"})
    assert f'href="{address}"' in account["note"]


async def test_the_language_is_the_authors_when_it_is_unknown(network: Network) -> None:
    alice = await network.person("alice")
    assert (await alice.publish("Moin", language="de"))["language"] == "de"
    assert (await alice.publish("Moin", language="klingonish"))["language"] == "en"


async def test_what_an_app_has_no_value_for_may_be_null(network: Network) -> None:
    alice = await network.person("alice")
    said = {
        "status": "hello",
        **dict.fromkeys(("spoiler_text", "sensitive", "visibility", "language", "in_reply_to_id", "poll")),
        **dict.fromkeys(("media_ids", "media_attributes", "scheduled_at", "quoted_status_id")),
    }
    status = await alice.post("/api/v1/statuses", json=said)
    assert (status["content"], status["spoiler_text"]) == ("<p>hello</p>", "")
    poll = {"options": ["a", "b"], "expires_in": 600, "multiple": None, "hide_totals": None}
    assert (await alice.post("/api/v1/statuses", json={"status": "which?", "poll": poll}))["poll"]
    await alice.post("/api/v1/statuses", 422, json={"status": None})
