"""What tests with foreign clients share: Mastodon.py in threads, consent in a browser, a quiet network."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import httpx
from mastodon import Mastodon

from rostra.core.db import fetch_value
from tests.auth.support import FIREFOX, Browser
from tests.network import ALL_SCOPES, PASSWORD, Network
from tests.pages.documents import Document


class App:
    """Somebody with the unmodified Mastodon.py, whose methods run in a thread and are awaited here.

    What was done by them has reached everybody, by the network's own worker, when the call returns.
    """

    def __init__(self, network: Network, mastodon: Mastodon, account_id: int | None = None) -> None:
        self.network = network
        self.mastodon = mastodon
        self.id = str(account_id)

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        method = getattr(self.mastodon, name)

        async def call(*args: Any, **options: Any) -> Any:
            result = await asyncio.to_thread(functools.partial(method, *args, **options))
            await quiet(self.network)
            return result

        return call


async def app_of(network: Network, name: str, scopes: tuple[str, ...] = ALL_SCOPES) -> App:
    """A new member who is signed in with Mastodon.py."""
    person = await network.person(name, scopes=scopes)
    return App(network, signed_in(network, person.token), person.account_id)


async def apps_of(network: Network, *names: str) -> list[App]:
    """New members, in the order of `names`."""
    return [await app_of(network, name) for name in names]


def signed_in(network: Network, token: str | None = None, **options: Any) -> Mastodon:
    """Mastodon.py with a token, or without."""
    return Mastodon(
        access_token=token,
        api_base_url=network.settings.base_url,
        ratelimit_method="throw",
        request_timeout=30,
        **options,
    )


async def quiet(network: Network) -> None:
    """Wait until the worker has carried out all that followed from what was done so far."""
    async with asyncio.timeout(30):
        while True:
            async with network.services.db.connection() as tx:
                waiting = await fetch_value(
                    tx,
                    """
                    select (select count(*) from events)
                        + (select count(*) from jobs where kind <> 'later' and failed_at is null
                             and run_at < now() + interval '30 seconds')
                    """,
                )
            if not waiting:
                return
            await asyncio.sleep(0.02)


class LiveBrowser(Browser):
    """A browser that reaches the network through its port."""

    def __init__(self, network: Network) -> None:
        super().__init__(network)
        self.http = httpx.AsyncClient(
            base_url=network.settings.base_url,
            headers={"User-Agent": FIREFOX, "Accept-Language": "en"},
            timeout=30,
        )

    async def __aenter__(self) -> "LiveBrowser":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()


async def consent(network: Network, url: str, name: str, expect: int = 200) -> httpx.Response:
    """Follow an app's link as `name`: sign in, and agree.

    Returns the last answer in the network: the page with the code, or (`expect` 303) the way back.
    """
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}" == network.settings.base_url
    async with LiveBrowser(network) as browser:
        await browser.open(f"{parts.path}?{parts.query}")  # leads to the sign-in, and from there back
        await browser.send(login=name, password=PASSWORD)
        await browser.send(expect=expect, decision="allow")
        return browser.response


async def code_on_page(network: Network, url: str, name: str) -> str:
    """The code that the network shows to `name`, to be carried over to the app."""
    return Document((await consent(network, url, name)).text).text("#code")
