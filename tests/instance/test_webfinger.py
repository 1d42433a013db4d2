"""How programs get from a handle to an account (RFC 7033), and from a domain to the API (RFC 6415)."""

from xml.etree import ElementTree

import pytest

from rostra.core.settings import Settings, load
from tests.network import Network


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return load({"data": settings.data, "domain": "social.example", "https": "off"}, environ={})


async def test_an_account_is_found_by_its_handle_and_by_its_page(network: Network) -> None:
    alice = await network.person("alice")
    for resource in (
        "acct:alice@social.example",
        "acct:ALICE@Social.Example",
        "https://social.example/@alice",
    ):
        answer = await network.anonymous.request(
            "GET", "/.well-known/webfinger", params={"resource": resource}
        )
        assert answer.status_code == 200, resource
        assert answer.headers["content-type"] == "application/jrd+json"
        found = answer.json()
        assert found["subject"] == "acct:alice@social.example"
        assert "https://social.example/@alice" in found["aliases"]
        [page] = found["links"]
        assert page["href"] == (await alice.get(f"/api/v1/accounts/{alice.id}"))["url"]


async def test_only_the_links_that_were_asked_for_are_named(network: Network) -> None:
    await network.person("alice")
    query = {"resource": "acct:alice@social.example", "rel": "self"}
    assert (await network.anonymous.get("/.well-known/webfinger", params=query))["links"] == []


@pytest.mark.parametrize(
    ("resource", "status"),
    [
        ("", 400),
        ("acct:nobody@social.example", 404),
        ("acct:alice@elsewhere.example", 404),
        ("acct:alice@social.example@x", 404),
        ("https://elsewhere.example/@alice", 404),
        ("alice", 404),
        ("acct:" + "a" * 5000, 404),
        ("acct:\0", 400),
    ],
)
async def test_what_is_no_account_of_this_network_is_not_found(
    network: Network, resource: str, status: int
) -> None:
    await network.person("alice")
    await network.anonymous.get("/.well-known/webfinger", status, params={"resource": resource})


async def test_apps_in_a_browser_learn_from_a_domain_where_the_api_is(network: Network) -> None:
    answer = await network.anonymous.request(
        "GET", "/.well-known/host-meta", headers={"Origin": "https://app.example"}
    )
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"].startswith("application/xrd+xml")
    [link] = ElementTree.fromstring(answer.text)
    assert link.get("template") == "https://social.example/.well-known/webfinger?resource={uri}"


async def test_apps_in_a_browser_may_read_the_stock_pictures(network: Network) -> None:
    answer = await network.http.get("/static/avatar.png", headers={"Origin": "https://app.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
