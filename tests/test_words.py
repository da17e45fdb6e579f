"""The words of the page: every language says everything, and the right one is chosen."""

import re
from string import Formatter

import pytest

from coffeebot.words import DEFAULT, LANGUAGES, listed, speaking, term, word
from coffeebot.words.choice import language_of

OTHERS = [language for language in LANGUAGES if language != DEFAULT]
SAME = {"language.other", "language.tag"}  # name the language that one would change to


def places(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_key_and_no_other(language: str) -> None:
    assert LANGUAGES[language].keys() == LANGUAGES[DEFAULT].keys()


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_has_the_same_places_in_every_language(language: str) -> None:
    differ = [key for key, text in LANGUAGES[DEFAULT].items() if places(text) != places(LANGUAGES[language][key])]
    assert not differ


def test_japanese_is_japanese() -> None:
    said = {key: re.sub(r"\{\w+\}", "", text) for key, text in LANGUAGES["ja"].items() if key not in SAME}
    assert not [key for key, text in said.items() if re.search(r"\w", text) and not re.search("[ぁ-んァ-ヶ一-龠]", text)]


def test_no_text_holds_what_marks_a_place_on_the_page() -> None:
    assert not [text for words in LANGUAGES.values() for text in words.values() if "⟦" in text or "⟧" in text]


def test_words_follow_the_language_of_the_task() -> None:
    assert word("when.days", days=2) == "2 days ago"
    token = speaking.set("ja")
    try:
        assert word("when.days", days=2) == "2日前"
        assert term("process", "washed") == "ウォッシュド"
        assert term("process", "thermal shock") == "thermal shock"
        assert listed(["桃", "蜂蜜"]) == "桃、蜂蜜"
    finally:
        speaking.reset(token)


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "ja", "ja"),
        ("", "ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7", "ja"),
        ("", "en-GB,en;q=0.9,ja;q=0.8", "en"),
        ("", "de-DE,de;q=0.9,ja;q=0.5,en;q=0.4", "ja"),
        ("", "fr;q=0.9, ko", "en"),
        ("", "en;q=0.2,ja;q=0.7", "ja"),
        ("", "ja;q=0,en;q=0.1", "en"),
        ("", "JA-jp", "ja"),
        ("", "ja;q=nan", "en"),
        ("", "ja;q=inf, en", "en"),
        ("", "ja;q=wat, en;q=0.1", "en"),
        ("", ";;;,,=;q", "en"),
        ("", ",".join(["de"] * 500) + ",ja", "en"),
        ("coffeebot_language=ja", "en-GB", "ja"),
        ("other=1; coffeebot_language=en", "ja", "en"),
        ("coffeebot_language=klingon", "ja", "ja"),
        ("coffeebot_language=../../etc", "", "en"),
        ("\x00;=;coffeebot_language", "ja", "ja"),
    ],
)
def test_the_language_is_the_chosen_one_or_the_first_that_we_speak(cookie: str, accepted: str, language: str) -> None:
    assert language_of(cookie, accepted) == language
