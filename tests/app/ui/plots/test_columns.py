"""Columns of a table have one length."""

from __future__ import annotations

import numpy as np

from nnplayground.app.ui.plots.columns import of_one_length


def test_shorter_columns_end_in_empty_cells() -> None:
    table = of_one_length({"long": np.array([1.0, 2.0, 3.0]), "short": np.array([4.0])})
    assert table["long"].tolist() == [1.0, 2.0, 3.0]
    assert table["short"][0] == 4.0 and np.isnan(table["short"][1:]).all() and len(table["short"]) == 3


def test_no_columns_are_no_table() -> None:
    assert of_one_length({}) == {}
