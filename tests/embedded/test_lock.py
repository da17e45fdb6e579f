"""Locks exclude, share, say who has them, and go with their holder."""

import subprocess
import sys
from pathlib import Path

import pytest

from coffeebot.embedded.lock import Lock

ROOT = Path(__file__).parents[2]
HOLD = "import sys, time; from pathlib import Path; from coffeebot.embedded.lock import Lock; lock = Lock(Path(sys.argv[1])); "
HOLD += "assert lock.acquire(); lock.sign('process 42 (test)'); print('held', flush=True); time.sleep(60)"


def test_a_second_holder_waits_in_vain_and_learns_who_has_it(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, path], cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        lock = Lock(path)
        assert not lock.acquire(wait=0.1)
        assert lock.holder() == "process 42 (test)"
        holder.kill()
        assert lock.acquire(wait=5)
        lock.release()


def test_sharers_keep_out_who_wants_it_alone(tmp_path: Path) -> None:
    first, second, alone = (Lock(tmp_path / "a.lock") for _ in range(3))
    assert first.acquire(shared=True)
    assert second.acquire(shared=True)
    assert not alone.acquire()
    first.release()
    second.release()
    assert alone.acquire()
    alone.release()


def test_an_inherited_lock_lives_as_long_as_the_child(tmp_path: Path) -> None:
    lock, other = Lock(tmp_path / "a.lock"), Lock(tmp_path / "a.lock")
    assert lock.acquire()
    with subprocess.Popen(["/bin/sleep", "60"], pass_fds=(lock.fileno(),)) as child:
        lock.release()
        assert not other.acquire(wait=0.1)
        child.kill()
    assert other.acquire(wait=5)
    other.release()


def test_a_lock_that_is_not_open_has_no_number(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not open"):
        Lock(tmp_path / "a.lock").fileno()
