"""A text as a reader takes it in: without marks of emphasis, in plain characters, with the way back to where each one stood."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

GAP = "\0"  # where something was taken out; no text that a reader sees has this character
_UNSEEN = frozenset(f"*{GAP}")


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """ "１" is "1", "①" is "1", and an accent that stands by itself nothing."""
    if character in _UNSEEN or unicodedata.category(character) in ("Mn", "Me"):
        return ""
    return unicodedata.normalize("NFKC", character)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`text` is what is looked at; `origin[i]` where its character i stood, None when nothing has moved."""

    text: str
    origin: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of a piece, which is not empty."""
        return (start, end) if self.origin is None else (self.origin[start], self.origin[end - 1] + 1)

    def at(self, place: int) -> int:
        """Where the text goes on for a place in the source."""
        return place if self.origin is None else next((i for i, stood in enumerate(self.origin) if stood >= place), len(self.text))


def skeleton(source: str) -> Skeleton:
    if source.isascii() and "*" not in source and GAP not in source:
        return Skeleton(source)
    seen: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(source):
        for plain in _plain(character):
            if not (plain == " " and seen and seen[-1] == " "):  # what parted two blanks is gone
                seen.append(plain)
                origin.append(place)
    return Skeleton("".join(seen), tuple(origin))
