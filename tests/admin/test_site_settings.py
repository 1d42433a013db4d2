"""Settings of the network that its operator changes while it runs: at once, everywhere, and on record."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from rostra.core.services import open_services
from tests.auth.support import Browser
from tests.counting import count_queries
from tests.network import PASSWORD, Network, Person
from tests.pages.documents import Document

SITE = "/api/rostra/v1/admin/site"
V1, V2, NODE, MANIFEST = (
    "/api/v1/instance",
    "/api/v2/instance",
    "/nodeinfo/2.0",
    "/app/manifest.webmanifest",
)
CHANGEABLE = (
    "title",
    "description",
    "contact_email",
    "contact_account",
    "registration",
    "registration_message",
)


@pytest.fixture
async def other(network: Network) -> AsyncIterator[Network]:
    """The same network as another process serves it."""
    async with open_services(network.settings, network.services.db.conninfo) as services:
        second = Network(services)
        yield second
        await second.close()


async def page(network: Network, path: str = "/") -> Document:
    """A page, as nobody in particular sees it in English."""
    response = await network.http.get(path, headers={"Accept-Language": "en"})
    return Document(response.text)


async def until(question: Callable[[], Awaitable[bool]]) -> None:
    """Wait until the answer is yes: news come to another process in no time, but in some."""
    async with asyncio.timeout(5):
        while True:
            if await question():
                return
            await asyncio.sleep(0.01)


async def title_of(network: Network) -> str:
    """What apps see it called."""
    return (await network.anonymous.get(V2))["title"]


async def sign_up(network: Network, name: str, expect: int = 200) -> Any:
    """Somebody signs up in an app."""
    token = await network.token(None, ("read", "write"))
    fields = {
        "username": name,
        "email": f"{name}@people.example",
        "password": PASSWORD,
        "agreement": True,
        "locale": "en",
    }
    headers = {"Authorization": f"Bearer {token}"}
    return await network.anonymous.post("/api/v1/accounts", expect, json=fields, headers=headers)


async def test_what_is_changed_holds_at_once_wherever_it_is_shown(network: Network, owner: Person) -> None:
    new = {
        "title": "Harbour",
        "description": "People <around> the harbour",
        "contact_email": "crew@harbour.example",
        "registration": "approval",
    }
    changed = await owner.patch(SITE, json=new)
    assert {name: changed[name] for name in new} == new
    assert await owner.get(SITE) == changed
    v2, v1 = await network.anonymous.get(V2), await network.anonymous.get(V1)
    assert (v2["title"], v2["description"]) == (new["title"], new["description"])
    assert v2["contact"]["email"] == v1["email"] == new["contact_email"]
    assert (v1["title"], v1["short_description"]) == (new["title"], new["description"])
    assert (v1["registrations"], v1["approval_required"]) == (True, True)
    assert v2["registrations"]["approval_required"] is True
    node = await network.anonymous.get(NODE)
    assert node["openRegistrations"] is False
    assert node["metadata"] == {"nodeName": new["title"], "nodeDescription": new["description"]}
    manifest = await network.anonymous.get(MANIFEST)
    assert (manifest["name"], manifest["description"]) == (new["title"], new["description"])
    landing = await page(network)
    assert landing.text("h1") == new["title"]
    assert new["description"] in landing.text("main")
    assert "Ask to join" in landing.text("main")
    assert new["contact_email"] in (await page(network, "/about")).text("main")
    assert new["contact_email"] in (await page(network, "/privacy-policy")).text("main")


async def test_it_holds_in_other_processes_and_after_a_restart(
    network: Network, other: Network, owner: Person
) -> None:
    assert await title_of(other) == "Rostra"
    await owner.patch(SITE, json={"title": "Harbour"})

    async def is_heard() -> bool:
        return await title_of(other) == "Harbour"

    await until(is_heard)
    async with open_services(network.settings, network.services.db.conninfo) as services:
        assert services.settings.title == "Harbour"
        assert services.site.given.title == "Rostra"


async def test_a_process_that_was_cut_off_catches_up(network: Network, other: Network, owner: Person) -> None:
    async with network.services.db.connection() as tx:
        await tx.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where datname = current_database() and query ilike 'listen%%'"
        )
    await owner.patch(SITE, json={"title": "Harbour"})
    assert await title_of(network) == "Harbour"

    async def is_heard() -> bool:
        return await title_of(other) == "Harbour"

    await until(is_heard)


async def test_what_is_taken_back_is_as_the_settings_file_says(network: Network, owner: Person) -> None:
    before = await owner.get(SITE)
    assert before["changed"] == []
    assert before["in_file"] == {name: before[name] for name in CHANGEABLE}
    await owner.patch(SITE, json={"title": "Harbour", "registration": "closed"})
    changed = await owner.patch(SITE, json={"description": ""})
    assert sorted(changed["changed"]) == ["description", "registration", "title"]
    assert changed["in_file"] == before["in_file"]
    kept = await owner.patch(SITE, json={"title": None, "registration": None})
    assert (kept["title"], kept["registration"], kept["changed"]) == ("Rostra", "open", ["description"])
    assert await owner.patch(SITE, json={"description": None}) == before
    assert await owner.patch(SITE, json={}) == before


async def test_sign_up_honours_the_mode_at_once(network: Network, other: Network, owner: Person) -> None:
    await sign_up(network, "anna")
    browser, elsewhere = Browser(network), Browser(other)
    await owner.patch(SITE, json={"registration": "closed"})
    await sign_up(network, "bert", 403)
    await browser.open("/auth/sign_up", 403)

    async def is_closed() -> bool:
        return (await elsewhere.http.get("/auth/sign_up")).status_code == 403

    await until(is_closed)
    await sign_up(other, "bert", 403)
    invite = await owner.post("/api/rostra/v1/invites", json={})
    await owner.patch(SITE, json={"registration": "invitation"})
    await sign_up(network, "bert", 403)
    await browser.open(f"/auth/sign_up?invite={invite['code']}")
    await owner.patch(SITE, json={"registration": "approval"})
    await sign_up(network, "bert")
    await network.settle()
    async with network.services.db.connection() as tx:
        waiting = await tx.execute(
            "select a.username from users u join accounts a on a.id = u.account_id"
            " where u.approved_at is null"
        )
        assert await waiting.fetchall() == [("bert",)]
    await owner.patch(SITE, json={"registration": "open"})
    await sign_up(network, "carl")


async def test_those_who_cannot_sign_up_read_what_the_operator_says(network: Network, owner: Person) -> None:
    message = "We are *full*. Ask at [the pier](https://pier.example)! <b>Now</b>"
    await owner.patch(SITE, json={"registration": "closed", "registration_message": message})
    said = (await network.anonymous.get(V2))["registrations"]["message"]
    assert "<em>full</em>" in said
    assert "<b>" not in said
    for path in ("/", "/auth/sign_up", "/invite/whatever"):
        document = await page(network, path)
        assert "We are full." in document.text("main")
        assert document.soup.select('main a[href="https://pier.example"]')
    await owner.patch(SITE, json={"registration": "open"})
    assert (await network.anonymous.get(V2))["registrations"]["message"] is None
    assert "We are full." not in (await page(network)).text("main")


async def test_outsiders_are_led_to_the_account_that_is_named(network: Network, owner: Person) -> None:
    alice = await network.person("alice")

    async def contact() -> str:
        named = (await network.anonymous.get(V2))["contact"]["account"]["username"]
        assert (await network.anonymous.get(V1))["contact_account"]["username"] == named
        assert f"@{named}" in (await page(network, "/privacy-policy")).text("main")
        return named

    assert await contact() == owner.name
    for handle in ("alice", "@Alice", f"@alice@{network.settings.local_domain}"):
        named = await owner.patch(SITE, json={"contact_account": handle})
        assert (named["contact_account"], named["in_file"]["contact_account"]) == ("alice", owner.name)
    assert await contact() == "alice"
    async with network.services.db.connection() as tx:
        await tx.execute("update accounts set suspended_at = now() where id = %s", [alice.account_id])
    assert await contact() == owner.name
    back = await owner.patch(SITE, json={"contact_account": ""})
    assert (back["contact_account"], back["changed"]) == (owner.name, [])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", " "),
        ("title", "x" * 101),
        ("title", "Two\nlines"),
        ("title", ["Harbour"]),
        ("description", "x" * 501),
        ("contact_email", "nobody"),
        ("contact_email", "a@" + "b" * 253),
        ("contact_account", "nobody"),
        ("contact_account", "@olga@elsewhere.example"),
        ("contact_account", "not a handle"),
        ("registration", "sometimes"),
        ("registration", ""),
        ("registration_message", "x" * 2001),
    ],
)
async def test_what_cannot_be_is_refused_and_named(
    network: Network, owner: Person, name: str, value: Any
) -> None:
    before = await owner.get(SITE)
    error = await owner.patch(SITE, 422, json={"description": "Fine" * 2, name: value})
    if isinstance(value, str):
        assert list(error["details"]) == [name]
    assert await owner.get(SITE) == before
    assert await owner.get(f"{SITE}/changes") == []


async def test_all_problems_are_named_at_once(network: Network, owner: Person) -> None:
    error = await owner.patch(SITE, 422, json={"title": "", "registration": "no", "contact_email": "x"})
    assert list(error["details"]) == ["title", "contact_email", "registration"]
    assert error["error"].startswith("Validation failed: Title can't be blank, Contact email must be")


async def test_only_admins_may_see_and_change_them(
    network: Network, owner: Person, moderator: Person
) -> None:
    alice = await network.person("alice", scopes=("read", "write", "admin:read", "admin:write"))
    for person in (alice, moderator):
        await person.patch(SITE, 403, json={"title": "Mine"})
        await person.get(SITE, 403)
        await person.get(f"{SITE}/changes", 403)
    await network.anonymous.patch(SITE, 401, json={"title": "Mine"})
    assert await title_of(network) == "Rostra"


async def test_every_change_is_on_record(network: Network, owner: Person) -> None:
    await network.person("alice")
    await owner.patch(SITE, json={"title": "Harbour", "contact_account": "alice"})
    await owner.patch(SITE, json={"title": "Harbour"})  # nothing changes
    await owner.patch(SITE, json={"title": None})
    last, first = await owner.get(f"{SITE}/changes")
    assert first["changes"] == {
        "title": {"before": None, "after": "Harbour"},
        "contact_account": {"before": None, "after": "alice"},
    }
    assert last["changes"] == {"title": {"before": "Harbour", "after": None}}
    assert last["account"]["username"] == owner.name
    assert last["created_at"] >= first["created_at"]


async def test_two_who_change_different_settings_at_the_same_time_both_succeed(
    network: Network, owner: Person
) -> None:
    await asyncio.gather(
        *(owner.patch(SITE, json={name: "x@y.example"}) for name in ("title", "description", "contact_email"))
    )
    found = await owner.get(SITE)
    assert (found["title"], found["description"], found["contact_email"]) == ("x@y.example",) * 3
    assert len(await owner.get(f"{SITE}/changes")) == 3


async def test_reading_them_takes_no_query(
    network: Network, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await owner.patch(SITE, json={"title": "Harbour"})
    await title_of(network)
    with count_queries(monkeypatch) as queries:
        assert await title_of(network) == "Harbour"
        assert (await network.anonymous.get(NODE))["metadata"]["nodeName"] == "Harbour"
        assert (await page(network)).text("h1") == "Harbour"
        await owner.home()
    assert [query for query in queries if "registration_message" in query] == []
