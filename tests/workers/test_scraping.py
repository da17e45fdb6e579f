"""A shop over HTTP into the catalogue and the chat, with its misbehaviour on the way."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import col

from coffeebot.domain.errors import BadInput, NotFound
from coffeebot.domain.turn import Pick
from coffeebot.models import Coffee, Offer, Proposal, RawItem, ScrapeRun, ScrapeSource, StoredPage
from coffeebot.services import sources
from coffeebot.services.ingestion.run import Report
from coffeebot.wiring import Services
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from scrapers.fetch.store import PageStore
from scrapers.registry import ROASTERS
from tests.fake_shop import MISBEHAVIOURS, Answer, FakeShop, catalogue
from tests.fake_shop.clock import FakeClock
from workers import scraping
from workers.scraping import find_source, register_roasters, scrape


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses pass at once, and slow bytes are given up on soon."""

    def fetcher(_: Manners, *, store: PageStore | None = None) -> Fetcher:
        return Fetcher(
            Manners(contact="tests@example.org", loopback=True, page_seconds=0.8, most_bytes=2_000_000), store=store, clock=FakeClock()
        )

    monkeypatch.setattr(scraping, "Fetcher", fetcher)


async def run(services: Services, slug: str = "fake", **options: Any) -> Report:
    return await scrape(services.database, await sources.named(services.database, slug), services.settings, **options)


async def count(services: Services, table: Any) -> int:
    async with services.database.session() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


async def approve_all(services: Services) -> None:
    async for _ in services.review.approve_all(by="mika"):
        pass


async def test_a_scraped_coffee_is_recommended_with_its_price_and_when_it_was_seen(services: Services, source: ScrapeSource) -> None:
    report = await run(services)
    assert (report.outcome, report.counts["new"], report.counts["pages"]) == ("good", 8, 1)
    await approve_all(services)
    shopper = uuid4()
    conversation = await services.conversations.create(shopper)
    reply = await services.replies.start(conversation, "a coffee from Ethiopia, please", shopper_id=shopper)
    said = [event async for event in services.replies.events(reply, conversation_id=conversation)]
    picks = [event for event in said if isinstance(event, Pick)]
    async with services.database.session() as session:
        fetched = await session.scalar(sa.select(ScrapeRun.fetched_at))
    assert picks and all(pick.roaster == "Fake Roasters" and pick.price_seen_at == fetched and pick.in_stock for pick in picks)
    prices = {catalogue.name(number): catalogue.price(number, 1400) for number in range(1, 9)}
    assert {pick.coffee_name: (pick.price.amount_minor, pick.price.currency) for pick in picks if pick.price} == {
        pick.coffee_name: (prices[pick.coffee_name], "USD") for pick in picks
    }


async def test_what_did_not_change_is_not_sent_again(services: Services, source: ScrapeSource, shop: FakeShop) -> None:
    await run(services)
    report = await run(services)
    assert (report.outcome, report.counts["unchanged pages"], report.counts["waiting"]) == ("good", 1, 8)
    assert "if-none-match" in shop.asked[-1].headers
    assert (await count(services, StoredPage), await count(services, RawItem)) == (2, 8), "the feed and what the shop asks to be paid in"


# What comes of a run when the shop does this: good only where the shop is right, else nothing changed.
@pytest.mark.parametrize("name", MISBEHAVIOURS)
async def test_no_misbehaviour_changes_anything(services: Services, source: ScrapeSource, shop: FakeShop, name: str) -> None:
    await run(services)
    await approve_all(services)
    before = await everything(services)
    shop.always("/products.json*", MISBEHAVIOURS[name](shop.good("/products.json"))[0])
    report = await run(services)
    assert report.outcome == ("alarm" if name == "empty feed" else "failed")
    assert report.alarm
    assert await everything(services) == before
    async with services.database.session() as session:
        rows = (await session.scalars(sa.select(ScrapeRun.outcome).order_by(col(ScrapeRun.started_at)))).all()
    assert list(rows) == ["good", report.outcome]


async def everything(services: Services) -> list[Any]:
    async with services.database.session() as session:
        offers = sa.select(Offer.id, Offer.amount_minor, Offer.in_stock, Offer.seen_at).order_by(col(Offer.id))
        coffees = sa.select(Coffee.id, Coffee.updated_at, Coffee.withdrawn_at).order_by(col(Coffee.id))
        proposals = sa.select(Proposal.number, Proposal.status).order_by(col(Proposal.number))
        return [tuple(row) for chosen in (offers, coffees, proposals) for row in (await session.execute(chosen)).all()]


async def test_a_shop_that_asks_for_another_currency_changes_nothing(services: Services, source: ScrapeSource, shop: FakeShop) -> None:
    await run(services)
    await approve_all(services)
    before = await everything(services)
    shop.always("/cart.js", Answer.json({"currency": "JPY"}))
    report = await run(services)
    assert (report.outcome, "asks for JPY, where USD was expected" in report.alarm) == ("failed", True)
    assert await everything(services) == before


async def test_a_page_missing_in_the_middle_fails_the_run(services: Services, source: ScrapeSource) -> None:
    async with FakeShop(products=600) as large:
        await sources.change(services.database, "fake", {"url": large.url})
        large.always("/products.json*page=2*", Answer(b"", status=500))
        report = await run(services)
    assert (report.outcome, await count(services, Proposal)) == ("failed", 0)


@pytest.mark.parametrize("system", ["woocommerce", "jsonld"])
async def test_other_systems_flow_in_too(services: Services, system: str) -> None:
    async with FakeShop(products=3, system=system) as other:
        async with Fetcher(Manners(loopback=True), clock=FakeClock()) as fetcher:
            found, fresh = await find_source(services.database, other.url, fetcher, roaster="Other Roasters")
        assert (found.spider, found.slug, fresh) == (system, "other-roasters", True)
        await sources.register(services.database, [found])
        report = await run(services, "other-roasters")
        assert (report.outcome, report.counts["new"]) == ("good", 3)
        await approve_all(services)
    async with services.database.session() as session:
        links = (await session.scalars(sa.select(Offer.url))).all()
    assert links and all(link and link.startswith(other.url) for link in links)


async def test_a_dry_run_stores_nothing(services: Services, source: ScrapeSource, shop: FakeShop) -> None:
    told: list[Any] = []
    report = await run(services, dry_run=True, tell=told.append)
    assert (report.outcome, len(told)) == ("good", 8)
    for table in (ScrapeRun, RawItem, Proposal, StoredPage):
        assert await count(services, table) == 0


async def test_a_saved_page_is_read_without_the_shop_and_ends_nothing(
    services: Services, source: ScrapeSource, shop: FakeShop, tmp_path: Path
) -> None:
    await run(services)
    await approve_all(services)
    asked = len(shop.asked)
    page = tmp_path / "products.json"
    page.write_text(json.dumps({"products": [catalogue.shopify(number) for number in (*range(1, 7), 90)]}))
    report = await run(services, place=str(page))
    assert (report.outcome, report.counts["new"], len(shop.asked)) == ("good", 1, asked)
    assert "gone" not in report.counts
    with pytest.raises(BadInput, match=r"nothing\.json cannot be read"):
        await run(services, place=str(tmp_path / "nothing.json"))


async def test_a_run_may_begin_at_another_address(services: Services, source: ScrapeSource, shop: FakeShop) -> None:
    report = await run(services, place=f"{shop.url}/collections/coffee/products.json?limit=250&page=1")
    assert (report.outcome, report.counts["new"], shop.paths[-1]) == ("good", 8, "/collections/coffee/products.json?limit=250&page=1")


async def test_the_registry_gives_the_first_sources(services: Services) -> None:
    await register_roasters(services.database)
    await sources.change(services.database, "onibus", {"enabled": False})
    await register_roasters(services.database)
    found = {source.slug: source for source in await sources.known(services.database)}
    assert {slug.replace("-", "_") for slug in found} == set(ROASTERS)
    assert (found["onibus"].currency, found["onibus"].roaster, found["onibus"].enabled) == ("JPY", "Onibus Coffee", False)


async def test_sources_are_found_by_name_and_by_address(services: Services, source: ScrapeSource, shop: FakeShop) -> None:
    async with Fetcher(Manners(loopback=True), clock=FakeClock()) as fetcher:
        assert (await find_source(services.database, "fake", fetcher))[0].slug == "fake"
        assert (await find_source(services.database, f"{shop.url}/collections/coffee", fetcher))[0].slug == "fake"
        assert (await find_source(services.database, "https://www.onibuscoffee.com/", fetcher))[0].slug == "onibus"
        with pytest.raises(NotFound, match=r"There is no source nobody\. Give a shop's address, or one of bluebottle-jp"):
            await find_source(services.database, "nobody", fetcher)
        with pytest.raises(BadInput):
            await find_source(services.database, "https://shop.example:99999/", fetcher)
