"""The network of a test: its app, its people, and its jobs."""

import asyncio
from typing import Any

import httpx

from rostra.accounts import actions
from rostra.accounts.actions import NewAccount
from rostra.accounts.model import Role
from rostra.accounts.oauth import queries as oauth
from rostra.core import jobs
from rostra.core.db import Tx, fetch_value
from rostra.core.secrets import new_token, token_hash
from rostra.core.services import Services
from rostra.main import create_app
from rostra.reactions import REACTIONS
from tests.conformance.watch import Watched

ALL_SCOPES = ("read", "write", "follow", "push", "profile")
PASSWORD = "correct horse battery"


class Client:
    """Somebody who calls the API: paths in, answers out."""

    def __init__(self, network: "Network", token: str | None = None) -> None:
        self.network = network
        self.token = token

    async def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One call, with the token unless other headers are given."""
        headers = dict(options.pop("headers", {}))
        if self.token is not None:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        return await self.network.http.request(method, path, headers=headers, **options)

    async def get(self, path: str, expect: int = 200, **options: Any) -> Any:
        """GET; the JSON of an answer with status `expect`."""
        return _json(await self.request("GET", path, **options), expect)

    async def post(self, path: str, expect: int = 200, **options: Any) -> Any:
        """POST; the JSON of an answer with status `expect`."""
        return _json(await self.request("POST", path, **options), expect)

    async def put(self, path: str, expect: int = 200, **options: Any) -> Any:
        """PUT; the JSON of an answer with status `expect`."""
        return _json(await self.request("PUT", path, **options), expect)

    async def patch(self, path: str, expect: int = 200, **options: Any) -> Any:
        """PATCH; the JSON of an answer with status `expect`."""
        return _json(await self.request("PATCH", path, **options), expect)

    async def delete(self, path: str, expect: int = 200, **options: Any) -> Any:
        """DELETE; the JSON of an answer with status `expect`."""
        return _json(await self.request("DELETE", path, **options), expect)


class Person(Client):
    """A member with a token for everything."""

    def __init__(self, network: "Network", name: str, account_id: int, token: str) -> None:
        super().__init__(network, token)
        self.name = name
        self.account_id = account_id
        self.id = str(account_id)

    async def publish(self, text: str, **options: Any) -> Any:
        """Publish a status and let everything follow; returns the status."""
        status = await self.post("/api/v1/statuses", json={"status": text, **options})
        await self.network.settle()
        return status

    async def follow(self, other: "Person", **options: Any) -> Any:
        """Follow somebody and let everything follow; returns the relationship."""
        relationship = await self.post(f"/api/v1/accounts/{other.id}/follow", json=options)
        await self.network.settle()
        return relationship

    async def home(self, **query: Any) -> list[Any]:
        """The home timeline."""
        return await self.get("/api/v1/timelines/home", params=query)


class Network:
    """An app in this process, over opened services."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.settings = services.settings
        self.app = Watched(create_app(services))
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app), base_url=services.settings.base_url
        )
        self.anonymous = Client(self)
        self.has_worker = False
        """Whether a worker runs beside the test, and may have taken the jobs that it waits for."""

    async def person(self, name: str, role: Role = "member", scopes: tuple[str, ...] = ALL_SCOPES) -> Person:
        """A new member, confirmed and approved, with a token."""
        new = NewAccount(
            username=name, email=f"{name}@people.example", password=PASSWORD, role=role, confirmed=True
        )
        async with self.services.db.connection() as tx:
            account_id = await actions.create_account(tx, self.settings, new)
        person = Person(self, name, account_id, await self.token(account_id, scopes))
        await self.settle()
        return person

    async def people(self, *names: str) -> list[Person]:
        """New members, in the order of `names`."""
        return [await self.person(name) for name in names]

    async def token(
        self, account_id: int | None, scopes: tuple[str, ...], *, application_id: int | None = None
    ) -> str:
        """A token with `scopes`, of a fresh app if no other is given."""
        token = new_token()
        async with self.services.db.transaction() as tx:
            app_id = application_id or await self._application(tx, scopes)
            await oauth.insert_token(
                tx, token_hash=token_hash(token), application_id=app_id, user_id=account_id, scopes=scopes
            )
        return token

    async def _application(self, tx: Tx, scopes: tuple[str, ...]) -> int:
        app = await oauth.insert_application(
            tx,
            name="Test app",
            website=None,
            redirect_uris=["urn:ietf:wg:oauth:2.0:oob"],
            scopes=scopes,
            client_id=new_token(),
            client_secret_hash=token_hash(new_token()),
        )
        return app.id

    async def settle(self) -> None:
        """Run all waiting reactions and jobs, and wait for those that a worker runs."""
        await jobs.drain(self.services, REACTIONS)
        async with asyncio.timeout(60):
            while self.has_worker and await self._worker_is_busy():
                await asyncio.sleep(0.01)  # the worker may be another process's
                await jobs.drain(self.services, REACTIONS)

    async def _worker_is_busy(self) -> bool:
        """Whether the worker turns events into jobs now (they are still there until it commits), or
        has jobs that run, or that failed, perhaps because both of us ran them, and will run again."""
        async with self.services.db.connection() as tx:
            return await fetch_value(
                tx,
                "select exists (select from events)"
                " or exists (select from jobs where failed_at is null and kind <> 'later'"
                "   and run_at < now() + interval '30 seconds')",  # else it waits for another server
            )

    async def close(self) -> None:
        """End the client."""
        await self.http.aclose()


def _json(response: httpx.Response, expect: int) -> Any:
    assert response.status_code == expect, f"{response.status_code}: {response.text[:500]}"
    return response.json() if response.content else None
