"""The text of a table file is found and cut, whatever program wrote it."""

from __future__ import annotations

import pytest

from nnplayground.data.csv_text import PIECE, RECORD_LIMIT, decode_table, find_delimiter, read_records
from nnplayground.data.reading import ENCODINGS
from nnplayground.errors import InputError


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_accents_survive_the_usual_encodings(codec: str, found: str) -> None:
    assert decode_table("höhe,größe\n1,2\n".encode(codec), name="t.csv") == ("höhe,größe\n1,2\n", found)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1250", "řeka,žlutý\n"),
        ("cp1251", "имя,рост\n"),
        ("gb18030", "名字,身高\n"),
        ("shift-jis", "名前,身長\n"),
        ("euc-kr", "이름,키\n"),
        ("mac-roman", "höhe\n"),
        ("latin-1", "höhe\n"),
    ],
)
def test_other_encodings_are_read_when_they_are_chosen(encoding: str, text: str) -> None:
    assert decode_table(text.encode(encoding), name="t.csv", encoding=encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_reads_what_was_written_in_it(encoding: str) -> None:
    source = "a,b\n1,2\n".encode(ENCODINGS[encoding])
    assert decode_table(source, name="t.csv", encoding=encoding) == ("a,b\n1,2\n", encoding)


def test_a_letter_on_the_edge_of_two_pieces_is_not_cut() -> None:
    text = "a,b\n" + "x" * (PIECE - 5) + "ö,1\n"
    assert decode_table(text.encode(), name="t.csv") == (text, "utf-8")


def test_the_wrong_encoding_is_told() -> None:
    with pytest.raises(InputError, match=r"^t\.csv does not hold text that can be read in the encoding utf-8; choose"):
        decode_table("größe\n".encode("cp1252"), name="t.csv", encoding="utf-8")


@pytest.mark.parametrize(
    "source",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"a,b\x00\n1,2",
        "a,b\n1,2".encode("utf-32"),
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
        ("a b c\n1 2 3\n", " "),
        ("  a   b\n 10   2  \n", " "),
        ("two words\nthree words here\n", "\t"),
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


@pytest.mark.parametrize("hint", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_first_line_for_a_spreadsheet_tells_the_delimiter_and_is_no_record(hint: str) -> None:
    text = f"{hint}\r\na, b, c;d\r\n1;2\r\n"
    assert find_delimiter(text) == ";"
    assert list(read_records(text, delimiter=";", name="t.csv")) == [(2, ["a, b, c", "d"]), (3, ["1", "2"])]


def test_an_old_line_ending_is_a_line_ending() -> None:
    assert [line for line, _ in read_records("a,b\r1,2\r3,4", delimiter=",", name="t.csv")] == [1, 2, 3]


@pytest.mark.parametrize("text", ['a,b\n1,2\n3,"open\n4,5\n', 'a,b\n1,2\n"x"y,3\n', "a,b\n1,2\n" + "9" * 200_000])
def test_a_cell_that_cannot_be_read_is_named_by_its_line(text: str) -> None:
    with pytest.raises(InputError, match=r"^t\.csv, line 3: a cell cannot be read"):
        list(read_records(text, delimiter=",", name="t.csv"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
@pytest.mark.parametrize("more", [0, 1])
def test_a_row_has_so_many_characters_and_no_more(more: int, end: str) -> None:
    """The end of the line counts as well; each row begins to count anew."""
    cell = "a" * 500
    row = ",".join([cell] * (RECORD_LIMIT // 501))
    row += "," + "a" * (RECORD_LIMIT - len(row) - 1 - len(end) + more) + end
    text = ("short,row\n" * 3) + row
    if more:
        with pytest.raises(InputError, match=r"t, line 4: the row has more than 2,000,000 characters"):
            list(read_records(text, delimiter=",", name="t"))
    else:
        assert [line for line, _ in read_records(text, delimiter=",", name="t")] == [1, 2, 3, 4]


def test_a_row_of_many_lines_counts_all_of_them() -> None:
    text = "a,b\n" + '"x\n",' * 500_000
    with pytest.raises(InputError, match=r"t, line 2: the row has more than 2,000,000 characters"):
        list(read_records(text, delimiter=",", name="t"))
