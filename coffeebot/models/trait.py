"""The lines of taste profiles."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Numeric
from sqlalchemy.dialects import postgresql as pg
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import Field, SQLModel, col

from coffeebot.domain.taste import Facet, Polarity, Source, Trait
from coffeebot.models.base import key, timestamp
from coffeebot.models.conversation import Conversation, Message


class TraitRow(SQLModel, table=True):
    """One domain.taste.Trait of a shopper, said in a conversation."""

    __tablename__ = "trait"
    __table_args__ = (Index("ix_trait_shopper_id_conversation_id", "shopper_id", "conversation_id"),)

    id: UUID = key()
    shopper_id: UUID = Field(sa_column=Column(ForeignKey("shopper.id", ondelete="CASCADE"), nullable=False))
    conversation_id: str = Field(sa_column=Column(ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False))
    message_id: UUID | None = Field(None, sa_column=Column(ForeignKey("message.id", ondelete="SET NULL"), nullable=True, index=True))
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
        )


class TraitStrike(SQLModel, table=True):
    """A line that a message struck off. It stays off as long as that message is part of its conversation."""

    __tablename__ = "trait_strike"

    trait_id: UUID = Field(sa_column=Column(ForeignKey("trait.id", ondelete="CASCADE"), primary_key=True))
    message_id: UUID = Field(sa_column=Column(ForeignKey("message.id", ondelete="CASCADE"), primary_key=True, index=True))


LASTING = ("brew_method", "milk")  # what is true of the shopper, and not only of one request


async def traits_of(session: AsyncSession, shopper_id: UUID, conversation_id: str) -> tuple[Trait, ...]:
    """The profile in a conversation: what was said in it, and from others how the shopper brews and what they avoid.

    What was said here wins over the same line from elsewhere. Of messages that an edit put aside nothing counts, neither what they wrote
    nor what they struck off.
    """
    disliked = sa.and_(col(TraitRow.facet) == "flavour", col(TraitRow.polarity) == "avoid")
    lasting = sa.or_(col(TraitRow.facet).in_(LASTING), disliked)
    here = col(TraitRow.conversation_id) == conversation_id
    mine = (col(TraitRow.shopper_id) == shopper_id, sa.or_(here, lasting))
    rows = await session.scalars(sa.select(TraitRow).where(*mine, *_counting()).order_by(here, col(TraitRow.created_at)))
    return tuple({trait.key: trait for trait in (row.trait() for row in rows)}.values())


def _counting() -> tuple[sa.ColumnElement[bool], ...]:
    """What a line needs to count: its conversation and its message are there, and no message that is there struck it off."""
    put_aside = sa.exists().where(col(Message.id) == col(TraitRow.message_id), col(Message.replaced_at).is_not(None))
    struck = sa.exists().where(
        col(TraitStrike.trait_id) == col(TraitRow.id),
        col(Message.id) == col(TraitStrike.message_id),
        col(Message.replaced_at).is_(None),
    )
    deleted = sa.exists().where(col(Conversation.id) == col(TraitRow.conversation_id), col(Conversation.deleted_at).is_not(None))
    return sa.or_(col(TraitRow.source) == Source.SHOPPER, ~put_aside), ~struck, ~deleted


async def keep_traits(
    session: AsyncSession,
    before: tuple[Trait, ...],
    after: tuple[Trait, ...],
    *,
    shopper_id: UUID,
    conversation_id: str,
    message_id: UUID | None = None,
) -> None:
    """Writes the difference between two profiles; what the message `message_id` struck off comes back if that message is taken back."""
    kept = {trait.id for trait in after}
    gone = [trait.id for trait in before if trait.id not in kept]
    if gone and message_id:
        mine = sa.select(col(TraitRow.id), sa.literal(message_id)).where(col(TraitRow.id).in_(gone), col(TraitRow.shopper_id) == shopper_id)
        struck = pg.insert(TraitStrike).from_select(["trait_id", "message_id"], mine.with_for_update(key_share=True))
        await session.execute(struck.on_conflict_do_nothing())
    elif gone:
        await session.execute(sa.delete(TraitRow).where(col(TraitRow.id).in_(gone), col(TraitRow.shopper_id) == shopper_id))
    known = {trait.id for trait in before}
    session.add_all(TraitRow.of(t, shopper_id=shopper_id, conversation_id=conversation_id) for t in after if t.id not in known)


async def strike(session: AsyncSession, row: TraitRow) -> None:
    """Deletes a trait and those of its facet and side that came from the same words of the same message."""
    same = ("shopper_id", "conversation_id", "message_id", "facet", "polarity", "evidence")
    alike = [col(getattr(TraitRow, name)) == getattr(row, name) for name in same]
    said = sa.and_(col(TraitRow.evidence) != "", *alike)
    await session.execute(sa.delete(TraitRow).where(sa.or_(col(TraitRow.id) == row.id, said)))
