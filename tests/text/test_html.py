"""HTML from elsewhere does nothing here, and plain text keeps what it said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.core.text import plain_text, sanitize
from rostra.core.text.html import MAX_HTML


@pytest.mark.parametrize(
    ("foreign", "kept"),
    [
        ("<script>alert(1)</script>Hallo", "Hallo"),
        ("<style>p{}</style>Hallo", "Hallo"),
        ('<p onclick="x()" style="position:fixed" id="a">Hallo</p>', "<p>Hallo</p>"),
        ('<img src=x onerror=alert(1)>Hallo<iframe src="//x"></iframe>', "Hallo"),
        ("<b>fett <i>kursiv", "<b>fett <i>kursiv</i></b>"),
        ("<h1>Titel</h1><p>Text</p>", "<p><strong>Titel</strong></p><p>Text</p>"),
        (
            "<ol start=3 reversed><li value=7>x</li></ol>",
            '<ol start="3" reversed=""><li value="7">x</li></ol>',
        ),
        (
            "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
            "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
        ),
        ("<pre><code class=x>a &lt; b</code></pre>", "<pre><code>a &lt; b</code></pre>"),
        ('<p lang="ja">こ</p>', '<p lang="ja">こ</p>'),
        ("<!-- x -->a<![CDATA[b]]>", "a"),
    ],
)
def test_only_the_tags_of_a_status_stay(foreign: str, kept: str):
    assert sanitize(foreign) == kept


def test_links_open_elsewhere_and_pass_no_reputation():
    assert sanitize('<a href="https://example.org/" rel="me opener" target="_self">x</a>') == (
        '<a href="https://example.org/" target="_blank" rel="nofollow noopener">x</a>'
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:x",
        "JaVaScRiPt:x",
        "java\nscript:x",
        "data:text/html,x",
        "vbscript:x",
        "/x",
        "//x",
        "file:///etc",
    ],
)
def test_other_schemes_than_those_of_the_field_lead_nowhere(url: str):
    assert "href" not in sanitize(f'<a href="{url}">x</a>')


@pytest.mark.parametrize(
    "url", ["http://example.org/", "gemini://example.org/", "magnet:?xt=urn:btih:c12f", "xmpp:a@example.org"]
)
def test_schemes_of_the_field_stay(url: str):
    assert f'href="{url}"' in sanitize(f'<a href="{url}">x</a>')


def test_only_classes_with_a_meaning_here_stay():
    kept = '<span class="h-card mention e-content hashtag ellipsis invisible quote-inline">x</span>'
    assert sanitize(kept.replace("mention", "fixed mention sr-only")) == kept


def test_translate_may_only_be_no():
    assert (
        sanitize('<span translate="no">a</span><span translate="yes">b</span>')
        == '<span translate="no">a</span><span>b</span>'
    )


PIECES = st.sampled_from(
    ["<a href='x'>", "</a>", "<b x=1>", "<h1>", "</p>", "<p>", "<svg>", "<math>", "<li>", '"', "<!--", "&lt;"]
)


@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_sanitizing_twice_changes_nothing_more(foreign: str):
    once = sanitize(foreign)
    assert sanitize(once) == once


def test_more_html_than_anybody_writes_is_cut():
    assert len(sanitize("x" * (MAX_HTML + 1))) == MAX_HTML


def test_of_absurdly_nested_html_only_the_text_stays():
    assert sanitize("<b>" * 20_000 + "Hallo") == "Hallo"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>eins<br>zwei</p><p>drei</p>", "eins\nzwei\n\ndrei"),
        ("<p>a &lt;b&gt; &amp; c</p>", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<h1>Titel</h1><p>Text</p>", "Titel\n\nText"),
        (
            '<a href="https://e.org/x"><span class="invisible">https://</span><span>e.org/x</span></a>',
            "https://e.org/x",
        ),
        ("<script>x</script>Hallo", "Hallo"),
        ("ohne alles", "ohne alles"),
        ("", ""),
    ],
)
def test_plain_text_says_what_the_html_said(markup: str, text: str):
    assert plain_text(markup) == text


@given(st.text())
def test_plain_text_takes_any_input(markup: str):
    assert isinstance(plain_text(markup), str)
