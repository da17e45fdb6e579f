"""Stands between a model's words and the page: prices, addresses, markup and what nobody sees do not get past it."""

import re
from collections import deque
from collections.abc import Iterable, Iterator

from coffeebot.domain.addresses import addresses
from coffeebot.domain.closing import Closing, squeezed
from coffeebot.domain.hints import (
    ADDRESS,
    BETWEEN,
    BRACKET,
    BREAKING,
    CARRIER,
    DIGIT,
    LAST,
    MONEY,
    NUMBER,
    OPEN,
    PRICE,
    TAIL,
    hints,
)
from coffeebot.domain.skeleton import GAP, skeleton
from coffeebot.domain.sums import Stated, sums
from coffeebot.domain.tags import Tags
from coffeebot.domain.untrusted import unhidden
from coffeebot.services.references import Reference, Words

PLACE = "\ufffc"  # stands for a reference while the words around it are looked at
WAIT = 160  # characters that are held back at most, and the longest word there is
ROUNDS = 8  # of looking again when something was taken out
BEFORE = 80  # characters that were let through and are looked at with what follows

_WORD = re.compile(rf"(\s*+)([{BREAKING}]|[^\s{BREAKING}]{{1,{WAIT}}}+(?=(.)))", re.DOTALL)
_END = re.compile(rf"[\s{BREAKING}]")
_LINK = re.compile(rf"\]\([^(){PLACE}]*(?:\([^(){PLACE}]*\)[^(){PLACE}]*)*(?:\)|\Z)|\[+\s*c\s?\d{{1,3}}\s*\]+|!(?=\[)", re.IGNORECASE)
_BRACKETS = re.compile(r"[\[\]［］]")
_KEPT = re.compile(rf"(\*+|{PLACE})")
_UNWRITTEN = re.compile("[`｀＜＞﹤﹥]")  # code, and brackets that look like those of a tag
COUNTED = DIGIT | NUMBER
_STARTS = COUNTED | MONEY | CARRIER


class Scrubber:
    """Fed with what a ReferenceParser yields. However the text is cut, what comes out is the same.

    A sum among `stated` stays where it is a limit. A word waits until the next begins, and longer while it may be part of
    a sum or of an address.
    """

    def __init__(self, stated: frozenset[Stated] = frozenset()) -> None:
        self._stated = stated
        self._tags = Tags()
        self._closing = Closing()
        self._references: deque[Reference] = deque()
        self._rest = ""  # the beginning of a word
        self._overlong = False  # in a word that is none
        self._held = ""  # whole words that wait, and what is known of them
        self._hints = 0
        self._before = ""

    def feed(self, pieces: Iterable[Words | Reference]) -> Iterator[Words | Reference]:
        for piece in pieces:
            if isinstance(piece, Reference):
                self._references.append(piece)
                yield from self._pieces(self._words(self._tags.feed(PLACE)))
            elif text := _UNWRITTEN.sub("", unhidden(piece.text)):
                yield from self._pieces(self._words(self._tags.feed(text)))

    def close(self) -> Iterator[Words | Reference]:
        """The end of the text: nothing waits any longer."""
        text = self._words(self._tags.close() + "\n")
        if self._held:
            text += self._closing.feed(self._release())
        yield from self._pieces(text + self._closing.close())

    def _pieces(self, text: str) -> Iterator[Words | Reference]:
        words, *others = text.split(PLACE)
        if words:
            yield Words(words)
        for words in others:
            yield self._references.popleft()
            if words:
                yield Words(words)

    def _words(self, piece: str) -> str:
        """Whole words are taken one by one, and what comes of them depends on them alone, not on how they came."""
        text, at, out = self._rest + piece, 0, ""
        if self._overlong:
            at = self._skip(text, 0)
        while found := _WORD.match(text, at):
            at, word = found.end(), found[2]
            if found[3] and not _END.match(found[3]):
                at, word = self._skip(text, at), word.replace("*", "")  # their other half may be in what is skipped
            if released := self._take(squeezed(found[1]) + word, hints(word)):
                out += self._closing.feed(released)
        rest = text[at:]
        self._rest = squeezed(rest) if rest.isspace() else rest
        return out

    def _skip(self, text: str, at: int) -> int:
        """Where a word that is too long to be one ends."""
        end = _END.search(text, at)
        self._overlong = end is None
        return end.start() if end else len(text)

    def _take(self, word: str, hint: int) -> str:
        """What no longer has to wait when this word has come."""
        self._held += word
        self._hints |= hint
        return "" if len(self._held) <= WAIT and self._waits(word, hint) else self._release()

    def _waits(self, word: str, hint: int) -> bool:
        known = self._hints
        if known & OPEN and ")" not in word:
            return True
        if hint & LAST:
            return False
        counted = known & COUNTED
        return bool(hint & _STARTS or (hint & BETWEEN and counted) or (hint & TAIL and counted and known & MONEY))

    def _release(self) -> str:
        text, known = self._held, self._hints
        self._held, self._hints = "", 0
        if known & (ADDRESS | BRACKET) or (known & COUNTED and known & (MONEY | PRICE)):
            text = self._cleaned(text, known)
            self._hints = known & _STARTS if GAP in text else 0  # what stood apart stands together now
        self._before = (self._before + text)[-BEFORE:]
        return text

    def _cleaned(self, text: str, known: int) -> str:
        if not known & BRACKET:
            return self._without(text)
        text = self._without(_LINK.sub(lambda link: "" if link[0] == "!" else GAP, text))
        return self._without(_BRACKETS.sub("", text))

    def _without(self, text: str) -> str:
        """The text without sums and addresses, also those that appear when others are gone."""
        for _ in range(ROUNDS):
            bones = skeleton(self._before + text)
            start = len(self._before)
            found = [*sums(bones.text, self._stated, bones.at(start)), *addresses(bones.text)]
            spans = [(max(a, start) - start, b - start) for a, b in (bones.span(*each) for each in found if each[1] > each[0]) if b > start]
            if not spans:
                return text
            text = _cut(text, spans)
        return _left(text)


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    kept: list[str] = []
    at = 0
    for start, end in sorted(spans):
        if end > at:
            kept += [text[at : max(start, at)], _left(text[max(start, at) : end])]
            at = end
    return "".join([*kept, text[at:]])


def _left(taken: str) -> str:
    """What stays of a part that is taken out: marks of emphasis, which may have their other half elsewhere, and references."""
    return "".join(part if _KEPT.fullmatch(part) else _gap(part) for part in _KEPT.split(taken) if part)


def _gap(part: str) -> str:
    line = "".join(sign for sign in part if sign == "\n")
    return (squeezed(line) or " " * part[0].isspace()) + GAP + " " * part[-1].isspace()
