"""The taste profile as the shopper reads and changes it."""

from uuid import UUID

from coffeebot.domain.errors import NotFound
from coffeebot.domain.labels import label
from coffeebot.domain.taste import Trait
from coffeebot.domain.turn import Considered, TraitLine
from coffeebot.models.conversation import owned
from coffeebot.models.database import Database
from coffeebot.models.trait import TraitRow, strike, traits_of
from coffeebot.services.retrieval import Retrieval


def lines(profile: tuple[Trait, ...], *, language: str = "en") -> tuple[TraitLine, ...]:
    """The profile as it goes over the wire, each trait with the words a card shows."""
    return tuple(
        TraitLine(
            id=t.id, facet=t.facet, value=t.value, polarity=t.polarity, strength=t.strength, label=label(t, language=language),
            evidence=t.evidence, source=t.source, amount=t.amount, currency=t.currency, grams=t.grams, created_at=t.created_at,
        )
        for t in profile
    )  # fmt: skip


class Profiles:
    def __init__(self, database: Database, retrieval: Retrieval) -> None:
        self._database = database
        self._retrieval = retrieval

    async def remove(self, trait_id: UUID, *, shopper_id: UUID, conversation_id: str) -> tuple[TraitLine, ...]:
        """Strikes one line out, with what the same words wrote beside it; returns what is left."""
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            row = await session.get(TraitRow, trait_id)
            if row is None or row.shopper_id != shopper_id:
                raise NotFound("That line is no longer on the card.")
            await strike(session, row)
            return lines(await traits_of(session, shopper_id, conversation_id), language=conversation.language)

    async def fitting(self, conversation_id: str, *, shopper_id: UUID) -> Considered:
        """How many coffees keep every must of the profile as it stands."""
        async with self._database.session() as session:
            profile = await traits_of(session, shopper_id, conversation_id)
        return await self._retrieval.count(profile)
