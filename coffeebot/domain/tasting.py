"""The list of tasting notes inside prose: which sentence holds it, and the single notes in it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from coffeebot.domain.flavour import families_of, find_notes

MOST_NOTES = 16
MOST_WORDS = 7  # more words than this are a sentence, not a note
_LISTED_IN_CUP = re.compile(
    r"((?:\([^()]{0,200}\)|\((?![^()]{0,200}\))|[^.!?(]){0,400}?)[,;]?"
    r"\s{1,9}(?:in|through|throughout|across)\s{1,9}(?:both\s{1,9})?(?:the\s{1,9})?aroma\s{1,9}and\b",
    re.IGNORECASE,
)
# Patterns look back over a sentence again and again: what has no full stop is cut after a word where it grows too long.
_ENDLESS = re.compile(r".{1,600}(?!\S)|.{1,600}", re.DOTALL)
_LABELLED = re.compile(
    r"(?:tasting notes?|flavou?r notes?|cup(?:ping)? notes?|flavou?r profile|in the cup|we taste|tastes? like|tastes? of|"
    r"notes? of|hints of|flavou?rs? of|flavou?rs?|フレーバー|風味|味わい)\s*[:：|\-–]?\s*([^.!?。\n]{3,240})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[,;、，／・•·|:+]\s*|\s+/\s+|\s+[-–—]\s+|(?<=[^\x00-\x7f])/")
_STOPPED = re.compile(r"\.\s+")
_STOPS = re.compile(r"(?:[^\W\d]+(?: [^\W\d]+){0,2}\.\s*){2,}", re.IGNORECASE)  # "Raspberry. Rose. Honey."
_LEAD = re.compile(
    r"^(?:and|&|or|with|plus|perhaps|maybe|a|an|the|some|faint|distinct|unusual aromatics:|complex aroma and flavou?r:|notes? of|"
    r"hints? (?:perhaps )?of|hint|"
    r"suggestions? of|undertones? of|touch(?:es)? of|whispers? of|layers? of|intimations? of|slight|subtle|delicate|intense)\s+",
    re.IGNORECASE,
)
# What stands between commas too, and is no note by itself
_ADJECTIVES = re.compile(
    r"(?:(?:sweetly|richly|deeply|very|more|much|lush|fresh|moist|crisp|juicy|sweet|tart|bright|high|rich|deep|pure|complex|balanced|clean|"
    r"smooth|delicate|elegant|long|dry|bold)[- ]?)+",
    re.IGNORECASE,
)
_LIKE = re.compile(r"[-\s]*(?:like|toned)\s+(?:flowers?|notes?|blossoms?)$|-(?:like|toned)$|\s+notes?$", re.IGNORECASE)
_ALSO = re.compile(r"\s+(?:and|und|et|y|e)\s+|\s*&\s*")


def sentences(text: str) -> list[str]:
    """Sentences of prose, an endless one in pieces. An abbreviation's full stop inside a sentence does little harm here."""
    return [
        piece.strip()
        for part in re.split(r"(?<=[.!?。])[”\"’)]?\s+(?=[A-Z“\"‘À-Þ])|(?<=[a-z)]\.)(?=[A-Z][a-z])|(?<=[。])|\n+", text)
        for piece in _ENDLESS.findall(part)
        if piece.strip()
    ]


def listed_notes(text: str) -> tuple[tuple[str, ...], str]:
    """The notes that a description of one coffee's taste lists, in its order, and the words they were read from."""
    found = _LISTED_IN_CUP.search(text) if "aroma" in text.lower() else None
    if found:
        return single_notes(found[1]), found[0].strip()
    for sentence in sentences(text):
        notes = single_notes(sentence)
        if _is_list(sentence, notes):
            return notes, sentence
    for labelled in _LABELLED.finditer(text):
        notes = tuple(note for note in single_notes(labelled[1]) if families_of(note))
        if notes:
            return notes, labelled[0].strip()
    return (), ""


def label_notes(label: str) -> tuple[str, ...]:
    """The notes of a label, which other text may follow: those that it announces, else its first line with several, else its first."""
    for labelled in _LABELLED.finditer(label):
        if notes := single_notes(labelled[1]):
            return notes
    lines = [_STOPPED.sub(", ", line) if _STOPS.fullmatch(line.strip()) else line for line in label.splitlines() if line.strip()]
    return single_notes(next((line for line in lines if _BETWEEN.search(line)), lines[0])) if lines else ()


def single_notes(listed: str) -> tuple[str, ...]:
    """ "A hint of clove, lilac and lemon blossom (very sweet)" as clove, lilac, lemon blossom."""
    notes: list[str] = []
    for part in _parts(listed):
        for note in _halves(_stripped(part)):
            if note and not _ADJECTIVES.fullmatch(note) and len(note.split()) <= MOST_WORDS and len(note) <= 60 and note not in notes:
                notes.append(note)
    return tuple(notes[:MOST_NOTES])


def _is_list(sentence: str, notes: tuple[str, ...]) -> bool:
    """Whether a sentence that no label announces is a list of notes: three or more, nearly all of them known ones."""
    if len(_BETWEEN.findall(sentence)) < 2 or len(notes) < 3 or re.search(r"\b(?:finish|mouthfeel|structure|acidity|body)\b", sentence):
        return False
    return sum(bool(families_of(note)) for note in notes) >= max(3, 0.6 * len(notes))


def _parts(listed: str) -> Iterator[str]:
    """The pieces between commas; what stands in brackets is read for notes that are known, and left out otherwise."""
    opened = re.sub(r"\(([^)]*)\)?", _opened, re.sub(r"^[^,:：(]*(?::\s+|：\s*)", "", listed))
    yield from _BETWEEN.split(opened)


def _opened(bracket: re.Match[str]) -> str:
    """The known notes of a bracket, as further items of the list around it."""
    return "".join(f", {piece}" for piece in re.split(r"[,;]", bracket[1]) if _known(piece))


@lru_cache(maxsize=8192)
def _known(piece: str) -> bool:
    """Whether a piece is a note's name and nothing more."""
    piece = _stripped(piece)
    found = find_notes(piece)
    return len(found) == 1 and found[0][2] == (0, len(piece))


def _stripped(part: str) -> str:
    part = part.strip(" .\"“”‘’'–-…")
    while (shorter := _LEAD.sub("", part, count=1)) != part:
        part = shorter
    part = _LIKE.sub("", part).strip(' ."“”–-')
    return part[:1].lower() + part[1:] if part[1:2].islower() else part


def _halves(part: str) -> Iterator[str]:
    """ "cocoa and lilac" is two notes; "lilac and lemon blossom" too, each with what both share."""
    halves = _ALSO.split(part)
    if len(halves) > 1 and all(families_of(half) for half in halves):
        yield from (_stripped(half) for half in halves)
    else:
        yield part
