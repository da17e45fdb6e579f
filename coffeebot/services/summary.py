"""What a model still reads of a long conversation: its newest exchanges whole, and a few lines about the rest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coffeebot.domain.untrusted import cleaned
from coffeebot.providers.llm.base import Line
from coffeebot.providers.llm.prompting import tokens_in
from coffeebot.services.transcript import Summary, Turn

Placed = tuple[int, Line]  # a line and its position in the conversation

LINES = 30  # the most that a window holds: fewer than a turn looks back on, so that each line falls out of it before it is lost
SAID, NAME, NAMES = 120, 60, 6  # characters of a message and of a coffee's name that a summary keeps, and names for a reply
LIMIT = 900  # characters of a summary
_NAMED = re.compile(r"\*\*([^*\n]{1,80})\*\*")  # how a reply as it is stored writes a coffee's name
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


@dataclass(frozen=True, slots=True)
class Memory:
    """What a barista reads of the conversation so far: `lines` whole, and a `summary` of the rest.

    `falling` are the lines that are new in the summary; the last of them has the position `upto`.
    """

    lines: tuple[Line, ...] = ()
    summary: str = ""
    falling: tuple[Line, ...] = ()
    upto: int = 0

    def kept(self, by_model: str) -> Summary | None:
        """What to remember from now on; None when that has not changed. `by_model` is a model's own summary, if it made one."""
        return Summary(by_model or self.summary, self.upto) if self.falling else None


def remembered(turn: Turn, *, tokens: int) -> Memory:
    lines, before = window(turn.lines, tokens=tokens)
    new = [placed for placed in before if placed[0] > turn.summarised]
    falling = tuple(line for _, line in new)
    return Memory(tuple(line for _, line in lines), extended(turn.summary, falling), falling, new[-1][0] if new else 0)


def window(lines: Sequence[Placed], *, tokens: int, most: int = LINES) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """The newest exchanges that fit `tokens` tokens and `most` lines, and the lines before them; both oldest first.

    An exchange is a shopper's message with what was answered, and stays whole.
    """
    first = len(lines)
    for start, end in _exchanges(lines):
        tokens -= sum(tokens_in(line.text) for _, line in lines[start:end])
        if tokens < 0 or len(lines) - start > most:
            break
        first = start
    return tuple(lines[first:]), tuple(lines[:first])


def _exchanges(lines: Sequence[Placed]) -> Iterator[tuple[int, int]]:
    """Where each exchange begins and ends, the newest first; an answer without a message, at the start, is one as well."""
    end = len(lines)
    for start in range(len(lines) - 1, -1, -1):
        if lines[start][1].role == "shopper" or start == 0:
            yield start, end
            end = start


def extended(summary: str, falling: Sequence[Line], *, limit: int = LIMIT) -> str:
    """The summary with a line for each message and for the coffees offered; what is oldest goes when it grows over `limit` characters."""
    pieces = [*_pieces(summary), *(told for line in falling if (told := _told(line)))]
    while len("\n".join(pieces)) > limit:
        del pieces[0]
    return "\n".join(pieces)


def _pieces(summary: str) -> Iterator[str]:
    """Lines, those that a model wrote sentence by sentence."""
    for line in summary.splitlines():
        yield from (piece for piece in ([line] if len(line) <= SAID * 2 else _SENTENCE.split(line)) if piece.strip())


def _told(line: Line) -> str:
    if line.role == "shopper":
        said = cleaned(line.text, SAID)
        return f"Shopper: {said}" if said else ""
    names = dict.fromkeys(cleaned(name, NAME) for name in _NAMED.findall(line.text))
    return f"Offered: {', '.join([name for name in names if name][:NAMES])}" if any(names) else ""
