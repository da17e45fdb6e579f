"""The SQL of the curator's desk: proposals listed, taken in hand and decided."""

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from coffeebot.models.base import now
from coffeebot.models.coffee import Coffee
from coffeebot.models.proposal import Proposal, Status, supersede_gone
from coffeebot.models.source import ScrapeSource


class Found(NamedTuple):
    """A proposal, its source's slug, and the slug of the coffee that it is about."""

    proposal: Proposal
    source: str
    coffee: str | None


async def proposals(
    session: AsyncSession, *, status: str | None, source: str | None, kind: str | None, limit: int, after: int = 0
) -> tuple[list[Found], int]:
    """By number, beyond `after`; and how many there are in all."""
    wanted = [col(Proposal.number) > after]
    wanted += [col(Proposal.status) == status] if status else []
    wanted += [col(ScrapeSource.slug) == source] if source else []
    wanted += [col(Proposal.kind) == kind] if kind else []
    chosen = _found().where(*wanted).order_by(col(Proposal.number)).limit(limit)
    counted = sa.select(sa.func.count()).select_from(Proposal).join(ScrapeSource).where(*wanted)
    rows = (await session.execute(chosen)).tuples().all()
    return [Found(proposal, slug, coffee) for proposal, slug, coffee in rows], await session.scalar(counted) or 0


async def by_number(session: AsyncSession, numbers: Collection[int], *, in_hand: bool = False) -> dict[int, Found]:
    """`in_hand` keeps others from deciding them until the transaction ends."""
    chosen = _found().where(col(Proposal.number).in_(numbers)).order_by(col(Proposal.number))
    rows = await session.execute(chosen.with_for_update(of=Proposal) if in_hand else chosen)
    return {proposal.number or 0: Found(proposal, slug, coffee) for proposal, slug, coffee in rows.tuples()}


def _found() -> sa.Select[Proposal, str, str]:
    about = sa.select(Proposal, col(ScrapeSource.slug), col(Coffee.slug)).select_from(Proposal)
    from_shop = about.join(ScrapeSource, col(ScrapeSource.id) == col(Proposal.source_id))
    return from_shop.outerjoin(Coffee, col(Coffee.id) == col(Proposal.coffee_id))


async def decide(session: AsyncSession, ids: Sequence[UUID], status: Status, *, by: str) -> None:
    """`by` is empty for a proposal that is open again."""
    moment = None if status is Status.OPEN else now()
    await session.execute(sa.update(Proposal).where(col(Proposal.id).in_(ids)).values(status=status, decided_at=moment, decided_by=by))


async def open_of_item(session: AsyncSession, proposal: Proposal) -> int | None:
    """The number of the open proposal about the same item."""
    same = (col(Proposal.source_id) == proposal.source_id, col(Proposal.external_id) == proposal.external_id)
    return await session.scalar(sa.select(col(Proposal.number)).where(*same, col(Proposal.status) == Status.OPEN))


async def withdraw(session: AsyncSession, coffee_ids: Sequence[UUID]) -> None:
    """Takes coffees off the shelf."""
    if coffee_ids:
        await session.execute(sa.update(Coffee).where(col(Coffee.id).in_(coffee_ids)).values(withdrawn_at=now(), updated_at=now()))


async def belong(session: AsyncSession, coffee_id: UUID, source_id: UUID, item: str) -> None:
    """Says which item of a shop a coffee is; no other coffee is it any more, and the coffee is not gone."""
    await supersede_gone(session, coffee_id)
    others = (col(Coffee.source_id) == source_id, col(Coffee.source_item) == item, col(Coffee.id) != coffee_id)
    await session.execute(sa.update(Coffee).where(*others).values(source_id=None, source_item=None))
    await session.execute(sa.update(Coffee).where(col(Coffee.id) == coffee_id).values(source_id=source_id, source_item=item))


async def coffee_id_of(session: AsyncSession, slug: str) -> UUID | None:
    return await session.scalar(sa.select(col(Coffee.id)).where(col(Coffee.slug) == slug))


async def lock(session: AsyncSession, coffee_id: UUID, fields: Sequence[str]) -> None:
    """Makes the coffee's locked fields exactly these."""
    await session.execute(sa.update(Coffee).where(col(Coffee.id) == coffee_id).values(locked=list(fields), updated_at=now()))
