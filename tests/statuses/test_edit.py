"""Editing a status, and what it said before."""

from typing import Any
from urllib.parse import urlencode

from tests.network import Network, Person
from tests.statuses.support import GONE, act, look, rows, upload


async def edit(person: Person, status: Any, expect: int = 200, /, **content: Any) -> Any:
    return await person.put(f"/api/v1/statuses/{status['id']}", expect, json=content)


async def test_an_edit_shows_at_once_to_all_with_mentions_and_hashtags(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    status = await alice.publish("@bob look: #ship", language="de")
    assert (await look(bob, status))["content"]  # now the old version is cached
    edited = await edit(alice, status, status="@carol see: #boat", spoiler_text="sea")
    await network.settle()

    assert edited == await look(alice, status)
    shown = await look(carol, status)
    assert [mention["acct"] for mention in shown["mentions"]] == ["carol"]
    assert [tag["name"] for tag in shown["tags"]] == ["boat"]
    assert (shown["spoiler_text"], shown["sensitive"], shown["language"]) == ("sea", True, "de")
    assert shown["edited_at"] is not None
    assert shown["edited_at"] > shown["created_at"]
    assert await carol.get("/api/v1/timelines/tag/ship") == []
    assert [s["id"] for s in await carol.get("/api/v1/timelines/tag/boat")] == [status["id"]]


async def test_the_history_has_the_first_version_and_every_edit(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    picture, other = await upload(alice, "a lake"), await upload(alice, "a hill")
    status = await alice.publish("one", media_ids=[picture])
    (only,) = await look(bob, status, "/history")
    assert (only["content"], only["created_at"]) == ("<p>one</p>", status["created_at"])

    changed = [{"id": picture, "description": "a sea"}]
    await edit(alice, status, status="two", media_ids=[picture], media_attributes=changed)
    await edit(alice, status, status="three", media_ids=[other], sensitive=True)
    versions = await look(bob, status, "/history")
    assert [v["content"] for v in versions] == ["<p>one</p>", "<p>two</p>", "<p>three</p>"]
    assert [[m["description"] for m in v["media_attachments"]] for v in versions] == [
        ["a lake"],
        ["a sea"],
        ["a hill"],
    ]
    assert [v["sensitive"] for v in versions] == [False, False, True]
    assert [v["created_at"] for v in versions] == sorted(v["created_at"] for v in versions)
    assert versions[0]["created_at"] == status["created_at"]
    assert versions[-1]["created_at"] == (await look(bob, status))["edited_at"]
    assert {v["account"]["acct"] for v in versions} == {"alice"}


async def test_an_edit_that_changes_nothing_is_none(network: Network) -> None:
    alice = await network.person("alice")
    picture = await upload(alice, "a lake")
    status = await alice.publish("one", media_ids=[picture], spoiler_text="cw")
    same = [{"id": picture, "description": "a lake", "focus": "0,0"}]
    answer = await edit(
        alice, status, status="one ", spoiler_text="cw", media_ids=[picture], media_attributes=same
    )
    assert answer["edited_at"] is None
    assert len(await look(alice, status, "/history")) == 1
    assert await rows(network, "select type from events where type = 'StatusEdited'") == []


async def test_what_is_not_sent_is_removed(network: Network) -> None:
    alice = await network.person("alice")
    picture = await upload(alice)
    status = await alice.publish("one", media_ids=[picture], spoiler_text="cw")
    answer = await edit(alice, status, status="one")
    assert (answer["media_attachments"], answer["spoiler_text"], answer["sensitive"]) == ([], "", False)


async def test_removed_media_stay_for_the_history_and_can_come_back(network: Network) -> None:
    alice = await network.person("alice")
    picture = await upload(alice)
    status = await alice.publish("one", media_ids=[picture])
    await edit(alice, status, status="two")
    assert len((await look(alice, status, "/history"))[0]["media_attachments"]) == 1
    other = await alice.post("/api/v1/statuses", 422, json={"status": "x", "media_ids": [picture]})
    assert "already attached" in other["error"]
    answer = await edit(alice, status, status="three", media_ids=[picture])
    assert [media["id"] for media in answer["media_attachments"]] == [picture]


async def test_description_and_focus_of_attached_media_change_with_an_edit(network: Network) -> None:
    alice = await network.person("alice")
    picture = await upload(alice, "a lake")
    status = await alice.publish("one", media_ids=[picture])
    attributes = [{"id": picture, "description": "a sea", "focus": "0.5,-0.25"}]
    answer = await edit(alice, status, status="one", media_ids=[picture], media_attributes=attributes)
    (media,) = answer["media_attachments"]
    assert (media["description"], media["meta"]["focus"]) == ("a sea", {"x": 0.5, "y": -0.25})
    assert answer["edited_at"] is not None


async def test_form_fields_change_media_as_rails_nests_them(network: Network) -> None:
    alice = await network.person("alice")
    pictures = [await upload(alice, "a lake"), await upload(alice, "a hill")]
    status = await alice.publish("one", media_ids=pictures)
    form = [("status", "one"), ("media_ids[]", pictures[0]), ("media_ids[]", pictures[1])]
    for picture, description in zip(pictures, ("a sea", "a mountain"), strict=True):
        form += [("media_attributes[][id]", picture), ("media_attributes[][description]", description)]
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = await alice.put(f"/api/v1/statuses/{status['id']}", content=urlencode(form), headers=headers)
    assert [m["description"] for m in answer["media_attachments"]] == ["a sea", "a mountain"]


async def test_new_options_reset_the_votes_of_a_poll_and_a_new_time_does_not(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    poll = {"options": ["a", "b"], "expires_in": 600}
    status = await alice.publish("?", poll=poll)
    await bob.post(f"/api/v1/polls/{status['poll']['id']}/votes", json={"choices": [1]})

    longer = await edit(alice, status, status="?", poll=poll | {"expires_in": 6000})
    assert longer["poll"]["votes_count"] == 1
    assert longer["poll"]["expires_at"] > status["poll"]["expires_at"]

    other = await edit(alice, status, status="?", poll=poll | {"options": ["a", "c", "d"]})
    assert [o["title"] for o in other["poll"]["options"]] == ["a", "c", "d"]
    assert (other["poll"]["votes_count"], other["poll"]["voters_count"]) == (0, 0)
    assert (await look(bob, status))["poll"]["own_votes"] == []
    assert other["poll"]["id"] == status["poll"]["id"]
    titles = [[o["title"] for o in v["poll"]["options"]] for v in await look(bob, status, "/history")]
    assert titles == [["a", "b"], ["a", "b"], ["a", "c", "d"]]

    multiple = await edit(
        alice, status, status="?", poll=poll | {"options": ["a", "c", "d"], "multiple": True}
    )
    assert multiple["poll"]["multiple"] is True
    none = await edit(alice, status, status="!")
    assert none["poll"] is None
    assert "poll" not in (await look(bob, status, "/history"))[-1]


async def test_a_poll_that_runs_again_ends_again(network: Network) -> None:
    alice = await network.person("alice")
    poll = {"options": ["a", "b"], "expires_in": 600}
    status = await alice.publish("?", poll=poll)
    await rows(network, "update polls set expires_at = now(), ended_at = now() returning id")
    await edit(alice, status, status="?", poll=poll)
    assert await rows(network, "select ended_at, expires_at > now() from polls") == [(None, True)]


async def test_only_the_author_edits_and_no_boost(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("one")
    boost = await act(bob, status, "reblog")
    assert await edit(bob, status, 404, status="two") == GONE
    assert await edit(bob, boost, 404, status="two") == GONE
    assert (await look(alice, status))["content"] == "<p>one</p>"


async def test_an_edit_that_is_refused_changes_nothing(network: Network) -> None:
    alice = await network.person("alice")
    picture = await upload(alice, "a lake")
    status = await alice.publish("one", media_ids=[picture])
    foreign = await upload(await network.person("bob"))
    for content in (
        {"status": ""},
        {"status": "x" * 5001},
        {"status": "two", "media_ids": [foreign]},
        {"status": "two", "media_ids": [picture], "poll": {"options": ["a", "b"], "expires_in": 600}},
        {"status": "two", "media_ids": [picture], "media_attributes": [{"id": picture, "focus": "9,9"}]},
        {
            "status": "two",
            "media_ids": [picture],
            "media_attributes": [{"id": picture, "description": "x" * 1501}],
        },
    ):
        await edit(alice, status, 422, **content)
    assert await look(alice, status) == status


async def test_an_edit_says_nothing_about_uploads_that_are_not_attached(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    foreign = await upload(bob, "private note")
    status = await alice.publish("one")
    attributes = [{"id": foreign, "description": "taken over"}]
    await edit(alice, status, status="two", media_attributes=attributes)
    assert await rows(network, "select description from media_attachments") == [("private note",)]


async def test_the_source_is_what_was_written(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("a < b & #c", spoiler_text="maths")
    assert await look(alice, status, "/source") == {
        "id": status["id"],
        "text": "a < b & #c",
        "spoiler_text": "maths",
        "content_type": "text/plain",
    }
