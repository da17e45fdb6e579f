"""The lines of taste profiles."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Numeric
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from coffeebot.domain.taste import Facet, Polarity, Source, Trait
from coffeebot.models.base import key, timestamp


class TraitRow(SQLModel, table=True):
    """One domain.taste.Trait of a shopper, said in a conversation."""

    __tablename__ = "trait"
    __table_args__ = (Index("ix_trait_shopper_id_conversation_id", "shopper_id", "conversation_id"),)

    id: UUID = key()
    shopper_id: UUID = Field(sa_column=Column(ForeignKey("shopper.id", ondelete="CASCADE"), nullable=False))
    conversation_id: str = Field(sa_column=Column(ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False))
    message_id: UUID | None = Field(None, sa_column=Column(ForeignKey("message.id", ondelete="SET NULL"), nullable=True))
    facet: str
    value: str
    polarity: str
    strength: int
    evidence: str = ""
    source: str
    alternatives: str = ""
    amount: Decimal | None = Field(None, sa_type=Numeric(14, 4))
    currency: str | None = None
    grams: Decimal | None = Field(None, sa_type=Numeric(9, 2))
    paused: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = timestamp()

    @classmethod
    def of(cls, trait: Trait, *, shopper_id: UUID, conversation_id: str) -> "TraitRow":
        return cls(
            id=trait.id,
            shopper_id=shopper_id,
            conversation_id=conversation_id,
            message_id=trait.message_id,
            facet=trait.facet,
            value=trait.value,
            polarity=trait.polarity,
            strength=trait.strength,
            evidence=trait.evidence,
            source=trait.source,
            alternatives=trait.group,
            amount=trait.amount,
            currency=trait.currency,
            grams=trait.grams,
            created_at=trait.created_at,
            paused=trait.paused,
        )

    def trait(self) -> Trait:
        return Trait(
            facet=Facet(self.facet),
            value=self.value,
            polarity=Polarity(self.polarity),
            strength=self.strength,
            evidence=self.evidence,
            source=Source(self.source),
            group=self.alternatives,
            amount=self.amount,
            currency=self.currency,
            grams=self.grams,
            message_id=self.message_id,
            id=self.id,
            created_at=self.created_at,
            paused=self.paused,
        )


LASTING = ("brew_method", "milk")  # what is true of the shopper, and not only of one request


async def traits_of(session: AsyncSession, shopper_id: UUID, conversation_id: str) -> tuple[Trait, ...]:
    """The profile in a conversation: what was said in it, and from others how the shopper brews and what they avoid.

    What was said here wins over the same line from elsewhere.
    """
    here = col(TraitRow.conversation_id) == conversation_id
    rows = await session.scalars(
        sa.select(TraitRow).where(col(TraitRow.shopper_id) == shopper_id, sa.or_(here, _lasts())).order_by(here, col(TraitRow.created_at))
    )
    return tuple({trait.key: trait for trait in (row.trait() for row in rows)}.values())


def _lasts() -> sa.ColumnElement[bool]:
    disliked = sa.and_(col(TraitRow.facet) == "flavour", col(TraitRow.polarity) == "avoid")
    return sa.or_(col(TraitRow.facet).in_(LASTING), disliked)


async def keep_traits(
    session: AsyncSession, before: tuple[Trait, ...], after: tuple[Trait, ...], *, shopper_id: UUID, conversation_id: str
) -> None:
    """Writes the difference between two profiles."""
    kept = {trait.id for trait in after}
    gone = [trait.id for trait in before if trait.id not in kept]
    if gone:
        await session.execute(sa.delete(TraitRow).where(col(TraitRow.id).in_(gone), col(TraitRow.shopper_id) == shopper_id))
    known = {trait.id for trait in before}
    session.add_all(TraitRow.of(t, shopper_id=shopper_id, conversation_id=conversation_id) for t in after if t.id not in known)


async def strike(session: AsyncSession, row: TraitRow) -> None:
    """Deletes a trait and those of its facet and side that came from the same words of the same message."""
    same = ("shopper_id", "conversation_id", "message_id", "facet", "polarity", "evidence")
    alike = [col(getattr(TraitRow, name)) == getattr(row, name) for name in same]
    said = sa.and_(col(TraitRow.evidence) != "", *alike)
    await session.execute(sa.delete(TraitRow).where(sa.or_(col(TraitRow.id) == row.id, said)))


async def rewrite(
    session: AsyncSession, before: tuple[Trait, ...], after: tuple[Trait, ...], *, shopper_id: UUID, conversation_id: str
) -> None:
    """Writes what the shopper changed by hand: a line that changed stays where it was said.

    A line that lasts goes from every conversation, or an older one of the same kind would take its place.
    """
    kept, known = {trait.id for trait in after}, {trait.id: trait for trait in before}
    mine = col(TraitRow.shopper_id) == shopper_id
    for gone in (trait for trait in before if trait.id not in kept):
        avoids = col(TraitRow.polarity) == Polarity.AVOID
        same = (col(TraitRow.facet) == gone.facet, col(TraitRow.value) == gone.value, avoids == (gone.polarity is Polarity.AVOID))
        await session.execute(sa.delete(TraitRow).where(mine, sa.or_(col(TraitRow.id) == gone.id, sa.and_(_lasts(), *same))))
    for trait in after:
        if trait.id not in known:
            session.add(TraitRow.of(trait, shopper_id=shopper_id, conversation_id=conversation_id))
        elif trait != known[trait.id]:
            changed = TraitRow.of(trait, shopper_id=shopper_id, conversation_id=conversation_id)
            values = changed.model_dump(exclude={"id", "shopper_id", "conversation_id"})
            await session.execute(sa.update(TraitRow).where(mine, col(TraitRow.id) == trait.id).values(**values))
