"""Matrices as text: what is copied comes back bit for bit, and any text at all is a matrix or one sentence."""

from __future__ import annotations

from ast import literal_eval

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from nnplayground.app.features.inspector.matrix_text import (
    MOST_NUMBERS,
    as_csv,
    as_numpy,
    as_table,
    read_matrix,
    read_number,
)
from nnplayground.arrays import Floats
from nnplayground.errors import InputError
from nnplayground.written_numbers import COMMA, POINT

LEGAL = st.floats(-1e6, 1e6, allow_nan=False, allow_subnormal=True)
MATRICES = arrays(np.float64, array_shapes(min_dims=2, max_dims=2, max_side=5), elements=LEGAL)
MARKS = st.text(st.sampled_from("0123456789.,;-+eE \t\n\r[]()npar\"'=…−∞x"), max_size=60)


@given(MATRICES)
def test_a_copied_table_comes_back_bit_for_bit(matrix: Floats) -> None:
    assert read_matrix(as_table(matrix)).tobytes() == matrix.tobytes()


@given(MATRICES)
def test_copied_python_comes_back_bit_for_bit_and_is_what_numpy_makes_of_it(matrix: Floats) -> None:
    text = as_numpy(matrix)
    assert read_matrix(text).tobytes() == matrix.tobytes()
    read_by_python = np.array(literal_eval(text.removeprefix("np.array(").removesuffix(")")))
    assert read_by_python.tobytes() == matrix.tobytes()


@given(MATRICES)
def test_copied_weights_and_biases_come_back_side_by_side(matrix: Floats) -> None:
    both = np.column_stack([matrix, matrix[:, 0]])
    text = f"W = {as_numpy(matrix)}\nb = {as_numpy(matrix[:, 0])}\n"
    assert read_matrix(text).tobytes() == both.tobytes()


@given(MATRICES)
def test_copied_csv_comes_back_without_its_names(matrix: Floats) -> None:
    rows = [f"layer 1, neuron {row}" for row in range(matrix.shape[0])]
    columns = [f'x"{column}' for column in range(matrix.shape[1])]
    for sign in (POINT, COMMA):
        assert read_matrix(as_csv(matrix, rows=rows, columns=columns), sign).tobytes() == matrix.tobytes()


@given(MATRICES)
def test_what_numpy_prints_comes_back(matrix: Floats) -> None:
    with np.printoptions(floatmode="unique", threshold=1000, linewidth=40):
        for text in (str(matrix), repr(matrix)):
            assert np.array_equal(read_matrix(text), matrix)


@given(st.one_of(st.text(max_size=80), MARKS), st.sampled_from((POINT, COMMA)))
def test_any_text_is_a_matrix_of_legal_numbers_or_one_sentence(text: str, sign: str) -> None:
    found, said = None, ""
    try:
        found = read_matrix(text, sign)
    except InputError as error:
        said = str(error)
    if found is None:
        assert said and "\n" not in said
    else:
        assert found.ndim == 2 and found.size and (np.abs(found) <= 1e6).all()


@pytest.mark.parametrize(
    "text",
    [
        "1\t-2.5\n3\t4",
        "1;-2,5\r\n3;4\r\n",
        "1\t-2,5\n3\t4\n\n",
        "1, -2.5\n3, 4",
        "1 -2.5\n 3   4",
        "[[1, -2.5], [3, 4]]",
        "array([[ 1. , -2.5],\n       [ 3. ,  4. ]])",
        "[[ 1.  -2.5]\n [ 3.   4. ]]",
        "1\t\u22122.5\n3\t4",
        '"1","-2.5"\n"3","4"',
        "from\tx\ty\nneuron 1\t1\t-2.5\nneuron 2\t3\t4",
        "x\ty\n1\t-2.5\n3\t4",
    ],
)
def test_every_usual_way_to_write_a_matrix_is_read(text: str) -> None:
    assert read_matrix(text).tolist() == [[1.0, -2.5], [3.0, 4.0]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "holds no numbers"),
        ("1\t2\n3", "Row 2 of the clipboard has 1 number and row 1 has 2"),
        ("1\t2\n3\tcat", 'Row 2, column 2 of the clipboard is "cat"'),
        ("1\t2\n3\tnan", "Row 2, column 2 of the clipboard is"),
        ("1\tinf\n3\t4", "Row 1, column 2 of the clipboard is"),
        ("1\t2e6\n3\t4", "Row 1, column 2 of the clipboard is 2e6; it must be a number from -1,000,000 to 1,000,000"),
        ("1\t\n3\t4", "Row 1, column 2 of the clipboard is empty"),
        ("[[1, 2], [3, ...]]", "leaves numbers out"),
        ("[[[1, 2]], [[3, 4]]]", "brackets"),
        ("[1, 2", "brackets"),
        ("[1, 2] [3, 4] [5, 6]", "3 arrays"),
    ],
)
def test_what_is_no_matrix_is_refused_with_a_sentence_that_names_the_place(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("(", r"\(").replace("+", r"\+")):
        read_matrix(text)


def test_too_many_numbers_are_refused() -> None:
    with pytest.raises(InputError, match="at most 100,000"):
        read_matrix("\n".join(["1"] * (MOST_NUMBERS + 1)))


@given(LEGAL)
def test_a_typed_number_is_read_exactly(value: float) -> None:
    assert repr(read_number(f" {value!r} ")) == repr(value)


@pytest.mark.parametrize(("text", "value"), [("0,5", 0.5), ("\u22121", -1.0), (".5", 0.5), ("1e3", 1000.0), ("٣", 3.0)])
def test_a_number_can_be_typed_in_several_ways(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "cat", "1,2,3", "nan", "1e7", "inf", "1 2", "0x10", "1_000", "12 %"])
def test_nonsense_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(InputError, match="must be a number from"):
        read_number(text)


class TestTheReadingOfAPaste:
    """All cells are read alike, with the one way that makes numbers of all, or with the person's own sign."""

    @pytest.mark.parametrize(
        ("text", "sign", "numbers"),
        [
            ("1.234\t2.345", POINT, [[1.234, 2.345]]),
            ("1,234\t2,345", COMMA, [[1.234, 2.345]]),
            ("0.5\t1,234", COMMA, [[0.5, 1234.0]]),
            ("0,5;1.234", POINT, [[0.5, 1234.0]]),
            ("1.234,5\t2", POINT, [[1234.5, 2.0]]),
            ("1 000\t2", POINT, [[1000.0, 2.0]]),
            ("0,5 0,7", POINT, [[0.5, 0.7]]),
            ("1,234 0,7", POINT, [[1.234, 0.7]]),
            ("0,5, 0,7", COMMA, [[0.5, 0.7]]),
            ("1, 2", COMMA, [[1.0, 2.0]]),
            ("1.0,2.0", COMMA, [[1.0, 2.0]]),
            ("1,5", POINT, [[1.0, 5.0]]),
            ("1,5", COMMA, [[1.5]]),
            ("1,2\n3,4", POINT, [[1.0, 2.0], [3.0, 4.0]]),
            ("[1,234]", COMMA, [[1.0, 234.0]]),
            ("[[0.5, 1.234], [3, 4]]", COMMA, [[0.5, 1.234], [3.0, 4.0]]),
            ("-1,5\t(2,5)", POINT, [[-1.5, -2.5]]),
        ],
    )
    def test_is_one_for_all_cells(self, text: str, sign: str, numbers: list[list[float]]) -> None:
        assert read_matrix(text, sign).tolist() == numbers

    @pytest.mark.parametrize(
        ("text", "sign", "said"),
        [
            ("1,234\t2,345", POINT, "Row 1, column 1 of the clipboard is 1,234, which can be 1234 or 1.234; write"),
            ("1.234\n2.345", COMMA, "Row 1, column 1 of the clipboard is 1.234, which can be 1,234 or 1234; write"),
            ("1.234\t2,345", POINT, "Row 1, column 2 of the clipboard is 2,345, which can be 2345 or 2.345"),
            ("1,234", POINT, "Row 1 of the clipboard can be 1, then 234, or 1234; part the numbers"),
            ("1,234,567", COMMA, "Row 1 of the clipboard can be 1, then 234, then 567, or 1234567"),
            ("1,234 5,678", POINT, "Row 1 of the clipboard can be 1234, then 5678, or 1.234, then 5.678"),
            ("0,5, 0,7", POINT, "can be 0, then 5, then 0 and so on, or 0.5, then 0.7"),
            ("0.5\t0,5", POINT, "0.5 in row 1, column 1, with a decimal point, and 0,5 in row 1, column 2, with a"),
            ("1\t5 %", POINT, 'Row 1, column 2 of the clipboard is "5 %"; it must be a number from'),
        ],
    )
    def test_is_refused_where_it_is_in_doubt(self, text: str, sign: str, said: str) -> None:
        with pytest.raises(InputError) as caught:
            read_matrix(text, sign)
        assert said in str(caught.value)

    @given(MATRICES, st.sampled_from((POINT, COMMA)))
    def test_gives_back_what_was_copied(self, matrix: Floats, sign: str) -> None:
        assert read_matrix(as_table(matrix, sign), sign).tobytes() == matrix.tobytes()

    def test_is_made_of_a_text_of_some_length(self) -> None:
        with pytest.raises(InputError, match=r"The clipboard holds 5,000,001 characters; at most 100,000 numbers"):
            read_matrix("1" * 5_000_001)

    @pytest.mark.parametrize(
        ("text", "sign", "both"),
        [("1,000", POINT, "1000 or 1"), ("1.234", COMMA, "1,234 or 1234"), ("-1,500", POINT, "-1500 or -1.5")],
    )
    def test_of_a_typed_number_names_both_where_it_is_in_doubt(self, text: str, sign: str, both: str) -> None:
        with pytest.raises(InputError, match=f'^"{text}" can be {both}; write {both}.$'):
            read_number(text, sign)
