"""Accounts as staff see them, and newcomers who wait to be let in."""

import re
from typing import Any

import httpx
import pytest

from rostra.accounts import actions
from rostra.accounts.actions import NewAccount
from rostra.main import create_app
from tests.counting import count_queries
from tests.network import PASSWORD, Network, Person

V1, V2 = "/api/v1/admin/accounts", "/api/v2/admin/accounts"


async def newcomer(network: Network, name: str, *, reason: str = "", confirmed: bool = True) -> str:
    new = NewAccount(
        username=name,
        email=f"{name}@people.example",
        password=PASSWORD,
        confirmed=confirmed,
        approved=False,
        reason=reason,
    )
    async with network.services.db.connection() as tx:
        account_id = await actions.create_account(tx, network.settings, new)
    await network.settle()
    return str(account_id)


async def names(person: Person, path: str, **query: Any) -> list[str]:
    return [each["username"] for each in await person.get(path, params=query)]


async def test_staff_see_who_waits_and_why(network: Network, moderator: Person) -> None:
    await network.person("alice")
    nora = await newcomer(network, "nora", reason="I love the sea")
    await newcomer(network, "una", confirmed=False)
    assert await names(moderator, V2, status="pending") == ["una", "nora"]
    assert await names(moderator, V1, pending=True) == ["una", "nora"]
    found = await moderator.get(f"{V1}/{nora}")
    assert found["invite_request"] == "I love the sea"
    assert found["email"] == "nora@people.example"
    assert (found["approved"], found["confirmed"], found["disabled"]) == (False, True, False)
    assert found["account"]["acct"] == "nora"
    assert found["ips"] == []


async def test_whoever_is_let_in_can_use_the_network(network: Network, moderator: Person) -> None:
    nora_id = int(await newcomer(network, "nora"))
    nora = Person(network, "nora", nora_id, await network.token(nora_id, ("read", "write")))
    await nora.get("/api/v1/timelines/home", 403)
    answer = await moderator.post(f"{V1}/{nora_id}/approve")
    assert answer["approved"] is True
    assert await nora.get("/api/v1/timelines/home") == []
    await network.settle()
    assert len(list((network.settings.data / "mail").glob("*.eml"))) >= 1
    await moderator.post(f"{V1}/{nora_id}/approve", 403)  # once is enough
    await moderator.post(f"{V1}/{nora_id}/reject", 403)  # too late
    assert (await moderator.get(f"{V1}/{nora_id}"))["approved"] is True


async def test_of_whoever_is_turned_away_nothing_stays(network: Network, moderator: Person) -> None:
    nora = await newcomer(network, "nora")
    assert (await moderator.post(f"{V1}/{nora}/reject"))["username"] == "nora"
    await moderator.get(f"{V1}/{nora}", 404)
    await moderator.post(f"{V1}/{nora}/reject", 404)
    assert await names(moderator, V2, status="pending") == []
    await newcomer(network, "nora")  # the name and the address are free again


async def test_accounts_are_found_by_what_they_are(
    network: Network, owner: Person, moderator: Person
) -> None:
    alice, bob = await network.people("alice", "bob")
    await bob.patch("/api/v1/accounts/update_credentials", json={"display_name": "Robert Harbour"})
    async with network.services.db.connection() as tx:
        await tx.execute("update accounts set limited_at = now() where id = %s", (alice.account_id,))
        await tx.execute("update users set disabled_at = now() where account_id = %s", (bob.account_id,))
    assert await names(moderator, V2, permissions="staff") == ["mo", "olga"]
    assert await names(moderator, V1, staff=True) == ["mo", "olga"]
    assert await names(moderator, V2, **{"role_ids[]": "3"}) == ["olga"]
    assert await names(moderator, V2, **{"role_ids[]": "77"}) == []
    assert await names(moderator, V2, status="silenced") == ["alice"]
    assert await names(moderator, V1, disabled=True) == ["bob"]
    assert await names(moderator, V2, username="@AL") == ["alice"]
    assert await names(moderator, V2, display_name="robert") == ["bob"]
    assert await names(moderator, V2, email="Bob@") == ["bob"]
    assert await names(moderator, V2, username="l") == []
    assert await names(moderator, V2, username="%") == []
    assert await names(moderator, V2, ip="127.0.0.1") == []
    assert await names(moderator, V2, status="sensitized") == []
    assert await names(moderator, V2, origin="remote") == []
    assert await names(moderator, V2, by_domain="far.example") == []
    assert len(await names(moderator, V1, local=True, active=True)) == 4


async def test_accounts_of_other_servers_have_no_private_side(network: Network, moderator: Person) -> None:
    async with network.services.db.connection() as tx:
        await tx.execute(
            "insert into accounts (id, username, domain, uri)"
            " values (7, 'far', 'far.example', 'https://far.example/far')"
        )
    (found,) = await moderator.get(V2, params={"origin": "remote"})
    assert (found["domain"], found["email"], found["role"], found["approved"]) == (
        "far.example",
        None,
        None,
        None,
    )
    await moderator.post(f"{V1}/7/approve", 403)
    await moderator.post(f"{V1}/7/reject", 403)
    assert await names(moderator, V2, by_domain="FAR.example") == ["far"]
    assert await names(moderator, V2, status="pending") == []


async def test_whoever_invited_somebody_is_known(network: Network, moderator: Person) -> None:
    alice, bob = await network.people("alice", "bob")
    async with network.services.db.connection() as tx:
        await tx.execute(
            "insert into invites (id, code, account_id) values (5, 'x', %s)", (alice.account_id,)
        )
        await tx.execute("update users set invite_id = 5 where account_id = %s", (bob.account_id,))
    (found,) = await moderator.get(V2, params={"invited_by": alice.id})
    assert (found["username"], found["invited_by_account_id"]) == ("bob", alice.id)


async def test_pages_lead_through_all_accounts(network: Network, moderator: Person) -> None:
    for number in range(5):
        await newcomer(network, f"n{number}")
    response = await moderator.request("GET", V2, params={"status": "pending", "limit": 2})
    assert [each["username"] for each in response.json()] == ["n4", "n3"]
    older = re.findall(r'<([^>]+)>; rel="next"', response.headers["link"])[0]
    assert [each["username"] for each in await moderator.get(older)] == ["n2", "n1"]
    last = response.json()[-1]["id"]
    assert await names(moderator, V2, status="pending", min_id=last, limit=1) == ["n4"]


async def test_a_longer_page_costs_no_more(
    network: Network, moderator: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs: list[int] = []
    for number in range(6):
        await newcomer(network, f"n{number}")
        if number in (0, 5):
            transport = httpx.ASGITransport(create_app(network.services))
            async with httpx.AsyncClient(transport=transport, base_url=network.settings.base_url) as http:
                headers = {"Authorization": f"Bearer {moderator.token}"}
                await http.get("/api/v1/preferences", headers=headers)
                with count_queries(monkeypatch) as queries:
                    assert len((await http.get(f"{V2}?status=pending", headers=headers)).json()) == number + 1
            costs.append(len(queries))
    assert costs[0] == costs[1]


async def test_nobody_else_sees_or_decides(network: Network, owner: Person) -> None:
    nora = await newcomer(network, "nora")
    alice = await network.person("alice", scopes=("read", "write", "admin:read", "admin:write"))
    for path in (V1, V2, f"{V1}/{nora}"):
        await alice.get(path, 403)
    for act in ("approve", "reject"):
        await alice.post(f"{V1}/{nora}/{act}", 403)
    reading = Person(
        network, "olga", owner.account_id, await network.token(owner.account_id, ("admin:read:accounts",))
    )
    await reading.get(f"{V1}/{nora}")
    await reading.post(f"{V1}/{nora}/approve", 403)


async def test_questions_that_make_no_sense_are_refused(moderator: Person) -> None:
    for query in ({"status": "sleeping"}, {"origin": "mars"}, {"invited_by": "x"}, {"max_id": "-1"}):
        await moderator.get(V2, 422, params=query)
    await moderator.get(f"{V1}/abc", 404)
    await moderator.get(f"{V1}/{2**63 - 1}", 404)
    await moderator.get(V2, 400, params={"username": "a\x00b"})


async def test_staff_see_at_a_glance_what_waits(network: Network, moderator: Person) -> None:
    alice, bob = await network.people("alice", "bob")
    await newcomer(network, "nora")
    await newcomer(network, "una", confirmed=False)
    await alice.post("/api/v1/reports", json={"account_id": bob.id})
    path = "/api/rostra/v1/admin/waiting"
    assert await moderator.get(path) == {"sign_ups": 1, "reports": 1, "trends": 0, "failed_jobs": 0}
    await alice.get(path, 403)
