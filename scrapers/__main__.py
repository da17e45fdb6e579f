"""python -m scrapers parse | normalise | preview: what a shop's page says, without storing anything."""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from coffeebot.domain.errors import BadInput, CoffeebotError
from coffeebot.domain.normalise import FIELDS
from coffeebot.domain.normalise import normalise as normalise_field
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from scrapers.items import RawItem
from scrapers.normaliser.coffee import Roaster, normalise
from scrapers.normaliser.lines import line
from scrapers.pages import Request, Response
from scrapers.preview import preview
from scrapers.registry import ROASTERS, SYSTEMS, Shop, of_system


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m scrapers", description="Reads roasters' shops and stores nothing.")
    commands = parser.add_subparsers(dest="command", required=True)
    parse = commands.add_parser("parse", help="a saved page, one JSON line an item")
    parse.add_argument("spider", choices=sorted([*ROASTERS, *SYSTEMS]))
    parse.add_argument("file", type=Path)
    parse.add_argument("--currency", type=str.upper, help="the shop's, where its feed states none")
    fields = commands.add_parser("normalise", help='one field\'s text, {"text": …, "context": {…}} a line on standard input')
    fields.add_argument("field", choices=sorted(FIELDS))
    looked = commands.add_parser("preview", help="a shop by its address alone: which system it is, and what would come of it")
    looked.add_argument("url")
    looked.add_argument("--currency", type=str.upper, help="the shop's, where it differs by who asks")
    looked.add_argument("--contact", default="", help="where the shop's owner reaches you; sent along")
    looked.add_argument("--most", type=int, default=20, help="items that are shown")
    looked.add_argument("--loopback", action="store_true", help="allow this machine's own addresses (for trying it out)")
    arguments = parser.parse_args()
    try:
        if arguments.command == "preview":
            asyncio.run(_preview(arguments))
            return 0
        for told in _parse(arguments) if arguments.command == "parse" else _normalise(arguments.field):
            print(json.dumps(told, ensure_ascii=False))
    except CoffeebotError as error:
        print(f"scrapers: {error}", file=sys.stderr)
        return 1
    return 0


def _parse(arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    shop = _shop(arguments.spider, arguments.currency)
    for item in items_of(shop, arguments.file):
        yield line(normalise(item, shop.roaster))


def _shop(name: str, currency: str | None) -> Shop:
    if name in SYSTEMS:
        return of_system(name, "", roaster=Roaster("", currency))
    shop = ROASTERS[name]
    return replace(shop, roaster=replace(shop.roaster, currency=currency or shop.roaster.currency))


def items_of(shop: Shop, page: Path) -> Iterator[RawItem]:
    """What a saved page holds; an item that a further page would complete comes as it stands."""
    try:
        body = page.read_bytes()
    except OSError as error:
        raise BadInput(f"{page} cannot be read: {error.strerror}") from None
    yield from shop.spider.parse(Response(page.absolute().as_uri(), body, Request(page.absolute().as_uri()))).named()


def _normalise(field: str) -> Iterator[dict[str, Any]]:
    for number, text in enumerate(sys.stdin, start=1):
        try:
            asked = json.loads(text)
            yield normalise_field(field, str(asked["text"]), dict(asked.get("context") or {}))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise BadInput(f'line {number}: expected {{"text": …, "context": {{…}}}}') from None


async def _preview(arguments: argparse.Namespace) -> None:
    async with Fetcher(Manners(contact=arguments.contact, loopback=arguments.loopback)) as fetcher:
        async for row in preview(arguments.url, fetcher, currency=arguments.currency, most=arguments.most):
            print(row)


if __name__ == "__main__":
    sys.exit(main())
