"""Processes that end with their parent, even when it is killed outright (PR_SET_PDEATHSIG, so Linux only)."""

import ctypes
import os
import signal

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)  # loaded here, because between fork and exec is no time to load anything


def end_with_parent(parent: int, how: signal.Signals) -> None:
    """Have the kernel send `how` to this process when `parent` dies.

    Call it after setuid, which clears it. The kernel means the parent's *thread*: start children from the main one.
    """
    _libc.prctl(PR_SET_PDEATHSIG, int(how), 0, 0, 0)
    if os.getppid() != parent:  # it died before we could ask
        os._exit(1)
