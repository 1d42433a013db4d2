"""Bringing one's data along: what a file names holds afterwards, and what can't be is told."""

import asyncio
import json
from random import Random
from typing import Any

import pytest

from rostra.accounts import deletion
from rostra.core import jobs
from rostra.core.db import fetch_value
from rostra.core.errors import Invalid
from rostra.portability import actions, files, queries
from rostra.portability.model import Import, Kind
from rostra.reactions import REACTIONS
from tests.accounts.support import execute, names, publish_from, relationship, stranger
from tests.network import Network, Person
from tests.portability.support import IMPORTS, bring, choose, failures, member_browser, save

FOLLOWS = "Account address,Show boosts,Notify on new posts,Languages\n"


async def following(person: Person) -> list[str]:
    return await names(person, f"/api/v1/accounts/{person.id}/following")


async def begin(network: Network, person: Person, kind: Kind, data: str, *, overwrite: bool = False) -> int:
    """Begin an import without a browser."""
    file = files.read(network.settings, kind, "x.csv", data.encode())
    async with network.services.db.connection() as tx:
        import_id = await actions.keep(tx, person.account_id, file, overwrite=overwrite)
        await actions.confirm(tx, person.account_id, import_id)
    return import_id


async def state(network: Network, import_id: int) -> Import:
    async with network.services.db.connection() as tx:
        found = await queries.get(tx, import_id)
    assert found is not None
    return found


async def test_follows_come_along_with_what_they_show(network: Network) -> None:
    alice, bob, carol, _ = await network.people("alice", "bob", "carol", "dave")
    zoe = await stranger(network, "zoe")
    await alice.follow(carol)
    await bob.publish("Vorher", language="de")
    browser = await member_browser(network, "alice")
    text = await bring(
        browser, "follows", FOLLOWS + 'bob@localhost:8420,false,true,"de, xx"\n@zoe@far.example,true,,\n'
    )
    assert "2 entries were brought along, none failed" in text
    assert await following(alice) == ["bob", "carol"]
    stance = await relationship(alice, bob.id)
    assert (stance["showing_reblogs"], stance["notifying"], stance["languages"]) == (False, True, ["de"])
    assert (await relationship(alice, zoe))["requested"]
    assert [status["content"] for status in await alice.home()] == ["<p>Vorher</p>"]
    assert [each["type"] for each in await bob.get("/api/v1/notifications")] == ["follow"]


async def test_what_is_imported_keeps_its_order(network: Network) -> None:
    alice, *_ = await network.people("alice", "bob", "carol", "dave")
    browser = await member_browser(network, "alice")
    await bring(browser, "follows", "bob\ncarol\ndave\n")
    assert await following(alice) == ["bob", "carol", "dave"]


async def test_what_one_network_exports_another_imports(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    await alice.follow(bob, notify=True)
    await alice.post(f"/api/v1/accounts/{carol.id}/mute", json={"notifications": False})
    made = await alice.post("/api/v1/lists", json={"title": "Friends, old"})
    await alice.post(f"/api/v1/lists/{made['id']}/accounts", json={"account_ids": [bob.id, alice.id]})
    post = await bob.publish("Hello")
    await alice.post(f"/api/v1/statuses/{post['id']}/bookmark")
    await alice.post("/api/v1/domain_blocks", json={"domain": "bad.example"})
    words = [{"keyword": "x", "whole_word": False}]
    wanted = {"title": "X", "context": ["home"], "keywords_attributes": words, "expires_in": 999}
    await alice.post("/api/v2/filters", json=wanted)
    old = await member_browser(network, "alice")
    dave = await network.person("dave")
    new = await member_browser(network, "dave")
    for kind in ("follows", "mutes", "lists", "bookmarks", "domain_blocks", "filters"):
        file = "custom_filters.json" if kind == "filters" else f"{kind}.csv"
        text = await bring(new, kind, await save(old, file))
        assert "none failed" in text, kind
        again = await save(new, file)
        if kind != "filters":
            assert sorted(again.splitlines()) == sorted((await save(old, file)).splitlines())
    (found,) = await dave.get("/api/v2/filters")
    assert (found["title"], found["context"]) == ("X", ["home"])
    assert [(word["keyword"], word["whole_word"]) for word in found["keywords"]] == [("x", False)]
    assert found["expires_at"][:16] == (await alice.get("/api/v2/filters"))[0]["expires_at"][:16]


async def test_rows_that_cannot_be_are_told_and_saved(network: Network) -> None:
    alice, bob, _ = await network.people("alice", "bob", "carol")
    await bob.post(f"/api/v1/accounts/{alice.id}/block")
    browser = await member_browser(network, "alice")
    await choose(
        browser,
        "follows",
        FOLLOWS + "nobody,,,\nx@new.example,true,,de\nbob,,,\nalice,,,\nno handle,,,\ncarol,,,",
    )
    text = browser.page.text("main")
    assert "The file has 6 entries" in text
    assert "3 are new here" in text
    assert "2 are not known here" in text
    assert "1 can’t be read" in text
    await browser.send(form="main form")
    await network.settle()
    await browser.open(browser.url)
    assert "1 entry was brought along, 5 failed" in browser.page.text("main")
    assert await failures(browser) == (
        FOLLOWS.strip() + ",Reason\n"
        'nobody,,,,"There is no such account or post here, or you can’t see it."\n'
        'x@new.example,true,,de,"It belongs to another server, which this network does not know yet."\n'
        'bob,,,,"One of you blocks the other, or the account has moved."\n'
        "alice,,,,It is your own account.\n"
        "no handle,,,,It can’t be read.\n"
    )
    assert await following(alice) == ["carol"]
    # What failed is a file that can be brought along again, once that server is known.
    await stranger(network, "x", "new.example")
    assert "1 entry was brought along, 4 failed" in await bring(browser, "follows", await failures(browser))


async def test_to_replace_removes_what_the_file_does_not_have(network: Network) -> None:
    alice, bob, carol, dave = await network.people("alice", "bob", "carol", "dave")
    for other in (bob, carol):
        await alice.follow(other)
    await alice.post(f"/api/v1/accounts/{dave.id}/block")
    browser = await member_browser(network, "alice")
    await choose(browser, "follows", "carol\n", mode="overwrite")
    assert "1 that you have here is not in the file and will be removed" in browser.page.text("main")
    assert await following(alice) == ["carol", "bob"]  # nothing happens before it is confirmed
    await browser.send(form="main form")
    await network.settle()
    assert await following(alice) == ["carol"]
    await browser.open(browser.url)
    assert "1 that was not in the file was removed" in browser.page.text("main")
    assert await names(alice, "/api/v1/blocks") == ["dave"]


@pytest.mark.parametrize("kind", ["blocks", "mutes", "domain_blocks", "lists", "bookmarks", "filters"])
async def test_each_kind_is_replaced(network: Network, kind: Kind) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    posts = [await bob.publish("One"), await bob.publish("Two")]
    far = await publish_from(network, await stranger(network, "zoe"), "Far away")
    await alice.post(f"/api/v1/accounts/{bob.id}/{'block' if kind == 'blocks' else 'mute'}")
    await alice.post("/api/v1/domain_blocks", json={"domain": "old.example"})
    for title in ("Old", "Both"):
        made = await alice.post("/api/v1/lists", json={"title": title})
        await alice.post(f"/api/v1/lists/{made['id']}/accounts", json={"account_ids": [carol.id, alice.id]})
        keyword = {"title": title, "context": ["home"], "keywords_attributes": [{"keyword": title}]}
        await alice.post("/api/v2/filters", json=keyword)
    for post in (posts[0]["id"], far):
        await alice.post(f"/api/v1/statuses/{post}/bookmark")
    new: dict[str, str] = {
        "blocks": "carol\n",
        "mutes": "Account address,Hide notifications\ncarol,true\n",
        "domain_blocks": "new.example\n",
        "lists": "Both,carol\nNew,alice\n",
        "bookmarks": f"{posts[1]['url']}\nhttps://far.example/statuses/{far}\n",
        "filters": '{"custom_filters":[{"title":"Both","context":["home"],"keywords_attributes":'
        '[{"keyword":"new","whole_word":true}]},{"title":"New","context":["thread"],"action":"hide"}]}',
    }
    browser = await member_browser(network, "alice")
    assert "none failed" in await bring(browser, kind, new[kind], mode="overwrite")

    async def now() -> Any:
        if kind in ("blocks", "mutes"):
            return await names(alice, f"/api/v1/{kind}")
        if kind == "domain_blocks":
            return await alice.get("/api/v1/domain_blocks")
        if kind == "lists":
            return sorted((await save(browser, "lists.csv")).splitlines())
        if kind == "bookmarks":
            return sorted(int(post["id"]) for post in await alice.get("/api/v1/bookmarks"))
        found = await alice.get("/api/v2/filters")
        return [(each["title"], [word["keyword"] for word in each["keywords"]]) for each in found]

    assert (
        await now()
        == {
            "blocks": ["carol"],
            "mutes": ["carol"],
            "domain_blocks": ["new.example"],
            "lists": ["Both,carol@localhost:8420", "New,alice@localhost:8420"],
            "bookmarks": sorted([int(posts[1]["id"]), far]),
            "filters": [("Both", ["new"]), ("New", [])],
        }[kind]
    )
    assert len(await alice.get("/api/v1/lists")) == 2


async def test_who_decides_by_hand_is_asked_before_they_come_into_a_list(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.patch("/api/v1/accounts/update_credentials", json={"locked": True})
    browser = await member_browser(network, "alice")
    assert "none failed" in await bring(browser, "lists", "Friends,bob\n")
    assert (await relationship(alice, bob.id))["requested"]


async def test_a_bookmark_of_what_one_may_not_see_fails(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    secret = await bob.publish("For followers", visibility="private")
    browser = await member_browser(network, "alice")
    text = await bring(browser, "bookmarks", f"{secret['uri']}\nhttps://new.example/1\n")
    assert "0 entries were brought along, 2 failed" in text
    assert "no such account or post here" in text
    assert "another server" in text
    assert await alice.get("/api/v1/bookmarks") == []


async def test_an_import_goes_on_where_a_worker_died(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, *_ = await network.people("alice", "bob", "carol", "dave")
    import_id = await begin(network, alice, "follows", "bob\ncarol\nnobody\ndave\n")
    steps = actions._import_row

    async def dying(tx: Any, services: Any, found: int) -> bool:
        if (await state(network, found)).imported == 2:
            raise ConnectionResetError("killed")
        return await steps(tx, services, found)

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_import_row", dying)
        with pytest.raises(ConnectionResetError):
            await jobs.drain(network.services, REACTIONS)
    halfway = await state(network, import_id)
    assert (halfway.state, halfway.imported, halfway.failed) == ("running", 2, 1)
    await execute(network, "update jobs set run_at = now()")
    await network.settle()
    done = await state(network, import_id)
    assert (done.state, done.imported, done.failed) == ("done", 3, 1)
    assert await following(alice) == ["bob", "carol", "dave"]


async def test_two_jobs_that_have_the_same_import_do_each_row_once(network: Network) -> None:
    alice, *_ = await network.people("alice", "bob", "carol", "dave")
    import_id = await begin(network, alice, "follows", "bob\ncarol\nnobody\ndave\n")
    await asyncio.gather(*(actions.advance(network.services, import_id) for _ in range(3)))
    await network.settle()
    done = await state(network, import_id)
    assert (done.state, done.imported, done.failed) == ("done", 3, 1)


async def test_many_rows_are_worked_through_in_batches(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice = await network.person("alice")
    monkeypatch.setattr(actions, "BATCH", 3)
    domains = "\n".join(f"d{n}.example" for n in range(10))
    import_id = await begin(network, alice, "domain_blocks", domains)
    await actions.advance(network.services, import_id)
    assert (await state(network, import_id)).imported == 3
    await network.settle()
    assert (await state(network, import_id)).state == "done"
    assert len(await alice.get("/api/v1/domain_blocks")) == 10


async def test_the_follow_limit_holds(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    await network.people("alice", "bob", "carol")
    monkeypatch.setattr("rostra.accounts.relations.actions.MAX_FOLLOWING", 1)
    browser = await member_browser(network, "alice")
    text = await bring(browser, "follows", "bob\ncarol\n")
    assert "1 entry was brought along, 1 failed" in text
    assert "as many as you can have" in text


async def test_an_import_can_be_stopped_and_forgotten(network: Network) -> None:
    alice, _ = await network.people("alice", "bob")
    browser = await member_browser(network, "alice")
    await choose(browser, "follows", "bob\n")
    page = browser.url
    await browser.send(form="main form")
    assert "0 of 1 entries" in browser.page.text("main")
    await browser.send(form="main form")
    assert browser.heading == "Bring your data along"
    await network.settle()
    assert await following(alice) == []
    await browser.open(page)
    await browser.send(form="main form")
    await browser.open(page, 404)


async def test_one_import_runs_at_a_time(network: Network) -> None:
    alice, _ = await network.people("alice", "bob")
    await begin(network, alice, "follows", "bob\n")
    with pytest.raises(Invalid, match="not done yet"):
        await begin(network, alice, "blocks", "bob\n")
    await network.settle()
    await begin(network, alice, "blocks", "bob\n")


async def test_imports_are_their_members_alone(network: Network) -> None:
    await network.people("alice", "bob", "carol")
    browser = await member_browser(network, "alice")
    await choose(browser, "follows", "bob\n")
    page = browser.url
    other = await member_browser(network, "bob")
    await other.open(page, 404)
    await other.open(f"{page}/failures", 404)
    await other.open("/settings/email")
    csrf = {"csrf": other.csrf}
    headers = {"Origin": network.settings.base_url}
    assert (await other.http.post(page, data=csrf, headers=headers)).status_code == 404
    assert (await other.http.post(f"{page}/withdraw", data=csrf, headers=headers)).status_code == 404
    assert (await network.http.get(page)).status_code == 303


async def test_wrong_files_are_refused_and_likely_mistakes_pointed_out(network: Network) -> None:
    await network.people("alice", "bob")
    browser = await member_browser(network, "alice")
    await choose(browser, "follows", "", expect=422)
    assert "The file is empty" in browser.page.text(".error")
    await choose(browser, "lists", "bob\n", expect=422)
    await choose(browser, "", "bob\n", expect=422)
    assert "Choose what is in the file" in browser.page.text(".error")
    await choose(browser, "follows", b"x" * (12 * 1024 * 1024), expect=422)
    assert "too large" in browser.page.text(".error")
    await choose(browser, "blocks", "bob\n", name="muted_accounts.csv")
    assert "“Whom you mute”" in browser.page.text(".notice-warn")


async def test_forms_with_files_are_ours_alone(network: Network) -> None:
    await network.person("alice")
    browser = await member_browser(network, "alice")
    await browser.open(IMPORTS)
    fields = {"csrf": browser.csrf, "kind": "follows", "mode": "merge"}
    file = {"file": ("x.csv", b"bob\n", "text/csv")}
    here = {"Origin": network.settings.base_url}

    async def send(data: dict[str, str], headers: dict[str, str], upload: Any = file) -> int:
        return (await browser.http.post(IMPORTS, data=data, files=upload, headers=headers)).status_code

    assert await send(fields, {"Origin": "https://evil.example"}) == 403
    assert await send(fields | {"csrf": "x.y"}, here) == 403
    assert await send({"kind": "follows"}, here) == 403
    assert await send(fields | {"mode": "other"}, here) == 400
    assert await send(fields, here, {"file": ("", b"", "text/csv")}) in (400, 422)
    many = [("file", ("x", b"a", "text/csv")), ("file", ("y", b"b", "text/csv"))]
    assert await send(fields, here, many) == 400
    broken = {**here, "Content-Type": "multipart/form-data; boundary=x"}
    assert (await browser.http.post(IMPORTS, content=b"--y\r\n", headers=broken)).status_code in (400, 403)
    assert await send(fields, here) == 303


async def test_old_imports_are_forgotten(network: Network) -> None:
    alice, _ = await network.people("alice", "bob")
    done = await begin(network, alice, "follows", "bob\n")
    await network.settle()
    file = files.read(network.settings, "blocks", "x", b"bob\n")
    async with network.services.db.connection() as tx:
        await actions.keep(tx, alice.account_id, file, overwrite=False)
        await actions.delete_old(tx)
        assert len(await queries.of_member(tx, alice.account_id)) == 2
        await tx.execute("update imports set created_at = now() - interval '2 days'")
        await actions.delete_old(tx)
        assert [each.id for each in await queries.of_member(tx, alice.account_id)] == [done]
        await tx.execute("update imports set created_at = now() - interval '40 days'")
        await actions.delete_old(tx)
        assert await fetch_value(tx, "select count(*) from import_rows") == 0


async def test_only_the_newest_imports_are_kept(network: Network) -> None:
    alice, _ = await network.people("alice", "bob")
    for _ in range(12):
        await begin(network, alice, "blocks", "bob\n")
        await network.settle()
    async with network.services.db.connection() as tx:
        assert len(await queries.of_member(tx, alice.account_id)) == 10


async def test_follows_that_are_only_asked_for_are_replaced_too(network: Network) -> None:
    alice, _ = await network.people("alice", "carol")
    zoe = await stranger(network, "zoe")
    await alice.post(f"/api/v1/accounts/{zoe}/follow")
    await begin(network, alice, "follows", "carol\n", overwrite=True)
    await network.settle()
    assert not (await relationship(alice, zoe))["requested"]


async def test_who_was_suspended_meanwhile_imports_no_more(network: Network) -> None:
    alice, _ = await network.people("alice", "bob")
    import_id = await begin(network, alice, "follows", "bob\n")
    await execute(network, "update accounts set suspended_at = now() where id = %s", alice.account_id)
    await network.settle()
    stopped = await state(network, import_id)
    assert (stopped.state, stopped.imported) == ("done", 0)


async def test_imports_go_with_their_account(network: Network) -> None:
    alice, _ = await network.people("alice", "bob")
    await begin(network, alice, "follows", "bob\n" + "".join(f"u{n}@far.example\n" for n in range(600)))
    await network.settle()
    async with network.services.db.connection() as tx:
        assert await fetch_value(tx, "select count(*) from import_rows") == 600
        await deletion.begin(tx, network.services.bus, alice.account_id)
    await network.settle()
    async with network.services.db.connection() as tx:
        assert await fetch_value(tx, "select count(*) from import_rows") == 0
        assert await fetch_value(tx, "select count(*) from imports") == 0


@pytest.mark.parametrize(
    "more",
    [
        '"statuses": ["https://far.example/a\\u0000b"]',
        '"expires_at": "0001-01-01T00:00:00+14:00"',
    ],
)
async def test_a_filter_with_nonsense_in_it_does_not_hold_up_the_rest(network: Network, more: str) -> None:
    alice = await network.person("alice")
    file = (
        '{"custom_filters":[{"title":"Good","context":["home"]},{"title":"Odd","context":["home"],'
        + more
        + "}]}"
    )
    text = await bring(await member_browser(network, "alice"), "filters", file)
    assert "2 entries were brought along" in text
    assert {each["title"] for each in await alice.get("/api/v2/filters")} >= {"Good"}


async def test_what_is_too_long_for_a_name_fails_alone(network: Network) -> None:
    random = Random(1)
    noise = "".join(chr(random.randrange(0x4E00, 0x9FFF)) for _ in range(2_000))
    await network.person("alice")
    browser = await member_browser(network, "alice")
    await choose(browser, "bookmarks", f"https://far.example/1\nhttps://far.example/{noise}\n")
    both = {"custom_filters": [{"title": name, "context": ["home"]} for name in ("Good", noise)]}
    assert "1 entry was brought along" in await bring(browser, "filters", json.dumps(both))


async def test_who_sees_what_a_file_will_do_learns_of_no_post_that_is_hidden(network: Network) -> None:
    _, bob = await network.people("alice", "bob")
    seen, hidden = await bob.publish("Seen"), await bob.publish("Hidden", visibility="private")
    browser = await member_browser(network, "alice")
    await choose(browser, "bookmarks", f"{hidden['uri']}\n")
    unseen = browser.page.text("main").replace(hidden["uri"], "")
    absent = f"{network.settings.base_url}/@bob/1"
    await choose(browser, "bookmarks", f"{absent}\n")
    assert unseen == browser.page.text("main").replace(absent, "")
    await choose(browser, "bookmarks", f"{seen['uri']}\n")
    assert unseen != browser.page.text("main").replace(seen["uri"], "")


async def test_who_confirms_twice_does_not_stand_in_the_way_of_the_import(network: Network) -> None:
    alice, _ = await network.people("alice", "bob")
    import_id = await begin(network, alice, "follows", "bob\n")
    async with network.services.db.transaction() as tx:
        await queries.get(tx, import_id, lock=True)  # as the job does, which locks the account then
        async with network.services.db.connection() as other:
            await asyncio.wait_for(actions.confirm(other, alice.account_id, import_id), 5)
    await network.settle()
    assert await following(alice) == ["bob"]
