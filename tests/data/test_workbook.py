"""Sheets of workbooks become the same tables as CSV files; what would take too much memory is refused before."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nnplayground.data.reading import Reading
from nnplayground.data.table_plan import Wanted, plan_table
from nnplayground.data.tables import is_large, open_table, table_samples
from nnplayground.data.workbook import read_workbook, sheet_names
from nnplayground.data.zip_bounds import check_workbook
from nnplayground.errors import InputError
from tests.data.workbooks import Rows, letter, ods, xlsx, zipped
from tests.messages import told

ROWS: Rows = [
    ["length", "kind", "day", "flag", "text number", "broken"],
    [1, "rose", date(2024, 1, 31), True, "1,5", 1.25],
    [0.1, "tulip", date(2024, 2, 1), False, "2", "#DIV/0!"],
    [None, " rose ", date(2024, 2, 2), True, "1.234,5", 2.5],
    [1e300, "lily", None, False, "7", "#N/A"],
]
WRITERS = [xlsx, ods]
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize("write", WRITERS)
def test_cells_come_as_exact_texts(write: Callable[[dict[str, Rows]], bytes]) -> None:
    table = read_workbook(write({"Flowers": ROWS}), name="t")
    assert table.columns == tuple(ROWS[0])
    assert table.column("length") == ("1", "0,1", "", "1e+300")
    assert table.column("kind") == ("rose", "tulip", "rose", "lily")
    assert table.column("day") == ("2024-01-31", "2024-02-01", "2024-02-02", "")
    assert table.column("flag") == ("TRUE", "FALSE", "TRUE", "FALSE")
    assert table.found.sheet == "Flowers" and table.sheets == ("Flowers",)
    assert table.lines == (2, 3, 4, 5)
    # cells that hold numbers as text show the sign, and numbers are the same with any sign
    assert table.found.decimal == "comma"
    assert table.numeric("text number").tolist() == [1.5, 2.0, 1234.5, 7.0]
    assert table.kind("broken") == "number" and table.numbers("broken").odd == 0
    assert table.numbers("broken").values[0] == 1.25 and table.numbers("length").values[1] == 0.1
    assert table.kind("day") == "date"


@pytest.mark.parametrize("write", WRITERS)
def test_a_sheet_is_chosen(write: Callable[[dict[str, Rows]], bytes]) -> None:
    source = write({"One": [["a", "b"], [1, 2]], "Two & more": [["c", "d"], [3.5, "x"], [4.5, "y"]]})
    assert sheet_names(source, name="t") == ("One", "Two & more")
    assert read_workbook(source, name="t").columns == ("a", "b")
    table = read_workbook(source, name="t", reading=Reading(sheet="Two & more"))
    assert table.columns == ("c", "d")
    with pytest.raises(InputError, match=r't has no sheet "Three"; its sheets are "One", "Two & more"\.'):
        read_workbook(source, name="t", reading=Reading(sheet="Three"))


def test_a_table_may_begin_anywhere_and_blank_rows_do_not_count() -> None:
    rows: Rows = [[None, None, "a", "b"], [None, None, 1.5, "x"], [], [None, None, 2.5, "y"]]
    table = read_workbook(xlsx({"S": rows}, first_row=5), name="t")
    assert (table.columns, table.column("a"), table.lines) == (("a", "b"), ("1.5", "2.5"), (6, 8))


def test_a_first_row_of_values_and_a_chosen_decimal_sign_are_understood() -> None:
    table = read_workbook(xlsx({"S": [[1.5, "1.234"], [2.5, "2.345"]]}), name="t", reading=Reading(decimal="comma"))
    assert table.columns == ("column 1", "column 2")
    assert table.numeric("column 2").tolist() == [1234.0, 2345.0]
    assert table.numeric("column 1").tolist() == [1.5, 2.5]


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_workbook_is_opened_and_planned_like_a_csv_file(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"flowers{suffix}"
    rows: Rows = [("a", "kind"), *((row + 0.5, "xy"[row % 2]) for row in range(20))]
    path.write_bytes((xlsx if suffix == ".xlsx" else ods)({"First": rows, "Empty": []}))
    assert table_samples(open_table(str(path))).classes == ("x", "y")
    plan = plan_table(str(path), "", Wanted())
    assert (plan.targets, plan.sheets, plan.found.sheet) == (("kind",), ("First", "Empty"), "First")
    assert told(plan.summary) == '20 rows, 1 input, predicts "kind" (2 classes).'
    empty = plan_table(str(path), "", Wanted(Reading(sheet="Empty")))
    assert empty.problem == f'{path}: the sheet "Empty" is empty; choose another one.'
    assert empty.sheets == ("First", "Empty")
    assert not is_large(str(path), "")


def test_a_sheet_that_cannot_be_used_is_shown_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(xlsx({"S": [["only"], [1], [2]]}))
    plan = plan_table(str(path), "", Wanted())
    assert "there is only one column; choose a sheet with two or more." in plan.problem and 'sheet "S"' in plan.problem
    assert plan.preview.rows == (("1",), ("2",))


@pytest.mark.parametrize(
    "source",
    [b"", b"a,b\n1,2\n", b"PK\x03\x04 but no more", zipped({"a.txt": "hello"}), OLD],
    ids=["empty", "csv", "cut", "zip", "old"],
)  # fmt: skip
def test_what_is_no_workbook_gets_one_sentence(source: bytes) -> None:
    with pytest.raises(InputError, match=r"^t .*save it again as \.xlsx, \.ods or CSV\.$") as caught:
        read_workbook(source, name="t")
    assert len(str(caught.value).splitlines()) == 1


def refused(source: bytes, words: str) -> None:
    """Check that a workbook is refused with these words, and in little memory."""
    tracemalloc.start()
    try:
        with pytest.raises(InputError, match=words):
            read_workbook(source, name="t")
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()


def test_a_bomb_that_says_what_it_is_is_refused_at_once() -> None:
    parts: dict[str, str | bytes] = {"[Content_Types].xml": "x", "xl/worksheets/sheet1.xml": "x"}
    refused(declaring(zipped(parts), 3_000_000_000), "too large for a workbook: it would take 3,000,000,001 bytes once")


def declaring(source: bytes, size: int) -> bytes:
    """Return a zip file whose last part declares another unpacked size."""
    changed = bytearray(source)
    place = changed.rindex(b"PK\x01\x02")
    changed[place + 24 : place + 28] = struct.pack("<I", size)
    return bytes(changed)


def test_a_bomb_that_lies_about_its_size_is_refused_after_that_size() -> None:
    book = xlsx({"S": [["a", "b"], [1, 2]]})
    content = io.BytesIO(book)
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"x" * 30_000_000)
    refused(declaring(content.getvalue(), 1000), "^t is no workbook that can be read, or it is damaged; save it again")


@pytest.mark.parametrize("far", [f"{letter(16383)}1048576", f"{letter(16383)}2000"])
def test_two_cells_in_opposite_corners_of_a_sheet_are_refused(far: str) -> None:
    book = xlsx({"S": [["a", "b"], [1, 2]]})
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert isinstance(sheet, bytes)
    for cell in (f'<c r="{far}"><v>1</v></c>', f"<x:c t='n'   r = '{far}' ><v>1</v></x:c>"):
        parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", f"{cell}</sheetData>".encode())
        refused(zipped(parts), r"t: a sheet reaches over [\d,]+ rows and 16,384 columns; up to 20,000,000 cells")


def test_repeated_cells_of_an_ods_file_count_as_often_as_they_are_repeated() -> None:
    value = 'office:value-type="float" office:value="1"'
    many = f'<table:table-cell table:number-columns-repeated="16384" {value}><text:p>1</text:p></table:table-cell>'
    raw = f'<table:table-row table:number-rows-repeated="1048576">{many}</table:table-row>'
    refused(ods({"S": [["a", "b"], [1, 2]]}, raw=raw), "t: a sheet reaches over 1,048,578 rows and 16,384 columns")
    # what a spreadsheet writes below and beside every table is nothing
    empty = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read_workbook(ods({"S": [["a", "b"], [1, 2]]}, raw=empty), name="t").column("b") == ("2",)


def test_a_part_that_is_cut_or_packed_in_another_way_is_refused() -> None:
    book = bytearray(zipped({"content.xml": "<a/>" * 100}))
    start = book.index(b"content.xml") + len("content.xml")
    book[start : start + 8] = zlib.compress(b"other")[:8]
    with pytest.raises(InputError, match=r"^t is no workbook that can be read, or it is damaged; save it again"):
        check_workbook(bytes(book), name="t")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(InputError, match=r'^t: .* "content.xml" in it is packed with bzip2'):
        check_workbook(content.getvalue(), name="t")


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(InputError, match="t: there are 1,001 columns; at most 1,000 can be read"):
        read_workbook(xlsx({"S": [[f"c{place}" for place in range(1001)]] * 2}), name="t")


def test_the_library_is_loaded_with_the_first_workbook_only() -> None:
    code = "import sys, nnplayground.cli, nnplayground.data.workbook; print('python_calamine' in sys.modules)"
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert outcome.stdout.strip() == "False"
