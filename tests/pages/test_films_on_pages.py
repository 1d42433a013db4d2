"""Films and sounds on pages and in feeds: played by the browser alone, and only when asked to."""

from typing import Any

from tests.media.films import film, sound
from tests.media.pictures import animation, encode, plain
from tests.media.uploading import processed
from tests.network import Network
from tests.pages.documents import open_page
from tests.pages.test_feeds import MEDIA, channel_of


async def _published(network: Network, upload: bytes) -> tuple[Any, str]:
    alice = await network.person("alice")
    media = await processed(alice, upload, description='A "lake"')
    status = await alice.publish("look", media_ids=[media["id"]])
    return media, f"/@alice/{status['id']}"


def _path(network: Network, url: str) -> str:
    return url.removeprefix(network.settings.base_url)


async def test_a_film_waits_for_its_reader(network: Network) -> None:
    media, path = await _published(network, film())

    video = (await open_page(network, path)).one("video")

    assert video["src"] == _path(network, media["url"])
    assert video["poster"] == _path(network, media["preview_url"])
    assert (video["preload"], video["aria-label"]) == ("none", 'A "lake"')
    assert (video["width"], video["height"]) == ("320", "180")
    assert video.has_attr("controls")
    assert not video.has_attr("autoplay")
    assert not video.has_attr("loop")


async def test_a_moving_picture_loops_without_sound_once_it_is_started(network: Network) -> None:
    _, path = await _published(network, animation("GIF", 3))

    video = (await open_page(network, path)).one("video")

    assert all(video.has_attr(name) for name in ("controls", "loop", "muted", "playsinline"))
    assert not video.has_attr("autoplay")


async def test_a_sound_has_its_controls_and_its_picture(network: Network) -> None:
    upload = sound("mp3", "libmp3lame", cover=encode(plain(80, 80), "JPEG"))
    media, path = await _published(network, upload)

    page = await open_page(network, path)

    assert page.one("audio")["src"] == _path(network, media["url"])
    assert page.one("audio")["aria-label"] == 'A "lake"'
    assert page.one(".gallery img")["src"] == _path(network, media["preview_url"])


async def test_a_sound_without_a_picture_has_none(network: Network) -> None:
    _, path = await _published(network, sound("mp3", "libmp3lame"))

    page = await open_page(network, path)

    assert page.one("audio")["preload"] == "none"
    assert page.soup.select(".gallery img") == []


async def test_a_feed_carries_a_film_with_its_length(network: Network) -> None:
    media, _ = await _published(network, film(seconds=2))

    item = (await channel_of(network, "/@alice.rss")).find("item")

    assert item is not None
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert (enclosure.get("url"), enclosure.get("type")) == (media["url"], "video/mp4")
    content = item.find(f"{MEDIA}content")
    assert content is not None
    assert {name: content.get(name) for name in ("medium", "duration", "width", "height")} == {
        "medium": "video",
        "duration": "2",
        "width": "320",
        "height": "180",
    }
    assert "<video" in (item.findtext("description") or "")
