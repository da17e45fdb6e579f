"""What the page may load and who may frame it: a strict Content-Security-Policy and its neighbours, on every answer."""

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",  # frame-ancestors for old browsers
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = (
    "default-src 'none'",
    "script-src 'self' {scripts}",
    "style-src 'self' 'unsafe-inline'",  # the page's framework writes style elements
    "img-src 'self' data: https:",  # catalogues show the roasters' own pictures
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
)


class SecurityHeaders:
    """An answer that has a header of its own keeps it: a drawing allows itself less than the page."""

    def __init__(self, app: ASGIApp, built: Path) -> None:
        self.app = app
        self._built = built

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", self._policy)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers)

    @cached_property
    def _policy(self) -> str:
        return policy(page.read_text(encoding="utf-8") for page in sorted(self._built.rglob("*.html")))


def policy(pages: Iterable[str]) -> str:
    """Allows the inline scripts that the build wrote into its pages, by their hashes, and no other."""
    scripts = {script for page in pages for script in INLINE.findall(page) if script}
    hashes = sorted(f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return "; ".join(POLICY).format(scripts=" ".join(hashes)).replace("  ", " ")
