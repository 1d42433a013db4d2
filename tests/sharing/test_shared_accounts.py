"""Accounts that several members look after: who gets in, what they may do, what is known, how it ends."""

from pathlib import Path
from typing import Any

import pytest

from rostra.accounts.deletion import begin
from rostra.accounts.oauth.revocation import tokens_die
from rostra.core.settings import Settings, load
from rostra.statuses import scheduling
from tests.auth.support import Browser, mails, query_of
from tests.auth.test_consent import ask
from tests.auth.test_oauth_tokens import exchange, register
from tests.counting import count_queries
from tests.network import Client, Network


@pytest.fixture
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    base = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**base, **getattr(request, "param", {})}, environ={})


async def browser_of(network: Network, name: str) -> Browser:
    browser = Browser(network)
    await browser.log_in(name)
    return browser


async def share(network: Network, owner: str, member: str, role: str = "editor") -> Browser:
    """`owner` invites `member`, who accepts; the member's browser."""
    owners = await browser_of(network, owner)
    await owners.open("/settings/shared")
    await owners.send(form="main form.card", member=f"@{member}", role=role)
    members = await browser_of(network, member)
    await members.open("/settings/shared")
    await press(members, "accept")
    return members


async def press(browser: Browser, action: str) -> None:
    """Press the first button that sends its form to `action`."""
    target = f"/settings/shared/{action}"
    for form in browser.page.soup.select("main form"):
        for button in form.select("button"):
            if (button.get("formaction") or form.get("action")) == target:
                fields = {str(f["name"]): str(f["value"]) for f in form.select("input[type=hidden]")}
                if button.get("name"):
                    fields[str(button["name"])] = str(button["value"])
                response = await browser.post(target, fields)
                assert response.status_code == 303, response.text
                await browser.open(response.headers["location"])
                return
    raise AssertionError(f"no button for {action}")


async def acting(
    network: Network, browser: Browser, account: str, scope: str = "read write follow"
) -> Client:
    """An app that the member whose `browser` it is lets act as `account`."""
    app = await register(network, scopes=scope)
    await browser.open(ask(app, scope=scope))
    [choice] = [
        str(option["value"])
        for option in browser.page.soup.select("select[name=acting_as] option")
        if option.text.strip().startswith(f"@{account} ")
    ]
    await browser.send(303, decision="allow", acting_as=choice)
    form = exchange(app, query_of(browser.location)["code"])
    answer = await network.anonymous.post("/oauth/token", data=form)
    return Client(network, answer["access_token"])


async def publish(network: Network, client: Client, text: str, **options: Any) -> Any:
    status = await client.post("/api/v1/statuses", json={"status": text, **options})
    await network.settle()
    return status


async def test_a_member_acts_as_a_shared_account_from_an_ordinary_app(network: Network) -> None:
    club, alice, bob = await network.people("club", "alice", "bob")
    members = await share(network, "club", "alice")
    as_club = await acting(network, members, "club")
    me = await as_club.get("/api/v1/accounts/verify_credentials")
    assert me["id"] == club.id
    status = await publish(network, as_club, "hello from us")
    assert status["account"]["id"] == club.id
    assert status["posted_by"]["id"] == alice.id
    seen = await bob.get(f"/api/v1/statuses/{status['id']}")
    assert "posted_by" not in seen
    assert alice.id not in str(seen)
    assert "posted_by" not in await alice.get(f"/api/v1/statuses/{status['id']}")
    assert "posted_by" not in await network.anonymous.get(f"/api/v1/statuses/{status['id']}")
    [listed] = await club.get(f"/api/v1/accounts/{club.id}/statuses")
    assert listed["posted_by"]["id"] == alice.id
    own = await club.publish("by the owner")
    assert "posted_by" not in own


async def test_boosts_and_what_is_scheduled_or_drafted_tell_who_it_was(network: Network) -> None:
    club, alice, bob = await network.people("club", "alice", "bob")
    as_club = await acting(network, await share(network, "club", "alice"), "club")
    status = await bob.publish("of interest")
    boost = await as_club.post(f"/api/v1/statuses/{status['id']}/reblog")
    assert boost["posted_by"]["id"] == alice.id
    assert "posted_by" not in boost["reblog"]
    draft = await as_club.post("/api/v1/drafts", json={"status": "thought over"})
    published = await as_club.post(f"/api/v1/drafts/{draft['id']}/publish")
    assert published["posted_by"]["id"] == alice.id
    later = await as_club.post(
        "/api/v1/statuses", json={"status": "later", "scheduled_at": "2099-01-01T00:00:00Z"}
    )
    async with network.services.db.connection() as tx:
        await tx.execute("update scheduled_statuses set scheduled_at = now()")
        await scheduling.publish_due(tx, network.settings, int(later["id"]))
    newest = (await club.get(f"/api/v1/accounts/{club.id}/statuses"))[0]
    assert (newest["content"], newest["posted_by"]["id"]) == ("<p>later</p>", alice.id)


async def test_removing_a_member_ends_their_apps_at_once(network: Network) -> None:
    _, alice, _ = await network.people("club", "alice", "bob")
    members = await share(network, "club", "alice")
    as_club = await acting(network, members, "club")
    app = await register(network)
    await members.open(ask(app, scope="read"))
    [choice] = [str(o["value"]) for o in members.page.soup.select("select[name=acting_as] option")][1:]
    await members.send(303, decision="allow", acting_as=choice)
    code = query_of(members.location)["code"]
    await members.open(ask(app, scope="read"))
    owners = await browser_of(network, "club")
    await owners.open("/settings/shared")
    await press(owners, "end")
    await as_club.get("/api/v1/accounts/verify_credentials", 401)
    await network.anonymous.post("/oauth/token", 400, data=exchange(app, code))
    await members.send(404, decision="allow", acting_as=choice)
    assert (await alice.get("/api/v1/accounts/verify_credentials"))["id"] == alice.id


async def test_leaving_ends_it_too_and_so_does_the_end_of_the_member(network: Network) -> None:
    _, _, bob = await network.people("club", "alice", "bob")
    members = await share(network, "club", "alice")
    as_club = await acting(network, members, "club")
    bobs = await acting(network, await share(network, "club", "bob"), "club")
    await members.open("/settings/shared")
    await press(members, "end")
    await as_club.get("/api/v1/accounts/verify_credentials", 401)
    await bobs.get("/api/v1/accounts/verify_credentials")
    async with network.services.db.connection() as tx:
        await begin(tx, network.services.bus, bob.account_id)
    response = await bobs.request("GET", "/api/v1/accounts/verify_credentials")
    assert response.status_code in (401, 403)
    await network.settle()
    await bobs.get("/api/v1/accounts/verify_credentials", 401)


async def test_a_disabled_member_does_not_act_as_others_either(network: Network) -> None:
    _, alice = await network.people("club", "alice")
    as_club = await acting(network, await share(network, "club", "alice"), "club")
    await as_club.get("/api/v1/timelines/home")
    async with network.services.db.connection() as tx, tokens_die(tx, network.services.bus):
        await tx.execute("update users set disabled_at = now() where account_id = %s", (alice.account_id,))
    await as_club.get("/api/v1/timelines/home", 403)


async def test_editors_leave_the_profile_to_managers_and_nobody_gets_the_owners_power(
    network: Network,
) -> None:
    await network.person("club", role="owner")
    await network.people("alice", "bob")
    editor = await acting(network, await share(network, "club", "alice"), "club")
    manager = await acting(network, await share(network, "club", "bob", role="manager"), "club")
    await editor.patch("/api/v1/accounts/update_credentials", 403, json={"display_name": "Ours"})
    await editor.delete("/api/v1/profile/avatar", 403)
    await editor.patch("/api/v1/interaction_policies/defaults", 403, json={})
    changed = await manager.patch("/api/v1/accounts/update_credentials", json={"display_name": "Ours"})
    assert changed["display_name"] == "Ours"
    for client in (editor, manager):
        await client.post("/api/v1/emails/confirmations", 403, json={"email": "new@people.example"})


async def test_what_only_staff_may_know_is_not_told_to_who_looks_after_their_account(
    network: Network,
) -> None:
    club = await network.person("club", role="admin")
    _, bob, carol = await network.people("alice", "bob", "carol")
    await carol.post("/api/v1/reports", json={"account_id": bob.id, "comment": "in confidence"})
    await network.settle()
    told = await club.get("/api/v1/notifications")
    assert "admin.report" in [each["type"] for each in told]
    editor = await acting(network, await share(network, "club", "alice"), "club")
    for path in ("/api/v1/notifications", "/api/v2/notifications"):
        assert "in confidence" not in str(await editor.get(path))
    for each in told:
        if each["type"].startswith("admin."):
            await editor.get(f"/api/v1/notifications/{each['id']}", 404)
    assert (await editor.get("/api/v1/notifications/unread_count"))["count"] == 0


async def test_a_manager_lets_editors_in_and_out_and_an_editor_nobody(network: Network) -> None:
    club, *_ = await network.people("club", "alice", "bob", "carol")
    managers = await share(network, "club", "alice", role="manager")
    bobs = await share(network, "club", "bob")
    await managers.open(f"/settings/shared/{club.id}")
    assert "@bob" in managers.page.text("main")
    await managers.send(form="main form.card", member="carol", role="editor")
    assert "@carol" in managers.page.text("main")
    csrf = managers.csrf
    fields = {"csrf": csrf, "account": club.id, "member": "carol", "role": "manager"}
    assert (await managers.post("/settings/shared/invite", fields)).status_code == 404
    await bobs.open(f"/settings/shared/{club.id}", 404)
    await bobs.open(f"/settings/shared/{club.id}/acts")
    others = await browser_of(network, "carol")
    await others.open(f"/settings/shared/{club.id}", 404)
    await others.open(f"/settings/shared/{club.id}/acts", 404)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("nobody", "no member of that name"),
        ("@alice@elsewhere.example", "no member of that name"),
        ("club", "the account itself"),
        ("", "no member of that name"),
        ("@bob", "no member of that name"),
    ],
)
async def test_who_cannot_be_invited(network: Network, written: str, said: str) -> None:
    club, _, bob = await network.people("club", "alice", "bob")
    await bob.post(f"/api/v1/accounts/{club.id}/block")
    owners = await browser_of(network, "club")
    await owners.open("/settings/shared")
    await owners.send(422, form="main form.card", member=written, role="editor")
    assert said in owners.page.text("main")


async def test_an_invitation_comes_by_mail_once_and_is_only_for_who_was_invited(network: Network) -> None:
    _, alice, _ = await network.people("club", "alice", "bob")
    owners = await browser_of(network, "club")
    await owners.open("/settings/shared")
    await owners.send(form="main form.card", member="alice", role="editor")
    [mail] = [mail for mail in await mails(network) if mail["To"] == "alice@people.example"]
    assert "@club" in mail.get_content()
    await owners.send(422, form="main form.card", member="alice", role="editor")
    members = await browser_of(network, "alice")
    await members.open("/settings/shared")
    access = str(members.page.soup.select("main form input[name=access]")[0]["value"])
    thief = await browser_of(network, "bob")
    await thief.open("/settings/shared")
    fields = {"csrf": thief.csrf, "account": alice.id, "access": access}
    assert (await thief.post("/settings/shared/accept", fields)).status_code == 404
    assert (await thief.post("/settings/shared/end", fields)).status_code == 404
    app = await register(network)
    await members.open(ask(app, scope="read"))
    assert not members.page.soup.select("select[name=acting_as]")  # not before it is accepted
    await members.open("/settings/shared")
    await press(members, "end")
    assert "@club" not in members.page.text("main")


@pytest.mark.parametrize("settings", [{"rate_limits": True}], indirect=True)
async def test_nobody_is_sent_invitations_without_end(network: Network) -> None:
    await network.people("club", "alice")
    owners = await browser_of(network, "club")
    await owners.open("/settings/shared")
    for _ in range(5):
        await owners.send(form="main form.card", member="alice", role="editor")
        await network.settle()
        await press(owners, "end")
    await owners.send(429, form="main form.card", member="alice", role="editor")
    assert len([mail for mail in await mails(network) if mail["To"] == "alice@people.example"]) == 5


async def test_somebody_elses_access_gives_no_code(network: Network) -> None:
    await network.people("club", "alice", "bob")
    members = await share(network, "club", "alice")
    app = await register(network)
    await members.open(ask(app, scope="read"))
    access = [str(o["value"]) for o in members.page.soup.select("select[name=acting_as] option")][1]
    thief = await browser_of(network, "bob")
    await thief.open(ask(app, scope="read"))
    await thief.send(404, decision="allow", acting_as=access)
    await thief.open(ask(app, scope="read"))
    await thief.send(400, decision="allow", acting_as="x")


async def test_what_was_done_is_written_down_for_those_who_look_after_the_account(network: Network) -> None:
    club, _, bob = await network.people("club", "alice", "bob")
    members = await share(network, "club", "alice")
    as_club = await acting(network, members, "club")
    status = await publish(network, as_club, "hello")
    await as_club.put(f"/api/v1/statuses/{status['id']}", json={"status": "hello!"})
    await as_club.post(f"/api/v1/accounts/{bob.id}/follow")
    await as_club.post("/api/v1/statuses", 422, json={"status": ""})
    await as_club.post("/api/v1/markers", json={"home": {"last_read_id": "1"}})
    await as_club.delete(f"/api/v1/statuses/{status['id']}")
    await club.publish("by the owner")
    for browser in (members, await browser_of(network, "club")):
        await browser.open(f"/settings/shared/{club.id}/acts")
        assert [text.partition(" · ")[0] for text in browser.page.texts("main li p")] == [
            "Deleted a post",
            "Followed somebody",
            "Edited a post",
            "Published or scheduled a post",
        ]
        assert set(browser.page.texts("main li strong")) == {"@alice"}


async def test_a_change_of_the_profile_is_written_down_too(network: Network) -> None:
    club, *_ = await network.people("club", "alice")
    members = await share(network, "club", "alice", role="manager")
    as_club = await acting(network, members, "club")
    await as_club.patch("/api/v1/accounts/update_credentials", json={"display_name": "Ours"})
    await as_club.patch("/api/v1/profile", json={"display_name": "Ours again"})
    await as_club.patch("/api/v1/profile", 422, json={"display_name": "x" * 1000})
    await members.open(f"/settings/shared/{club.id}/acts")
    assert len(members.page.texts("main li p")) == 2


async def test_who_was_removed_is_still_named_in_what_they_did(network: Network) -> None:
    club, alice = await network.people("club", "alice")
    members = await share(network, "club", "alice")
    as_club = await acting(network, members, "club")
    status = await publish(network, as_club, "hello")
    await members.open("/settings/shared")
    await press(members, "end")
    assert (await club.get(f"/api/v1/statuses/{status['id']}"))["posted_by"]["id"] == alice.id


async def test_a_page_of_shared_posts_costs_a_fixed_number_of_queries(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    club, _, _ = await network.people("club", "alice", "bob")
    first = await acting(network, await share(network, "club", "alice"), "club")
    second = await acting(network, await share(network, "club", "bob"), "club")

    async def cost() -> int:
        path = f"/api/v1/accounts/{club.id}/statuses"
        await club.get(path)
        with count_queries(monkeypatch) as seen:
            await club.get(path)
        return len(seen)

    await publish(network, first, "one")
    once = await cost()
    for number in range(6):
        await publish(network, first if number % 2 else second, f"{number}")
    assert await cost() == once


async def test_a_role_that_is_taken_away_is_gone_at_once(network: Network) -> None:
    club, *_ = await network.people("club", "alice")
    members = await share(network, "club", "alice", role="manager")
    as_club = await acting(network, members, "club")
    await as_club.patch("/api/v1/accounts/update_credentials", json={"display_name": "Ours"})
    owners = await browser_of(network, "club")
    await owners.open("/settings/shared")
    await press(owners, "role")
    await as_club.patch("/api/v1/accounts/update_credentials", 403, json={"display_name": "Mine"})
    await members.open(f"/settings/shared/{club.id}", 404)
