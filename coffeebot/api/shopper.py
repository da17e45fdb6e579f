"""Gives a shopper their cookie: a random id, HttpOnly, set with the first page."""

from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from coffeebot.domain.shopper import COOKIE, shopper_of

YEAR = 365 * 24 * 3600


class ShopperCookie:
    """Gives every page visit without a shopper's cookie a new one; assets, the API and the socket are left alone."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_page(scope) or shopper_of(Headers(scope=scope).get("cookie", "")):
            await self.app(scope, receive, send)
            return

        async def with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("set-cookie", _cookie(secure=scope.get("scheme") == "https"))
            await send(message)

        await self.app(scope, receive, with_cookie)


def _is_page(scope: Scope) -> bool:
    return bool(scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", ""))


def _cookie(*, secure: bool) -> str:
    return f"{COOKIE}={uuid4().hex}; Max-Age={YEAR}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")
