"""The taste profile as the shopper reads and changes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from coffeebot.domain.choices import BREWING, LIMITS, facet_of, named, written
from coffeebot.domain.errors import BadInput, NotFound
from coffeebot.domain.labels import label, together
from coffeebot.domain.query import Candidate
from coffeebot.domain.refusal import Refusal, refusal, refusals
from coffeebot.domain.taste import Polarity, ProfileChange, Source, Trait, apply, rewritten
from coffeebot.domain.turn import TraitLine
from coffeebot.domain.understanding import understand
from coffeebot.domain.untrusted import typed
from coffeebot.models import Event
from coffeebot.models.conversation import owned
from coffeebot.models.database import Database
from coffeebot.models.mark import MarkKind, lift_mark, set_mark
from coffeebot.models.search import find_these
from coffeebot.models.step import take_back, take_back_step
from coffeebot.models.trait import keep_traits, traits_of

LONGEST_SENTENCE = 300
STRENGTHS = (1, 2, 3)

Profile = tuple[Trait, ...]


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes a change by hand back: its step, and a coffee that was hidden."""

    step: int | None = None
    hidden: UUID | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """The profile after a change by hand, what it was before, and how to take the change back."""

    lines: tuple[TraitLine, ...]
    before: Profile
    undo: Undo = Undo()


def lines(profile: Profile, *, language: str = "en") -> tuple[TraitLine, ...]:
    """The profile as it goes over the wire, each trait with the words a card shows."""
    return tuple(
        TraitLine(
            id=t.id, facet=t.facet, value=t.value, polarity=t.polarity, strength=t.strength, label=label(t, language=language),
            evidence=t.evidence, source=t.source, amount=t.amount, currency=t.currency, grams=t.grams, created_at=t.created_at,
            paused=t.paused,
        )
        for t in profile
    )  # fmt: skip


class Profiles:
    """Every change takes the shopper and the conversation, and raises NotFound for what is not theirs."""

    def __init__(self, database: Database, rates: Mapping[str, Decimal]) -> None:
        self._database = database
        self._rates = dict(rates)

    async def change(self, change: ProfileChange, *, shopper_id: UUID, conversation_id: str) -> Changed:
        """What the shopper writes and strikes out by hand, in one step. A line that was edited has a new id."""
        return await self._change(lambda profile, _: apply(profile, change, by_hand=True), shopper_id, conversation_id)

    async def remove(self, trait_id: UUID, *, shopper_id: UUID, conversation_id: str) -> Changed:
        """Strikes one line out, with what the same words wrote beside it."""

        def struck(profile: Profile, _: str) -> Profile:
            gone = beside(profile, trait_id)
            return tuple(t for t in profile if t not in gone)

        return await self._change(struck, shopper_id, conversation_id)

    async def pause(self, trait_id: UUID, *, paused: bool | None = None, shopper_id: UUID, conversation_id: str) -> Changed:
        """A line is only kept from now on, with what the same words wrote; or applied again. None turns it round."""

        def turned(profile: Profile, _: str) -> Profile:
            these = beside(profile, trait_id)
            rests = not these[0].paused if paused is None else paused
            return _turned(profile, these, rests)

        return await self._change(turned, shopper_id, conversation_id)

    async def rest(self, rests: bool, *, shopper_id: UUID, conversation_id: str) -> Changed:
        """Every line is only kept from now on, or applied again."""
        return await self._change(lambda profile, _: _turned(profile, profile, rests), shopper_id, conversation_id)

    async def edit(
        self, trait_id: UUID, *, value: object, polarity: object, strength: object, shopper_id: UUID, conversation_id: str
    ) -> Changed:
        """Writes a line anew by hand. An unchanged value keeps the words that it came from. Raises BadInput."""

        def edited(profile: Profile, language: str) -> Profile:
            these = beside(profile, trait_id)
            old = these[0]
            kept = value in ("", None, named(old, language))
            new = these if kept else [_instead(old, value, language)]
            return rewritten(profile, [_weighed(t, polarity, strength) for t in new], instead_of=these)

        return await self._change(edited, shopper_id, conversation_id)

    async def add(self, *, facet: object, value: object, polarity: object, shopper_id: UUID, conversation_id: str) -> Changed:
        """A line chosen from the vocabulary. Raises BadInput."""

        def added(profile: Profile, language: str) -> Profile:
            return rewritten(profile, [_weighed(written(facet_of(facet), value, language=language), polarity, 2)])

        return await self._change(added, shopper_id, conversation_id)

    async def write(self, sentence: object, *, shopper_id: UUID, conversation_id: str) -> Changed:
        """Lines read from a sentence of the shopper's; also what it takes back goes. Raises BadInput when nothing was understood."""
        said = typed(sentence)
        if not said or len(said) > LONGEST_SENTENCE:
            raise BadInput("Write a sentence of at most {most} characters.", most=LONGEST_SENTENCE)

        def read(profile: Profile, _: str) -> Profile:
            change = understand(said, profile=profile).change
            new = [replace(t, source=Source.SHOPPER) for t in change.add]
            if not new and not change.remove:
                raise BadInput("I read no taste in that. Try “nothing dark” or “berries, under $20”.")
            return apply(profile, replace(change, add=tuple(new)), by_hand=True)

        return await self._change(read, shopper_id, conversation_id)

    async def refusals(self, coffee_id: UUID) -> tuple[Refusal, ...]:
        """The reasons that a coffee gives to say "not for me"."""
        return refusals(await self._coffee(coffee_id))

    async def refuse(self, coffee_id: UUID, key: object, *, shopper_id: UUID, conversation_id: str) -> Changed:
        """ "Not for me": the reason becomes a line by hand, or hides this coffee. Raises BadInput for a reason it gives no cause for."""
        reason = refusal(await self._coffee(coffee_id), key)
        if reason is None:
            raise BadInput("Choose one of the reasons that the card shows.")
        async with self._database.session() as session:
            said = [reason.trait] if reason.trait else []
            changed = await self._rewritten(session, lambda profile, _: rewritten(profile, said), shopper_id, conversation_id)
            hides = not said and await set_mark(session, shopper_id, MarkKind.HIDDEN, coffee_id)
            musts = [label(trait) for trait in said]
            session.add(
                Event(
                    kind="refused", shopper_id=shopper_id, conversation_id=conversation_id, coffee_id=coffee_id, offer_id=None, musts=musts
                )
            )
        return replace(changed, undo=replace(changed.undo, hidden=coffee_id if hides else None))

    async def unhide(self, coffee_id: UUID, *, shopper_id: UUID, conversation_id: str) -> Changed:
        """A coffee that was hidden may be shown again."""
        async with self._database.session() as session:
            changed = await self._rewritten(session, lambda profile, _: profile, shopper_id, conversation_id)
            await lift_mark(session, shopper_id, MarkKind.HIDDEN, coffee_id)
        return changed

    async def undo(self, undo: Undo | None = None, *, shopper_id: UUID, conversation_id: str) -> Changed:
        """Takes a change by hand back, whatever was said since; without one the newest change, whoever made it."""
        async with self._database.session() as session:
            conversation = await owned(session, conversation_id, shopper_id)
            before = await traits_of(session, shopper_id, conversation_id)
            if undo is None and not await take_back(session, shopper_id=shopper_id, conversation_id=conversation_id):
                raise NotFound("There is nothing left to take back.")
            if undo and undo.step is not None:
                await take_back_step(session, undo.step, shopper_id=shopper_id)
            if undo and undo.hidden:
                await lift_mark(session, shopper_id, MarkKind.HIDDEN, undo.hidden)
            await session.flush()
            return Changed(lines(await traits_of(session, shopper_id, conversation_id), language=conversation.language), before)

    async def _coffee(self, coffee_id: UUID) -> Candidate:
        async with self._database.reading() as connection:
            found = await find_these(connection, [coffee_id], rates=self._rates)
        if not found:
            raise NotFound("That coffee is no longer on the shelf.")
        return found[0]

    async def _change(self, edit: Callable[[Profile, str], Profile], shopper_id: UUID, conversation_id: str) -> Changed:
        async with self._database.session() as session:
            return await self._rewritten(session, edit, shopper_id, conversation_id)

    async def _rewritten(
        self, session: AsyncSession, edit: Callable[[Profile, str], Profile], shopper_id: UUID, conversation_id: str
    ) -> Changed:
        """`edit` takes the profile and the conversation's language."""
        conversation = await owned(session, conversation_id, shopper_id)
        before = await traits_of(session, shopper_id, conversation_id)
        after = edit(before, conversation.language)
        step = await keep_traits(session, before, after, shopper_id=shopper_id, conversation_id=conversation_id)
        return Changed(lines(await traits_of(session, shopper_id, conversation_id), language=conversation.language), before, Undo(step))


def beside(profile: Sequence[Trait], trait_id: UUID) -> list[Trait]:
    """A line and those that the same words wrote; NotFound when it is not there."""
    found = next((same for same in together(profile) if any(t.id == trait_id for t in same)), None)
    if found is None:
        raise NotFound("That line is no longer on the card.")
    return found


def _turned(profile: Profile, these: Sequence[Trait], rests: bool) -> Profile:
    """The profile with these lines resting, or applied."""
    return tuple(replace(t, id=uuid4(), paused=rests) if t in these and t.paused != rests else t for t in profile)


def _instead(old: Trait, value: object, language: str) -> Trait:
    new = written(old.facet, value, language=language, currency=old.currency or "USD")
    return replace(new, polarity=old.polarity, strength=old.strength, paused=old.paused)


def _weighed(trait: Trait, polarity: object, strength: object) -> Trait:
    """The line with what was chosen for it; a limit stays a must, and how one brews stays a wish."""
    if polarity not in tuple(Polarity) or strength not in STRENGTHS:
        raise BadInput("Choose must, like or avoid, and one of three strengths.")
    if trait.facet in LIMITS or trait.facet in BREWING:
        return trait
    return replace(trait, polarity=Polarity(str(polarity)), strength=int(str(strength)))
