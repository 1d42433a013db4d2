"""Errors are pages, too."""

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.core.errors import Forbidden, Invalid, TooMany, Unavailable
from rostra.core.web import Observe
from rostra.emojis.cache import Emojis
from rostra.pages.site import create_site
from tests.network import Network
from tests.pages.documents import Document, open_page

ERRORS = {
    "forbidden": (Forbidden(), 403, "Das ist nicht erlaubt"),
    "invalid": (Invalid("no"), 422, "Das lässt sich so nicht annehmen"),
    "often": (TooMany(retry_after=120), 429, "Zu viele Versuche"),
    "busy": (Unavailable(), 503, "Gleich wieder da"),
    "broken": (ZeroDivisionError("secret detail"), 500, "Bei uns ist etwas kaputt"),
}


@pytest.mark.parametrize("name", ERRORS)
async def test_an_error_is_a_page_that_says_what_to_do(network: Network, name: str) -> None:
    import httpx

    error, status, heading = ERRORS[name]

    async def fail(request: Request) -> Response:
        raise error

    site = create_site(network.services, Emojis(network.services.bus))
    site.router.routes.insert(0, Route("/fail", fail))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(Observe(site)), base_url="http://x") as client:
        response = await client.get("/fail", headers={"Accept-Language": "de"})
    page = Document(response.text)
    assert response.status_code == status
    assert page.text("h1") == heading
    assert page.attribute("main a.button", "href") == "/"
    assert response.headers["cache-control"] == "no-store"
    assert "secret detail" not in response.text
    if status == 500:
        assert page.text("main code") == response.headers["x-request-id"]
    if status == 429:
        assert response.headers["retry-after"] == "120"


async def test_an_unknown_address_leads_back_to_the_start(network: Network) -> None:
    page = await open_page(network, "/no/such/page", 404)
    assert page.text("h1") == "This page is not here"
    assert page.meta("robots") == "noindex"


async def test_pages_are_only_read(network: Network) -> None:
    response = await network.http.post("/about")
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == {"GET", "HEAD"}
    assert (await network.http.head("/about")).status_code == 200


@pytest.mark.parametrize(
    ("asked", "leads_to"), [("/about/", "/about"), ("/tags/tide/?lang=de", "/tags/tide?lang=de")]
)
async def test_a_slash_too_many_leads_to_the_page_whatever_host_the_request_names(
    network: Network, asked: str, leads_to: str
) -> None:
    answer = await network.http.get(asked, headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["location"]) == (307, leads_to)


@pytest.mark.parametrize(
    "path", ["//evil.example/", "//evil.example//", "/no/such/page/", "///", "/%5Cevil.example/"]
)
async def test_a_slash_too_many_leads_to_no_other_site(network: Network, path: str) -> None:
    answer = await network.http.get(f"{network.settings.base_url}{path}")
    assert (answer.status_code, answer.headers.get("location")) == (404, None)
