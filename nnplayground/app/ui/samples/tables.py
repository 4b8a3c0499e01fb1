"""What the boundary view shows, as columns of numbers for a file."""

from __future__ import annotations

import numpy as np

from nnplayground.app.ui.samples.shading import Unit
from nnplayground.arrays import Floats
from nnplayground.training.observe.answers import Answers
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.prepare import Prepared

SCORES = ("component 1", "component 2")
CODES = np.array([0.0, 2.0, 1.0])
"""How the parts are written: 0 trains, 1 tests, 2 validates."""


def map_table(maps: Maps, data: Prepared, *, unit: Unit | None = None) -> dict[str, Floats]:
    """Return the centre of each cell of a map and what the network, or one unit of it, answers there.

    The columns are called like the inputs of the plane and like what answers; of data with one input each place is
    there once. All have the same length, and the cells come row by row from the bottom left.
    """
    layer = maps.layers[-1] if unit is None else maps.layers[unit[0]][unit[1] : unit[1] + 1]
    rows, columns = layer.shape[1:]
    across, up = (
        low + (high - low) * (np.arange(count) + 0.5) / count
        for low, high, count in zip(maps.low, maps.high, (columns, rows), strict=True)
    )
    names = _names(maps, data)
    if maps.across == maps.up:
        return {names[0]: across, **_answers(layer[:, 0], data, unit)}
    places = {names[0]: np.tile(across, rows), names[1]: np.repeat(up, columns)}
    return {**places, **_answers(layer.reshape(len(layer), -1), data, unit)}


def points_table(data: Prepared, answers: Answers | None = None) -> dict[str, Floats]:
    """Return the samples: inputs, targets, part (0 trains, 1 tests, 2 validates) and what the network answers to each.

    Classes are given by their indices; without `answers` the last column is left out.
    """
    samples = data.samples
    part = CODES[data.part_numbers]
    table = {name: samples.inputs[:, place] for place, name in enumerate(samples.input_names)}
    table |= _by_target("target", samples.targets, samples.target_names) | {"part": part}
    return table if answers is None else table | _by_target("predicted", answers.predicted, samples.target_names)


def _by_target(what: str, values: Floats, names: tuple[str, ...]) -> dict[str, Floats]:
    """Return the values of the only target as one column, those `[samples, targets]` of several by their names."""
    if values.ndim == 1:
        return {what: values}
    return {f"{what} {name}": values[:, place] for place, name in enumerate(names)}


def _names(maps: Maps, data: Prepared) -> tuple[str, str]:
    if maps.kind == "components":
        return SCORES
    names = data.samples.input_names
    return names[maps.across], names[maps.up]


def _answers(values: Floats, data: Prepared, unit: Unit | None) -> dict[str, Floats]:
    """Return a column for each of the answers `[answers, cells]`."""
    rows = values.astype(np.float64)
    if unit is None:
        rows = data.answers(rows)
    if len(rows) == 1:
        return {"answer": rows[0]}
    names = data.samples.classes or data.samples.target_names
    return {f"answer {name}": row for name, row in zip(names, rows, strict=True)}
