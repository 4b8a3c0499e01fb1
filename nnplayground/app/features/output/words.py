"""What the boundary view says in words: titles, axes, the place under the pointer, and where the other inputs stand."""

from __future__ import annotations

import numpy as np

from nnplayground.app.text.titles import FEATURES
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.samples.shading import Unit
from nnplayground.arrays import Floats
from nnplayground.explain.figures import number_text
from nnplayground.explain.words import part_word
from nnplayground.training.observe.answers import Answers
from nnplayground.training.observe.maps import MapRequest, Maps
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import Prepared

MOST_NAMED = 24
MOST_OUTPUTS = 10
SCORES = ("Component 1", "Component 2")
"""What the axes of the plane of the principal components are called."""
IDLE, IDLE_CURVE = "Point at the map to read it.", "Point at the curve to read it."
IDLE_RELIEF = "Drag to turn it, point at it to read it."


def reading(maps: Maps, data: Prepared, *, across: float, up: float, unit: Unit | None = None) -> str:
    """Return what the network, or one `unit` of it, says at a place of the plane, and the inputs there.

    Outside the map it is "".
    """
    cell = _cell(maps, across, up)
    if cell is None:
        return ""
    place = _place_words(maps, data, across=across, up=up)
    if unit is not None:
        return f"{number_text(float(maps.layers[unit[0]][(unit[1], *cell)]))} at {place}"
    outputs = maps.layers[-1][:, cell[0], cell[1]].astype(np.float64)
    # The answer comes first: it must be seen where the names of the inputs are too long for the line.
    return f"{answer_words(outputs, data)} at {place}{_outputs_words(outputs, data)}"


def _place_words(maps: Maps, data: Prepared, *, across: float, up: float) -> str:
    """Return the inputs at a place of the plane by their names."""
    if maps.kind == "components":
        names: tuple[str, ...] = tuple(name.lower() for name in SCORES)
    else:
        names = tuple(one_line(data.samples.input_names[place]) for place in (maps.across, maps.up))
    first = f"{names[0]} {number_text(across)}"
    return first if maps.up == maps.across else f"{first}, {names[1]} {number_text(up)}"


def with_sample(
    there: str, data: Prepared, row: int, answers: Answers | None, *, maps: Maps, at: tuple[float, float]
) -> tuple[str, str]:
    """Return what is read at a sample, before what is read `there` on the map, and a short form for a narrow line."""
    sample = sample_reading(data, row, answers)
    place = _place_words(maps, data, across=at[0], up=at[1])
    return f"{sample}; the map: {there}", f"{sample} at {place}"


def sample_reading(data: Prepared, row: int, answers: Answers | None) -> str:
    """Return which sample is under the pointer, its part, what is right, and what the network answers to it."""
    samples = data.samples
    part = part_word(data.part_of(row))
    if not samples.classes:
        right = f"{one_line(samples.target_name)} {number_text(float(samples.targets[row]))}"
    else:
        right = one_line(samples.classes[int(samples.targets[row])])
    start = f"Sample {row + 1:,} ({part}): {right}"
    if answers is None or row >= len(answers.predicted) or not np.isfinite(answers.predicted[row]):
        return start
    if not samples.classes:
        return f"{start}, the network says {number_text(float(answers.predicted[row]))}"
    name = one_line(samples.classes[int(answers.predicted[row])])
    sure = float(answers.score[row])
    # Of more than two classes only the best is told.
    return f"{start}, the network says {name}" + (f", {50.0 + 50.0 * abs(sure):.0f} %" if np.isfinite(sure) else "")


def probe_note(snapshot: Snapshot) -> str:
    """Return what the words beside the probe leave out."""
    if len(snapshot.architecture.input_shape) > 1:
        return "The layers of a network that looks at pictures answer with whole pictures; only its output is told."
    return "What the network answers at the probe; the network shows what each neuron answers there."


def plane_note(data: Prepared, plane: MapRequest) -> str:
    """Return the sentence that says what a legal plane leaves out; "" if it leaves nothing out.

    It names the inputs outside a plane of two with their values; too many to be named, as of pictures, are counted.
    """
    if plane.kind == "components":
        return components_note(data)
    names, means, fixed = data.samples.input_names, data.input_means, dict(plane.others)
    places = [place for place in range(len(names)) if place not in (plane.across, plane.up)]
    if not places:
        return ""
    where = "as you set them" if fixed else "at their mean"
    named = places if len(names) <= MOST_NAMED else [place for place in places if place in fixed]
    counted = "" if named else f"{len(places):,} "
    start = f"The map holds the other {counted}inputs {where}, the points have their own"
    if not named:
        return start
    values = [_stands(names[place], float(means[place]), fixed.get(place), told=bool(fixed)) for place in named]
    if len(named) < len(places):
        values.append(f"{len(places) - len(named):,} inputs at their mean")
    return f"{start}: {', '.join(values)}"


def _stands(name: str, mean: float, fixed: float | None, *, told: bool) -> str:
    """Return the value of an input; where others are fixed it is `told` that it is the mean."""
    return (
        f"{one_line(name)} {number_text(mean if fixed is None else fixed)}{' (mean)' if told and fixed is None else ''}"
    )


def components_note(data: Prepared) -> str:
    """Return the sentence on the plane of the principal components: what it is, and what it cannot show."""
    if data.components is None:
        return ""
    first, second = (f"{100.0 * share:.0f} %" for share in data.components.shares)
    return (
        f"Slice through the mean along two principal components ({first} + {second} of the variance). "
        "Projected points may lie on a colour not their own."
    )


def axis_names(data: Prepared, plane: MapRequest) -> tuple[str, str]:
    """Return what the axes of a legal plane are called; the second is "" where it has no meaning."""
    if plane.kind == "components" and data.components is not None:
        first, second = data.components.shares
        return f"{SCORES[0]} ({100.0 * first:.0f} %)", f"{SCORES[1]} ({100.0 * second:.0f} %)"
    names = data.samples.input_names
    return names[plane.across], "" if plane.up == plane.across else names[plane.up]


def view_title(data: Prepared) -> str:
    """Return what the view is called: a boundary divides a plane into classes."""
    return "Decision boundary" if data.samples.classes and len(data.samples.input_names) > 1 else "Output"


def unit_title(data: Prepared, unit: Unit, *, layers: int) -> str:
    """Return what a unit is called in a network with maps of so many `layers`, inputs and outputs among them."""
    layer, place = unit
    if layer == 0:
        return f"Input {_feature_title(data, data.features[place])}"
    if layer < layers - 1:
        return f"Layer {layer}, neuron {place + 1}"
    classes = data.rule.classes
    if data.rule.outputs == 1:
        return f"Output neuron ({one_line(classes[1] if classes else data.samples.target_name)})"
    return f"Output neuron {place + 1} ({one_line((classes or data.samples.target_names)[place])})"


def _feature_title(data: Prepared, name: str) -> str:
    """Return a feature as the network editor writes it: those of a table by the names of its columns."""
    own = data.samples.input_names
    if name in ("x1", "x2") and len(own) == 2:
        return one_line(own[("x1", "x2").index(name)])
    return FEATURES[name].name if name in FEATURES else one_line(name)


def points_note(points: int, drawn: int) -> str:
    """Return the sentence that says that not all points are drawn; "" if they are."""
    return f"{drawn:,} of {points:,} points are drawn." if drawn < points else ""


def answer_words(outputs: Floats, data: Prepared) -> str:
    """Return what outputs `[outputs]` mean: a class with its probability, or a value."""
    rule, column = data.rule, outputs.reshape(-1, 1)
    if not np.isfinite(outputs).all():
        return "no number: the weights have grown too large"
    if not rule.classes:
        return f"{one_line(data.samples.target_name)} {number_text(float(outputs[0]))}"
    name = one_line(rule.classes[int(rule.predicted_classes(column)[0])])
    return f"{name}, {100.0 * float(rule.probability(column)[0]):.0f} %"


def _outputs_words(outputs: Floats, data: Prepared) -> str:
    """Return the outputs of the network as they are, where the answer does not tell them already."""
    if not data.rule.classes or len(outputs) > MOST_OUTPUTS or not np.isfinite(outputs).all():
        return ""
    numbers = ", ".join(number_text(float(output)) for output in outputs)
    return f"; output{'s' if len(outputs) > 1 else ''} {numbers}"


def _cell(maps: Maps, across: float, up: float) -> tuple[int, int] | None:
    """Return the row and column of the cell at a place, or None outside."""
    rows, columns = maps.layers[-1].shape[1:]
    column = (across - maps.low[0]) / (maps.high[0] - maps.low[0]) * columns
    row = (up - maps.low[1]) / (maps.high[1] - maps.low[1]) * rows
    if not (0.0 <= column <= columns and 0.0 <= row <= rows):
        return None
    return min(int(row), rows - 1), min(int(column), columns - 1)
