"""What a spider asks for and what it is given: it never fetches itself."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from scrapers.errors import PageUnreadable
from scrapers.items import RawItem


@dataclass(frozen=True, slots=True)
class Request:
    """An address to get. `item` is what the answer completes: without an answer it stands as it is.

    `one_of_many` is a page that may be missing: the rest of the shop is still the shop.
    """

    url: str
    item: RawItem | None = None
    one_of_many: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """An answer with status 200. `url` is where it came from after redirects; `unchanged` when it is the one seen last time."""

    url: str
    body: bytes
    request: Request
    headers: Mapping[str, str] = field(default_factory=dict)
    unchanged: bool = False

    @property
    def text(self) -> str:
        """The body as UTF-8, which is what shops send; what is not becomes U+FFFD."""
        return self.body.decode("utf-8", "replace").removeprefix("\ufeff")

    def json(self) -> Any:
        """Raises PageUnreadable for a truncated body or for a page that is not JSON at all."""
        text = self.text
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            what = "HTML" if text.lstrip()[:1] == "<" else "no whole JSON"
            raise PageUnreadable(f"{self.url}: a JSON feed was expected, and {what} came ({len(self.body):,} bytes)") from None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What one page holds, and what to ask for next."""

    items: tuple[RawItem, ...] = ()
    requests: tuple[Request, ...] = ()

    def named(self) -> Iterator[RawItem]:
        """The items that a page lists, those as well that a further page would complete."""
        yield from self.items
        yield from (request.item for request in self.requests if request.item is not None)


def host_of(url: str) -> str:
    """The host of an address, without www; empty for what is no web address."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
