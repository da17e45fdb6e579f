"""The command line as a whole: exit codes, one-sentence errors, and commands that cost nothing until they are asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coffeebot.cli import COMMANDS, main
from coffeebot.cli.configuration import read_settings
from coffeebot.domain.errors import CannotStart

ROOT = Path(__file__).parents[2]


def coffeebot(*words: str | Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")} | variables
    return subprocess.run(
        [sys.executable, "-m", "coffeebot", *words],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert f"python -m coffeebot {name}" in capsys.readouterr().out


@pytest.mark.parametrize("words", [[], ["brew"], ["--brew"]])
def test_what_is_no_command_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    assert "usage: python -m coffeebot" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"PORT": "99999"}, "PORT cannot be used: input should be less than or equal to 65535."),
        ({"PORT": "espresso"}, "PORT cannot be used: input should be a valid integer"),
        ({"HOST": "no.such.host.invalid"}, "HOST=no.such.host.invalid is not an address or a name that this machine knows."),
        ({"COFFEEBOT_HOME": "/dev/null/home"}, "Coffeebot cannot use /dev/null/home"),
        ({"DATABASE_URL": "postgresql://u:hunter2@127.0.0.1:1/beans"}, "The database at 127.0.0.1/beans (DATABASE_URL) cannot be reached"),
    ],
)
def test_up_ends_with_one_sentence(variables: dict[str, str], sentence: str, tmp_path: Path) -> None:
    ended = coffeebot("up", **({"COFFEEBOT_HOME": str(tmp_path), "PORT": "39871"} | variables))
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"coffeebot: {sentence}")
    assert ended.stderr.count("\n") == 1
    assert "hunter2" not in ended.stderr


def test_wrong_json_in_a_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXCHANGE_RATES", "{")
    with pytest.raises(CannotStart, match=r'The settings cannot be read: .*"exchange_rates"'):
        read_settings()


def test_exec_hands_on_addresses_programs_and_the_exit_code(database_server: object) -> None:
    home = Path(database_server.database_url.partition("host=")[2].partition("&")[0]).parent  # type: ignore[attr-defined]
    script = 'psql --version; psql -Atc "SELECT current_database()"; echo $REDIS_URL; exit 7'
    ended = coffeebot("exec", "--", "sh", "-c", script, COFFEEBOT_HOME=str(home))
    assert ended.stdout.splitlines() == ["psql (PostgreSQL) 18.6", "coffeebot", f"unix://{home}/run/valkey.sock"], ended.stderr
    assert ended.returncode == 7


def test_exec_without_a_command_says_what_to_do() -> None:
    ended = coffeebot("exec")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "Say what to run" in ended.stderr


def test_up_loads_neither_the_page_nor_the_catalogue() -> None:
    """Its process stays for ever beside the others, so it must stay small."""
    code = "import sys, coffeebot.cli.up; print([name for name in ('reflex', 'sqlalchemy', 'onnxruntime', 'rq') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
