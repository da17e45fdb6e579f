"""One turn, start to end: what the page, POST /chat and the terminal all are faces of."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from coffeebot.domain.coffee_names import surely_called
from coffeebot.domain.errors import BaristaFailed
from coffeebot.domain.labels import label
from coffeebot.domain.likeness import likeness
from coffeebot.domain.message import COFFEELESS, OF_THE_OFFERED, Intent, Understanding
from coffeebot.domain.query import CoffeeQuery, Matches
from coffeebot.domain.question import next_question
from coffeebot.domain.taste import Facet, ProfileChange, Trait, active, apply, hard
from coffeebot.domain.turn import Answering, Considered, Done, Event, Profile, Question, Start
from coffeebot.domain.understanding import understand
from coffeebot.models.database import Database
from coffeebot.models.mark import hidden_from
from coffeebot.models.step import take_back
from coffeebot.models.trait import keep_traits, traits_of
from coffeebot.providers.llm.base import Account, Barista, Context, Said, Used
from coffeebot.providers.llm.house import HouseBarista
from coffeebot.providers.llm.knowledge import topics
from coffeebot.services.catalogue import Catalogue
from coffeebot.services.critiques import Critiques
from coffeebot.services.grounding import Grounding
from coffeebot.services.ledger import Ledger
from coffeebot.services.pen import Pen
from coffeebot.services.profile import lines
from coffeebot.services.questions import worded
from coffeebot.services.refinement import Refiner
from coffeebot.services.retrieval import Retrieval, query_for
from coffeebot.services.second_reading import PATIENCE, SecondReading
from coffeebot.services.shelf import TurnShelf
from coffeebot.services.summary import Memory, remembered
from coffeebot.services.table import Seen, Table
from coffeebot.services.transcript import Transcript, Turn

log = logging.getLogger(__name__)

NO_SEARCH = COFFEELESS | OF_THE_OFFERED


def wants_coffees(understood: Understanding) -> bool:
    """Whether the shelf has to be looked at; a question that the bar's own knowledge answers needs no coffee."""
    known = understood.intent is Intent.ASK and understood.topic in topics()
    return not known and understood.intent not in NO_SEARCH


class Conversation:
    """Takes turns. Knows neither the page nor HTTP; whoever iterates `reply` decides where its events go."""

    def __init__(
        self,
        database: Database,
        *,
        retrieval: Retrieval,
        catalogue: Catalogue,
        transcript: Transcript,
        barista: Barista,
        ledger: Ledger,
        rates: Mapping[str, Decimal],
        refiner: Refiner | None = None,
        history_tokens: int = 0,
        site_name: str = "",
    ) -> None:
        self._database = database
        self._retrieval = retrieval
        self._table = Table(database, retrieval, rates)
        self._critiques = Critiques(database, rates)
        self._catalogue = catalogue
        self._transcript = transcript
        self._barista = barista
        self._ledger = ledger
        self._rates = rates
        self._refiner = refiner
        self._grounding = Grounding(database)
        self._history_tokens = history_tokens
        self._site_name = site_name

    async def reply(self, turn: Turn) -> AsyncIterator[Event]:
        """The events of one reply, in the order of design: start, profile, considered, words and picks, question, done.

        Raises BaristaFailed when nobody can answer, or not to the end.
        """
        yield Start(conversation_id=turn.conversation_id, message_id=turn.message_id)
        understood, before, hidden = await self._understand(turn)
        profile = before if turn.resume else apply(before, understood.change)  # what goes on was understood when it began
        seen = await self._table.seen(turn, understood, active(profile))
        query = _query(turn, understood, active(profile), seen, hidden)
        if understood.coffee_name:
            matches = await self._found(understood, query)
            if asks_for(understood.coffee_name, matches):
                profile = before  # the words of a coffee's name are no wishes
            await self._keep(turn, before, profile)
        else:
            matches, _ = await asyncio.gather(self._found(understood, query), self._keep(turn, before, profile))
        yield Profile(traits=lines(profile, language=understood.language))
        if wants_coffees(understood):
            yield Considered(count=matches.count, unknown=matches.unknown)
        memory = remembered(turn, tokens=self._history_tokens)
        context = await self._context(turn, understood, active(profile), matches, query, memory, seen)
        pen = Pen(context, self._rates, shown=list(turn.shown))
        reading = SecondReading(self._database, self._refiner, self._ledger.meter(context.account), turn)
        try:
            async with reading:
                reading.begin(context, falling=memory.falling)
                async for event in self._speak(context, pen, reading):
                    yield event
                if pen.stranger:
                    await self._audit(turn, pen)
        finally:  # also of a reply that was stopped: what it showed was shown
            unmet = [label(t) for t in hard(active(profile))] if wants_coffees(understood) and not (matches.count or query.further) else []
            shown = [coffee for coffee in pen.shown if coffee not in turn.shown]
            summary = memory.kept(reading.summary)
            await self._transcript.finish(turn, language=understood.language, shown=shown, unmet=unmet, summary=summary)

    async def _understand(self, turn: Turn) -> tuple[Understanding, tuple[Trait, ...], frozenset[UUID]]:
        """What was just said, its traits marked with the message they came from; the profile before it, and the coffees that are hidden."""
        async with self._database.session() as session:
            before = await traits_of(session, turn.shopper_id, turn.conversation_id)
            hidden = await hidden_from(session, turn.shopper_id)
        understood = understand(turn.text, profile=before, asked=turn.asked_now, offered=turn.offered_last, earlier=_said_before(turn))
        understood = await self._critiques.heard(turn, understood, before)
        understood = await self._limited(understood, before, hidden)
        if understood.takes_back and not turn.resume:
            return replace(understood, change=ProfileChange()), await self._take_back(turn), hidden
        stamped = tuple(replace(trait, message_id=turn.answers) for trait in understood.change.add)
        return replace(understood, change=replace(understood.change, add=stamped)), before, hidden

    async def _limited(self, understood: Understanding, before: tuple[Trait, ...], hidden: frozenset[UUID]) -> Understanding:
        """ "The cheapest you have" is a limit once it is known what fits; it replaces the one before."""
        change = understood.change
        limit = await self._retrieval.cheapest(active(apply(before, change)), hidden=hidden) if understood.cheapest else None
        if limit is None:
            return understood
        older = (trait.id for trait in before if trait.facet is Facet.BUDGET)
        added = (*change.add, replace(limit, evidence=understood.cheapest))
        return replace(understood, change=ProfileChange(add=added, remove=tuple(dict.fromkeys((*change.remove, *older)))))

    async def _take_back(self, turn: Turn) -> tuple[Trait, ...]:
        """The profile without what was said last."""
        async with self._database.session() as session:
            await take_back(session, shopper_id=turn.shopper_id, conversation_id=turn.conversation_id, message_id=turn.answers)
            await session.flush()
            return await traits_of(session, turn.shopper_id, turn.conversation_id)

    async def _found(self, understood: Understanding, query: CoffeeQuery) -> Matches:
        if not wants_coffees(understood):
            return Matches(candidates=(), count=0, unknown=0)
        return await self._retrieval.search(query, counting=True)

    async def _keep(self, turn: Turn, before: tuple[Trait, ...], after: tuple[Trait, ...]) -> None:
        async with self._database.session() as session:
            await keep_traits(
                session, before, after, shopper_id=turn.shopper_id, conversation_id=turn.conversation_id, message_id=turn.answers
            )

    async def _context(
        self,
        turn: Turn,
        understood: Understanding,
        profile: tuple[Trait, ...],
        matches: Matches,
        query: CoffeeQuery,
        memory: Memory,
        seen: Seen,
    ) -> Context:
        asking = next_question(matches, profile, asked=turn.asked)
        return Context(
            message=turn.text,
            understanding=understood,
            profile=profile,
            matches=matches,
            turn=turn.number,
            question=worded(asking, language=understood.language, variant=turn.number) if asking else None,
            said=turn.said,
            coffees=matches.count or (await self._catalogue.summary()).coffees,
            history=memory.lines,
            summary=memory.summary,
            resume=turn.resume,
            shelf=TurnShelf(self._retrieval, query, (*seen.on_shelf, *matches.candidates), rates=self._rates),
            account=Account(turn.shopper_id, turn.conversation_id, turn.message_id),
            about=seen.about,
            prices=seen.prices,
            verdict=seen.verdict,
        )

    async def _speak(self, context: Context, pen: Pen, reading: SecondReading) -> AsyncIterator[Event]:
        """Words and cards; a card that was left out comes before the question. What was said before a failure is written down."""
        by, asked = self._barista.name, False
        usage: dict[str, int] = {}
        language = context.understanding.language
        try:
            async for speech in self._barista.reply(context):
                if news := await reading.news():
                    yield Profile(traits=lines(news, language=language))
                match speech:
                    case Answering():
                        by, pen.stranger = speech.by, speech.by != HouseBarista.name
                        yield speech
                    case Said(text):
                        for event in pen.write(text):
                            yield event
                    case Used():
                        usage = speech.usage
                    case Question() if asked:
                        continue  # at most one question a reply
                    case _:
                        asked = asked or isinstance(speech, Question)
                        for event in (*pen.close(), *pen.offer()):
                            yield event
                        yield speech
        except BaristaFailed:
            for event in pen.close():
                yield event
            raise
        for event in (*pen.close(), *pen.offer()):
            yield event
        if news := await reading.news(patience=PATIENCE):
            yield Profile(traits=lines(news, language=language))
        yield Done(answered_by=by, usage=usage)

    async def _audit(self, turn: Turn, pen: Pen) -> None:
        """Notes coffees that a model named and did not offer."""
        context = pen.context
        allowed = [*turn.offered.values(), *(r.nearest.name for r in context.matches.relax if r.nearest)]
        allowed += [self._site_name, context.message, context.summary, *(line.text for line in context.history)]
        language = context.understanding.language
        names = await self._grounding.ungrounded(pen.text, shelf=context.candidates, allowed=allowed, language=language)
        if names:
            log.warning("ungrounded: %d coffees named and not offered: %s", len(names), "; ".join(names))


def _said_before(turn: Turn) -> list[str]:
    return [line.text for _, line in turn.lines if line.role == "shopper"][-3:]


def _query(turn: Turn, understood: Understanding, profile: tuple[Trait, ...], seen: Seen, hidden: frozenset[UUID]) -> CoffeeQuery:
    query = replace(query_for(understood, profile), hidden=hidden)
    if understood.like and seen.about:
        measure = seen.about[0]
        alike = likeness(measure, without={trait.facet for trait in understood.change.add})
        return replace(query, traits=(*query.traits, *alike), exclude=frozenset({measure.id}))
    others = understood.intent is Intent.MORE or (understood.intent is Intent.COMPLAINT and not understood.topic)
    return replace(query, exclude=frozenset(turn.offered)) if others else query


def asks_for(coffee_name: str | None, matches: Matches) -> bool:
    """Whether the coffee that a message seems to name was found."""
    if not coffee_name or not matches.candidates:
        return False
    return surely_called(matches.candidates[0], coffee_name)
