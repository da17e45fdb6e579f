"""Finding the list of notes in prose."""

import pytest

from coffeebot.domain.tasting import listed_notes, sentences, single_notes


@pytest.mark.parametrize(
    ("prose", "notes"),
    [
        (
            "Crisp and sweet. Lilac and lemon blossom, baker’s chocolate, a hint of aged rum in aroma and cup. Full body.",
            ("lilac", "lemon blossom", "baker’s chocolate", "aged rum"),
        ),
        ("Sweet. Freesia-like flowers, plum, cedar in aroma and small cup.", ("freesia", "plum", "cedar")),
        ("Plum, baking spices (clove, nutmeg), cedar in the aroma and cup.", ("plum", "baking spices", "clove", "nutmeg", "cedar")),
        ("Plum, petrichor (a post-rain earthy note), cedar in aroma and cup.", ("plum", "petrichor", "cedar")),
        (
            "Kind and easy. Dark chocolate, apricot, toffee, sandalwood. Lively acidity; velvety mouthfeel.",
            ("dark chocolate", "apricot", "toffee", "sandalwood"),
        ),
        ("From a small farm. Tasting notes: blueberry / cocoa nib / jasmine", ("blueberry", "cocoa nib", "jasmine")),
        ("We roast it light. Expect notes of peach, honey and black tea.", ("peach", "honey", "black tea")),
        ("フレーバー：ベルガモット、ジャスミン、桃", ("ベルガモット", "ジャスミン", "桃")),
        ("A friendly cup for the morning that pleases everybody.", ()),
        ("Silky, sweet, long finish with brisk acidity, full body and much structure.", ()),
    ],
)
def test_listed_notes(prose: str, notes: tuple[str, ...]) -> None:
    assert listed_notes(prose)[0] == notes


def test_the_words_they_came_from_are_kept() -> None:
    notes, words = listed_notes("Sweet. Plum, cedar in aroma and cup. Long.")
    assert notes and words in "Sweet. Plum, cedar in aroma and cup. Long."


def test_a_list_is_cut_at_a_sane_length() -> None:
    assert len(single_notes(", ".join(f"note {n}" for n in range(500)))) == 16
    assert single_notes("this is a whole sentence that somebody put between commas, plum") == ("plum",)


def test_sentences_end_at_quotes_and_missing_spaces_too() -> None:
    assert sentences("Sold as “Water Decaf.” Certified organic. Roasted (hot).Sweet.") == [
        "Sold as “Water Decaf.",
        "Certified organic.",
        "Roasted (hot).",
        "Sweet.",
    ]


def test_a_sentence_without_an_end_is_cut_after_a_word_and_loses_none() -> None:
    endless = "washed, bright and " * 200
    pieces = sentences(endless)
    assert len(pieces) > 1 and all(len(piece) <= 600 for piece in pieces)
    assert " ".join(pieces).split() == endless.split()
