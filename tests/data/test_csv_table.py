"""A CSV file becomes named columns, or one sentence that says what is wrong with it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnplayground.data.csv_table import COLUMN_LIMIT, NO_HEADER, ROW_LIMIT, read_table
from nnplayground.data.progress import CancelledError, Progress
from nnplayground.data.reading import DELIMITER_MARKS, Reading
from nnplayground.data.tables import table_samples
from nnplayground.errors import InputError
from tests.data.guesses import guess_columns
from tests.messages import all_told


def test_a_table_has_named_columns_of_text() -> None:
    table = read_table(b"size, kind\n 1.5 ,small\n\n2,large\n", name="t.csv")
    assert table.name == "t.csv"
    assert table.columns == ("size", "kind")
    assert table.column("size") == ("1.5", "2")
    assert table.column("kind") == ("small", "large")
    assert table.lines == (2, 4)


def test_numbers_are_read_with_gaps_where_values_are_missing() -> None:
    table = read_table(b"a,b\n1,x\n,x\nNA,x\nNaN,x\nnull,x\n?,x\n-2.5e3,x\n+.5,x\n", name="t.csv")
    expected = [1.0, *[np.nan] * 5, -2500.0, 0.5]
    assert np.array_equal(table.numeric("a"), np.array(expected), equal_nan=True)


def test_a_decimal_comma_is_read_when_semicolons_separate() -> None:
    table = read_table(b"a;b\n1,5;-0,25\n2,5;1e1\n", name="t.csv")
    assert table.numeric("a").tolist() == [1.5, 2.5]
    assert table.numeric("b").tolist() == [-0.25, 10.0]


def test_a_whole_number_among_words_may_be_a_column_name() -> None:
    assert read_table(b"country,2019,2020\nA,1,2\n", name="t.csv").columns == ("country", "2019", "2020")


@pytest.mark.parametrize(
    ("source", "columns"),
    [
        (b"5.1,3.5,setosa\n4.9,3.0,setosa\n", [("5.1", "4.9"), ("3.5", "3.0"), ("setosa", "setosa")]),
        (b"5,3\n4,3\n", [("5", "4"), ("3", "3")]),
        (b"x;2,5\ny;3\n", [("x", "y"), ("2,5", "3")]),
        (b"1,,4\n5,6,7\n", [("1", "5"), ("", "6"), ("4", "7")]),
    ],
)
def test_a_first_line_of_values_is_a_row_and_the_columns_are_numbered(
    source: bytes, columns: list[tuple[str, ...]]
) -> None:
    table = read_table(source, name="t.csv")
    assert table.columns == tuple(f"column {place + 1}" for place in range(len(columns)))
    assert [table.column(name) for name in table.columns] == columns
    assert table.lines == (1, 2)
    assert table.notes == (NO_HEADER,)


@pytest.mark.parametrize(
    ("source", "columns"),
    [
        (b"sample,400.5,401.0\n1,0.2,0.3\n2,0.1,0.4\n", ("sample", "400.5", "401.0")),
        (b"x;2,5\n4;3\n", ("x", "2,5")),
        (b",2019,2020\n0,1.5,2\n1,2.5,3\n", ("column 1", "2019", "2020")),
        (b"\na,,c\n1,2,3\n", ("a", "column 2", "c")),
        (b"a,b,a\n1,2,3\n", ("a", "b", "a 2")),
        (b"a,a 2,a,,column 4\n1,2,3,4,5\n", ("a", "a 2", "a 3", "column 4 2", "column 4")),
        (b"a,b,\n1,2,\n3,4,\n", ("a", "b")),
        (b"a,b\n1,2,\n3,4,,\n", ("a", "b")),
    ],
)
def test_a_first_line_of_names_gives_each_column_one_of_its_own(source: bytes, columns: tuple[str, ...]) -> None:
    table = read_table(source, name="t.csv")
    assert table.columns == columns
    assert len(table.cells) == len(columns)


def test_columns_that_get_a_name_are_told() -> None:
    note = 'Without a name of their own in the first line, columns are called "a 2", "column 4".'
    assert all_told(read_table(b"a,b,a,,\n1,2,3,4,\n", name="t.csv").notes) == (note,)
    assert read_table(b"a,b,\n1,2,\n", name="t.csv").notes == ()


def test_the_first_line_is_what_it_is_said_to_be() -> None:
    source = b"2019,2020\n1,2\n"
    named = read_table(source, name="t.csv", reading=Reading(header="yes"))
    assert named.columns == ("2019", "2020") and named.lines == (2,) and named.notes == ()
    source = b"a,b\nc,d\n"
    values = read_table(source, name="t.csv", reading=Reading(header="no"))
    assert values.column("column 1") == ("a", "c") and values.notes == ()


def test_the_delimiter_is_what_it_is_said_to_be() -> None:
    for name, mark in DELIMITER_MARKS.items():
        source = f"a{mark}b\n1{mark}x\n2{mark}y\n".encode()
        for reading in (Reading(), Reading(delimiter=name)):
            table = read_table(source, name="t.csv", reading=reading)
            assert table.column("b") == ("x", "y")
            assert table.found.delimiter == name
    with pytest.raises(InputError, match="only one column"):
        read_table(b"a,b\n1,2\n", name="t.csv", reading=Reading(delimiter="tab"))


def test_columns_of_spaces_are_read_whatever_their_width() -> None:
    table = read_table(b"  a    b c\n 10    2 x  \n  3   40 y\n", name="t.csv")
    assert table.columns == ("a", "b", "c")
    assert table.numeric("b").tolist() == [2.0, 40.0]


@pytest.mark.parametrize(
    ("source", "chosen", "found", "numbers"),
    [
        (b"a\tb\n1,5\tx\n2\ty\n", "auto", "comma", [1.5, 2.0]),
        (b"a\tb\n1.5\tx\n2\ty\n", "auto", "point", [1.5, 2.0]),
        (b"a;b\n1.5;x\n2,25;y\n", "point", "point", None),
        (b"a;b\n1.5;x\n2,25;y\n", "auto", "comma", None),
        (b'a,b\n"1,5",x\n2,y\n', "comma", "comma", [1.5, 2.0]),
        (b"a;b\n1;x\n2;y\n", "auto", "point", [1.0, 2.0]),
    ],
)
def test_the_decimal_sign_is_found_or_chosen(
    source: bytes, chosen: str, found: str, numbers: list[float] | None
) -> None:
    table = read_table(source, name="t.csv", reading=Reading(decimal=chosen))
    assert table.found.decimal == found
    assert table.kind("a") == ("text" if numbers is None else "number")
    assert numbers is None or table.numeric("a").tolist() == numbers


@pytest.mark.parametrize(
    "source", [b'a,b\n"1,234.5",x\n-2.5,y\n', b"a;b\n1.234,5;x\n-2,5;y\n", b"a\tb\n1.234,5\tx\n-2,5\ty\n"]
)
def test_thousands_may_be_grouped_where_that_is_plain(source: bytes) -> None:
    assert read_table(source, name="t.csv").numeric("a").tolist() == [1234.5, -2.5]


def test_a_decimal_comma_is_text_where_a_point_was_chosen() -> None:
    table = read_table(b"a;b\n1,5;x\n2;y\n", name="t.csv", reading=Reading(decimal="point"))
    assert table.kind("a") == "text"
    with pytest.raises(InputError, match=r'column "a" holds text such as "1,5"; choose columns of numbers'):
        table.numeric("a")


def test_what_was_found_reads_the_same_table_when_it_is_chosen() -> None:
    for source in (b"a,b\n1,x\n", b"1;2,5\n3;4\n", "ä\tb\n1,5\t2\n".encode("utf-16")):
        table = read_table(source, name="t.csv")
        again = read_table(source, name="t.csv", reading=table.found)
        assert (again.columns, again.cells, again.found) == (table.columns, table.cells, table.found)


def test_an_unknown_way_of_reading_is_refused() -> None:
    with pytest.raises(InputError, match=r"^The delimiter is 'dot'; it must be one of auto, comma, semicolon"):
        Reading(delimiter="dot")


def test_reading_tells_how_far_it_has_come_and_ends_when_nobody_wants_it() -> None:
    source = b"a,b\n" + b"1,2\n" * 20_000

    class Watched(Progress):
        def at(self, share: float) -> None:
            shares.append(share)
            if len(shares) == most:
                self.cancel()
            super().at(share)

    shares: list[float] = []
    most = 0
    read_table(source, name="t.csv", progress=Watched())
    assert len(shares) > 20
    assert shares == sorted(shares) and shares[0] == 0.0 and 0.9 < shares[-1] <= 1.0
    shares, most = [], 10
    with pytest.raises(CancelledError):
        read_table(source, name="t.csv", progress=Watched())
    assert len(shares) == 10


def test_text_is_not_a_number() -> None:
    table = read_table(b"a,b\n1,x\n1_000,y\n", name="t.csv")
    with pytest.raises(InputError, match=r'^t\.csv: column "a" holds text such as "1_000"; choose columns of numbers'):
        table.numeric("a")


@pytest.mark.parametrize("cell", ["inf", "-Infinity", "1e999", "-1e51"])
def test_an_infinite_number_is_named_by_line_and_column(cell: str) -> None:
    table = read_table(f"a,b\n1,2\n\n{cell},3\n".encode(), name="t.csv")
    with pytest.raises(InputError, match=f'^t.csv, line 4: column "a" holds "{cell}"; numbers must lie between'):
        table.numeric("a")


def test_an_unknown_column_is_answered_with_those_there_are() -> None:
    table = read_table(b"a,b\n1,2\n", name="t.csv")
    with pytest.raises(InputError, match=r't\.csv has no column "c"; its columns are "a", "b"\.'):
        table.column("c")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"", "t.csv is empty"),
        (b'""\n', "t.csv, line 1: there is only one column"),
        (b"one\n1\n2\n", "t.csv, line 1: there is only one column"),
        (b"one,\n1,\n2,\n", "t.csv, line 1: there is only one column"),
        (b"a,b\n", "t.csv has column names but no rows"),
        (b"a,b\n1,2\n3\n", "t.csv, line 3: the number of cells is 1; it must be 2"),
        (b"a,b\n1,2,3\n", "t.csv, line 2: the number of cells is 3; it must be 2"),
        (b"5,3\n4\n", "t.csv, line 2: the number of cells is 1; it must be 2, as in the first line"),
        (b"\x00\x01\x02", "t.csv does not hold text"),
        (
            ",".join(f"c{i}" for i in range(COLUMN_LIMIT + 1)).encode(),
            "there are 1,001 columns; at most 1,000",
        ),
        (b"a,b\n" + b"1,2\n" * (ROW_LIMIT + 1), "line 200002: there are more than 200,000 rows"),
    ],
)
def test_a_file_that_is_no_table_gets_one_sentence(source: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_table(source, name="t.csv")
    assert said in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


def test_the_largest_table_is_still_read() -> None:
    table = read_table(b"a,b\n" + b"1,2\n" * ROW_LIMIT, name="t.csv")
    assert len(table.lines) == ROW_LIMIT
    header = ",".join(f"c{i}" for i in range(COLUMN_LIMIT))
    row = ",".join("1" for _ in range(COLUMN_LIMIT))
    assert len(read_table(f"{header}\n{row}\n".encode(), name="t.csv").columns) == COLUMN_LIMIT


WORDS = [b"a", b"b", b"class", b"x y", b"1", b"2.5", b"-3", b"1_0", b"1e400", b"inf", b"NA", b"?"]
MARKS = [b",", b";", b"\t", b"|", b'"', b" ", b"\n", b"\r\n", b"\x0c"]
FOREIGN = [b"\xe4", b"\xc3\xa4", b"\xe2\x80\xa8", b"\xc2\x85"]
PIECES = st.sampled_from(WORDS + MARKS + FOREIGN)


def samples_or_sentence(source: bytes) -> str:
    """Return what the user is told about a file, nothing when it could be read."""
    try:
        table = read_table(source, name="t.csv")
        inputs, target = guess_columns(table)
        table_samples(table, inputs=inputs, targets=(target,))
    except InputError as error:
        return str(error)
    return ""


@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=60).map(b"".join)))
@example(b'a,b\n"\xe2\x80\xa8",1\n2,\xc2\x85')
@example(b"a,class\n1,+nan\n2,3\n4,5\n")
@example(b'"a\nb",c\n"x\ny",2\nz,3\n')
def test_any_bytes_are_samples_or_one_sentence(source: bytes) -> None:
    sentence = samples_or_sentence(source)
    assert not sentence or "t.csv" in sentence
    assert len(sentence.splitlines()) <= 1


@given(st.lists(st.lists(st.floats(-1e50, 1e50), min_size=3, max_size=3), min_size=1, max_size=20))
def test_numbers_that_were_written_are_read_back_to_the_bit(rows: list[list[float]]) -> None:
    text = "a,b,c\n" + "".join(",".join(map(repr, row)) + "\n" for row in rows)
    table = read_table(text.encode(), name="t.csv")
    read = np.column_stack([table.numeric(column) for column in table.columns])
    assert read.tobytes() == np.array(rows).tobytes()
