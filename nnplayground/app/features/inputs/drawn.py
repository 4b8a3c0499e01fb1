"""What both pictures of the inputs are drawn from: the chosen samples, as shares of the range of each input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from nnplayground.app.features.inputs.selection import shown_inputs, shown_samples
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.samples.points import point_colors
from nnplayground.app.ui.theme import Theme
from nnplayground.arrays import Floats, Integers
from nnplayground.data.samples import Samples
from nnplayground.explain.figures import number_text
from nnplayground.training.run.prepare import Prepared

NEAR, MOST_MIXED = 120.0, 0.75
"""Colours nearer to the ground than so many of 255 are mixed with that of the text, by so much at most."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """The samples and inputs that are drawn.

    `places` `[samples, inputs]` run from 0 at the low end of an input to 1 at its high end; `colors` are those of the
    classes or values; `classes` `[samples]` is 0 for values; `parts` tells the part of each sample.
    """

    inputs: tuple[int, ...]
    names: tuple[str, ...]
    ends: tuple[tuple[float, float], ...]
    rows: Integers
    places: Floats
    classes: Integers
    class_count: int
    colors: list[QColor]
    parts: Integers

    def range_text(self, place: int) -> str:
        """Return the range of an input in its own units."""
        low, high = self.ends[place]
        return f"{number_text(low)} to {number_text(high)}"

    def shades(self) -> Floats:
        """Return the colours as red, green and blue, 0 to 255, `[samples, 3]`."""
        return np.array([(color.red(), color.green(), color.blue()) for color in self.colors], dtype=np.float64)


@dataclass(frozen=True)
class Cell:
    """A part of a picture that stands for the plane of two inputs, which are named by their indices in the data."""

    area: QRectF
    across: int
    up: int


def drawn_from(data: Prepared, theme: Theme) -> Drawn:
    """Return what is drawn of these data."""
    samples = data.samples
    inputs, rows = shown_inputs(samples), shown_samples(len(samples.targets))
    chosen = np.array(inputs, dtype=np.int64)
    low, high = _ranges(samples, chosen)
    return Drawn(
        inputs=inputs,
        names=tuple(one_line(samples.input_names[place]) for place in inputs),
        ends=tuple(zip(low.tolist(), high.tolist(), strict=True)),
        rows=rows,
        places=np.clip((samples.inputs[np.ix_(rows, chosen)] - low) / (high - low), 0.0, 1.0),
        classes=samples.targets[rows].astype(np.int64) if samples.classes else np.zeros(len(rows), dtype=np.int64),
        class_count=max(1, len(samples.classes)),
        colors=_colors(data, rows, theme),
        parts=data.part_numbers[rows],
    )


def _ranges(samples: Samples, chosen: Integers) -> tuple[Floats, Floats]:
    """Return the lowest and the highest value of these inputs; one that never changes has room around it."""
    values = samples.inputs[:, chosen]
    low, high = values.min(axis=0), values.max(axis=0)
    varies, (least, most) = low < high, samples.bounds[chosen].T
    return np.where(varies, low, least), np.where(varies, high, most)


def _colors(data: Prepared, rows: Integers, theme: Theme) -> list[QColor]:
    """Return the colour of each sample; those of values stand out from the ground also where they are near zero."""
    colors = point_colors(data, rows, theme)
    if data.samples.classes:
        return colors
    ground, text = QColor(theme.zero), QColor(theme.muted)
    mixed = {color.rgba(): _set_off(color, ground, text) for color in colors}
    return [mixed[color.rgba()] for color in colors]


def _set_off(color: QColor, ground: QColor, text: QColor) -> QColor:
    """Return a colour, mixed with that of the text the more, the nearer it is to that of the ground."""
    pairs = [(color.red(), ground.red()), (color.green(), ground.green()), (color.blue(), ground.blue())]
    near = 1.0 - min(1.0, max(abs(one - other) for one, other in pairs) / NEAR)
    share = MOST_MIXED * near
    ends = [(color.red(), text.red()), (color.green(), text.green()), (color.blue(), text.blue())]
    red, green, blue = (round(one + share * (other - one)) for one, other in ends)
    return QColor(red, green, blue)
