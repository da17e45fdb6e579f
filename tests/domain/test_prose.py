"""Prose: every shape it may have, and nothing else, whatever is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coffeebot.domain.prose import Block, Run, parse, parse_draft, plain


def p(*runs: Run) -> Block:
    return Block("p", (runs,))


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", ()),
        ("Two light ones.", (p(Run("Two light ones.")),)),
        ("One.\n\nTwo.", (p(Run("One.")), p(Run("Two.")))),
        ("One\nline.", (p(Run("One line.")),)),
        ("Take **Porch Light** first.", (p(Run("Take "), Run("Porch Light", "strong"), Run(" first.")),)),
        ("It is *jammy*.", (p(Run("It is "), Run("jammy", "em"), Run(".")),)),
        ("5 * 3 * 2 stays", (p(Run("5 * 3 * 2 stays")),)),
        ("**open", (p(Run("**open")),)),
        ("- one\n- **two**\n", (Block("ul", ((Run("one"),), (Run("two", "strong"),))),)),
        ("1. grind\n2) pour", (Block("ol", ((Run("grind"),), (Run("pour"),))),)),
        ("Steps:\n- grind\n\n- pour", (p(Run("Steps:")), Block("ul", ((Run("grind"),), (Run("pour"),))))),
        ("- one\n  and more\n\nAfter.", (Block("ul", ((Run("one and more"),),)), p(Run("After.")))),
        ("## Brewing", (p(Run("Brewing")),)),
        ("<b>x</b> [y](http://z)", (p(Run("<b>x</b> [y](http://z)")),)),  # text, drawn as text
        ("浅煎りから。**ランタン**です。", (p(Run("浅煎りから。"), Run("ランタン", "strong"), Run("です。")),)),
    ],
)
def test_blocks(text: str, blocks: tuple[Block, ...]) -> None:
    assert parse(text) == blocks


def test_a_draft_sends_only_the_clause_in_hand_again() -> None:
    draft = parse_draft("Done.\n\nFirst clause. Second **Porch Li")
    assert draft.blocks == (p(Run("Done.")),)
    assert (draft.kind, draft.head, draft.tail, draft.mark) == ("p", (Run("First clause. Second "),), "Porch Li", "strong")


def test_a_finished_paragraph_is_frozen() -> None:
    assert parse_draft("Done.\n\n").blocks == (p(Run("Done.")),)
    assert parse_draft("Done.\n\n").kind == ""


def test_a_list_in_hand_keeps_its_finished_items() -> None:
    draft = parse_draft("- grind\n- pour slow")
    assert (draft.kind, draft.done, draft.tail) == ("ul", ((Run("grind"),),), "pour slow")


def test_plain_has_the_words_alone() -> None:
    assert plain("Take **Porch Light**.\n\n- one\n- *two*") == "Take Porch Light.\none\ntwo"


WRITTEN = st.text(alphabet=st.sampled_from("ab .,!*-#1\n<>&\"'[]()/:_`|\0é漢"), max_size=120)


@given(WRITTEN)
def test_whatever_is_written_comes_out_as_text_in_known_shapes(text: str) -> None:
    for block in parse(text):
        assert block.kind in {"p", "ul", "ol"} and block.lines
        for run in (run for line in block.lines for run in line):
            assert isinstance(run.text, str) and run.text and run.mark in {"", "em", "strong"}


@given(WRITTEN)
def test_a_draft_never_breaks_and_never_invents_words(text: str) -> None:
    for end in range(len(text) + 1):
        draft = parse_draft(text[:end])
        lines = [*(line for block in draft.blocks for line in block.lines), *draft.done, draft.head]
        words = "".join(run.text for line in lines for run in line) + draft.tail
        assert not set(words) - set(text) - {" "}
        assert draft.kind in {"", "p", "ul", "ol"}


@given(st.lists(st.sampled_from(["One light one.", "Take **Porch Light** now.", "- grind\n- pour"]), min_size=1, max_size=5))
def test_frozen_blocks_are_those_of_the_whole(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    whole = parse(text)
    for end in range(len(text)):
        frozen = parse_draft(text[:end]).blocks
        assert frozen[:-1] == whole[: len(frozen[:-1])]
