"""Becoming a member in the browser."""

from typing import Any

import pytest

from rostra.accounts import signup
from rostra.accounts.passwords import MAX_LENGTH
from rostra.core.settings import Settings, load
from tests.auth.support import Browser, link_in_mail, mails
from tests.network import PASSWORD, Network

ALICE: dict[str, Any] = {
    "username": "alice",
    "email": "alice@people.example",
    "password": PASSWORD,
    "agreement": "1",
}


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Any) -> Settings:
    overrides = getattr(request, "param", {})
    base = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": True}
    return load({**base, **overrides}, environ={})


def newcomer(**changes: Any) -> Any:
    """What Alice enters, with `changes`."""
    return {**ALICE, **changes}


def registration(mode: str, **more: Any) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("settings", [{"registration": mode, **more}], indirect=True)


async def test_who_signs_up_and_confirms_the_address_can_log_in(network: Network) -> None:
    browser = Browser(network)
    await browser.open("/auth/sign_up")
    assert "No hatred" in browser.page.text(".rules")
    await browser.send(**ALICE)
    assert browser.heading == "Look into your mailbox"
    assert (await network.http.get("/@alice")).status_code == 404

    await browser.open("/auth/sign_in")
    await browser.send(403, login="alice", password=PASSWORD)
    assert browser.heading == "First confirm your email address"
    assert not await browser.is_signed_in()

    await browser.open(await link_in_mail(network, "alice@people.example"))
    assert browser.heading == "Your address is confirmed"
    await browser.log_in("Alice")
    assert await browser.is_signed_in()
    assert (await network.http.get("/@alice")).status_code == 200


async def test_the_link_in_the_mail_is_the_only_one_that_confirms(network: Network) -> None:
    browser = Browser(network)
    await browser.open("/auth/sign_up")
    await browser.send(**ALICE)
    link = await link_in_mail(network, "alice@people.example")
    await browser.open(link[:-1], 410)
    await browser.open("/auth/confirm", 410)
    await browser.open(link.replace("/auth/confirm", "/auth/password/new"), 410)
    async with network.services.db.connection() as tx:
        await tx.execute("update email_tokens set expires_at = now()")
    await browser.open(link, 410)

    await browser.open("/auth/check_mail")
    await browser.send(email="ALICE@people.example")
    assert "is on its way" in browser.page.text("[role=status]")
    fresh = await link_in_mail(network, "alice@people.example")
    assert fresh != link
    await browser.open(fresh)
    await browser.open(fresh)  # mail scanners were here first
    assert browser.heading == "Your address is confirmed"


async def test_asking_for_the_link_again_does_not_tell_who_waits(network: Network) -> None:
    await network.person("bob")
    answers: set[str] = set()
    browser = Browser(network)
    for address in ("bob@people.example", "nobody@people.example"):
        await browser.open("/auth/check_mail")
        await browser.send(email=address)
        answers.add(browser.page.text("[role=status]"))
    assert len(answers) == 1
    assert await mails(network) == []


async def test_all_problems_are_shown_at_once_beside_their_fields(network: Network) -> None:
    await network.person("bob")
    browser = Browser(network)
    await browser.open("/auth/sign_up")
    bad = {"username": "BOB", "email": "Bob@People.Example", "password": "short"}
    await browser.send(422, **newcomer(**bad, agreement=None))
    page = browser.page
    assert "has this username already" in page.text("#username-error")
    assert "account with this address already" in page.text("#email-error")
    assert "at least 8 characters" in page.text("#password-error")
    assert "agree to the rules" in page.text("#agreement-error")
    assert page.attribute("#username", "aria-invalid") == "true"
    assert page.attribute("#username", "value") == "BOB"
    assert not page.one("#password").get("value")


async def test_names_and_addresses_that_can_not_be_are_refused(network: Network) -> None:
    browser = Browser(network)
    await browser.open("/auth/sign_up")
    bad: list[dict[str, str]] = [
        *(
            {"username": name}
            for name in ("", "al ice", "älice", "аlice", "ali\u212ae", "a" * 31, "admin", "Root")
        ),
        *(
            {"email": address}
            for address in (
                "",
                "alice",
                "alice@",
                "alıce@people.example",
                "alice@people.example\r\nBcc: all@people.example",
                "alice <alice@people.example>",
                "alice@localhost",
                "a@" + "b" * 300 + ".example",
            )
        ),
        *({"password": password} for password in ("", "1234567", "x" * (MAX_LENGTH + 1))),
    ]
    for change in bad:
        if len(change.get("email", "")) > 300:
            await browser.send(400, **newcomer(**change))
            await browser.open("/auth/sign_up")
            continue
        await browser.send(422, **newcomer(**change))
        assert browser.page.soup.select(f"#{next(iter(change))}-error"), change
    assert await mails(network) == []


async def test_a_form_that_does_not_fit_says_so_first_and_leads_to_each_field(network: Network) -> None:
    browser = Browser(network)
    await browser.open("/auth/sign_up")
    assert not browser.page.soup.select("[autofocus]")
    await browser.send(422, **newcomer(username="", email="nobody"))
    assert browser.page.text("title").startswith("Error: ")
    summary = browser.page.soup.select("[autofocus]")[0]
    assert summary["role"] == "alert"
    assert [link["href"] for link in summary.select("a")] == ["#username", "#email"]
    for name in ("username", "email"):
        field = browser.page.one(f"#{name}")
        assert field["aria-invalid"] == "true"
        assert f"{name}-error" in str(field["aria-describedby"]).split()


@registration("open", confirm_email=False)
async def test_without_confirmation_a_newcomer_is_in_at_once_and_where_they_wanted_to_go(
    network: Network,
) -> None:
    browser = Browser(network)
    await browser.open("/auth/sign_up?next=/settings/sessions")
    await browser.send(**ALICE)
    assert browser.url == "/settings/sessions"
    assert "Firefox, Linux" in browser.page.text(".rows")


@registration("closed")
async def test_closed_means_closed(network: Network) -> None:
    alice = await network.person("alice")
    browser = Browser(network)
    await browser.open("/auth/sign_up", 403)
    assert browser.heading == "Sign-up is closed"
    assert not browser.page.soup.select("main form")
    member = Browser(network)
    await member.log_in("alice")
    await member.open("/settings/invites")
    assert not member.page.soup.select("main form")
    assert alice.id


@registration("approval")
async def test_with_approval_the_staff_decides(network: Network) -> None:
    operator = await network.person("operator1", role="owner")
    for name in ("bob", "carol"):
        guest = Browser(network)
        await guest.open("/auth/sign_up")
        await guest.send(
            **newcomer(username=name, email=f"{name}@people.example", reason="I sail <b>boats</b>.")
        )
        await guest.open(await link_in_mail(network, f"{name}@people.example"))
        assert "somebody of this network looks" in guest.page.text("main")
        await guest.open("/auth/sign_in")
        await guest.send(403, login=name, password=PASSWORD)
        assert guest.heading == "Your account is being looked at"
    assert await link_in_mail(network, "operator1@people.example") == "/settings/sign_ups"
    assert await operator.get("/api/v1/notifications") == []

    staff = Browser(network)
    await staff.log_in("operator1")
    await staff.open("/settings/sign_ups")
    assert staff.page.texts(".reason") == ["I sail <b>boats</b>."] * 2
    await staff.send(form="main li:nth-of-type(1) form", decision="approve")
    await staff.send(form="main li:nth-of-type(1) form", decision="reject")
    assert staff.page.texts(".empty") == ["Nobody waits."]
    await Browser(network).log_in("bob")
    approval = (await mails(network))[-1]
    assert (approval["To"], approval["Subject"]) == ("bob@people.example", "You can log in to Rostra")

    turned_away = Browser(network)
    await turned_away.open("/auth/sign_in")
    await turned_away.send(422, login="carol", password=PASSWORD)
    await network.settle()
    heard = await operator.get("/api/v1/notifications")
    assert [(item["type"], item["account"]["acct"]) for item in heard] == [("admin.sign_up", "bob")]


@registration("approval")
async def test_members_do_not_see_who_waits(network: Network) -> None:
    await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    await browser.open("/settings/sign_ups", 404)
    await browser.open("/settings")
    assert not browser.page.soup.select('a[href="/settings/sign_ups"]')


@registration("invitation")
async def test_an_invitation_lets_as_many_in_as_it_says(network: Network) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    await member.open("/settings/invites")
    await member.send(form="main form.card", uses="1", days="7")
    link = member.page.text("main code")

    guest = Browser(network)
    await guest.open("/auth/sign_up")
    assert guest.heading == "By invitation"
    await guest.open(link.removeprefix(network.settings.base_url))
    assert "alice" in guest.page.text("main")
    await guest.open(guest.page.attribute("main .button:first-child", "href"))
    bob = newcomer(username="bob", email="bob@people.example")
    await guest.send(422, **(bob | {"password": "short"}))  # a failed try uses nothing up
    await guest.send(**bob)
    assert guest.heading == "Look into your mailbox"

    late = Browser(network)
    await late.open(link.removeprefix(network.settings.base_url), 404)
    await late.open("/auth/sign_up?invite=" + link.rpartition("/")[2], 404)


@registration("approval")
async def test_an_invitation_spares_the_wait_and_can_be_taken_back(network: Network) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    await member.open("/settings/invites")
    await member.send(form="main form.card", uses="unlimited", days="forever")
    code = member.page.text("main code").rpartition("/")[2]

    guest = Browser(network)
    await guest.open(f"/auth/sign_up?invite={code}")
    assert not guest.page.soup.select("#reason")
    await guest.send(**newcomer(username="bob", email="bob@people.example"))
    await guest.open(await link_in_mail(network, "bob@people.example"))
    await guest.log_in("bob")

    await guest.open("/settings/invites")
    await guest.send(form="main form.card", uses="5", days="1")
    other = guest.page.text("main code").rpartition("/")[2]
    await member.open("/settings/invites")
    foreign = {"csrf": member.page.attribute("main form.card [name=csrf]", "value"), "invite": "1"}
    await member.post("/settings/invites/revoke", foreign)
    await guest.open(f"/invite/{other}")
    await member.send(form="main li form")
    stranger = Browser(network)
    await stranger.open(f"/invite/{code}", 404)
    async with network.services.db.connection() as tx:
        await tx.execute("update users set disabled_at = now()")
    await stranger.open(f"/invite/{other}", 404)


async def test_the_first_operators_link_works_once(network: Network) -> None:
    async with network.services.db.connection() as tx:
        await signup.create_setup_token(tx)
        token = await signup.create_setup_token(tx)
    browser = Browser(network)
    await browser.open("/setup/nonsense", 410)
    await browser.open(f"/setup/{token}")
    second = Browser(network)
    await second.open(f"/setup/{token}")
    form = newcomer(agreement=None)
    await browser.send(422, **(form | {"password": "short"}))
    await browser.send(**form)
    assert browser.url == "/settings?done=setup"
    assert browser.page.soup.select('a[href="/settings/sign_ups"]')
    await second.send(410, **(form | {"username": "mallory", "email": "mallory@people.example"}))
    await second.open(f"/setup/{token}", 410)
    async with network.services.db.connection() as tx:
        later = await signup.create_setup_token(tx)
    await second.open(f"/setup/{later}", 410)  # there is an owner
    await second.open("/auth/sign_up")
    late = {**form, "username": "mallory", "email": "mallory@people.example", "csrf": second.csrf}
    assert (await second.post(f"/setup/{later}", {k: v for k, v in late.items() if v})).status_code == 410


async def test_accounts_that_are_never_confirmed_go_and_free_their_name(network: Network) -> None:
    browser = Browser(network)
    await browser.open("/auth/sign_up")
    await browser.send(**ALICE)
    bob = await network.person("bob")
    async with network.services.db.connection() as tx:
        assert await signup.delete_unconfirmed(tx) == 0
        await tx.execute("update users set created_at = now() - interval '8 days'")
        assert await signup.delete_unconfirmed(tx) == 1
    await browser.open("/auth/sign_up")
    await browser.send(**ALICE)
    assert bob.id


async def test_odd_codes_and_tokens_are_simply_not_good(network: Network) -> None:
    browser = Browser(network)
    for odd in ("%00", "%ff", "x" * 5000, "%F0%9F%92%A9", "..%2f.."):
        for path, status in (
            (f"/auth/sign_up?invite={odd}", 404),
            (f"/invite/{odd}", 404),
            (f"/setup/{odd}", 410),
            (f"/auth/confirm?token={odd}", 410),
            (f"/auth/email/confirm?token={odd}", 410),
            (f"/auth/password/new?token={odd}", 410),
            (f"/oauth/authorize?client_id={odd}", 400),
        ):
            response = await browser.http.get(path)
            assert response.status_code in (status, 404), path
