"""Numbers as people and programs write them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.written_numbers import (
    AmbiguousNumberError,
    NotANumberError,
    fitting_signs,
    read_typed,
    read_written,
)

BOTH = frozenset({"point", "comma"})
NEITHER: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("text", "with_point", "with_comma"),
    [
        ("12", 12.0, 12.0),
        ("+12", 12.0, 12.0),
        ("- 5", -5.0, -5.0),
        ("1.5", 1.5, None),
        ("1,5", None, 1.5),
        ("5.", 5.0, None),
        (",5", None, 0.5),
        ("1.234", 1.234, 1234.0),
        ("1,234", 1234.0, 1.234),
        ("12,500", 12500.0, 12.5),
        ("0.123", 0.123, None),
        ("0,123", None, 0.123),
        ("1234,567", None, 1234.567),
        ("1.234,50", None, 1234.5),
        ("1,234.50", 1234.5, None),
        ("1.234.567", None, 1234567.0),
        ("1,234,567", 1234567.0, None),
        ("12,34,567.8", 1234567.8, None),  # lakh and crore
        ("1 234,5", None, 1234.5),
        ("1\u00a0234,5", None, 1234.5),
        ("1\u202f234\u202f567", 1234567.0, 1234567.0),
        ("1'234.50", 1234.5, None),
        ("1\u2019234", 1234.0, 1234.0),
        ("\u22121.5", -1.5, None),  # a minus sign of typesetting
        ("123-", -123.0, -123.0),
        ("(1,234.5)", -1234.5, None),
        ("5,-", None, 5.0),  # a price without cents
        ("1.250,--", None, 1250.0),
        ("5.\u2013", 5.0, None),
        ("-5,\u2014 \u20ac", None, -5.0),
        ("CHF 1'250.-", 1250.0, None),
        ("5.0-", -5.0, None),
        ("'12", 12.0, 12.0),
        ('="1.5"', 1.5, None),  # what programs write for a spreadsheet that is not to change it
        ('="-12"', -12.0, -12.0),
        ('="(1,5)"', None, -1.5),
        ("1.2E+03", 1200.0, None),
        ("1,2e-3", None, 0.0012),
        ("\uff11\uff12", 12.0, 12.0),
        ("1e999", math.inf, math.inf),
    ],
)
def test_a_text_is_read_with_either_sign(text: str, with_point: float | None, with_comma: float | None) -> None:
    for sign, wanted in (("point", with_point), ("comma", with_comma)):
        if wanted is None:
            with pytest.raises(NotANumberError):
                read_written(text, sign)
        else:
            assert read_written(text, sign).value == wanted


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12 %", 12.0, "%"),
        ("12%", 12.0, "%"),
        ("$1,234.50", 1234.5, "$"),
        ("-$5", -5.0, "$"),
        ("($5)", -5.0, "$"),
        ("\u20ac 12", 12.0, "\u20ac"),
        ("12 EUR", 12.0, "EUR"),
        ("R$ 7.5", 7.5, "R$"),
        ("3", 3.0, ""),
    ],
)
def test_a_unit_is_told_beside_the_number(text: str, value: float, unit: str) -> None:
    read = read_written(text)
    assert (read.value, read.unit) == (value, unit)


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "+", ".", ",", "%", "$", "abc", "1_000", "inf", "nan", "0x10", "1 2", "1.2.3", "1,23,4", "5-6",
     "1,,000", "01,234.5x", "1e", "(12", "12)", "--5", "1.2.345", "12 apples", "1" * 401],
)  # fmt: skip
def test_what_is_no_number_is_none_with_either_sign(text: str) -> None:
    for sign in ("point", "comma"):
        with pytest.raises(NotANumberError):
            read_written(text, sign)
        with pytest.raises(NotANumberError):
            read_typed(text, sign)


@pytest.mark.parametrize(
    ("text", "fitting"),
    [
        ("1.5", {"point"}), ("1,5", {"comma"}), ("1.234", BOTH), ("1,234", BOTH), ("1.234,5", {"comma"}),
        ("12", NEITHER), ("12 %", NEITHER), ("word", NEITHER), ("0,123", {"comma"}), ("1 234", NEITHER),
    ],
)  # fmt: skip
def test_a_text_says_which_decimal_sign_it_was_written_with(text: str, fitting: frozenset[str]) -> None:
    assert fitting_signs(text) == fitting


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.000", "point", 1.0), ("1,000", "comma", 1.0), ("1,5", "point", 1.5), ("1.5", "comma", 1.5),
        ("1.234,5", "point", 1234.5), ("1,234.5", "comma", 1234.5), ("1,234,567", "point", 1234567.0),
        ("1.234.567", "point", 1234567.0),
        ("0,003", "point", 0.003), ("0.003", "comma", 0.003), ("1e-3", "comma", 1e-3),
    ],
)  # fmt: skip
def test_what_leaves_no_doubt_is_understood_from_a_person_too(text: str, decimal: str, value: float) -> None:
    assert read_typed(text, decimal).value == value


@pytest.mark.parametrize(
    ("text", "decimal", "with_point", "with_comma"),
    [("1,000", "point", 1000.0, 1.0), ("1.000", "comma", 1.0, 1000.0), ("-12,500", "point", -12500.0, -12.5)],
)
def test_the_other_sign_before_three_digits_is_refused_with_both_readings(
    text: str, decimal: str, with_point: float, with_comma: float
) -> None:
    with pytest.raises(AmbiguousNumberError) as caught:
        read_typed(text, decimal)
    assert (caught.value.with_point, caught.value.with_comma) == (with_point, with_comma)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_that_python_writes_is_read_back_to_the_same_bits(number: float) -> None:
    read = read_written(repr(number)).value
    assert read == number
    assert math.copysign(1.0, read) == math.copysign(1.0, number)
    assert read_written(repr(number).replace(".", ","), "comma").value == number


@given(st.integers(-(10**15), 10**15), st.sampled_from([",", " ", "'", "\u00a0"]))
def test_grouped_thousands_are_the_number_without_them(number: int, mark: str) -> None:
    assert read_written(f"{number:,}".replace(",", mark)).value == number


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    for sign in ("point", "comma"):
        try:
            assert not math.isnan(read_written(text, sign).value)
        except NotANumberError:
            assert sign not in fitting_signs(text)
