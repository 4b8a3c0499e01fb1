"""The text of a table file is found and cut, whatever program wrote it."""

from __future__ import annotations

import pytest

from nnplayground.data.csv_text import decode_table, find_delimiter, read_records
from nnplayground.errors import InputError


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_survive_the_usual_encodings(encoding: str) -> None:
    assert decode_table("höhe,größe\n1,2\n".encode(encoding), name="t.csv") == "höhe,größe\n1,2\n"


@pytest.mark.parametrize(
    "source",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"a,b\x00\n1,2",
        "a,b\n1,2".encode("utf-16"),
        b"a,\x81\x8d\n",
        b"\x1f\x8b\x08",
    ],
)
def test_what_is_not_text_is_refused(source: bytes) -> None:
    with pytest.raises(InputError, match=r"t\.csv does not hold text"):
        decode_table(source, name="t.csv")


@pytest.mark.parametrize("source", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(source: bytes) -> None:
    with pytest.raises(InputError, match=r"t\.csv is empty"):
        decode_table(source, name="t.csv")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1;2\n", ";"),
        ("a\tb\n1\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a;b\n1,5;2,5\n", ";"),
        ("a;b, in mm;c\n1,5;2,5;x\n", ";"),
        ('a,b\n"x;y",2\n"z;w",3\n', ","),
        ("a b,c\n1,2\n", ","),
        ("only\n1\n2\n", "\t"),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


def test_records_carry_the_line_on_which_they_start() -> None:
    text = 'a,b\r\n\r\n"two\r\nlines", 2 \n  \n3,"say ""yes"""\n'
    assert list(read_records(text, delimiter=",", name="t.csv")) == [
        (1, ["a", "b"]),
        (3, ["two\r\nlines", "2"]),
        (6, ["3", 'say "yes"']),
    ]


def test_an_old_line_ending_is_a_line_ending() -> None:
    assert [line for line, _ in read_records("a,b\r1,2\r3,4", delimiter=",", name="t.csv")] == [1, 2, 3]


@pytest.mark.parametrize("text", ['a,b\n1,2\n3,"open\n4,5\n', 'a,b\n1,2\n"x"y,3\n', "a,b\n1,2\n" + "9" * 200_000])
def test_a_cell_that_cannot_be_read_is_named_by_its_line(text: str) -> None:
    with pytest.raises(InputError, match=r"^t\.csv, line 3: a cell cannot be read"):
        list(read_records(text, delimiter=",", name="t.csv"))
