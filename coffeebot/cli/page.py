"""The page's build: made by Reflex when its sources changed, then freed from the address it was built with."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from coffeebot.cli.steps import run_to_end
from coffeebot.domain.errors import CannotStart
from coffeebot.embedded.lock import Lock

SOURCES = (
    "rxconfig.py",
    "requirements.txt",
    "constraints.txt",
    "reflex.lock",
    "coffeebot/coffeebot.py",
    "coffeebot/words",
    "coffeebot/pages",
    "coffeebot/components",
    "coffeebot/state",
    "coffeebot/domain",
    "assets",
)
BUILD_SECONDS = 900.0  # how long to wait for another instance's build
# The socket's and the HTTP addresses in Reflex's bundle: `ws://localhost:3000/_event`, as a template literal.
BAKED_ADDRESS = re.compile(r"`(ws|http)s?://[^/`]+(/[^`]*)`")


class Page:
    """The built page of the checkout `root`, in its `.web` folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._web = root / ".web"
        self._work = root / ".coffeebot"  # not in .web, which Reflex empties when it sees fit
        self._stamp = self._web / "page.stamp"

    @property
    def log(self) -> Path:
        """What the last build said."""
        return self._work / "build.log"

    @property
    def current(self) -> bool:
        built = (self._web / "build/client/index.html").exists() and (self._web / "backend").is_dir()
        return built and self._stamp.exists() and self._stamp.read_text() == fingerprint(self._root)

    def build(self) -> None:
        """Does nothing when it is current, or when another instance has just built it."""
        lock = self._lock()
        try:
            if not self.current:
                self._build()
        finally:
            lock.release()

    def _lock(self) -> Lock:
        lock = Lock(self._work / "page.lock")
        try:
            self._work.mkdir(exist_ok=True)
            free = lock.acquire(wait=BUILD_SECONDS)
        except OSError as error:
            raise CannotStart(
                f"The page cannot be built in {self._root} ({error.strerror}); run this as the owner of {self._root}."
            ) from error
        if not free:
            raise CannotStart(f"Another build of the page in {self._root} does not end.")
        return lock

    def _build(self) -> None:
        sources = fingerprint(self._root)
        self._stamp.unlink(missing_ok=True)
        shutil.rmtree(self._web / "build", ignore_errors=True)
        run_to_end(
            "Building the page",
            (sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"),
            env=self._env(),
            log=self.log,
        )
        free_address(self._web / "build/client/assets")
        self._stamp.write_text(sources)

    def _env(self) -> dict[str, str]:
        programs = Path(sys.prefix) / "bin"
        if not (programs / "node").exists() or not (programs / "bun").exists():
            raise CannotStart(f"The page must be built, and Node and Bun are not in {programs}: run `make setup`.")
        env = {
            **os.environ,
            "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "HOST": "127.0.0.1",  # one build for every address
            "PORT": "3000",
            "PUBLIC_URL": "",
            "REFLEX_TELEMETRY_ENABLED": "false",
            "REFLEX_DIR": str(self._work / "reflex"),
        }
        # Reflex measures which of two registries is faster unless it is told; the operator's own npm settings know better.
        env.setdefault("NPM_CONFIG_REGISTRY", _npm_registry(programs, env))
        return env


def fingerprint(root: Path) -> str:
    """Of everything that goes into the page, names and content."""
    digest = hashlib.sha256()
    for path in _source_files(root):
        digest.update(str(path.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def free_address(assets: Path) -> None:
    """Let the page talk to where it was loaded from, so that HOST, PORT and PUBLIC_URL need no rebuild."""
    bundles = sorted(assets.glob("reflex-env-*.js"))
    for bundle in bundles:
        script, replaced = BAKED_ADDRESS.subn(_of_origin, bundle.read_text())
        if not replaced:
            raise CannotStart(f"{bundle} holds no address to replace; this version of Reflex builds pages another way.")
        bundle.write_text(script)
        bundle.with_name(f"{bundle.name}.gz").write_bytes(gzip.compress(script.encode(), mtime=0))
    if not bundles:
        raise CannotStart(f"There is no reflex-env script in {assets}; this version of Reflex builds pages another way.")


def _of_origin(match: re.Match[str]) -> str:
    scheme, path = match.groups()
    origin = 'location.origin.replace(/^http/,"ws")' if scheme == "ws" else "location.origin"
    return f'({origin}+"{path}")'


def _source_files(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        top = root / name
        files = sorted(top.rglob("*")) if top.is_dir() else [top]
        yield from (path for path in files if path.is_file() and "__pycache__" not in path.parts)


def _npm_registry(programs: Path, env: dict[str, str]) -> str:
    asked = subprocess.run([programs / "npm", "config", "get", "registry"], env=env, capture_output=True, text=True, check=False)
    return asked.stdout.strip()
