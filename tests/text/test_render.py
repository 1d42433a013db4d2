"""Text becomes the HTML that Mastodon writes, and never a tag that its author made."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.core.text import Handle, MentionTarget, clean, plain_text, render, render_field_value, sanitize

ALICE = MentionTarget("https://rostra.example/@alice", "alice", "alice")
BOB = MentionTarget("https://other.example/@bob", "bob", "bob@other.example")
MENTIONS = {Handle("alice"): ALICE, Handle("bob", "other.example"): BOB}

PIECES = st.sampled_from(
    ["@alice", "@bob@other.example", "#Müll", "https://", "https://example.org/a_(b)?c=1&d", "<b>", "</p>",
     "&amp;", '"', "'", "\n", "\n\n", " ", "<script>", "<!--", "]]>", "&#60;", "\u2067", "\u0301",
     "javascript:", "👩‍👧", "」"]
)  # fmt: skip
WRITTEN = st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join)


def tag_url(name: str) -> str:
    return f"https://rostra.example/tags/{name}"


class Tree(HTMLParser):
    """Checks that all tags close in order, and collects tags, attributes and text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(markup)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "br":
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")


def test_lines_and_paragraphs():
    assert render("eins\nzwei\n\n\ndrei", {}, tag_url) == "<p>eins<br />zwei</p><p>drei</p>"


def test_empty_text_is_empty_html():
    assert render("", {}, tag_url) == ""


def test_html_in_text_is_shown_as_text():
    assert render("""<img src="javascript:alert('XSS');"> & x""", {}, tag_url) == (
        "<p>&lt;img src=&quot;javascript:alert(&#39;XSS&#39;);&quot;&gt; &amp; x</p>"
    )


def test_a_mention_links_to_the_account():
    assert render("Hallo @Alice!", MENTIONS, tag_url) == (
        '<p>Hallo <span class="h-card" translate="no">'
        '<a href="https://rostra.example/@alice" class="u-url mention">@<span>alice</span></a></span>!</p>'
    )


def test_a_mention_of_nobody_stays_text():
    assert render("Hallo @mallory@evil.example!", MENTIONS, tag_url) == "<p>Hallo @mallory@evil.example!</p>"


def test_a_remote_mention_is_shown_without_its_domain():
    assert plain_text(render("@bob@other.example", MENTIONS, tag_url)) == "@bob"


def test_two_mentions_with_the_same_name_are_shown_with_their_domains():
    other_alice = MentionTarget("https://other.example/@alice", "alice", "alice@other.example")
    mentions = {Handle("alice"): ALICE, Handle("alice", "other.example"): other_alice}
    assert (
        plain_text(render("@alice @alice@other.example", mentions, tag_url)) == "@alice @alice@other.example"
    )


def test_a_hashtag_links_to_its_normal_form():
    assert render("#Müll", {}, tag_url) == (
        '<p><a href="https://rostra.example/tags/mull" class="mention hashtag" rel="tag">'
        "#<span>Müll</span></a></p>"
    )


def test_a_long_link_is_shortened_for_the_eye():
    assert render("lorem https://prepitaph.org/wip/web-dovespair/ipsum dolor", {}, tag_url) == (
        '<p>lorem <a href="https://prepitaph.org/wip/web-dovespair/ipsum"'
        ' target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">https://</span>'
        '<span class="ellipsis">prepitaph.org/wip/web-dovespai</span>'
        '<span class="invisible">r/ipsum</span></a> dolor</p>'
    )


def test_a_short_link_hides_only_its_scheme():
    assert render("https://www.example.org/?a=1&b", {}, tag_url) == (
        '<p><a href="https://www.example.org/?a=1&amp;b"'
        ' target="_blank" rel="nofollow noopener" translate="no">'
        '<span class="invisible">https://www.</span><span class="">example.org/?a=1&amp;b</span>'
        '<span class="invisible"></span></a></p>'
    )


def test_an_ellipsis_never_replaces_a_single_character():
    assert '<span class="">example.org/12345678901234567890</span>' not in render(
        "https://example.org/123456789012345678901234", {}, tag_url
    )
    assert '<span class="">example.org/1234567890123456789</span>' in render(
        "https://example.org/1234567890123456789", {}, tag_url
    )


def test_hostile_urls_of_accounts_and_tags_are_escaped():
    mentions = {Handle("alice"): MentionTarget('https://x/"><script>', "a<b", "a<b")}
    tree = Tree(render("@alice #x", mentions, lambda name: f'"><script>{name}'))
    assert [tag for tag, _ in tree.tags] == ["p", "span", "a", "span", "a", "span"]


def test_a_profile_field_is_one_line_and_claims_its_links():
    assert render_field_value("https://example.org\nx") == (
        '<a href="https://example.org" target="_blank" rel="nofollow noopener me" translate="no">'
        '<span class="invisible">https://</span><span class="">example.org</span>'
        '<span class="invisible"></span></a> x'
    )


def test_a_profile_field_shows_mentions_in_full():
    assert plain_text(render_field_value("@bob@other.example #x", MENTIONS)) == "@bob@other.example #x"


@given(WRITTEN)
def test_all_visible_characters_survive(written: str):
    text = clean(written)
    mentions = {handle: target._replace(username=target.acct) for handle, target in MENTIONS.items()}
    shown = plain_text(render(text, mentions, tag_url))
    assert "".join(shown.split()) == "".join(text.split())


@given(WRITTEN)
def test_only_our_own_tags_appear_and_all_are_closed(written: str):
    for tag, attributes in Tree(render(written, MENTIONS, tag_url)).tags:
        assert tag in {"p", "br", "a", "span"}
        assert set(attributes) <= {"href", "class", "rel", "target", "translate"}
        assert (attributes.get("href") or "https://").lower().startswith(("https://", "http://"))


@given(WRITTEN)
def test_the_sanitizer_finds_nothing_to_remove(written: str):
    ours = render(clean(written), MENTIONS, tag_url)
    before, after = Tree(ours), Tree(sanitize(ours))
    assert before.text == after.text
    keep = ("href", "class", "translate")
    assert [(tag, {name: attributes.get(name) for name in keep}) for tag, attributes in before.tags] == [
        (tag, {name: attributes.get(name) for name in keep}) for tag, attributes in after.tags
    ]


@pytest.mark.parametrize("written", ["\0<b>\0", "\ud800<", "\r\n\r\n<x>", "&\0lt;"])
def test_even_text_that_was_not_cleaned_makes_no_tags(written: str):
    assert {tag for tag, _ in Tree(render(written, {}, tag_url)).tags} <= {"p", "br"}
