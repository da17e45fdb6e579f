"""The system user that the embedded servers run as when we are root, because PostgreSQL refuses root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from coffeebot.domain.errors import CannotStart

NAME = "coffeebot"


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def can_run(self, *argv: str | Path) -> bool:
        """Whether this user gets the command to succeed: the honest test of what it can reach."""
        try:
            done = subprocess.run(argv, user=self.uid, group=self.gid, extra_groups=[], cwd="/", capture_output=True, check=False)
        except (OSError, subprocess.SubprocessError):
            return False
        return done.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        return self.can_run("/usr/bin/test", "-x", folder)


def service_account() -> Account | None:
    """The servers' own user, made when it is missing; None when we are not root and the servers run as we do."""
    if os.geteuid() != 0:
        return None
    found = _look_up() or _create()
    if found is None:
        raise CannotStart(
            f"PostgreSQL refuses to run as root, and the system user {NAME!r} cannot be made here; "
            f"make it (useradd --system {NAME}) or start Coffeebot as an ordinary user."
        )
    return found


def _look_up() -> Account | None:
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create() -> Account | None:
    command = (
        "useradd",
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
        NAME,
    )
    try:
        subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return _look_up()  # also when another instance was faster
