"""Polls: asking, voting, ending."""

from typing import Any

from rostra.statuses import polls
from tests.network import Network, Person
from tests.statuses.support import look, rows

POLL = {"options": ["tea", "coffee", "water"], "expires_in": 3600}


async def ask(person: Person, **poll: Any) -> Any:
    return (await person.publish("What?", poll=POLL | poll))["poll"]


async def vote(person: Person, poll: Any, *choices: Any, expect: int = 200) -> Any:
    return await person.post(f"/api/v1/polls/{poll['id']}/votes", expect, json={"choices": list(choices)})


async def end(network: Network) -> None:
    await rows(network, "update polls set expires_at = now() - interval '1 second' returning id")


async def test_a_vote_counts_and_is_remembered(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    poll = await ask(alice)
    assert (poll["voted"], poll["own_votes"], poll["votes_count"]) == (True, [], 0)
    voted = await vote(bob, poll, 1)
    assert voted == await bob.get(f"/api/v1/polls/{poll['id']}")
    assert (voted["voted"], voted["own_votes"]) == (True, [1])
    assert [option["votes_count"] for option in voted["options"]] == [0, 1, 0]
    assert (voted["votes_count"], voted["voters_count"], voted["expired"]) == (1, 1, False)
    seen = await network.anonymous.get(f"/api/v1/polls/{poll['id']}")
    assert "voted" not in seen
    assert "own_votes" not in seen


async def test_several_votes_count_as_one_voter(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    poll = await ask(alice, multiple=True)
    await vote(bob, poll, 0, 2)
    voted = await vote(carol, poll, "2")
    assert [option["votes_count"] for option in voted["options"]] == [1, 0, 2]
    assert (voted["votes_count"], voted["voters_count"]) == (3, 2)
    later = await vote(bob, poll, 1)
    assert (later["own_votes"], later["votes_count"], later["voters_count"]) == ([0, 1, 2], 4, 2)


NOT_VOTES: list[tuple[list[Any], bool, str | None]] = [
    ([0, 1], False, "You have already voted on this poll"),
    ([0, 0], True, "You have already voted on this poll"),
    ([3], False, "The chosen vote option does not exist"),
    ([-1], False, "The chosen vote option does not exist"),
    ([10**30], False, None),
    ([], False, "The chosen vote option does not exist"),
    (["tea"], False, None),
    ([True], False, None),
    (list(range(11)), True, None),
]


async def test_votes_that_do_not_count_are_refused(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    asked = {multiple: await ask(alice, multiple=multiple) for multiple in (False, True)}
    for choices, multiple, message in NOT_VOTES:
        answer = await vote(bob, asked[multiple], *choices, expect=422)
        assert answer == {"error": f"Validation failed: {message}"} or message is None, choices
    for poll in asked.values():
        assert (await bob.get(f"/api/v1/polls/{poll['id']}"))["votes_count"] == 0


async def test_nobody_votes_twice_on_their_own_poll_or_after_its_end(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    poll = await ask(alice)
    await vote(bob, poll, 0)
    twice = await vote(bob, poll, 1, expect=422)
    assert twice == {"error": "Validation failed: You have already voted on this poll"}
    own = await vote(alice, poll, 1, expect=422)
    assert own == {"error": "Validation failed: You cannot vote in your own polls"}
    await end(network)
    late = await vote(carol, poll, 1, expect=422)
    assert late == {"error": "Validation failed: The poll has already ended"}
    shown = await carol.get(f"/api/v1/polls/{poll['id']}")
    assert (shown["expired"], shown["votes_count"]) == (True, 1)


async def test_hidden_totals_show_at_the_end_and_to_the_author(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    poll = await ask(alice, hide_totals=True)
    voted = await vote(bob, poll, 0)
    assert [option["votes_count"] for option in voted["options"]] == [None, None, None]
    assert voted["votes_count"] == 1
    author_sees = await alice.get(f"/api/v1/polls/{poll['id']}")
    assert [option["votes_count"] for option in author_sees["options"]] == [1, 0, 0]
    await end(network)
    shown = await bob.get(f"/api/v1/polls/{poll['id']}")
    assert [option["votes_count"] for option in shown["options"]] == [1, 0, 0]


NOT_POLLS: list[tuple[dict[str, Any], str | None]] = [
    ({"options": ["a"]}, "Options must have more than one item"),
    ({"options": []}, "Options must have more than one item"),
    ({"options": [str(n) for n in range(11)]}, "Options can't contain more than 10 items"),
    ({"options": ["a", ""]}, "Options can't be blank"),
    ({"options": ["a", " \x01\t"]}, "Options can't be blank"),
    ({"options": ["a", "a "]}, "Options contain duplicate items"),
    ({"options": ["a", "b" * 101]}, "Options cannot be longer than 100 characters each"),
    ({"options": ["a", "b" * 900_000]}, "Options cannot be longer than 100 characters each"),
    ({"expires_in": 299}, "Expires at is too soon"),
    ({"expires_in": -(10**12)}, "Expires at is too soon"),
    ({"expires_in": 30 * 86400 + 1}, "Expires at is too far into the future"),
    ({"expires_in": 10**18}, "Expires at is too far into the future"),
    ({"expires_in": 10**40}, None),
    ({"expires_in": None}, None),
    ({"expires_in": "soon"}, None),
    ({"options": "a"}, None),
    ({"options": [["a"], ["b"]]}, None),
    ({"options": {"0": "a"}}, None),
    ({"multiple": "perhaps"}, None),
]


async def test_polls_that_can_not_be_asked_are_refused(network: Network) -> None:
    alice = await network.person("alice")
    for poll, message in NOT_POLLS:
        answer = await alice.request("POST", "/api/v1/statuses", json={"status": "?", "poll": POLL | poll})
        assert answer.status_code == 422, poll
        assert answer.json() == {"error": f"Validation failed: {message}"} or message is None, poll
    assert await alice.get(f"/api/v1/accounts/{alice.id}/statuses") == []


async def test_a_poll_needs_a_question_and_no_media(network: Network) -> None:
    alice = await network.person("alice")
    answer = await alice.post("/api/v1/statuses", 422, json={"status": "", "poll": POLL})
    assert answer == {"error": "Validation failed: Text can't be blank"}
    await alice.post("/api/v1/statuses", 422, json={"status": "?", "poll": POLL, "media_ids": ["1"]})


async def test_a_poll_comes_from_form_fields_too(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    form = {"status": "?", "poll[options][]": ["a", "b"], "poll[expires_in]": "600", "poll[multiple]": "true"}
    status = await alice.post("/api/v1/statuses", data=form)
    assert [option["title"] for option in status["poll"]["options"]] == ["a", "b"]
    assert status["poll"]["multiple"] is True
    voted = await bob.post(f"/api/v1/polls/{status['poll']['id']}/votes", data={"choices[]": ["0", "1"]})
    assert voted["own_votes"] == [0, 1]


async def test_the_end_of_a_poll_is_announced_once_to_who_asked_and_voted(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    poll = await ask(alice)
    await vote(bob, poll, 0)
    async with network.services.db.connection() as tx:
        assert await polls.end_expired(tx) == 0
        await end(network)
        assert await polls.end_expired(tx) == 1
        assert await polls.end_expired(tx) == 0
    await network.settle()
    for person, expected in ((alice, ["poll"]), (bob, ["poll"]), (carol, [])):
        assert [n["type"] for n in await person.get("/api/v1/notifications")] == expected


async def test_a_poll_stands_in_its_status(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("?", poll=POLL)
    voted = await vote(bob, status["poll"], 2)
    assert (await look(bob, status))["poll"] == voted
