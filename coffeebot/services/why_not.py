"""Finds out what keeps a coffee from being offered: a must that it breaks, a fact it does not state, or only its place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from coffeebot.domain.coffee_names import is_called
from coffeebot.domain.query import Candidate, CoffeeQuery
from coffeebot.domain.ranking import leanings
from coffeebot.domain.reference import Reference
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.verdict import Verdict
from coffeebot.models.bitmaps import Bitmaps
from coffeebot.models.conditions import budget_ends, known_to_have, musts
from coffeebot.models.database import Database
from coffeebot.models.verdict import judged
from coffeebot.services.retrieval import Retrieval

FAR = 60  # places that are looked at


class WhyNot:
    def __init__(self, database: Database, retrieval: Retrieval, rates: Mapping[str, Decimal]) -> None:
        self._database = database
        self._retrieval = retrieval
        self._rates = dict(rates)

    async def verdict(self, coffee: Candidate, profile: Sequence[Trait]) -> Verdict:
        """The coffee against every must, against what only ranks, and its place."""
        found = await self.breaches(coffee, profile)
        return replace(found, place=await self._place(coffee, profile)) if found.fits else found

    async def called(self, name: str, profile: Sequence[Trait]) -> Verdict:
        """The verdict on the coffee of this name; without a coffee when the shelf has none."""
        coffee = await self._called(name)
        return await self.verdict(coffee, profile) if coffee else Verdict(None)

    async def breaches(self, coffee: Candidate, profile: Sequence[Trait]) -> Verdict:
        """The verdict in one statement, without the place."""
        bitmaps = Bitmaps()
        conditions, leaning = musts(profile, bitmaps), leanings(profile)
        wanted = [known_to_have(lean.facet, lean.value, bitmaps) for lean in leaning]
        budget = budget_ends([t for t in profile if t.facet is Facet.BUDGET and t.hard], self._rates)
        async with self._database.reading() as connection:
            told = await judged(
                connection, coffee.id, [*(must.bits for must in conditions), *wanted], bitmaps, rates=self._rates, budget=budget
            )
        kept, has = told[: len(conditions)], told[len(conditions) :]
        broken = tuple(t for must, keeps in zip(conditions, kept, strict=False) if keeps is False for t in must.traits)
        unknown = tuple(t for must, keeps in zip(conditions, kept, strict=False) if keeps is None for t in must.traits)
        lacking = tuple(lean for lean, held in zip(leaning, has, strict=False) if lean.weight > 0 and not held)
        return Verdict(coffee, broken, unknown, lacking)

    async def _place(self, coffee: Candidate, profile: Sequence[Trait]) -> int:
        matches = await self._retrieval.search(CoffeeQuery(traits=tuple(profile), limit=FAR))
        return next((n for n, other in enumerate(matches.candidates, start=1) if other.id == coffee.id), 0)

    async def nearest(self, reference: Reference, profile: Sequence[Trait]) -> Candidate | None:
        """The coffee of the catalogue that a reference to none of those offered may mean: the one that comes nearest to the profile."""
        if reference.name:
            return await self._called(reference.name)
        if not reference.traits:
            return None
        asked = tuple(replace(t, polarity=Polarity.MUST, strength=2) for t in reference.traits)
        facets = {t.facet for t in asked}
        others = tuple(t for t in profile if t.facet not in facets)
        for rest in (others, tuple(replace(t, polarity=_softened(t), strength=1) for t in others)):  # the only breach, if there is one
            matches = await self._retrieval.search(CoffeeQuery(traits=(*asked, *rest), limit=1))
            if matches.count:
                return matches.candidates[0]
        return None

    async def _called(self, name: str) -> Candidate | None:
        matches = await self._retrieval.search(CoffeeQuery(coffee_name=name, limit=1))
        return next((c for c in matches.candidates if is_called(c, name)), None)


def _softened(trait: Trait) -> Polarity:
    return Polarity.AVOID if trait.polarity is Polarity.AVOID else Polarity.WANT
