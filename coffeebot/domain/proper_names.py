"""What in a prose is written like a coffee's name: "Lantern Hill Guji", “Half Moon”, **Kissaten No. 3**."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coffeebot.domain.common_words import COMMON
from coffeebot.domain.flavour import find_notes
from coffeebot.domain.folding import plain
from coffeebot.domain.places import find_places
from coffeebot.domain.vocabulary import find_words
from coffeebot.domain.words import table

LONGEST = 7  # words

_WORD = re.compile(r"[^\W_][\w’'&-]*")
_MARKED = re.compile(r"\*\*([^*\n]{2,60})\*\*|\*([^*\n]{2,60})\*|“([^”\n]{2,60})”|\"([^\"\n]{2,60})\"|[「『]([^」』\n]{2,40})[」』]")
_JOINED = re.compile(r" (?:& |#)?|(?<=\bNo|\bSt|\bMt)\. ")
_SENTENCE_START = re.compile(r"(?:\A|[.!?…:]['\"”’)]?\s|\n)[\s*“\"(•\d.)-]*\Z")
_MAKERS = frozenset(table("makers")["names"].split())
_SMALL = frozenset(table("makers")["joining"].split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name or a part of one. `marked` by quotes or emphasis; a sentence begins where it does when it `opens` one."""

    text: str
    start: int
    end: int
    marked: bool = False
    opens: bool = False

    @property
    def words(self) -> list[str]:
        return _WORD.findall(self.text)


def phrases(prose: str) -> list[Phrase]:
    """The longest there are: runs of words with a capital, and what stands in quotes or emphasis."""
    marked = list(_marked(prose))
    return [*marked, *(run for run in _runs(prose) if (run.start, run.end) not in {(each.start, each.end) for each in marked})]


def _marked(prose: str) -> Iterator[Phrase]:
    for found in _MARKED.finditer(prose):
        group = found.lastindex or 0
        text = found[group].strip(" .,:;")
        if 0 < len(_WORD.findall(text)) <= LONGEST:
            start = prose.index(text, found.start(group))
            yield Phrase(text, start, start + len(text), marked=True)


def _runs(prose: str) -> Iterator[Phrase]:
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(prose):
        if run and not (_JOINED.fullmatch(prose, run[-1].end(), word.start()) and (_is_capital(word[0]) or word[0].lower() in _SMALL)):
            yield from _run(prose, run)
            run = []
        if run or word[0][0].isupper():
            run.append(word)
    yield from _run(prose, run)


def _run(prose: str, run: list[re.Match[str]]) -> Iterator[Phrase]:
    while run and not _is_capital(run[-1][0]):
        run = run[:-1]
    if run:
        start, end = run[0].start(), run[-1].end()
        yield Phrase(prose[start:end], start, end, opens=bool(_SENTENCE_START.search(prose[max(start - 12, 0) : start])))


def _is_capital(word: str) -> bool:
    return word[0].isupper() or word.isdigit()


def parts(phrase: Phrase) -> Iterator[Phrase]:
    """Every name that may stand in it, the longest first; a single word only where its capital says something."""
    found = list(_WORD.finditer(phrase.text))
    for length in range(min(LONGEST, len(found)), 0, -1):
        for at in range(len(found) - length + 1):
            first, last = found[at], found[at + length - 1]
            text = phrase.text[first.start() : last.end()]
            opens = phrase.opens and at == 0
            if (length > 1 or not opens or phrase.marked) and (phrase.marked or (_is_capital(first[0]) and _is_capital(last[0]))):
                start = phrase.start + first.start()
                yield Phrase(text, start, start + len(text), phrase.marked, opens)


class Trade:
    """Which words of a prose are the trade's own: places, processes, varieties, roasts, brewers and notes name no coffee."""

    def __init__(self, prose: str) -> None:
        spans = [found.span for found in find_places(prose)] + [found.span for found in find_words(prose)]
        self._spans = [*spans, *(span for _, _, span in find_notes(prose))]

    def telling(self, phrase: Phrase) -> list[str]:
        """The words of a phrase that may be a name's own, plain."""
        own = [(word[0], phrase.start + word.start()) for word in _WORD.finditer(phrase.text)]
        return [
            plain(word)
            for word, at in own
            if word[0].isalpha() and plain(word) not in _SMALL and not any(start <= at < end for start, end in self._spans)
        ]


def name_in(phrase: Phrase, trade: Trade) -> Phrase | None:
    """What of a phrase that nobody knows looks like a coffee's name. Rather too seldom than too often."""
    phrase = _begun(phrase)
    own = trade.telling(phrase)
    capitals = [word for word in phrase.words if word[0].isupper() and plain(word) in own and not word.isupper()]
    written = [word for word in phrase.words if word.lower() not in _SMALL]
    if len(written) < 2 or len(capitals) < (1 if phrase.marked else 2) or not all(map(_is_capital, written)):
        return None
    return phrase if not _MAKERS & set(own) and any(word not in COMMON for word in own) else None


def _begun(phrase: Phrase) -> Phrase:
    """Without the ordinary words that a sentence begins with: "Take the …"."""
    found = list(_WORD.finditer(phrase.text))
    at = 0
    while phrase.opens and not phrase.marked and at < len(found) - 1 and plain(found[at][0]) in COMMON | _SMALL:
        at += 1
    start = found[at].start() if found else 0
    return Phrase(phrase.text[start:], phrase.start + start, phrase.end, phrase.marked, phrase.opens and not start)


def mentions(prose: str, names: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    """The names of two words or more that are written out, the longest first, each place once."""
    taken: list[tuple[int, int]] = []
    own = [(word[0], word.start(), word.end()) for word in _WORD.finditer(prose)]
    folded = [plain(word) for word, _, _ in own]
    for name in sorted({*names}, key=len, reverse=True):
        wanted = [plain(word) for word in _WORD.findall(name)]
        for at in range(len(folded) - len(wanted) + 1 if len(wanted) > 1 else 0):
            if folded[at] == wanted[0] and folded[at : at + len(wanted)] == wanted and own[at][0][0] == own[at][0][0].upper():
                start, end = own[at][1], own[at + len(wanted) - 1][2]
                if not any(start < b and a < end for a, b in taken):
                    taken.append((start, end))
                    yield name, start, end
