"""What goes out of what a model says."""

import pytest

from coffeebot.providers.llm.outgoing import Outgoing

BEFORE = "Three light ones. [[c1]] is the jammiest, blueberry and dried strawberry. [[c2]] is tighter and"


def out(before: str, *pieces: str) -> str:
    words = Outgoing(before)
    return "".join([*(words.take(piece) for piece in pieces), words.rest()])


def by_character(before: str, text: str) -> str:
    return out(before, *text)


def test_words_go_out_as_they_come_without_space_before_the_first() -> None:
    words = Outgoing()
    assert [words.take(piece) for piece in ("\n", " \n", " Three", " ", "light\n", "")] == ["", "", "Three", " ", "light\n", ""]
    assert words.said and words.whole and words.rest() == ""


def test_space_alone_says_nothing() -> None:
    words = Outgoing()
    assert words.take(" \n ") == "" and not words.said and not words.whole


def test_what_follows_a_search_is_a_paragraph_of_its_own() -> None:
    words = Outgoing()
    said = words.take("Let me look. ")
    words.pause()
    assert said + words.take("\n") + words.take(" Here") + words.take(" it is.") == "Let me look. \n\nHere it is."


def test_a_search_before_the_first_word_leaves_no_gap() -> None:
    words = Outgoing()
    words.pause()
    assert words.take(" Here it is.") == "Here it is."


@pytest.mark.parametrize("spoken", [out, by_character])
@pytest.mark.parametrize(
    ("continuation", "fresh"),
    [
        (" brighter, blackcurrant.", " brighter, blackcurrant."),
        ("brighter, blackcurrant.", "brighter, blackcurrant."),
        ("[[c2]] is tighter and brighter.", " brighter."),
        ("\n\n[[c2]] is tighter and brighter.", " brighter."),
        ("and brighter.", " brighter."),
        ("and\n\nbrighter.", "\n\nbrighter."),
        (BEFORE + " brighter.", " brighter."),
        ("android coffee.", "android coffee."),
        ("hand and foot.", "hand and foot."),
        ("dried cherry follows.", "dried cherry follows."),
        ("Three light ones.", "Three light ones."),
        ("\n\nA new paragraph.", "\n\nA new paragraph."),
        (BEFORE, ""),
    ],
)
def test_a_reply_that_goes_on_repeats_no_end(spoken: object, continuation: str, fresh: str) -> None:
    assert spoken(BEFORE, continuation) == fresh  # type: ignore[operator]


@pytest.mark.parametrize(
    ("before", "continuation", "fresh"),
    [
        ("[[c1]] はブルーベリーのような甘い", "いちごの香りです。", "いちごの香りです。"),
        ("[[c1]] はブルーベリーのような甘い", "ブルーベリーのような甘い果実味です。", "果実味です。"),
        ("Peach (with honey", "(with honey) and tea.", ") and tea."),
        ("It is light.", ". And sweet.", ". And sweet."),
    ],
)
def test_a_repetition_is_of_words_and_not_of_letters(before: str, continuation: str, fresh: str) -> None:
    assert by_character(before, continuation) == fresh == out(before, continuation)


def test_only_the_beginning_is_compared() -> None:
    words = Outgoing(BEFORE)
    assert words.take("brighter. ") == "brighter. "
    assert words.take(BEFORE) == BEFORE


def test_nothing_is_held_back_longer_than_it_may_be_a_repetition() -> None:
    words = Outgoing(BEFORE)
    assert words.take("[[c2]] is") == "" and not words.said
    assert words.take(" bright") == "[[c2]] is bright" and words.said


def test_a_search_in_between_keeps_the_comparison() -> None:
    words = Outgoing(BEFORE)
    assert words.take("\n") == words.rest() == ""
    words.pause()
    assert words.take("and brighter.") == " brighter."


@pytest.mark.parametrize(
    ("before", "whole"),
    [("It is light.", True), ("**甘い**です。", True), ("It is **light.**", True), ("It is light and", False), ("", False)],
)
def test_a_reply_that_ended_with_a_sentence_may_be_whole(before: str, whole: bool) -> None:
    assert Outgoing(before).whole is whole
