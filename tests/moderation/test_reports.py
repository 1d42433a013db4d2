"""Members report somebody, and staff hear of it."""

from typing import Any

import pytest

from tests.auth.support import Browser, mails
from tests.counting import count_queries
from tests.network import Network

PATH = "/api/v1/reports"


async def test_a_report_keeps_what_was_reported_and_why(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("buy my boat")
    found = await alice.post(
        PATH,
        json={"account_id": bob.id, "status_ids": [status["id"]], "comment": " Spam! ", "category": "spam"},
    )
    assert found["target_account"]["username"] == "bob"
    assert (found["category"], found["comment"]) == ("spam", "Spam!")
    assert (found["status_ids"], found["rule_ids"]) == ([status["id"]], [])
    assert (found["action_taken"], found["action_taken_at"], found["forwarded"]) == (False, None, False)


async def test_naming_a_rule_makes_it_a_violation(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    found = await alice.post(PATH, data={"account_id": bob.id, "rule_ids[]": ["1", "2"]})
    assert (found["category"], found["rule_ids"]) == ("violation", ["1", "2"])
    for wrong in ({"rule_ids": ["99"]}, {"category": "violation"}):
        refused = await alice.post(PATH, 422, json={"account_id": bob.id, **wrong})
        assert refused == {"error": "Validation failed: Rule ids does not reference valid rules"}


async def test_what_can_not_be_reported_is_refused(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    hidden = await bob.publish("only for friends", visibility="private")
    others = await carol.publish("hello")
    for wrong in (
        {},
        {"account_id": "1"},
        {"account_id": bob.id, "status_ids": [hidden["id"]]},
        {"account_id": bob.id, "status_ids": [others["id"]]},
        {"account_id": bob.id, "status_ids": ["1"]},
        {"account_id": bob.id, "collection_ids": ["1"]},
    ):
        assert await alice.post(PATH, 404, json=wrong) == {"error": "Record not found"}
    for wrong in (
        {"account_id": alice.id},
        {"account_id": bob.id, "comment": "x" * 1001},
        {"account_id": bob.id, "category": "boring"},
        {"account_id": bob.id, "status_ids": [str(number) for number in range(101)]},
    ):
        await alice.post(PATH, 422, json=wrong)


async def test_one_reports_with_a_token_for_it(network: Network) -> None:
    bob = await network.person("bob")
    alice = await network.person("alice", scopes=("read", "write:statuses"))
    await alice.post(PATH, 403, json={"account_id": bob.id})
    await network.anonymous.post(PATH, 401, json={"account_id": bob.id})


async def test_staff_hear_of_a_report_unless_it_is_about_them(network: Network) -> None:
    olga = await network.person("olga", role="owner")
    mia = await network.person("mia", role="moderator")
    alice = await network.person("alice")
    report = await alice.post(PATH, json={"account_id": mia.id, "comment": "rude"})
    await network.settle()
    (told,) = await olga.get("/api/v1/notifications", params={"types[]": "admin.report"})
    assert told["account"]["username"] == "alice"
    assert told["report"] == report
    grouped = await olga.get("/api/v2/notifications", params={"types[]": "admin.report"})
    assert grouped["notification_groups"][0]["report"] == report
    for person in (mia, alice):
        assert await person.get("/api/v1/notifications", params={"types[]": "admin.report"}) == []
    sent = [mail["To"] for mail in await mails(network)]
    assert sent == ["olga@people.example"]


async def test_two_reports_by_one_member_are_two_pieces_of_news(network: Network) -> None:
    olga = await network.person("olga", role="owner")
    alice, bob = await network.people("alice", "bob")
    for comment in ("one", "two"):
        await alice.post(PATH, json={"account_id": bob.id, "comment": comment})
    await network.settle()
    found = await olga.get("/api/v1/notifications", params={"types[]": "admin.report"})
    assert [each["report"]["comment"] for each in found] == ["two", "one"]


async def test_staff_resolve_reports_and_take_them_up_again(network: Network) -> None:
    await network.person("olga", role="owner")
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("buy my boat")
    await alice.post(
        PATH, json={"account_id": bob.id, "status_ids": [status["id"]], "rule_ids": ["1"], "comment": "again"}
    )
    olga = Browser(network)
    await olga.log_in("olga")
    page = await olga.open("/settings/reports")
    assert "buy my boat" in page.text(".rows")
    assert "again" in page.text(".rows")
    await olga.send(action="resolve")
    assert "Take up again" in olga.page.text(".rows")
    await olga.send(action="reopen")
    assert "Mark as done" in olga.page.text(".rows")
    async with network.services.db.connection() as tx:
        cursor = await tx.execute("select action from report_events order by id")
        assert [row[0] for row in await cursor.fetchall()] == ["resolve", "reopen"]


@pytest.mark.parametrize("role", ["member", "moderator"])
async def test_nobody_looks_after_a_report_about_themselves(network: Network, role: Any) -> None:
    alice, mia = await network.person("alice"), await network.person("mia", role=role)
    report = await alice.post(PATH, json={"account_id": mia.id, "comment": "rude"})
    browser = Browser(network)
    await browser.log_in("mia")
    if role == "member":
        await browser.open("/settings/reports", 404)
        return
    page = await browser.open("/settings/reports")
    assert "rude" not in page.text("main")
    await browser.open("/settings/invites")
    fields = {"csrf": browser.csrf, "report": report["id"], "action": "resolve"}
    assert (await browser.post("/settings/reports", fields)).status_code == 404


async def test_forty_reports_cost_staff_as_many_queries_as_one(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    olga = await network.person("olga", role="owner")
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("buy my boat")
    browser = Browser(network)
    await browser.log_in("olga")
    costs: list[tuple[int, int]] = []
    for count in (1, 39):
        for _ in range(count):
            body = {"account_id": bob.id, "status_ids": [status["id"]], "rule_ids": ["1"]}
            await alice.post(PATH, json=body)
        await network.settle()
        await olga.get("/api/v1/notifications")
        with count_queries(monkeypatch) as seen:
            await browser.open("/settings/reports")
        with count_queries(monkeypatch) as listed:
            await olga.get("/api/v1/notifications", params={"limit": 80})
        costs.append((len(seen), len(listed)))
    assert costs[0] == costs[1]
