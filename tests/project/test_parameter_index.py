"""What is frozen in a document: which places it has, and where these go when the network or the data change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nnplayground.errors import FieldError, InputError
from nnplayground.project.changes import Consequence, plan
from nnplayground.project.codec import decode, encode
from nnplayground.project.edits import with_data, with_layers
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project
from nnplayground.project.parameter_index import FrozenParameter, ParameterIndex, locked, unlocked
from tests.plans import kept

FIRST, INNER, LAST, BIAS = (
    FrozenParameter(0, 1, 1, 0.5),
    FrozenParameter(1, 0, 3, -1.0),
    FrozenParameter(2, 0, 1, 2.0),
    FrozenParameter(1, 1, None, 0.25),
)
PROJECT = Project(network=NetworkSpec(frozen=(FIRST, BIAS, INNER, LAST)))


def frozen(project: Project) -> set[FrozenParameter]:
    return set(project.network.frozen)


def test_the_file_keeps_what_is_frozen_and_off() -> None:
    network = NetworkSpec(
        layers=(DenseSpec(4, "relu", (0, 2)),),
        frozen=(FrozenParameter(0, 1, None, 0.1), FrozenParameter(1, 0, 3, -2.0)),
    )
    assert decode(encode(Project(network=network))).network == network
    assert '"off"' not in encode(Project()) and '"frozen"' not in encode(Project())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('"layers": [{"units": 3, "off": [3]}]', r"network\.layers\[0\]\.off"),
        ('"layers": [{"units": 3, "off": [1, 0]}]', "ascending order"),
        ('"layers": [{"units": 3, "off": [true]}]', "whole numbers"),
        ('"layers": [{"units": 3, "off": [-1]}]', "from 0 on"),
        ('"frozen": [{"layer": 0, "unit": 0, "source": -1, "value": 1}]', r"network\.frozen\[0\]\.source"),
        ('"frozen": [{"layer": 0, "unit": 0, "value": 1e7}]', r"network\.frozen\[0\]\.value"),
        ('"frozen": [{"unit": 1}, {"unit": 1}]', "frozen once only"),
        ('"frozen": [3]', "object in curly brackets"),
    ],
)
def test_a_wrong_file_is_told_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        decode('{"format": "nnplayground/project", "version": 1, "network": {' + text + "}}")


def test_freezing_a_place_again_takes_the_new_value() -> None:
    again = locked((FIRST, LAST), {FIRST.place: 9.0, ParameterIndex(0, 0, 0): 1.0})
    assert again == (FrozenParameter(0, 0, 0, 1.0), FrozenParameter(0, 1, 1, 9.0), LAST)
    assert unlocked(again, [FIRST.place, ParameterIndex(5, 5, 5)]) == (FrozenParameter(0, 0, 0, 1.0), LAST)


def test_the_same_place_cannot_be_frozen_twice() -> None:
    with pytest.raises(FieldError, match="frozen once only"):
        NetworkSpec(frozen=(FIRST, replace(FIRST, value=1.0)))


@pytest.mark.parametrize("frozen", [[FIRST], None, 3, "x"])
def test_what_is_frozen_is_a_tuple(frozen: Any) -> None:
    with pytest.raises(FieldError, match=r"^frozen is .*; it must be a tuple of FrozenParameters"):
        NetworkSpec(frozen=frozen)


def test_freezing_only_retunes_a_run() -> None:
    assert kept(Project(), PROJECT).consequence is Consequence.RETUNE
    both = replace(PROJECT, network=replace(PROJECT.network, layers=(DenseSpec(5), DenseSpec(2))))
    assert kept(Project(), both).consequence is Consequence.KEEP


def test_switching_off_keeps_all_weights() -> None:
    plain, off = NetworkSpec(), NetworkSpec(layers=(DenseSpec(4, "tanh", (1,)), DenseSpec(2)))
    assert kept(Project(network=plain), Project(network=off)).consequence is Consequence.KEEP
    assert plan(Project(network=plain), Project(network=off), keep_weights=False).consequence is Consequence.KEEP


def test_a_smaller_layer_loses_what_was_frozen_in_it_and_behind_it() -> None:
    assert frozen(with_layers(PROJECT, (DenseSpec(3), DenseSpec(2)))) == {FIRST, BIAS, LAST}
    assert frozen(with_layers(PROJECT, (DenseSpec(1), DenseSpec(1)))) == set()
    assert frozen(with_layers(PROJECT, (DenseSpec(9), DropoutSpec(0.5), DenseSpec(9)))) == {FIRST, BIAS, INNER, LAST}


def test_an_inserted_layer_moves_what_is_behind_it() -> None:
    inserted = with_layers(PROJECT, (DenseSpec(4), DenseSpec(3), DenseSpec(2)))
    assert frozen(inserted) == {FIRST, replace(BIAS, layer=2), replace(LAST, layer=3)}
    removed = with_layers(PROJECT, (DenseSpec(2),))
    assert frozen(removed) == {replace(BIAS, layer=0), replace(LAST, layer=1)}
    assert frozen(with_layers(PROJECT, ())) == set()


def test_inputs_keep_what_is_frozen_at_them_by_name() -> None:
    more = with_data(PROJECT, replace(PROJECT.data, features=("x1^2", "x2", "x1")))
    assert frozen(more) == {FIRST, BIAS, INNER, LAST}
    moved = with_data(PROJECT, replace(PROJECT.data, features=("x2", "x1")))
    assert replace(FIRST, source=0) in frozen(moved)
    gone = with_data(PROJECT, replace(PROJECT.data, features=("x1",)))
    assert frozen(gone) == {BIAS, INNER, LAST}


def test_other_data_have_other_inputs_and_outputs() -> None:
    other = with_data(PROJECT, DataSpec(source=GeneratedSource(name="rings")))
    assert frozen(other) == {BIAS, INNER}
    same = with_data(PROJECT, replace(PROJECT.data, test_fraction=0.5))
    assert frozen(same) == {FIRST, BIAS, INNER, LAST}
