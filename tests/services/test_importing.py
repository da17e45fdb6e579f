"""Import: what is written, what a second one changes, and what bad rows cost."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.models import Coffee, Event, Offer, PriceHistory, Roaster
from coffeebot.models.database import Database
from coffeebot.services.importing import ImportReport, import_file
from coffeebot.services.shelving import roaster_slug, slug
from coffeebot.services.starter import load_if_empty
from coffeebot.settings import Settings
from tests.services.shelf import SHELF, WordEmbedder, coffee, write_jsonl

CURRENCIES = Settings(_env_file=None).exchange_rates  # type: ignore[call-arg]


async def load(database: Database, path: Path, embedder: WordEmbedder | None = None, **options: Any) -> ImportReport:
    return await import_file(path, database=database, embedder=embedder or WordEmbedder(), currencies=CURRENCIES, **options)


async def all_of(database: Database, table: Any) -> list[Any]:
    async with database.session() as session:
        return list((await session.execute(sa.select(table))).scalars())


async def by_name(database: Database) -> dict[str, Coffee]:
    return {c.name: c for c in await all_of(database, Coffee)}


async def test_facts_are_structured_when_a_coffee_is_written(database: Database, tmp_path: Path) -> None:
    report = await load(database, write_jsonl(tmp_path / "c.jsonl", SHELF))
    assert (report.added, report.changed, report.unchanged, report.rejected) == (len(SHELF), 0, 0, [])
    coffees = await by_name(database)
    berry = coffees["Berry Window"]
    assert (berry.origins, berry.regions, berry.processes, berry.roast) == (["Ethiopia"], ["guji"], ["natural"], "Light")
    assert berry.families[0] == "berry" and "chocolate" in berry.families
    assert (berry.decaf, berry.blend, berry.score) == (False, False, Decimal("93.00"))
    assert berry.embedded_by == "words" and len(berry.embedding) == 384
    assert coffees["Kissaten No. 3"].roast is None
    assert "Tastes of blueberry" in berry.search_document and "African" in berry.search_document
    yen = next(o for o in await all_of(database, Offer) if o.currency == "JPY")
    assert (yen.amount_minor, yen.per_100g_minor) == (1800, 900)


async def test_a_second_import_changes_nothing_and_embeds_nothing(database: Database, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "c.jsonl", SHELF)
    await load(database, path)
    before = {c.name: (c.id, c.slug, c.updated_at, c.content_hash) for c in await all_of(database, Coffee)}
    offers = {o.id: o.seen_at for o in await all_of(database, Offer)}
    embedder = WordEmbedder()
    report = await load(database, path, embedder)
    assert (report.added, report.changed, report.unchanged) == (0, 0, len(SHELF))
    assert embedder.texts == []
    assert {c.name: (c.id, c.slug, c.updated_at, c.content_hash) for c in await all_of(database, Coffee)} == before
    assert {o.id: o.seen_at for o in await all_of(database, Offer)} == offers


async def test_a_new_price_keeps_the_offers_id_and_is_remembered(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    await load(database, write_jsonl(path, [coffee("Grove Street", price=16)]))
    (before,) = await all_of(database, Offer)
    embedder = WordEmbedder()
    report = await load(database, write_jsonl(path, [coffee("Grove Street", price=18)]), embedder)
    (after,) = await all_of(database, Offer)
    assert (report.changed, after.id, after.amount_minor) == (1, before.id, 1800)
    assert [h.amount_minor for h in sorted(await all_of(database, PriceHistory), key=lambda h: h.seen_at)] == [1600, 1800]
    assert embedder.texts == []  # what is searched did not change


async def test_a_vanished_offer_goes_and_what_was_clicked_stays_counted(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    sizes = [{"grams": 250, "price": 14}, {"grams": 1000, "price": 45}]
    await load(database, write_jsonl(path, [coffee("Grove Street", price=None, offers=sizes)]))
    large = max(await all_of(database, Offer), key=lambda o: o.grams)
    async with database.session() as session:
        session.add(Event(kind="clicked", offer_id=large.id))
    await load(database, write_jsonl(path, [coffee("Grove Street", price=None, offers=sizes[:1])]))
    assert [o.grams for o in await all_of(database, Offer)] == [250]
    assert [e.offer_id for e in await all_of(database, Event) if e.kind == "clicked"] == [None]


async def test_a_dry_run_says_the_same_and_writes_nothing(database: Database, tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "c.jsonl", SHELF)
    embedder = WordEmbedder()
    report = await load(database, path, embedder, dry_run=True)
    assert report.added == len(SHELF) and embedder.texts == []
    assert await all_of(database, Coffee) == [] and await all_of(database, Roaster) == []
    assert (await load(database, path)).added == report.added


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ({"name": "A"}, "roaster", "missing"),
        (coffee("A", price=-3), "price", "not more than 0"),
        (coffee("A", price="free"), "price", "not a number"),
        (coffee("A", currency="XBT"), "currency", "no exchange rate"),
        (coffee("A", grams=0), "grams", "between"),
        (coffee("A", score=130), "score", "between 0 and 100"),
        ({**coffee("A"), "name": "x" * 300}, "name", "longer than"),
        (coffee("A", description="x" * 30_000), "description", "longer than"),
        (coffee("A", url="javascript:alert(1)"), "url", "web address"),
        (coffee("A", image="ftp://x/y.png"), "image", "web address"),
        (coffee("A", in_stock="perhaps"), "in_stock", "neither yes nor no"),
        (coffee("A", notes={"a": 1}), "notes", "should be text"),
        (coffee("A", notes=[["x"]]), "notes", "list of texts"),
        (coffee("A", price=None, offers=[{"grams": 250, "price": 9}, {"grams": 250}]), "offers[1].price", "missing"),
        (coffee("A", price=None, offers="[nonsense"), "offers", "JSON list"),
        (coffee("A", price=10**10), "price", "out of range"),
        (coffee("Night Train"), "id", "already stands in line 1"),
    ],
)
async def test_a_bad_row_is_named_and_loses_nothing_else(
    database: Database, tmp_path: Path, row: dict[str, Any], column: str, reason: str
) -> None:
    path = write_jsonl(tmp_path / "c.jsonl", [coffee("Night Train"), row, coffee("Fog Harbour")])
    report = await load(database, path)
    (rejected,) = report.rejected
    assert (rejected.line, rejected.column) == (2, column) and reason in rejected.reason
    assert set(await by_name(database)) == {"Night Train", "Fog Harbour"}


async def test_csv_with_offers_in_a_field(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    offers = json.dumps([{"grams": 200, "price": "1600", "currency": "JPY"}]).replace('"', '""')
    path.write_text(f'ID,Name,Roaster,Roast Level,Notes,Offers\n7,"Café, Blue",Aoi,浅煎り,peach; honey,"{offers}"\n', encoding="utf-8-sig")
    assert (await load(database, path)).added == 1
    found = (await by_name(database))["Café, Blue"]
    assert (found.roast, found.notes, found.slug, found.name_key) == ("Light", ["peach", "honey"], "aoi-cafe-blue", "aoi cafe blue")


async def test_a_reviewers_columns(database: Database, tmp_path: Path) -> None:
    row = {
        "id": "r1", "name": "Wayside Guji", "roaster": "Corner Roasters", "roaster_country": "Hawai'i", "roast": "Medium-Light",
        "origin_1": "Guji Zone", "origin_2": "Southern Ethiopia", "price_usd_per_100g": 5.3, "rating": 94,
        "blind_assessment": "Sweet. Plum, jasmine, cedar in aroma and cup. Bright acidity; silky mouthfeel.",
        "notes": "Processed by the natural method. Corner Roasters is a roaster based in Kenya.", "bottom_line": "A kind cup.",
    }  # fmt: skip
    assert (await load(database, write_jsonl(tmp_path / "c.jsonl", [row]))).added == 1
    found = (await by_name(database))["Wayside Guji"]
    assert (found.origins, found.processes, found.notes, found.score) == (
        ["Ethiopia"],
        ["natural"],
        ["plum", "jasmine", "cedar"],
        Decimal(94),
    )
    (offer,) = await all_of(database, Offer)
    assert (offer.grams, offer.amount_minor, offer.per_100g_minor, offer.currency) == (100, 530, 530, "USD")
    assert [r.country for r in await all_of(database, Roaster)] == ["Hawaii"]


async def test_slugs_are_unique_and_outlive_a_new_name(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    same = [coffee("Night Train", id="1"), coffee("Night Train", id="2"), coffee("夜汽車", id="3", roaster="喫茶青")]
    await load(database, write_jsonl(path, same))
    slugs = {c.external_id: c.slug for c in await all_of(database, Coffee)}
    assert len(set(slugs.values())) == 3 and all(s and s.isascii() for s in slugs.values())
    renamed = [coffee("Day Train", id="1"), *same[1:]]
    assert (await load(database, write_jsonl(path, renamed))).changed == 1
    assert {c.external_id: c.slug for c in await all_of(database, Coffee)} == slugs


async def test_roasters_differ_by_more_than_spelling(database: Database, tmp_path: Path) -> None:
    rows = [
        coffee("A", roaster="Café Blue"),
        coffee("B", roaster="CAFE BLUE"),
        coffee("C", roaster="青珈琲"),
        coffee("D", roaster="赤珈琲"),
    ]
    await load(database, write_jsonl(tmp_path / "c.jsonl", rows))
    assert len(await all_of(database, Roaster)) == 3
    assert roaster_slug("Café Blue") == "cafe-blue" and slug("青") == ""


async def test_real_coffees_take_the_samples_off_the_shelf(database: Database, tmp_path: Path) -> None:
    embedder = WordEmbedder()
    loaded = await load_if_empty(database, embedder, CURRENCIES)
    assert loaded >= 60
    assert await load_if_empty(database, embedder, CURRENCIES) == 0
    report = await load(database, write_jsonl(tmp_path / "c.jsonl", [coffee("Night Train")]))
    assert report.samples_withdrawn == loaded
    async with database.session() as session:
        shown = await session.execute(sa.select(col(Coffee.name)).where(col(Coffee.withdrawn_at).is_(None)))
        assert list(shown.scalars()) == ["Night Train"]
    assert await load_if_empty(database, embedder, CURRENCIES) == 0


async def test_samples_stay_while_an_import_brings_nothing_real(database: Database, tmp_path: Path) -> None:
    await load_if_empty(database, WordEmbedder(), CURRENCIES)
    report = await load(database, write_jsonl(tmp_path / "c.jsonl", [{"name": "no roaster"}]))
    assert (len(report.rejected), report.samples_withdrawn) == (1, 0)


async def test_progress_counts_rows_to_the_end(database: Database, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    await load(database, write_jsonl(tmp_path / "c.jsonl", SHELF), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(SHELF), len(SHELF)) and told == sorted(told)
