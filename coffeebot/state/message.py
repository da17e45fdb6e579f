"""A settled message as the page draws it."""

from dataclasses import dataclass

from coffeebot.domain.prose import Block, parse
from coffeebot.services.views import MessageView
from coffeebot.state.card import Card, cards
from coffeebot.words import word

DEFAULT_BARISTA = "house"


@dataclass(frozen=True, slots=True)
class Message:
    """What the shopper said (`mine`, plain `text`), or what the barista answered. `asked` is the question it ended with."""

    mine: bool
    text: str = ""
    blocks: tuple[Block, ...] = ()
    picks: tuple[Card, ...] = ()
    asked: str = ""
    note: str = ""
    by: str = ""


def mine(text: str) -> Message:
    return Message(mine=True, text=text)


def settled(view: MessageView) -> Message:
    """Either side's message, from what is stored."""
    if view.role == "shopper":
        return mine(view.text)
    question = view.parts.get("question")
    return Message(
        mine=False,
        blocks=parse(view.text),
        picks=tuple(cards(view.parts)),
        asked=question["text"] if question else "",
        note=note(view),
        by=by(view),
    )


def note(view: MessageView) -> str:
    """How a reply ended, where it did not end well."""
    if view.status == "failed":
        error = view.parts.get("error")
        return error["message"] if error else word("note.failed")
    return word(f"note.{view.status}") if view.status in ("stopped", "interrupted") else ""


def by(view: MessageView) -> str:
    """Who answered, where it was not the barista one expects."""
    return word("by", who=view.answered_by) if view.answered_by and view.answered_by != DEFAULT_BARISTA else ""
