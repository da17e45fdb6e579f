"""Whatever colour an operator likes, the shopper can read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coffeebot.domain.accent import DARK, LIGHT, READABLE, Sheet, contrast, pen

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
ROUNDED = READABLE - 0.06  # a written colour has 256 steps a channel


@pytest.mark.parametrize("sheet", [LIGHT, DARK], ids=["light", "dark"])
@given(accent=COLOURS)
def test_any_colour_becomes_readable(sheet: Sheet, accent: str) -> None:
    drawn = pen(accent, sheet)
    for ground in (*sheet.grounds, drawn.wash):
        assert contrast(drawn.pen, ground) >= ROUNDED, ground
    assert contrast(drawn.on_pen, drawn.pen) >= ROUNDED
    assert contrast(drawn.on_pen, drawn.strong) >= ROUNDED


def test_a_colour_that_can_be_read_stays() -> None:
    assert pen("#2A3EB1", LIGHT).pen == "#2A3EB1"
    assert pen("#AEBAFF", DARK).pen == "#AEBAFF"


def test_short_and_long_forms_are_one_colour() -> None:
    assert pen("#a3c", LIGHT) == pen("#AA33CC", LIGHT)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
