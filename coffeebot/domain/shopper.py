"""How a shopper is known: a random id in a cookie."""

from http.cookies import CookieError, SimpleCookie
from uuid import UUID

COOKIE = "coffeebot_shopper"


def shopper_of(cookie_header: str) -> UUID | None:
    """The shopper in a Cookie header; None when there is none, or it is not one of ours."""
    try:
        morsel = SimpleCookie(cookie_header).get(COOKIE)
        return UUID(hex=morsel.value) if morsel else None
    except (CookieError, ValueError):
        return None
