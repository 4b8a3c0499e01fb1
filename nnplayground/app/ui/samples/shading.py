"""From the network's outputs to colours: one place decides what a colour on the map means.

Two classes: the value scale, from surely the first to surely the second. More classes: the colour of the class,
the paler the less sure. Numbers: the value scale between fixed ends that follow from the targets.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats
from nnplayground.training.observe.maps import Maps
from nnplayground.training.run.outputs import OutputRule
from nnplayground.training.run.prepare import Prepared

Picture: TypeAlias = NDArray[np.uint8]
Unit: TypeAlias = tuple[int, int]
"""A unit of the network: the index of its layer among `Maps.layers`, and its own in that layer."""

LEVELS = 64
"""How many shades a class has."""
PALEST = 0.1
"""How much of its colour a class keeps where the network cannot decide."""
STRENGTH = 0.6
"""How much of a full colour the map keeps; the rest is the ground, so that the points stand out from it."""


def value_range(targets: Floats) -> tuple[float, float]:
    """Return the values at the two ends of the colour scale for the targets of a regression.

    With values on both sides of zero the scale is even, so that zero is grey as in every other map.
    """
    low, high = float(targets.min()), float(targets.max())
    if low < 0.0 < high:
        return -max(-low, high), max(-low, high)
    if low == high:
        return low - 1.0, high + 1.0
    return low, high


def to_unit(values: Floats, ends: tuple[float, float]) -> Floats:
    """Return values as places on the colour scale: -1 at the lower end, +1 at the upper."""
    low, high = ends
    result: Floats = (values - low) * (2.0 / (high - low)) - 1.0
    return result


def scale_field(maps: Maps, data: Prepared, *, unit: Unit | None = None) -> Floats | None:
    """Return the map `[rows, columns]` as places on the colour scale, of one unit or of what the network answers.

    It is `None` for more than two classes, of which no single number tells.
    """
    outputs, rule = maps.layers[-1], data.rule
    with np.errstate(all="ignore"):
        if unit is not None:
            chosen: Floats = maps.layers[unit[0]][unit[1]]
            return chosen
        if not rule.classes:
            return to_unit(outputs[0], value_range(data.samples.targets))
        return rule.leaning(outputs) if len(rule.classes) == 2 else None


def value_picture(values: Floats, theme: Theme) -> Picture:
    """Return the colours `[rows, columns, 4]` of values from -1 to +1; what is not a number is drawn as zero."""
    places = np.nan_to_num(values, nan=0.0, posinf=1.0, neginf=-1.0)
    indices: NDArray[Any] = (np.clip(places, -1.0, 1.0) * 127.5 + 127.5).astype(np.uint8)
    return _looked_up(soft_value_table(theme), indices)


def class_picture(outputs: Floats, rule: OutputRule, theme: Theme) -> Picture:
    """Return the colours `[rows, columns, 4]` of outputs `[outputs, rows, columns]` for three classes or more."""
    sure = np.nan_to_num(rule.confidence(outputs))
    indices = rule.predicted_classes(outputs) * LEVELS + (sure * (LEVELS - 1)).astype(np.int64)
    return _looked_up(class_table(len(rule.classes), theme), indices)


def soft_value_table(theme: Theme) -> Picture:
    """Return the value scale `[256, 4]` as the map uses it: the colours of all other views, but softer."""
    colors = theme.value_table().astype(np.float64)
    colors[:, :3] += (1.0 - STRENGTH) * (_rgb(theme.panel) - colors[:, :3])
    table: Picture = colors.round().astype(np.uint8)
    return table


def class_table(count: int, theme: Theme) -> Picture:
    """Return the shades `[classes * LEVELS, 4]` of all classes, from the palest to the strongest."""
    ground = _rgb(theme.panel)
    share = STRENGTH * np.linspace(PALEST, 1.0, LEVELS)[:, np.newaxis]
    shades = [ground + share * (_rgb(theme.class_color(place, count).name()) - ground) for place in range(count)]
    opaque = np.full((count * LEVELS, 1), 255.0)
    return np.hstack([np.concatenate(shades), opaque]).round().astype(np.uint8)


def margins(outputs: Floats) -> Floats:
    """Return for every class how far its output stands above the best of the others; zero is its boundary.

    `outputs` and the result are `[classes, rows, columns]`.
    """
    best, second = np.maximum(outputs[0], outputs[1]), np.minimum(outputs[0], outputs[1])
    # Several times as fast as sorting, for the few classes that there usually are.
    for other in outputs[2:]:
        np.maximum(second, np.minimum(best, other), out=second)
        np.maximum(best, other, out=best)
    result: Floats = np.where(outputs == best, outputs - second, outputs - best)
    return result


def _looked_up(table: Picture, indices: NDArray[Any]) -> Picture:
    """Return the rows of a table of colours `[colours, 4]` at the indices; whole colours go five times as fast."""
    colors = np.ascontiguousarray(table).view(np.uint32)[:, 0]
    picture: Picture = colors[indices].view(np.uint8).reshape(*indices.shape, 4)
    return picture


def _rgb(color: str) -> Floats:
    """Return red, green and blue of `#RRGGBB`, 0 to 255."""
    return np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)], dtype=np.float64)
