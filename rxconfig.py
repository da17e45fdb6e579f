"""Reflex's configuration. HOST, PORT and PUBLIC_URL are read when the app starts; nothing of them is in the built page."""

from datetime import timedelta

import reflex as rx
from reflex.plugins import SitemapPlugin
from reflex_base.environment import environment

from coffeebot.settings import Settings

settings = Settings()
here = (f"http://127.0.0.1:{settings.port}", f"http://localhost:{settings.port}", settings.address)
# A browser calls one machine by two names, and means two origins.
twins = (settings.address.replace("//localhost", "//127.0.0.1"), settings.address.replace("//127.0.0.1", "//localhost"))

# A line that died without a word is noticed after both together, by the page and by the server; Reflex's own 145 s leave a shopper waiting.
for beat, seconds in ((environment.REFLEX_SOCKET_INTERVAL, 8), (environment.REFLEX_SOCKET_TIMEOUT, 12)):
    if not beat.is_set():
        beat.set(timedelta(seconds=seconds))

config = rx.Config(
    app_name="coffeebot",
    backend_host=settings.host,
    backend_port=settings.port,
    frontend_port=settings.port,
    cors_allowed_origins=sorted({*here, *twins}),
    # Every state can be built again from PostgreSQL; the disk manager would bring back half a reply after a kill.
    state_manager_mode=rx.constants.StateManagerMode.MEMORY,
    telemetry_enabled=False,
    show_built_with_reflex=False,
    disable_plugins=[SitemapPlugin],
)
