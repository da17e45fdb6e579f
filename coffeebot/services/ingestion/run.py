"""One run of one shop: its snapshot is stored while it comes, and applied in one transaction when it is whole."""

import hashlib
import json
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from coffeebot.domain.errors import CoffeebotError
from coffeebot.models import catalogue, runs
from coffeebot.models.base import now
from coffeebot.models.database import Database
from coffeebot.models.snapshot import BATCH, begin_snapshot, save_items
from coffeebot.models.source import Outcome, ScrapeRun, ScrapeSource
from coffeebot.services.ingestion import applying
from coffeebot.services.ingestion.alarms import Tally, alarm, nothing
from coffeebot.services.ingestion.drafts import Tell, Told
from coffeebot.services.ingestion.reading import Reader, storable
from coffeebot.services.ingestion.rehearsal import Sessions, rehearsal

log = logging.getLogger(__name__)

RESUMED_WITHIN = timedelta(days=1)  # a snapshot that is older is fetched anew
FIRST_PAUSE = timedelta(hours=1)  # after a first failure; twice as long after each further one
LONGEST_PAUSE = timedelta(days=7)  # that a shop may ask for


class Item(NamedTuple):
    """What a shop says of one thing, under its own id of it."""

    external_id: str
    payload: Mapping[str, Any]


class Feed(Protocol):
    """A shop being read. After `items` has ended, `missed` names pages that could not be read and `counts` what it took."""

    @property
    def missed(self) -> Sequence[str]: ...

    def items(self) -> AsyncIterator[Item]: ...

    def counts(self) -> Mapping[str, int]: ...


class Progress(NamedTuple):
    """`stage` is fetching or applying; `total` is known while applying."""

    stage: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True)
class Rules:
    """`price_limit` and `interval` hold where the source has none of its own. With `accept` an alarm is overruled: the curator has looked.

    `anew` fetches although an earlier run left a whole snapshot.
    """

    price_limit: Decimal = Decimal("0.4")
    interval: timedelta = timedelta(days=1)
    accept: bool = False
    anew: bool = False


@dataclass(slots=True)
class Report:
    """What a run came to. `alarm` is empty unless the outcome is alarm or failed."""

    outcome: Outcome
    alarm: str = ""
    counts: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def untold(told: Told) -> None:
    """For callers who do not want to be told."""


def unseen(progress: Progress) -> None:
    """For callers who do not watch."""


async def ingest(
    database: Database,
    source: ScrapeSource,
    feed: Feed,
    *,
    read: Reader,
    rules: Rules | None = None,
    dry_run: bool = False,
    tell: Tell = untold,
    progress: Callable[[Progress], None] = unseen,
) -> Report:
    """Reads a shop and applies what it says; one row in scrape_run, whatever comes of it. Raises SourceBusy while another run reads it.

    A run that was killed is gone on with: from its snapshot when that is whole, else from the shop. A feed that fails ends the run
    as failed; an error of ours is raised, and the next run begins again.
    """
    rules = rules or Rules()
    async with runs.alone(database, source.id):
        if not dry_run:
            return await _Ingestion(database, source, read, rules, tell, progress).run(feed)
        async with rehearsal(database) as stage:
            async with stage.session() as session:
                await runs.register(session, [source])  # one that is only looked at is not stored
            return await _Ingestion(stage, source, read, rules, tell, progress).run(feed)


@dataclass(slots=True)
class _Ingestion:
    sessions: Sessions
    source: ScrapeSource
    read: Reader
    rules: Rules
    tell: Tell
    progress: Callable[[Progress], None]

    async def run(self, feed: Feed) -> Report:
        async with self.sessions.session() as session:
            run = await runs.begin(session, self.source.id)
        if run.outcome != Outcome.FETCHED or self.rules.anew or now() - (run.fetched_at or run.started_at) > RESUMED_WITHIN:
            try:
                await self._fetch(feed, run)
            except CoffeebotError as error:
                return await self._failed(run, error)
        return await self._apply(run)

    async def _fetch(self, feed: Feed, run: ScrapeRun) -> None:
        self.progress(Progress("fetching", 0, None))
        run.outcome, run.fetched_at = Outcome.FETCHING, None
        async with self.sessions.session() as session:
            await begin_snapshot(session, run.id)
            await runs.save(session, run)
        batch: dict[str, tuple[str, Mapping[str, Any]]] = {}
        count = 0
        async for item in feed.items():
            payload = storable(item.payload)
            batch[str(storable(item.external_id))] = _content_hash(payload), payload
            count += 1
            if len(batch) >= BATCH:
                await self._keep(run, batch, count)
        await self._keep(run, batch, count)
        run.outcome, run.fetched_at, run.complete = Outcome.FETCHED, now(), not feed.missed
        run.counts, run.warnings = dict(feed.counts()), [f"missed: {page}" for page in feed.missed][:BATCH]
        async with self.sessions.session() as session:
            await runs.save(session, run)

    async def _keep(self, run: ScrapeRun, batch: dict[str, tuple[str, Mapping[str, Any]]], count: int) -> None:
        batch.pop("", None)  # what has no id cannot be found again
        async with self.sessions.session() as session:
            await save_items(session, self.source.id, run.id, batch)
        batch.clear()
        self.progress(Progress("fetching", count, None))

    async def _apply(self, run: ScrapeRun) -> Report:
        """All or nothing: what an alarm stops is taken back, and the run's row says why."""
        pass_ = applying.Run(
            run.id,
            self.source.id,
            self.source.roaster,
            seen_at=run.fetched_at or run.started_at,
            complete=run.complete,
            price_limit=self.rules.price_limit if self.source.price_limit is None else self.source.price_limit,
        )
        async with self.sessions.session() as session:
            total = await runs.items_of(session, run.id)
            self.progress(Progress("applying", 0, total))
            await catalogue.take_turns(session)
            async with session.begin_nested() as effects:
                tally = await applying.apply(
                    session, pass_, read=self.read, tell=self.tell, progress=lambda done: self.progress(Progress("applying", done, total))
                )
                why = self._alarm(tally)
                if why:
                    await effects.rollback()
            report = Report(Outcome.ALARM if why else Outcome.GOOD, why, {**run.counts, **tally.counts()}, tally.told_warnings())
            await runs.learn(session, self.source.id, self._setback(report) if why else self._success(tally))
            await self._close(session, run, report)
        return report

    def _alarm(self, tally: Tally) -> str:
        if self.rules.accept:
            return nothing(tally)
        return nothing(tally) or alarm(tally, self.source.last_good, currency=self.source.currency)

    async def _failed(self, run: ScrapeRun, error: CoffeebotError) -> Report:
        report = Report(Outcome.FAILED, f"failed: {error}")
        retry_after = min(timedelta(seconds=min(getattr(error, "retry_after", None) or 0, 1e9)), LONGEST_PAUSE)
        async with self.sessions.session() as session:
            await runs.learn(session, self.source.id, self._setback(report, retry_after=retry_after))
            await self._close(session, run, report)
        return report

    def _success(self, tally: Tally) -> dict[str, Any]:
        """What the source learns of a good run: by what the next one is judged, and when that is due."""
        only = next(iter(tally.currencies)) if len(tally.currencies) == 1 else None
        currency = only if self.rules.accept and only else self.source.currency or only
        learnt = {"last_good": tally.as_good(), "last_good_at": now(), "failures": 0, "currency": currency}
        return {**learnt, "next_at": now() + self._interval}

    def _setback(self, report: Report, *, retry_after: timedelta = timedelta(0)) -> dict[str, Any]:
        """What it learns of another one: to be asked again soon, but later each time."""
        log.warning("scrape of %s: %s: %s; nothing was changed", self.source.slug, report.outcome, report.alarm)
        pause = min(self._interval, FIRST_PAUSE * 2 ** min(self.source.failures, 10))
        return {"failures": self.source.failures + 1, "next_at": now() + max(pause, retry_after)}

    @property
    def _interval(self) -> timedelta:
        own = self.source.interval_minutes
        return self.rules.interval if own is None else timedelta(minutes=own)

    async def _close(self, session: AsyncSession, run: ScrapeRun, report: Report) -> None:
        run.outcome, run.alarm, run.finished_at = report.outcome, report.alarm, now()
        run.counts, run.warnings = report.counts or run.counts, [*run.warnings, *report.warnings]
        await runs.save(session, run)


def _content_hash(payload: Any) -> str:
    return hashlib.sha256(json.dumps(payload, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
