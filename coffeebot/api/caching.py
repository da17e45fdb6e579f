"""How long a browser may keep what the page is made of."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOR_EVER = "public, max-age=31536000, immutable"  # the address holds a digest of the content
FOR_A_WEEK = "public, max-age=604800"
ASK_AGAIN = "no-cache"


class Caching:
    """Of the build's files; an answer that says so itself, and one that is no success, stays as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        keep = _keep(scope) if scope["type"] == "http" else ""
        if not keep:
            await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 206, 304):
                MutableHeaders(scope=message).setdefault("Cache-Control", keep)
            await send(message)

        await self.app(scope, receive, told)


def _keep(scope: Scope) -> str:
    path = scope["path"]
    if path.startswith("/assets/") or (path.startswith("/js/") and scope["query_string"].startswith(b"v=")):
        return FOR_EVER
    if path.startswith("/fonts/"):
        return FOR_A_WEEK
    return ASK_AGAIN if path.startswith(("/js/", "/css/")) else ""
