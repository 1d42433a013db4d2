"""What the tests of people share: accounts of other servers, and how one stands to somebody."""

from typing import Any

from rostra.core.ids import new_id
from tests.network import Client, Network, Person


async def names(viewer: Client, path: str) -> list[str]:
    """Whom a list names."""
    return [person["acct"] for person in await viewer.get(path)]


async def relationship(viewer: Person, account_id: int | str) -> Any:
    """How `viewer` stands to an account."""
    (found,) = await viewer.get("/api/v1/accounts/relationships", params={"id[]": str(account_id)})
    return found


async def execute(network: Network, sql: Any, *params: object) -> None:
    """Run a statement on the network's database."""
    async with network.services.db.transaction() as tx:
        await tx.execute(sql, params)


async def stranger(network: Network, name: str, domain: str = "far.example") -> int:
    """The account `name` of another server, as if it had come to us; returns its id."""
    account_id = new_id()
    await execute(
        network,
        "insert into accounts (id, username, domain, uri, url) values (%s, %s, %s, %s, %s)",
        account_id,
        name,
        domain,
        f"https://{domain}/users/{name}",
        f"https://{domain}/@{name}",
    )
    return account_id


async def follow(network: Network, account_id: int, target_id: int) -> None:
    """Let one account follow another, as if both servers had agreed."""
    await execute(
        network,
        "insert into follows (id, account_id, target_id) values (%s, %s, %s)",
        new_id(),
        account_id,
        target_id,
    )
    await execute(
        network, "update accounts set following_count = following_count + 1 where id = %s", account_id
    )
    await execute(
        network, "update accounts set followers_count = followers_count + 1 where id = %s", target_id
    )


async def publish_from(network: Network, account_id: int, text: str) -> int:
    """A public status by an account of another server; returns its id."""
    status_id = new_id()
    await execute(
        network,
        """
        insert into statuses (id, account_id, uri, url, local, thread_id, visibility, text, content)
        values (%s, %s, %s, %s, false, %s, 'public', %s, %s)
        """,
        status_id,
        account_id,
        f"https://far.example/statuses/{status_id}",
        f"https://far.example/@x/{status_id}",
        status_id,
        text,
        f"<p>{text}</p>",
    )
    return status_id
