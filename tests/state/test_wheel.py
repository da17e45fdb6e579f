"""The wheel's geometry and what it says."""

from dataclasses import replace

from coffeebot.state.wheel import likings, numbers, plate, wheel
from tests.fakes import TRAITS, trait


def test_families_come_from_flavours_and_notes() -> None:
    assert [plate(line) for line in TRAITS] == ["", "fruity", "cocoa", "", "roasted", "", ""]


def test_liking_grows_with_strength_and_avoiding_hatches() -> None:
    liked, avoided = likings(TRAITS)
    assert liked["fruity"] > liked["cocoa"] > liked["sweet"] == 0 and avoided == ["roasted"]
    weaker, _ = likings([replace(TRAITS[1], strength=1)])
    assert weaker["fruity"] < liked["fruity"]


def test_a_blank_wheel_has_no_line() -> None:
    blank = wheel(())
    assert blank.line == "" and not blank.petals and blank.says == ""


def test_it_says_itself_in_words() -> None:
    drawn = wheel(TRAITS)
    assert drawn.says == "Taste wheel. Likes fruity, cocoa & nut. Avoids roasted."
    assert drawn.rim["fruity"] == "on" and drawn.rim["roasted"] == "av" and drawn.line.endswith("Z")


def test_numbers_of_one_family_stand_side_by_side() -> None:
    placed = numbers([("1", "fruity"), ("2", "fruity"), ("3", "cocoa")], TRAITS)
    assert len({number.place for number in placed}) == 3


def test_a_family_liked_and_avoided_is_liked() -> None:
    both = [trait("flavour", "fruity", "Fruity", "fruit"), trait("flavour", "fruity", "Fruity", "no fruit", polarity="avoid")]
    assert likings(both)[1] == []
