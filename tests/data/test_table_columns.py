"""Each column of a table is told in a word, and a scaling is advised with its reason."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nnplayground.data.csv_table import read_table
from nnplayground.data.scaling import SCALINGS
from nnplayground.data.scaling_advice import advise_scaling
from nnplayground.data.table_columns import ColumnFacts, column_facts
from nnplayground.message import Message
from tests.messages import all_told, told

TABLE = """size,kind,day,nothing,one
1.5,x,2024-01-31,,same
,y,2024-02-01 10:30,NA,same
2,?,,?,same
"""


DAYS = Message("data.dates", {"order": "ymd", "start": "2024-01-31"})


def test_columns_are_numbers_texts_dates_or_empty() -> None:
    facts = column_facts(read_table(TABLE.encode(), name="t.csv"))
    assert facts == (
        ColumnFacts("size", "number", 1, 0),
        ColumnFacts("kind", "text", 1, 2, marks=("?",)),
        ColumnFacts("day", "date", 1, 2, (DAYS,)),
        ColumnFacts("nothing", "empty", 3, 0),
        ColumnFacts("one", "text", 0, 1),
    )
    assert told(DAYS) == "Dates are read as year, month, day; as an input they are the days since 2024-01-31."
    assert all_told(entry.content for entry in facts) == ("number", "text, 2 values", "date", "empty", "text, 1 value")


@pytest.mark.parametrize(
    ("columns", "name", "reason"),
    [
        ([[0.0, 1.0, 1.0]], "none", "all inputs are 0 or 1 already"),
        ([[-1.0, 0.5, 1.0], [0.0, 2.0, -2.0]], "none", "the inputs are small and of one size: −2 … 2"),
        ([[0.0, 0.2], [0.0, 6300.0]], "standardize", "the inputs differ in size: one varies by 0.2, another by 6,300"),
        ([[0.0, 255.0], [0.0, 250.0]], "min_max", "all inputs share one range: 0 … 255"),
        ([[1000.0, 1001.0]], "standardize", "the inputs are far from 0 or large: 1,000 … 1,001"),
        ([[7.0, 7.0], [0.0, 1.0]], "standardize", "the inputs are far from 0 or large: 7 … 7"),
    ],
)
def test_the_advice_follows_the_sizes_of_the_inputs(columns: list[list[float]], name: str, reason: str) -> None:
    found, why = advise_scaling(np.array(columns).T)
    assert (found, told(why)) == (name, reason)


@given(arrays.arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=st.floats(-1e50, 1e50)))
def test_any_inputs_get_some_advice(inputs: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> None:
    name, reason = advise_scaling(inputs)
    assert name in SCALINGS
    assert told(reason)
