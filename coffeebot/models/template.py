"""The .sql files beside the models: what nobody asked for is left out of them, and pieces are put in."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=256)
def template(name: str, asked: frozenset[str] = frozenset()) -> str:
    """A file's SQL with those parts that are `asked` for, without comments, and with as little space as it needs.

    psycopg reads a statement of over 4,096 characters anew each time.
    """
    told = (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
    return " ".join(_parts(re.sub(r"--.*", "", told), asked).split())


def filled(sql: str, pieces: Mapping[str, str]) -> str:
    """The SQL with a piece for each /*comment*/ of its name."""
    for place, piece in pieces.items():
        sql = sql.replace(f"/*{place}*/", piece)
    return sql


def _parts(sql: str, asked: frozenset[str]) -> str:
    return re.sub(r"/\*\[(\w+)\*/(.*?)/\*\1\]\*/", lambda part: _parts(part[2], asked) if part[1] in asked else "", sql, flags=re.DOTALL)
