"""The settings as a command needs them: read once, wrong ones named in one sentence, and handed on to children."""

import os
import sys
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

import coffeebot
from coffeebot.domain.errors import CannotStart
from coffeebot.settings import Settings

ROOT = Path(coffeebot.__file__).resolve().parent.parent


def read_settings() -> Settings:
    """CannotStart names the variable that cannot be used, and why."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "_".join(str(part) for part in wrong["loc"][:1]).upper() or "The settings"
        why = wrong["msg"].removeprefix("Value error, ")
        raise CannotStart(f"{name} cannot be used: {why[:1].lower()}{why[1:]}.") from error
    except SettingsError as error:
        raise CannotStart(f"The settings cannot be read: {error}.") from error


def environment(settings: Settings) -> dict[str, str]:
    """Our environment for a child, with the addresses that we found out, and the virtual environment's programs first."""
    env = {
        **os.environ,
        "PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "COFFEEBOT_HOME": str(settings.coffeebot_home),
        "HOST": settings.host,
        "PORT": str(settings.port),
        "PUBLIC_URL": settings.public_url or "",
    }
    if settings.database_url is not None:
        env["DATABASE_URL"] = settings.database_url.get_secret_value()
    if settings.redis_url is not None:
        env["REDIS_URL"] = settings.redis_url.get_secret_value()
    return env
