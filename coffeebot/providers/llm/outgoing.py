"""What goes out of what a model says: a paragraph between two calls, and nothing twice of a reply that goes on."""

import re

LONG = 8  # characters: from here on a repetition need not end between two words, which some scripts do not show
_ENDED = re.compile(r"[.!?…。！？)」”]\**\s*\Z")


class Outgoing:
    """`before` is the beginning of the reply, when it broke off and goes on. `said` is whether anything new can be seen."""

    def __init__(self, before: str = "") -> None:
        self.said = False
        self.whole = bool(_ENDED.search(before))  # whether the reply could end here
        self._before = before
        self._held = ""
        self._lead: str | None = None if before else ""  # what goes before the next text instead of its own space

    def take(self, text: str) -> str:
        """The part of `text`, and of what was held back, that can go out now."""
        if not self._before:
            return self._out(text)
        self._held += text
        return "" if self._held.lstrip() in self._before else self.rest()

    def rest(self) -> str:
        """What was held back in case it is a repetition, once a call has ended."""
        if not self._held.strip():
            return ""
        held, before = self._held, self._before
        self._held = self._before = ""
        repeated = _repeated(before, held.lstrip())
        return self._out(held.lstrip()[repeated:] if repeated else held)

    def pause(self) -> None:
        """A call has ended, and another goes on: in a paragraph of its own, if there is one already."""
        self._lead = "\n\n" if self.said else self._lead

    def _out(self, text: str) -> str:
        if self._lead is not None:
            text = text.lstrip()
            if not text:
                return ""
            text, self._lead = self._lead + text, None
        if text.strip():
            self.said = self.whole = True
        return text


def _repeated(before: str, after: str) -> int:
    """How many characters at the beginning of `after` say the end of `before` again, in whole words."""
    for size in range(min(len(before), len(after)), 0, -1):
        again = after[:size]
        if not before.endswith(again) or not any(ch.isalnum() for ch in again):
            continue
        if size >= LONG or (_between(before, len(before) - size) and _between(after, size)):
            return size
    return 0


def _between(text: str, place: int) -> bool:
    """Whether no word goes on over this place."""
    return place in (0, len(text)) or not (text[place - 1].isalnum() and text[place].isalnum())
