"""The number of a layer stands before its name."""

from __future__ import annotations

from nnplayground.app.text.layer_numbers import numbered


def test_the_number_stands_before_the_name() -> None:
    assert (numbered(2, "Dense"), numbered(None, "Output")) == ("2 · Dense", "Output")
