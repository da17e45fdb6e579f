"""What lies on the table: the coffees that were offered, and those among them that a message means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from coffeebot.domain.bearing import Prices, bears, measure
from coffeebot.domain.folding import plain
from coffeebot.domain.message import OF_THE_OFFERED, Intent, Understanding
from coffeebot.domain.query import Candidate
from coffeebot.domain.reference import LAST, Reference
from coffeebot.domain.taste import Trait
from coffeebot.domain.verdict import Verdict
from coffeebot.models.database import Database
from coffeebot.models.search import find_these
from coffeebot.services.retrieval import Retrieval, dollars
from coffeebot.services.transcript import Turn
from coffeebot.services.why_not import WhyNot

REMEMBERED = 24  # coffees offered last that can still be pointed at


@dataclass(frozen=True, slots=True)
class Seen:
    """`about` are the coffees that a message speaks of, in its order; `prices` theirs per 100 g, in dollars."""

    about: tuple[Candidate, ...] = ()
    prices: Prices = field(default_factory=dict)
    verdict: Verdict | None = None

    @property
    def on_shelf(self) -> tuple[Candidate, ...]:
        """Those that may be shown again; a coffee that was asked after with "why not?" may break a must."""
        return self.about if self.verdict is None or self.verdict.fits else ()


class Table:
    def __init__(self, database: Database, retrieval: Retrieval, rates: Mapping[str, Decimal]) -> None:
        self._database = database
        self._rates = dict(rates)
        self._why_not = WhyNot(database, retrieval, rates)

    async def seen(self, turn: Turn, understood: Understanding, profile: Sequence[Trait]) -> Seen:
        """What the message means of what was offered; nothing is read when it speaks of none."""
        intent = understood.intent
        if not understood.references and intent not in OF_THE_OFFERED:
            return Seen()
        offered = await self._offered(turn)
        places = tuple(offered.get(coffee) for coffee in turn.table)
        prices = {coffee.id: price for coffee in offered.values() if (price := dollars(coffee, self._rates)) is not None}
        known = tuple(offered.values())
        found = [meant([r], places, known, focus(turn, offered), prices) or await self._called(r) for r in understood.references]
        about = tuple(dict.fromkeys(coffee for one in found for coffee in one)) if found else tuple(c for c in places if c)
        if intent is Intent.WHY_NOT:
            return await self._kept_out(understood, about, profile)
        return Seen(about, prices)

    async def _offered(self, turn: Turn) -> dict[UUID, Candidate]:
        """The coffees offered, as they are now; the latest last."""
        ids = list(dict.fromkeys((*list(turn.offered)[-REMEMBERED:], *turn.table)))
        if not ids:
            return {}
        async with self._database.reading() as connection:
            return {coffee.id: coffee for coffee in await find_these(connection, ids, rates=self._rates)}

    async def _kept_out(self, understood: Understanding, about: tuple[Candidate, ...], profile: Sequence[Trait]) -> Seen:
        reference = understood.references[0]
        coffee = about[0] if about else await self._why_not.nearest(reference, profile)
        if coffee is None:
            return Seen(verdict=Verdict(None, asked=reference.traits))
        return Seen((coffee,), verdict=await self._why_not.verdict(coffee, profile))

    async def _called(self, reference: Reference) -> tuple[Candidate, ...]:
        """A coffee that was never offered may be compared by its name."""
        coffee = await self._why_not.nearest(reference, ()) if reference.name else None
        return (coffee,) if coffee else ()


def focus(turn: Turn, offered: Mapping[UUID, Candidate]) -> tuple[Candidate, ...]:
    """The coffees that the last reply spoke of, in its order; those on the table when it spoke of none."""
    last = turn.said[-1] if turn.said else ""
    named = sorted(
        (last.find(f"**{coffee.name}**"), n, coffee) for n, coffee in enumerate(offered.values()) if f"**{coffee.name}**" in last
    )
    spoken_of = tuple(coffee for _, _, coffee in named)
    there = tuple(coffee for coffee in spoken_of if coffee.id in turn.table)  # a coffee of before may only have been the measure
    return there or spoken_of or tuple(offered[coffee] for coffee in turn.table if coffee in offered)


def meant(
    references: Sequence[Reference],
    places: Sequence[Candidate | None],
    offered: Sequence[Candidate],
    focused: Sequence[Candidate],
    prices: Prices,
) -> tuple[Candidate, ...]:
    """The coffees that references point at, each once."""
    there = [coffee for coffee in places if coffee]
    found: list[Candidate] = []
    for reference in references:
        found += _pointed(reference, places, there, offered, focused, prices)
    return tuple(dict.fromkeys(found))


def _pointed(
    reference: Reference,
    places: Sequence[Candidate | None],
    there: Sequence[Candidate],
    offered: Sequence[Candidate],
    focused: Sequence[Candidate],
    prices: Prices,
) -> list[Candidate]:
    if reference.place:
        at = len(places) - 1 if reference.place == LAST else reference.place - 1
        coffee = places[at] if 0 <= at < len(places) else None
        return [coffee] if coffee else []
    if reference.name:
        return [coffee for coffee in offered if plain(coffee.name) == plain(reference.name)][:1]
    if reference.aspect:
        known = [(value, -n, c) for n, c in enumerate(there) if (value := measure(c, reference.aspect, prices)) is not None]
        return [max(known, key=lambda one: one[:2])[2]] if known else []
    if reference.traits:
        like = [c for c in there if _is_such(c, reference)] or [c for c in reversed(offered) if _is_such(c, reference)]
        return like if reference.several else like[:1]
    if reference.two and len(focused) == 2:
        return list(focused)
    return list(there) if reference.several else list(focused[:1])


def _is_such(coffee: Candidate, reference: Reference) -> bool:
    return all(bears(coffee, trait) for trait in reference.traits)
