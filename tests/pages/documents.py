"""Reads pages the way a browser without JavaScript would."""

from bs4 import BeautifulSoup, Tag

from tests.network import Network


class Document:
    """An HTML page: what is in it, by CSS selector."""

    def __init__(self, html: str) -> None:
        self.soup = BeautifulSoup(html, "html.parser")

    def one(self, selector: str) -> Tag:
        """The only element that `selector` names."""
        found = self.soup.select(selector)
        assert len(found) == 1, f"{len(found)} elements are {selector}"
        return found[0]

    def text(self, selector: str) -> str:
        """The text of the only element that `selector` names, on one line."""
        return " ".join(self.one(selector).get_text().split())

    def texts(self, selector: str) -> list[str]:
        """The text of each element that `selector` names."""
        return [" ".join(found.get_text().split()) for found in self.soup.select(selector)]

    def attribute(self, selector: str, name: str) -> str:
        """An attribute of the only element that `selector` names."""
        return str(self.one(selector)[name])

    def meta(self, name: str) -> str:
        """The content of a <meta> by its name or property."""
        return self.attribute(f'meta[name="{name}"], meta[property="{name}"]', "content")

    @property
    def statuses(self) -> list[str]:
        """The text of each status, in order."""
        return self.texts("article.status .content")


async def open_page(network: Network, path: str, expect: int = 200, *, language: str = "en") -> Document:
    """The page at `path`, for an anonymous reader whose browser asks for `language`."""
    response = await network.http.get(path, headers={"Accept-Language": language})
    assert response.status_code == expect, f"{response.status_code}: {response.text[:300]}"
    return Document(response.text)
