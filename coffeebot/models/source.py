"""The shops that are read, and one row for each time that one was."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Column, DateTime, ForeignKey, Index, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from coffeebot.models.base import key, timestamp, words


class Outcome(StrEnum):
    """How far a run came. All but the first two are an end."""

    FETCHING = "fetching"  # the snapshot is not whole: a run that is found so starts over
    FETCHED = "fetched"  # the snapshot is whole: a run that is found so goes on from it
    GOOD = "good"
    ALARM = "alarm"  # what came cannot be right; nothing was changed
    FAILED = "failed"  # nothing whole came; nothing was changed


class ScrapeSource(SQLModel, table=True):
    """A shop. `currency` is what its prices are in; None until a good run has seen it.

    `last_good` holds the last good run's counts, by which the next one is judged: coffees, items, coverage by field. `next_at` is
    when it is due; None is at once. `failures` counts the runs without success since the last good one.
    """

    __tablename__ = "scrape_source"

    id: UUID = key()
    slug: str = Field(unique=True)
    spider: str  # a name of scrapers.registry: a roaster's own, or a shop system's
    url: str
    roaster: str
    country: str = ""
    currency: str | None = None
    interval_minutes: int | None = None  # None: SCRAPE_HOURS
    price_limit: Decimal | None = Field(default=None, sa_type=Numeric(5, 3))  # None: SCRAPE_PRICE_LIMIT
    enabled: bool = True
    last_good_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    last_good: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=sa.text("'{}'")))
    failures: int = 0
    next_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    created_at: datetime = timestamp()


class ScrapeRun(SQLModel, table=True):
    """One reading of a shop. `alarm` says why nothing was changed; `complete` whether no page of it was missed."""

    __tablename__ = "scrape_run"
    __table_args__ = (
        Index("ix_scrape_run_source_id_started_at", "source_id", "started_at"),
        Index("ix_scrape_run_unfinished", "source_id", unique=True, postgresql_where=sa.text("finished_at IS NULL")),
    )

    id: UUID = key()
    source_id: UUID = Field(sa_column=Column(ForeignKey("scrape_source.id", ondelete="CASCADE"), nullable=False))
    outcome: str = Outcome.FETCHING
    attempts: int = 1
    started_at: datetime = timestamp()
    fetched_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    finished_at: datetime | None = Field(default=None, sa_type=DateTime(timezone=True))
    complete: bool = True
    counts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=sa.text("'{}'")))
    warnings: list[str] = words()
    alarm: str = ""
