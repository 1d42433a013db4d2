"""What a link to a page says about it elsewhere: OpenGraph, search engines (https://ogp.me, https://schema.org)."""

from datetime import datetime
from typing import Any

import msgspec

from rostra.core.settings import Settings
from rostra.pages import static
from rostra.pages.views import Person, StatusView

TITLE = 70
DESCRIPTION = 280
"""Characters that previews have room for."""


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """The picture of a preview, by its absolute URL."""

    url: str
    large: bool = False
    width: int | None = None
    height: int | None = None
    description: str = ""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A page as others may present it. `data` is its JSON-LD."""

    title: str
    description: str
    url: str
    image: Image
    kind: str = "website"
    indexable: bool = True
    username: str | None = None
    published: datetime | None = None
    data: dict[str, Any] | None = None


def site_card(settings: Settings, path: str, title: str, description: str, *, indexable: bool = True) -> Card:
    """A page of the network itself."""
    image = Image(url=settings.url(static.url("card.png")), large=True, width=1200, height=630)
    return Card(
        title=title, description=description, url=settings.url(path), image=image, indexable=indexable
    )


def profile_card(
    settings: Settings, person: Person, title: str, note: str, *, path: str, indexable: bool
) -> Card:
    """Somebody's profile; `note` is plain text."""
    url = settings.url(path)
    return Card(
        title=title,
        description=note or title,
        url=url,
        image=_avatar(settings, person),
        kind="profile",
        indexable=indexable,
        username=person.username,
        data={
            "@context": "https://schema.org",
            "@type": "ProfilePage",
            "mainEntity": _author(settings, person) | {"description": note},
        },
    )


def collection_card(
    settings: Settings, owner: Person, title: str, description: str, *, path: str, indexable: bool
) -> Card:
    """People whom `owner` recommends."""
    url = settings.url(path)
    return Card(
        title=title,
        description=description,
        url=url,
        image=_avatar(settings, owner),
        indexable=indexable,
        data={
            "@context": "https://schema.org",
            "@type": "CollectionPage",
            "name": title,
            "url": url,
            "author": _author(settings, owner),
        },
    )


def status_card(settings: Settings, status: StatusView, title: str) -> Card:
    """A status. Behind a content warning, a preview shows the warning alone, and no picture."""
    url, excerpt = settings.url(status.path), status.excerpt(DESCRIPTION)
    return Card(
        title=title,
        description=excerpt or title,
        url=url,
        image=_status_image(settings, status),
        kind="article",
        indexable=status.author.indexable and status.visibility == "public",
        username=status.author.username,
        published=status.created_at,
        data={
            "@context": "https://schema.org",
            "@type": "SocialMediaPosting",
            "url": url,
            "text": excerpt,
            "datePublished": status.created_at.isoformat(),
            "author": _author(settings, status.author),
        },
    )


def _author(settings: Settings, person: Person) -> dict[str, Any]:
    return {
        "@type": "Person",
        "name": person.name,
        "alternateName": f"@{person.username}@{settings.local_domain}",
        "url": settings.url(person.path),
        "image": _avatar(settings, person).url,
    }


def _avatar(settings: Settings, person: Person) -> Image:
    return Image(url=settings.url(person.avatar_url or static.url("prow-180.png")))


def _status_image(settings: Settings, status: StatusView) -> Image:
    first = next((item for item in status.media if item.kind == "image"), None)
    if first is None or not status.shows_all:
        return _avatar(settings, status.author)
    return Image(
        url=settings.url(first.url),
        large=True,
        width=first.width,
        height=first.height,
        description=first.description,
    )
