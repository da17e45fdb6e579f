"""Prose as blocks of plain data: paragraphs, lists and emphasis. Nothing else exists, so nothing else can come out."""

import re
from dataclasses import dataclass

Line = tuple["Run", ...]

_ITEM = re.compile(r"\s*(?:(?P<dot>[-*•])|(?P<number>\d{1,3})[.)])\s+(?P<text>.*)")
_HEADING = re.compile(r"\s*#{1,6}\s+")
_EMPHASIS = re.compile(r"\*\*(?=[^\s*])(?P<strong>.+?)(?<=[^\s])\*\*|\*(?=[^\s*])(?P<em>[^*]+?)(?<=[^\s])\*", re.DOTALL)
_OPEN = re.compile(r"(?P<stars>\*\*|\*)(?P<text>[^\s*\0][^*\0]*)\*?\Z")
_DANGLING = re.compile(r"(?:\*{1,2}|\n\s*(?:[-*•]|\d{1,3}[.)])?\s*)\Z")  # what may still become a mark or a list item
_SENTENCE = re.compile(r"[.!?…:;,]['\"”’)]*\s+|[。！？、]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one hand. `mark` is "", "em" or "strong"."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """`kind` is "p", "ul" or "ol"; a paragraph has one line, a list one an item."""

    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Prose that is still being written.

    `blocks` are finished and will not change. The block in hand is of `kind` ("" when there is none) and has finished
    lines `done`; the line in hand is `head`, which will not change either, and `tail` in the hand of `mark`.
    """

    blocks: tuple[Block, ...] = ()
    kind: str = ""
    done: tuple[Line, ...] = ()
    head: Line = ()
    tail: str = ""
    mark: str = ""


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a finished text."""
    return tuple(Block(kind, tuple(_runs(line) for line in lines)) for kind, lines in _blocks(text))


def parse_draft(text: str) -> Draft:
    """The blocks of a text that goes on: an emphasis begun at its end counts as meant."""
    found = _blocks(_DANGLING.sub("", text))
    if not found:
        return Draft()
    *finished, (kind, lines) = found
    blocks = tuple(Block(k, tuple(_runs(line) for line in ls)) for k, ls in finished)
    if re.search(r"\n\s*\n\s*\Z", text):
        return Draft(blocks=(*blocks, Block(kind, tuple(_runs(line) for line in lines))))
    head, tail = _split(_runs(_closed(lines[-1])))
    return Draft(blocks, kind, tuple(_runs(line) for line in lines[:-1]), head, tail.text, tail.mark)


def plain(text: str) -> str:
    """The words alone, one block a line: for a screen reader or a title."""
    return "\n".join("".join(run.text for run in line) for block in parse(text) for line in block.lines)


def _blocks(text: str) -> list[tuple[str, list[str]]]:
    """Kinds and raw lines. Lines of one paragraph are joined; a list goes on until another kind begins."""
    found: list[tuple[str, list[str]]] = []
    fresh = True  # whether the next plain line begins a paragraph
    for line in text.replace("\r", "").split("\n"):
        item = _ITEM.fullmatch(line)
        words = (item["text"] if item else _HEADING.sub("", line)).strip()
        kind = "p" if not item else "ul" if item["dot"] else "ol"
        if not words:
            fresh = True
        elif kind == "p" and found and not fresh:
            found[-1][1][-1] += f" {words}"
        elif kind != "p" and found and found[-1][0] == kind:
            found[-1][1].append(words)
            fresh = False
        else:
            found.append((kind, [words]))
            fresh = False
    return found


def _runs(line: str) -> Line:
    runs: list[Run] = []
    at = 0
    for match in _EMPHASIS.finditer(line):
        runs += [Run(line[at : match.start()]), Run(match["strong"] or match["em"], "strong" if match["strong"] else "em")]
        at = match.end()
    return tuple(run for run in [*runs, Run(line[at:])] if run.text)


def _closed(line: str) -> str:
    """The line with an emphasis that is open at its end closed."""
    rest = _EMPHASIS.sub(lambda match: "\0" * len(match[0]), line)
    begun = _OPEN.search(rest)
    return f"{line[: begun.start()]}{begun['stars']}{begun['text'].rstrip()}{begun['stars']}" if begun else line


def _split(line: Line) -> tuple[Line, Run]:
    """What of a line is settled, and the clause in hand."""
    *settled, last = line
    cut = max((match.end() for match in _SENTENCE.finditer(last.text)), default=0)
    head = (*settled, Run(last.text[:cut], last.mark)) if cut else tuple(settled)
    return head, Run(last.text[cut:], last.mark)
