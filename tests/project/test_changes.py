"""What an edit means for a run that is under way, where it is about layers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.message import Message
from nnplayground.project.changes import Cause, Consequence, plan
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
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from tests.plans import kept
from tests.projects import projects

PLAIN = NetworkSpec(layers=(DenseSpec(4), DenseSpec(2)))
DROPPING = NetworkSpec(layers=(DenseSpec(4), DropoutSpec(0.2), DenseSpec(2)))


def test_dropout_keeps_the_weights() -> None:
    assert kept(Project(network=PLAIN), Project(network=DROPPING)).consequence is Consequence.KEEP


def test_dropout_alone_costs_nothing_even_where_weights_are_not_to_be_kept() -> None:
    def keeps(old: NetworkSpec, new: NetworkSpec) -> bool:
        return plan(Project(network=old), Project(network=new), keep_weights=False).keeps_weights

    assert keeps(PLAIN, DROPPING)
    assert keeps(DROPPING, replace(DROPPING, layers=(DenseSpec(4), DropoutSpec(0.5), DenseSpec(2))))
    assert not keeps(PLAIN, replace(DROPPING, output_activation="tanh"))
    assert not keeps(DROPPING, NetworkSpec(layers=(DenseSpec(5), DropoutSpec(0.2), DenseSpec(2))))


def test_without_the_wish_to_keep_weights_an_edit_of_the_network_starts_over_and_says_so() -> None:
    old, new = Project(network=PLAIN), Project(network=NetworkSpec(layers=(DenseSpec(2), DenseSpec(4))))
    other_optimizer = replace(old, training=replace(old.training, optimizer=OptimizerSpec("adam")))
    unkept = plan(old, new, keep_weights=False)
    assert (unkept.consequence, unkept.notice) == (Consequence.START_OVER, Message("edit.weights_not_kept"))
    assert kept(old, new).notice == Message("edit.neighbours_swapped", {"first": 1, "last": 2})
    assert plan(old, other_optimizer, keep_weights=False).consequence is Consequence.KEEP


@pytest.mark.parametrize(
    ("new", "cause"),
    [
        (Project(seed=5), Cause.SEED),
        (Project(network=NetworkSpec(initializer=InitializerSpec(seed=5))), Cause.INITIAL_WEIGHTS),
        (Project(network=NetworkSpec(output_activation="tanh")), Cause.OUTPUT_ACTIVATION),
        (Project(training=TrainingSpec(cost="mse")), Cause.COST),
        (Project(data=DataSpec(target_scaling="none")), Cause.TARGET_SCALING),
        (Project(data=DataSpec(source=GeneratedSource("xor"))), Cause.DATA),
        (Project(data=DataSpec(source=GeneratedSource("xor")), seed=5), Cause.SEED),
    ],
)
def test_what_makes_training_start_over_is_named(new: Project, cause: Cause) -> None:
    for keep_weights in (True, False):
        edit = plan(Project(), new, keep_weights=keep_weights)
        assert (edit.consequence, edit.notice) == (
            Consequence.START_OVER,
            Message("edit.started_over", {"cause": cause.value}),
        )


def test_another_number_of_blobs_starts_over_and_is_read_for_blobs_alone() -> None:
    def of(name: str, classes: int) -> Project:
        return Project(data=DataSpec(source=GeneratedSource(name=name, classes=classes)))

    assert kept(of("blobs", 4), of("blobs", 5)).consequence is Consequence.START_OVER
    assert kept(of("circle", 4), of("circle", 5)).consequence is Consequence.KEEP


def test_start_values_go_as_a_misfit_only_where_the_network_or_the_inputs_are_others() -> None:
    layers = (DenseSpec(1),)
    start = Parameters(weights=(((0.1, 0.2),), ((0.3,),)), biases=((0.0,), (0.0,)))
    given = Project(network=NetworkSpec(layers=layers), parameters=start)
    drawn = replace(given, parameters=None)
    seeded = replace(drawn, network=NetworkSpec(layers=layers, initializer=InitializerSpec(seed=5)))
    wanted = Message("edit.started_over", {"cause": "initial_weights"})
    assert kept(given, given).notice is None
    assert kept(given, drawn).notice == kept(given, seeded).notice == wanted
    for other in (
        replace(drawn, network=NetworkSpec(layers=(DenseSpec(2),))),
        replace(drawn, network=replace(drawn.network, output_activation="tanh")),
        replace(drawn, data=replace(drawn.data, features=("x1",))),
    ):
        assert kept(given, other).notice == Message("edit.start_values_left_out")


def test_a_plan_seen_from_another_project_pairs_from_there_and_keeps_what_was_decided() -> None:
    first, failed, last = (
        Project(network=NetworkSpec(layers=tuple(map(DenseSpec, units)))) for units in ((4,), (9, 9), (5, 3))
    )
    edit = kept(failed, last)
    assert edit.since(failed) is edit
    assert edit.since(replace(failed, name="other")) is edit
    assert edit.since(first) == replace(kept(first, last), notice=edit.notice)
    # Start values went with an edit that never arrived: that the weights are kept was decided by then.
    start = Parameters(weights=(((0.1, 0.2),) * 4, ((0.1,) * 4,)), biases=((0.0,) * 4, (0.0,)))
    again = kept(failed, first).since(replace(first, parameters=start))
    assert again.keeps_weights


@given(projects(), projects(), st.booleans())
def test_a_plan_is_consistent(old: Project, new: Project, keep_weights: bool) -> None:
    edit = plan(old, new, keep_weights=keep_weights)
    assert (edit.consequence is Consequence.NOTHING) == (edit.differences == ())
    assert edit.keeps_weights or edit.notice is not None
    if edit.consequence is Consequence.RETUNE:
        assert all(one.path.startswith(("training.", "network.frozen")) for one in edit.differences)
        assert edit.same_data
    if edit.keeps_weights:
        assert kept(old, new).keeps_weights
        assert kept(new, old).keeps_weights
    for pairs in (edit.pairing.layers, edit.pairing.matrices, edit.pairing.inputs):
        assert all(len({pair[side] for pair in pairs}) == len(pairs) for side in (0, 1))


@given(projects())
def test_the_plan_of_no_edit_is_nothing_and_pairs_everything_with_itself(project: Project) -> None:
    edit = plan(project, replace(project, name="other"), keep_weights=False)
    assert (edit.consequence, edit.notice, edit.same_data) == (Consequence.NOTHING, None, True)
    assert edit.pairing.is_complete
    weighted = [layer for layer in project.network.layers if isinstance(layer, DenseSpec)]
    assert edit.pairing.layers == edit.pairing.matrices == tuple((place, place) for place in range(len(weighted) + 1))


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
