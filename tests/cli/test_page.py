"""The page is built again when its sources changed and only then, and it is tied to no address."""

import gzip
from pathlib import Path

import pytest

from coffeebot.cli import page as page_module
from coffeebot.cli.page import Page, fingerprint, free_address
from coffeebot.domain.errors import CannotStart

# What Reflex 0.10.1 writes, shortened.
BUNDLE = "var e={PING:`http://localhost:3000/ping`,EVENT:`ws://localhost:3000/_event`,TRANSPORT:`websocket`,TEST_MODE:!1};export{e as t};"
FREED = (
    'var e={PING:(location.origin+"/ping"),EVENT:(location.origin.replace(/^http/,"ws")+"/_event"),'
    "TRANSPORT:`websocket`,TEST_MODE:!1};export{e as t};"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "coffeebot/pages").mkdir(parents=True)
    (tmp_path / "assets").mkdir()
    for name in ("rxconfig.py", "coffeebot/coffeebot.py", "coffeebot/pages/chat.py", "assets/page.css"):
        (tmp_path / name).write_text(name)
    return tmp_path


def test_addresses_become_the_pages_own(tmp_path: Path) -> None:
    bundle = tmp_path / "reflex-env-A1.js"
    bundle.write_text(BUNDLE)
    free_address(tmp_path)
    assert bundle.read_text() == FREED
    assert gzip.decompress((tmp_path / "reflex-env-A1.js.gz").read_bytes()).decode() == FREED


def test_a_bundle_of_another_shape_is_not_served(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match="no reflex-env script"):
        free_address(tmp_path)
    (tmp_path / "reflex-env-A1.js").write_text('var e={PING:"/ping"}')
    with pytest.raises(CannotStart, match="holds no address"):
        free_address(tmp_path)


@pytest.mark.parametrize("change", ["coffeebot/pages/chat.py", "assets/page.css", "assets/new.svg", "rxconfig.py", "constraints.txt"])
def test_what_goes_into_the_page_changes_its_fingerprint(checkout: Path, change: str) -> None:
    before = fingerprint(checkout)
    (checkout / change).write_text("changed")
    assert fingerprint(checkout) != before


def test_what_does_not_leaves_it(checkout: Path) -> None:
    before = fingerprint(checkout)
    (checkout / "README.md").write_text("changed")
    (checkout / "coffeebot/pages/__pycache__").mkdir()
    (checkout / "coffeebot/pages/__pycache__/chat.pyc").write_text("changed")
    (checkout / "rxconfig.py").touch()
    assert fingerprint(checkout) == before


def fake_reflex(checkout: Path, *, fails: bool = False) -> object:
    def run_to_end(name: str, argv: tuple[object, ...], **_: object) -> None:
        with (checkout / "builds").open("a") as log:
            log.write("x")
        if fails:
            raise CannotStart(f"{name} failed")
        for folder in ("build/client/assets", "backend"):
            (checkout / ".web" / folder).mkdir(parents=True, exist_ok=True)
        (checkout / ".web/build/client/index.html").write_text("")
        (checkout / ".web/build/client/assets/reflex-env-A1.js").write_text(BUNDLE)

    return run_to_end


def test_a_build_happens_once_for_the_same_sources(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "run_to_end", fake_reflex(checkout))
    assert not Page(checkout).current
    Page(checkout).build()
    Page(checkout).build()
    assert Page(checkout).current
    assert (checkout / "builds").read_text() == "x"
    (checkout / "assets/page.css").write_text("changed")
    assert not Page(checkout).current
    Page(checkout).build()
    assert (checkout / "builds").read_text() == "xx"


def test_a_failed_build_is_not_taken_for_a_page(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "run_to_end", fake_reflex(checkout))
    Page(checkout).build()
    (checkout / "assets/page.css").write_text("changed")
    monkeypatch.setattr(page_module, "run_to_end", fake_reflex(checkout, fails=True))
    with pytest.raises(CannotStart, match="failed"):
        Page(checkout).build()
    assert not Page(checkout).current
    (checkout / "assets/page.css").write_text("assets/page.css")
    assert not Page(checkout).current, "the old build is gone, so its stamp must not count"
