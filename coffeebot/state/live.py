"""The latest reply, while it is written and after: the only state that a word changes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from coffeebot.domain.prose import Block, Draft, Run, parse, parse_draft
from coffeebot.services.views import MessageView
from coffeebot.state.card import Behind, Card, behind, cards
from coffeebot.state.message import Message, by, note, resumable
from coffeebot.words import word


@dataclass(frozen=True, slots=True)
class Answer:
    """A ready answer to the question, and how many coffees it leaves; 0 is not said."""

    text: str
    left: int


BLANK_LINE = "\n\n"
PAGES, PAGE = ("first", "second", "third", "rest"), 4  # paragraphs on each; what is left over goes on the last

BLANK = {
    **dict.fromkeys(("kind", "tail", "mark", "question", "count_line", "note", "by"), ""),
    **{name: [] for name in (*PAGES, "done", "head", "picks", "behind", "answers", "followups")},
    "count": 0,
    "_ranked": 0,
    "resumable": False,
}


class Live(rx.State):
    """Finished paragraphs fill one page after another; only `head` and `tail` of the one in hand are sent while words come.

    A changed var is sent whole, so a paragraph that ends costs its page again and not all that was said.
    `id` is "" when the thread does not end with a reply.
    """

    id: str = ""
    running: bool = False
    first: list[Block] = []
    second: list[Block] = []
    third: list[Block] = []
    rest: list[Block] = []
    kind: str = ""
    done: list[tuple[Run, ...]] = []
    head: list[Run] = []
    tail: str = ""
    mark: str = ""
    picks: list[Card] = []
    behind: list[Behind] = []
    count: int = 0
    question: str = ""
    count_line: str = ""
    answers: list[Answer] = []
    followups: list[str] = []
    note: str = ""
    resumable: bool = False
    by: str = ""

    _said: str = ""
    _ranked: int = 0  # how often the cards were ranked again
    _parsed: str = ""  # the beginning of what was said, which is not parsed again, and its blocks
    _blocks: tuple[Block, ...] = ()
    _frozen: tuple[int, tuple[Block, ...]] = (0, ())  # how many blocks the pages have, and the last of them

    def _clear(self, message_id: str = "") -> None:
        """Empty, or an answer that is about to begin."""
        self._said, self._frozen = "", (0, ())
        for name, value in BLANK.items():
            self._set(name, value)
        self._set("id", message_id)
        self._set("running", bool(message_id))

    def _go_on(self) -> None:
        """The answer that broke off is taken up again; its last word may be written anew."""
        self._said = ""
        for name in ("note", "resumable"):
            self._set(name, BLANK[name])
        self._set("running", True)

    def _show(self, view: MessageView) -> None:
        """Brings the page to `view`, touching only what differs."""
        running = view.status == "running"
        if running and str(view.id) == self.id and len(view.text) < len(self._said):
            return  # a saved copy that is behind what the page has
        self._said = view.text
        self._set("id", str(view.id))
        self._write(view.text, running=running)
        self._attach(view.parts)
        self._set("running", running)
        self._set("note", note(view))
        self._set("resumable", resumable(view))
        self._set("by", by(view))

    def _write(self, text: str, *, running: bool) -> None:
        draft = self._draft(text) if running else None
        self._freeze(draft.blocks if draft else parse(text))
        self._set("kind", draft.kind if draft else "")
        self._set("done", list(draft.done) if draft else [])
        self._set("head", list(draft.head) if draft else [])
        self._set("tail", draft.tail if draft else "")
        self._set("mark", draft.mark if draft else "")

    def _draft(self, text: str) -> Draft:
        """The same as parse_draft, for a text that grows: after a blank line that ends a paragraph nothing depends on what is before."""
        if not text.startswith(self._parsed):
            self._parsed, self._blocks = "", ()
        rest = text[len(self._parsed) :]
        ended = rest[: rest.rfind(BLANK_LINE) + len(BLANK_LINE)] if BLANK_LINE in rest else ""
        if (blocks := parse(ended)) and blocks[-1].kind == "p":
            self._parsed, self._blocks = self._parsed + ended, self._blocks + blocks
            rest = rest[len(ended) :]
        draft = parse_draft(BLANK_LINE + rest if self._parsed else rest)
        return replace(draft, blocks=self._blocks + draft.blocks)

    def _freeze(self, finished: tuple[Block, ...]) -> None:
        if self._frozen == (frozen := (len(finished), finished[-1:])):
            return  # a finished block stays as it is, save for a last list that goes on
        self._frozen = frozen
        for n, page in enumerate(PAGES):
            last = n == len(PAGES) - 1
            self._set(page, list(finished[n * PAGE :] if last else finished[n * PAGE : (n + 1) * PAGE]))

    def _attach(self, parts: Mapping[str, Any]) -> None:
        if len(parts.get("picks", ())) != len(self.picks) or parts.get("ranked", 0) != self._ranked:
            self._offer(parts)
        self._set("count", parts["considered"]["count"] if "considered" in parts else 0)
        question = parts.get("question")
        self._set("question", question["text"] if question else "")
        counted = "offered" not in parts  # otherwise the counts are of another profile
        self._set("count_line", word("question.count", left=question["left"], left_if=question["left_if"]) if question and counted else "")
        self._set("answers", [Answer(c["text"], c["left"] if counted else 0) for c in question["choices"]] if question else [])
        self._set("followups", list(parts["followups"]["texts"]) if "followups" in parts else [])

    def _offer(self, parts: Mapping[str, Any]) -> None:
        """The cards as they stand, and those that stepped back."""
        self._ranked = parts.get("ranked", 0)
        self.picks, self.behind = cards(parts), behind(parts)

    def _set(self, name: str, value: object) -> None:
        """Writes only what changed, because whatever is written is sent."""
        if getattr(self, name) != value:
            setattr(self, name, list(value) if isinstance(value, list) else value)

    def _settled(self) -> Message | None:
        """The reply as a message of the thread; None when there is none."""
        if not self.id:
            return None
        blocks = parse(self._said)
        picks, stepped = tuple(self.picks), tuple(self.behind)
        return Message(mine=False, id=self.id, blocks=blocks, picks=picks, behind=stepped, asked=self.question, note=self.note, by=self.by)
