"""Which language a shopper reads: the one they chose, else the first of their browser's that we speak."""

import re
from http.cookies import CookieError, SimpleCookie

from coffeebot.words import DEFAULT, LANGUAGES

COOKIE = "coffeebot_language"
OPEN_PAGE = "coffeebot_page_language"  # the cookie that says in which language the last page was written
WEIGHT = re.compile(r"[01](\.[0-9]{0,3})?")  # RFC 9110, 12.4.2
_MOST = 20  # languages of an Accept-Language header that are looked at


def language_of(cookie_header: str, accept_language: str) -> str:
    """A key of LANGUAGES; both headers may hold anything."""
    return _cookie(cookie_header, COOKIE) or _preferred(accept_language)


def language_of_socket(cookie_header: str, accept_language: str) -> str:
    """That of the page which opened it: some browsers send another Accept-Language with a socket than with a page."""
    return _cookie(cookie_header, COOKIE) or page_language(cookie_header) or _preferred(accept_language)


def page_language(cookie_header: str) -> str:
    """In which language the browser's last page was written; "" when it has had none."""
    return _cookie(cookie_header, OPEN_PAGE)


def _cookie(header: str, name: str) -> str:
    """A key of LANGUAGES, or ""."""
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel and morsel.value in LANGUAGES else ""


def _preferred(header: str) -> str:
    """The language of the highest weight (RFC 9110, 12.5.4); equal weights keep their order."""
    weighed = [_weighed(part) for part in header.split(",")[:_MOST]]
    spoken = [(weight, name) for weight, name in weighed if name in LANGUAGES and weight > 0]
    return max(spoken, key=lambda each: each[0])[1] if spoken else DEFAULT


def _weighed(part: str) -> tuple[float, str]:
    """(1.0, "ja") of "ja-JP", (0.8, "en") of "en;q=0.8"; what cannot be read weighs nothing."""
    tag, _, parameter = part.partition(";")
    name = tag.strip().lower().split("-")[0]
    if not parameter.strip():
        return 1.0, name
    key, _, weight = parameter.strip().partition("=")
    valued = key.strip().lower() == "q" and WEIGHT.fullmatch(weight.strip())
    return (float(weight) if valued else 0.0), name
