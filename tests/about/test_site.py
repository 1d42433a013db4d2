"""What the operator writes: texts and rules; and what others may know of blocked servers."""

import hashlib
from typing import Any

import pytest

from tests.auth.support import Browser
from tests.instance.test_instance import with_settings
from tests.network import Network


async def owner(network: Network) -> Browser:
    await network.person("olga", role="owner")
    olga = Browser(network)
    await olga.log_in("olga")
    return olga


async def test_what_the_operator_writes_stands_on_the_page_and_in_apps(network: Network) -> None:
    olga = await owner(network)
    await olga.open("/settings/site/texts/about")
    await olga.send(about_de="Ein *Hafen*", about_en="A *harbour*")
    for language, content in (("de", "<p>Ein <em>Hafen</em></p>\n"), ("en", "<p>A <em>harbour</em></p>\n")):
        found = await network.anonymous.get(
            "/api/v1/instance/extended_description", headers={"Accept-Language": language}
        )
        assert found["content"] == content
    assert "A harbour" in (await Browser(network).open("/about")).text("main")
    await olga.open("/settings/site/texts/about")
    await olga.send(about_de="", about_en="")
    found = await network.anonymous.get("/api/v1/instance/extended_description")
    assert found["content"] == ""


async def test_the_operators_privacy_policy_takes_the_place_of_the_shipped_one(network: Network) -> None:
    olga = await owner(network)
    path = "/api/v1/instance/privacy_policy"
    assert "What is kept" in (await Browser(network).open("/privacy-policy")).text("main")
    await olga.open("/settings/site/texts/privacy_policy")
    await olga.send(privacy_policy_en="We keep **nothing**.")
    for language in ("de", "en"):
        found = await network.anonymous.get(path, headers={"Accept-Language": language})
        assert found["content"] == "<p>We keep <strong>nothing</strong>.</p>\n"
    await olga.open("/settings/site/texts/nonsense", 404)


async def test_rules_are_added_translated_moved_and_removed(network: Network) -> None:
    olga = await owner(network)

    async def texts() -> list[Any]:
        return await network.anonymous.get("/api/v1/instance/rules")

    before = await texts()
    await olga.open("/settings/site")
    await olga.send(form="#new-rule", text="No fog horns", hint="At night", text_de="Keine Nebelhörner")
    *_, new = await texts()
    assert (new["text"], new["hint"]) == ("No fog horns", "At night")
    assert new["translations"] == {"de": {"text": "Keine Nebelhörner", "hint": ""}}

    there = f"/settings/site/rules/{new['id']}"
    await olga.send(form=f"form[action='{there}']")
    assert [rule["id"] for rule in await texts()][-2] == new["id"]
    await olga.open(there)
    await olga.send(text="No loud fog horns", text_de="", hint_de="", action="save")
    changed = next(rule for rule in await texts() if rule["id"] == new["id"])
    assert (changed["text"], changed["translations"]) == ("No loud fog horns", {})
    await olga.open(there)
    await olga.send(422, text=" ", action="save")
    assert "Write something" in olga.page.text("#text-error")
    await olga.open(there)
    await olga.send(form="main form:last-of-type", action="drop")
    assert await texts() == before
    await olga.open(there, 404)


@pytest.mark.parametrize("role", ["member", "moderator"])
async def test_only_those_who_run_the_network_may_write(network: Network, role: Any) -> None:
    await network.person("alice", role=role)
    alice = Browser(network)
    await alice.log_in("alice")
    for path in ("site", "site/terms", "site/texts/about", "site/rules/1"):
        await alice.open(f"/settings/{path}", 404)


async def test_blocked_servers_are_shown_to_whom_the_operator_lets_see_them(network: Network) -> None:
    alice = await network.person("alice")
    async with network.services.db.connection() as tx:
        await tx.execute(
            """
            insert into server_blocks (domain, severity, public_comment, private_comment, obfuscate) values
            ('loud.example', 'silence', 'noise', 'secret', false),
            ('evil.example', 'suspend', 'spam', 'secret', true), ('watched.example', 'noop', '', '', false)
            """
        )
    path = "/api/v1/instance/domain_blocks"
    digests = [hashlib.sha256(name).hexdigest() for name in (b"evil.example", b"loud.example")]
    found = await alice.get(path)
    assert found == [
        {"domain": "evi*.****ple", "digest": digests[0], "severity": "suspend", "comment": "spam"},
        {"domain": "loud.example", "digest": digests[1], "severity": "silence", "comment": "noise"},
    ]
    assert [block["comment"] for block in await network.anonymous.get(path)] == [None, None]
    members_only = with_settings(network, show_domain_blocks="users")
    await members_only.anonymous.get(path, 401)
    await with_settings(network, show_domain_blocks="disabled").anonymous.get(path, 404)
