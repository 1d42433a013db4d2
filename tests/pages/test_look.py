"""Style sheets, fonts, icons and the security headers of pages."""

import re
from pathlib import Path

import pytest

from rostra.pages import static
from rostra.pages.render import FOLDER, environment, icon
from tests.network import Network
from tests.pages.documents import open_page


async def test_a_file_under_its_versioned_url_may_be_kept_forever(network: Network) -> None:
    response = await network.http.get(static.url("base.css"))
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/css")
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_a_file_under_another_version_is_not_kept(network: Network) -> None:
    response = await network.http.get("/static/base.css?v=0123456789")
    assert response.status_code == 200
    assert "immutable" not in response.headers["cache-control"]


@pytest.mark.parametrize(
    "path", ["/static/", "/static/nothing.css", "/static/../render.py", "/static/%2e%2e/render.py"]
)
async def test_nothing_else_is_served(network: Network, path: str) -> None:
    assert (await network.http.get(path)).status_code == 404


def test_style_sheets_name_the_current_version_of_each_font() -> None:
    for sheet in static.FOLDER.glob("*.css"):
        for name, version in re.findall(r'url\("([^"?]+)\?v=([^"]*)"\)', sheet.read_text("utf-8")):
            assert version == static.version(name), f"{sheet.name}: {name}"


def test_templates_have_no_inline_styles_or_scripts_which_browsers_would_refuse() -> None:
    for path in (FOLDER / "templates").rglob("*.html"):
        source = path.read_text("utf-8")
        assert not re.search(r"\s(style|on\w+)=\"|<style", source), path.name
        for script in re.findall(r"<script[^>]*>", source):
            assert "src=" in script or "application/ld+json" in script, path.name


def test_every_icon_is_used_and_there() -> None:
    sources = [p.read_text("utf-8") for p in [*(FOLDER / "templates").rglob("*.html"), *FOLDER.glob("*.py")]]
    # icon('x'), icon({'info': 'x', …}[kind]), count('x', …)
    asked = set(re.findall(r"""['"]([a-z0-9-]+)['"]""", " ".join(sources)))
    there = {path.stem for path in (FOLDER / "icons").glob("*.svg")}
    assert sorted(there - asked) == []
    for name in there:
        assert icon(name).startswith("<svg")


def test_all_templates_compile() -> None:
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


async def test_pages_can_only_load_and_send_to_ourselves(network: Network) -> None:
    response = await network.http.get("/")
    policy: dict[str, str] = {}
    for part in response.headers["content-security-policy"].split(";"):
        name, _, sources = part.strip().partition(" ")
        policy[name] = sources
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "strict-origin-when-cross-origin"


async def test_a_page_that_did_not_change_is_not_sent_again(network: Network) -> None:
    first = await network.http.get("/about")
    again = await network.http.get("/about", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]
    in_german = await network.http.get(
        "/about", headers={"If-None-Match": first.headers["etag"], "Accept-Language": "de"}
    )
    assert in_german.status_code == 200
    assert "Accept-Language" in first.headers["vary"]


async def test_every_file_that_a_page_refers_to_is_there(network: Network) -> None:
    page = await open_page(network, "/")
    links = [str(link["href"]) for link in page.soup.select("head link[href^='/static/']")]
    assert any(Path(link.partition("?")[0]).suffix == ".css" for link in links)
    for link in links:
        assert (await network.http.get(link)).status_code == 200, link
