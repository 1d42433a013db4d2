"""Text as people write it, and HTML as the network shows it. Pure functions, no I/O.

`clean` makes input safe to store; `find_mentions`, `find_hashtags` and `length` read it; `render` and
`render_field_value` turn it into HTML; `render_markdown` and its siblings do so with Markdown; `sanitize`
takes HTML from elsewhere; `plain_text` goes back. All of them take linear time and memory, whatever the
input.
"""

from rostra.core.text.cleaning import clean
from rostra.core.text.entities import (
    Handle,
    find_hashtags,
    find_mentions,
    normalize_hashtag,
    parse_handle,
    tag_path,
)
from rostra.core.text.html import plain_text, sanitize
from rostra.core.text.language import LANGUAGES, language_tag
from rostra.core.text.length import URL_LENGTH, length
from rostra.core.text.markdown import markdown_hashtags, markdown_mentions, render_markdown
from rostra.core.text.render import MentionTarget, render, render_field_value

__all__ = [
    "LANGUAGES",
    "URL_LENGTH",
    "Handle",
    "MentionTarget",
    "clean",
    "find_hashtags",
    "find_mentions",
    "language_tag",
    "length",
    "markdown_hashtags",
    "markdown_mentions",
    "normalize_hashtag",
    "parse_handle",
    "plain_text",
    "render",
    "render_field_value",
    "render_markdown",
    "sanitize",
    "tag_path",
]
