"""Mentions, hashtags and links are found where Mastodon finds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.core.text import Handle, find_hashtags, find_mentions, normalize_hashtag, parse_handle
from rostra.core.text.entities import Link, find_entities


def links(text: str) -> list[str]:
    return [entity.url for entity in find_entities(text) if isinstance(entity, Link)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@alice", ["alice"]),
        ("Hi @alice, hi @bob!", ["alice", "bob"]),
        ("(@alice)", ["alice"]),
        ("@alice.", ["alice"]),
        ("@a.l-ice.-", ["a.l-ice"]),
        ("@Alice @alice", ["alice"]),
        ("@alice@Example.ORG.", ["alice@example.org"]),
        ("@alice@bücher.example", ["alice@xn--bcher-kva.example"]),
        ("@alice@localhost:8420", ["alice@localhost:8420"]),
        ("@alice@example.org: hallo", ["alice@example.org"]),
        ("こんにちは、@aliceさん", ["alice"]),
        ("مرحبا @alice", ["alice"]),
        ("👋🏽@alice", ["alice"]),
    ],
)
def test_mentions_are_found(text: str, found: list[str]):
    assert [str(handle) for handle in find_mentions(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "mail@example.org", "über@example.org", "नमस्ते@alice", "https://example.org/@alice", "x=@alice",
        "/@alice", "@", "@ alice", "@-", "@aliceé", "@alice@", "@alice@bob@carol", "@https://a.org", "@élise",
        "https://user:password@example.org/", "https://bank.example@evil.example/@alice",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_mention_is_none(text: str):
    assert find_mentions(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#Brot", ["Brot"]),
        ("#Brot, #Kuchen! #Brot #BROT", ["Brot", "Kuchen"]),
        ("#3d #l33t #world2016", ["3d", "l33t", "world2016"]),
        ("#_test #test_ #one_two", ["_test", "test_", "one_two"]),
        ("#one·two·three·", ["one·two·three"]),
        ("#Ende\u200c.", ["Ende"]),
        ("#ぼっち・ざ・ろっく", ["ぼっち・ざ・ろっく"]),
        ("this is ＃ａｅｓｔｈｅｔｉｃ", ["ａｅｓｔｈｅｔｉｃ"]),
        ("#نرم\u200cافزار و", ["نرم\u200cافزار"]),
        ("#हिन्दी #ไทยเก่ง", ["हिन्दी", "ไทยเก่ง"]),
        ("(#Chor) „#Müll“ 「#本」", ["Chor", "Müll", "本"]),
        ("test\u00a0#foo\n#bar", ["foo", "bar"]),
        ("#Straßenbahn-Linie", ["Straßenbahn"]),
    ],
)
def test_hashtags_are_found(text: str, found: list[str]):
    assert find_hashtags(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "#", "# Brot", "#2024", "#·one", "C#dur", "##Brot", "a#b", "&#39;", "/#x", "#👋", "#️⃣eins",
        "https://example.org/#Brot", "https://en.wikipedia.org/wiki/Ghostbusters_(song)#Lawsuit",
        "https://example.org/testé#foo", "https://example.org/show?id=1#c4", "#" + "a" * 401, "#" + "ﷺ" * 100,
    ],
)  # fmt: skip
def test_what_only_looks_like_a_hashtag_is_none(text: str):
    assert find_hashtags(text) == []


@pytest.mark.parametrize(
    ("name", "normalized"),
    [
        ("Brot", "brot"),
        ("MÜLL", "mull"),
        ("ＡＥＳＴＨＥＴＩＣ", "aesthetic"),
        ("ﾃｽﾄ", "テスト"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("Straße", "straße"),
        ("हिन्दी", "हिन्दी"),
        ("#Hello❤️World ", "helloworld"),
    ],
)
def test_spellings_of_one_hashtag_are_the_same(name: str, normalized: str):
    assert normalize_hashtag(name) == normalized


@given(st.text())
def test_normalizing_twice_changes_nothing_more(name: str):
    once = normalize_hashtag(name)
    assert normalize_hashtag(once) == once


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://example.org", ["https://example.org"]),
        ("(https://example.org/)", ["https://example.org/"]),
        ("<https://example.org/>", ["https://example.org/"]),
        ('"https://example.org/"', ["https://example.org/"]),
        ("„https://example.org/“ »https://example.org/«", ["https://example.org/", "https://example.org/"]),
        ("**https://example.org**", ["https://example.org"]),
        ("https://a.org/a. https://a.org/b! https://a.org/c:", ["https://a.org/a", "https://a.org/b", "https://a.org/c"]),
        ("https://en.wikipedia.org/wiki/Diaspora_(software)", ["https://en.wikipedia.org/wiki/Diaspora_(software)"]),
        ("https://nic.みんな/", ["https://nic.みんな/"]),
        ("https://ja.wikipedia.org/wiki/日本", ["https://ja.wikipedia.org/wiki/日本"]),
        ("詳細はhttps://example.jp/日本」です。", ["https://example.jp/日本"]),
        ("https://example.com/\u3000abc", ["https://example.com/"]),
        ("https://example.org:8443/x?q=✓&r=%E2%9C%93#top", ["https://example.org:8443/x?q=✓&r=%E2%9C%93#top"]),
        ("https://archive.org/20/https://a.org/", ["https://archive.org/20/https://a.org/"]),
        ("HTTPS://EXAMPLE.ORG", ["HTTPS://EXAMPLE.ORG"]),
        ("http://localhost:8420/@alice http://127.0.0.1/", ["http://localhost:8420/@alice", "http://127.0.0.1/"]),
        ("http://example.com/b<del>b</del>", ["http://example.com/b"]),
    ],
)  # fmt: skip
def test_links_end_where_a_reader_would_end_them(text: str, found: list[str]):
    assert links(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "example.org", "www.example.org", "ftp://example.org", "javascript:alert(1)", "xhttps://example.org",
        "//example.org", "https://", "https:// example.org", "http://www\\.example\\.org", "https://1.2.3.456/",
        "https://xn--a/", "https://bank.example@evil.example/", "https://example.org/" + "a" * 2048, "httpſ://example.org",
    ],
)  # fmt: skip
def test_what_browsers_or_readers_would_take_otherwise_is_no_link(text: str):
    assert links(text) == []


def test_a_long_text_without_spaces_after_a_link_does_not_cost_the_link():
    assert links("https://example.jp/」" + "あ" * 5000) == ["https://example.jp/"]


@pytest.mark.parametrize(
    ("value", "handle"),
    [
        ("alice", Handle("alice")),
        (" @Alice@Example.org ", Handle("alice", "example.org")),
        ("alice@localhost:8420", Handle("alice", "localhost:8420")),
        ("", None),
        ("@", None),
        ("alice bob", None),
        ("@alice@", None),
        ("alice@" + "a" * 500, None),
    ],
)
def test_handles_are_read_with_and_without_sign(value: str, handle: Handle | None):
    assert parse_handle(value) == handle


@given(st.text(st.sampled_from("@#/:.ahtps(）「é1_-\n ·") | st.characters(), max_size=60))
def test_entities_stand_in_order_and_do_not_overlap(text: str):
    end = 0
    for entity in find_entities(text):
        assert end <= entity.start < entity.end <= len(text)
        end = entity.end
