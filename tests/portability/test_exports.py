"""Taking one's data along: files as Mastodon exports them."""

import json

from rostra.portability import exports
from tests.accounts.support import execute, follow, publish_from, stranger
from tests.network import Network
from tests.portability.support import member_browser, save

HERE = "localhost:8420"


async def test_follows_are_in_mastodons_format_the_newest_first(network: Network) -> None:
    alice, bob, _ = await network.people("alice", "bob", "carol")
    zoe = await stranger(network, "Zoe")
    await follow(network, alice.account_id, zoe)
    await alice.follow(bob, reblogs=False, notify=True, languages=["de", "en"])
    browser = await member_browser(network, "alice")
    assert await save(browser, "follows.csv") == (
        "Account address,Show boosts,Notify on new posts,Languages\n"
        f'bob@{HERE},false,true,"de, en"\n'
        "Zoe@far.example,true,false,\n"
    )


async def test_each_other_list_is_in_mastodons_format(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await bob.follow(alice)
    await alice.post(f"/api/v1/accounts/{carol.id}/block")
    await alice.post(f"/api/v1/accounts/{bob.id}/mute", json={"notifications": False})
    await alice.post("/api/v1/domain_blocks", json={"domain": "bad.example"})
    made = await alice.post("/api/v1/lists", json={"title": 'My "best", people'})
    await alice.post(f"/api/v1/lists/{made['id']}/accounts", json={"account_ids": [bob.id]})
    post = await bob.publish("Hello")
    far = await publish_from(network, await stranger(network, "zoe"), "Far away")
    for status_id in (post["id"], far):
        await alice.post(f"/api/v1/statuses/{status_id}/bookmark")
    browser = await member_browser(network, "alice")
    assert await save(browser, "followers.csv") == f"Account address\nbob@{HERE}\n"
    assert await save(browser, "blocks.csv") == f"carol@{HERE}\n"
    assert await save(browser, "mutes.csv") == f"Account address,Hide notifications\nbob@{HERE},false\n"
    assert await save(browser, "domain_blocks.csv") == "bad.example\n"
    assert await save(browser, "lists.csv") == f'"My ""best"", people",bob@{HERE}\n'
    assert await save(browser, "bookmarks.csv") == f"https://far.example/statuses/{far}\n{post['uri']}\n"


async def test_filters_are_in_mastodons_format(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    post = await bob.publish("Spoilers")
    made = await alice.post(
        "/api/v2/filters",
        json={
            "title": "Films",
            "context": ["home"],
            "filter_action": "hide",
            "keywords_attributes": [{"keyword": "ending", "whole_word": False}],
        },
    )
    await alice.post(f"/api/v2/filters/{made['id']}/statuses", json={"status_id": post["id"]})
    browser = await member_browser(network, "alice")
    assert json.loads(await save(browser, "custom_filters.json")) == {
        "custom_filters": [
            {
                "title": "Films",
                "expires_at": None,
                "context": ["home"],
                "action": "hide",
                "keywords_attributes": [{"keyword": "ending", "whole_word": False}],
                "statuses": [post["uri"]],
            }
        ]
    }


async def test_what_one_may_not_see_any_more_is_not_exported(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    post = await bob.publish("Hello")
    await alice.post(f"/api/v1/statuses/{post['id']}/bookmark")
    browser = await member_browser(network, "alice")
    assert await save(browser, "bookmarks.csv") != ""
    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    assert await save(browser, "bookmarks.csv") == ""


async def test_nobody_else_gets_the_files(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    browser = await member_browser(network, "bob")
    assert await save(browser, "follows.csv") == (
        "Account address,Show boosts,Notify on new posts,Languages\n"
    )
    answer = await network.http.get("/settings/exports/follows.csv")
    assert answer.status_code == 303
    assert "sign_in" in answer.headers["location"]
    assert (await browser.http.get("/settings/exports/passwords.csv")).status_code == 404


async def test_long_lists_come_in_parts_and_whole(network: Network) -> None:
    alice = await network.person("alice")
    await execute(
        network,
        """
        insert into accounts (id, username, domain, uri)
        select n, 'u' || n, 'far.example', 'https://far.example/' || n from generate_series(1, 2500) n
        """,
    )
    await execute(
        network,
        "insert into blocks (id, account_id, target_id) select n, %s, n from generate_series(1, 2500) n",
        alice.account_id,
    )
    browser = await member_browser(network, "alice")
    lines = (await save(browser, "blocks.csv")).splitlines()
    assert lines == [f"u{n}@far.example" for n in range(2500, 0, -1)]
    assert exports.AT_ONCE < 2500


async def test_the_page_says_how_much_there_is(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await alice.follow(bob)
    browser = await member_browser(network, "alice")
    await browser.open("/settings")
    await browser.open("/settings/export")
    assert browser.page.texts("main li div:nth-of-type(1)")[:2] == [
        "Whom you follow1 entry",
        "Who follows youNothing yet",
    ]
