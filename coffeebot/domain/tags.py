"""Takes HTML tags out of a text that comes in pieces."""

import re

from coffeebot.domain.skeleton import GAP

_TAG = re.compile(r"<[A-Za-z/!?][^<>\n\ufffc]{0,159}>")
_MAYBE = re.compile(r"<(?:[A-Za-z/!?][^<>\n\ufffc]{0,159})?\Z")  # what may still become one
_BLOCK = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|th|table|hr|h[1-6])\b", re.IGNORECASE)  # these part the words beside them
_SIGN = re.compile(r"<[\s\d=]")  # less than, and a heart


class Tags:
    """A "<" that opens no tag stays where it compares something, and goes otherwise."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> str:
        if not self._held and "<" not in piece:
            return piece
        text, self._held = self._held + piece, ""
        kept: list[str] = []
        at = 0
        while (start := text.find("<", at)) >= 0:
            kept.append(text[at:start])
            if _MAYBE.match(text, start):
                self._held = text[start:]
                return "".join(kept)
            at = _after(text, start, kept)
        return "".join([*kept, text[at:]])

    def close(self) -> str:
        rest, self._held = self._held, ""
        return rest[1:]


def _after(text: str, start: int, kept: list[str]) -> int:
    """Where to go on behind a "<"."""
    if tag := _TAG.match(text, start):
        if _BLOCK.match(tag[0]):
            kept.append(f" {GAP}")
        return tag.end()
    if _SIGN.match(text, start):
        kept.append("<")
    return start + 1
