"""Links on profiles: which of them are their member's own, shown by a link back."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rostra.accounts import links
from rostra.core.db import fetch_value
from rostra.core.settings import Settings, load
from tests.accounts.support import execute
from tests.cards.sites import HOST, Site, serving
from tests.network import Network, Person
from tests.pages.documents import open_page

PROFILE = "http://localhost:8420/@alice"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"data": tmp_path / "data", "rate_limits": False, "confirm_email": False}
    return load({**given, "allow_private_addresses": HOST}, environ={})


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with serving() as site:
        yield site


async def show(person: Person, *values: str) -> list[bool]:
    """Put links on a profile, and wait until they were looked at; returns which are verified."""
    fields = [{"name": f"Link {number}", "value": value} for number, value in enumerate(values)]
    await person.patch("/api/v1/accounts/update_credentials", json={"fields_attributes": fields})
    return await look_again(person)


async def look_again(person: Person) -> list[bool]:
    """Let the time pass after which links are looked at again, and change the profile."""
    network = person.network
    await network.settle()
    await execute(network, "update link_checks set checked_at = now() - interval '2 hours'")
    await person.patch("/api/v1/accounts/update_credentials", json={"note": str(time.monotonic())})
    await network.settle()
    return [field["verified_at"] is not None for field in (await fields_of(person))]


async def fields_of(person: Person) -> list[Any]:
    return (await person.network.anonymous.get(f"/api/v1/accounts/{person.id}"))["fields"]


@pytest.mark.parametrize(
    ("body", "verified"),
    [
        (f'<a rel="me" href="{PROFILE}">me</a>', True),
        (f"<head><link rel=me href={PROFILE}></head>", True),
        (f"<A HREF='{PROFILE.upper()}/' REL='nofollow ME noopener'>x</A>", True),
        (f'<p><b><a class="x" data-y="1" href=" {PROFILE} " rel="noopener me"><i>x</i></a>', True),
        ('<base href="x"><a rel="me" href="http://localhost:8420/@alic&#101;">x</a>', True),
        (f'<a href="{PROFILE}">me</a>', False),
        (f'<a rel="home" href="{PROFILE}">me</a>', False),
        (f'<a rel="me" href="{PROFILE}2">me</a>', False),
        (f'<a rel="me" href="{PROFILE}?x=1">me</a>', False),
        ('<a rel="me" href="/@alice">me</a>', False),
        ('<a rel="me" href="http://localhost:8420/@bob">me</a>', False),
        (f'<!-- <a rel="me" href="{PROFILE}">me</a> -->', False),
        (f'<script>\'<a rel="me" href="{PROFILE}">\'</script>', False),
        (f'<p title=\'<a rel="me" href="{PROFILE}">\'>x</p>', False),
        (f'<p title="x > <a rel=me href={PROFILE}>">x</p>', False),
        (f'<p title="x><!--"><script>"--> <a rel=me href={PROFILE}>"</script>', False),
        (f'<p title="a<b>c"><a title="<>" rel=me href={PROFILE}>x</a>', True),
        (f"&lt;a rel=me href={PROFILE}&gt;", False),
        ("", False),
    ],
)
async def test_a_link_is_verified_by_a_link_back(
    network: Network, site: Site, body: str, verified: bool
) -> None:
    alice = await network.person("alice")
    assert await show(alice, site.put("/", body)) == [verified]


async def test_a_verified_link_is_shown_and_stays_until_the_page_says_otherwise(
    network: Network, site: Site
) -> None:
    alice = await network.person("alice")
    mine = site.put("/mine", f'<a rel="me" href="{PROFILE}">me</a>')
    other = site.put("/other", "<p>nothing</p>")
    assert await show(alice, mine, other, "just text") == [True, False, False]
    (field, *_) = await fields_of(alice)
    page = await open_page(network, "/@alice")
    assert len(page.soup.select(".verified")) == 1
    assert "Verified" in page.text(".verified")
    own = await alice.get("/api/v1/accounts/verify_credentials")
    assert own["source"]["fields"][0]["verified_at"] == field["verified_at"]
    # Looked at again, it keeps its date; while nobody is at home it stays; then it goes.
    assert await look_again(alice) == [True, False, False]
    assert (await fields_of(alice))[0]["verified_at"] == field["verified_at"]
    site.open = False
    assert await look_again(alice) == [True, False, False]
    site.open = True
    site.put("/mine", "<p>no more</p>")
    await execute(network, "update jobs set run_at = now()")
    await network.settle()
    assert await look_again(alice) == [False, False, False]


async def test_another_link_in_its_place_is_not_verified(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    mine = site.put("/mine", f'<a rel="me" href="{PROFILE}">me</a>')
    assert await show(alice, mine) == [True]
    assert await show(alice, mine + "?x") == [False]
    assert await show(alice, mine) == [True]


async def test_somebody_elses_page_verifies_nobody(network: Network, site: Site) -> None:
    _, bob = await network.people("alice", "bob")
    assert await show(bob, site.put("/alice", f'<a rel="me" href="{PROFILE}">me</a>')) == [False]


async def test_redirects_are_followed_and_other_kinds_of_files_are_not_read(
    network: Network, site: Site
) -> None:
    alice = await network.person("alice")
    body = f'<a rel="me" href="{PROFILE}">me</a>'
    site.put("/end", body)
    start = site.put("/start", "", status="302 Found", headers={"Location": "/end"})
    text = site.put("/text", body, content_type="text/plain")
    gone = site.put("/gone", body, status="404 Not Found")
    assert await show(alice, start, text, gone) == [True, False, False]


@pytest.mark.parametrize(
    "value",
    [
        "see {url}",
        "{url} and more",
        "ftp://far.example/",
        "https://user@far.example/",
        "https://fär.example/",
        "javascript:alert(1)",
        "https://",
        "https://far.example:x/",
        "http://[::1",
    ],
)
async def test_what_is_not_just_a_link_is_not_looked_at(network: Network, site: Site, value: str) -> None:
    alice = await network.person("alice")
    url = site.put("/mine", f'<a rel="me" href="{PROFILE}">me</a>')
    assert await show(alice, value.format(url=url)) == [False]
    assert site.asked == []


def test_links_need_https_on_a_public_network(tmp_path: Path) -> None:
    public = load({"data": tmp_path, "domain": "forum.example"}, environ={})
    assert links.is_link(public, "https://far.example/")
    assert not links.is_link(public, "http://far.example/")


async def test_nobody_can_have_a_site_called_without_end(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    url = site.put("/", "<p>nothing</p>")
    for note in "abcdef":
        fields = [{"name": "Link", "value": url}]
        await alice.patch(
            "/api/v1/accounts/update_credentials", json={"fields_attributes": fields, "note": note}
        )
        await network.settle()
    assert site.asked == ["/"]


async def test_a_page_that_cannot_be_reached_is_tried_again_for_a_while(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    url = site.put("/mine", f'<a rel="me" href="{PROFILE}">me</a>')
    site.open = False
    fields = [{"name": "Link", "value": url}]
    await alice.patch("/api/v1/accounts/update_credentials", json={"fields_attributes": fields})
    await network.settle()
    for _ in range(3):
        await execute(network, "update jobs set run_at = now()")
        await network.settle()
    async with network.services.db.connection() as tx:
        assert await fetch_value(tx, "select failures from link_checks") == len(links.PAUSES) + 1
        assert await fetch_value(tx, "select count(*) from jobs") == 0
    site.open = True
    assert await look_again(alice) == [True]


async def test_what_was_looked_at_long_ago_is_forgotten(network: Network, site: Site) -> None:
    alice = await network.person("alice")
    await show(alice, site.put("/", "x"))
    async with network.services.db.connection() as tx:
        await links.delete_old(tx)
        assert await fetch_value(tx, "select count(*) from link_checks") == 1
        await tx.execute("update link_checks set checked_at = now() - %s", [timedelta(days=3)])
        await links.delete_old(tx)
        assert await fetch_value(tx, "select count(*) from link_checks") == 0


@pytest.mark.parametrize(
    "hostile",
    [
        "<a href=1>" * 200_000,
        "".join(f'<a href="{n}" rel="x{n}">' for n in range(60_000)),
        "<a " * 500_000,
        "<link rel=me " * 100_000,
        "<a rel='" + "me " * 300_000,
        "<b>" * 100_000 + "<a rel=me href=x>" * 30_000,
        "</a>" * 200_000,
        "<a " + " ".join(f"x{n}" for n in range(60_000)) + ">",
        '<a x="' * 80_000,
        "<p>" * 160_000,
        '<a rel="me" href="' + "x" * 500_000 + '">',
    ],
)
def test_no_page_takes_long_to_read(hostile: str) -> None:
    began = time.perf_counter()
    assert not links.links_to(hostile, "https://far.example/", PROFILE)
    assert time.perf_counter() - began < 2
