"""Which language a message is written in: by its script, else by its smallest words."""

import re

from coffeebot.domain.folding import Folded
from coffeebot.domain.words import table

_SMALL_WORDS: dict[str, frozenset[str]] = {language: frozenset(words.split()) for language, words in table("ordinary")["language"].items()}
_MARKS = (
    ("es", re.compile("[ñ¿¡]")),
    ("de", re.compile("[ßäöü]")),
    ("pt", re.compile("[ãõ]")),
    ("fr", re.compile("[çèêëœàùîô]")),
    ("it", re.compile("[òì]")),
)


def language_of(folded: Folded) -> str:
    """ISO 639-1: ja, zh, ko by script; es, fr, de, pt, it when their small words outnumber English ones; else en."""
    text = folded.text
    if re.search(r"[\u3040-\u30ff]", text):
        return "ja"
    if re.search(r"[\uac00-\ud7a3]", text):
        return "ko"
    if re.search(r"[\u4e00-\u9fff]", text):
        return "zh"
    words = [token.text for token in folded.tokens]
    votes = {language: float(sum(word in small for word in words)) for language, small in _SMALL_WORDS.items()}
    raw = folded.source.casefold()
    for language, marks in _MARKS:
        votes[language] += 0.6 if marks.search(raw) else 0
    votes["en"] += 0.1
    return max(votes, key=lambda language: votes[language])
