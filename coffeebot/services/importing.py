"""Puts a file of coffees into the catalogue: read, checked, understood, embedded and written, row by row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from coffeebot.domain.curation import provenance, unlocked
from coffeebot.domain.facts import facts_of
from coffeebot.models import catalogue
from coffeebot.models.database import Database
from coffeebot.models.stored_facts import StoredCoffee, stored_facts
from coffeebot.providers.embedding import Embedder
from coffeebot.services.columns import BadColumn, loose_coffee
from coffeebot.services.rows import Row, RowError, read_rows
from coffeebot.services.shelving import Understood, roaster_slug, shelve, understood, vectors_of, with_provenance

ORIGIN = "import"  # who wrote the facts, as provenance says it
BATCH = 128  # rows in one transaction: a stopped import loses at most these, and the next one goes on
Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """For callers who do not want to be told."""


@dataclass(slots=True)
class ImportReport:
    """What an import did, or with `dry_run` would do."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[RowError] = field(default_factory=list)
    samples_withdrawn: int = 0

    @property
    def total(self) -> int:
        return self.added + self.changed + self.unchanged + len(self.rejected)


async def import_file(
    path: Path,
    *,
    database: Database,
    embedder: Embedder,
    currencies: Iterable[str] = ("USD",),
    dry_run: bool = False,
    sample: bool = False,
    progress: Progress = no_progress,
) -> ImportReport:
    """Imports a CSV or JSON Lines file; `currencies` are those with an exchange rate, `progress(done, total)` counts rows.

    A second import of the same file changes nothing. Raises BadInput when the file as a whole cannot be read.
    """
    report = ImportReport()
    rows = list(read_rows(path))
    readable = _understood(rows, report, currencies=frozenset(currencies), sample=sample)
    while batch := list(islice(readable, BATCH)):
        await _import_batch(batch, report, database=database, embedder=embedder, dry_run=dry_run)
        progress(report.total, len(rows))
    progress(len(rows), len(rows))
    if not sample and not dry_run:
        async with database.session() as session:
            report.samples_withdrawn = await catalogue.withdraw_samples(session)
    return report


def _understood(rows: Iterable[Row | RowError], report: ImportReport, *, currencies: frozenset[str], sample: bool) -> Iterator[Understood]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        if isinstance(row, RowError):
            report.rejected.append(row)
            continue
        try:
            loose = loose_coffee(row.values, currencies=currencies, sample=sample)
        except BadColumn as fault:
            report.rejected.append(RowError(row.line, fault.column, fault.reason))
            continue
        key = (roaster_slug(loose.roaster), loose.external_id)
        if key in seen:
            report.rejected.append(RowError(row.line, "id", f"{loose.external_id[:60]!r} already stands in line {seen[key]}"))
            continue
        seen[key] = row.line
        yield understood(facts_of(loose), origin=ORIGIN)


async def _import_batch(
    batch: Sequence[Understood], report: ImportReport, *, database: Database, embedder: Embedder, dry_run: bool
) -> None:
    before = await _before(batch, database)
    batch = await _keeping_what_is_locked(batch, before, database=database)
    fresh = [one for one in batch if before.get(one.key) is None]
    changed = [one for one in batch if (old := before.get(one.key)) and (old.content_hash, old.embedded_by) != (one.digest, embedder.name)]
    report.added += len(fresh)
    report.changed += len(changed)
    report.unchanged += len(batch) - len(fresh) - len(changed)
    if dry_run or not (fresh or changed):
        return
    vectors = await vectors_of((*fresh, *changed), before, embedder)
    async with database.session() as session:
        await catalogue.take_turns(session)
        await shelve(session, (*fresh, *changed), vectors=vectors, embedded_by=embedder.name)


async def _keeping_what_is_locked(
    batch: Sequence[Understood], before: Mapping[tuple[str, str], catalogue.Stored], *, database: Database
) -> list[Understood]:
    """The batch with the facts that a curator settled as they are."""
    settled = {key: old.id for key, old in before.items() if old.locked}
    async with database.session() as session:
        stored = await stored_facts(session, settled.values())
    kept: list[Understood] = []
    for one in batch:
        old = stored.get(settled[one.key]) if one.key in settled else None
        kept.append(_settled(old, one) if old else one)
    return kept


def _settled(old: StoredCoffee, one: Understood) -> Understood:
    facts = unlocked(old.facts, one.facts, locked=old.locked)
    written_by = {name: who for name, who in old.provenance.items() if name in old.locked}
    return with_provenance(facts, {**provenance(facts, ORIGIN), **written_by})


async def _before(batch: Sequence[Understood], database: Database) -> dict[tuple[str, str], catalogue.Stored]:
    """What the catalogue holds of these coffees, by (roaster's slug, external id)."""
    async with database.session() as session:
        return await catalogue.stored_by_slug(session, [one.key for one in batch])
