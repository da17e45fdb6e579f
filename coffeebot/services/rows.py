"""Reads the rows of a CSV or JSON Lines file, one at a time, so that a bad row costs nothing but itself."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coffeebot.domain.errors import BadInput

MAX_FILE_BYTES = 200_000_000
MAX_RECORD_CHARS = 200_000
MAX_RECORD_LINES = 400  # a quote that is still open after so many lines was never meant to be one
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPED_BYTE = re.compile(r"[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was left out. `line` counts from 1; `column` is empty when the row as a whole is at fault."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}" if self.column else f"line {self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Row:
    """One record: column names in lower case, values as the file has them without control characters."""

    line: int
    values: Mapping[str, Any]


def read_rows(path: Path) -> Iterator[Row | RowError]:
    """Rows and what could not be read, in the file's order. Raises BadInput when the file as a whole is unusable."""
    lines = _text(path).splitlines()
    if path.suffix.lower() in (".csv", ".tsv"):
        return _csv_rows(lines)
    if path.suffix.lower() in (".jsonl", ".ndjson", ".json"):
        return _json_rows(lines)
    first = next((line for line in lines if line.strip()), "")
    return _json_rows(lines) if first.lstrip().startswith("{") else _csv_rows(lines)


def _text(path: Path) -> str:
    """The file as text; a byte that is not UTF-8 stays recognisable, so that only its row is refused."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise BadInput(f"{path} is larger than {MAX_FILE_BYTES // 1_000_000} MB: split it.")
        raw = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}.") from error
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    # Only real line ends may end a line: splitlines would also split at form feeds and the like inside a text.
    text = raw.decode("utf-8-sig", errors="surrogateescape")
    return re.sub(r"[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", " ", text)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _CONTROL.sub("", value).strip()
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_column(str(name)): _clean(item) for name, item in value.items()}
    return value


def _column(name: str) -> str:
    return re.sub(r"[\s-]+", "_", _CONTROL.sub("", name).strip().lower())


def _row(line: int, values: Mapping[str, Any]) -> Row | RowError:
    cleaned = _clean(dict(values))
    spoilt = _spoilt(cleaned)
    return RowError(line, spoilt, "not UTF-8 text") if spoilt is not None else Row(line, cleaned)


def _spoilt(values: Mapping[str, Any]) -> str | None:
    """The first column that holds a byte that was not UTF-8, or half of a character."""
    for name, value in values.items():
        text = json.dumps(value, ensure_ascii=False, default=str)
        if _ESCAPED_BYTE.search(text) or _ESCAPED_BYTE.search(name) or re.search(r"[\ud800-\udfff]", text):
            return _ESCAPED_BYTE.sub("?", name)
    return None


def _json_rows(lines: Sequence[str]) -> Iterator[Row | RowError]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if len(line) > MAX_RECORD_CHARS:
            yield RowError(number, "", f"longer than {MAX_RECORD_CHARS:,} characters")
            continue
        try:
            values = json.loads(line, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            yield RowError(number, "", f"not a JSON object: {getattr(error, 'msg', None) or str(error)[:80]}")
            continue
        yield _row(number, values) if isinstance(values, dict) else RowError(number, "", "not a JSON object")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _csv_rows(lines: Sequence[str]) -> Iterator[Row | RowError]:
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise BadInput("The file is empty.")
    delimiter = max(",;\t", key=lines[start].count)
    try:
        columns = [_column(name) for name in _fields(lines[start], delimiter)]
    except csv.Error as error:
        raise BadInput(f"The first line must name the columns: {error}.") from error
    repeated = {name for name in columns if name and columns.count(name) > 1}
    if repeated:
        raise BadInput(f"The first line names {', '.join(sorted(repeated))} twice.")
    return _records(lines, start + 1, delimiter, columns)


def _records(lines: Sequence[str], start: int, delimiter: str, columns: Sequence[str]) -> Iterator[Row | RowError]:
    """Records with the line they begin on. A quoted field may hold line ends: a record is whole when its quotes are even.

    Where that does not lead to a row (a quote that never closes), the one line is refused and reading goes on after it.
    """
    while start < len(lines):
        if not lines[start].strip():
            start += 1
            continue
        end = _end(lines, start)
        row = _csv_row(start + 1, "\n".join(lines[start : end + 1]), delimiter, columns)
        if end > start and isinstance(row, RowError):
            end, row = start, _csv_row(start + 1, lines[start], delimiter, columns)
        yield row
        start = end + 1


def _end(lines: Sequence[str], start: int) -> int:
    """The line on which the quotes that are open at `start` have closed, or `start` when they never do."""
    end, quotes = start, lines[start].count('"')
    while quotes % 2:
        end += 1
        if end == len(lines) or end - start > MAX_RECORD_LINES:
            return start
        quotes += lines[end].count('"')
    return end


def _csv_row(number: int, record: str, delimiter: str, columns: Sequence[str]) -> Row | RowError:
    if len(record) > MAX_RECORD_CHARS:
        return RowError(number, "", f"longer than {MAX_RECORD_CHARS:,} characters")
    try:
        fields = _fields(record, delimiter)
    except csv.Error as error:
        return RowError(number, "", "a quote that never closes" if "end of data" in str(error) else f"not CSV: {error}")
    if len(fields) != len(columns):
        return RowError(number, "", f"{len(fields)} fields where the first line names {len(columns)} columns")
    return _row(number, {name: value for name, value in zip(columns, fields, strict=True) if name})


def _fields(record: str, delimiter: str) -> list[str]:
    limit = csv.field_size_limit(MAX_RECORD_CHARS)
    try:
        return next(csv.reader([record], delimiter=delimiter, strict=True))
    finally:
        csv.field_size_limit(limit)
