"""What a person who draws points does to their source as a whole: classes, values, taking over, taking away.

The strokes themselves are in `strokes`. Everything here returns a new `PointsSource`, and nothing knows a window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from nnplayground.data.samples import PARTS, Samples
from nnplayground.errors import shown
from nnplayground.project.model import PointsSource, Source
from nnplayground.project.triples import Point

MOST_DRAWN = 5_000
"""So many points are drawn as marks, so that whatever a person draws by hand can be seen."""
MOST_CLASSES = 8
FEWEST_CLASSES = 2
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NO_CLASSES_YET = "There are no points yet; draw some, of at least two classes."
NO_VALUES_YET = "There are no points yet; draw some to learn from."


def empty_drawing() -> PointsSource:
    """Return the source that a drawing begins with: two classes and no points."""
    return PointsSource(classes=tuple(LETTERS[:FEWEST_CLASSES]), points=())


def invitation(source: Source) -> str:
    """Return what must be drawn before a network can learn from the source; "" where it can, or is no drawing."""
    if not isinstance(source, PointsSource):
        return ""
    if source.task == "regression":
        return "" if source.points else NO_VALUES_YET
    present = {point[2] for point in source.points}
    if not present:
        return NO_CLASSES_YET
    if len(present) > 1:
        return ""
    name = shown(source.classes[int(present.pop())])
    return f"All points are of the class {name}; draw some of another class too, so that there is something to learn."


def can_be_taken(samples: Samples) -> bool:
    """Tell whether samples can go on as drawn points: they need two inputs to lie in a plane."""
    return len(samples.input_names) == 2


def taken_points(samples: Samples) -> PointsSource:
    """Return samples with two inputs as drawn points; of very many, `MOST_DRAWN` spread evenly over all of them."""
    count = len(samples.inputs)
    rows = np.arange(min(count, MOST_DRAWN)) * count // min(count, MOST_DRAWN)
    table = np.column_stack((samples.inputs[rows], samples.targets[rows])).clip(-1e9, 1e9)
    points: tuple[Point, ...] = tuple(zip(*table.T.tolist(), strict=True))
    return PointsSource(task=samples.task, classes=samples.classes, points=points)


def with_points(source: PointsSource, points: Iterable[Point], parts: Sequence[str] = ()) -> PointsSource:
    """Return the source with other points of the same classes, and the part of each where the points are marked."""
    return replace(source, points=tuple(points), parts=tuple(parts))


def followed_parts(parts: Sequence[str], kept: Sequence[int], part: str) -> tuple[str, ...]:
    """Return the parts of points of which each was the one at this place in `kept` before, or is new (-1).

    New ones belong to `part`. Where no point was marked and no part is given, none is.
    """
    if not part and not parts:
        return ()
    return tuple(parts[place] if 0 <= place < len(parts) else part or PARTS[0] for place in kept)


def marked(source: PointsSource, parts: Iterable[int]) -> PointsSource:
    """Return the source with its points marked by these parts, which are indices into `PARTS`."""
    return replace(source, parts=tuple(PARTS[part] for part in parts))


def unmarked(source: PointsSource) -> PointsSource:
    """Return the source without marks on its points."""
    return replace(source, parts=())


def with_class_added(source: PointsSource) -> PointsSource:
    """Return the source with one more class, called by the first letter that is free."""
    name = next(letter for letter in _names(len(source.classes) + 1) if letter not in source.classes)
    return replace(source, classes=(*source.classes, name))


def with_class_renamed(source: PointsSource, place: int, name: str) -> PointsSource:
    """Return the source with another name for a class; raises `FieldError` where another class has it."""
    classes = tuple(name if place == other else old for other, old in enumerate(source.classes))
    return replace(source, classes=classes)


def without_class(source: PointsSource, place: int) -> PointsSource:
    """Return the source without a class and its points; the classes after it move up."""
    classes = source.classes[:place] + source.classes[place + 1 :]
    places = [number for number, point in enumerate(source.points) if point[2] != place]
    points = tuple((x, y, index - (index > place)) for x, y, index in source.points if index != place)
    return replace(source, classes=classes, points=points, parts=followed_parts(source.parts, places, ""))


def with_task(source: PointsSource, task: str) -> PointsSource:
    """Return the same points for the other task: classes become values from -1 to 1, values two classes by their sign.

    A source that already has the task is returned as it is.
    """
    if task == source.task:
        return source
    if task == "regression":
        last = len(source.classes) - 1
        points = tuple((x, y, 2.0 * index / last - 1.0) for x, y, index in source.points)
        return PointsSource(task=task, classes=(), points=points, parts=source.parts)
    signs = tuple((x, y, float(value > 0.0)) for x, y, value in source.points)
    return replace(empty_drawing(), points=signs, parts=source.parts)


def value_ends(points: Sequence[Point]) -> tuple[float, float]:
    """Return the lowest and highest value that can be drawn: -1 and 1, or further where the points go further."""
    values = [-1.0, 1.0, *(point[2] for point in points)]
    return min(values), max(values)


def _names(count: int) -> list[str]:
    """Return more names than there can be classes with these names among `count`."""
    return [*LETTERS, *(f"class {place + 1}" for place in range(count))]
