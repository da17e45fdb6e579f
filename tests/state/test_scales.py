"""Where the pen stands on the scales of the taste card."""

from dataclasses import replace

import pytest

from coffeebot.state.scales import Scale, scales
from coffeebot.words import speaking
from tests.fakes import trait


def only(*lines) -> dict[str, Scale]:
    return {scale.title: scale for scale in scales(lines)}


def test_a_card_that_says_nothing_of_them_has_them_all_untouched() -> None:
    drawn = scales(())
    assert [scale.title for scale in drawn] == ["Acidity", "Body", "Sweetness", "Bitterness", "Roast"]
    assert all(scale.words == "not said" and not scale.stroke and not scale.wash for scale in drawn)


@pytest.mark.parametrize(
    ("facet", "value", "words", "x"),
    [
        ("acidity", "low", "gentle", 4),
        ("body", "medium", "round", 100),
        ("sweetness", "high", "sweet", 196),
        ("bitterness", "low", "low", 4),
        ("roast", "Medium-Dark", "medium-dark", 148),
    ],
)
def test_a_wish_is_a_stroke_at_its_step(facet: str, value: str, words: str, x: int) -> None:
    scale = next(s for s in scales([trait(facet, value, "", "", polarity="want")]) if s.stroke)
    assert (scale.words, scale.stroke, scale.wash) == (words, f"translate({x} 18)", "")


def test_two_wishes_stand_between_and_are_both_named() -> None:
    both = [trait("roast", value, "", "", polarity="want") for value in ("Medium", "Light")]
    assert only(*both)["Roast"] == Scale("Roast", "light, medium", "translate(52 18)")


def test_a_must_washes_what_it_accepts() -> None:
    assert only(trait("roast", "Dark", "", ""))["Roast"].wash == "M172 9H196V27H172Z"


def test_what_is_avoided_is_closed_and_the_stroke_stands_amid_the_rest() -> None:
    sour = trait("acidity", "high", "", "not too sour", polarity="avoid")
    assert only(sour)["Acidity"] == Scale("Acidity", "not bright", "translate(52 18)", "M4 9H148V27H4Z")
    assert only(replace(sour, strength=1))["Acidity"].wash == ""  # a hedge closes nothing


def test_the_end_of_a_scale_speaks_for_the_step_before_it() -> None:
    dark = [trait("roast", value, "", "", polarity="avoid") for value in ("Medium-Dark", "Dark")]
    assert only(*dark)["Roast"] == Scale("Roast", "not dark", "translate(52 18)", "M4 9H124V27H4Z")


def test_what_is_left_on_both_sides_is_washed_on_both() -> None:
    assert only(trait("body", "medium", "", "", polarity="avoid"))["Body"].wash == "M4 9H52V27H4ZM148 9H196V27H148Z"


def test_nobody_stands_where_all_is_avoided() -> None:
    none = [trait("body", value, "", "", polarity="avoid") for value in ("light", "medium", "full")]
    assert only(*none)["Body"] == Scale("Body", "not said")


def test_a_value_that_no_scale_has_is_left_out() -> None:
    assert only(trait("body", "velvet", "", ""))["Body"].words == "not said"


def test_in_japanese() -> None:
    token = speaking.set("ja")
    try:
        assert [s.title for s in scales(())] == ["酸味", "コク", "甘さ", "苦味", "焙煎度"]
    finally:
        speaking.reset(token)
