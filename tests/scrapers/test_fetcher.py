"""Manners, one by one: who we say we are, what we ask again, and in what time."""

import asyncio

import httpx
import pytest

from scrapers.errors import FetchFailed, RobotsRefused
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from scrapers.fetch.retry_after import retry_after
from scrapers.pages import Request
from tests.fake_shop import Answer, FakeShop
from tests.fake_shop.clock import FakeClock
from tests.scrapers.memory_store import MemoryStore

LOCAL = Manners(contact="mailto:me@roaster.example", loopback=True)


async def test_it_says_who_it_is() -> None:
    async with FakeShop() as shop, Fetcher(LOCAL, clock=FakeClock()) as fetcher:
        await fetcher.get(Request(f"{shop.url}/products.json"))
    assert {asked.headers["user-agent"] for asked in shop.asked} == {LOCAL.user_agent}
    assert "mailto:me@roaster.example" in LOCAL.user_agent


async def test_robots_txt_is_asked_once_a_day_and_obeyed() -> None:
    clock = FakeClock()
    async with FakeShop(robots="User-agent: *\nDisallow: /cart\nDisallow: /*?secret") as shop, Fetcher(LOCAL, clock=clock) as fetcher:
        for path in ("/cart.js", "/products.json?secret=1"):
            with pytest.raises(RobotsRefused):
                await fetcher.get(Request(shop.url + path))
        await fetcher.get(Request(f"{shop.url}/products.json"))
        assert shop.paths == ["/robots.txt", "/products.json"]
        clock.time += 25 * 3600
        await fetcher.get(Request(f"{shop.url}/products.json"))
        assert shop.paths.count("/robots.txt") == 2


async def test_rules_for_us_by_name_outweigh_those_for_all() -> None:
    rules = "User-agent: *\nDisallow:\n\nUser-agent: coffeebot\nDisallow: /products.json"
    async with FakeShop(robots=rules) as shop, Fetcher(LOCAL, clock=FakeClock()) as fetcher:
        with pytest.raises(RobotsRefused):
            await fetcher.get(Request(f"{shop.url}/products.json"))


@pytest.mark.parametrize("answer", [Answer(status=500), Answer(status=503), Answer(hang_up=True)])
async def test_nothing_is_asked_while_robots_txt_cannot_be_read(answer: Answer) -> None:
    async with FakeShop() as shop, Fetcher(LOCAL, clock=FakeClock()) as fetcher:
        shop.always("/robots.txt", answer)
        with pytest.raises(RobotsRefused):
            await fetcher.get(Request(f"{shop.url}/products.json"))
        assert set(shop.paths) == {"/robots.txt"}


async def test_a_redirect_is_held_to_the_rules_of_where_it_leads() -> None:
    async with FakeShop(robots="User-agent: *\nDisallow: /private") as shop, Fetcher(LOCAL, clock=FakeClock()) as fetcher:
        shop.always("/products.json", Answer(status=301, headers={"Location": "/private/products.json"}))
        with pytest.raises(RobotsRefused):
            await fetcher.get(Request(f"{shop.url}/products.json"))


async def test_a_page_that_is_unchanged_is_not_sent_again() -> None:
    store = MemoryStore()
    async with FakeShop() as shop, Fetcher(LOCAL, store=store, clock=FakeClock()) as fetcher:
        first = await fetcher.get(Request(f"{shop.url}/products.json"))
        again = await fetcher.get(Request(f"{shop.url}/products.json"))
        assert (first.unchanged, again.unchanged) == (False, True)
        assert again.body == first.body
        assert "if-none-match" in shop.asked[-1].headers
        shop.products += 1
        changed = await fetcher.get(Request(f"{shop.url}/products.json"))
        assert not changed.unchanged and changed.body != first.body


@pytest.mark.parametrize("etag", ['"é"', '"a\x01b"', f'"{"x" * 60_000}"'])
async def test_a_version_that_cannot_be_sent_back_is_not_kept(etag: str) -> None:
    async with FakeShop() as shop, Fetcher(LOCAL, store=MemoryStore(), clock=FakeClock()) as fetcher:
        shop.always("/products.json", Answer(b"{}", headers={"ETag": etag}))
        for _ in range(2):
            assert not (await fetcher.get(Request(f"{shop.url}/products.json"))).unchanged
        assert "if-none-match" not in shop.asked[-1].headers


@pytest.mark.parametrize(
    "place",
    [
        *("http://xn--/", "http://a..b/", "http://[::1", "http://\x80/", "data:text/html,x", "javascript:alert(1)", "//10.0.0.1/"),
        *(f"http://{'a' * 64}.example/", f"http://shop.example/{'a' * 70_000}", "http://a b/", "http://①②⑦.⓪.⓪.①/", "\\\\10.0.0.1\\"),
    ],
)
async def test_a_redirect_to_no_address_is_a_failure_of_the_page(place: str) -> None:
    async with FakeShop() as shop, Fetcher(LOCAL, clock=FakeClock()) as fetcher:
        shop.always("/products.json", Answer(status=302, headers={"Location": place.encode().decode("latin-1")}))
        with pytest.raises(FetchFailed):
            await fetcher.get(Request(f"{shop.url}/products.json"))


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Length": "9" * 5000},
        {"Content-Length": "-5"},
        {"Content-Encoding": "gzip, gzip"},
        {f"X-{number}": "y" * 100 for number in range(5000)},
        {"X-Endless": "y" * 500_000},
    ],
    ids=["length", "negative length", "twice packed", "many headers", "an endless header"],
)
async def test_a_head_that_is_no_head_is_a_failure_of_the_page(headers: dict[str, str]) -> None:
    async with FakeShop() as shop, Fetcher(LOCAL, clock=FakeClock()) as fetcher:
        shop.always("/products.json", Answer(b"{}", headers=headers))
        with pytest.raises(FetchFailed):
            await fetcher.get(Request(f"{shop.url}/products.json"))


@pytest.mark.parametrize("rule", ["/" + "*a" * 300 + "*b$", "/" + "*" * 3000 + "b", "/" + "a*" * 20 + "b$"])
@pytest.mark.timeout(60)
async def test_a_hostile_robots_txt_is_read_in_time(rule: str) -> None:
    async with FakeShop(robots=f"User-agent: *\nDisallow: {rule}\nCrawl-delay: nan") as shop, Fetcher(LOCAL, clock=FakeClock()) as fetcher:
        with pytest.raises(FetchFailed, match="404"):
            await fetcher.get(Request(f"{shop.url}/{'a' * 2000}!"))


async def test_a_304_that_nobody_asked_for_is_a_failure() -> None:
    async with FakeShop() as shop, Fetcher(LOCAL, clock=FakeClock()) as fetcher:
        shop.always("/products.json", Answer(status=304))
        with pytest.raises(FetchFailed, match="304"):
            await fetcher.get(Request(f"{shop.url}/products.json"))


async def test_one_request_at_a_time_with_pauses() -> None:
    clock = FakeClock()
    async with FakeShop() as shop, Fetcher(LOCAL, clock=clock) as fetcher:
        await asyncio.gather(*(fetcher.get(Request(f"{shop.url}/products.json?page={page}")) for page in range(1, 6)))
        assert shop.most_at_once == 1
    assert len(clock.slept) == 5  # after robots.txt and after each page but the last
    assert min(clock.slept) >= LOCAL.least_pause


async def test_a_crawl_delay_is_kept() -> None:
    clock = FakeClock()
    async with FakeShop(robots="User-agent: *\nCrawl-delay: 20") as shop, Fetcher(LOCAL, clock=clock) as fetcher:
        for page in range(1, 4):
            await fetcher.get(Request(f"{shop.url}/products.json?page={page}"))
    assert clock.slept[1:] == [20, 20]


async def test_without_politeness_there_are_no_pauses_but_rules() -> None:
    clock = FakeClock()
    hasty = Manners(loopback=True, polite=False)
    async with FakeShop(robots="User-agent: *\nDisallow: /cart") as shop, Fetcher(hasty, clock=clock) as fetcher:
        for page in range(1, 4):
            await fetcher.get(Request(f"{shop.url}/products.json?page={page}"))
        with pytest.raises(RobotsRefused):
            await fetcher.get(Request(f"{shop.url}/cart.js"))
    assert clock.slept == []


async def test_the_transport_is_swappable() -> None:
    def replay(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404) if request.url.path == "/robots.txt" else httpx.Response(200, json={"products": []})

    async with Fetcher(Manners(), transport=httpx.MockTransport(replay), clock=FakeClock()) as fetcher:
        assert (await fetcher.get(Request("https://shop.example/products.json"))).json() == {"products": []}


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("120", 120),
        ("soon", None),
        ("-5", None),
        ("9" * 40, 999_999_999),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 60),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("²", None),
    ],
)
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, utc=60) == seconds
