"""Markdown becomes the HTML that statuses may have, and nothing else."""

import time

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.core.text import (
    Handle,
    MentionTarget,
    clean,
    markdown_hashtags,
    markdown_mentions,
    plain_text,
    render_markdown,
)

BOB = {Handle("bob"): MentionTarget("https://s.example/@bob", "bob", "bob")}
MENTION = (
    '<span class="h-card" translate="no">'
    '<a href="https://s.example/@bob" class="u-url mention">@<span>bob</span></a></span>'
)
FOG = '<a href="https://s.example/tags/fog" class="mention hashtag" rel="tag">#<span>fog</span></a>'
TARGET = 'target="_blank" rel="nofollow noopener"'


def rendered(text: str) -> str:
    return render_markdown(text, BOB, lambda name: f"https://s.example/tags/{name}")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("plain", "<p>plain</p>"),
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>"),
        ("**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>"),
        ("snake_case_name 2*3*4", "<p>snake_case_name 2<em>3</em>4</p>"),
        ("# A\n###### B", "<p><strong>A</strong></p>\n<p><strong>B</strong></p>"),
        ("> a\n> b", "<blockquote>\n<p>a<br>\nb</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("```py\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("a\n---\nb\n***", "<p>a<br>\n---<br>\nb<br>\n***</p>"),
        ("    not code", "<p>not code</p>"),
        ("<b>x</b> <!-- y -->", "<p>&lt;b&gt;x&lt;/b&gt; &lt;!-- y --&gt;</p>"),
        ("\\*a\\* \\#fog", "<p>*a* #fog</p>"),
        (
            "[site](https://a.example/?x=1&y)",
            f'<p><a href="https://a.example/?x=1&amp;y" {TARGET}>site</a></p>',
        ),
        ("<https://a.example>", f'<p><a href="https://a.example" {TARGET}>https://a.example</a></p>'),
        ("[a][r]\n\n[r]: https://a.example", f'<p><a href="https://a.example" {TARGET}>a</a></p>'),
        ("[a](https://a.example 'title')", f'<p><a href="https://a.example" {TARGET}>a</a></p>'),
    ],
)
def test_markdown_is_rendered(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("hi @bob", f"<p>hi {MENTION}</p>"),
        ("**@bob** *#fog*", f"<p><strong>{MENTION}</strong> <em>{FOG}</em></p>"),
        ("- #fog\n- @bob", f"<ul>\n<li>{FOG}</li>\n<li>{MENTION}</li>\n</ul>"),
        ("#fog", f"<p>{FOG}</p>"),
        ("# #fog", f"<p><strong>{FOG}</strong></p>"),
        ("`@bob #fog`", "<p><code>@bob #fog</code></p>"),
        ("[@bob #fog](https://a.example)", f'<p><a href="https://a.example" {TARGET}>@bob #fog</a></p>'),
        ("@nobody", "<p>@nobody</p>"),
    ],
)
def test_mentions_and_hashtags_are_linked_outside_of_code_and_links(text: str, html: str) -> None:
    assert rendered(text) == html


def test_addresses_are_linked_whole() -> None:
    html = rendered("*see https://a.example/*b*_c_?d=~~e~~ there*")
    assert 'href="https://a.example/*b*_c_?d=~~e~~"' in html
    assert html.startswith("<p><em>see ")


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "/relative",
        "//a.example",
        "file:///etc",
        "mailto:a@b.example",
        "https://bank.example@evil.example/",
        "https://bank.example\\@evil.example/",
        "https://",
    ],
)
def test_links_lead_to_the_web_or_are_none(target: str) -> None:
    for text in (f"[x]({target})", f"[x](<{target}>)", f"[x][r]\n\n[r]: <{target}>", f"![x]({target})"):
        assert ">x</a>" not in rendered(text)


@pytest.mark.parametrize(
    "label", ["bank.example", "https://bank.example/login", "**www.bank.example**", "at bank.example"]
)
def test_a_link_that_reads_like_another_address_shows_where_it_leads(label: str) -> None:
    html = rendered(f"[{label}](https://evil.example/)")
    assert plain_text(html).endswith(" (https://evil.example/)")
    assert html.count("<a ") == 1
    assert ">bank.example</a>" not in html


@pytest.mark.parametrize(
    "label", ["bank.example", "https://www.bank.example/", "the bank", "1.5 points", "e.g. this"]
)
def test_an_honest_link_keeps_its_text(label: str) -> None:
    html = rendered(f"[{label}](https://login.bank.example/)")
    assert html == f'<p><a href="https://login.bank.example/" {TARGET}>{label}</a></p>'


def test_pictures_are_links() -> None:
    assert rendered("![a cat](https://a.example/c.png)") == (
        f'<p>!<a href="https://a.example/c.png" {TARGET}>a cat</a></p>'
    )


def test_who_is_named_is_who_is_linked() -> None:
    text = "@bob `@carol` [@dave](https://a.example) **@eve@b.example** \\@fay\n\n```\n@gus\n```\n\n> @bob"
    assert markdown_mentions(text) == [Handle("bob"), Handle("eve", "b.example")]
    assert markdown_hashtags("#a `#b` [#c](https://a.example) > #d\n\n#e") == ["a", "d", "e"]


@given(st.text(alphabet="*_~`[]()<>!#@:/\\ \n-+1.&ab|'\"", max_size=120))
def test_whatever_is_written_no_other_tags_come_out(text: str) -> None:
    html = rendered(clean(text))
    allowed = {"p", "br", "span", "a", "s", "code", "strong", "em", "pre", "blockquote", "ul", "ol", "li"}
    assert nh3.clean(html, tags=allowed, attributes={"a": {"href"}}, link_rel=None).count("<") == html.count(
        "<"
    )
    assert "javascript:" not in html.split(">")[0]


@pytest.mark.parametrize(
    "part",
    [
        "[",
        "*a ",
        "**a_b_",
        "`",
        "> ",
        "- ",
        "![",
        "[a](",
        "<",
        "&",
        "\\",
        "~~",
        "#a ",
        "@bob ",
        "https://a/(",
        "[x]: y\n",
        "[a][b]",
        "[[]",
        "](https://x.example",
        "[a](https://x.example) ",
        "1. ",
        "*_",
        "<a@b",
    ],
)
def test_bombs_are_read_in_linear_time(part: str) -> None:
    def seconds(size: int) -> float:
        text = part * (size // len(part))
        start = time.process_time()
        markdown_mentions(text)
        rendered(text)
        return time.process_time() - start

    # Eight times as much may take eight times as long; what is quadratic takes sixty-four times. What else
    # the process does meanwhile is counted, too, so the quickest of three counts.
    assert min(seconds(40_000) for _ in range(3)) < 30 * max(seconds(5_000), 0.02)
