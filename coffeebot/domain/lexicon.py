"""A phrase book: finds its phrases in a text, longest first, with plurals, joined spellings and, when asked, typing errors."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from coffeebot.domain.common_words import COMMON, SCRIPT
from coffeebot.domain.folding import Folded, fold, singular

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A phrase in a text: `start` and `end` are offsets into the folded text, `meaning` what the book says of it."""

    meaning: T
    phrase: str
    start: int
    end: int
    exact: bool = True


def _is_script(character: str) -> bool:
    """Whether a character belongs to a script written without spaces (or, as Hangul, with endings stuck on)."""
    return (
        "\u3040" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uac00" <= character <= "\ud7a3" or character in "々〆"
    )


_JOINT = re.compile(r"[ \-_./’]{0,3}(?:& )?")


def _reach(folded: Folded) -> list[int]:
    """How many words, from each on, stand together without a comma or another stop between them."""
    reach = [1] * len(folded.tokens)
    for i in range(len(folded.tokens) - 2, -1, -1):
        gap = folded.text[folded.tokens[i].end : folded.tokens[i + 1].start]
        if _JOINT.fullmatch(gap) and ". " not in gap:
            reach[i] = reach[i + 1] + 1
    return reach


class Lexicon(Generic[T]):
    """Phrases and what they mean. The first meaning given for a phrase stands.

    `mends` says for which meanings a slip of the pen is forgiven.
    """

    def __init__(self, entries: Iterable[tuple[str, T]], *, mends: Callable[[T], bool] = lambda _: True) -> None:
        self._roman: dict[str, tuple[str, T]] = {}
        self._script: dict[str, dict[str, T]] = {}
        self._longest = 1
        self._longest_script: dict[str, int] = {}
        spellings: list[tuple[str, tuple[str, T]]] = []
        for phrase, meaning in entries:
            spellings += self._learn(phrase, meaning)
        for spelling, entry in spellings:
            self._roman.setdefault(spelling, entry)
        self._words = self._vocabulary(mends)
        self._pairs = self._second_words()
        self._order = {key: number for number, key in enumerate(self._roman)}
        self._nearest = lru_cache(maxsize=8192)(self._correct)

    def _learn(self, phrase: str, meaning: T) -> list[tuple[str, tuple[str, T]]]:
        """Takes a phrase in as it is; returns its looser spellings, which yield to every phrase taken in as it is."""
        folded = fold(phrase.strip())
        if any(_is_script(ch) for ch in folded.text):
            shelf = self._script.setdefault(folded.text[0], {})
            shelf.setdefault(folded.text, meaning)
            self._longest_script[folded.text[0]] = max(self._longest_script.get(folded.text[0], 0), len(folded.text))
            return []
        words = [token.text for token in folded.tokens]
        self._longest = max(self._longest, len(words))
        self._roman.setdefault(" ".join(words), (phrase, meaning))
        loose = [" ".join(map(singular, words))]
        if len(words) == 2 and len(words[0]) > 2 and len(words[1]) > 2:
            loose.append("".join(words))
        return [(spelling, (phrase, meaning)) for spelling in loose]

    def _vocabulary(self, mends: Callable[[T], bool]) -> dict[str, list[str]]:
        """Words that a typing error may have been meant for, by first letter."""
        shelves: dict[str, set[str]] = {}
        for key, (_, meaning) in self._roman.items():
            for word in key.split() if mends(meaning) else ():
                if len(word) >= 5 and not word.isdigit():
                    shelves.setdefault(word[0], set()).add(word)
        return {letter: sorted(words) for letter, words in shelves.items()}

    def _second_words(self) -> dict[str, list[str]]:
        """The second words of two-word phrases, by the first."""
        pairs: dict[str, list[str]] = {}
        for key in self._roman:
            first, _, second = key.partition(" ")
            if second and " " not in second:
                pairs.setdefault(first, []).append(second)
        return pairs

    def get(self, phrase: str) -> T | None:
        """The meaning of exactly this phrase."""
        folded = fold(phrase.strip())
        words = [token.text for token in folded.tokens]
        for key in (" ".join(words), " ".join(map(singular, words))):
            if key in self._roman:
                return self._roman[key][1]
        return self._script.get(folded.text[:1], {}).get(folded.text)

    def __contains__(self, phrase: str) -> bool:
        return self.get(phrase) is not None

    def find(self, text: str | Folded, *, typos: bool = False) -> list[Found[T]]:
        """Every phrase in the text, in reading order, none overlapping."""
        folded = fold(text) if isinstance(text, str) else text
        return sorted([*self._find_roman(folded, typos), *self._find_script(folded)], key=lambda found: found.start)

    def _find_roman(self, folded: Folded, typos: bool) -> Iterator[Found[T]]:
        tokens = folded.tokens
        words = [token.text for token in tokens]
        bases = [singular(word) for word in words]
        forms = [words, bases]
        if typos:
            forms.append([self._nearest(word) or base for word, base in zip(words, bases, strict=True)])
        reach = _reach(folded)
        i = 0
        while i < len(words):
            found = self._longest_at(i, forms, reach[i])
            if found is None and typos:
                found = self._almost_at(i, words)
            if found is None:
                i += 1
                continue
            length, (phrase, meaning), exact = found
            yield Found(meaning, phrase, tokens[i].start, tokens[i + length - 1].end, exact)
            i += length

    def _longest_at(self, i: int, forms: list[list[str]], reach: int) -> tuple[int, tuple[str, T], bool] | None:
        for length in range(min(self._longest, reach), 0, -1):
            for number, form in enumerate(forms):
                entry = self._roman.get(" ".join(form[i : i + length]))
                if entry is not None:
                    return length, entry, number < 2
        return None

    def _almost_at(self, i: int, words: list[str]) -> tuple[int, tuple[str, T], bool] | None:
        """A two-word phrase whose first word is right and whose short second word is one slip off ("costa rika")."""
        if i + 1 >= len(words) or len(words[i + 1]) != 4 or words[i + 1] in COMMON:
            return None
        for second in self._pairs.get(words[i], ()):
            if OSA.distance(second, words[i + 1], score_cutoff=1) <= 1:
                return 2, self._roman[f"{words[i]} {second}"], False
        return None

    def _correct(self, word: str) -> str | None:
        """The word of the book that this was probably meant for: the nearest, a phrase by itself before a part of one."""
        if len(word) < 5 or word in COMMON or singular(word) in COMMON or any(ch.isdigit() for ch in word):
            return None
        if word in self._roman or singular(word) in self._roman:
            return None
        shelf = self._words.get(word[0], [])
        if word in shelf or singular(word) in shelf:
            return None
        allowed = 1 if len(word) < 9 else 2
        best: tuple[int, int, int, str] | None = None
        for candidate in shelf:
            if abs(len(candidate) - len(word)) > allowed:
                continue
            distance = OSA.distance(word, candidate, score_cutoff=allowed)
            if distance <= allowed:
                rank = (distance, self._order.get(candidate, len(self._order)), abs(len(candidate) - len(word)), candidate)
                best = min(best, rank) if best else rank
        return singular(best[3]) if best else None

    def _find_script(self, folded: Folded) -> Iterator[Found[T]]:
        text, i = folded.text, 0
        while i < len(text) and not text.isascii():
            length = self._script_length(text, i)
            ordinary = _ordinary_length(text, i)
            if length and length >= ordinary:
                piece = text[i : i + length]
                yield Found(self._script[text[i]][piece], piece, i, i + length)
            i += max(length, ordinary, 1)

    def _script_length(self, text: str, i: int) -> int:
        """The length of the longest phrase that begins here; 0 where none does."""
        shelf = self._script.get(text[i])
        if not shelf:
            return 0
        longest = min(self._longest_script[text[i]], len(text) - i)
        return next((length for length in range(longest, 0, -1) if text[i : i + length] in shelf), 0)


_ORDINARY: dict[str, list[str]] = {}
for _word in sorted((fold(word).text for word in SCRIPT), key=len, reverse=True):
    _ORDINARY.setdefault(_word[0], []).append(_word)


def _ordinary_length(text: str, i: int) -> int:
    """The length of an ordinary word that begins here: "グラム" is no rum, "バランス" no rose."""
    return next((len(word) for word in _ORDINARY.get(text[i], ()) if text.startswith(word, i)), 0)
