"""The taste profile as the shopper reads and changes it."""

from uuid import UUID

from coffeebot.domain.errors import NotFound
from coffeebot.domain.labels import label
from coffeebot.domain.taste import ProfileChange, Trait, apply, said_with
from coffeebot.domain.turn import Considered, TraitLine
from coffeebot.models.conversation import owned
from coffeebot.models.database import Database
from coffeebot.models.step import take_back
from coffeebot.models.trait import keep_traits, traits_of
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

    async def change(self, change: ProfileChange, *, shopper_id: UUID, conversation_id: str) -> tuple[TraitLine, ...]:
        """What the shopper writes and strikes out by hand, in one step; returns the card. A line that was edited has a new id."""
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            before = await traits_of(session, shopper_id, conversation_id)
            after = apply(before, change, by_hand=True)
            await keep_traits(session, before, after, shopper_id=shopper_id, conversation_id=conversation_id)
            return lines(after, language=conversation.language)

    async def remove(self, trait_id: UUID, *, shopper_id: UUID, conversation_id: str) -> tuple[TraitLine, ...]:
        """Strikes one line out, with what the same words wrote beside it; returns what is left."""
        async with self._database.session() as session:
            await owned(session, conversation_id, shopper_id)
            profile = await traits_of(session, shopper_id, conversation_id)
        line = next((trait for trait in profile if trait.id == trait_id), None)
        if line is None:
            raise NotFound("That line is no longer on the card.")
        change = ProfileChange(remove=tuple(trait.id for trait in said_with(line, profile)))
        return await self.change(change, shopper_id=shopper_id, conversation_id=conversation_id)

    async def undo(self, *, shopper_id: UUID, conversation_id: str) -> tuple[TraitLine, ...]:
        """Takes the newest change of the card back, whoever made it: a message or a hand. Returns the card as it was before."""
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            if not await take_back(session, shopper_id=shopper_id, conversation_id=conversation_id):
                raise NotFound("There is nothing left to take back.")
            await session.flush()
            return lines(await traits_of(session, shopper_id, conversation_id), language=conversation.language)

    async def fitting(self, conversation_id: str, *, shopper_id: UUID) -> Considered:
        """How many coffees keep every must of the profile as it stands."""
        async with self._database.session() as session:
            profile = await traits_of(session, shopper_id, conversation_id)
        return await self._retrieval.count(profile)
