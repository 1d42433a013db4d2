"""Passwords, mail addresses, sessions, and deleting an account."""

import asyncio
from typing import Any

import pytest

from rostra.accounts import deletion
from rostra.core.settings import Settings, load
from tests.auth.support import FIREFOX, Browser, link_in_mail, mails
from tests.network import PASSWORD, Network

NEW = "another long password"


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Any) -> Settings:
    overrides = getattr(request, "param", {})
    base = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**base, **overrides}, environ={})


limited = pytest.mark.parametrize("settings", [{"rate_limits": True}], indirect=True)


async def ask_for_reset(network: Network, address: str) -> str:
    browser = Browser(network)
    await browser.open("/auth/password")
    await browser.send(email=address)
    return browser.page.text("[role=status]")


async def test_a_forgotten_password_is_set_anew_by_mail(network: Network) -> None:
    alice = await network.person("alice")
    elsewhere = Browser(network)
    await elsewhere.log_in("alice")
    await ask_for_reset(network, "Alice@People.Example")
    link = await link_in_mail(network, "alice@people.example")

    browser = Browser(network)
    await browser.open(link)
    await browser.send(422, password="short")
    await browser.send(password=NEW, revoke_apps=None)
    assert "new password is saved" in browser.page.text("[role=status]")
    assert not await browser.is_signed_in()
    assert not await elsewhere.is_signed_in()
    await alice.home()  # apps were to stay
    await browser.send(422, login="alice", password=PASSWORD)
    await browser.log_in("alice", NEW)
    await browser.open(link, 410)
    assert (await mails(network))[-1]["Subject"] == "A change to your account on Rostra"


async def test_a_reset_revokes_apps_unless_it_is_told_not_to(network: Network) -> None:
    alice = await network.person("alice")
    await alice.home()
    await ask_for_reset(network, "alice@people.example")
    browser = Browser(network)
    await browser.open(await link_in_mail(network, "alice@people.example"))
    await browser.send(password=NEW)
    await alice.get("/api/v1/timelines/home", 401)


async def test_asking_for_a_reset_does_not_tell_who_is_here(network: Network) -> None:
    await network.person("alice")
    answers = {
        await ask_for_reset(network, address)
        for address in ("alice@people.example", "nobody@people.example", "no address", "")
    }
    assert len(answers) == 1
    assert [mail["To"] for mail in await mails(network)] == ["alice@people.example"]


async def test_links_end_with_time_with_use_and_with_a_new_address(network: Network) -> None:
    await network.person("alice")
    for _ in range(2):
        await ask_for_reset(network, "alice@people.example")
        await network.settle()
    sent = [mail.get_content() for mail in await mails(network)]
    assert len(sent) == 2
    newest = await link_in_mail(network, "alice@people.example")
    browser = Browser(network)
    await browser.open(newest)
    stale = Browser(network)
    await stale.open(newest)
    await browser.send(password=NEW)
    await stale.send(410, password="mallory's password")

    await ask_for_reset(network, "alice@people.example")
    late = await link_in_mail(network, "alice@people.example")
    async with network.services.db.connection() as tx:
        await tx.execute("update email_tokens set expires_at = now()")
    await browser.open(late, 410)


async def test_of_two_who_follow_a_link_at_once_one_sets_the_password(network: Network) -> None:
    await network.person("alice")
    await ask_for_reset(network, "alice@people.example")
    link = await link_in_mail(network, "alice@people.example")
    browsers = [Browser(network), Browser(network)]
    for browser in browsers:
        await browser.open(link)
    answers = await asyncio.gather(
        *(browser.post(link, {"csrf": browser.csrf, "password": NEW}) for browser in browsers)
    )
    assert sorted(answer.status_code for answer in answers) == [303, 410]


@limited
async def test_nobodys_mailbox_can_be_flooded(network: Network) -> None:
    await network.person("alice")
    for number in range(6):
        browser = Browser(network, f"203.0.113.{number}")
        await browser.open("/auth/password")
        await browser.send(
            200 if number < 5 else 429, email="ALICE@people.example" if number % 2 else "alice@people.example"
        )
    assert len(await mails(network)) == 5


async def test_changing_the_password_wants_the_old_one_and_ends_what_it_is_told_to(network: Network) -> None:
    alice = await network.person("alice")
    browser, other = Browser(network), Browser(network)
    await browser.log_in("alice")
    await other.log_in("alice")
    await browser.open("/settings/password")
    await browser.send(422, current="wrong", password=NEW)
    await browser.send(422, current=PASSWORD, password="short")
    await browser.send(current=PASSWORD, password=NEW, end_sessions=None)
    assert await other.is_signed_in()
    await browser.open("/settings/password")
    await browser.send(current=NEW, password=PASSWORD, end_sessions="1", revoke_apps="1")
    assert "new password is saved" in browser.page.text("[role=status]")
    assert await browser.is_signed_in()
    assert not await other.is_signed_in()
    await alice.get("/api/v1/timelines/home", 401)


@limited
async def test_a_stolen_session_can_not_guess_the_password(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    await browser.open("/settings/delete")
    for attempt in range(10):
        await browser.send(422, password=f"guess {attempt}")
    await browser.send(429, password=PASSWORD)
    await browser.open("/settings/password")
    await browser.send(429, current=PASSWORD, password=NEW)


async def test_a_new_address_counts_when_its_owner_follows_the_link(network: Network) -> None:
    await network.person("alice")
    await network.person("bob")
    browser = Browser(network)
    await browser.log_in("alice")
    await browser.open("/settings/email")
    await browser.send(422, email="BOB@people.example")
    await browser.send(422, email="no address")
    await browser.send(email="first@people.example")
    first = await link_in_mail(network, "first@people.example")
    await browser.send(email="alice@Sea.example")
    assert "alice@sea.example" in browser.page.text("[role=status]")
    link = await link_in_mail(network, "alice@sea.example")
    anywhere = Browser(network)
    await anywhere.open(first, 410)
    await Browser(network).log_in("alice@people.example")  # still the old one
    await anywhere.open(link)
    assert "alice@sea.example" in anywhere.page.text("main")
    await anywhere.open(link, 410)
    await Browser(network).log_in("alice@sea.example")
    told = (await mails(network))[-1]
    assert told["To"] == "alice@people.example"
    assert "email address of your account was changed" in told.get_content()


async def test_an_address_that_was_taken_meanwhile_stays_with_its_owner(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    await browser.open("/settings/email")
    await browser.send(email="wanted@people.example")
    link = await link_in_mail(network, "wanted@people.example")
    await network.person("wanted")
    await browser.open(link, 409)
    await Browser(network).log_in("wanted@people.example")


async def test_delicate_pages_want_the_password_again_after_a_while(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    async with network.services.db.connection() as tx:
        await tx.execute("update web_sessions set confirmed_at = now() - interval '16 minutes'")
    for path in (
        "/settings/email",
        "/settings/two_factor",
        "/settings/two_factor/totp",
        "/settings/two_factor/passkey",
    ):
        await browser.open(path)
        assert browser.heading == "Is it you?", path
    form = {"csrf": browser.csrf, "email": "mallory@people.example"}
    assert (
        (await browser.post("/settings/email", form)).headers["location"].startswith("/auth/confirm_password")
    )


async def test_sessions_are_listed_and_end_one_by_one_or_all(network: Network) -> None:
    await network.person("alice")
    await network.person("bob")
    here, there, third, bob = (Browser(network) for _ in range(4))
    there.http.headers["User-Agent"] = FIREFOX.replace("X11; Linux x86_64", "Android 16; Mobile")
    third.http.headers["User-Agent"] = "<script>alert(1)</script>" * 100
    for browser in (here, there, third):
        await browser.log_in("alice")
    await bob.log_in("bob")
    await here.open("/settings/sessions")
    assert here.page.texts(".rows strong") == ["Unknown browser", "Firefox, Android", "Firefox, Linux"]

    await bob.open("/settings/password")
    stolen = {"csrf": bob.csrf, "session": here.page.attribute(".rows > li:nth-of-type(2) button", "value")}
    await bob.post("/settings/sessions", stolen)
    assert await there.is_signed_in()
    await here.send(form=".rows > li:nth-of-type(2) form")
    assert not await there.is_signed_in()
    await here.send(form="main > div > form", session="others")
    assert not await third.is_signed_in()
    assert await here.is_signed_in()
    await here.open("/settings/password")
    assert (await here.post("/settings/sessions", {"csrf": here.csrf, "session": "x"})).status_code == 400


async def test_deleting_an_account_takes_all_that_belongs_to_it(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.follow(alice)
    await alice.follow(bob)
    first = await bob.publish("first")
    await alice.post(f"/api/v1/statuses/{first['id']}/favourite")
    answer = await alice.publish("an answer", in_reply_to_id=first["id"])
    await alice.publish("an answer that never counted", in_reply_to_id=first["id"], visibility="private")
    await bob.publish("one that stays", in_reply_to_id=first["id"])
    reply = await bob.publish("a reply", in_reply_to_id=answer["id"])
    browser, other = Browser(network), Browser(network)
    await browser.log_in("alice")
    await other.log_in("alice")
    await browser.open("/settings/delete")
    goes = browser.page.texts("main li")
    assert goes[:2] == [
        "2 posts, with what belongs to them",
        "Connections: 1 who follow you, 1 whom you follow",
    ]
    assert len(goes) == 3  # no files: there are none
    await browser.send(422, password="wrong password")
    await browser.send(password=PASSWORD)
    assert browser.heading == "Your account is deleted"
    assert not browser.page.soup.select('a[href="/settings"]')

    # At once, before anything else has run:
    assert not await browser.is_signed_in()
    assert not await other.is_signed_in()
    await alice.get("/api/v1/timelines/home", 401)
    assert (await network.http.get("/@alice")).status_code == 404
    await bob.get(f"/api/v1/accounts/{alice.id}", 404)

    await network.settle()
    async with network.services.db.connection() as tx:
        for table, column in (("accounts", "id"), ("users", "account_id"), ("statuses", "account_id")):
            row = await (
                await tx.execute(f"select count(*) from {table} where {column} = %s", (alice.account_id,))  # type: ignore[arg-type]
            ).fetchone()
            assert row == (0,), table
    counts = await bob.get(f"/api/v1/statuses/{first['id']}")
    assert (counts["replies_count"], counts["favourites_count"]) == (1, 0)
    me = await bob.get(f"/api/v1/accounts/{bob.id}")
    assert (me["followers_count"], me["following_count"]) == (0, 0)
    orphan = await bob.get(f"/api/v1/statuses/{reply['id']}")
    assert orphan["in_reply_to_id"] is None
    await network.person("alice")  # the name and the address are free


async def test_deletion_goes_in_steps_and_survives_being_cut_off(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deletion, "STEP", 2)
    alice, bob = await network.people("alice", "bob")
    for number in range(5):
        status = await alice.publish(f"post {number}")
        await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    await network.settle()
    async with network.services.db.connection() as tx:
        await deletion.begin(tx, network.services.bus, alice.account_id)
    assert await deletion._delete_statuses(network.services.db, alice.account_id) == 2  # then the power fails
    await network.settle()
    async with network.services.db.connection() as tx:
        left = await (await tx.execute("select count(*) from statuses")).fetchone()
    assert left == (0,)
    assert (await bob.get(f"/api/v1/accounts/{bob.id}"))["statuses_count"] == 0
