"""The data folder (COFFEEBOT_HOME): made, checked, and fit for the user that the servers run as."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coffeebot.domain.errors import CannotStart
from coffeebot.embedded.account import Account, service_account

NEEDED_BYTES = 200_000_000
# A Unix socket's path must fit into 108 bytes, its closing zero included; this is the longest name we put behind the folder.
SOCKET_PATH_BYTES = 107
LONGEST_SOCKET = ".s.PGSQL.5432"


class DataFolder:
    """Where everything that must survive lives. `account` owns the servers' part of it, when we are root."""

    def __init__(self, path: Path, account: Account | None) -> None:
        self.path = path
        self.account = account

    @classmethod
    def prepare(cls, path: Path) -> "DataFolder":
        """Made if missing, and proven writable; a CannotStart says what stands in the way."""
        path = path.expanduser().absolute()
        with clear_errors(path):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = path.resolve()
            with tempfile.TemporaryFile(dir=path) as probe:
                probe.write(bytes(4096))
        free = shutil.disk_usage(path).free
        if free < NEEDED_BYTES:
            raise CannotStart(
                f"The disk under {path} is full: {free // 1_000_000} MB are free and Coffeebot needs {NEEDED_BYTES // 1_000_000} MB."
            )
        return cls(path, None)

    def admit_servers(self) -> None:
        """Let the servers' own user through this folder, and no further up; needed as root only."""
        self.account = service_account()
        if self.account is None or self.account.can_enter(self.path):
            return
        with clear_errors(self.path):
            os.chown(self.path, -1, self.account.gid)
            self.path.chmod(self.path.stat().st_mode | 0o010)
        if not self.account.can_enter(self.path):
            raise CannotStart(
                f"PostgreSQL runs as the user {self.account.name}, who cannot enter {self._barrier(self.account)}; "
                f"set COFFEEBOT_HOME to a folder that every user can reach, such as /var/lib/coffeebot."
            )

    def subfolder(self, name: str) -> Path:
        """A private folder of the servers."""
        folder = self.path / name
        with clear_errors(folder):
            folder.mkdir(mode=0o700, exist_ok=True)
            self.hand_over(folder)
        return folder

    def hand_over(self, path: Path) -> None:
        """Make the servers' user its owner."""
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)

    def log(self, name: str) -> Path:
        folder = self.path / "logs"
        with clear_errors(folder):
            folder.mkdir(mode=0o700, exist_ok=True)
        return folder / f"{name}.log"

    def secret(self, name: str, value: str) -> str:
        """What the file `name` says; `value` goes into it the first time."""
        path = self.path / name
        with clear_errors(path):
            if not path.exists():
                self._write_first(path, value)
            return path.read_text().strip()

    def _write_first(self, path: Path, value: str) -> None:
        """Whole or not at all, and the first writer wins: a link can be made only once."""
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=self.path)
        fresh = Path(name)
        with os.fdopen(descriptor, "w") as file:
            file.write(value)
        with suppress(FileExistsError):
            path.hardlink_to(fresh)
        fresh.unlink()

    def sockets(self) -> Path:
        """The folder of the Unix sockets: `run`, or a short folder elsewhere that `run` points to when ours lies too deep."""
        run = self.path / "run"
        if run.is_symlink():
            return run.readlink()
        return run

    def make_sockets(self) -> Path:
        if len(os.fsencode(self.path / "run" / LONGEST_SOCKET)) <= SOCKET_PATH_BYTES:
            return self.subfolder("run")
        run = self.path / "run"
        if not (run.is_symlink() and self._is_private(run.readlink())):
            run.unlink(missing_ok=True)
            run.symlink_to(tempfile.mkdtemp(prefix="coffeebot-", dir="/tmp"))
            self.hand_over(run.readlink())
        return run.readlink()

    def remove_short_sockets(self) -> None:
        run = self.path / "run"
        if run.is_symlink():
            shutil.rmtree(run.readlink(), ignore_errors=True)
            run.unlink(missing_ok=True)

    def _is_private(self, folder: Path) -> bool:
        """Whether it is still the one we made, and nobody put another there since /tmp was emptied."""
        owner = self.account.uid if self.account else os.geteuid()
        try:
            found = folder.lstat()
        except OSError:
            return False
        return folder.is_dir() and not folder.is_symlink() and found.st_uid == owner and not found.st_mode & 0o077

    def _barrier(self, account: Account) -> Path:
        """The first folder on the way that the account cannot enter."""
        way = [*reversed(self.path.parents), self.path]
        return next((folder for folder in way if not account.can_enter(folder)), self.path)


@contextmanager
def clear_errors(path: Path) -> Iterator[None]:
    """Turn what the file system says into one sentence about what to do."""
    try:
        yield
    except OSError as error:
        if full_disk(error):
            raise CannotStart(f"The disk under {path} is full.") from error
        raise CannotStart(
            f"Coffeebot cannot use {error.filename or path} ({error.strerror}); set COFFEEBOT_HOME to a folder that you can read and write."
        ) from error


def full_disk(error: OSError) -> bool:
    return error.errno in (errno.ENOSPC, errno.EDQUOT)
