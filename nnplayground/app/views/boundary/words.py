"""What the boundary view says in words: the place under the pointer, and where the other inputs stand."""

from __future__ import annotations

import numpy as np

from nnplayground.app.views.ticks import number_text
from nnplayground.arrays import Floats
from nnplayground.training.prepare import Prepared
from nnplayground.training.snapshot import Maps

MOST_NAMED = 24
IDLE = "Point at the map to read it."


def reading(maps: Maps, data: Prepared, *, across: float, up: float) -> str:
    """Return what the network says at a place of the plane, and the inputs there; "" outside the map."""
    cell = _cell(maps, across, up)
    if cell is None:
        return ""
    names = data.samples.input_names
    place = f"{names[maps.across]} {number_text(across)}"
    if maps.up != maps.across:
        place += f", {names[maps.up]} {number_text(up)}"
    outputs = maps.layers[-1][:, cell[0], cell[1]].reshape(-1, 1, 1).astype(np.float64)
    # The answer comes first: it must be seen where the names of the inputs are too long for the line.
    return f"{_answer(outputs, data)} at {place}"


def others_at_mean(data: Prepared, *, across: int, up: int) -> str:
    """Return the sentence that names the inputs outside the plane and their values; "" if there are none.

    Too many to be named, as of pictures, are counted.
    """
    names, means = data.samples.input_names, data.input_means
    if len(names) > MOST_NAMED:
        return f"The other {len(names) - 2:,} inputs stay at their mean."
    others = [
        f"{name} {number_text(float(means[place]))}" for place, name in enumerate(names) if place not in (across, up)
    ]
    return f"Others at their mean: {', '.join(others)}" if others else ""


def points_note(points: int, drawn: int) -> str:
    """Return the sentence that says that not all points are drawn; "" if they are."""
    return f"{drawn:,} of {points:,} points are drawn." if drawn < points else ""


def _answer(outputs: Floats, data: Prepared) -> str:
    """Return what outputs `[outputs, 1, 1]` mean: a class with its probability, or a value."""
    rule = data.rule
    if not np.isfinite(outputs).all():
        return "no number: the weights have grown too large"
    if not rule.classes:
        return f"{data.samples.target_name} {number_text(float(outputs[0, 0, 0]))}"
    name = rule.classes[int(rule.predicted_classes(outputs)[0, 0])]
    return f"{name}, {100.0 * float(rule.probability(outputs)[0, 0]):.0f} %"


def _cell(maps: Maps, across: float, up: float) -> tuple[int, int] | None:
    """Return the row and column of the cell at a place, or None outside."""
    rows, columns = maps.layers[-1].shape[1:]
    column = (across - maps.low[0]) / (maps.high[0] - maps.low[0]) * columns
    row = (up - maps.low[1]) / (maps.high[1] - maps.low[1]) * rows
    if not (0.0 <= column <= columns and 0.0 <= row <= rows):
        return None
    return min(int(row), rows - 1), min(int(column), columns - 1)
