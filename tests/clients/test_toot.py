"""The unmodified command `toot`: signing in with a pasted code, and what it can do then."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.clients.support import code_on_page, quiet
from tests.media.pictures import encode, plain
from tests.network import PASSWORD, Network, Person

pytestmark = pytest.mark.slow

TOOT = Path(sys.executable).parent / "toot"


class Terminal:
    """Somebody's terminal, with a home folder of its own."""

    def __init__(self, network: Network, home: Path) -> None:
        self.network = network
        self.home = home

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        """`toot`, running, with its input and output in our hands."""
        environment = {
            "HOME": str(self.home),
            "PATH": "/usr/bin:/bin",
            "PYTHONUNBUFFERED": "1",
            "LANG": "C.UTF-8",
        }
        return await asyncio.create_subprocess_exec(
            TOOT, *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )

    async def run(self, *arguments: str, typed: str = "", expect: int = 0) -> str:
        """What `toot` printed, when all that follows from what it did has happened, too."""
        process = await self.start(*arguments)
        async with asyncio.timeout(60):
            out, problems = await process.communicate(typed.encode())
        await quiet(self.network)
        text = out.decode() + problems.decode()
        assert process.returncode == expect, f"toot {' '.join(arguments)}: {text}"
        return text

    async def json(self, *arguments: str) -> Any:
        """The decoded output of a command with `--json`."""
        return json.loads(await self.run(*arguments, "--json"))

    def remember(self, name: str, token: str) -> None:
        """Write what `toot login` writes."""
        instance, url = self.network.settings.local_domain, self.network.settings.base_url
        app = {"instance": instance, "base_url": url, "client_id": "x", "client_secret": "x"}
        user = {"instance": instance, "username": name, "access_token": token}
        handle = f"{name}@{instance}"
        folder = self.home / ".config" / "toot"
        folder.mkdir(parents=True)
        config = {"apps": {instance: app}, "users": {handle: user}, "active_user": handle}
        (folder / "config.json").write_text(json.dumps(config))


Opened = Callable[[str], Awaitable[tuple[Person, Terminal]]]


@pytest.fixture
def open_terminal(live: Network, tmp_path: Path) -> Opened:
    """Makes new members who are signed in with `toot`."""

    async def make(name: str) -> tuple[Person, Terminal]:
        person = await live.person(name)
        terminal = Terminal(live, tmp_path / "homes" / name)
        terminal.remember(name, str(person.token))
        return person, terminal

    return make


async def test_a_member_signs_in_with_a_pasted_code(live: Network, tmp_path: Path) -> None:
    await live.person("alice")
    terminal = Terminal(live, tmp_path / "home")
    terminal.home.mkdir()
    process = await terminal.start("login", "--instance", live.settings.base_url)
    assert process.stdout is not None
    url = ""
    async with asyncio.timeout(60):
        while not url.startswith("http"):
            line = await process.stdout.readline()
            assert line, "toot ended early"
            url = line.decode().strip()
    code = await code_on_page(live, url.replace("/oauth/authorize/?", "/oauth/authorize?"), "alice")
    async with asyncio.timeout(60):
        out, _ = await process.communicate(f"n\n{code}\n".encode())
    assert "Successfully logged in" in out.decode()
    assert (await terminal.json("whoami"))["acct"] == "alice"
    assert f"alice@{live.settings.local_domain}" in await terminal.run("auth")
    await terminal.run("logout", f"alice@{live.settings.local_domain}")


async def test_a_password_is_not_taken_from_a_program(live: Network, tmp_path: Path) -> None:
    await live.person("alice")
    terminal = Terminal(live, tmp_path / "home")
    terminal.home.mkdir()
    arguments = ("--instance", live.settings.base_url, "--email", "alice@people.example")
    said = await terminal.run("login_cli", *arguments, "--password", PASSWORD, expect=1)
    assert "Login failed" in said


async def test_it_posts_with_all_that_a_status_can_have(open_terminal: Opened) -> None:
    alice, toot = await open_terminal("alice")
    options = ("--visibility", "unlisted", "--spoiler-text", "water", "--language", "en")
    status = await toot.json("post", "low #tide", *options)
    shown = await alice.get(f"/api/v1/statuses/{status['id']}")
    assert (shown["visibility"], shown["spoiler_text"], shown["language"]) == ("unlisted", "water", "en")
    poll = await toot.json("post", "Lunch?", "--poll-option", "Fish", "--poll-option", "Chips")
    assert [option["title"] for option in poll["poll"]["options"]] == ["Fish", "Chips"]


async def test_it_replies_and_shows_the_thread(open_terminal: Opened) -> None:
    alice, _ = await open_terminal("alice")
    _, toot = await open_terminal("bob")
    first = await alice.publish("who is at the pier?")
    reply = await toot.json("post", "@alice I am", "--reply-to", first["id"])
    assert reply["in_reply_to_id"] == first["id"]
    thread = await toot.json("thread", first["id"])
    assert [status["id"] for status in thread["descendants"]] == [reply["id"]]
    said = await toot.run("thread", first["id"])
    assert "who is at the pier?" in said
    assert "I am" in said
    assert (await toot.json("status", first["id"]))["replies_count"] == 1


async def test_it_uploads_and_attaches_pictures(open_terminal: Opened, tmp_path: Path) -> None:
    _, toot = await open_terminal("alice")
    picture = tmp_path / "red.png"
    picture.write_bytes(encode(plain(), "PNG"))
    assert "image" in await toot.run("upload", str(picture), "--description", "Red")
    status = await toot.json("post", "look", "--media", str(picture), "--description", "A red wall")
    assert [media["description"] for media in status["media_attachments"]] == ["A red wall"]


async def test_it_shows_each_timeline(open_terminal: Opened, live: Network) -> None:
    alice, _ = await open_terminal("alice")
    bob, toot = await open_terminal("bob")
    await bob.follow(alice)
    await alice.publish("low #tide")
    for choice in ([], ["--public"], ["--public", "--local"], ["--tag", "tide"], ["--account", "alice"]):
        assert "low #tide" in await toot.run("timeline", "--once", *choice)
    elsewhere = ("--public", "--instance", live.settings.base_url)
    assert "low #tide" in await toot.run("timeline", "--once", *elsewhere)
    for name in (["home"], ["public"], ["tag", "tide"], ["account", "alice"]):
        assert "low #tide" in await toot.run("timelines", *name, "--no-pager", "--no-clear")


async def test_it_favourites_boosts_bookmarks_and_pins(open_terminal: Opened) -> None:
    alice, _ = await open_terminal("alice")
    _, toot = await open_terminal("bob")
    status = await alice.publish("hello")
    assert (await toot.json("favourite", status["id"]))["favourited"]
    assert (await toot.json("reblog", status["id"]))["reblog"]["reblogged"]
    assert [person["acct"] for person in await toot.json("reblogged_by", status["id"])] == ["bob"]
    assert (await toot.json("bookmark", status["id"]))["bookmarked"]
    assert "hello" in await toot.run("bookmarks", "--once")
    own = await toot.json("post", "about me")
    assert (await toot.json("pin", own["id"]))["pinned"]
    for undo, flag in (
        ("unfavourite", "favourited"),
        ("unreblog", "reblogged"),
        ("unbookmark", "bookmarked"),
    ):
        assert not (await toot.json(undo, status["id"]))[flag]
    assert not (await toot.json("unpin", own["id"]))["pinned"]


async def test_it_follows_and_unfollows(open_terminal: Opened) -> None:
    await open_terminal("alice")
    _, toot = await open_terminal("bob")
    assert (await toot.json("follow", "alice"))["following"]
    assert [person["acct"] for person in await toot.json("following")] == ["alice"]
    assert [person["acct"] for person in await toot.json("followers", "alice")] == ["bob"]
    assert not (await toot.json("unfollow", "alice"))["following"]


async def test_it_lets_followers_in(open_terminal: Opened) -> None:
    _, alice = await open_terminal("alice")
    bob, _ = await open_terminal("bob")
    await alice.run("update_account", "--locked")
    await bob.post(f"/api/v1/accounts/{(await alice.json('whoami'))['id']}/follow")
    assert "bob" in await alice.run("follow-requests", "list")
    await alice.run("follow-requests", "accept", "bob")
    assert [person["acct"] for person in await alice.json("followers")] == ["bob"]


async def test_it_blocks_and_mutes(open_terminal: Opened) -> None:
    await open_terminal("alice")
    _, toot = await open_terminal("bob")
    assert (await toot.json("mute", "alice"))["muting"]
    assert [person["acct"] for person in await toot.json("muted")] == ["alice"]
    assert not (await toot.json("unmute", "alice"))["muting"]
    assert (await toot.json("block", "alice"))["blocking"]
    assert [person["acct"] for person in await toot.json("blocked")] == ["alice"]
    assert not (await toot.json("unblock", "alice"))["blocking"]


async def test_it_shows_and_clears_notifications(open_terminal: Opened) -> None:
    alice, _ = await open_terminal("alice")
    _, toot = await open_terminal("bob")
    await alice.publish("moin @bob")
    assert "moin @bob" in await toot.run("notifications")
    assert [note["type"] for note in await toot.json("notifications", "--type", "mention")] == ["mention"]
    await toot.run("notifications", "--clear")
    assert await toot.json("notifications") == []


async def test_it_searches_and_says_who_is_who(open_terminal: Opened, live: Network) -> None:
    alice, _ = await open_terminal("alice")
    _, toot = await open_terminal("bob")
    await alice.publish("the #harbour at night")
    found = await toot.json("search", "alice")
    assert [person["acct"] for person in found["accounts"]] == ["alice"]
    assert "harbour" in await toot.run("search", "#harbour")
    assert (await toot.json("whois", "alice"))["id"] == alice.id
    assert (await toot.json("whoami"))["acct"] == "bob"
    assert live.settings.title in await toot.run("instance")


async def test_it_changes_the_profile(open_terminal: Opened, tmp_path: Path) -> None:
    _, toot = await open_terminal("alice")
    picture = tmp_path / "face.png"
    picture.write_bytes(encode(plain(200, 200), "PNG"))
    await toot.run("update_account", "--display-name", "Alice", "--note", "Tides", "--avatar", str(picture))
    me = await toot.json("whoami")
    assert (me["display_name"], me["source"]["note"]) == ("Alice", "Tides")
    assert "/media/" in me["avatar"]


async def test_it_votes(open_terminal: Opened) -> None:
    alice, _ = await open_terminal("alice")
    _, toot = await open_terminal("bob")
    status = await alice.publish("Lunch?", poll={"options": ["Fish", "Chips"], "expires_in": 3600})
    assert (await toot.json("polls", "vote", status["poll"]["id"], "1"))["voted"]


async def test_it_deletes(open_terminal: Opened) -> None:
    alice, toot = await open_terminal("alice")
    status = await alice.publish("oops")
    await toot.run("delete", status["id"])
    await alice.get(f"/api/v1/statuses/{status['id']}", 404)
    assert "Record not found" in await toot.run("delete", status["id"], expect=1)
