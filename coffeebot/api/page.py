"""Serves the built page in the shopper's language, with no moment of another: the build left a mark wherever a word belongs."""

import gzip
import html
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from coffeebot.api import place
from coffeebot.settings import Settings
from coffeebot.wiring import services
from coffeebot.words import LANGUAGES
from coffeebot.words.choice import OPEN_PAGE, language_of, page_language

MARK = re.compile("⟦([^⟧]+)⟧")
ROOT = re.compile(r"<html[^>]*>")


@dataclass(frozen=True, slots=True)
class Document:
    """A page in one language, as bytes and as gzip."""

    plain: bytes
    packed: bytes
    tag: str

    @classmethod
    def of(cls, text: str) -> "Document":
        plain = text.encode()
        return cls(plain, gzip.compress(plain, mtime=0), f'"{sha256(plain).hexdigest()[:24]}"')


class Pages:
    """Answers GET and HEAD for the pages that were rendered ahead into `built`; all else goes on to `app`."""

    def __init__(self, app: ASGIApp, built: Path) -> None:
        self.app = app
        self._built = built
        self._document = lru_cache(maxsize=64)(self._render)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = self._page(scope)
        if page is None:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        language = language_of(headers.get("cookie", ""), headers.get("accept-language", ""))
        document = self._document(page, page.stat().st_mtime_ns, language)
        await _answer(document, headers, language)(scope, receive, send)

    def _page(self, scope: Scope) -> Path | None:
        """The file behind a page's address. No name is joined that a folder listing could not have given."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        parts = [part for part in scope["path"].split("/") if part]
        if any(not re.fullmatch(r"[a-z0-9-]+", part) for part in parts):
            return None
        found = self._built.joinpath(*parts, "index.html")
        return found if found.is_file() else None

    def _render(self, page: Path, _changed: int, language: str) -> Document:
        return Document.of(in_language(page.read_text(encoding="utf-8"), language, services().settings))


def in_language(page: str, language: str, settings: Settings) -> str:
    """The page with its marks filled and the place's own; say.js reads from `<html>` which languages there are, in which order."""
    words = {**LANGUAGES[language], **place.said(settings, language)}
    root = f'<html lang="{language}" data-languages="{" ".join(LANGUAGES)}"{place.attributes(settings, language)}>'
    filled = MARK.sub(lambda mark: html.escape(words[mark[1]]), page)
    return ROOT.sub(lambda _: root, filled, count=1).replace("</head>", place.style(settings) + "</head>", 1)


def _answer(document: Document, headers: Headers, language: str) -> Response:
    told = {
        "Content-Language": language,
        "Cache-Control": "private, no-cache",
        "ETag": document.tag,
        "Vary": "Accept-Encoding, Accept-Language, Cookie",
    }
    if page_language(headers.get("cookie", "")) != language:
        told["Set-Cookie"] = f"{OPEN_PAGE}={language}; Path=/; HttpOnly; SameSite=Lax"
    if headers.get("if-none-match") == document.tag:
        return Response(status_code=304, headers=told)
    if "gzip" in headers.get("accept-encoding", ""):
        return Response(document.packed, media_type="text/html", headers={**told, "Content-Encoding": "gzip"})
    return Response(document.plain, media_type="text/html", headers=told)
