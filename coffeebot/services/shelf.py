"""The coffees of one turn, in the order of their references, and the search that a model may add to them with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from coffeebot.domain.coffee import from_minor
from coffeebot.domain.coffee_names import is_called
from coffeebot.domain.errors import BadInput
from coffeebot.domain.folding import plain
from coffeebot.domain.labels import joint, label
from coffeebot.domain.query import Candidate, CoffeeQuery, Filters, Matches
from coffeebot.domain.taste import Facet, Polarity, Source, Trait
from coffeebot.models.conditions import budget_ends
from coffeebot.providers.llm.base import Found
from coffeebot.services.retrieval import Retrieval

MOST = 6  # coffees that one search brings
NAMED = 40  # coffees among which one is looked for by its name
CHEAPER = Decimal("0.998")  # of a price: below it by more than the grace that a limit is given
_SEVERAL = {Facet.FLAVOUR, Facet.NOTE, Facet.FLAG}  # a coffee can have several; of other facets values are alternatives


class TurnShelf:
    """`query` is what the turn asked for; its musts hold for every coffee that a search adds."""

    def __init__(self, retrieval: Retrieval, query: CoffeeQuery, candidates: Sequence[Candidate], *, rates: Mapping[str, Decimal]) -> None:
        self._retrieval = retrieval
        self._query = query
        self._candidates = list(candidates)
        self._rates = dict(rates)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(self._candidates)

    async def search(self, filters: Filters) -> Found:
        """At most six coffees. With a limit on the price a coffee comes back with the offer that keeps it."""
        if filters == Filters():
            return Found(error="Say what to look for: every filter is empty.")
        try:
            named = await self._named(filters)
            query = self._narrowed(filters, named)
        except BadInput as fault:
            return Found(error=str(fault))
        matches = await self._retrieval.search(query)
        ids = {coffee.id for coffee in named or matches.candidates}
        found = [coffee for coffee in matches.candidates if coffee.id in ids][:MOST]
        if not found:
            return Found(error=self._why_none(matches, filters))
        priced = query.traits != self._query.traits
        coffees = tuple(self._placed(coffee, priced=priced) for coffee in found)
        return Found(coffees, len(found) if named else matches.count, matches.unknown)

    def _placed(self, coffee: Candidate, *, priced: bool) -> tuple[str, Candidate]:
        """The coffee as it stands on the shelf, under its old reference or the next."""
        place = next((n for n, known in enumerate(self._candidates) if known.id == coffee.id), len(self._candidates))
        if place == len(self._candidates):
            self._candidates.append(coffee)
        elif priced:
            self._candidates[place] = coffee
        return f"c{place + 1}", self._candidates[place]

    async def _named(self, filters: Filters) -> tuple[Candidate, ...]:
        """The coffees of the name that is asked for, whether they keep the musts or not."""
        if not filters.coffee_name:
            return ()
        matches = await self._retrieval.search(CoffeeQuery(coffee_name=filters.coffee_name, limit=NAMED))
        roasters = [plain(t.value) for t in filters.traits if t.facet is Facet.ROASTER]
        alike = tuple(c for c in matches.candidates if is_called(c, filters.coffee_name) and _is_by(c, roasters))
        if not alike:
            raise BadInput(f"No coffee here is called {filters.coffee_name[:80]!r}.")
        return alike

    def _narrowed(self, filters: Filters, named: Sequence[Candidate]) -> CoffeeQuery:
        """What the turn asked for and the filters. Raises BadInput."""
        compared = self._referred(filters.cheaper_than) if filters.cheaper_than else None
        prices = [t for t in filters.traits if t.facet is Facet.BUDGET]
        further = [t for t in filters.traits if t.facet is not Facet.BUDGET and not (named and t.facet is Facet.ROASTER)]
        if compared:
            prices.append(self._below(compared))
        return replace(
            self._query,
            traits=self._priced(prices),
            further=(*further, *map(_this_one, named)),
            text=filters.text or self._query.text,
            coffee_name=None,
            exclude=frozenset({compared.id} if compared else ()) | (frozenset() if named else self._query.exclude),
            limit=NAMED if named else MOST,
        )

    def _referred(self, reference: str) -> Candidate:
        number = reference.strip("[] ").removeprefix("c")
        if not (len(number) < 5 and number.isascii() and number.isdigit() and 1 <= int(number) <= len(self._candidates)):
            raise BadInput(f"There is no coffee {reference[:20]!r}: the references are c1 to c{len(self._candidates)}.")
        return self._candidates[int(number) - 1]

    def _below(self, coffee: Candidate) -> Trait:
        """A limit that only cheaper coffees keep."""
        if coffee.amount_minor is None or coffee.currency is None or not coffee.grams:
            raise BadInput("The price of that coffee is not known, so nothing can be said to be cheaper.")
        amount = from_minor(coffee.amount_minor, coffee.currency) * CHEAPER
        return Trait(Facet.BUDGET, "max", source=Source.LLM, amount=amount, currency=coffee.currency, grams=coffee.grams)

    def _priced(self, prices: Sequence[Trait]) -> tuple[Trait, ...]:
        """The turn's own traits, and the limits that are narrower than the shopper's."""
        for price in prices:
            if price.currency not in self._rates:
                raise BadInput(f"I cannot compare prices in {price.currency}. I know: {', '.join(self._rates)}.")
        stated = [t for t in self._query.musts if t.facet is Facet.BUDGET]
        asked, both = budget_ends(prices, self._rates), budget_ends([*prices, *stated], self._rates)
        if _crossed(asked):
            raise BadInput("The lowest price is above the highest.")
        if _crossed(both):
            raise BadInput(_holds(joint(stated)))
        narrower = both != budget_ends(stated, self._rates)
        return (*prices, *self._query.traits) if narrower else self._query.traits

    def _why_none(self, matches: Matches, filters: Filters) -> str:
        """What stands in the way: what the shopper asked for first."""
        if matches.count and not filters.coffee_name:
            return "There is nothing else: what fits was shown before, or is the coffee itself."
        unsure = f" {matches.unknown} more do not say enough to tell." if matches.unknown else ""
        own = {must.id for must in self._query.musts}
        standing = [r for r in matches.relax if r.trait.id in own]
        if standing:
            told = "; ".join(f"{joint(self._beside(r.trait))} (without it {r.opens} would fit)" for r in standing)
            return _holds(told) + unsure
        if opposed := list(self._opposed(filters.traits)):
            return _holds("; ".join(label(must) for must in opposed)) + unsure
        told = "; ".join(f"{label(r.trait)} (without it {r.opens} would fit)" for r in matches.relax if r.trait in filters.traits)
        return f"Nothing fits all of this. Ask for less{': ' + told if told else ''}.{unsure}"

    def _beside(self, trait: Trait) -> list[Trait]:
        """The musts that a trait is one condition with: alternatives, or both ends of a budget."""
        alike = [m for m in self._query.musts if m.facet is trait.facet and m.polarity is trait.polarity]
        if trait.polarity is Polarity.AVOID:
            return [trait]
        return [m for m in alike if m.id == trait.id or m.facet not in _SEVERAL or (m.group and m.group == trait.group)]

    def _opposed(self, asked: Sequence[Trait]) -> Iterator[Trait]:
        """The musts that say the contrary of a filter."""
        for must in self._query.musts:
            wanted = {t.value for t in asked if t.facet is must.facet and t.polarity is not Polarity.AVOID}
            unwanted = {t.value for t in asked if t.facet is must.facet and t.polarity is Polarity.AVOID}
            if must.polarity is Polarity.AVOID:
                if must.value in wanted:
                    yield must
            elif must.value in unwanted or (must.facet not in _SEVERAL and wanted and not wanted & {t.value for t in self._beside(must)}):
                yield must


def _crossed(ends: tuple[float, float]) -> bool:
    return ends[0] > ends[1]


def _holds(told: str) -> str:
    return f"Nothing fits. What the shopper asked for stands in the way, and it holds: {told}. Look for something else, or say so."


def _is_by(coffee: Candidate, roasters: Sequence[str]) -> bool:
    return not roasters or any(f"{plain(coffee.roaster)} ".startswith(f"{roaster} ") for roaster in roasters)


def _this_one(coffee: Candidate) -> Trait:
    """A condition that this coffee keeps: a roaster is looked up at the beginning of roaster and name."""
    return Trait(Facet.ROASTER, f"{coffee.roaster} {coffee.name}", source=Source.LLM)
