"""The words of the page: every language says everything, and the right one is chosen."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from coffeebot.domain.errors import Failure, ProviderFailed
from coffeebot.state.errors import in_words
from coffeebot.words import DEFAULT, ERRORS, LANGUAGES, listed, speaking, term, word
from coffeebot.words.choice import language_of, language_of_socket

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


# What only an operator, a client of the API or a model is told.
NOT_OF_THE_PAGE = (
    "api", "cli", "embedded", "state", "services/review.py", "services/rows.py", "services/shelf.py", "services/sources.py",
    "services/plates", "providers/llm/search_tool.py",
)  # fmt: skip
RAISED = ("BadInput", "MessageTooLong", "NotFound", "ReplyRunning", "BaristaFailed", "BudgetSpent")


def sentences() -> Iterator[tuple[str, str]]:
    """What the shopper may be told, and where it stands."""
    top = Path(__file__).parents[1] / "coffeebot"
    for path in sorted(top.rglob("*.py")):
        if path.relative_to(top).as_posix().startswith(NOT_OF_THE_PAGE):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in RAISED and node.args:
                assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno}: values go beside the sentence"
                yield str(node.args[0].value), f"{path.name}:{node.lineno}"
    for kind in Failure:
        yield ProviderFailed(kind).said, f"errors.py: {kind}"


@pytest.mark.parametrize("language", OTHERS)
def test_what_stands_in_the_way_is_said_in_every_language(language: str) -> None:
    said = dict(sentences())
    assert len(said) > 30
    assert not [f"{where}: {text}" for text, where in said.items() if text not in ERRORS[language]]
    assert not [text for text, told in ERRORS[language].items() if places(text) != places(told)]
    gone = ERRORS[language].keys() - said.keys() - {"Something broke on this side. Your message is kept: try again."}
    assert not gone, "nobody says that any more"


def test_an_error_is_put_in_the_words_of_the_shopper() -> None:
    known, unknown = "Write a sentence of at most {most} characters.", "A sentence that an older version stored."
    assert in_words(known, most=300) == "Write a sentence of at most 300 characters." and in_words(unknown) == unknown
    token = speaking.set("ja")
    try:
        assert in_words(known, most=300) == "300字以内の文で書いてください。"
        assert in_words(word("taste.gone")) == "その行はもうカードにありません。"
        assert in_words(unknown) == word("error")
    finally:
        speaking.reset(token)


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


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        ("", "ja", "ja"),
        ("coffeebot_page_language=ja", "en-US", "ja"),
        ("coffeebot_page_language=ja; coffeebot_language=en", "ja", "en"),
        ("coffeebot_page_language=klingon", "ja", "ja"),
    ],
)
def test_a_socket_speaks_as_its_page_does(cookie: str, accepted: str, language: str) -> None:
    assert language_of_socket(cookie, accepted) == language
