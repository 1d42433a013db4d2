"""A status on its own page, in its thread."""

import io
import json
from typing import Any

import pytest
from PIL import Image

from tests.network import Network, Person
from tests.pages.documents import Document, open_page


async def upload(person: Person, description: str = "", size: tuple[int, int] = (1200, 800)) -> str:
    data = io.BytesIO()
    Image.new("RGB", size, (40, 90, 160)).save(data, "PNG")
    media = await person.post(
        "/api/v2/media",
        files={"file": ("a.png", data.getvalue(), "image/png")},
        data={"description": description},
    )
    return media["id"]


async def page_of(
    network: Network, name: str, status: Any, expect: int = 200, *, language: str = "en"
) -> Document:
    return await open_page(network, f"/@{name}/{status['id']}", expect, language=language)


async def test_a_status_stands_between_what_it_answers_and_its_answers(network: Network) -> None:
    alice, bob, carol = await network.people("alice", "bob", "carol")
    first = await alice.publish("first")
    second = await bob.publish("second", in_reply_to_id=first["id"])
    third = await carol.publish("third", in_reply_to_id=second["id"])
    await alice.publish("third, too", in_reply_to_id=second["id"])
    await bob.publish("fourth", in_reply_to_id=third["id"])
    await carol.publish("beside it", in_reply_to_id=first["id"])

    page = await page_of(network, "bob", second)
    assert page.texts(".ancestors .content") == ["first"]
    assert page.text("#focus .content") == "second"
    assert page.texts(".replies .content") == ["third", "fourth", "third, too"]
    assert page.texts(".replies .indent-1 .content") == ["fourth"]


async def test_replies_that_stand_too_deep_to_be_moved_in_further_say_whom_they_answer(
    network: Network,
) -> None:
    alice, bob = await network.people("alice", "bob")
    last = focus = await alice.publish("focus")
    for number, person in enumerate([bob, alice, bob, alice, bob]):
        last = await person.publish(f"reply {number}", in_reply_to_id=last["id"])
    page = await page_of(network, "alice", focus)
    depths = [str(item["class"]) for item in page.soup.select(".replies > li")]
    assert depths == [f"['indent-{depth}']" for depth in (0, 1, 2, 3, 3)]
    assert page.texts(".replies .context") == ["Reply to @alice"]


async def test_a_thread_shows_only_what_everybody_may_see(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    first = await alice.publish("first")
    hidden = await bob.publish("@alice hidden", in_reply_to_id=first["id"], visibility="private")
    answer = await alice.publish("@bob answers the hidden one", in_reply_to_id=hidden["id"])

    assert (await page_of(network, "alice", first)).texts(".replies .content") == [
        "@bob answers the hidden one"
    ]
    assert (await page_of(network, "alice", answer)).texts(".ancestors .content") == ["first"]


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_a_status_that_is_not_public_looks_like_it_does_not_exist(
    network: Network, visibility: str
) -> None:
    alice = await network.person("alice")
    secret = await alice.publish("a secret", visibility=visibility)
    absent = {"id": str(int(secret["id"]) + 1)}
    responses = [await network.http.get(f"/@alice/{status['id']}") for status in (secret, absent)]
    assert [response.status_code for response in responses] == [404, 404]
    assert responses[0].text.replace(secret["id"], "") == responses[1].text.replace(absent["id"], "")


async def test_a_boost_of_something_that_became_private_is_not_found(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("soon gone")
    boost = await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    async with network.services.db.connection() as tx:
        await tx.execute(
            "update statuses set visibility = 'private' where id = %(id)s", {"id": int(status["id"])}
        )
    await page_of(network, "bob", boost, 404)


async def test_a_status_stands_under_its_authors_name_alone(network: Network) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("mine")
    await page_of(network, "bob", status, 404)
    for name in ("0", "x", "9" * 30, f"{status['id']}x", f"{status['id']}/media"):
        await open_page(network, f"/@alice/{name}", 404)
    boost = await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    response = await network.http.get(f"/@bob/{boost['id']}")
    assert (response.status_code, response.headers["location"]) == (302, f"/@alice/{status['id']}")


async def test_what_people_write_is_never_markup(network: Network) -> None:
    alice = await network.person("alice")
    text = "<script>alert(1)</script> \"'><img src=x onerror=alert(1)>"
    status = await alice.publish(text, spoiler_text="</summary><script>alert(2)</script>")
    page = await page_of(network, "alice", status)
    assert page.text("#focus .content") == text
    assert "</summary><script>alert(2)</script>" in page.text("#focus summary")
    assert [script["type"] for script in page.soup.select("script:not([src])")] == ["application/ld+json"]
    assert not page.soup.select("img[onerror]")


async def test_a_content_warning_hides_text_and_preview_until_opened(network: Network) -> None:
    alice = await network.person("alice")
    media = await upload(alice, "a picture")
    status = await alice.publish("what is hidden", spoiler_text="spiders", media_ids=[media])
    page = await page_of(network, "alice", status)
    assert "open" not in page.one("#focus details.warning").attrs
    assert page.text("details.warning > .content") == "what is hidden"
    assert page.soup.select("details.warning .gallery img")
    assert page.meta("og:description") == "spiders"
    assert "/media/" not in page.meta("og:image")
    assert "what is hidden" not in page.one("title").get_text()


async def test_a_picture_has_its_description_and_its_size_before_it_loads(network: Network) -> None:
    alice = await network.person("alice")
    media = await upload(alice, 'A ship, "Rostra", at dusk')
    status = await alice.publish("look", media_ids=[media])
    page = await page_of(network, "alice", status)
    picture = page.one(".gallery img")
    assert picture["alt"] == 'A ship, "Rostra", at dusk'
    assert (picture["width"], picture["height"]) == ("1200", "800")
    assert page.meta("twitter:card") == "summary_large_image"
    assert page.meta("og:image:alt") == 'A ship, "Rostra", at dusk'
    assert (await network.http.get(str(picture["src"]))).status_code == 200


async def test_sensitive_pictures_are_veiled_by_a_few_colours(network: Network) -> None:
    alice = await network.person("alice")
    media = await upload(alice)
    status = await alice.publish("careful", media_ids=[media], sensitive=True)
    page = await page_of(network, "alice", status)
    assert "open" not in page.one("details.veiled").attrs
    veil = page.one("details.veiled > summary > img")
    assert str(veil["src"]).startswith("data:image/png;base64,")
    assert len(str(veil["src"])) < 400
    assert page.soup.select("details.veiled > .gallery img")
    assert "/media/" not in page.meta("og:image")


async def test_a_poll_shows_how_it_stands(network: Network) -> None:
    alice = await network.person("alice")
    poll = {"options": ["Tea", "Coffee"], "expires_in": 3600}
    status = await alice.publish("?", poll=poll)
    async with network.services.db.connection() as tx:
        await tx.execute("update polls set tallies = '{3,1}', votes_count = 4, voters_count = 4")
    page = await page_of(network, "alice", status)
    assert page.texts(".poll li") == ["Tea 75%", "Coffee 25%"]
    assert page.texts(".poll .leading") == ["Tea 75%"]
    assert "4 people voted" in page.text(".poll-facts")


async def test_a_poll_that_hides_its_result_hides_it_here_too(network: Network) -> None:
    alice = await network.person("alice")
    poll = {"options": ["Tea", "Coffee"], "expires_in": 3600, "hide_totals": True}
    status = await alice.publish("?", poll=poll)
    async with network.services.db.connection() as tx:
        await tx.execute("update polls set tallies = '{3,1}', votes_count = 4, voters_count = 4")
    page = await page_of(network, "alice", status)
    assert page.texts(".poll li") == ["Tea", "Coffee"]
    async with network.services.db.connection() as tx:
        await tx.execute("update polls set expires_at = now()")
    assert (await page_of(network, "alice", status)).texts(".poll li") == ["Tea 75%", "Coffee 25%"]


async def test_an_edit_leaves_a_mark(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("befour")
    assert "edited" not in (await page_of(network, "alice", status)).text("#focus")
    await alice.put(f"/api/v1/statuses/{status['id']}", json={"status": "before"})
    page = await page_of(network, "alice", status)
    assert page.text("#focus .content") == "before"
    assert "edited" in page.text("#focus .about")


async def test_a_link_to_a_status_has_a_preview_in_the_readers_language(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish(
        "A long way home, and then some more words to be cut off at the end of a title, said she"
    )
    page = await page_of(network, "alice", status, language="de")
    title = "alice: „A long way home, and then some more words to be cut off at the end of…“"
    assert page.meta("og:title") == title
    assert page.one("title").get_text() == f"{title} · {network.settings.title}"
    assert page.meta("og:type") == "article"
    assert page.attribute("link[rel=canonical]", "href") == network.settings.url(f"/@alice/{status['id']}")
    data = json.loads(page.one('script[type="application/ld+json"]').get_text())
    assert data["author"]["alternateName"] == f"@alice@{network.settings.local_domain}"
    assert page.meta("fediverse:creator") == data["author"]["alternateName"]


async def test_times_can_be_read_by_machines(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("now")
    page = await page_of(network, "alice", status)
    assert page.attribute("#focus time", "datetime").startswith(status["created_at"][:19])


async def test_unlisted_statuses_are_not_for_search_engines(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("quietly", visibility="unlisted")
    assert "noindex" in (await page_of(network, "alice", status)).meta("robots")


async def test_a_long_status_shows_its_beginning_in_lists_and_all_of_it_on_its_own_page(
    network: Network,
) -> None:
    alice = await network.person("alice")
    short = await alice.publish("a word " * 100)
    assert not (await open_page(network, "/@alice")).soup.select(".clipped")
    long = await alice.publish("a word " * 200)
    page = await open_page(network, "/@alice")
    assert len(page.texts(".clipped")) == 1
    assert page.attribute(".more", "href") == f"/@alice/{long['id']}"
    assert not (await page_of(network, "alice", long)).soup.select(".clipped, .more")

    await alice.publish("an answer " * 150, in_reply_to_id=short["id"])
    assert not (await page_of(network, "alice", short)).soup.select(".clipped, .more")


async def test_a_polls_answers_run_in_the_direction_of_their_language(network: Network) -> None:
    alice = await network.person("alice")
    status = await alice.publish("؟", poll={"options": ["نعم", "لا"], "expires_in": 600}, language="ar")
    page = await page_of(network, "alice", status)
    assert (page.attribute(".poll", "dir"), page.attribute(".poll", "lang")) == ("auto", "ar")


@pytest.mark.parametrize("path", ["/", "/@bob", "/tags/harbour"])
async def test_search_engines_take_no_words_of_people_who_do_not_want_that_from_other_pages(
    network: Network, path: str
) -> None:
    alice, bob = await network.people("alice", "bob")
    status = await alice.publish("not for search engines #harbour")
    await alice.patch("/api/v1/accounts/update_credentials", json={"indexable": False})
    await bob.post(f"/api/v1/statuses/{status['id']}/reblog")
    await bob.publish("@alice for everybody #harbour")
    page = await open_page(network, path)
    assert page.texts("article[data-nosnippet] .content") == ["not for search engines #harbour"]
    assert "@alice for everybody #harbour" in page.statuses
