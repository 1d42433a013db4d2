"""A profile as everybody sees it."""

import json

import pytest

from tests.network import Network, Person
from tests.pages.documents import open_page


async def sql(network: Network, statement: str, **params: object) -> None:
    async with network.services.db.connection() as tx:
        await tx.execute(statement, params)  # pyright: ignore[reportArgumentType]


async def publish_all_kinds(alice: Person, bob: Person) -> None:
    theirs = await bob.publish("bob's own")
    await alice.publish("in public")
    await alice.publish("unlisted", visibility="unlisted")
    await alice.publish("for followers", visibility="private")
    await alice.publish("@bob between us", visibility="direct")
    await alice.publish("@bob an answer", in_reply_to_id=theirs["id"])


async def test_a_profile_shows_who_somebody_is(network: Network) -> None:
    alice = await network.person("alice")
    fields = [
        {"name": "Site", "value": "https://alice.example", "verified_at": "2026-10-01T10:00:00+00:00"},
        {"name": "<b>", "value": "<script>alert(1)</script>", "verified_at": None},
    ]
    await sql(
        network,
        "update accounts set display_name = 'Alice <i>A</i>', note = 'Ships & #harbours',"
        " fields = %(fields)s, followers_count = 1234, following_count = 5 where id = %(id)s",
        fields=json.dumps(fields),
        id=alice.account_id,
    )
    page = await open_page(network, "/@alice")
    assert page.text("h1") == "Alice <i>A</i>"
    assert page.text("hgroup .handle") == f"@alice@{network.settings.local_domain}"
    assert page.text(".profile > .content") == "Ships & #harbours"
    assert page.attribute(".profile > .content a", "href") == "/tags/harbours"
    assert page.texts("dt") == ["Site", "<b>"]
    assert page.texts("dd")[1] == "<script>alert(1)</script>"
    assert page.attribute("dd a", "rel") in ("nofollow noopener me", "['nofollow', 'noopener', 'me']")
    assert page.text("div.verified .hidden-text").startswith("Verified")
    assert page.texts(".counts li")[:3] == ["0 posts", "follows 5", "1,234 followers"]


async def test_counts_of_follows_stay_hidden_where_their_owner_hides_them(network: Network) -> None:
    alice = await network.person("alice")
    await sql(network, "update accounts set hide_collections = true where id = %(id)s", id=alice.account_id)
    page = await open_page(network, "/@alice")
    assert not any("follow" in text for text in page.texts(".counts li"))


async def test_only_public_and_unlisted_statuses_are_shown(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await publish_all_kinds(alice, bob)
    assert (await open_page(network, "/@alice")).statuses == ["unlisted", "in public"]
    assert (await open_page(network, "/@alice/with_replies")).statuses == [
        "@bob an answer",
        "unlisted",
        "in public",
    ]
    assert (await open_page(network, "/@alice/media")).statuses == []


async def test_a_boost_names_the_booster_and_shows_the_original(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await bob.publish("bob's own")
    await alice.post(f"/api/v1/statuses/{status['id']}/reblog")
    page = await open_page(network, "/@alice")
    assert page.statuses == ["bob's own"]
    assert page.text(".context") == "alice boosted"
    assert page.text(".status .name") == "bob"


async def test_pinned_statuses_come_first_on_the_first_page(network: Network) -> None:
    alice = await network.person("alice")
    pinned = await alice.publish("pinned")
    secret = await alice.publish("pinned in private", visibility="private")
    await alice.publish("newest")
    for status in (pinned, secret):
        await alice.post(f"/api/v1/statuses/{status['id']}/pin")
    page = await open_page(network, "/@alice")
    assert page.statuses == ["pinned", "newest", "pinned"]
    assert page.texts(".context") == ["Pinned"]
    assert (await open_page(network, f"/@alice?max_id={pinned['id']}")).statuses == []


async def test_older_statuses_are_reached_page_by_page(network: Network) -> None:
    alice = await network.person("alice")
    for number in range(25):
        await alice.post("/api/v1/statuses", json={"status": f"number {number}"})
    seen: list[str] = []
    path = "/@alice"
    while path:
        page = await open_page(network, path)
        seen += page.statuses
        older = page.soup.select('.pager a[rel="next"]')
        path = str(older[0]["href"]) if older else ""
    assert seen == [f"number {number}" for number in reversed(range(25))]


@pytest.mark.parametrize("max_id", ["x", "-1", "1e3", "9223372036854775808", "٣", "%00", "1" * 5000, ""])
async def test_a_senseless_place_in_the_list_is_a_bad_request(network: Network, max_id: str) -> None:
    await network.person("alice")
    page = await open_page(network, f"/@alice?max_id={max_id}", 400)
    assert page.text("h1") == "This request can't be read"


@pytest.mark.parametrize(
    "path",
    ["/@nobody", "/@alice@other.example", "/@al ice", "/@a%00", "/@" + "a" * 3000, "/@", "/@alice/x/y"],
)
async def test_nobody_by_that_name_is_not_found(network: Network, path: str) -> None:
    await network.person("alice")
    await open_page(network, path, 404)


async def test_names_are_found_whatever_their_case_and_with_our_domain(network: Network) -> None:
    await network.person("alice")
    assert (await open_page(network, "/@ALICE")).attribute("link[rel=canonical]", "href").endswith("/@alice")
    response = await network.http.get(f"/@alice@{network.settings.local_domain}")
    assert (response.status_code, response.headers["location"]) == (301, "/@alice")


async def test_a_suspended_account_is_gone_with_all_it_published(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("hello #harbour")
    await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    await sql(network, "update accounts set suspended_at = now() where id = %(id)s", id=alice.account_id)
    for path in ("/@alice", "/@alice/media", f"/@alice/{status['id']}", "/@alice.rss"):
        page = await open_page(network, path, 410)
        assert "hello" not in page.soup.get_text()
    for path in ("/", "/@bob", "/tags/harbour"):
        assert (await open_page(network, path)).statuses == []


async def test_search_engines_are_kept_out_where_the_owner_wants_it(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("hello")
    paths = ("/@alice", f"/@alice/{status['id']}")
    for path in paths:
        assert not (await open_page(network, path)).soup.select('meta[name="robots"]')
    await sql(network, "update accounts set indexable = false where id = %(id)s", id=alice.account_id)
    for path in paths:
        assert (await open_page(network, path)).meta("robots") == "noindex, noarchive"


async def test_a_link_to_a_profile_has_a_preview(network: Network) -> None:
    alice = await network.person("alice")
    await sql(network, "update accounts set note = 'Ships <3' where id = %(id)s", id=alice.account_id)
    page = await open_page(network, "/@alice")
    assert page.meta("og:type") == "profile"
    assert page.meta("og:title") == f"alice (@alice@{network.settings.local_domain})"
    assert page.meta("og:description") == "Ships <3"
    assert page.meta("og:url") == network.settings.url("/@alice")
    assert page.meta("og:image").startswith("http")
    assert page.attribute('link[type="application/rss+xml"]', "href") == "/@alice.rss"
    assert json.loads(page.one('script[type="application/ld+json"]').get_text())["@type"] == "ProfilePage"


async def test_a_member_who_moved_points_to_the_new_account(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await sql(
        network,
        "update accounts set moved_to_id = %(bob)s where id = %(alice)s",
        bob=bob.account_id,
        alice=alice.account_id,
    )
    page = await open_page(network, "/@alice")
    moved = page.soup.select(".notice")[0]
    assert "alice has moved to @bob" in moved.get_text()
    assert [link["href"] for link in moved.select("a")] == ["/@bob"]
