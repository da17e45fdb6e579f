"""A private PostgreSQL and Valkey from wheels, for when no URL is given."""

from coffeebot.embedded.servers import Connection, open_settings, running

__all__ = ["Connection", "open_settings", "running"]
