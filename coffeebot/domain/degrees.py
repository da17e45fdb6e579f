"""Comparatives and superlatives of English adjectives: "rounder", "funkiest"."""

import re

_VOWELS = "aeiou"
_SYLLABLE = re.compile(r"[aeiouy]+")
_NO_ADJECTIVE = re.compile(r"(?:ed|ing|ic|[a-z]{4}ity|ness|ant|ent|ate|ful|ous|ish)$")
_SHORT = 2  # syllables


def degrees(word: str) -> tuple[str, ...]:
    """The comparative and the superlative of a short adjective; () where people say "more" and "most"."""
    if not (word.isascii() and word.isalpha() and len(word) > 2) or _NO_ADJECTIVE.search(word):
        return ()
    if len(_SYLLABLE.findall(word.rstrip("ey"))) + word.endswith("y") > _SHORT + (len(word) > 9):
        return ()
    stem = word
    if word.endswith("ey"):
        stem = word[:-2] + "i"
    elif word.endswith("y") and word[-2] not in _VOWELS:
        stem = word[:-1] + "i"
    elif word.endswith("e"):
        stem = word[:-1]
    elif word[-1] in "nmtdgb" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        stem = word + word[-1]
    return f"{stem}er", f"{stem}est"
