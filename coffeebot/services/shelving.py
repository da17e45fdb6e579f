"""Puts coffees on the shelf: facts, search document, vector and offers, as an import or a curator's approval hands them over."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from coffeebot.domain.coffee import CoffeeFacts
from coffeebot.domain.curation import provenance
from coffeebot.domain.folding import plain
from coffeebot.models import catalogue
from coffeebot.models.offers import save_offers
from coffeebot.providers.embedding import Embedder, Vector
from coffeebot.services.search_document import search_document

_PLAIN_COLUMNS = (
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
_LISTED_COLUMNS = ("origins", "regions", "processes", "varieties", "families", "notes", "flags")


@dataclass(frozen=True, slots=True)
class Understood:
    """A coffee, its search document, a digest of all that would be written of it, and who wrote which field."""

    facts: CoffeeFacts
    document: str
    digest: str
    provenance: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """(roaster's slug, external id), which is what makes it one coffee."""
        return roaster_slug(self.facts.roaster), self.facts.external_id


def understood(facts: CoffeeFacts, *, origin: str) -> Understood:
    """A coffee all of whose facts `origin` tells."""
    return with_provenance(facts, provenance(facts, origin))


def with_provenance(facts: CoffeeFacts, written_by: Mapping[str, str]) -> Understood:
    document = search_document(facts)
    return Understood(facts, document, digest(facts, document), written_by)


async def vectors_of(
    coffees: Sequence[Understood], before: Mapping[tuple[str, str], catalogue.Stored], embedder: Embedder
) -> dict[tuple[str, str], Vector]:
    """By key, of those whose document has no vector yet. Embedding takes seconds: do it before the transaction."""
    anew = [one for one in coffees if not _still_embedded(one, before.get(one.key), embedder)]
    vectors = await embedder.embed([one.document for one in anew])
    return {one.key: vector for one, vector in zip(anew, vectors, strict=True)}


def _still_embedded(one: Understood, old: catalogue.Stored | None, embedder: Embedder) -> bool:
    return old is not None and old.search_document == one.document and old.embedded_by == embedder.name


async def shelve(
    session: AsyncSession, coffees: Sequence[Understood], *, vectors: Mapping[tuple[str, str], Vector], embedded_by: str
) -> dict[tuple[str, str], UUID]:
    """Writes coffees and their offers, roasters too where they are new; ids by key. The caller has taken its turn."""
    roasters = await catalogue.save_roasters(session, _roasters(one.facts for one in coffees))
    places = {one.key: (roasters[one.key[0]], one.facts.external_id) for one in coffees}
    stored = await catalogue.stored_coffees(session, list(places.values()))
    slugs = await _slugs(session, [one for one in coffees if places[one.key] not in stored])
    ids: dict[tuple[str, str], UUID] = {}
    added: list[dict[str, Any]] = []
    for one in coffees:
        values = coffee_values(one, roaster_id=places[one.key][0])
        if one.key in vectors:
            values |= {"embedding": vectors[one.key], "embedded_by": embedded_by}
        old = stored.get(places[one.key])
        ids[one.key] = old.id if old else uuid4()
        if old:
            await catalogue.change_coffee(session, old.id, values)
        else:
            added.append({**values, "id": ids[one.key], "slug": slugs[one.key]})
    await catalogue.add_coffees(session, added)
    await save_offers(session, {ids[one.key]: one.facts.offers for one in coffees})
    return ids


async def _slugs(session: AsyncSession, coffees: Sequence[Understood]) -> dict[tuple[str, str], str]:
    """A slug for each new coffee: roaster and name, with a piece of its id's digest where that is taken or not Roman."""
    wished = {one.key: slug(f"{one.facts.roaster} {one.facts.name}") for one in coffees}
    taken = await catalogue.taken_slugs(session, wished.values())
    counted = Counter(wished.values())
    return {
        key: name if name and name not in taken and counted[name] == 1 else f"{name or 'coffee'}-{_short_digest(*key)}"
        for key, name in wished.items()
    }


def _roasters(coffees: Iterable[CoffeeFacts]) -> dict[str, tuple[str, str | None]]:
    found: dict[str, tuple[str, str | None]] = {}
    for facts in coffees:
        key = roaster_slug(facts.roaster)
        name, country = found.get(key, (facts.roaster, None))
        found[key] = (name, country or facts.roaster_country)
    return dict(sorted(found.items()))


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
    return {
        **{name: getattr(facts, name) for name in _PLAIN_COLUMNS},
        **{name: list(getattr(facts, name)) for name in _LISTED_COLUMNS},
        "name_key": plain(f"{facts.roaster} {facts.name}"),
        "roaster_id": roaster_id,
        "altitude_min": low,
        "altitude_max": high,
        "score": facts.score.quantize(Decimal("0.01")) if facts.score is not None else None,
        "evidence": facts.evidence,
        "provenance": dict(one.provenance),
        "search_document": one.document,
        "content_hash": one.digest,
    }
