"""`up`: everything from servers to page on one machine, started in order and kept running."""

import argparse
import hashlib
import http.client
import os
import signal
import sys
import time

import psycopg

from coffeebot.cli.configuration import ROOT, environment, read_settings
from coffeebot.cli.page import Page
from coffeebot.cli.port import check_port
from coffeebot.cli.ready import migrate
from coffeebot.cli.signals import Stopped, stopping_on_signals
from coffeebot.cli.steps import run_to_end
from coffeebot.cli.terminal import say, step
from coffeebot.domain.errors import CannotStart
from coffeebot.embedded.external import libpq
from coffeebot.embedded.folder import DataFolder
from coffeebot.embedded.process import Child, Command
from coffeebot.embedded.servers import Wanted, bring_up, check_external, claimed, filled_in, servers
from coffeebot.embedded.supervisor import Supervisor
from coffeebot.lifeline import end_with_parent
from coffeebot.settings import Settings

READY_SECONDS = 90.0
STARTER = ROOT / "coffeebot/starter/coffees.jsonl"
SERVER_OPTIONS = ("--ws", "websockets-sansio")  # what uvicorn is told however it is started


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--follow-parent", action="store_true", help="stop when the process that started this one is gone, as `make run` asks"
    )


def run(arguments: argparse.Namespace) -> int:
    try:
        with stopping_on_signals():
            if arguments.follow_parent:
                end_with_parent(os.getppid(), signal.SIGTERM)
            _up(read_settings())
    except Stopped:
        say("Stopped.")
    return 0


def _up(settings: Settings) -> None:
    check_port(settings.host, settings.port)
    folder = DataFolder.prepare(settings.coffeebot_home)
    with claimed(folder) as lock, Supervisor(say) as supervisor:
        say(f"The data folder is {folder.path}")
        check_external(settings)
        for server in servers(folder, Wanted.by(settings)):
            with step(f"Starting {server.name}"):
                bring_up(server, supervisor.start, lock)
        settings = filled_in(settings, folder)
        _prepare_catalogue(settings, folder)
        _prepare_page()
        with step("Starting the app"):
            _wait_until_ready(supervisor.start(_app(settings)), settings)
        for role in ("worker", "scheduler"):
            supervisor.start(_worker(role, settings))
        say(f"Coffeebot is ready on {settings.address}")
        supervisor.watch()


def _prepare_catalogue(settings: Settings, folder: DataFolder) -> None:
    env = environment(settings)
    with step("Migrating the database"):
        migrate(settings, folder)
    stamp = folder.path / "starter.stamp"
    edition = hashlib.sha256(STARTER.read_bytes()).hexdigest()
    # Asked here, because a process that can load coffees takes a second to start.
    if _is_empty(settings) or not stamp.exists() or stamp.read_text() != edition:
        with step("Loading the starter catalogue"):
            run_to_end("Loading the starter catalogue", (sys.executable, "-m", "coffeebot", "starter"), env=env, log=folder.log("starter"))
        stamp.write_text(edition)


def _is_empty(settings: Settings) -> bool:
    assert settings.database_url is not None  # filled in
    with psycopg.connect(libpq(settings.database_url.get_secret_value())) as connection:
        return connection.execute("SELECT 1 FROM coffee LIMIT 1").fetchone() is None


def _prepare_page() -> None:
    page = Page(ROOT)
    if not page.current:
        with step("Building the page (this takes a while the first time)"):
            page.build()


def _app(settings: Settings) -> Command:
    """The page, the API and the redirects in one process, from what was built; nothing compiles and no Node runs."""
    env = environment(settings) | {
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "REFLEX_ENV_MODE": "prod",
    }
    env.pop("REFLEX_REDIS_URL", None)  # it would move the state into Redis without a word
    options = {
        "--host": settings.host,
        "--port": str(settings.port),
        "--timeout-graceful-shutdown": "5",
        "--log-level": "debug" if settings.log_level.upper() == "DEBUG" else "warning",
    }
    words = [word for option in options.items() for word in option]
    argv = (sys.executable, "-m", "uvicorn", "--factory", "coffeebot.coffeebot:app", "--no-access-log", *SERVER_OPTIONS, *words)
    return Command(name="The app", argv=argv, env=env, cwd=ROOT)


def _worker(role: str, settings: Settings) -> Command:
    """A job cut short by our own violent end is found again, so nothing is gained by letting it finish."""
    argv = (sys.executable, "-m", "workers", role)
    return Command(name=f"The {role}", argv=argv, env=environment(settings), cwd=ROOT, death_signal=signal.SIGKILL)


def _wait_until_ready(app: Child, settings: Settings) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(settings):
        if app.exit_code is not None:
            raise CannotStart("The app did not start; what it said stands above.")
        if time.monotonic() > deadline:
            raise CannotStart(f"The app did not answer on {settings.address} within {READY_SECONDS:g} seconds.")
        time.sleep(0.05)


def _answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
