"""What the measure of grounding says of a small sample, and that it would notice."""

from argparse import Namespace
from pathlib import Path

from evals.attacks import attack_strings, attacks
from evals.grounding import Played, faults, run
from evals.scripted_replies import Script, scripted

NOTHING = {
    "ungrounded_cards": 0,
    "repeated_cards": 0,
    "foreign_links": 0,
    "prices": 0,
    "markup": 0,
    "unknown_references_shown": 0,
    "invisible": 0,
    "untidy": 0,
    "good_replies_changed": 0,
    "same_text_whatever_the_split": True,
}


def test_nothing_gets_past() -> None:
    told = run(Namespace(replies=20, seed=7, attacks=attacks()))
    assert told == NOTHING | {"replies": 20, "hostile": 13, "attack_strings": told["attack_strings"]}


def test_it_plays_without_a_folder_of_attacks(tmp_path: Path) -> None:
    told = run(Namespace(replies=20, seed=7, attacks=tmp_path / "none"))
    assert told == NOTHING | {"replies": 20, "hostile": 13, "attack_strings": 0}


def test_the_same_seed_plays_the_same_replies() -> None:
    assert scripted(30, 1, ["x"]) == scripted(30, 1, ["x"]) != scripted(30, 2, ["x"])


def test_it_notices() -> None:
    shown = "See https://evil.com, ＄１８, 2,000円, <b>it</b> [[c9]] \u200b"
    found = faults(Script("See [[c1]]", good=True), Played(shown, (0, 2, 2)))
    assert found == {
        "ungrounded_cards": 2,
        "repeated_cards": 1,
        "foreign_links": 2,
        "prices": 2,
        "markup": 4,
        "unknown_references_shown": 1,
        "invisible": 1,
        "good_replies_changed": 1,
        "untidy": 0,
    }


def test_attack_strings_are_read_from_three_kinds_of_files(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"payloads": ["one", ""]}', encoding="utf-8")
    (tmp_path / "b.json").write_text('["two"]', encoding="utf-8")
    (tmp_path / "c.jsonl").write_text('{"url": "http://three"}\n', encoding="utf-8")
    (tmp_path / "d.txt").write_text("four\n\none\n", encoding="utf-8")
    assert attack_strings(tmp_path) == ["four", "http://three", "one", "two"]
