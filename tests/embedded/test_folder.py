"""The data folder: what stands in the way is said in one sentence, and nothing is opened wider than needed."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coffeebot.domain.errors import CannotStart
from coffeebot.embedded import folder as folder_module
from coffeebot.embedded.folder import DataFolder, clear_errors

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the servers as another user")
NOBODY = 65534


@contextmanager
def without_rights() -> Iterator[None]:
    """As an ordinary user, for the file system."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def test_a_missing_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    made = DataFolder.prepare(tmp_path / "a" / "b")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o700
    assert not list(made.path.iterdir())


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with without_rights(), pytest.raises(CannotStart, match=r"cannot use .*Permission denied.*set COFFEEBOT_HOME"):
        DataFolder.prepare(locked)


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match=r"cannot use .*file"):
        DataFolder.prepare(tmp_path / "file" / "home")


def test_a_nearly_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "NEEDED_BYTES", 1 << 62)
    with pytest.raises(CannotStart, match=r"The disk under .* is full: \d+ MB are free"):
        DataFolder.prepare(tmp_path)


def test_a_disk_that_fills_up_is_named() -> None:
    # /dev/full is the kernel's own full disk
    with pytest.raises(CannotStart, match="The disk under /data is full"), clear_errors(Path("/data")), open("/dev/full", "w") as full:  # noqa: PTH123
        full.write("x")
        full.flush()


@as_root
def test_a_folder_that_the_servers_cannot_reach_names_the_barrier(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    home = DataFolder.prepare(tmp_path / "home")
    with pytest.raises(CannotStart, match=r"PostgreSQL runs as the user coffeebot, who cannot enter .*/var/lib/coffeebot"):
        home.admit_servers()


@as_root
def test_the_servers_are_let_in_by_their_group_and_nobody_else(home: Path) -> None:
    folder = DataFolder.prepare(home)
    folder.admit_servers()
    assert folder.account is not None
    assert folder.account.can_enter(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o710
    assert home.stat().st_gid == folder.account.gid


def test_a_secret_is_written_once_and_for_its_owner(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path, None)
    assert folder.secret("word", "first") == "first"
    assert folder.secret("word", "second") == "first"
    assert stat.S_IMODE((tmp_path / "word").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["word"]


def test_sockets_move_to_a_short_folder_when_ours_lies_too_deep(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    folder = DataFolder(deep, None)
    short = folder.make_sockets()
    assert len(os.fsencode(short / folder_module.LONGEST_SOCKET)) <= folder_module.SOCKET_PATH_BYTES
    assert stat.S_IMODE(short.stat().st_mode) == 0o700
    assert DataFolder(deep, None).sockets() == short, "another process finds it"
    assert DataFolder(deep, None).make_sockets() == short, "the next start uses it again"
    short.chmod(0o755)
    replaced = folder.make_sockets()
    assert replaced != short, "a folder that others can enter is not trusted"
    folder.remove_short_sockets()
    assert not replaced.exists()
    short.rmdir()
