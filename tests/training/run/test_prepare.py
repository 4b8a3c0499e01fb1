"""What is told of the data once they are split."""

from __future__ import annotations

import pytest

from nnplayground.project.model import DataSpec, PointsSource, Project, TableSource
from nnplayground.training.run.prepare import Prepared, prepare
from tests.messages import all_told

CLASSES = ("a", "b", "c", "d", "e")


def prepared(counts: list[int], test_fraction: float = 0.5) -> Prepared:
    """Return data with so many samples of each class, in their order."""
    points = tuple((float(x), float(y), float(y)) for y, count in enumerate(counts) for x in range(count))
    source = PointsSource(classes=CLASSES[: len(counts)], points=points)
    return prepare(Project(data=DataSpec(source=source, test_fraction=test_fraction)))


def test_where_every_part_has_every_class_there_is_nothing_to_tell() -> None:
    assert prepared([20, 20, 20]).notes == ()


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([20, 20, 0], 'The training part has no sample of the class "c", so the network never sees it.'),
        ([20, 20, 0, 0], 'The training part has no sample of the classes "c", "d", so the network never sees them.'),
    ],
)
def test_a_class_without_samples_is_told(counts: list[int], words: str) -> None:
    notes = all_told(prepared(counts).notes)
    assert notes[0] == words
    assert notes[1].startswith("The test part has no sample of") and "nothing tells how well it knows" in notes[1]


def test_a_class_that_only_the_test_part_misses() -> None:
    notes = all_told(prepared([30, 30, 1], test_fraction=0.1).notes)
    assert len(notes) == 1 and notes[0].startswith(("The training part has", "The test part has"))


def test_many_classes_are_counted() -> None:
    points = ((0.0, 0.0, 0.0), (1.0, 0.0, 1.0)) * 20
    names = tuple(f"class {place}" for place in range(9))
    data = DataSpec(source=PointsSource(classes=names, points=points))
    assert all_told(prepare(Project(data=data)).notes)[0] == (
        'The training part has no sample of the classes "class 2", "class 3", "class 4" and 4 more, so the network '
        "never sees them."
    )


def test_a_test_part_that_is_not_there_misses_nothing() -> None:
    assert prepared([20, 20], test_fraction=0.0).notes == ()


def test_what_the_source_has_to_say_comes_first() -> None:
    data = prepare(Project(data=DataSpec(source=TableSource(path="penguins.csv", targets=("species",)))))
    assert data.notes == data.samples.notes != ()
