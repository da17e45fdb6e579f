"""python -m scrapers, as somebody would use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from coffeebot.domain.normalise import FIELDS
from tests.fake_shop import FakeShop, catalogue
from tests.scrapers.parsed import ROOT, parsed, scrapers
from tests.tables import page


def test_every_field_speaks_the_scorers_protocol() -> None:
    asked = '{"text": "Washed", "context": {}}\n{"text": "", "context": {}}\n'
    for field in ("process", "weight"):
        done = scrapers("normalise", field, stdin=asked)
        assert done.returncode == 0, done.stderr
        assert len([json.loads(told) for told in done.stdout.splitlines()]) == 2
    assert set(FIELDS) == {"process", "variety", "price", "weight", "roast", "notes", "origin", "classify"}


@pytest.mark.parametrize("field", ["weight", "classify"])
def test_the_traps_by_their_own_scorer(field: str) -> None:
    score = page("normaliser/score.py")
    command = [sys.executable, "-m", "scrapers", "normalise", field]
    told = subprocess.run(
        [sys.executable, score, field, "--table", page("normaliser/shop-traps.jsonl"), "--", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(told.stdout)
    assert found["right"] == found["rows"] > 0


def test_what_is_no_line_of_the_protocol_is_said_by_its_number() -> None:
    for bad in ("nonsense", "[]", "{}", '{"text": "x", "context": 3}'):
        done = scrapers("normalise", "roast", stdin='{"text": "Dark Roast"}\n' + bad + "\n")
        assert (done.returncode, len(done.stdout.splitlines())) == (1, 1)
        assert done.stderr.startswith("scrapers: line 2: expected")


def test_a_feed_without_a_currency_keeps_the_coffees_and_says_what_is_missing(tmp_path: Path) -> None:
    feed = tmp_path / "products.json"
    feed.write_text(json.dumps({"products": [catalogue.shopify(1)]}))
    (told,) = parsed("shopify", feed)
    assert told["offers"] == [] and "--currency" in told["warnings"][0]
    (told,) = parsed("shopify", feed, "--currency", "eur")
    assert [(offer["grams"], offer["amount_minor"], offer["currency"]) for offer in told["offers"]] == [
        (250, 1410, "EUR"),
        (1000, 4810, "EUR"),
    ]


def test_a_file_that_cannot_be_read_is_a_clear_error(tmp_path: Path) -> None:
    done = scrapers("parse", "shopify", tmp_path / "nothing.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing.json cannot be read" in done.stderr
    (tmp_path / "page.html").write_text("<html>Just a moment…</html>")
    done = scrapers("parse", "shopify", tmp_path / "page.html")
    assert done.returncode == 1 and "HTML came" in done.stderr


def test_pages_of_every_system(tmp_path: Path) -> None:
    saved = tmp_path / "feed"
    saved.write_text(json.dumps([catalogue.woocommerce(1, "https://shop.example")]))
    assert parsed("woocommerce", saved)[0]["name"] == "Ethiopia Lot 1"
    shop = FakeShop(system="jsonld")
    saved.write_bytes(shop.good(f"/products/{catalogue.handle(1)}").body)
    (told,) = parsed("jsonld", saved)
    assert (told["varieties"], told["offers"][0]["grams"]) == (["SL28", "SL34"], 250)
