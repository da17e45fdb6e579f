"""The Reflex app: page table, API mount, lifespan; nothing else."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import reflex as rx
from reflex.app import default_error_boundary
from reflex.event import EventSpec

from coffeebot.api.app import create_api
from coffeebot.api.caching import Caching
from coffeebot.api.page import Pages
from coffeebot.api.security import SecurityHeaders
from coffeebot.api.shopper import ShopperCookie
from coffeebot.pages.chat import ON_LOAD, TITLE, chat
from coffeebot.settings import Settings
from coffeebot.state.notice import Notice
from coffeebot.state.tongue import Tongue
from coffeebot.wiring import open_services

ASSETS = Path(__file__).parent.parent / "assets"
BUILT = Path(os.environ.get("REFLEX_WEB_WORKDIR", ".web")) / "build/client"
log = logging.getLogger(__name__)
STYLES = ("tokens", "base", "frame", "controls", "thread", "pick", "taste", "write", "compare", "hello", "editing", "conversations")
# changes first, whom the others ask; cards before voice: it knows a nearer place for the focus
SCRIPTS = ("changes", "cards", "voice", "scroll", "composer", "copy", "chat", "conversations")
VIEWPORT = "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"


def script(name: str) -> str:
    """The address of one of our own scripts, which changes with its content."""
    content = (ASSETS / "js" / f"{name}.js").read_bytes()
    return f"/js/{name}.js?v={sha256(content).hexdigest()[:12]}"


@asynccontextmanager
async def serving() -> AsyncIterator[None]:
    """The services live as long as the app."""
    async with open_services(Settings(), owns_replies=True):
        yield


def broken(exception: Exception) -> EventSpec:
    """The last edge: an error that no handler foresaw is logged once, and the shopper is told."""
    log.error("A page event failed", exc_info=exception)
    return cast(EventSpec, cast(Any, Notice.broken)())  # called on the class, an event handler makes its event


app = rx.App(
    stylesheets=[f"/css/{name}.css" for name in STYLES],
    head_components=[
        rx.el.meta(name="viewport", content=VIEWPORT),
        rx.el.link(rel="icon", href="/favicon.svg", type="image/svg+xml"),
        rx.el.script(src=script("say")),
        rx.el.script(src=script("theme")),
        *[rx.el.script(src=script(name), defer=True) for name in SCRIPTS],
    ],
    html_lang="en",
    reset_style=False,
    toaster=None,
    app_wraps={(55, "ErrorBoundary"): lambda stateful: default_error_boundary()},
    backend_exception_handler=broken,
    api_transformer=[create_api(), partial(Pages, built=BUILT), ShopperCookie, Caching, partial(SecurityHeaders, built=BUILT)],
)
app.add_middleware(Tongue())
app.register_lifespan_task(serving)
app.add_page(chat, route="/", title=TITLE, image="/logo.svg", on_load=ON_LOAD)
