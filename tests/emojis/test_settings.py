"""Where staff look after the emojis."""

from tests.auth.support import Browser
from tests.emojis.support import moving, packed, picture
from tests.network import Network

HERE = "/settings/emojis"
PATH = "/api/v1/custom_emojis"


async def staff(network: Network) -> Browser:
    await network.person("olga", role="moderator")
    olga = Browser(network)
    await olga.log_in("olga")
    return olga


async def test_staff_add_change_disable_and_delete_an_emoji(network: Network) -> None:
    olga = await staff(network)
    assert "No" in (await olga.open("/settings")).text("a[href='/settings/emojis'] .small")
    await olga.open(f"{HERE}/new")
    page = await olga.send_file("file", moving("GIF"), shortcode=":gull:", category="  Birds ")
    assert page.texts(".emoji-grid code") == [":gull:"]
    (gull,) = await network.anonymous.get(PATH)
    assert (gull["shortcode"], gull["category"]) == ("gull", "Birds")
    there = page.attribute(".emoji-grid a", "href")

    await olga.open(there)
    page = await olga.send(category="Sea", visible=None, disabled=None, action="save")
    assert "Not in the picker" in page.text(".emoji-grid li")
    (gull,) = await network.anonymous.get(PATH)
    assert (gull["category"], gull["visible_in_picker"]) == ("Sea", False)
    await olga.open(there)
    await olga.send(disabled="1", action="save")
    assert "Disabled" in olga.page.text(".emoji-grid li")
    assert await network.anonymous.get(PATH) == []
    await olga.open(there)
    await olga.send(form="main form:last-of-type")
    assert olga.page.texts(".emoji-grid li") == []
    await olga.open(there, 404)


async def test_staff_add_many_and_rename_their_category(network: Network) -> None:
    olga = await staff(network)
    await olga.open(f"{HERE}/import")
    file = packed({"gull.png": picture(), "pier.png": picture(), "bad.png": b"x", "a.png": picture()})
    page = await olga.send_file("file", file.getvalue(), category="Harbour")
    notice = page.text(".notice")
    assert "Added: 2. Replaced: 0. Skipped" in notice
    assert "bad: This is no picture of these kinds." in notice
    assert "a: The name makes no shortcode." in notice
    await olga.open(page.attribute(".identity a", "href"))
    await olga.send(category="Port")
    assert {each["category"] for each in await network.anonymous.get(PATH)} == {"Port"}
    await olga.open(f"{HERE}/category?name=Harbour", 404)
    await olga.open(f"{HERE}/category?name=Port")
    await olga.send(category="")
    assert {each["category"] for each in await network.anonymous.get(PATH)} == {None}


async def test_what_can_not_be_added_is_explained_and_kept_in_the_form(network: Network) -> None:
    olga = await staff(network)
    for data, fields, field, words in (
        (b"", {"shortcode": "gull"}, "file", "Choose a picture."),
        (b"x", {"shortcode": "gull"}, "file", "no picture of these kinds"),
        (picture()[:60], {"shortcode": "gull"}, "file", "damaged"),
        (b"x" * (256 * 1024 + 1), {"shortcode": "gull"}, "file", "too large"),
        (picture(), {"shortcode": "gu ll"}, "shortcode", "underscores"),
        (picture(), {"shortcode": "gull", "category": "x" * 61}, "category", "too long"),
    ):
        await olga.open(f"{HERE}/new")
        page = await olga.send_file("file", data, 422, **fields)
        assert words in page.text(f"#{field}-error")
        assert page.attribute("#shortcode", "value") == fields["shortcode"]
    await olga.open(f"{HERE}/import")
    assert "no ZIP" in (await olga.send_file("file", b"nothing", 422)).text("#file-error")
    await olga.open(f"{HERE}/import")
    assert "Choose" in (await olga.send_file("file", b"", 422)).text("#file-error")


async def test_forged_forms_and_files_too_large_for_any_are_refused(network: Network) -> None:
    olga = await staff(network)
    await olga.open(f"{HERE}/new")
    good = {"csrf": olga.csrf, "shortcode": "gull"}
    files = {"file": ("f.png", picture(), "image/png")}
    ours = {"Origin": network.settings.base_url, "Sec-Fetch-Site": "same-origin"}
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    for fields, headers, status in (
        (good, foreign, 403),
        (good | {"csrf": "x.y"}, ours, 403),
        ({"shortcode": "gull"}, ours, 403),
        (good | {"shortcode": "a\x00b"}, ours, 400),
    ):
        answer = await olga.http.post(f"{HERE}/new", data=fields, files=files, headers=headers)
        assert answer.status_code == status
    large = {"file": ("f.png", bytes(400 * 1024), "image/png")}
    answer = await olga.http.post(f"{HERE}/new", data=good, files=large, headers=ours)
    assert answer.status_code == 413
    for kind in ("", "text/plain", "multipart/form-data", "multipart/form-data; boundary=x"):
        answer = await olga.http.post(f"{HERE}/new", content=b"x", headers=ours | {"Content-Type": kind})
        assert answer.status_code == 400
    assert await network.anonymous.get(PATH) == []
    assert list(network.services.blobs.uploads.glob("*")) == []


async def test_for_others_the_pages_do_not_exist(network: Network) -> None:
    await network.person("alice")
    alice = Browser(network)
    await alice.log_in("alice")
    for path in ("", "/new", "/import", "/category?name=x", "/1"):
        await alice.open(HERE + path, 404)
    await alice.open("/settings")
    assert not alice.page.soup.select("a[href='/settings/emojis']")
    ours = {"Origin": network.settings.base_url, "Sec-Fetch-Site": "same-origin"}
    answer = await alice.http.post(f"{HERE}/new", data={"shortcode": "gull"}, headers=ours)
    assert answer.status_code == 404
