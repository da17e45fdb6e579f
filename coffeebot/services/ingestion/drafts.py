"""What a run would propose, and how that becomes rows without asking a curator the same thing twice."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from coffeebot.domain.coffee import CoffeeFacts
from coffeebot.domain.curation import Difference, differences, merged, price, size
from coffeebot.models.base import now
from coffeebot.models.proposal import Kind, Proposal, open_proposals, rejected, supersede
from coffeebot.models.stored_facts import StoredCoffee
from coffeebot.services.ingestion.alarms import Tally
from coffeebot.services.ingestion.facts_json import facts_to_json
from coffeebot.services.ingestion.prices import PriceList

SHELF = "on the shelf"


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal that is not written yet. `basis` is what of it a rejection stands for."""

    kind: Kind
    external_id: str
    name: str
    diff: Sequence[Difference]
    basis: Sequence[str | None]
    coffee_id: UUID | None = None
    facts: CoffeeFacts | None = None

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps([self.kind, str(self.coffee_id), *self.basis]).encode()).hexdigest()

    def as_row(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "external_id": self.external_id,
            "name": self.name,
            "diff": [row.as_json() for row in self.diff],
            "digest": self.digest,
            "coffee_id": self.coffee_id,
            "facts": facts_to_json(self.facts) if self.facts else {},
        }


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that a run found, for people who watch: a proposal's kind or "price", whose, and what of it."""

    kind: str
    name: str
    diff: Sequence[Difference]


Tell = Callable[[Told], None]


def fresh(external_id: str, facts: CoffeeFacts) -> Draft:
    """A coffee that the catalogue does not have. A new price of it is no new question."""
    rows = differences(None, facts)
    return Draft(Kind.NEW, external_id, facts.name, [*rows, *_prices(facts)], _basis(rows), facts=facts)


def doubtful(external_id: str, facts: CoffeeFacts, perhaps: StoredCoffee) -> Draft:
    rows = [Difference("perhaps", perhaps.facts.name, facts.name), *differences(perhaps.facts, merged(perhaps.facts, facts))]
    return Draft(Kind.DOUBTFUL, external_id, facts.name, [*rows, *_prices(facts)], _basis(rows), perhaps.id, facts)


def changed(external_id: str, facts: CoffeeFacts, coffee: StoredCoffee, prices: PriceList) -> Draft | None:
    """None when there is nothing for a curator to look at."""
    rows = differences(coffee.facts, merged(coffee.facts, facts, locked=coffee.locked)) + prices.held
    if coffee.withdrawn:
        rows.append(Difference(SHELF, "no", "yes"))
    return Draft(Kind.CHANGED, external_id, facts.name, rows, _basis(rows), coffee.id, facts) if rows else None


def gone(external_id: str, name: str, coffee_id: UUID, *, last_seen: str) -> Draft:
    """A rejection holds until the shop lists the coffee again and drops it another time."""
    return Draft(Kind.GONE, external_id, name, [Difference(SHELF, "yes", "no")], [last_seen], coffee_id)


def _prices(facts: CoffeeFacts) -> list[Difference]:
    return [Difference(f"price of {size(offer)}", None, price(offer)) for offer in facts.offers]


def _basis(rows: Sequence[Difference]) -> list[str | None]:
    return [word for row in rows for word in (row.field, row.after)]


async def write(
    session: AsyncSession,
    drafts: Mapping[str, Draft],
    *,
    about: Collection[str],
    source_id: UUID,
    run_id: UUID,
    tally: Tally,
    tell: Tell,
) -> None:
    """Makes the open proposals about these items exactly the drafts; what was rejected with the same content stays rejected."""
    waiting = await open_proposals(session, source_id, about)
    known = await rejected(session, source_id, {item: draft.digest for item, draft in drafts.items()})
    superseded: list[UUID] = []
    written: list[Proposal] = []
    for item, draft in drafts.items():
        old = waiting.pop(item, None)
        if old and old.digest == draft.digest:
            _refresh(old, draft, run_id)
            tally.counted["waiting"] += 1
            continue
        if old:
            superseded.append(old.id)
        if item in known:
            tally.counted["rejected before"] += 1
            continue
        written.append(Proposal(source_id=source_id, run_id=run_id, **draft.as_row()))
        tally.counted[draft.kind] += 1
        tell(Told(draft.kind, draft.name, draft.diff))
    superseded += [old.id for old in waiting.values()]
    tally.counted["superseded"] += len(superseded)
    await supersede(session, superseded)  # before the new rows: only one of an item may be open
    session.add_all(written)
    await session.flush()
    session.expunge_all()  # a run remembers no more of a batch


def _refresh(old: Proposal, draft: Draft, run_id: UUID) -> None:
    row = draft.as_row()
    old.facts, old.diff, old.run_id, old.seen_at = row["facts"], row["diff"], run_id, now()
