"""In which fields documents differ."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from nnplayground.project.differences import differences, differing_paths, value_at
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project, TableSource
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from tests.projects import projects

START = Project()
FAST = replace(START, training=TrainingSpec(optimizer=OptimizerSpec(learning_rate=0.3)))
NOISY = replace(START, data=DataSpec(source=GeneratedSource(noise=0.4)))
TABLE = replace(START, data=DataSpec(source=TableSource(path="penguins.csv")))


@given(projects(), projects())
def test_what_differs_is_what_makes_them_unequal(one: Project, other: Project) -> None:
    found = differences(one, other)
    assert bool(found) == (replace(one, name="") != replace(other, name=""))
    for difference in found:
        assert (
            difference.before == value_at(one, difference.path) != difference.after == value_at(other, difference.path)
        )


def test_several_documents_are_told_apart_by_every_field_in_which_any_two_differ() -> None:
    assert differing_paths([START, START]) == ()
    assert differing_paths([START, FAST, NOISY]) == ("training.optimizer.learning_rate", "data.source.noise")


def test_sources_of_different_kinds_are_named_as_a_whole() -> None:
    assert differing_paths([START, NOISY, TABLE]) == ("data.source",)


def test_layers_are_one_thing() -> None:
    wider = replace(START, network=NetworkSpec(layers=(DenseSpec(9), DenseSpec(2, "relu"))))
    (found,) = differences(START, wider)
    assert found.path == "network.layers"
    assert found.before == START.network.layers
