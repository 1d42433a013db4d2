"""What `clean` lets in, and what it leaves of hostile text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostra.core.text import clean

ANY_TEXT = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from(
        "a é\u0301\u0327\u05d0\u05bc\u0645\u064b\ufb2c\u1100\u1161\u200d👩🏽\r\n\t "
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069"
    )
)


def test_ordinary_text_stays_as_it_is():
    text = "Grüße aus Kiel!\n\n\tمرحبا, こんにちは — 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 हिन्दी ไทยเก่ง"
    assert clean(text) == text


def test_japanese_paragraphs_keep_their_first_space():
    assert clean("\u3000吾輩は猫である。") == "\u3000吾輩は猫である。"


def test_all_line_ends_become_one_kind():
    assert clean("a\r\nb\rc\u2028d\u2029e\u0085f\vg") == "a\nb\nc\nd\ne\nf\ng"


def test_blank_space_around_the_text_goes():
    assert clean(" \n a  b \n\t\u00a0\u3000") == "a  b"


def test_accents_are_composed():
    assert clean("Mu\u0308ll") == "Müll"


@pytest.mark.parametrize(
    "bad", ["\0", "\x07", "\x1b", "\x7f", "\x9b", chr(0xD800), chr(0xDFFF), "\ufffe", "\U0010ffff", "\ufeff"]
)
def test_what_databases_and_feeds_cannot_hold_goes(bad: str):
    assert clean(f"a{bad}b") == "ab"


def test_direction_overrides_go():
    assert clean("rechnung\u202efdp.exe") == "rechnungfdp.exe"


def test_directions_left_open_are_closed_on_their_line():
    assert clean("\u2067شكرا\nBob") == "\u2067شكرا\u2069\nBob"
    assert clean("\u2066\u202bשלום\nBob") == "\u2066\u202bשלום\u202c\u2069\nBob"


def test_closed_directions_stay():
    text = "Sie sagte \u2067شكرا\u2069 und ging."
    assert clean(text) == text


def test_closing_marks_without_opening_go():
    assert clean("a\u202c\u2069b") == "ab"


def test_towers_of_marks_are_cut_down():
    assert clean("Z" + "\u0335\u0327\u0301" * 50 + "algo") == unicodedata.normalize(
        "NFC", "Z" + ("\u0335\u0327\u0301" * 50)[:8] + "algo"
    )


def test_pointed_hebrew_and_stacked_tibetan_keep_all_marks():
    text = "בְּרֵאשִׁ֖ית ཧྐྵྨླྺྼྻྂ"
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str):
    once = clean(text)
    assert clean(once) == once


@given(ANY_TEXT)
def test_cleaned_text_can_be_stored(text: str):
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert "\0" not in cleaned
    assert cleaned.encode().decode() == cleaned
