"""Edits of a whole document, as the window, a command or a remedy makes them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from nnplayground.errors import FieldError, InputError
from nnplayground.project import edits
from nnplayground.project.codec import as_object, decode, encode
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec
from nnplayground.project.model import (
    MAX_SEED,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
)
from nnplayground.project.parameter_index import FrozenParameter
from nnplayground.project.training_spec import OptimizerSpec
from tests.projects import projects

GIVEN = Parameters((((0.5, 0.25), (1.0, -1.0)), ((0.5, 0.5),)), ((0.0, 0.0), (0.0,)))
TWO = Project(network=NetworkSpec(layers=(DenseSpec(2),)), parameters=GIVEN)
DROPPING = Project(network=NetworkSpec(layers=(DropoutSpec(0.1), DenseSpec(4), DropoutSpec(0.2), DenseSpec(2))))
RATE = "training.optimizer.learning_rate"


def layers_after(edited: Project) -> tuple[object, ...]:
    return edited.network.layers


def test_layers_are_edited_by_their_block() -> None:
    first, four, fifth, two = DROPPING.network.layers
    expected = {
        edits.set_layer_size(DROPPING, 1, 7): (first, DenseSpec(7), fifth, two),
        edits.set_layer_sizes(DROPPING, [1, 2], [5, 6]): (first, DenseSpec(5), fifth, DenseSpec(6)),
        edits.insert_layer(DROPPING, 2): (first, four, fifth, four, two),
        edits.insert_layer(DROPPING, 0, units=3, activation="relu"): (DenseSpec(3, "relu"), first, four, fifth, two),
        edits.insert_dropout(DROPPING, 0): (DropoutSpec(0.2), first, four, fifth, two),
        edits.remove_layer(DROPPING, 1): (first, two),
        edits.move_layer(DROPPING, 2, 1): (first, two, four, fifth),
        edits.set_activation(DROPPING, 2, "sine"): (first, four, fifth, DenseSpec(2, "sine")),
        edits.set_dropout(DROPPING, 1, 0.0): (first, four, two),
        edits.set_dropout(DROPPING, 0, 0.0): (DropoutSpec(0.0), four, fifth, two),
        edits.switch_unit(DROPPING, 1, 3): (first, DenseSpec(4, off=(3,)), fifth, two),
    }
    assert [layers_after(edited) for edited in expected] == list(expected.values())
    assert len(expected) == 11


def test_all_activations_change_in_layers_with_weights_alone() -> None:
    pictures = Project(network=NetworkSpec(layers=(Conv2DSpec(), FlattenSpec(), DropoutSpec(0.1), DenseSpec(3))))
    changed = edits.set_all_activations(pictures, "sine")
    assert layers_after(changed) == (
        Conv2DSpec(activation="sine"), FlattenSpec(), DropoutSpec(0.1), DenseSpec(3, "sine"),
    )  # fmt: skip


def test_start_values_that_no_longer_fit_are_left_out_and_others_are_kept() -> None:
    assert edits.set_layer_size(TWO, 0, 3).parameters is None
    assert edits.set_activation(TWO, 0, "relu").parameters == GIVEN
    assert edits.insert_dropout(TWO, 0).parameters == GIVEN
    assert edits.with_network(TWO, replace(TWO.network, output_activation="identity")).parameters is None
    assert edits.with_network(TWO, NetworkSpec(layers=(DenseSpec(5),))).parameters is None
    assert edits.with_network(TWO, NetworkSpec(layers=(DenseSpec(2, "sine"),))).parameters == GIVEN


def test_a_feature_is_taken_in_and_left_out_again() -> None:
    more = edits.toggle_feature(Project(), "x1^2")
    assert more.data.features == ("x1", "x2", "x1^2")
    assert edits.toggle_feature(more, "x1^2") == Project()
    assert edits.toggle_feature(Project(), "x1 ^ 2").data.features == ("x1", "x2", "x1^2")
    with pytest.raises(FieldError, match="features"):
        edits.toggle_feature(edits.toggle_feature(Project(), "x1"), "x2")
    with pytest.raises(FieldError, match="a formula of x1 and x2"):
        edits.toggle_feature(Project(), "sin(")


def test_seeds() -> None:
    assert edits.weights_seed(Project(seed=5)) == 5
    assert edits.new_weights(Project(seed=5)).network.initializer.seed == 6
    last = edits.seed_weights(TWO, MAX_SEED)
    assert last.parameters is None
    assert edits.new_weights(last).network.initializer.seed == 0
    assert edits.seed_weights(last, None).network.initializer.seed is None
    other = edits.seed_data(Project(seed=5), 9)
    assert (other.seed, edits.weights_seed(other)) == (9, 5)
    assert edits.start_from(replace(TWO, parameters=None), GIVEN) == TWO


def test_numbers_are_frozen_and_let_go() -> None:
    frozen = edits.freeze(edits.freeze(TWO, 0, 1, None, 0.5), 0, 0, 1, -1.0)
    assert frozen.network.frozen == (FrozenParameter(0, 0, 1, -1.0), FrozenParameter(0, 1, None, 0.5))
    assert edits.freeze(frozen, 0, 1, None, 0.75).network.frozen[1].value == 0.75
    assert edits.unfreeze(frozen, 0, 0, 1).network.frozen == (FrozenParameter(0, 1, None, 0.5),)
    assert edits.unfreeze(frozen, 5, 0, None) == frozen
    assert edits.set_frozen(frozen, ()) == TWO


class TestSetValue:
    @pytest.mark.parametrize(
        ("path", "value", "found"),
        [
            (RATE, 0.5, lambda project: project.training.optimizer.learning_rate),
            (RATE, 1, lambda project: project.training.optimizer.learning_rate),
            ("training.stop.max_epochs", 12, lambda project: project.training.stop.max_epochs),
            ("network.layers[0].units", 9, lambda project: project.network.layers[0].rows),
            ("name", "mine", lambda project: project.name),
            ("seed", 77, lambda project: project.seed),
            ("data.source.noise", 0.25, lambda project: project.data.source.noise),
            ("network.initializer.seed", 3, lambda project: project.network.initializer.seed),
        ],
    )  # fmt: skip
    def test_a_field_takes_a_value_of_the_file(self, path: str, value: Any, found: Callable[[Project], Any]) -> None:
        assert found(edits.set_value(Project(), path, value)) == value

    def test_parts_and_lists_are_given_as_in_a_file(self) -> None:
        layers = [{"kind": "dropout", "rate": 0.1}, {"units": 3}]
        assert layers_after(edits.set_value(Project(), "network.layers", layers)) == (DropoutSpec(0.1), DenseSpec(3))
        assert layers_after(edits.set_value(Project(), "network.layers[1]", {"units": 9}))[1] == DenseSpec(9)
        adam = edits.set_value(Project(), "training.optimizer", {"name": "adam", "learning_rate": 0.01})
        assert adam.training.optimizer == OptimizerSpec("adam", 0.01)
        assert edits.set_value(Project(), "data.source", {"kind": "images"}).data.source == ImagesSource()
        points = Project(data=replace(Project().data, source=PointsSource(points=((1.0, 2.0, 0.0),))))
        moved = edits.set_value(points, "data.source.points[0][1]", 5).data.source
        assert moved == PointsSource(points=((1.0, 5.0, 0.0),))

    @pytest.mark.parametrize(
        ("path", "value", "sentence"),
        [
            (RATE, -1.0, r"training.optimizer.learning_rate is -1.0; it must be a number"),
            (RATE, "fast", r"training.optimizer.learning_rate is \"fast\"; it must be a number"),
            ("training.optimizer.speed", 1, r"training.optimizer.speed is 1; it must be left out, as only name, "),
            ("training.optimizer.beta1", 0.5, r"training.optimizer.beta1 is 0.5; it must be left out, as only name, "),
            ("network.layers[7].units", 1, r"network.layers\[7\] is 1; it must be left out, as there are 2 entries"),
            ("network.layers[0].rate", 0.1, r"network.layers\[0\].rate is 0.1; it must be left out, as only units, "),
            ("network.layers[0].units", 0, r"network.layers\[0\].units is 0; it must be a whole number from 1"),
            ("seed.more", 1, r"seed.more is 1; it must be left out, as nothing is known here"),
            ("data.features", [], r"data.features is \[\]; it must be a list of 1 to"),
            ("", 1, "path is \"\"; it must be that of a field"),
            ("network..layers", 1, "it must be that of a field"),
            ("network.layers[x]", 1, "it must be that of a field"),
        ],
    )  # fmt: skip
    def test_a_wrong_path_or_value_is_refused_as_in_a_file(self, path: str, value: Any, sentence: str) -> None:
        with pytest.raises(FieldError, match=sentence):
            edits.set_value(Project(), path, value)

    def test_what_does_not_fit_any_more_is_left_out(self) -> None:
        assert edits.set_value(TWO, "network.layers[0].units", 3).parameters is None
        assert edits.set_value(TWO, "network.output_activation", "identity").parameters is None
        assert edits.set_value(TWO, "data.features", ["x1"]).parameters is None
        assert edits.set_value(TWO, RATE, 0.5).parameters == GIVEN
        assert edits.set_value(TWO, "parameters", None).parameters is None
        frozen = edits.freeze(TWO, 0, 1, None, 0.5)
        assert edits.set_value(frozen, "network.layers[0].units", 1).network.frozen == ()
        other = edits.set_value(TWO, "parameters.biases[0][1]", 0.75).parameters
        assert other is not None and other.biases[0] == (0.0, 0.75)
        with pytest.raises(InputError, match=r"parameters\.weights\[0\] is \"3 × 2\"; it must be 2 × 2"):
            edits.set_value(TWO, "parameters", {"weights": [[[0, 0]] * 3, [[0, 0]]], "biases": [[0] * 3, [0]]})

    @settings(max_examples=40)
    @given(projects())
    def test_every_value_of_a_file_can_be_set_to_what_it_is(self, project: Project) -> None:
        project = decode(encode(project))
        content = json.loads(json.dumps(as_object(project)))
        for path, value in plain_fields("", content):
            if path not in ("format", "version"):
                assert edits.set_value(project, path, value) == project, path


def plain_fields(path: str, content: Any) -> list[tuple[str, Any]]:
    """Return the path and value of every field that holds no other part; what kind a part is of is not a field."""
    if not isinstance(content, dict):
        return [(path, content)]
    inner = ((f"{path}.{key}" if path else key, value) for key, value in content.items() if key != "kind")
    return [found for name, value in inner for found in plain_fields(name, value)]


def test_a_source_of_another_family_gives_a_network_from_new() -> None:
    other = edits.set_value(TWO, "data.source.name", "spiral")
    assert other.data.source == GeneratedSource("spiral")
    assert other.parameters is None


def test_the_start_can_be_set_as_a_part() -> None:
    changed = edits.set_value(TWO, "network.initializer", {"name": "zeros"})
    assert changed.network.initializer == InitializerSpec("zeros")
    assert changed.parameters is None
