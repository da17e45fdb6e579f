"""A settled message as the page draws it."""

from dataclasses import dataclass

from coffeebot.domain.prose import Block, parse
from coffeebot.services.views import MessageView
from coffeebot.state.card import Behind, Card, behind, cards
from coffeebot.state.errors import in_words
from coffeebot.words import word

HOUSE = "house"
MAKERS = {"anthropic": "Claude", "openai": "OpenAI"}
BROKEN_OFF = ("stopped", "interrupted")


@dataclass(frozen=True, slots=True)
class Message:
    """What the shopper said (`mine`, plain `text`), or what the barista answered. `asked` is the question it ended with."""

    id: str
    mine: bool
    text: str = ""
    blocks: tuple[Block, ...] = ()
    picks: tuple[Card, ...] = ()
    behind: tuple[Behind, ...] = ()
    asked: str = ""
    note: str = ""
    by: str = ""


def mine(text: str, message_id: object) -> Message:
    return Message(str(message_id), mine=True, text=text)


def settled(view: MessageView) -> Message:
    """Either side's message, from what is stored."""
    if view.role == "shopper":
        return mine(view.text, view.id)
    question = view.parts.get("question")
    return Message(
        id=str(view.id),
        mine=False,
        blocks=parse(view.text),
        picks=tuple(cards(view.parts)),
        behind=tuple(behind(view.parts)),
        asked=question["text"] if question else "",
        note=note(view),
        by=by(view),
    )


def note(view: MessageView) -> str:
    """How a reply ended, where it did not end well."""
    if error := view.parts.get("error"):
        return in_words(error["message"])
    return word(f"note.{view.status}") if view.status in ("failed", *BROKEN_OFF) else ""


def resumable(view: MessageView) -> bool:
    """Whether a reply can go on from where it is."""
    return view.status in BROKEN_OFF and bool(view.text)


def by(view: MessageView) -> str:
    """Who answered, and in whose place; "" when it was the house barista and nobody else was asked."""
    answering = view.parts.get("answering")
    if not answering:
        return ""
    who = _name(answering["by"], answering["model"])
    return word("by.instead", who=who, first=_name(answering["instead_of"])) if answering["instead_of"] else word("by", who=who)


def _name(maker: str, model: str = "") -> str:
    return word("by.house") if maker == HOUSE else MAKERS.get(maker) or model or word("by.other")
