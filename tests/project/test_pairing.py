"""Which layers, units and inputs are which after an edit, and what of the weights and of what is frozen goes along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Dense
from nnplayground.engine.network import Network
from nnplayground.engine.transfer import carry_over
from nnplayground.project.edits import with_layers
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec, LayerSpec, MaxPool2DSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, Project
from nnplayground.project.pairing import NetworkOutline, Pairing
from nnplayground.project.parameter_index import FrozenParameter, ParameterIndex

XY = ("x", "y")


@dataclass(frozen=True)
class Net:
    """A network of dense layers, its inputs by name."""

    inputs: tuple[str, ...]
    hidden: tuple[DenseSpec, ...]
    outputs: int = 1

    @property
    def project(self) -> Project:
        return Project(network=NetworkSpec(layers=self.hidden))

    @property
    def architecture(self) -> Architecture:
        return Architecture(
            (len(self.inputs),), (*(layer.layer() for layer in self.hidden), Dense(self.outputs, "tanh"))
        )


def net(*units: int, inputs: tuple[str, ...] = XY, activations: tuple[str, ...] = (), outputs: int = 1) -> Net:
    names = activations or ("tanh",) * len(units)
    return Net(inputs, tuple(DenseSpec(*pair) for pair in zip(units, names, strict=True)), outputs)


def pairing_of(old: Net, new: Net) -> Pairing:
    documents = Pairing.between(old.project, new.project)
    return documents.completed(old.architecture, old.inputs, new.architecture, new.inputs)


def carried(old: Net, new: Net, before: Floats, after: Floats) -> Floats:
    """Return what becomes of the numbers `after` of a network that takes over those `before` of another one."""
    result = after.copy()
    carry_over(old.architecture, before, new.architecture, result, pairs=pairing_of(old, new).matrix_pairs)
    return result


def carried_plainly(old: Net, new: Net, before: Floats, after: Floats) -> Floats:
    """The same, written out number by number, as it was when no document had a say in it."""
    source, target = old.architecture.matrices(before), new.architecture.matrices(after.copy())
    for here, there in _paired_plainly(old, new):
        for row in range(min(len(source[here]), len(target[there]))):
            numbers = [0.0] * target[there].shape[1]
            numbers[-1] = source[here][row][-1]
            for column in range(target[there].shape[1] - 1):
                was = _input_plainly(old, new, column) if here == there == 0 else column
                if was < source[here].shape[1] - 1:
                    numbers[column] = source[here][row][was]
            target[there][row] = numbers
    return np.concatenate([matrix.ravel() for matrix in target])


def _paired_plainly(old: Net, new: Net) -> list[tuple[int, int]]:
    """Return which weight matrices of two networks (old, new) correspond."""
    before, after = old.architecture.shapes, new.architecture.shapes
    if len(before) == len(after):
        order = [-1, *_order_after_one_move(old.hidden, new.hidden), len(old.hidden)]
        return [(order[place + 1], place) for place in range(len(after)) if order[place + 1] == order[place] + 1]
    pairs = []
    shorter = min(len(before), len(after))
    front = 0
    while front < shorter and before[front] == after[front]:
        pairs.append((front, front))
        front += 1
    back = 1
    while back <= shorter - front and before[-back] == after[-back]:
        pairs.append((len(before) - back, len(after) - back))
        back += 1
    return [(here, there) for here, there in pairs if (here == len(before) - 1) == (there == len(after) - 1)]


def _input_plainly(old: Net, new: Net, column: int) -> int:
    """Return where an input of the new network was in the old one; behind all of them where it was not there."""
    name = new.inputs[column]
    return old.inputs.index(name) if name in old.inputs else len(old.inputs)


def _order_after_one_move(old: tuple[DenseSpec, ...], new: tuple[DenseSpec, ...]) -> list[int]:
    """Return the old places in their new order: as they were, or with one taken out and put in elsewhere."""
    as_they_were = list(range(len(old)))
    if old == new:
        return as_they_were
    found = []
    for taken in as_they_were:
        rest = [place for place in as_they_were if place != taken]
        for put in as_they_were:
            order = [*rest[:put], taken, *rest[put:]]
            if all(old[place] == layer for place, layer in zip(order, new, strict=True)):
                found.append(order)
    return _only_between_what_differs(found, old, new) if found else as_they_were


def _only_between_what_differs(
    orders: list[list[int]], old: tuple[DenseSpec, ...], new: tuple[DenseSpec, ...]
) -> list[int]:
    """Of the moves with this result, take the one that leaves alone what is equal at both ends; forward first."""
    differing = [place for place, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1]]
    first, last = differing[0], differing[-1]
    forward = [*range(first), *range(first + 1, last + 1), first, *range(last + 1, len(old))]
    backward = [*range(first), last, *range(first, last), *range(last + 1, len(old))]
    return next(order for order in (forward, backward) if order in orders)


LAYERS = st.builds(DenseSpec, st.integers(1, 4), st.sampled_from(["tanh", "relu"]))
INPUTS = st.lists(st.sampled_from("abcde"), min_size=1, unique=True).map(tuple)
NETS = st.builds(Net, INPUTS, st.lists(LAYERS, max_size=5).map(tuple), st.integers(1, 4))


@st.composite
def edited(draw: st.DrawFn) -> tuple[Net, Net]:
    """A network, and what one edit makes of it: inserted, removed, resized, moved, other inputs; or any other."""
    old = draw(NETS)
    layers, place = list(old.hidden), draw(st.integers(0, len(old.hidden)))
    kind = draw(st.sampled_from(["insert", "remove", "resize", "move", "inputs", "any"]))
    if kind == "any":
        return old, replace(draw(NETS), outputs=old.outputs)
    if kind == "inputs":
        return old, replace(old, inputs=draw(INPUTS))
    if kind == "insert":
        layers.insert(place, draw(LAYERS))
    elif place < len(layers):
        layer = layers.pop(place)
        if kind == "resize":
            layers.insert(place, replace(layer, units=draw(st.integers(1, 4))))
        elif kind == "move":
            layers.insert(draw(st.integers(0, len(layers))), layer)
    return old, replace(old, hidden=tuple(layers))


@given(edited(), st.integers(0, 99))
def test_every_number_that_is_carried_over_is_bit_for_bit_what_it_always_was(nets: tuple[Net, Net], seed: int) -> None:
    old, new = nets
    rng = np.random.default_rng(seed)
    before, after = (rng.normal(size=one.architecture.parameter_count) for one in nets)
    assert carried(old, new, before, after).tobytes() == carried_plainly(old, new, before, after).tobytes()


@given(edited())
def test_no_layer_unit_or_input_becomes_two_and_no_two_become_one(nets: tuple[Net, Net]) -> None:
    old, new = nets
    pairing = pairing_of(old, new)
    for pairs in (pairing.layers, pairing.matrices, pairing.inputs):
        assert all(len({pair[side] for pair in pairs}) == len(pairs) for side in (0, 1))
    places = [
        ParameterIndex(layer, unit, source)
        for layer, (out, below) in enumerate(old.architecture.shapes)
        for unit in range(out)
        for source in (None, *range(below))
    ]
    found = [place for place in map(pairing.place_of, places) if place is not None]
    assert len(found) == len(set(found))
    assert all(new.architecture.place(one.layer, one.unit, one.source) is not None for one in found)


@given(edited())
def test_a_weight_is_where_its_matrix_goes(nets: tuple[Net, Net]) -> None:
    old, new = nets
    pairing = pairing_of(old, new)
    before = np.arange(1.0, 1.0 + old.architecture.parameter_count)
    after = new.architecture.matrices(carried(old, new, before, np.zeros(new.architecture.parameter_count)))
    for layer, matrix in enumerate(old.architecture.matrices(before)):
        for (unit, source), number in np.ndenumerate(matrix[:, :-1]):
            place = pairing.place_of(ParameterIndex(layer, unit, source))
            there = np.argwhere(after[place.layer] == number) if place else np.concatenate([m.ravel() for m in after])
            assert number not in there if place is None else there.tolist() == [[place.unit, place.source]]


@given(NETS)
def test_without_an_edit_everything_stays(one: Net) -> None:
    pairing = pairing_of(one, one)
    assert pairing.is_complete and pairing.moved is None
    assert pairing.layers == pairing.matrices == tuple((place, place) for place in range(len(one.hidden) + 1))


@given(edited())
def test_documents_pair_what_networks_pair_where_no_size_is_equal_by_chance(nets: tuple[Net, Net]) -> None:
    inputs = tuple(f"input {number}" for number in range(7))
    old, new = (replace(one, inputs=inputs, outputs=9) for one in nets)  # other sizes than all hidden layers
    documents, networks = Pairing.between(old.project, new.project), pairing_of(old, new)
    assert (documents.layers, documents.matrices) == (networks.layers, networks.matrices)
    assert set(documents.matrices) <= set(documents.layers)


def counted(one: Net) -> Floats:
    return np.arange(1.0, 1.0 + one.architecture.parameter_count)


def matrices(old: Net, new: Net, start: float = 0.0) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """Return the matrices of a network numbered from 1 on, and of another one that was all `start` before."""
    before = counted(old)
    after = carried(old, new, before, np.full(new.architecture.parameter_count, start))
    return old.architecture.matrices(before), new.architecture.matrices(after)


def test_a_grown_layer_keeps_all_old_weights() -> None:
    before, after = matrices(net(3), net(5), -1.0)
    assert np.array_equal(after[0][:3], before[0])
    assert np.array_equal(after[1][:, :3], before[1][:, :3])
    assert np.array_equal(after[1][:, -1], before[1][:, -1])
    assert (after[0][3:] == -1.0).all()
    assert (after[1][:, 3:-1] == 0.0).all()


def test_a_shrunk_layer_keeps_what_is_left() -> None:
    before, after = matrices(net(3), net(1), -1.0)
    assert np.array_equal(after[0], before[0][:1])
    assert np.array_equal(after[1][:, :-1], before[1][:, :1])


def test_an_inserted_layer_leaves_the_layers_around_it() -> None:
    before, after = matrices(net(3), net(3, 3), -1.0)
    assert np.array_equal(after[0], before[0])
    assert (after[1] == -1.0).all()
    assert np.array_equal(after[2], before[1])


@pytest.mark.parametrize(("one", "other"), [((1,), ()), ((), (1,)), ((2, 2), (2,))])
def test_a_hidden_layer_never_becomes_the_output(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    pairing = pairing_of(net(*one, outputs=1), net(*other, outputs=1))
    outputs = {(old == len(one), new == len(other)) for old, new in (*pairing.matrices, *pairing.layers)}
    assert outputs <= {(False, False), (True, True)}


class Passing(FlattenSpec):
    """A layer that keeps the shape below without being a dropout."""

    keeps_shape: ClassVar[bool] = True

    def width(self, below: int | None) -> int | None:
        return below


@pytest.mark.parametrize("between", [DropoutSpec(), Passing()])
def test_sizes_are_looked_up_through_a_layer_that_keeps_the_shape(between: LayerSpec) -> None:
    old = (DenseSpec(6), between, DenseSpec(4))
    pairing = Pairing(*(NetworkOutline.of(DataSpec(), layers) for layers in (old, (DenseSpec(3), *old))))
    assert pairing.matrices == ((1, 2), (2, 3))


def test_inputs_keep_their_weights_when_another_one_goes() -> None:
    before, after = matrices(net(3), net(3, inputs=("y",)), -1.0)
    assert np.array_equal(after[0][:, 0], before[0][:, 1])
    assert np.array_equal(after[0][:, -1], before[0][:, -1])


@pytest.mark.parametrize("sizes", [(2, 5, 2), (2, 3, 4), (2, 6, 6), (3, 3, 2), (4, 7, 3)])
def test_a_network_that_grows_computes_what_it_did_before(sizes: tuple[int, int, int]) -> None:
    rng = np.random.default_rng(5)
    activations = ("tanh", "relu")
    small = net(3, 2, activations=activations)
    large = net(*sizes[1:], inputs=("x", "y", "v", "w")[: sizes[0]], activations=activations)
    old, drawn = (rng.normal(size=one.architecture.parameter_count) for one in (small, large))
    new = carried(small, large, old, drawn)
    inputs = rng.normal(size=(20, sizes[0]))
    np.testing.assert_allclose(
        Network(large.architecture, new).outputs(inputs),
        Network(small.architecture, old).outputs(inputs[:, :2]),
        rtol=1e-12,
    )
    shapes = small.architecture.shapes
    starts = large.architecture.matrices(drawn)
    for matrix, start, (out, _) in zip(large.architecture.matrices(new), starts, shapes, strict=True):
        assert np.array_equal(matrix[out:], start[out:])


def test_after_a_move_the_layers_that_still_stand_on_the_same_layer_keep_their_weights() -> None:
    old = net(3, 4, 5, 6, activations=("tanh", "relu", "tanh", "sigmoid"))
    new = net(4, 3, 5, 6, activations=("relu", "tanh", "tanh", "sigmoid"))
    before, after = matrices(old, new)
    np.testing.assert_array_equal(after[3], before[3])
    np.testing.assert_array_equal(after[4], before[4])
    for fresh in after[:3]:
        np.testing.assert_array_equal(fresh, 0.0)
    assert pairing_of(old, new).moved == (1, 0, 2, 3)


def test_layers_that_moved_together_keep_what_is_between_them() -> None:
    before, after = matrices(net(3, 4, 5), net(5, 3, 4))
    np.testing.assert_array_equal(after[2], before[1])
    for place in (0, 1, 3):
        np.testing.assert_array_equal(after[place], 0.0)


def test_layers_of_the_same_size_are_told_apart_by_their_activations() -> None:
    _, after = matrices(net(4, 4, activations=("tanh", "relu")), net(4, 4, activations=("relu", "tanh")))
    assert not any(matrix.any() for matrix in after)


def test_a_move_is_not_complete_though_all_shapes_are_equal() -> None:
    swapped = net(4, 4, activations=("tanh", "relu")), net(4, 4, activations=("relu", "tanh"))
    assert not pairing_of(*swapped).is_complete
    assert not pairing_of(net(4), net(4, inputs=("y", "x"))).is_complete
    assert pairing_of(net(4), net(4, activations=("relu",))).is_complete


def frozen_after(project: Project, *layers: LayerSpec) -> set[ParameterIndex]:
    return {lock.place for lock in with_layers(project, layers).network.frozen}


def test_a_frozen_weight_goes_with_its_matrix_onto_an_inserted_layer_of_the_same_size() -> None:
    output, bias = FrozenParameter(2, 0, 3, 0.5), FrozenParameter(2, 0, None, 0.1)
    project = Project(network=NetworkSpec(layers=(DenseSpec(4), DenseSpec(4)), frozen=(bias, output)))
    moved = {ParameterIndex(3, 0, 3), ParameterIndex(3, 0, None)}
    assert frozen_after(project, DenseSpec(4), DenseSpec(4), DenseSpec(4)) == moved
    assert frozen_after(project, DenseSpec(4), DenseSpec(4), DenseSpec(3)) == {ParameterIndex(3, 0, None)}


PICTURES = (Conv2DSpec(4), MaxPool2DSpec(), Conv2DSpec(6), FlattenSpec(), DenseSpec(5))


def test_with_pictures_a_frozen_weight_stays_where_its_whole_matrix_does() -> None:
    locks = tuple(FrozenParameter(layer, 0, source, 0.5) for layer in range(len(PICTURES) - 1) for source in (None, 1))
    network = NetworkSpec(layers=PICTURES, frozen=locks)
    project = Project(data=DataSpec(source=ImagesSource()), network=network)
    every = {lock.place for lock in locks}
    more = (PICTURES[0], PICTURES[1], replace(PICTURES[2], filters=7), *PICTURES[3:])
    plain = (replace(PICTURES[0], activation="tanh"), PICTURES[1], DropoutSpec(0.5), *PICTURES[2:])
    deeper = (*PICTURES, DenseSpec(3))
    assert frozen_after(project, *plain) == every
    assert frozen_after(project, *more) == every - {ParameterIndex(1, 0, 1), ParameterIndex(2, 0, 1)}
    assert frozen_after(project, *deeper) == every - {ParameterIndex(3, 0, 1), ParameterIndex(3, 0, None)} | {
        ParameterIndex(4, 0, None)
    }


def test_where_pictures_go_in_only_matrices_of_equal_shape_go_on() -> None:
    def pairs(*layers: LayerSpec) -> tuple[tuple[int, int], ...]:
        documents = [Project(network=NetworkSpec(layers=ones)) for ones in (PICTURES, layers)]
        stacks = [
            Architecture((1, 12, 12), (*(one.layer() for one in ones), Dense(3, "softmax")))
            for ones in (PICTURES, layers)
        ]
        completed = Pairing.between(*documents).completed(stacks[0], XY, stacks[1], XY)
        assert all(pair.columns is None for pair in completed.matrix_pairs)
        return completed.matrices

    assert pairs(*PICTURES) == ((0, 0), (1, 1), (2, 2), (3, 3))
    assert pairs(replace(PICTURES[0], filters=5), *PICTURES[1:]) == ((2, 2), (3, 3))
    assert pairs(*PICTURES, DenseSpec(4)) == ((0, 0), (1, 1), (2, 2))
    assert pairs(*PICTURES[:-1], DenseSpec(6)) == ((0, 0), (1, 1))


def test_layers_for_pictures_do_not_count_as_moved() -> None:
    layers = (Conv2DSpec(4, activation="relu"), Conv2DSpec(4, activation="tanh"), FlattenSpec())
    old, new = (Project(network=NetworkSpec(layers=ones)) for ones in (layers, (layers[1], layers[0], layers[2])))
    pairing = Pairing.between(old, new)
    assert pairing.moved is None
    assert pairing.layers == pairing.matrices == ((0, 0), (1, 1), (2, 2))


def test_inputs_and_outputs_of_another_data_set_are_others_though_they_have_the_same_names() -> None:
    circle, rings = (Project(data=DataSpec(source=GeneratedSource(name))) for name in ("circle", "rings"))
    pairing = Pairing.between(circle, rings)
    assert (pairing.inputs, pairing.layers) == ((), ((0, 0), (1, 1)))
    assert Pairing.between(circle, circle).inputs == ((0, 0), (1, 1))
