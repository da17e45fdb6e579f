"""Folding, and the way back to the words as they were written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coffeebot.domain.folding import fold, plain, singular
from coffeebot.domain.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café", "cafe"),
        ("DON’T", "dont"),
        ("Ka‘Ū", "kau"),
        ("ガテマラ", "ガテマラ"),
        ("ｺﾛﾝﾋﾞｱ", "コロンビア"),
        ("Straße", "strasse"),
        ("ＡＢ", "ab"),
        ("꽃", "꽃"),
    ],
)
def test_folded(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(st.text(max_size=80))
def test_a_quote_is_a_piece_of_the_source(text: str) -> None:
    folded = fold(text)
    assert len(folded.origin) == len(folded.text) + 1
    assert all(folded.quote(token.start, token.end) in text for token in folded.tokens)


@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_plain_english_is_folded_as_any_other_script_is(text: str) -> None:
    english, accented = fold(text), fold(text + "ü")
    assert accented.text == english.text + "u" and accented.origin == (*english.origin, len(text) + 1)
    assert accented.source == text + "ü" and [t.start for t in english.tokens] == [t.start for t in accented.tokens][: len(english.tokens)]


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("berries", "berry"),
        ("peaches", "peach"),
        ("mangoes", "mango"),
        ("citrus", "citrus"),
        ("nuts", "nut"),
        ("is", "is"),
        ("swiss", "swiss"),
    ],
)
def test_singular(word: str, base: str) -> None:
    assert singular(word) == base


def test_plain() -> None:
    assert plain("  Ka’ū Growing-Region ") == "kau growing region"


BOOK = Lexicon([("dark chocolate", 1), ("chocolate", 2), ("costa rica", 3), ("チョコ", 4), ("ミルクチョコ", 5), ("stone fruit", 6)])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dark chocolates", [1]),
        ("dark, chocolate", [2]),
        ("stonefruit", [6]),
        ("ミルクチョコとチョコ", [5, 4]),
        ("choclate from costa rika", [2, 3]),
        ("nothing here", []),
    ],
)
def test_the_longest_phrase_wins_and_none_crosses_a_comma(text: str, found: list[int]) -> None:
    assert [match.meaning for match in BOOK.find(text, typos=True)] == found


def test_a_mended_word_is_marked() -> None:
    assert [match.exact for match in BOOK.find("chocolate choclate", typos=True)] == [True, False]
