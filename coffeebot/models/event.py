"""What happened to coffees in conversations; never a word of what was said."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from coffeebot.models.base import key, timestamp


class Event(SQLModel, table=True):
    """`kind`: shown, clicked, saved, refused or nothing_fitted; `musts` are the labels of what stood in the way."""

    __table_args__ = (Index("ix_event_kind_at", "kind", "at"),)

    id: UUID = key()
    at: datetime = timestamp()
    kind: str
    shopper_id: UUID | None = Field(None, sa_column=Column(ForeignKey("shopper.id", ondelete="SET NULL"), nullable=True, index=True))
    conversation_id: str | None = Field(default=None, sa_column=Column(ForeignKey("conversation.id", ondelete="SET NULL"), nullable=True))
    coffee_id: UUID | None = Field(None, sa_column=Column(ForeignKey("coffee.id", ondelete="CASCADE"), nullable=True, index=True))
    offer_id: UUID | None = Field(None, sa_column=Column(ForeignKey("offer.id", ondelete="SET NULL"), nullable=True))
    musts: list[Any] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False, server_default=sa.text("'[]'")))
