"""Aliases: naming another account from which one may move here."""

from rostra.accounts import aliases
from rostra.accounts.aliases import Alias
from tests.accounts.support import stranger
from tests.auth.support import Browser
from tests.network import Network, Person

PATH = "/settings/aliases"


async def kept(network: Network, person: Person) -> list[Alias]:
    async with network.services.db.connection() as tx:
        return await aliases.of_member(tx, person.account_id)


async def test_an_alias_is_added_and_removed(network: Network) -> None:
    alice, _ = await network.people("alice", "bob")
    await stranger(network, "zoe")
    browser = Browser(network)
    await browser.log_in("alice")
    await browser.open(PATH)
    for written in ("@Zoe@Far.Example", "zoe@far.example", "new@elsewhere.example", "bob"):
        await browser.send(form="main form.form", alias=written)
    assert [(one.acct, one.uri is not None) for one in await kept(network, alice)] == [
        ("zoe@far.example", True),
        ("new@elsewhere.example", False),
        ("bob", True),
    ]
    assert browser.page.texts("li strong") == [
        "@zoe@far.example",
        "@new@elsewhere.example",
        "@bob@localhost:8420",
    ]
    await browser.open("/settings")
    assert "3 other accounts" in browser.page.text("main")
    await browser.open(PATH)
    await browser.send(form="main li form")
    assert [one.acct for one in await kept(network, alice)] == ["new@elsewhere.example", "bob"]


async def test_what_is_no_other_account_is_refused(network: Network) -> None:
    alice = await network.person("alice")
    browser = Browser(network)
    await browser.log_in("alice")
    await browser.open(PATH)
    for written, says in (
        ("", "not a handle"),
        ("two words", "not a handle"),
        ("alice", "this account"),
        ("ALICE@localhost:8420", "this account"),
        ("nobody", "nobody of that name"),
    ):
        await browser.send(422, form="main form.form", alias=written)
        assert says in browser.page.text(".error"), written
    assert await kept(network, alice) == []


async def test_there_are_only_so_many_aliases(network: Network) -> None:
    alice = await network.person("alice")
    async with network.services.db.connection() as tx:
        for number in range(aliases.MOST):
            await aliases.add(tx, network.settings, alice.account_id, f"a{number}@far.example")
    browser = Browser(network)
    await browser.log_in("alice")
    await browser.open(PATH)
    await browser.send(422, form="main form.form", alias="more@far.example")
    assert "one too many" in browser.page.text(".error")


async def test_nobody_removes_the_aliases_of_others(network: Network) -> None:
    alice, _ = await network.people("alice", "mallory")
    async with network.services.db.connection() as tx:
        await aliases.add(tx, network.settings, alice.account_id, "zoe@far.example")
    (alias,) = await kept(network, alice)
    browser = Browser(network)
    await browser.log_in("mallory")
    await browser.open(PATH)
    await browser.post(f"{PATH}/remove", {"csrf": browser.csrf, "remove": str(alias.id)})
    assert len(await kept(network, alice)) == 1
    stranger_ = Browser(network)
    assert (await stranger_.http.get(PATH)).status_code == 303
