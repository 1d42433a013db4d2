"""What the operator writes in Markdown, as HTML. They are trusted, what they paste is not."""

from functools import cache

from markdown_it import MarkdownIt


def to_html(text: str) -> str:
    """CommonMark with tables, without raw HTML and pictures; links go to http, https and mailto alone."""
    return _parser().render(text)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.validateLink = _is_harmless  # type: ignore[method-assign]
    return parser


def _is_harmless(url: str) -> bool:
    return url.lower().startswith(("http://", "https://", "mailto:", "/", "#"))
