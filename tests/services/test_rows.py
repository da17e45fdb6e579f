"""A bad row costs nothing but itself."""

from pathlib import Path

import pytest

from coffeebot.domain.errors import BadInput
from coffeebot.services.rows import Row, RowError, read_rows


def rows_of(tmp_path: Path, content: bytes, name: str = "coffees.csv") -> list[Row | RowError]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(read_rows(path))


def test_csv_with_a_byte_order_mark_and_quoted_line_ends(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, '\ufeffID,Roast Level,Description\r\n1,Light,"two\r\nlines, ""quoted"""\r\n2,Dark,plain\r\n'.encode())
    assert rows == [
        Row(2, {"id": "1", "roast_level": "Light", "description": 'two\nlines, "quoted"'}),
        Row(4, {"id": "2", "roast_level": "Dark", "description": "plain"}),
    ]


def test_semicolons_and_tabs_separate_too(tmp_path: Path) -> None:
    assert rows_of(tmp_path, b"id;name\n1;A, B\n") == [Row(2, {"id": "1", "name": "A, B"})]
    assert rows_of(tmp_path, b"id\tname\n1\tA\n", "x.tsv") == [Row(2, {"id": "1", "name": "A"})]


def test_a_ragged_row_and_an_open_quote_lose_only_themselves(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, b'id,name\n1,A,extra\n2,"never closed\n3,C\n4,"also open\n5,E\n')
    assert [row.values["id"] for row in rows if isinstance(row, Row)] == ["3", "5"]
    assert [(row.line, row.reason) for row in rows if isinstance(row, RowError)] == [
        (2, "3 fields where the first line names 2 columns"),
        (3, "a quote that never closes"),
        (5, "a quote that never closes"),
    ]


def test_bytes_that_are_not_utf_8_spoil_one_row_and_name_the_column(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, b"id,name\n1,Caf\xe9\n2,Caf\xc3\xa9\n")
    assert rows == [RowError(2, "name", "not UTF-8 text"), Row(3, {"id": "2", "name": "Café"})]


def test_utf_16_as_spreadsheets_save_it(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "id,name\n1,Café\n".encode("utf-16")) == [Row(2, {"id": "1", "name": "Café"})]


def test_control_characters_vanish(tmp_path: Path) -> None:
    line = '{"id": "1", "name": "A\\u0000B\\u0007", "notes": ["x\\u0000"]}\n'
    assert rows_of(tmp_path, line.encode(), "x.jsonl") == [Row(1, {"id": "1", "name": "AB", "notes": ["x"]})]


@pytest.mark.parametrize("line", ['{"id": ', "[1, 2]", '"text"', '{"price": NaN}', "[" * 100_000, '{"id": "' + "x" * 300_000 + '"}'])
def test_a_bad_json_line_is_reported_and_the_next_is_read(tmp_path: Path, line: str) -> None:
    bad, good = rows_of(tmp_path, (line + '\n{"id": "2"}\n').encode(), "x.jsonl")
    assert isinstance(bad, RowError) and bad.line == 1 and bad.reason
    assert good == Row(2, {"id": "2"})


def test_half_a_character_from_a_json_escape_is_refused(tmp_path: Path) -> None:
    assert rows_of(tmp_path, b'{"name": "\\ud83d"}\n', "x.jsonl") == [RowError(1, "name", "not UTF-8 text")]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"id,name,id\n1,2,3\n", b'id,"name\n1,2\n'])
def test_a_file_without_usable_columns_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadInput):
        rows_of(tmp_path, content)


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        list(read_rows(tmp_path / "absent.csv"))


def test_a_file_without_a_telling_name_is_told_by_its_first_line(tmp_path: Path) -> None:
    assert rows_of(tmp_path, b'{"id": "1"}\n', "export") == [Row(1, {"id": "1"})]
