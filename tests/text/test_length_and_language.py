"""The limit counts what a person would count; languages are those that apps know."""

import pytest

from rostra.core.text import LANGUAGES, clean, language_tag, length


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Hallo", 5),
        ("Grüße", 5),
        ("a\nb", 3),
        ("こんにちは", 5),
        ("👩‍👩‍👧‍👦", 1),
        ("🇩🇪🏴󠁧󠁢󠁥󠁮󠁧󠁿👋🏽", 3),
        ("e\u0301", 1),
        ("한국어", 3),
        ("https://example.org/" + "a" * 500, 23),
        ("x https://a.de y", 27),
        ("@alice@" + "very." * 20 + "example", 6),
        ("@alice #tag", 11),
        ("example.org", 11),
    ],
)
def test_length_counts_characters_as_people_see_them(text: str, count: int):
    assert length(text) == count


def test_the_content_warning_counts_in_full():
    assert length("Hallo", "Essen https://example.org/lang") == 5 + len("Essen https://example.org/lang")


@pytest.mark.parametrize(
    "trick",
    [
        "a" + "\u200d" * 100_000,
        "\u1100" * 100_000,
        "\u0600" * 100_000,
        "👩\u200d" * 50_000,
        "क\u094d" * 50_000,
    ],
)
def test_no_trick_hides_many_characters_in_a_few(trick: str):
    text = clean(trick)
    assert length(text) >= len(text) / 16


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("de", "de"), ("DE", "de"), ("de-AT", "de"), ("en_US", "en"), ("pt-BR", "pt"), ("zh-TW", "zh-TW"),
        ("zh_tw", "zh-TW"), ("zh-Hant-TW", "zh"), ("nds", "nds"), ("gsg", "gsg"), ("sr-Latn", "sr"),
        ("", None), (None, None), ("xx", None), ("german", None), ("d", None), ("de" * 50, None), ("-", None),
        ("\0", None),
    ],
)  # fmt: skip
def test_language_tags_are_those_that_apps_know(value: str | None, tag: str | None):
    assert language_tag(value) == tag


def test_each_language_is_its_own_tag():
    assert {language_tag(tag) for tag in LANGUAGES} == LANGUAGES
