"""What the operator set, as the page carries it: name, welcome, accent, logo. GET /place/logo is the picture."""

import html

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from coffeebot.api.answers import error_body
from coffeebot.domain.accent import DARK, LIGHT, Pen, pen
from coffeebot.domain.identity import picture_type
from coffeebot.settings import Settings
from coffeebot.wiring import services
from coffeebot.words import LANGUAGES

router = APIRouter()
HEADERS = {"Cache-Control": "public, max-age=3600", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


@router.get("/place/logo")
def logo() -> Response:
    path = services().settings.logo
    if path is None or not path.is_file():
        return JSONResponse(error_body("not_found", "This place has no logo of its own."), status_code=404)
    content = path.read_bytes()
    return Response(content, media_type=picture_type(content), headers=HEADERS)


def said(settings: Settings, language: str) -> dict[str, str]:
    """The words of the page that are the operator's, by their mark."""
    words = LANGUAGES[language]
    welcome = settings.welcome_ja if language == "ja" and settings.welcome_ja else settings.welcome
    return {
        "title": words["title"].format(name=settings.site_name),
        "place.name": settings.site_name,
        "place.welcome": welcome or words["hello.lede"],
    }


def attributes(settings: Settings, language: str) -> str:
    """Of `<html>`, from which say.js knows the place."""
    told = said(settings, language)
    own = ' data-logo="own"' if settings.logo else ""
    return f' data-name="{html.escape(told["place.name"])}" data-welcome="{html.escape(told["place.welcome"])}"{own}'


def style(settings: Settings) -> str:
    """The accent's tokens for both themes, "" without an accent."""
    if not settings.accent:
        return ""
    light, dark = _tokens(pen(settings.accent, LIGHT)), _tokens(pen(settings.accent, DARK))
    night = f"@media (prefers-color-scheme: dark) {{ :root:root:not([data-theme=light]) {{ {dark} }} }}"
    return f"<style>:root:root {{ {light} }} :root:root[data-theme=dark] {{ {dark} }} {night}</style>"


def _tokens(drawn: Pen) -> str:
    return f"--pen: {drawn.pen}; --pen-strong: {drawn.strong}; --on-pen: {drawn.on_pen}; --wash: {drawn.wash};"
