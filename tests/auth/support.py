"""What the tests of sign-up, sign-in and OAuth share: a browser without pictures, and the mailbox."""

import email
import email.policy
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from bs4 import Tag

from tests.network import PASSWORD, Network
from tests.pages.documents import Document

LINK = re.compile(r"https?://[^\s/]+(/\S*\?token=\S+|/settings\S*)")
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Browser:
    """Somebody's browser: keeps cookies, follows redirects within the network, sends the forms on pages."""

    def __init__(self, network: Network, address: str = "198.51.100.7") -> None:
        self.network = network
        self.http = httpx.AsyncClient(
            transport=httpx.ASGITransport(network.app, client=(address, 50000)),
            base_url=network.settings.base_url,
            headers={"User-Agent": FIREFOX, "Accept-Language": "en"},
        )
        self.response = httpx.Response(200)
        self.url = "/"

    @property
    def page(self) -> Document:
        """The page that is shown."""
        return Document(self.response.text)

    @property
    def heading(self) -> str:
        """Its main heading."""
        return self.page.text("h1")

    @property
    def csrf(self) -> str:
        """The token that forms on this page carry."""
        return str(self.page.soup.select("[name=csrf]")[0]["value"])

    @property
    def location(self) -> str:
        """Where the last answer leads, outside the network."""
        return self.response.headers["location"]

    async def open(self, path: str, expect: int = 200) -> Document:
        """Go to `path`."""
        return await self._go("GET", path, expect)

    async def send(self, expect: int = 200, form: str = "main form", **fields: Any) -> Document:
        """Fill in and send the form `form` of this page; None leaves a field out."""
        element = self.page.soup.select(form)[0]
        return await self._go(
            "POST", str(element.get("action") or self.url), expect, _fields(element) | fields
        )

    async def send_file(self, name: str, data: bytes, expect: int = 200, **fields: Any) -> Document:
        """Fill in and send the form of this page with a file `name`."""
        element = self.page.soup.select("main form")[0]
        rest = {key: value for key, value in (_fields(element) | fields).items() if key != name}
        files = {name: (f"{name}.bin", data, "application/octet-stream")}
        path = str(element.get("action") or self.url)
        return await self._go("POST", path, expect, rest, files=files)

    async def log_in(self, name: str, password: str = PASSWORD, path: str = "/") -> None:
        """Log in as a member without a second factor."""
        await self.open(f"/auth/sign_in?next={path}")
        await self.send(login=name, password=password)
        assert self.http.cookies.get("session")

    async def post(self, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        """Send a form that no page has shown."""
        return await self.http.post(path, data=fields, headers=headers)

    async def is_signed_in(self) -> bool:
        """Whether the settings open."""
        return (await self.http.get("/settings")).status_code == 200

    async def _go(
        self,
        method: str,
        path: str,
        expect: int,
        fields: dict[str, str | None] | None = None,
        files: dict[str, Any] | None = None,
    ) -> Document:
        given = {name: value for name, value in (fields or {}).items() if value is not None}
        headers = (
            {"Origin": self.network.settings.base_url, "Sec-Fetch-Site": "same-origin"} if fields else {}
        )
        self.response = await self.http.request(
            method, path, data=given or None, headers=headers, files=files
        )
        self.url = path
        for _ in range(5):
            target = self.response.headers.get("location", "")
            if self.response.status_code != 303 or not target.startswith("/"):
                break
            self.url = urljoin(self.url, target)
            self.response = await self.http.get(self.url)
        found = self.response.status_code
        assert found == expect, f"{found}: {self.page.texts('h1, .error, [role=alert]')}"
        return self.page


async def mails(network: Network) -> list[Any]:
    """All mails that were sent, the oldest first."""
    await network.settle()
    files = sorted((network.settings.data / "mail").glob("*.eml"))
    return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in files]


async def link_in_mail(network: Network, to: str) -> str:
    """The path of the link in the newest mail to `to`."""
    mail = [mail for mail in await mails(network) if mail["To"] == to][-1]
    found = LINK.search(mail.get_content())
    assert found, mail.get_content()
    return found[1]


def query_of(url: str) -> dict[str, str]:
    """The parameters of a URL."""
    return dict(httpx.QueryParams(urlsplit(url).query))


def _fields(form: Tag) -> dict[str, str | None]:
    fields: dict[str, str | None] = {}
    for element in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(element["name"]), element.get("type")
        if kind in ("checkbox", "radio") and not element.has_attr("checked"):
            continue
        if element.name == "select":
            chosen = element.select("option[selected]") or element.select("option")
            fields[name] = str(chosen[0]["value"])
        else:
            fields[name] = str(element.get("value") or element.get_text())
    buttons = form.select("button[name]")
    if len(buttons) == 1:
        fields[str(buttons[0]["name"])] = str(buttons[0]["value"])
    return fields
