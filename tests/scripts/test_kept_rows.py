"""Rows of a stored table stay as they are where values made anew agree with them."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from kept_rows import agree, kept_rows

STORED: dict[str, Any] = {
    "source": "one version",
    "points": [0.1, 2.0],
    "activations": {"tanh": {"values": [0.5, 1e-20]}, "gone": {"values": [1.0]}},
    "costs": [{"cost": "mse", "value": 0.3}, {"cost": "mae", "value": 0.4}],
}


def changed(by: float) -> dict[str, Any]:
    """Return the table of another machine, all numbers of which differ by this share, with rows that are new."""
    found = copy.deepcopy(STORED)
    found["source"] = "another version"
    found["activations"] = {"new": {"values": [0.5]}, "tanh": {"values": [0.5 * (1.0 + by), 3e-20]}}
    first, second = found["costs"]
    found["costs"] = [first | {"value": 0.3 * (1.0 + by)}, {"cost": "new", "value": 0.3}, second]
    return found


def test_rows_that_agree_stay_and_new_ones_come_in_between() -> None:
    assert kept_rows(changed(2e-13), STORED) == {
        "source": "another version",
        "points": [0.1, 2.0],
        "activations": {"new": {"values": [0.5]}, "tanh": {"values": [0.5, 1e-20]}},
        "costs": [{"cost": "mse", "value": 0.3}, {"cost": "new", "value": 0.3}, {"cost": "mae", "value": 0.4}],
    }


def test_rows_that_differ_are_written_anew() -> None:
    found = changed(1e-11)
    assert kept_rows(found, STORED)["costs"] == found["costs"]
    assert kept_rows(found, STORED)["activations"] == found["activations"]
    assert kept_rows(found, {}) == found


@pytest.mark.parametrize(
    ("one", "other"), [(1, 1.0), (True, 1), (None, 0), ([1.0], [1.0, 1.0]), ({"a": 1.0}, {"b": 1.0}), ("a", "b")]
)
def test_values_of_other_kinds_do_not_agree(one: Any, other: Any) -> None:
    assert not agree(one, other) and not agree(other, one)
    assert agree(one, json.loads(json.dumps(one)))
