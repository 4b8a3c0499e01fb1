"""What an edit means for a run that is under way, where it is about layers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nnplayground.project.changes import Consequence, consequence, misfit_start, only_switches
from nnplayground.project.drawing import empty_drawing
from nnplayground.project.edits import with_data
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    Source,
    TableSource,
)

PLAIN = NetworkSpec(layers=(DenseSpec(4), DenseSpec(2)))
DROPPING = NetworkSpec(layers=(DenseSpec(4), DropoutSpec(0.2), DenseSpec(2)))


def test_dropout_keeps_the_weights() -> None:
    assert consequence(Project(network=PLAIN), Project(network=DROPPING)) is Consequence.KEEP


def test_dropout_alone_is_told_from_other_changes() -> None:
    assert only_switches(PLAIN, DROPPING)
    assert only_switches(DROPPING, replace(DROPPING, layers=(DenseSpec(4), DropoutSpec(0.5), DenseSpec(2))))
    assert not only_switches(PLAIN, PLAIN)
    assert not only_switches(PLAIN, replace(DROPPING, output_activation="tanh"))
    assert not only_switches(DROPPING, NetworkSpec(layers=(DenseSpec(5), DropoutSpec(0.2), DenseSpec(2))))


def test_another_number_of_blobs_starts_over_and_is_read_for_blobs_alone() -> None:
    def of(name: str, classes: int) -> Project:
        return Project(data=DataSpec(source=GeneratedSource(name=name, classes=classes)))

    assert consequence(of("blobs", 4), of("blobs", 5)) is Consequence.START_OVER
    assert consequence(of("circle", 4), of("circle", 5)) is Consequence.KEEP


def test_start_values_go_as_a_misfit_only_where_the_network_or_the_inputs_are_others() -> None:
    layers = (DenseSpec(1),)
    start = Parameters(weights=(((0.1, 0.2),), ((0.3,),)), biases=((0.0,), (0.0,)))
    given = Project(network=NetworkSpec(layers=layers), parameters=start)
    drawn = replace(given, parameters=None)
    seeded = replace(drawn, network=NetworkSpec(layers=layers, initializer=InitializerSpec(seed=5)))
    assert not misfit_start(given, given)
    assert not misfit_start(given, drawn)
    assert not misfit_start(given, seeded)
    assert misfit_start(given, replace(drawn, network=NetworkSpec(layers=(DenseSpec(2),))))
    assert misfit_start(given, replace(drawn, network=replace(drawn.network, output_activation="tanh")))
    assert misfit_start(given, replace(drawn, data=replace(drawn.data, features=("x1",))))


POINT = (0.0, 0.0, 0.0)
MARKED = PointsSource(points=(POINT,), parts=("test",))
TABLE = TableSource(path="a.csv")


@pytest.mark.parametrize(
    ("old", "new", "split"),
    [
        (TABLE, GeneratedSource(), "random"),
        (TABLE, TableSource(path="b.csv"), "random"),
        (TABLE, TableSource(path="b.csv", part="fold"), "given"),
        (TABLE, TableSource(path="b.csv", test_path="c.csv"), "given"),
        (TABLE, replace(TABLE, inputs=("x",)), "given"),
        (TABLE, ImagesSource(), "random"),
        (TABLE, ImagesSource(path="/pets"), "given"),
        (TABLE, empty_drawing(), "random"),
        (MARKED, empty_drawing(), "given"),
        (MARKED, replace(MARKED, points=(POINT, POINT), parts=("test", "train")), "given"),
        (MARKED, PointsSource(points=(POINT,)), "random"),
        (GeneratedSource(), MARKED, "given"),
    ],
)
def test_a_given_split_goes_where_the_data_cannot_give_it(old: Source, new: Source, split: str) -> None:
    before = Project(data=DataSpec(source=old, split="given"))
    assert with_data(before, replace(before.data, source=new)).data.split == split
