"""Reflex's configuration. HOST, PORT and PUBLIC_URL are read when the app starts; nothing of them is in the built page."""

import reflex as rx
from reflex.plugins import SitemapPlugin

from coffeebot.settings import Settings

settings = Settings()
here = (f"http://127.0.0.1:{settings.port}", f"http://localhost:{settings.port}", settings.address)
# A browser calls one machine by two names, and means two origins.
twins = (settings.address.replace("//localhost", "//127.0.0.1"), settings.address.replace("//127.0.0.1", "//localhost"))

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
