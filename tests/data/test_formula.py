"""Formulas: what they mean (by Python itself), how they are written, and that anything else ends in one sentence."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnplayground.data.expressions import FUNCTIONS, OPERATORS
from nnplayground.data.formula import LONGEST, parse_formula
from nnplayground.errors import InputError

POINTS = ((0.5, -2.0), (3.0, 0.25), (-1.5, -6.0), (0.0, 0.0))
# What the functions mean, from Python's own library where it has them.
MEANINGS: dict[str, Any] = {
    "abs": abs, "atan2": math.atan2, "cos": math.cos, "exp": math.exp, "hypot": math.hypot, "log": math.log,
    "max": max, "min": min, "sin": math.sin, "sqrt": math.sqrt, "tan": math.tan, "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "sigmoid": lambda z: 1.0 / (1.0 + math.exp(-z)),
    "sign": lambda z: float(z > 0.0) - float(z < 0.0),
    "step": lambda z: 1.0 if z >= 0.0 else 0.0,
}  # fmt: skip


def meant(formula: str, x1: float, x2: float) -> float:
    """Return what Python makes of a formula, NaN where it refuses."""
    names = MEANINGS | {"x1": x1, "x2": x2, "pi": math.pi, "e": math.e}
    try:
        value = eval(formula.replace("^", "**"), {"__builtins__": {}}, names)
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):  # the last one for complex numbers
        return math.nan
    return float(value) if isinstance(value, (int, float)) else math.nan


def values(formula: str) -> list[float]:
    x1, x2 = np.array(POINTS).T
    return [float(value) for value in parse_formula(formula).value(x1, x2)]


@pytest.mark.parametrize(
    "formula",
    [
        "x1**2 + sin(3*x2)",
        "x1^2 - x2^2",
        "-x1**2",
        "(-x1)**2",
        "2**-x1",
        "2**3**0.5*x1",
        "x1 - x2 - 1",
        "x1 - (x2 - 1)",
        "x1 / 2 / 4",
        "x1 / (2 / 4)",
        "--x1 + +x2",
        "x1*-x2",
        "-x1*x2",
        ".5*x1 + 2.*x2 + 1e-3",
        "pi*x1 + e*x2",
        "max(x1, min(x2, 1)) - hypot(x1, x2)",
        "exp(-(x1**2 + x2**2)/4)",
        "sin(cos(tanh(x1)))",
        "atan2(x2, x1)",
    ],
)
def test_a_formula_means_what_python_makes_of_it(formula: str) -> None:
    expected = [meant(formula, x1, x2) for x1, x2 in POINTS]
    assert values(formula) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_what_its_name_says(name: str) -> None:
    formula = f"{name}({', '.join(['x1 + 2', 'x2 + 7'][: FUNCTIONS[name].count])})"
    assert values(formula) == pytest.approx([meant(formula, x1, x2) for x1, x2 in POINTS], rel=1e-14)
    assert values(formula.replace("+ 7", "- 9").replace("+ 2", "- 4"))[0] == pytest.approx(
        meant(formula.replace("+ 7", "- 9").replace("+ 2", "- 4"), *POINTS[0]), rel=1e-14, nan_ok=True
    )


def test_the_table_of_functions_is_the_one_that_is_documented() -> None:
    assert set(FUNCTIONS) == set(MEANINGS)


def test_places_without_a_value_are_not_numbers_and_do_not_warn() -> None:
    assert np.isnan(values("log(x1)")[2])
    assert values("log(x1)")[3] == -math.inf
    assert values("1/x1")[3] == math.inf
    assert values("x1*9**9**9**9")[0] == math.inf
    assert np.isnan(values("(x1 - 9)^0.5")).all()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("x1**2", "x1^2"),
        ("x1 * x2", "x1*x2"),
        ("  SIN( X1 )", "sin(x1)"),
        ("((x1))+(x2)", "x1 + x2"),
        ("x1-(x2-1)", "x1 - (x2 - 1)"),
        ("(x1+x2)*(x1/x2)", "(x1 + x2)*(x1/x2)"),
        ("-(x1*x2)", "-(x1*x2)"),
        ("(x1^2)^3", "(x1^2)^3"),
        ("x1^(2^3)", "x1^2^3"),
        ("(-x1)^2", "(-x1)^2"),
        ("1.50*x1 + 1e3", "1.5*x1 + 1000"),
        ("x₁² + sin(3·x₂) − π", "x1^2 + sin(3*x2) - pi"),
    ],
)
def test_a_formula_is_always_written_the_same_way(typed: str, written: str) -> None:
    assert parse_formula(typed).text == written
    assert parse_formula(written).text == written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The formula is empty; write something of x1 and x2, such as x1^2 + sin(3*x2)."),
        ("x3", "x3 is not known here; use x1, x2, pi, e or a function such as sin(x1)."),
        ("x1x2", "x1x2 is not known here"),
        ("x1 x2", "An operator is missing between x1 and x2; to multiply, write x1*x2."),
        ("3x2", "An operator is missing between 3 and x2; to multiply, write 3*x2."),
        ("(x1 + 1", "A bracket is not closed; write ) where it ends."),
        ("max(x1, x2", "A bracket is not closed"),
        ("x1)", "A bracket is closed that was never opened"),
        ("()", "The brackets () are empty"),
        ("((((", "A value is missing after the ( at the end"),
        ("x1 +", "A value is missing after the + at the end"),
        ("* x1", "A value is missing before the * at the start"),
        ("x1 + * x2", "A value is missing between + and *"),
        ("x1, x2", "A comma stands only between the two values of a function"),
        ("(x1, x2)", "A comma stands only between the two values of a function"),
        ("0,5*x1", "Numbers in a formula have a decimal point, as a comma parts the values of a function; write 0.5"),
        ("sin(0,25)", "Numbers in a formula have a decimal point"),
        ("x1 + max(x2, 1,5, x1)", "Numbers in a formula have a decimal point"),
        ("x1*1,000", "Numbers in a formula have a decimal point"),
        ("sin x1", "sin is a function and needs brackets after it: write sin(x1)."),
        ("sin()", "The brackets after sin are empty; write sin(x1)."),
        ("sin(x1, x2)", "sin needs one value, but 2 stand in its brackets; write sin(x1)."),
        ("min(x1)", "min needs two values with a comma between them, but one stands in its brackets"),
        ("spin(x1)", "spin is no function here; choose one of abs, atan2, cos, exp"),
        ("2 + pi", "2 + pi is the same everywhere; the formula must use x1 or x2."),
        ("9**9**9**9", "9^9^9^9 is the same everywhere"),
        ("1e999*x1", "The number 1e999 is too large"),
        ("__import__('os')", "A formula cannot hold “'”"),
        ("x1.real", "A formula cannot hold “.”"),
        ("x1 := 3", "A formula cannot hold “:”"),
        ("lambda x1: x1", "A formula cannot hold “:”"),
        ('f"{x1}"', 'A formula cannot hold “"”'),
        ("x1 < x2", "A formula cannot hold “<”"),
        ("sin(x=x1)", "A formula cannot hold “=”"),
        ("x1 if x2 else 0", "An operator is missing between x1 and if"),
        ("__class__(x1)", "__class__ is no function here"),
        ("x1\0", "A formula cannot hold “\\u0000”"),
        ("x1 + ￿", "A formula cannot hold"),
        ("١*x1", "A formula cannot hold “١”"),
        ("(" * 90 + "x1" + ")" * 90, "The formula is nested too deep"),
        ("-" * 100 + "x1", "The formula is nested too deep"),
        ("x1" + "^x1" * 60, "The formula is nested too deep"),
        ("x1" * 4000, "The formula has 8,000 characters; up to 200 are possible."),
    ],
)
def test_what_is_no_formula_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_formula(text)
    assert said in str(caught.value)
    assert str(caught.value).isprintable()


def refusal(text: str) -> str:
    """Return why a text is no formula; nothing where it is one."""
    try:
        parse_formula(text)
    except InputError as error:
        return str(error)
    return ""


LIKELY = st.sampled_from(
    [*"0123456789.,()+-*/^ ", "**", "x1", "x2", "pi", "e", "x3", "sin", "max(", "1e", "\0", "²", "'"]
)


@given(st.one_of(st.text(max_size=250), st.lists(LIKELY, max_size=60).map("".join)))
@example("1e308*x1*10")
@example("x1" + " + x1" * 39)
@example("x1" + "+x1" * 66)
def test_any_text_gives_a_formula_or_one_sentence(text: str) -> None:
    sentence = refusal(text)
    assert sentence.isprintable()
    if sentence:
        assert sentence.endswith(".")
        return
    formula = parse_formula(text)
    assert len(formula.text) <= LONGEST
    assert parse_formula(formula.text) == formula  # a file that holds it can be read
    assert formula.value(np.zeros(3), np.ones(3)).shape == (3,)


def expressions() -> st.SearchStrategy[str]:
    """Formulas in Python's own notation, of all signs and functions."""
    leaves = st.sampled_from(["x1", "x2", "pi", "e", "2.0", "0.5", "1e-05"])

    def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        two = st.sampled_from([name for name, made in FUNCTIONS.items() if made.count == 2])
        one = st.sampled_from([name for name, made in FUNCTIONS.items() if made.count == 1])
        signs = st.sampled_from([sign.replace("^", "**") for sign in OPERATORS])
        return st.one_of(
            st.tuples(inner, signs, inner).map(" ".join),
            st.tuples(inner, signs, inner).map(lambda parts: f"({' '.join(parts)})"),
            inner.map(lambda text: f"-{text}"),
            st.tuples(one, inner).map(lambda parts: f"{parts[0]}({parts[1]})"),
            st.tuples(two, inner, inner).map(lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"),
        )

    return st.recursive(leaves, larger, max_leaves=8)


@given(expressions(), st.floats(-3.0, 3.0), st.floats(-3.0, 3.0))
def test_random_formulas_have_the_values_that_python_gives_and_keep_them_when_written(
    text: str, x1: float, x2: float
) -> None:
    expected = meant(text, x1, x2)
    formula = parse_formula(f"{text} + 0*x1")
    point = np.array([x1]), np.array([x2])
    found = float(formula.value(*point)[0])
    again = float(parse_formula(formula.text).value(*point)[0])
    assert found == again or (math.isnan(found) and math.isnan(again))
    if math.isfinite(expected) and math.isfinite(found):
        # Sums that nearly cancel, and steps and poles between two roundings, differ by more than a rounding.
        assert found == pytest.approx(expected, rel=1e-6, abs=1e-6) or _is_delicate(formula.text)


def _is_delicate(text: str) -> bool:
    """Tell whether a rounding can change a formula's value by much."""
    return any(f"{name}(" in text for name in ("step", "sign", "tan", "atan2", "exp")) or "/" in text or "^" in text
