"""Words without the thoughts that some models write before them."""

THINKING, THOUGHT = "<think>", "</think>"


class Aloud:
    """Hears an answer in pieces of any size. `said` is what is left of it: a thought at its start, with the space after it, is not."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self._hear = self._at_first
        self._held = ""

    def hear(self, text: str) -> str:
        words = self._hear(text)
        self.said.append(words)
        return words

    def end(self) -> str:
        """What was held back, as it might have become a thought."""
        words = self._held if self._hear == self._at_first else ""
        self.said.append(words)
        return words

    def _at_first(self, text: str) -> str:
        held = self._held + text
        begun = held.lstrip()
        if begun.startswith(THINKING):
            self._hear, self._held = self._in_thought, ""
            return self._in_thought(begun)
        if THINKING.startswith(begun):
            self._held = held
            return ""
        self._hear = self._aloud
        return held

    def _in_thought(self, text: str) -> str:
        _, ended, rest = (self._held + text).partition(THOUGHT)
        self._held = "" if ended else (self._held + text)[1 - len(THOUGHT) :]
        if not ended:
            return ""
        self._hear = self._after_thought
        return self._after_thought(rest)

    def _after_thought(self, text: str) -> str:
        words = text.lstrip()
        if words:
            self._hear = self._aloud
        return words

    def _aloud(self, text: str) -> str:
        return text
