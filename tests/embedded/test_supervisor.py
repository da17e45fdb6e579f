"""The supervisor with tiny children: it restarts, waits longer each time, gives up, and stops in order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from coffeebot.domain.errors import CannotStart
from coffeebot.embedded.process import Child, Command
from coffeebot.embedded.supervisor import Patience, Supervisor

ROOT = Path(__file__).parents[2]
QUICK = Patience(failures=4, window=30, first_delay=0.02, longest_delay=0.05)


def command(code: str, *, name: str = "The child", layer: int = 1, log: Path | None = None, stop_seconds: float = 5) -> Command:
    argv = (sys.executable, "-S", "-c", code)
    return Command(name=name, argv=argv, env=dict(os.environ), cwd=Path("/"), layer=layer, log=log, stop_seconds=stop_seconds)


def until(condition: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_what_keeps_failing_ends_with_one_sentence_and_its_last_words(tmp_path: Path) -> None:
    said: list[str] = []
    log = tmp_path / "child.log"
    failing = command("import sys; print('starting'); sys.exit('FATAL: no beans')", log=log)
    with pytest.raises(CannotStart) as caught, Supervisor(said.append, QUICK) as supervisor:
        supervisor.start(failing)
        supervisor.watch()
    assert str(caught.value) == "The child keeps failing: 4 times within 30 seconds, at last with exit code 1: FATAL: no beans"
    assert said == [f"The child ended with exit code 1; starting it again in {delay} s" for delay in ("0.02", "0.04", "0.05")]
    assert log.read_text().count("starting") == 4


class Enough(Exception):
    """What a listener raises to end a watch that has no end."""


def listener(said: list[str], most: int) -> Callable[[str], None]:
    def say(words: str) -> None:
        said.append(words)
        if len(said) == most:
            raise Enough

    return say


def test_old_crashes_are_forgiven() -> None:
    """A child that crashes now and then is started for ever."""
    said: list[str] = []
    patience = Patience(failures=3, window=0.15, first_delay=0.01, longest_delay=0.02)
    with pytest.raises(Enough), Supervisor(listener(said, 5), patience) as supervisor:
        supervisor.start(command("import time; time.sleep(0.1)"))
        supervisor.watch()
    assert len(said) == 5


def test_a_killed_child_comes_back(tmp_path: Path) -> None:
    said: list[str] = []
    code = (
        f"import pathlib, sys, time; path = pathlib.Path({str(tmp_path / 'started')!r}); path.exists() and sys.exit(3)\n"
        "path.touch(); time.sleep(60)"
    )
    with pytest.raises(Enough), Supervisor(listener(said, 2), QUICK) as supervisor:
        child = supervisor.start(command(code))
        assert until((tmp_path / "started").exists)
        os.kill(child.pid, signal.SIGKILL)
        supervisor.watch()
    assert said == [
        "The child ended by signal SIGKILL; starting it again in 0.02 s",
        "The child ended with exit code 3; starting it again in 0.04 s",
    ]


def test_the_upper_layer_stops_before_the_lower(tmp_path: Path) -> None:
    log = tmp_path / "order"
    code = (
        "import signal, sys, time\n"
        f"def end(*_): time.sleep({{pause}}); open({str(log)!r}, 'a').write('{{name}} '); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end); open({ready!r}, 'w'); time.sleep(60)"
    )
    ready = [tmp_path / name for name in ("server", "app")]
    with Supervisor(lambda _: None, QUICK) as supervisor:
        supervisor.start(command(code.format(pause=0, name="server", ready=str(ready[0])), layer=0))
        supervisor.start(command(code.format(pause=0.3, name="app", ready=str(ready[1])), layer=1))
        assert until(lambda: all(path.exists() for path in ready))
    assert log.read_text() == "app server "


def test_a_child_that_ignores_the_request_is_forced(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    code = f"import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({str(ready)!r}, 'w'); time.sleep(60)"
    child = Child(command(code, stop_seconds=0.2))
    assert until(ready.exists)
    child.stop()
    assert child.exit_code == -signal.SIGKILL


def test_children_do_not_see_the_terminals_ctrl_c() -> None:
    child = Child(command("import time; time.sleep(60)"))
    try:
        assert os.getsid(child.pid) == child.pid
    finally:
        child.stop()


def test_children_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    script = (
        "import os, sys, time; from pathlib import Path; from coffeebot.embedded.process import Child, Command\n"
        "child = Child(Command(name='c', argv=('/bin/sleep', '60'), env={}, cwd=Path('/')))\n"
        f"Path({str(note)!r}).write_text(str(child.pid)); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT) as parent:
        assert until(lambda: note.exists() and bool(note.read_text()))
        parent.kill()
    assert until(lambda: not _alive(int(note.read_text())))


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_long_log_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "child.log"
    log.write_text("x" * 100)
    monkeypatch.setattr("coffeebot.embedded.process.LOG_BYTES", 10)
    Child(command("print('new')", log=log)).stop()
    assert (tmp_path / "child.log.1").read_text() == "x" * 100
