"""Dates are read in the order that all cells of a column show, and become days since the first one."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.data.csv_table import read_table
from nnplayground.data.dates import look_like_dates, read_dates
from nnplayground.data.table import ColumnChoices, Table
from nnplayground.data.tables import table_samples
from nnplayground.errors import InputError
from tests.messages import all_told


@pytest.mark.parametrize(
    ("cells", "days", "start", "order", "is_guess"),
    [
        (("2024-01-31", "2024-02-01"), (0, 1), "2024-01-31", "ymd", False),
        (("2024-02-01 12:00", "2024-01-31"), (1.5, 0), "2024-01-31", "ymd", False),
        (("2024-01-31T06:00:00Z", "2024-02-01T19:00+01:00"), (0.25, 1.75), "2024-01-31", "ymd", False),
        (("2024-01-31 00:00:00", "2024-01-31 00:00:00.5"), (0, 0.5 / 86_400), "2024-01-31", "ymd", False),
        (("2024/1/31", "2024/3/1"), (0, 30), "2024-01-31", "ymd", False),
        (("31.01.2024", "01.02.2024"), (0, 1), "2024-01-31", "dmy", False),
        (("1/31/2024", "2/1/2024"), (0, 1), "2024-01-31", "mdy", False),
        (("31/1/2024", "1/2/2024"), (0, 1), "2024-01-31", "dmy", False),
        (("1.2.2024", "2.2.2024"), (0, 1), "2024-02-01", "dmy", True),
        (("1/2/2024", "1/3/2024"), (0, 1), "2024-01-02", "mdy", True),
        (("31.12.99", "01.01.00"), (0, 1), "1999-12-31", "dmy", False),
        (("1969-12-31", "1970-01-02"), (0, 2), "1969-12-31", "ymd", False),
        (("1/31/2024 12:00 AM", "1/31/2024 12:00 PM"), (0, 0.5), "2024-01-31", "mdy", False),
        (("1/31/2024 6:00:00 am", "1/31/2024 6:00 p.m."), (0.25, 0.75), "2024-01-31", "mdy", False),
        (("1/31/2024 6:00\u202fPM", "2/1/2024 6:00AM"), (0.75, 1.25), "2024-01-31", "mdy", False),
    ],
)  # fmt: skip
def test_days_are_counted_from_the_first_date(
    cells: tuple[str, ...], days: tuple[float, ...], start: str, order: str, is_guess: bool
) -> None:
    assert look_like_dates(cells)
    found = read_dates(cells)
    assert np.allclose(found.days, days, rtol=0, atol=1e-9)
    assert (found.start, found.order, found.is_guess) == (start, order, is_guess)


def test_days_that_do_not_exist_are_odd_and_missing_ones_are_not() -> None:
    found = read_dates(("2024-01-31", "2024-02-31", "", "NaT", "soon", "2024-02-01"))
    assert (found.known, found.odd, found.first_odd) == (4, 2, 1)
    assert np.array_equal(np.isnan(found.days), [False, True, True, True, True, False])
    assert read_dates(("2024-01-31 1:00 PM", "2024-01-31 13:00 PM", "2024-01-31 0:00 AM")).odd == 2


@pytest.mark.parametrize("cells", [("12", "13"), ("1.5", "2.5"), ("a", "b"), ("12:30", "13:00"), ("1-2", "3-4"), ()])
def test_what_are_no_dates(cells: tuple[str, ...]) -> None:
    assert not look_like_dates(cells)


def days() -> Table:
    rows = "".join(f"{1 + row % 28:02}.{1 + row // 28:02}.2024,{row % 5},{row}.5\n" for row in range(56))
    return read_table(f"day,a,y\n{rows}".encode(), name="t.csv")


def test_dates_are_left_out_unless_they_are_chosen() -> None:
    assert days().kind("day") == "date"
    samples = table_samples(days())
    assert samples.input_names == ("a",)
    assert all_told(samples.notes) == ('Taken as inputs: "a"; not the dates in "day".',)
    chosen = table_samples(days(), inputs=("day", "a"), targets=("y",))
    assert chosen.input_names == ("day", "a")
    assert chosen.inputs[:, 0].tolist() == [*map(float, range(28)), *map(float, range(31, 59))]
    assert all_told(chosen.notes) == (
        '"day": Dates are read as day, month, year; as an input they are the days since 2024-01-01.',
    )


def test_dates_can_be_said_to_be_categories_and_the_other_way_round() -> None:
    table = read_table(b"day,y\n2024-01-31,1.5\n2024-01-31,2.5\n2024-02-01,4\n", name="t.csv")
    texts = table.choosing(ColumnChoices(kinds=(("day", "category"),)))
    assert table_samples(texts, inputs=("day",)).input_names == ("day = 2024-01-31", "day = 2024-02-01")
    table = read_table(b"day,y\n2024-01-31,1.5\nlater,2.5\n2024-02-01,4\n", name="t.csv")
    assert table.kind("day") == "text"
    dates = table_samples(table.choosing(ColumnChoices(kinds=(("day", "date"),))), inputs=("day",))
    assert dates.inputs[:, 0].tolist() == [0.0, 1.0]
    assert '"day": 1 cell is no date, it stands in line 3: "later". It counts as missing.' in all_told(dates.notes)


def test_dates_are_inputs_where_there_is_nothing_else_and_targets_where_they_are_chosen() -> None:
    rows = "".join(f"2024-01-{row + 1:02},{row}.5\n" for row in range(20))
    table = read_table(f"day,price\n{rows}".encode(), name="t.csv")
    assert table_samples(table).input_names == ("day",)
    dated = table_samples(table, inputs=("price",), targets=("day",))
    assert dated.task == "regression" and dated.targets.tolist() == [*map(float, range(20))]
    assert all_told(dated.notes)[0].startswith('"day": Dates are read as year, month, day')


def test_a_column_that_is_said_to_hold_dates_but_holds_none_is_refused() -> None:
    table = read_table(b"a,y\n2020,1.5\n2021,2.5\n", name="t.csv").choosing(ColumnChoices(kinds=(("a", "date"),)))
    with pytest.raises(InputError, match=r't\.csv: column "a" holds "2020" and no date; choose another kind for it\.'):
        table_samples(table, inputs=("a",), targets=("y",))
