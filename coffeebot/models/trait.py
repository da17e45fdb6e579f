"""The lines of taste profiles."""

from datetime import datetime
from decimal import Decimal
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import BigInteger, Column, ForeignKey, Index, Numeric
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import Field, SQLModel, col

from coffeebot.domain.taste import Facet, Polarity, Source, Trait
from coffeebot.models.base import key, timestamp
from coffeebot.models.conversation import Conversation
from coffeebot.models.step import ProfileStep, put_aside_by_edit, standing


class TraitRow(SQLModel, table=True):
    """One domain.taste.Trait of a shopper, said in a conversation.

    It stands while the step that wrote it does, unless a step that stands struck it out. Steps are missing of old lines. `struck_before`
    is an earlier strike that did not stand when the line was struck out again: the undo of an edit may make it stand.
    """

    __tablename__ = "trait"
    __table_args__ = (Index("ix_trait_shopper_id_conversation_id", "shopper_id", "conversation_id"),)

    id: UUID = key()
    shopper_id: UUID = Field(sa_column=Column(ForeignKey("shopper.id", ondelete="CASCADE"), nullable=False))
    conversation_id: str = Field(sa_column=Column(ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False))
    message_id: UUID | None = Field(None, sa_column=Column(ForeignKey("message.id", ondelete="SET NULL"), nullable=True, index=True))
    written_by: int | None = Field(
        default=None, sa_column=Column(BigInteger, ForeignKey("profile_step.id", ondelete="CASCADE"), nullable=True, index=True)
    )
    struck_by: int | None = Field(
        default=None, sa_column=Column(BigInteger, ForeignKey("profile_step.id", ondelete="SET NULL"), nullable=True, index=True)
    )
    struck_before: int | None = Field(
        default=None, sa_column=Column(BigInteger, ForeignKey("profile_step.id", ondelete="SET NULL"), nullable=True, index=True)
    )
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
    def of(cls, trait: Trait, *, shopper_id: UUID, conversation_id: str, step: int | None) -> "TraitRow":
        return cls(
            id=trait.id,
            shopper_id=shopper_id,
            conversation_id=conversation_id,
            message_id=trait.message_id,
            written_by=step,
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

    What was said here wins over the same line from elsewhere. Of messages that an edit put aside nothing counts, neither what they wrote
    nor what they struck off.
    """
    rows = await session.scalars(_standing_lines(), {"shopper": shopper_id, "here": conversation_id})
    return tuple({trait.key: trait for trait in (row.trait() for row in rows)}.values())


@cache
def _standing_lines() -> sa.Select[TraitRow]:
    """The lines that count for `:shopper` in the conversation `:here`; put together once, which takes longer than reading them."""
    here = col(TraitRow.conversation_id) == sa.bindparam("here")
    written, struck, earlier = aliased(ProfileStep), aliased(ProfileStep), aliased(ProfileStep)
    deleted = sa.exists().where(col(Conversation.id) == col(TraitRow.conversation_id), col(Conversation.deleted_at).is_not(None))
    stands = (
        sa.or_(col(TraitRow.written_by).is_(None), standing(written)),
        sa.or_(col(TraitRow.struck_by).is_(None), sa.not_(standing(struck))),
        sa.or_(col(TraitRow.struck_before).is_(None), sa.not_(standing(earlier))),
        sa.or_(col(TraitRow.source) == Source.SHOPPER, sa.not_(put_aside_by_edit(col(TraitRow.message_id)))),
        sa.not_(deleted),
    )
    return (
        sa.select(TraitRow)
        .outerjoin(written, col(written.id) == col(TraitRow.written_by))
        .outerjoin(struck, col(struck.id) == col(TraitRow.struck_by))
        .outerjoin(earlier, col(earlier.id) == col(TraitRow.struck_before))
        .where(col(TraitRow.shopper_id) == sa.bindparam("shopper"), sa.or_(here, _lasts()), *stands)
        .order_by(here, col(TraitRow.created_at), col(TraitRow.id))
    )


def _lasts() -> sa.ColumnElement[bool]:
    disliked = sa.and_(col(TraitRow.facet) == "flavour", col(TraitRow.polarity) == "avoid")
    return sa.or_(col(TraitRow.facet).in_(LASTING), disliked)


async def keep_traits(
    session: AsyncSession,
    before: tuple[Trait, ...],
    after: tuple[Trait, ...],
    *,
    shopper_id: UUID,
    conversation_id: str,
    message_id: UUID | None = None,
) -> int | None:
    """Writes the difference between two profiles as one step; without a `message_id` it was made by hand.

    Lines are told apart by id: one that was edited has a new id. A line that lasts is struck out in every conversation, or an older
    one of the same kind would take its place. Returns the step's id, None when nothing differs.
    """
    kept, known = {trait.id for trait in after}, {trait.id for trait in before}
    gone, new = [trait for trait in before if trait.id not in kept], [trait for trait in after if trait.id not in known]
    if not gone and not new:
        return None
    step = ProfileStep(shopper_id=shopper_id, conversation_id=conversation_id, message_id=message_id)
    session.add(step)
    await session.flush()
    if gone:
        undone = sa.select(col(ProfileStep.id)).where(sa.not_(standing(ProfileStep)))
        there = sa.or_(col(TraitRow.struck_by).is_(None), col(TraitRow.struck_by).in_(undone))
        mine = (col(TraitRow.shopper_id) == shopper_id, there, sa.or_(*map(_this_or_alike, gone)))
        earlier = sa.func.coalesce(col(TraitRow.struck_by), col(TraitRow.struck_before))
        await session.execute(sa.update(TraitRow).where(*mine).values(struck_by=step.id, struck_before=earlier))
    session.add_all(TraitRow.of(trait, shopper_id=shopper_id, conversation_id=conversation_id, step=step.id) for trait in new)
    await session.flush()
    return step.id


def _this_or_alike(trait: Trait) -> sa.ColumnElement[bool]:
    """The line's row, and those of the same kind that last."""
    side = (col(TraitRow.polarity) == Polarity.AVOID) == (trait.polarity is Polarity.AVOID)
    alike = sa.and_(_lasts(), col(TraitRow.facet) == trait.facet, col(TraitRow.value) == trait.value, side)
    return sa.or_(col(TraitRow.id) == trait.id, alike)
