"""Every error that reading a shop raises on purpose.

ScrapeFailed                 under CoffeebotError; nothing was learned, and nothing may be concluded from it
├── FetchFailed              no usable answer; `code` says why, `retry_after` when the shop named a time (seconds)
│   ├── AddressRefused       not public, not http(s), a strange port, a user in it: never asked
│   └── RobotsRefused        the shop's robots.txt forbids it, or could not be read
├── PageUnreadable           an answer that is not what the spider reads: truncated JSON, HTML instead of JSON
├── CurrencyChanged          the shop asks for another currency than its source is read in
└── UnknownShop              no system that we read was found behind an address
"""

from coffeebot.domain.errors import CoffeebotError

MOST_SHOWN = 200  # characters of an address in a message


class ScrapeFailed(CoffeebotError):
    code = "scrape_failed"
    status = 502
    retryable = True


class FetchFailed(ScrapeFailed):
    """`code`: http_STATUS, rate_limited, timeout, connection, too_large, too_many_redirects, bad_redirect, bad_encoding."""

    def __init__(self, code: str, url: str, detail: str = "", *, retry_after: float | None = None) -> None:
        super().__init__(f"{url[:MOST_SHOWN]}: {detail or code}")
        self.code = code
        self.url = url
        self.retry_after = retry_after


class AddressRefused(FetchFailed):
    retryable = False

    def __init__(self, url: str, detail: str) -> None:
        super().__init__("address_refused", url, detail)


class RobotsRefused(FetchFailed):
    retryable = False

    def __init__(self, url: str, detail: str) -> None:
        super().__init__("robots_refused", url, detail)


class PageUnreadable(ScrapeFailed):
    code = "page_unreadable"


class CurrencyChanged(ScrapeFailed):
    code = "currency_changed"
    retryable = False


class UnknownShop(ScrapeFailed):
    code = "unknown_shop"
    status = 422
    retryable = False
