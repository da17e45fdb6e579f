"""The shop itself: an HTTP server of one of three systems, on a port of its own."""

import asyncio
import json
from collections import deque
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.fake_shop import catalogue
from tests.fake_shop.answers import Answer


class Asked(NamedTuple):
    """A request as it came: `path` with its query, header names in lower case."""

    path: str
    headers: dict[str, str]


class FakeShop:
    """Serves `products` coffees, others for each `seed`; `system` is shopify, woocommerce or jsonld.

    `enqueue` puts answers before those that the shop would give, `always` replaces them. `asked` is what was asked, in order.
    """

    def __init__(self, *, products: int = 3, system: str = "shopify", robots: str | None = None, port: int = 0, seed: int = 0) -> None:
        self.products = products
        self.first = 1 + seed * 1_000_000
        self.system = system
        self.robots = robots
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self._port = port
        self._now = 0
        self._queued: list[tuple[str, deque[Answer]]] = []
        self._always: list[tuple[str, Answer]] = []
        self._connections: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._rendered: dict[tuple[str, int, str | None, str], Answer] = {}

    async def __aenter__(self) -> "FakeShop":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        assert self._server is not None
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def enqueue(self, pattern: str, *answers: Answer) -> None:
        """The next answers to paths like this one."""
        self._queued.append((pattern, deque(answers)))

    def always(self, pattern: str, answer: Answer) -> None:
        self._always.append((pattern, answer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while await self._exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return  # the other side hung up, or the shop closes
        finally:
            self._connections.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:]) if name}
        asked = Asked(head[0].split(" ")[1], headers)
        self.asked.append(asked)
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            return await self._send(self._answer(asked), writer)
        finally:
            self._now -= 1

    async def _send(self, answer: Answer, writer: asyncio.StreamWriter) -> bool:
        if answer.hang_up:
            return False
        length = len(answer.body) if answer.length is None else answer.length
        head = {"Content-Length": str(length), **answer.headers}
        lines = [f"HTTP/1.1 {answer.status} Whatever", *(f"{name}: {value}" for name, value in head.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        for place in range(len(answer.body)) if answer.drip else ():
            writer.write(answer.body[place : place + 1])
            await writer.drain()
            await asyncio.sleep(answer.drip)
        if not answer.drip:
            writer.write(answer.body)
        await writer.drain()
        return length == len(answer.body)

    def _answer(self, asked: Asked) -> Answer:
        for pattern, answers in self._queued:
            if answers and fnmatchcase(asked.path, pattern):
                return answers.popleft()
        for pattern, answer in self._always:
            if fnmatchcase(asked.path, pattern):
                return answer
        return _conditional(self.good(asked.path), asked.headers)

    def render(self) -> None:
        """Every page that a reader of the shop asks for, made beforehand: serving it then costs next to nothing."""
        for path in PATHS[self.system](self):
            self.good(path)

    @property
    def numbers(self) -> range:
        """Of the coffees that are sold."""
        return range(self.first, self.first + self.products)

    def good(self, path: str) -> Answer:
        """What the shop answers when nothing is wrong with it."""
        key = (self.system, self.products, self.robots, path)
        if key not in self._rendered:
            self._rendered[key] = self._made(path)
        return self._rendered[key]

    def _made(self, path: str) -> Answer:
        place = urlsplit(path)
        query = {key: values[0] for key, values in parse_qs(place.query).items()}
        if place.path == "/robots.txt":
            return Answer(status=404) if self.robots is None else Answer(self.robots.encode())
        known = {"shopify": self._shopify, "woocommerce": self._woocommerce, "jsonld": self._jsonld}[self.system](place.path, query)
        return known or Answer(b"<html>not here</html>", status=404)

    def _shopify(self, path: str, query: Mapping[str, str]) -> Answer | None:
        if path in ("/products.json", "/collections/coffee/products.json"):
            return Answer.json({"products": [catalogue.shopify(number) for number in self._page(query, "limit", 30)]})
        if path == "/collections.json":
            return Answer.json(
                {"collections": [{"handle": "merch", "products_count": 2}, {"handle": "coffee", "products_count": self.products}]}
            )
        if path == "/cart.js":
            return Answer.json({"currency": "USD", "items": []})
        return Answer.html('<meta property="og:site_name" content="Fake Roasters">') if path == "/" else None

    def _woocommerce(self, path: str, query: Mapping[str, str]) -> Answer | None:
        if path != "/wp-json/wc/store/v1/products":
            return None
        if "parent" in query:
            return Answer.json(catalogue.woocommerce_sizes(int(query["parent"])))
        return Answer.json([catalogue.woocommerce(number, self.url) for number in self._page(query, "per_page", 10)])

    def _jsonld(self, path: str, _: Mapping[str, str]) -> Answer | None:
        handles = {f"/products/{catalogue.handle(number)}": number for number in self.numbers}
        if path == "/sitemap.xml":
            return self._sitemap([f"{self.url}/sitemap_products.xml"], "sitemapindex")
        if path == "/sitemap_products.xml":
            return self._sitemap([f"{self.url}/", *(self.url + place for place in handles), f"{self.url}/pages/about"], "urlset")
        if path not in handles:
            return None
        said = json.dumps(catalogue.json_ld(handles[path], self.url))
        return Answer.html(
            f'<html><script type="application/ld+json">{{broken</script><script type="application/ld+json">{said}</script></html>'
        )

    def _sitemap(self, urls: list[str], root: str) -> Answer:
        inside = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
        return Answer(f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</{root}>'.encode())

    def _page(self, query: Mapping[str, str], size: str, usual: int) -> range:
        limit, page = int(query.get(size, usual)), int(query.get("page", 1))
        return self.numbers[(page - 1) * limit : page * limit]


def _shopify_paths(shop: FakeShop) -> Iterator[str]:
    yield from (f"/products.json?limit=250&page={page}" for page in range(1, shop.products // 250 + 2))


def _woocommerce_paths(shop: FakeShop) -> Iterator[str]:
    feed = "/wp-json/wc/store/v1/products"
    yield from (f"{feed}?per_page=100&page={page}" for page in range(1, shop.products // 100 + 2))
    yield from (f"{feed}?parent={number}&type=variation&per_page=100" for number in shop.numbers)


def _jsonld_paths(shop: FakeShop) -> Iterator[str]:
    yield from ("/sitemap.xml", "/sitemap_products.xml")
    yield from (f"/products/{catalogue.handle(number)}" for number in shop.numbers)


PATHS = {"shopify": _shopify_paths, "woocommerce": _woocommerce_paths, "jsonld": _jsonld_paths}


def _conditional(answer: Answer, headers: Mapping[str, Any]) -> Answer:
    """With an ETag, and without a body for who has it already."""
    if answer.status != 200:
        return answer
    told = {**answer.headers, "ETag": answer.etag}
    if headers.get("if-none-match") == answer.etag:
        return Answer(status=304, headers=told)
    return Answer(answer.body, headers=told)
