"""A lock file: held by a process as long as it lives, so that a kill frees it."""

import fcntl
import os
import time
from pathlib import Path


class Lock:
    """`flock` on a file that says in words who holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def open(self) -> None:
        """Made if missing; OSError when that is not possible."""
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)

    def acquire(self, *, shared: bool = False, wait: float = 0.0) -> bool:
        """Whether we hold it now; tries for `wait` seconds. A held lock may be made exclusive or shared in place."""
        self.open()
        deadline = time.monotonic() + wait
        while not self._try(fcntl.LOCK_SH if shared else fcntl.LOCK_EX):
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        return True

    def release(self) -> None:
        """Idempotent. A child that inherited the lock goes on holding it until it ends."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def sign(self, holder: str) -> None:
        """Leave a note for whoever finds the lock taken."""
        os.ftruncate(self.fileno(), 0)
        os.pwrite(self.fileno(), holder.encode(), 0)

    def holder(self) -> str:
        return self._path.read_text(errors="replace").strip() or "another process"

    def fileno(self) -> int:
        if self._file is None:
            raise ValueError(f"{self._path} is not open")
        return self._file

    def _try(self, kind: int) -> bool:
        try:
            fcntl.flock(self.fileno(), kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
