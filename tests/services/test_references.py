"""Markers in a stream of prose, however it is cut into pieces."""

from hypothesis import given
from hypothesis import strategies as st

from coffeebot.services.references import Reference, ReferenceParser, Words


def parse(pieces: list[str], *, candidates: int = 3) -> list[Words | Reference]:
    parser = ReferenceParser(candidates)
    found = [event for piece in pieces for event in parser.feed(piece)]
    return found + list(parser.close())


def flat(events: list[Words | Reference]) -> str:
    return "".join(e.text if isinstance(e, Words) else f"<{e.index}{'!' if e.first else ''}>" for e in events)


def test_a_marker_becomes_the_coffee_it_stands_for() -> None:
    assert flat(parse(["Take [[c2]], not [[c1]]; [[c2]] again."])) == "Take <1!>, not <0!>; <1> again."


def test_what_small_models_write_is_understood() -> None:
    assert flat(parse(["Take [c2], or [[ C1 ]], or [C3", "]."])) == "Take <1!>, or <0!>, or <2!>."


def test_an_unknown_marker_never_shows() -> None:
    assert flat(parse(["a [[c4]]b [[c0]]c [[d1]]d [[c-1]]e [[]]f [[c１]]g"])) == "a b c d e f g"


def test_brackets_that_are_no_marker_stay() -> None:
    assert flat(parse(["[1] [[not closed", " and [x"])) == "[1] [[not closed and [x"


def test_what_cannot_be_a_marker_is_not_held_back() -> None:
    parser = ReferenceParser(3)
    assert list(parser.feed("word [")) == [Words("word ")]
    assert list(parser.feed("1] ")) == [Words("[1] ")]


@given(st.text("ab[]c123 ", max_size=60), st.data())
def test_cutting_it_differently_changes_nothing(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert flat(parse(pieces)) == flat(parse([text]))


@given(st.lists(st.text("[c12] x", max_size=6), max_size=20))
def test_no_marker_survives(pieces: list[str]) -> None:
    assert "[[c1]]" not in "".join(e.text for e in parse(pieces, candidates=1) if isinstance(e, Words))
