"""A conversation as a document of its own: what was said and offered, and the taste card, with nothing that opens it again."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from coffeebot.domain.price_text import grams, money
from coffeebot.domain.turn import TraitLine
from coffeebot.models import Conversation, Message
from coffeebot.models.base import now
from coffeebot.models.conversation import messages_of, owned
from coffeebot.models.database import Database
from coffeebot.models.trait import traits_of
from coffeebot.services.profile import lines

FORMAT = 1  # counted up when a field changes its meaning
PICK = ("name", "roaster", "origin", "process", "roast", "notes", "family", "trade_off", "in_stock", "sample", "price_seen_at")
Document = dict[str, Any]


class Export:
    """`address` is where shoppers open the page: links that leave it have to be whole."""

    def __init__(self, database: Database, *, address: str) -> None:
        self._database = database
        self._address = address.rstrip("/")

    async def document(self, conversation_id: str, *, shopper_id: UUID) -> Document:
        """All of it, as JSON can write it; moments are ISO 8601 in UTC. Its id is not in it: that is a key, and a file gets around."""
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            messages = await messages_of(session, conversation_id)
            profile = await traits_of(session, shopper_id, conversation_id)
        return self._document(conversation, messages, lines(profile, language=conversation.language))

    def _document(self, conversation: Conversation, messages: list[Message], card: tuple[TraitLine, ...]) -> Document:
        return {
            "coffeebot_conversation": FORMAT,
            "title": conversation.called,
            "language": conversation.language,
            "begun_at": iso(conversation.created_at),
            "last_said_at": iso(messages[-1].created_at) if messages else None,
            "exported_at": iso(now()),
            "messages": [self._message(message, conversation.language) for message in messages],
            "taste_card": [_trait(line) for line in card],
        }

    def _message(self, message: Message, language: str) -> Document:
        said: Document = {"role": message.role, "said_at": iso(message.created_at), "text": message.text}
        if message.role == "shopper":
            return said
        parts = message.parts
        return {
            **said,
            "status": message.status,
            "answered_by": message.answered_by,
            "considered": parts.get("considered"),
            "picks": [self._pick(pick, language) for pick in parts.get("picks", ())],
            "question": parts.get("question"),
            "followups": parts.get("followups", {}).get("texts", []),
            "error": parts["error"]["message"] if "error" in parts else None,
        }

    def _pick(self, pick: Mapping[str, Any], language: str) -> Document:
        link = pick.get("link")
        return {
            **{name: pick.get(name) for name in PICK},
            "price": _price(pick.get("price"), language),
            "price_per_100g": _price(pick.get("price_per_100g"), language),
            "reasons": [{"quote": reason.get("quote", ""), "text": reason["text"]} for reason in pick.get("reasons", ())],
            "advertisement": bool(pick.get("affiliate")),
            "link": f"{self._address}{link}" if link else None,
        }


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _price(price: Mapping[str, Any] | None, language: str) -> Document | None:
    """As it was shown, and as numbers."""
    if price is None:
        return None
    shown = money(price["amount_minor"], price["currency"], language=language)
    return {**price, "shown": f"{shown} / {grams(price['grams'])}" if "grams" in price else shown}


def _trait(line: TraitLine) -> Document:
    return {
        "label": line.label,
        "facet": line.facet,
        "value": line.value,
        "polarity": line.polarity,
        "strength": line.strength,
        "said_by": line.source,
        "evidence": line.evidence,
        "written_at": iso(line.created_at) if line.created_at else None,
        "amount": str(line.amount) if line.amount is not None else None,
        "currency": line.currency,
        "grams": str(line.grams) if line.grams is not None else None,
    }
