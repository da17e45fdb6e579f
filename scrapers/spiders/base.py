"""What every spider can do."""

from collections.abc import Iterable
from typing import Protocol

from scrapers.pages import Parsed, Request, Response


class Spider(Protocol):
    """`start` says where to begin, `parse` what a page holds. A spider keeps nothing between two pages.

    `parse` raises PageUnreadable for a page that is not of its kind; odd values inside a page raise nothing.
    """

    def start(self) -> Iterable[Request]: ...

    def parse(self, response: Response) -> Parsed: ...
