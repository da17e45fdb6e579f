"""Puts a file of coffees into the catalogue: read, checked, understood, embedded and written, row by row."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from coffeebot.domain.coffee import CoffeeFacts, OfferFacts
from coffeebot.domain.facts import facts_of
from coffeebot.domain.folding import plain
from coffeebot.models import catalogue
from coffeebot.models.database import Database
from coffeebot.providers.embedding import Embedder, Vector
from coffeebot.services.columns import BadColumn, loose_coffee
from coffeebot.services.rows import Row, RowError, read_rows
from coffeebot.services.search_document import search_document

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


@dataclass(frozen=True, slots=True)
class Understood:
    """One row's coffee, its search document, and a digest of all that an import would write of it."""

    facts: CoffeeFacts
    document: str
    digest: str


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
    understood = _understood(rows, report, currencies=frozenset(currencies), sample=sample)
    while batch := list(islice(understood, BATCH)):
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
        facts = facts_of(loose)
        document = search_document(facts)
        yield Understood(facts, document, digest(facts, document))


async def _import_batch(
    batch: Sequence[Understood], report: ImportReport, *, database: Database, embedder: Embedder, dry_run: bool
) -> None:
    before = await _before(batch, database)
    fresh = [one for one in batch if before.get(_key(one.facts)) is None]
    changed = [
        one for one in batch if (old := before.get(_key(one.facts))) and (old.content_hash, old.embedded_by) != (one.digest, embedder.name)
    ]
    report.added += len(fresh)
    report.changed += len(changed)
    report.unchanged += len(batch) - len(fresh) - len(changed)
    if dry_run or not (fresh or changed):
        return
    # Embedding takes seconds: it is done before the transaction, which then takes milliseconds.
    anew = [one for one in (*fresh, *changed) if not _still_embedded(one, before.get(_key(one.facts)), embedder)]
    vectors = dict(zip((id(one) for one in anew), await embedder.embed([one.document for one in anew]), strict=True))
    async with database.session() as session:
        await catalogue.take_turns(session)
        roasters = await catalogue.save_roasters(session, _roasters(one.facts for one in (*fresh, *changed)))
        ids = await _write(session, (*fresh, *changed), roasters=roasters, vectors=vectors, embedder=embedder)
        await catalogue.save_offers(session, {ids[id(one)]: [_offer_values(o) for o in one.facts.offers] for one in (*fresh, *changed)})


async def _before(batch: Sequence[Understood], database: Database) -> dict[tuple[str, str], catalogue.Stored]:
    """What the catalogue holds of these coffees, by (roaster's slug, external id)."""
    async with database.session() as session:
        return await catalogue.stored_by_slug(session, [_key(one.facts) for one in batch])


async def _write(
    session: Any, coffees: Sequence[Understood], *, roasters: dict[str, UUID], vectors: dict[int, Vector], embedder: Embedder
) -> dict[int, UUID]:
    """Writes the coffees themselves; their ids by the identity of what was given."""
    keys = [(roasters[roaster_slug(one.facts.roaster)], one.facts.external_id) for one in coffees]
    stored = await catalogue.stored_coffees(session, keys)
    slugs = await _slugs(session, [one.facts for one, key in zip(coffees, keys, strict=True) if key not in stored])
    ids: dict[int, UUID] = {}
    added: list[dict[str, Any]] = []
    for one, key in zip(coffees, keys, strict=True):
        values = coffee_values(one, roaster_id=key[0])
        if id(one) in vectors:
            values |= {"embedding": vectors[id(one)], "embedded_by": embedder.name}
        old = stored.get(key)
        ids[id(one)] = old.id if old else uuid4()
        if old:
            await catalogue.change_coffee(session, old.id, values)
        else:
            added.append({**values, "id": ids[id(one)], "slug": slugs[_key(one.facts)]})
    await catalogue.add_coffees(session, added)
    return ids


async def _slugs(session: Any, coffees: Sequence[CoffeeFacts]) -> dict[tuple[str, str], str]:
    """A slug for each new coffee: roaster and name, with a piece of its id's digest where that is taken or not Roman."""
    wished = {_key(facts): slug(f"{facts.roaster} {facts.name}") for facts in coffees}
    taken = await catalogue.taken_slugs(session, wished.values())
    counted = Counter(wished.values())
    return {
        key: name if name and name not in taken and counted[name] == 1 else f"{name or 'coffee'}-{_short_digest(*key)}"
        for key, name in wished.items()
    }


def _still_embedded(one: Understood, old: catalogue.Stored | None, embedder: Embedder) -> bool:
    return old is not None and old.search_document == one.document and old.embedded_by == embedder.name


def _roasters(coffees: Iterable[CoffeeFacts]) -> dict[str, tuple[str, str | None]]:
    found: dict[str, tuple[str, str | None]] = {}
    for facts in coffees:
        key = roaster_slug(facts.roaster)
        name, country = found.get(key, (facts.roaster, None))
        found[key] = (name, country or facts.roaster_country)
    return dict(sorted(found.items()))


def _key(facts: CoffeeFacts) -> tuple[str, str]:
    return roaster_slug(facts.roaster), facts.external_id


def slug(text: str) -> str:
    """Roman letters and digits of a text, for an address; empty when it has none."""
    return re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")[:80].strip("-")


def roaster_slug(name: str) -> str:
    """Which roaster a name means: spelling of accents, case and punctuation does not make another one."""
    roman = slug(name)
    lost = re.sub(r"[\x00-\x7f]", "", plain(name))
    return f"{roman or 'roaster'}-{_short_digest(plain(name))}" if lost or not roman else roman


def _short_digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]


def digest(facts: CoffeeFacts, document: str) -> str:
    """Equal for two imports exactly when the second has nothing to write."""
    content = {**asdict(facts), "document": document}
    content["offers"] = sorted(json.dumps({**asdict(o), "seen_at": None}, sort_keys=True, default=str) for o in facts.offers)
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def coffee_values(one: Understood, *, roaster_id: UUID) -> dict[str, Any]:
    """The columns of a coffee, without those that it keeps for life."""
    facts = one.facts
    low, high = facts.altitude_masl or (None, None)
    plain_columns = (
        "external_id",
        "name",
        "sample",
        "description",
        "farm",
        "producer",
        "roast",
        "blend",
        "decaf",
        "acidity",
        "body",
        "sweetness",
        "image",
    )
    listed_columns = ("origins", "regions", "processes", "varieties", "families", "notes", "flags")
    return {
        **{name: getattr(facts, name) for name in plain_columns},
        **{name: list(getattr(facts, name)) for name in listed_columns},
        "name_key": plain(f"{facts.roaster} {facts.name}"),
        "roaster_id": roaster_id,
        "altitude_min": low,
        "altitude_max": high,
        "score": facts.score.quantize(Decimal("0.01")) if facts.score is not None else None,
        "evidence": facts.evidence,
        "search_document": one.document,
        "content_hash": one.digest,
    }


def _offer_values(offer: OfferFacts) -> dict[str, Any]:
    return {**asdict(offer), "per_100g_minor": offer.per_100g_minor}
