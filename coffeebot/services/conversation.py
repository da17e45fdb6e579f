"""One turn, start to end: what the page, POST /chat and the terminal all are faces of."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from rapidfuzz.fuzz import token_set_ratio

from coffeebot.domain.folding import plain
from coffeebot.domain.labels import label
from coffeebot.domain.message import Intent, Understanding
from coffeebot.domain.query import Candidate, Matches
from coffeebot.domain.question import next_question
from coffeebot.domain.taste import Trait, apply, hard
from coffeebot.domain.turn import Considered, Delta, Done, Event, Pick, Profile, Question, Start
from coffeebot.domain.understanding import understand
from coffeebot.models.database import Database
from coffeebot.models.trait import keep_traits, traits_of
from coffeebot.providers.llm.base import Barista, Context, Said, Used
from coffeebot.providers.llm.knowledge import topics
from coffeebot.services.cards import card
from coffeebot.services.catalogue import Catalogue
from coffeebot.services.profile import lines
from coffeebot.services.questions import worded
from coffeebot.services.references import Reference, ReferenceParser, Words
from coffeebot.services.retrieval import Retrieval, query_for
from coffeebot.services.transcript import Transcript, Turn

SAME_NAME = 85.0  # of 100: a typo or two, and words in another order
NOT_ABOUT_COFFEES = {Intent.THANKS, Intent.OFF_TOPIC, Intent.HOSTILE}


def wants_coffees(understood: Understanding) -> bool:
    """Whether the shelf has to be looked at; a question that the bar's own knowledge answers needs no coffee."""
    known = understood.intent is Intent.ASK and understood.topic in topics()
    return not known and understood.intent not in NOT_ABOUT_COFFEES


@dataclass(slots=True)
class Outcome:
    """What the turn came to, for the record: filled while its events go out."""

    language: str = "en"
    shown: list[UUID] = field(default_factory=list)
    unmet: list[str] = field(default_factory=list)


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
        rates: Mapping[str, Decimal],
    ) -> None:
        self._database = database
        self._retrieval = retrieval
        self._catalogue = catalogue
        self._transcript = transcript
        self._barista = barista
        self._rates = rates

    async def reply(self, turn: Turn) -> AsyncIterator[Event]:
        """The events of one reply, in the order of design: start, profile, considered, words and picks, question, done.

        Raises BaristaFailed when nobody can answer.
        """
        outcome = Outcome()
        yield Start(conversation_id=turn.conversation_id, message_id=turn.message_id)
        understood, before = await self._understand(turn)
        outcome.language = understood.language
        profile = apply(before, understood.change)
        matches = await self._search(turn, understood, profile)
        if asks_for(understood.coffee_name, matches):
            profile = before  # the words of a coffee's name are no wishes
        await self._keep(turn, before, profile)
        yield Profile(traits=lines(profile, language=understood.language))
        if wants_coffees(understood):
            yield Considered(count=matches.count, unknown=matches.unknown)
        if wants_coffees(understood) and not matches.count:
            outcome.unmet = [label(t) for t in hard(profile)]
        context = await self._context(turn, understood, profile, matches)
        try:
            async for event in self._speak(context, outcome):
                yield event
        finally:  # also of a reply that was stopped: what it showed was shown
            await self._transcript.finish(turn, language=outcome.language, shown=outcome.shown, unmet=outcome.unmet)

    async def _understand(self, turn: Turn) -> tuple[Understanding, tuple[Trait, ...]]:
        """What was just said, its traits marked with the message they came from, and the profile before it."""
        async with self._database.session() as session:
            before = await traits_of(session, turn.shopper_id, turn.conversation_id)
        understood = understand(turn.text, profile=before, asked=turn.asked_now, offered=turn.offered_last)
        stamped = tuple(replace(trait, message_id=turn.answers) for trait in understood.change.add)
        return replace(understood, change=replace(understood.change, add=stamped)), before

    async def _keep(self, turn: Turn, before: tuple[Trait, ...], after: tuple[Trait, ...]) -> None:
        async with self._database.session() as session:
            await keep_traits(session, before, after, shopper_id=turn.shopper_id, conversation_id=turn.conversation_id)

    async def _search(self, turn: Turn, understood: Understanding, profile: tuple[Trait, ...]) -> Matches:
        if not wants_coffees(understood):
            return Matches(candidates=(), count=0, unknown=0)
        query = query_for(understood, profile)
        if understood.intent is Intent.MORE:
            query = replace(query, exclude=frozenset(turn.offered))
        return await self._retrieval.search(query)

    async def _context(self, turn: Turn, understood: Understanding, profile: tuple[Trait, ...], matches: Matches) -> Context:
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
        )

    async def _speak(self, context: Context, outcome: Outcome) -> AsyncIterator[Event]:
        pen = _Pen(context, outcome, self._rates)
        usage: dict[str, int] = {}
        questions = 0
        async for speech in self._barista.reply(context):
            match speech:
                case Said(text):
                    for event in pen.write(text):
                        yield event
                case Used():
                    usage = speech.usage
                case Question() if (questions := questions + 1) > 1:
                    continue  # at most one question a reply
                case _:
                    for event in pen.close():
                        yield event
                    yield speech
        for event in pen.close():
            yield event
        yield Done(answered_by=self._barista.name, usage=usage)


def asks_for(coffee_name: str | None, matches: Matches) -> bool:
    """Whether the coffee that a message seems to name was found."""
    if not coffee_name or not matches.candidates:
        return False
    first = matches.candidates[0]
    return token_set_ratio(plain(coffee_name), plain(f"{first.roaster} {first.name}")) >= SAME_NAME


@dataclass(slots=True)
class _Pen:
    """Writes prose, with a card the first time a coffee is named."""

    context: Context
    outcome: Outcome
    rates: Mapping[str, Decimal]
    _trade_offs: list[str] = field(default_factory=list)
    _parser: ReferenceParser = field(init=False)

    def __post_init__(self) -> None:
        self._parser = ReferenceParser(len(self.context.matches.candidates))

    def write(self, text: str) -> Iterator[Event]:
        yield from self._events(self._parser.feed(text))

    def close(self) -> Iterator[Event]:
        yield from self._events(self._parser.close())

    def _events(self, parsed: Iterator[Words | Reference]) -> Iterator[Event]:
        for piece in parsed:
            if isinstance(piece, Words):
                yield Delta(text=piece.text)
                continue
            coffee = self.context.matches.candidates[piece.index]
            if piece.first:
                yield self._card(coffee)
            yield Delta(text=f"**{coffee.name.replace('*', '')}**")

    def _card(self, coffee: Candidate) -> Pick:
        beside = self.context.matches.candidates[:3]
        language = self.context.understanding.language
        pick = card(coffee, beside, self.context.profile, language=language, rates=self.rates, said=self._trade_offs)
        self._trade_offs.append(pick.trade_off)
        self.outcome.shown.append(coffee.id)
        return pick
