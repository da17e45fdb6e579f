"""The curator's desk: what shops suggest is looked at, and becomes the catalogue or does not."""

from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from coffeebot.domain.coffee import CoffeeFacts, OfferFacts
from coffeebot.domain.curation import CURATED, Difference, differences, merged, provenance
from coffeebot.domain.errors import AlreadyDecided, BadInput, NotFound
from coffeebot.models import catalogue, review
from coffeebot.models.database import Database
from coffeebot.models.links import BrokenLink, broken_links
from coffeebot.models.proposal import Kind, Proposal, Status
from coffeebot.models.review import Found
from coffeebot.models.stored_facts import StoredCoffee, stored_facts
from coffeebot.providers.embedding import Embedder
from coffeebot.services.ingestion.facts_json import facts_from_json
from coffeebot.services.shelving import Understood, roaster_slug, shelve, vectors_of, with_provenance

BATCH = 32  # proposals in one transaction, embedding included: a fifth of a second


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as a curator reads it. `coffee` is the slug of the coffee that it is about, None for a new one."""

    number: int
    kind: str
    name: str
    source: str
    status: str
    diff: tuple[Difference, ...]
    coffee: str | None
    proposed_at: datetime
    seen_at: datetime
    decided_at: datetime | None
    decided_by: str


class Review:
    def __init__(self, database: Database, embedder: Embedder) -> None:
        self._database = database
        self._embedder = embedder

    async def listed(
        self, *, status: str | None = Status.OPEN, source: str | None = None, kind: str | None = None, limit: int = 50, after: int = 0
    ) -> tuple[list[ProposalView], int]:
        """At most `limit` with a number beyond `after`, the oldest first, and how many there are of them in all."""
        async with self._database.session() as session:
            found, count = await review.proposals(session, status=status, source=source, kind=kind, limit=limit, after=after)
        return list(map(_view, found)), count

    async def show(self, number: int) -> ProposalView:
        async with self._database.session() as session:
            return _view((await _found(session, [number]))[0])

    async def approve(self, numbers: Collection[int], *, by: str, separate: bool = False) -> list[ProposalView]:
        """Writes what is proposed into the catalogue, all of it or nothing; a doubtful match is the coffee, or with `separate` its own.

        Raises NotFound and AlreadyDecided.
        """
        async with self._database.session() as session:
            await catalogue.take_turns(session)  # before the proposals: in the order in which a run takes them
            found = await _found(session, numbers, in_hand=Status.OPEN)
            await self._shelve(session, [one for one in found if one.proposal.kind != Kind.GONE], separate=separate)
            await review.withdraw(session, [p.coffee_id for p, _, _ in found if p.kind == Kind.GONE and p.coffee_id])
            await review.decide(session, [one.proposal.id for one in found], Status.APPROVED, by=by)
            await catalogue.withdraw_samples(session)
        return [replace(_view(one), status=Status.APPROVED, decided_by=by) for one in found]

    async def approve_all(self, *, by: str, source: str | None = None, kind: str | None = None) -> AsyncIterator[list[ProposalView]]:
        """The open ones, batch by batch, each of them for good. Doubtful ones are left: they want a pair of eyes."""
        after = 0
        while True:
            batch, _ = await self.listed(source=source, kind=kind, limit=BATCH, after=after)
            if not batch:
                return
            after = batch[-1].number
            clear = [one.number for one in batch if one.kind != Kind.DOUBTFUL]
            if clear:
                yield await self.approve(clear, by=by)

    async def reject(self, numbers: Collection[int], *, by: str) -> list[ProposalView]:
        """Remembered: the same content is not proposed again. Raises NotFound and AlreadyDecided."""
        async with self._database.session() as session:
            found = await _found(session, numbers, in_hand=Status.OPEN)
            await review.decide(session, [one.proposal.id for one in found], Status.REJECTED, by=by)
        return [replace(_view(one), status=Status.REJECTED, decided_by=by) for one in found]

    async def reopen(self, number: int) -> ProposalView:
        """Takes a rejection back. Raises AlreadyDecided when the proposal was not rejected, or the shop says something else by now."""
        async with self._database.session() as session:
            await catalogue.take_turns(session)
            (found,) = await _found(session, [number], in_hand=Status.REJECTED)
            newer = await review.open_of_item(session, found.proposal)
            if newer is not None:
                raise AlreadyDecided(f"The shop says something else of {found.proposal.name} by now: see proposal {newer}.")
            await review.decide(session, [found.proposal.id], Status.OPEN, by="")
        return replace(_view(found), status=Status.OPEN)

    async def broken_links(self) -> list[BrokenLink]:
        """Pages of coffees on the shelf that are gone, the longest gone first."""
        async with self._database.session() as session:
            return await broken_links(session)

    async def lock(self, slug: str, fields: Collection[str], *, locked: bool = True) -> list[str]:
        """Settles fields of a coffee, or opens them again; the fields that are settled now. Raises NotFound and BadInput."""
        strange = sorted(set(fields) - set(CURATED))
        if strange:
            raise BadInput(f"{', '.join(strange)}: no field of a coffee. There are {', '.join(CURATED)}.")
        async with self._database.session() as session:
            coffee_id = await review.coffee_id_of(session, slug)
            if coffee_id is None:
                raise NotFound(f"There is no coffee {slug}.")
            before = (await stored_facts(session, [coffee_id]))[coffee_id].locked
            now_locked = before | set(fields) if locked else before - set(fields)
            await review.lock(session, coffee_id, [name for name in CURATED if name in now_locked])
        return [name for name in CURATED if name in now_locked]

    async def _shelve(self, session: AsyncSession, found: Sequence[Found], *, separate: bool) -> None:
        """Writes the coffees, and which item of the shop each of them is."""
        stored = await stored_facts(
            session, [p.coffee_id for p, _, _ in found if p.coffee_id and not (separate and p.kind == Kind.DOUBTFUL)]
        )
        coffees: list[tuple[Found, Understood]] = []
        taken: set[tuple[str, str]] = set()
        for one in found:
            about = one.proposal.coffee_id
            coffee = await _understood(session, one, stored.get(about) if about else None, taken)
            taken.add(coffee.key)
            coffees.append((one, coffee))
        before = await catalogue.stored_by_slug(session, [coffee.key for _, coffee in coffees])
        vectors = await vectors_of([coffee for _, coffee in coffees], before, self._embedder)
        ids = await shelve(session, [coffee for _, coffee in coffees], vectors=vectors, embedded_by=self._embedder.name)
        for one, coffee in coffees:
            await review.belong(session, ids[coffee.key], one.proposal.source_id, one.proposal.external_id)


async def _understood(session: AsyncSession, found: Found, coffee: StoredCoffee | None, taken: set[tuple[str, str]]) -> Understood:
    """The coffee as it would stand in the catalogue; a new one when there is none that it is. `taken` are keys of this approval."""
    told = facts_from_json(found.proposal.facts)
    if coffee is None:
        facts = replace(told, external_id=await _free_id(session, told, found.source, taken))
        return with_provenance(facts, provenance(facts, found.source))
    facts = replace(merged(coffee.facts, told, locked=coffee.locked), offers=_offers(coffee.facts.offers, told.offers))
    changed = [row.field for row in differences(coffee.facts, facts)]
    return with_provenance(facts, provenance(facts, found.source, before=coffee.provenance, fields=changed))


async def _found(session: AsyncSession, numbers: Collection[int], *, in_hand: Status | None = None) -> list[Found]:
    """These proposals, by number. With `in_hand` nobody else decides them meanwhile, and each must have that status."""
    found = await review.by_number(session, numbers, in_hand=in_hand is not None)
    missing = sorted(set(numbers) - set(found))
    if missing:
        raise NotFound(f"There is no proposal {', '.join(map(str, missing))}.")
    for number, one in found.items():
        if in_hand and one.proposal.status != in_hand:
            raise AlreadyDecided(f"Proposal {number} ({one.proposal.name}) is {one.proposal.status}, not {in_hand}.")
    return list(found.values())


async def _free_id(session: AsyncSession, told: CoffeeFacts, source: str, taken: set[tuple[str, str]]) -> str:
    """The shop's own id of a new coffee, marked with the source where another coffee of the roaster has it."""
    key = (roaster_slug(told.roaster), told.external_id)
    in_use = key in taken or await catalogue.stored_by_slug(session, [key])
    return f"{source}:{told.external_id}" if in_use else told.external_id


def _offers(before: Sequence[OfferFacts], told: Sequence[OfferFacts]) -> tuple[OfferFacts, ...]:
    """As the shop lists them; a size that it does not list any more is sold out. A shop that lists none says nothing of prices."""
    if not told:
        return tuple(before)
    listed = {(offer.grams, offer.grind, offer.currency) for offer in told}
    ended = (replace(offer, in_stock=False) for offer in before if (offer.grams, offer.grind, offer.currency) not in listed)
    return (*told, *ended)


def _view(found: Found) -> ProposalView:
    proposal: Proposal = found.proposal
    return ProposalView(
        number=proposal.number or 0,
        kind=proposal.kind,
        name=proposal.name,
        source=found.source,
        status=proposal.status,
        diff=tuple(Difference(row["field"], row["before"], row["after"]) for row in proposal.diff),
        coffee=found.coffee,
        proposed_at=proposal.created_at,
        seen_at=proposal.seen_at,
        decided_at=proposal.decided_at,
        decided_by=proposal.decided_by,
    )
