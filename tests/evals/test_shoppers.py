"""The shoppers' eval, end to end: two shoppers of our own over a small shelf, a scorer of our own, figures in shape."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coffeebot.embedded import Connection
from coffeebot.models.database import Database
from evals.__main__ import NAMES
from evals.shoppers import baseline, transcripts
from tests.services.shelf import SHELF, write_jsonl

ROOT = Path(__file__).parents[2]
SHOPPERS = (
    {"opening": "something with berries", "wants": "berry-window", "then": "what else do you have?"},
    {"opening": "a dark roast, no fruit", "wants": "night-train", "then": "That's over my budget."},
)
SCORER = """
import argparse, json, urllib.request
parser = argparse.ArgumentParser()
parser.add_argument("url")
for name in ("--cases", "--catalogue", "--limit"):
    parser.add_argument(name)
given = parser.parse_args()

def say(text, conversation):
    body = json.dumps({"message": text, "conversation_id": conversation}).encode()
    request = urllib.request.Request(given.url + "/chat", body, {"Content-Type": "application/json"})
    events = [line.decode().rstrip() for line in urllib.request.urlopen(request)]
    data = [(events[n][7:], json.loads(line[6:])) for n, line in enumerate(events[1:]) if line.startswith("data: ")]
    picks = [told["external_id"] for name, told in data if name == "pick"]
    return data[0][1]["conversation_id"], picks, sum(name == "question" for name, _ in data)

told = []
for shopper in map(json.loads, open(given.cases)):
    conversation, first, questions = say(shopper["opening"], None)
    _, second, more = say(shopper["then"], conversation)
    told.append({"hit": shopper["wants"] in first, "again": len(set(first) & set(second)), "questions": [questions, more]})
print(json.dumps({"shoppers": len(told), "hits": sum(t["hit"] for t in told), "again": sum(t["again"] for t in told),
                  "most_questions": max(max(t["questions"]) for t in told)}))
"""


def evaluate(server: Connection, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "evals", "shoppers", *arguments],
        cwd=ROOT, env={**os.environ, "DATABASE_URL": server.database_url, "REDIS_URL": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    paths = {name: tmp_path / name for name in ("catalogue.jsonl", "cases.jsonl", "shoppers.py")}
    write_jsonl(paths["catalogue.jsonl"], SHELF)
    write_jsonl(paths["cases.jsonl"], SHOPPERS)
    paths["shoppers.py"].write_text(SCORER)
    return {name: str(path) for name, path in paths.items()}


def test_a_measurement_is_one_json_object(database_server: Connection, files: dict[str, str]) -> None:
    wanted = ("--catalogue", files["catalogue.jsonl"], "--cases", files["cases.jsonl"], "--scorer", files["shoppers.py"], "--show", "1")
    done = evaluate(database_server, *wanted)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told.pop("baseline") == baseline()
    assert told == {"shoppers": 2, "hits": 2, "again": 0, "most_questions": told["most_questions"]} and told["most_questions"] <= 1
    assert "> something with berries" in done.stderr


def test_a_missing_scorer_is_said_before_the_work(database_server: Connection, files: dict[str, str]) -> None:
    done = evaluate(database_server, "--catalogue", files["catalogue.jsonl"], "--cases", files["cases.jsonl"], "--scorer", "/nowhere.py")
    assert done.returncode == 1 and "There is no scorer at /nowhere.py" in done.stderr and not done.stdout


async def test_no_transcripts_unless_asked_for() -> None:
    assert await transcripts(Database("postgresql+psycopg://nobody@nowhere/none"), 0) == []


def test_it_is_one_of_the_evaluations() -> None:
    assert "shoppers" in NAMES


def test_the_figures_kept_are_as_good_as_promised() -> None:
    kept = baseline()
    assert kept and kept["hit@3_by_turn"]["2"] >= 0.45 and kept["hit@3_by_turn"]["4"] >= 0.90
    assert kept["questions_repeated"] == 0 and 20 <= kept["price_percentile"] <= 70
