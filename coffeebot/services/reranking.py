"""Ranks the cards of the latest offer again when the shopper changed the profile by hand: from facts, no language model is asked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.labels import joint, together
from coffeebot.domain.query import Candidate, CoffeeQuery
from coffeebot.domain.taste import Trait, active
from coffeebot.domain.turn import Considered
from coffeebot.models import Message
from coffeebot.models.conversation import messages_of, owned
from coffeebot.models.database import Database
from coffeebot.models.mark import hidden_from
from coffeebot.models.search import find_these
from coffeebot.models.trait import traits_of
from coffeebot.services.cards import cards
from coffeebot.services.replies import Replies
from coffeebot.services.retrieval import Retrieval
from coffeebot.services.why_not import WhyNot

LOOKED_BACK = 40  # messages among which the latest offer is looked for
STAYS = 0.03  # what a coffee that lies there must be beaten by: less than a hedged wish, more than a difference nobody asked for

Card = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Offer:
    """A message's cards as they stand: `parts` of the message `message_id`."""

    message_id: UUID
    parts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a change came to: how many coffees keep every must now, and the cards ranked again, if there were any."""

    considered: Considered
    offer: Offer | None


class Reranking:
    def __init__(self, database: Database, retrieval: Retrieval, why_not: WhyNot, replies: Replies, rates: Mapping[str, Decimal]) -> None:
        self._database = database
        self._replies = replies
        self._retrieval = retrieval
        self._why_not = why_not
        self._rates = dict(rates)

    async def rank(self, conversation_id: str, *, shopper_id: UUID, before: Sequence[Trait]) -> Ranked:
        """The latest offer under the profile as it stands, stored; it is left alone while its reply runs.

        Cards that fit come first, best first; the best of the shelf take the places that became free. Those that stepped back are kept
        under "behind", each with why. A profile that is again as it was when they were offered brings all of them back as they were;
        `before` is the profile until this change.
        """
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            offer = latest(await messages_of(session, conversation_id, limit=LOOKED_BACK))
            profile = await traits_of(session, shopper_id, conversation_id)
            hidden = await hidden_from(session, shopper_id)
        if offer is None:
            return Ranked(await self._retrieval.count(active(profile), hidden=hidden), None)
        first = offer.parts.get("offered") or {"picks": offer.parts["picks"], "for": _print(before)}
        parts = {key: part for key, part in offer.parts.items() if key not in ("offered", "behind")}
        parts["ranked"] = offer.parts.get("ranked", 0) + 1
        if _print(profile) == first["for"] and not hidden.intersection(_ids(first["picks"])):
            parts["picks"], considered = first["picks"], await self._retrieval.count(active(profile), hidden=hidden)
        else:
            parts["offered"] = first
            ranked = await self._ranked(first["picks"], active(profile), hidden, conversation.language)
            parts["picks"], parts["behind"], considered = ranked
        async with self._database.session() as session:
            await session.execute(sa.update(Message).where(col(Message.id) == offer.id).values(parts=parts))
        self._replies.forget(conversation_id)
        return Ranked(considered, Offer(offer.id, parts))

    async def _ranked(
        self, offered: Sequence[Card], profile: tuple[Trait, ...], hidden: frozenset[UUID], language: str
    ) -> tuple[list[Card], list[Card], Considered]:
        ids = _ids(offered)
        fitting = await self._retrieval.among([coffee for coffee in ids if coffee not in hidden], profile)
        query = CoffeeQuery(traits=profile, exclude=frozenset(ids), hidden=hidden, limit=len(ids))
        others = await self._retrieval.search(query)
        worth = [*((c.relevance + STAYS, c) for c in fitting), *((c.relevance, c) for c in others.candidates)]
        ranked = [coffee for _, coffee in sorted(worth, key=lambda one: -one[0])][: len(ids)]
        taken = {coffee.id for coffee in ranked}
        behind = [pick for pick, coffee in zip(offered, ids, strict=True) if coffee not in taken]
        picks = [json.loads(pick.data()) for pick in cards(ranked, profile, language=language, rates=self._rates)]
        considered = Considered(count=others.count, unknown=others.unknown)
        return picks, await self._stepped_back(behind, profile, hidden, language), considered

    async def _stepped_back(self, behind: Sequence[Card], profile: tuple[Trait, ...], hidden: frozenset[UUID], language: str) -> list[Card]:
        async with self._database.reading() as connection:
            there = {coffee.id: coffee for coffee in await find_these(connection, _ids(behind), rates=self._rates)} if behind else {}
        return [{**pick, "why": await self._why(there.get(UUID(pick["id"])), profile, hidden, language)} for pick in behind]

    async def _why(self, coffee: Candidate | None, profile: tuple[Trait, ...], hidden: frozenset[UUID], language: str) -> Mapping[str, Any]:
        """What a card that stepped back says: "kind" is gone, hidden, broken, unknown or outranked; the musts in its way by label."""
        if coffee is None or coffee.id in hidden:
            return {"kind": "gone" if coffee is None else "hidden", "musts": []}
        breaches = await self._why_not.breaches(coffee, profile)
        way = breaches.broken or breaches.unknown
        kind = "broken" if breaches.broken else "unknown" if breaches.unknown else "outranked"
        return {"kind": kind, "musts": [{"id": str(same[0].id), "label": joint(same, language=language)} for same in together(way)]}


def latest(messages: Sequence[Message]) -> Message | None:
    """The last reply that looked at the shelf and offered something, once it is over."""
    offers = [m for m in messages if m.role == "barista" and "considered" in m.parts and (m.parts.get("picks") or m.parts.get("offered"))]
    return offers[-1] if offers and offers[-1].status != "running" else None


def _ids(picks: Sequence[Card]) -> list[UUID]:
    return [UUID(pick["id"]) for pick in picks]


def _print(profile: Sequence[Trait]) -> list[list[str]]:
    """What of a profile the order depends on."""
    return sorted(
        [
            t.facet.value,
            t.value,
            t.polarity.value,
            str(t.strength),
            t.group,
            t.currency or "",
            f"{t.amount or 0:.4f}",
            f"{t.grams or 0:.2f}",
        ]
        for t in active(profile)
    )
