"""The second factor: authenticator app and recovery codes. (Passkeys need a browser: test_in_browser.py.)"""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from pyotp.totp import TOTP

from rostra.core import clock
from rostra.core.settings import Settings, load
from tests.auth.support import Browser, mails
from tests.network import PASSWORD, Network


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Any) -> Settings:
    overrides = getattr(request, "param", {})
    base = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**base, **overrides}, environ={})


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    return Clock(monkeypatch)


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.now)

    def forward(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)


async def turn_on(browser: Browser, time: Clock) -> tuple[TOTP, list[str]]:
    """Set an authenticator app up; returns it and the recovery codes."""
    await browser.open("/settings/two_factor/totp")
    assert browser.page.soup.select(".qr svg path")
    app = TOTP(browser.page.text(".code-box").replace(" ", ""))
    await browser.send(code=app.at(time.now))
    codes = browser.page.texts(".codes li")
    assert len(codes) == len(set(codes)) == 10
    time.forward(60)
    return app, codes


async def first_step(network: Network) -> Browser:
    """A browser in which the password was right."""
    browser = Browser(network)
    await browser.open("/auth/sign_in?next=/settings/apps")
    await browser.send(login="alice", password=PASSWORD)
    assert browser.heading == "One more step"
    assert not await browser.is_signed_in()
    return browser


async def test_with_an_authenticator_app_the_password_is_not_enough(network: Network, time: Clock) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    app, _ = await turn_on(member, time)
    assert (await mails(network))[-1]["Subject"] == "A change to your account on Rostra"

    browser = await first_step(network)
    assert browser.page.attribute("#code", "inputmode") == "numeric"
    await browser.send(422, code="000000" if app.at(time.now) != "000000" else "111111")
    await browser.send(422, code="")
    await browser.send(422, code="12345")
    await browser.send(422, code="١٢٣٤٥٦")
    code = app.at(time.now)
    await browser.send(code=f" {code[:3]} {code[3:]} ")
    assert browser.url == "/settings/apps"


async def test_a_code_works_once_and_never_after_a_later_one(network: Network, time: Clock) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    app, _ = await turn_on(member, time)
    earlier, code = app.at(time.now - timedelta(seconds=30)), app.at(time.now)
    await (await first_step(network)).send(code=code)

    browser = await first_step(network)
    await browser.send(422, code=code)
    await browser.send(422, code=earlier)
    time.forward(30)
    await browser.send(code=app.at(time.now))


async def test_old_and_coming_codes_are_taken_by_one_step_only(network: Network, time: Clock) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    app, _ = await turn_on(member, time)
    time.forward(600)
    browser = await first_step(network)
    for seconds in (-90, -60, 60, 90):
        await browser.send(422, code=app.at(time.now + timedelta(seconds=seconds)))
    await browser.send(code=app.at(time.now + timedelta(seconds=30)))


async def test_a_recovery_code_works_once_whatever_its_spelling(network: Network, time: Clock) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    _, codes = await turn_on(member, time)
    await (await first_step(network)).send(code=codes[0])
    browser = await first_step(network)
    await browser.send(422, code=codes[0])
    await browser.send(code=codes[1].replace("-", " ").upper())
    await member.open("/settings/two_factor")
    assert "8 are left" in member.page.text("main")

    await member.send(form='form[action="/settings/two_factor/codes"]')
    fresh = member.page.texts(".codes li")
    assert not set(fresh) & set(codes)
    browser = await first_step(network)
    await browser.send(422, code=codes[2])
    await browser.send(code=fresh[0])
    async with network.services.db.connection() as tx:
        kept = repr(await (await tx.execute("select * from recovery_codes")).fetchall())
    assert not any(code in kept or code.replace("-", "") in kept for code in fresh)


@pytest.mark.parametrize("settings", [{"rate_limits": True}], indirect=True)
async def test_guessing_codes_ends_soon_from_wherever(network: Network, time: Clock) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    app, codes = await turn_on(member, time)
    async with network.services.db.connection() as tx:
        await tx.execute("delete from throttles")
    for attempt in range(5):
        browser = await first_step(network)
        await browser.send(422, code=f"{attempt:06}" if app.at(time.now) != f"{attempt:06}" else "999999")
    browser = await first_step(network)
    await browser.send(429, code=app.at(time.now))
    await browser.send(429, code=codes[0])
    assert not await browser.is_signed_in()


async def test_the_second_step_wants_the_first(network: Network, time: Clock) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    app, _ = await turn_on(member, time)
    stranger = Browser(network)
    await stranger.open("/auth/second_factor")
    assert stranger.heading == "Log in"
    form = {
        "csrf": stranger.csrf,
        "code": app.at(time.now),
    }
    assert (await stranger.post("/auth/second_factor", form)).status_code == 422
    assert not await stranger.is_signed_in()

    late = await first_step(network)
    async with network.services.db.connection() as tx:
        await tx.execute("update sign_in_steps set expires_at = now()")
    await late.send(422, code=app.at(time.now))
    assert "took too long" in late.page.text("#login-error")


async def test_a_new_password_ends_half_finished_sign_ins(network: Network, time: Clock) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    app, _ = await turn_on(member, time)
    mallory = await first_step(network)
    await member.open("/settings/password")
    await member.send(current=PASSWORD, password="another long password")
    await mallory.send(422, code=app.at(time.now))
    assert not await mallory.is_signed_in()


async def test_turning_it_off_needs_the_password_to_be_fresh(network: Network, time: Clock) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    await turn_on(member, time)
    async with network.services.db.connection() as tx:
        await tx.execute("update web_sessions set confirmed_at = now() - interval '16 minutes'")
    await member.open("/settings/two_factor")
    assert member.heading == "Is it you?"
    await member.send(422, password="wrong password")
    await member.send(password=PASSWORD)
    assert member.url == "/settings/two_factor"
    await member.send(form='form[action="/settings/two_factor/totp/remove"]')
    assert "codes" not in [section.get("aria-labelledby") for section in member.page.soup.select("section")]
    await Browser(network).log_in("alice")


async def test_a_wrong_code_turns_nothing_on(network: Network, time: Clock) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    await member.open("/settings/two_factor/totp")
    secret = member.page.text(".code-box")
    await member.send(422, code="000000" if TOTP(secret.replace(" ", "")).at(time.now) != "000000" else "1")
    assert member.page.text(".code-box") == secret
    await Browser(network).log_in("alice")
    assert isinstance(time.now, datetime)


async def test_recovery_codes_have_a_field_of_their_own_that_takes_letters(
    network: Network, time: Clock
) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    app, codes = await turn_on(member, time)

    browser = await first_step(network)
    await browser.open(browser.page.attribute("main a[href*=use]", "href"))
    assert browser.page.text("label") == "Recovery code"
    assert "inputmode" not in browser.page.one("#code").attrs
    await browser.open(browser.page.attribute("main a[href^='/auth/second_factor']", "href"))
    assert browser.page.attribute("#code", "inputmode") == "numeric"
    await browser.open(browser.page.attribute("main a[href*=use]", "href"))
    await browser.send(422, code=app.at(time.now)[::-1] + "x")
    assert browser.page.text("label") == "Recovery code"
    await browser.send(code=codes[0])
    assert browser.url == "/settings/apps"


async def test_recovery_codes_can_be_saved_as_a_file_without_a_script(network: Network, time: Clock) -> None:
    await network.person("alice")
    member = Browser(network)
    await member.log_in("alice")
    _, codes = await turn_on(member, time)
    link = member.page.one("a[download]")
    kind, _, text = str(link["href"]).partition(",")
    assert kind == "data:text/plain;charset=utf-8"
    assert unquote(text).splitlines()[2:] == codes
    assert f"@alice@{network.settings.local_domain}" in unquote(text)
    assert str(link["download"]).endswith(".txt")
