"""Which language a shopper reads: the one they chose, else the first of their browser's that we speak."""

import re
from http.cookies import CookieError, SimpleCookie

from coffeebot.words import DEFAULT, LANGUAGES

COOKIE = "coffeebot_language"
WEIGHT = re.compile(r"[01](\.[0-9]{0,3})?")  # RFC 9110, 12.4.2
_MOST = 20  # languages of an Accept-Language header that are looked at


def language_of(cookie_header: str, accept_language: str) -> str:
    """A key of LANGUAGES; both headers may hold anything."""
    chosen = _cookie(cookie_header)
    return chosen if chosen in LANGUAGES else _preferred(accept_language)


def _cookie(header: str) -> str:
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


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
