"""What the tests of files share: a member's browser that saves and brings along files."""

from urllib.parse import urljoin

from tests.auth.support import Browser
from tests.network import Network

IMPORTS = "/settings/imports"


async def member_browser(network: Network, name: str) -> Browser:
    """A browser in which `name` is logged in."""
    browser = Browser(network)
    await browser.log_in(name)
    return browser


async def save(browser: Browser, name: str) -> str:
    """The text of an exported file."""
    answer = await browser.http.get(f"/settings/exports/{name}")
    assert answer.status_code == 200, answer.text[:300]
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.headers["cache-control"] == "no-store"
    return answer.text


async def choose(
    browser: Browser,
    kind: str,
    data: str | bytes,
    *,
    mode: str = "merge",
    name: str = "file.csv",
    expect: int = 200,
) -> None:
    """Choose a file to bring along; the browser shows what it will do then."""
    await browser.open(IMPORTS)
    content = data.encode() if isinstance(data, str) else data
    browser.response = await browser.http.post(
        IMPORTS,
        data={"csrf": browser.csrf, "kind": kind, "mode": mode},
        files={"file": (name, content, "text/csv")},
        headers={"Origin": browser.network.settings.base_url},
    )
    if browser.response.status_code == 303:
        browser.url = urljoin("/", browser.response.headers["location"])
        browser.response = await browser.http.get(browser.url)
    assert browser.response.status_code == expect, browser.page.texts("h1, .error, [role=alert]")


async def bring(browser: Browser, kind: str, data: str | bytes, *, mode: str = "merge") -> str:
    """Bring a file along, and wait until it is done; returns what the page says then."""
    await choose(browser, kind, data, mode=mode)
    await browser.send(form="main form")
    await browser.network.settle()
    await browser.open(browser.url.partition("?")[0])
    return browser.page.text("main")


async def failures(browser: Browser) -> str:
    """The file with what failed in the import that the browser shows."""
    return (await browser.http.get(f"{browser.url}/failures")).text
