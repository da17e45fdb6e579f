"""Turns `[[c3]]` in a stream of prose into the coffee it stands for, also when the marker is split over pieces.

Small models write `[c3]` or `[[ C3 ]]` now and then, and mean the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MARKER = re.compile(r"\[\[([^\[\]]{0,40})\]\]|\[([cC][0-9]{1,3})\]")
_OPEN = re.compile(r"\[(?:\[[^\[\]]{0,40}\]?|[cC][0-9]{0,3})?$")  # what may still grow into a marker


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The candidate's index from 0; `first` when it had not been named before in this reply."""

    index: int
    first: bool


@dataclass(slots=True)
class ReferenceParser:
    """Feed it pieces as they come. A marker that names no candidate vanishes with its brackets."""

    candidates: int
    _held: str = ""
    _named: set[int] = field(default_factory=set)

    def feed(self, piece: str) -> Iterator[Words | Reference]:
        text = self._held + piece
        start = _OPEN.search(text)
        cut = start.start() if start else len(text)
        self._held = text[cut:]
        yield from self._parse(text[:cut])

    def close(self) -> Iterator[Words | Reference]:
        """What was held back at the end is plain words."""
        rest, self._held = self._held, ""
        yield from self._parse(rest)

    def _parse(self, text: str) -> Iterator[Words | Reference]:
        last = 0
        for marker in _MARKER.finditer(text):
            if marker.start() > last:
                yield Words(text[last : marker.start()])
            last = marker.end()
            if reference := self._reference((marker[1] or marker[2] or "").strip().lower()):
                yield reference
        if last < len(text):
            yield Words(text[last:])

    def _reference(self, name: str) -> Reference | None:
        number = name[1:]
        if not (name[:1] == "c" and number.isascii() and number.isdigit() and 1 <= int(number) <= self.candidates):
            return None
        index = int(number) - 1
        first = index not in self._named
        self._named.add(index)
        return Reference(index, first)
