"""RSS 2.0 feeds of accounts and hashtags (https://www.rssboard.org/rss-specification)."""

from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from rostra.core import clock
from rostra.core.settings import Settings
from rostra.core.text import plain_text, tag_path
from rostra.pages import i18n, queries, static
from rostra.pages.emojis import Pictured, emojis_of, pictured_by
from rostra.pages.loading import load_statuses
from rostra.pages.profiles import get_account
from rostra.pages.render import secure, services_of, unless_known
from rostra.pages.tags import parse_tag
from rostra.pages.views import MediaView, StatusView, person, shorten
from rostra.statuses.profile import Only, of_account
from rostra.statuses.reading import Bounds
from rostra.timelines import public as timelines

ITEMS = 20
TITLE = 80
_OWN_WORDS = Only(no_replies=True, no_boosts=True)
_ALL = timelines.Only()
_ATOM = "http://www.w3.org/2005/Atom"
_MEDIA = "http://search.yahoo.com/mrss/"
ElementTree.register_namespace("atom", _ATOM)
ElementTree.register_namespace("media", _MEDIA)


async def account_feed(request: Request) -> Response:
    """What an account publishes to everybody: without boosts and replies to others.

    Raises:
        NotFound: there is no such account.
        Gone: it is suspended.
    """
    services = services_of(request)
    async with services.db.connection() as tx:
        account = await get_account(tx, services.settings, request.path_params["name"])
        frames = await of_account(
            tx, None, account.id, Only(no_replies=True, no_boosts=True), Bounds(limit=ITEMS)
        )
        await emojis_of(request).ready(tx)
        statuses = list((await load_statuses(services.settings, tx, frames)).values())
    who = person(account)
    channel = _channel(
        services.settings,
        title=_t(request)("feed-of-account", name=who.name),
        path=who.path,
        description=plain_text(account.note) or who.handle,
        picture=who.avatar_url or static.url("prow-180.png"),
    )
    return _answer(request, channel, statuses, indexable=who.indexable)


async def tag_feed(request: Request) -> Response:
    """Public statuses with a hashtag.

    Raises:
        NotFound: no hashtag can be called so.
    """
    services, tag = services_of(request), parse_tag(request.path_params["name"])
    async with services.db.connection() as tx:
        name = await queries.tag_name(tx, tag) or tag
        frames = await timelines.read_tagged(tx, None, [tag], Bounds(limit=ITEMS), _ALL)
        await emojis_of(request).ready(tx)
        statuses = list((await load_statuses(services.settings, tx, frames)).values())
    title = _t(request)("feed-of-tag", name=name)
    channel = _channel(
        services.settings,
        title=title,
        path=tag_path(tag),
        description=title,
        picture=static.url("prow-180.png"),
    )
    indexable = all(status.author.indexable for status in statuses)
    return _answer(request, channel, statuses, indexable=indexable)


def _t(request: Request) -> i18n.Translator:
    return i18n.translator(i18n.negotiate(request))


def _channel(settings: Settings, *, title: str, path: str, description: str, picture: str) -> Element:
    channel = Element("channel")
    _text(channel, "title", title)
    _text(channel, "link", settings.url(path))
    _text(channel, "description", description)
    kind = "application/rss+xml"
    SubElement(channel, f"{{{_ATOM}}}link", rel="self", type=kind, href=settings.url(f"{path}.rss"))
    image = SubElement(channel, "image")
    _text(image, "url", settings.url(picture))
    _text(image, "title", title)
    _text(image, "link", settings.url(path))
    return channel


def _answer(
    request: Request, channel: Element, statuses: Sequence[StatusView], *, indexable: bool
) -> Response:
    settings = services_of(request).settings
    pictured = pictured_by(emojis_of(request), settings.base_url)
    newest = (
        statuses[0].created_at if statuses else clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    )
    _text(channel, "lastBuildDate", format_datetime(newest))
    for status in statuses:
        channel.append(_item(settings, status, pictured))
    rss = Element("rss", version="2.0")
    rss.append(channel)
    body = ElementTree.tostring(rss, encoding="utf-8", xml_declaration=True)
    response = Response(body, media_type="application/rss+xml; charset=utf-8")
    response.headers["Vary"] = "Accept-Language, Cookie"
    if not indexable:
        response.headers["X-Robots-Tag"] = "noindex"
    secure(response, "shared")
    return unless_known(request, response)


def _item(settings: Settings, status: StatusView, pictured: Pictured) -> Element:
    item, url = Element("item"), settings.url(status.path)
    _text(
        item, "title", status.spoiler_text or shorten(plain_text(status.content), TITLE) or status.author.name
    )
    _text(item, "link", url)
    _text(item, "guid", url).set("isPermaLink", "true")
    _text(item, "pubDate", format_datetime(status.created_at))
    _text(item, "description", _html(settings, status, pictured))
    for tag in status.tags:
        _text(item, "category", tag)
    for number, media in enumerate(status.media):
        if number == 0:  # a second one is not allowed
            address = settings.url(media.url)
            SubElement(item, "enclosure", url=address, length=str(media.bytes), type=media.content_type)
        item.append(_media(settings, status, media))
    return item


def _media(settings: Settings, status: StatusView, media: MediaView) -> Element:
    """Media RSS, which has room for several, their descriptions and whether they are sensitive."""
    content = Element(
        f"{{{_MEDIA}}}content",
        url=settings.url(media.url),
        type=media.content_type,
        fileSize=str(media.bytes),
        medium={"gifv": "video"}.get(media.kind, media.kind),
    )
    for name, number in (("duration", media.seconds), ("width", media.width), ("height", media.height)):
        if number:
            content.set(name, str(number))
    rating = SubElement(content, f"{{{_MEDIA}}}rating", scheme="urn:simple")
    rating.text = "nonadult" if status.shows_all else "adult"
    if media.description:
        description = SubElement(content, f"{{{_MEDIA}}}description", type="plain")
        description.text = media.description
    return content


def _html(settings: Settings, status: StatusView, pictured: Pictured) -> str:
    """Text, poll and, where nothing waits behind a warning, media: many readers show only this."""
    parts = [str(pictured(status.content))]
    if status.spoiler_text:
        parts.insert(0, f"<p><strong>{pictured(status.spoiler_text)}</strong></p><hr>")
    if status.poll:
        options = "".join(f"<li>{pictured(option.title)}</li>" for option in status.poll.options)
        parts.append(f"<ul>{options}</ul>")
    if status.shows_all:
        parts += [_shown(settings, media) for media in status.media]
    return "".join(parts)


def _shown(settings: Settings, media: MediaView) -> str:
    source, text = escape(settings.url(media.url)), escape(media.description)
    if media.kind == "image":
        return f'<p><img src="{escape(settings.url(media.preview_url))}" alt="{text}"></p>'
    if media.kind == "audio":
        return f'<p><audio controls preload="none" src="{source}" title="{text}"></audio></p>'
    poster = escape(settings.url(media.preview_url))
    return f'<p><video controls preload="none" src="{source}" poster="{poster}" title="{text}"></video></p>'


def _text(parent: Element, tag: str, text: str) -> Element:
    element = SubElement(parent, tag)
    element.text = text
    return element


routes = [Route("/@{name}.rss", account_feed), Route("/tags/{name}.rss", tag_feed)]
