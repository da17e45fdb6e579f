"""Which coffee of the catalogue a shop's item is: by its id, else by its name, and never by a guess alone."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy.ext.asyncio import AsyncSession

from coffeebot.domain.coffee import CoffeeFacts
from coffeebot.domain.folding import plain
from coffeebot.models import matching
from coffeebot.models.stored_facts import stored_facts

LIKE = 88  # of 100, by rapidfuzz's token_sort_ratio: from here on two names may mean one coffee


@dataclass(frozen=True, slots=True)
class Place:
    """Where is looked: the shop, its roaster when the catalogue knows them, and the run whose snapshot is read."""

    source_id: UUID
    run_id: UUID
    roaster_id: UUID | None


@dataclass(frozen=True, slots=True)
class Match:
    """`sure` when it is this coffee; else a curator is asked."""

    coffee_id: UUID
    sure: bool


async def matches(session: AsyncSession, place: Place, told: Mapping[str, CoffeeFacts]) -> dict[str, Match]:
    """By external id; items that are no coffee of the catalogue are left out. What is found out by name is remembered at once."""
    found = {item: Match(coffee, True) for item, coffee in (await matching.linked(session, place.source_id, told)).items()}
    if place.roaster_id is None:
        return found
    same_id = await matching.of_external_id(session, place.roaster_id, [item for item in told if item not in found])
    by_name = await _by_name(session, place, {item: facts for item, facts in told.items() if item not in found and item not in same_id})
    fresh = {item: Match(coffee, True) for item, coffee in same_id.items()} | by_name
    await matching.link(session, place.source_id, {match.coffee_id: item for item, match in fresh.items() if match.sure})
    return found | fresh


async def _by_name(session: AsyncSession, place: Place, told: Mapping[str, CoffeeFacts]) -> dict[str, Match]:
    if place.roaster_id is None or not told:
        return {}
    keys = {item: plain(f"{facts.roaster} {facts.name}") for item, facts in told.items()}
    like = await matching.namesakes(session, keys, roaster_id=place.roaster_id, source_id=place.source_id, run_id=place.run_id)
    names = Counter(plain(facts.name) for facts in told.values())
    stored = await stored_facts(session, {coffee for found in like.values() for coffee, _ in found})
    matched: dict[str, Match] = {}
    taken: set[UUID] = set()
    for item, candidates in like.items():
        facts = told[item]
        for coffee_id, name in candidates:
            if coffee_id in taken or not may_be(facts.name, name):
                continue
            alone = names[plain(facts.name)] == 1 and plain(name) == plain(facts.name)
            matched[item] = Match(coffee_id, alone and not contradicts(stored[coffee_id].facts, facts))
            taken.add(coffee_id)
            break
    return matched


def may_be(name: str, other: str) -> bool:
    """Whether two names may mean one coffee; "Lot 7" is never "Lot 8"."""
    one, two = plain(name), plain(other)
    return re.findall(r"\d+", one) == re.findall(r"\d+", two) and fuzz.token_sort_ratio(one, two) >= LIKE


def contradicts(before: CoffeeFacts, told: CoffeeFacts) -> bool:
    """Whether both know where a coffee grew or how it was processed, and agree in nothing of it."""
    pairs: tuple[tuple[Collection[str], Collection[str]], ...] = ((before.origins, told.origins), (before.processes, told.processes))
    return any(one and two and not set(one) & set(two) for one, two in pairs)
