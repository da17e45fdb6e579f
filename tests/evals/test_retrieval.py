"""The retrieval eval, end to end on a small catalogue of our own: run file, scores, peer, and a clean stdout."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from coffeebot.embedded import Connection
from coffeebot.settings import Settings
from evals.__main__ import NAMES, main
from evals.retrieval import first_turn
from evals.scratch import scratch_database
from tests.services.shelf import SHELF, write_jsonl

ROOT = Path(__file__).parents[2]
QUERIES = (
    {"qid": "q1", "text": "washed Ethiopian with jasmine"},
    {"qid": "q2", "text": "decaf from Yemen"},
    {"qid": "q3", "text": "dark roast with chocolate, no fruit"},
)
SCORER = """
import json, sys
run = {row["qid"]: row["ranked"] for row in map(json.loads, open(sys.argv[2]))}
grades = [json.loads(line) for line in open(sys.argv[6])]
print(json.dumps({"answered": len(run), "right": sum(g["id"] == (run[g["qid"]] or [""])[0] for g in grades)}))
"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    found = {name: tmp_path / name for name in ("catalogue.jsonl", "queries.jsonl", "qrels.jsonl", "score.py", "run.jsonl")}
    write_jsonl(found["catalogue.jsonl"], [*SHELF, {"name": "no roaster"}])
    write_jsonl(found["queries.jsonl"], QUERIES)
    write_jsonl(found["qrels.jsonl"], [{"qid": "q1", "id": "white-porch", "grade": 2}, {"qid": "q3", "id": "night-train", "grade": 2}])
    found["score.py"].write_text(SCORER)
    return found


def evaluate(server: Connection, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "evals", "retrieval", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": server.database_url},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_measurement_is_one_json_object(database_server: Connection, files: dict[str, Path]) -> None:
    done = evaluate(
        database_server,
        *("--catalogue", str(files["catalogue.jsonl"]), "--queries", str(files["queries.jsonl"]), "--qrels", str(files["qrels.jsonl"])),
        *("--run", str(files["run.jsonl"]), "--scorer", str(files["score.py"]), "--peer"),
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result["coffees"], result["rejected"], result["scores"]) == (len(SHELF), 1, {"answered": 3, "right": 2})
    assert result["peer"]["scores"]["answered"] == 3 and result["median_ms"] > 0 and result["median_ratio"] > 0
    ranked = {row["qid"]: row["ranked"] for row in map(json.loads, files["run.jsonl"].read_text().splitlines())}
    assert ranked["q1"] == ["white-porch"] and ranked["q2"] == []
    assert "import" in done.stderr and "questions" in done.stderr


def test_a_missing_scorer_is_said_in_a_sentence(database_server: Connection, files: dict[str, Path]) -> None:
    arguments = ("--catalogue", "catalogue.jsonl", "--queries", "queries.jsonl", "--qrels", "qrels.jsonl", "--run", "run.jsonl")
    paths = [str(files[a]) if a in files else a for a in arguments]
    done = evaluate(database_server, *paths, "--scorer", "/nowhere/score.py")
    assert done.returncode == 1 and done.stdout == "" and "There is no scorer" in done.stderr


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["latte-art"])
    captured = capsys.readouterr()
    assert captured.out == "" and all(name in captured.err for name in NAMES)


async def test_the_scratch_database_is_gone_afterwards(database_server: Connection) -> None:
    settings = Settings(database_url=SecretStr(database_server.database_url), _env_file=None)  # type: ignore[call-arg]
    async with scratch_database(settings) as database:
        assert await database.answers()
        name = database.engine.url.database
    async with scratch_database(settings) as other, other.engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT datname FROM pg_database")
        assert name not in set(found.scalars())


def test_the_first_turn_is_the_conversations_own() -> None:
    query = first_turn("a dark roast under $18")
    assert {trait.facet for trait in query.traits} == {"roast", "budget"} and query.limit >= 10
