"""What a spider asks for and what it is given: it never fetches itself."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapers.errors import PageUnreadable
from scrapers.items import RawItem

MOST_HEAD = 1024  # bytes of a page in which it may name its encoding
MOST_ADDRESS = 2000  # characters
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([a-z0-9_-]{3,20})", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\s\x00-\x20\x7f\\<>\"]")
_ENCODINGS = {  # those that shops still use beside UTF-8; all of them leave ASCII as it is, so that no tag can hide
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-15": "iso8859_15",
}


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
        """The body in the encoding that its head or its page names, else UTF-8; what cannot be read becomes U+FFFD."""
        named = _CHARSET.search(self.headers.get("content-type", "").encode()) or _CHARSET.search(self.body[:MOST_HEAD])
        encoding = _ENCODINGS.get(named[1].decode().lower(), "utf-8") if named else "utf-8"
        return self.body.decode(encoding, "replace").removeprefix("\ufeff")

    def json(self) -> Any:
        """Raises PageUnreadable for a truncated body or for a page that is not JSON at all."""
        text = self.body.decode("utf-8", "replace").removeprefix("\ufeff")  # JSON has no other encoding
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


def web_address(address: str | None, *, page: str = "") -> str | None:
    """An address as it stands on a page, whole; None for one that is not http(s), holds a user, or has more than 2,000 characters."""
    try:
        whole = urljoin(page, (address or "").strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    usable = parts.scheme in ("http", "https") and parts.hostname and parts.username is None and len(whole) <= MOST_ADDRESS
    return whole if address and usable and not _UNPRINTABLE.search(whole) else None
