"""Edits of the hidden layers: each changes what it says, and every other layer stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nnplayground.errors import FieldError, InputError
from nnplayground.project import layer_edits
from nnplayground.project.blocks import UnitsBlock, blocks_of
from nnplayground.project.layer_edits import Layers
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec
from nnplayground.project.model import MAX_LAYERS

FOUR, TWO, TENTH, NONE = DenseSpec(4), DenseSpec(2, "relu"), DropoutSpec(0.1), DropoutSpec(0.0)
PICTURES = Conv2DSpec(), TENTH, FlattenSpec(), FOUR, TENTH
DENSE = st.builds(DenseSpec, st.integers(1, 6), st.sampled_from(["tanh", "relu"]))
DROPOUTS = st.builds(DropoutSpec, st.sampled_from([0.0, 0.1, 0.2, 0.5]))
LAYERS = st.lists(st.one_of(DENSE, DROPOUTS), min_size=1, max_size=8).map(tuple)


def drawn_block(layers: Layers, data: st.DataObject, *, units: bool = False) -> int:
    """Return the place of any block, or of one with neurons."""
    found = [block.index for block in blocks_of(layers) if not units or isinstance(block, UnitsBlock)]
    assume(found)
    return data.draw(st.sampled_from(found))


@given(LAYERS, st.integers(1, 9), st.data())
def test_a_size_changes_one_layer(layers: Layers, units: int, data: st.DataObject) -> None:
    block = drawn_block(layers, data, units=True)
    new, place = layer_edits.resized(layers, {block: units}), blocks_of(layers)[block].places.start
    assert new[place].rows == units
    assert (new[:place], new[place + 1 :]) == (layers[:place], layers[place + 1 :])


@given(LAYERS, st.data())
def test_an_insertion_adds_one_layer_before_a_block(layers: Layers, data: st.DataObject) -> None:
    block = data.draw(st.integers(0, len(blocks_of(layers))))
    new = layer_edits.inserted(layers, block, DenseSpec(17))
    place = new.index(DenseSpec(17))
    assert (*new[:place], *new[place + 1 :]) == layers
    assert place == sum(len(one.places) for one in blocks_of(layers)[:block])


@given(LAYERS, st.data())
def test_a_removal_takes_the_layers_of_one_block(layers: Layers, data: st.DataObject) -> None:
    block = drawn_block(layers, data)
    places = blocks_of(layers)[block].places
    kept = tuple(layer for place, layer in enumerate(layers) if place not in places)
    assert layer_edits.removed(layers, block) == kept


@given(LAYERS, st.data())
def test_a_move_carries_the_layers_of_one_block_past_the_others(layers: Layers, data: st.DataObject) -> None:
    block = drawn_block(layers, data)
    place = data.draw(st.integers(0, len(blocks_of(layers)) - 1))
    runs = [layers[one.places.start : one.places.stop] for one in blocks_of(layers)]
    carried = runs.pop(block)
    runs.insert(place, carried)
    assert layer_edits.moved_block(layers, block, place) == tuple(layer for run in runs for layer in run)


@given(LAYERS, st.data())
def test_an_activation_changes_one_layer(layers: Layers, data: st.DataObject) -> None:
    block = drawn_block(layers, data, units=True)
    new, place = layer_edits.activated(layers, block, "sine"), blocks_of(layers)[block].places.start
    assert new[place].used_activation == "sine"
    assert (new[:place], new[place + 1 :]) == (layers[:place], layers[place + 1 :])


@given(LAYERS, st.sampled_from([0.0, 0.25, 0.5]), st.data())
def test_a_dropout_changes_in_one_place(layers: Layers, rate: float, data: st.DataObject) -> None:
    block = drawn_block(layers, data)
    found, new = blocks_of(layers)[block], layer_edits.dropping(layers, block, rate)
    if isinstance(found, UnitsBlock):
        place = found.places.start + 1
        assert new == (*layers[:place], *([DropoutSpec(rate)] if rate else []), *layers[found.places.stop :])
    else:
        place = found.places.start
        assert new == (*layers[:place], DropoutSpec(rate), *layers[place + 1 :])


@given(LAYERS, st.data())
def test_a_neuron_that_is_switched_twice_is_as_before(layers: Layers, data: st.DataObject) -> None:
    block = drawn_block(layers, data, units=True)
    once = layer_edits.switched(layers, block, 0)
    assert once != layers
    assert layer_edits.switched(once, block, 0) == layers


def test_networks_for_pictures_are_edited_alike() -> None:
    conv, dropout, flatten, four, tenth = PICTURES
    assert layer_edits.activated(PICTURES, 0, "tanh") == (Conv2DSpec(activation="tanh"), *PICTURES[1:])
    assert layer_edits.removed(PICTURES, 3) == PICTURES[:3]
    assert layer_edits.moved_block(PICTURES, 1, 2) == (conv, flatten, dropout, four, tenth)
    assert layer_edits.dropping(PICTURES, 1, 0.3) == (conv, DropoutSpec(0.3), flatten, four, tenth)


def test_a_new_layer_is_like_the_one_before_it_but_drops_nothing_and_is_on() -> None:
    layers = (TENTH, DenseSpec(64, "relu", off=(0,)), TENTH, NONE, FOUR)
    assert layer_edits.new_layer(layers, 2) == DenseSpec(12, "relu")
    assert layer_edits.new_layer(layers, 1) == DenseSpec(12, "relu")  # the nearest one where none stands before
    assert layer_edits.new_layer(layers, 4) == FOUR
    assert layer_edits.new_layer((TENTH,), 1) == DenseSpec()


@pytest.mark.parametrize("block", [-1, 2, 10])
def test_a_block_that_does_not_exist_is_refused(block: int) -> None:
    with pytest.raises(FieldError, match=f"block is {block}; it must be one of the 2 of the network"):
        layer_edits.removed((FOUR, TENTH, TWO), block)


def test_what_a_block_does_not_have_is_refused() -> None:
    with pytest.raises(FieldError, match="it must be that of a dense layer"):
        layer_edits.resized((TENTH, FOUR), {0: 3})
    with pytest.raises(FieldError, match="it must be that of a layer with an activation"):
        layer_edits.activated((TENTH, FOUR), 0, "tanh")
    with pytest.raises(FieldError, match="it must be that of a dense layer or a dropout"):
        layer_edits.dropping(PICTURES, 0, 0.1)
    with pytest.raises(FieldError, match="unit is 4; it must be a neuron of the layer, 0 to 3"):
        layer_edits.switched((FOUR,), 0, 4)
    with pytest.raises(FieldError, match="place is 2; it must be a place from 0 to 1"):
        layer_edits.moved_block((FOUR, TWO), 0, 2)


def test_an_illegal_value_is_told_with_its_place_in_the_document() -> None:
    with pytest.raises(FieldError, match=r"network\.layers\[1\]\.units is 0; it must be a whole number from 1"):
        layer_edits.resized((TENTH, FOUR), {1: 0})
    with pytest.raises(FieldError, match=r"network\.layers\[2\]\.rate is 1.0; it must be a number from 0 to 0\.95"):
        layer_edits.dropping((TENTH, FOUR), 1, 1.0)
    with pytest.raises(FieldError, match=r"network\.layers\[0\]\.activation is \"tan\""):
        layer_edits.activated((FOUR,), 0, "tan")


def test_there_is_no_room_beyond_the_limit_of_layers() -> None:
    full = (FOUR,) * MAX_LAYERS
    with pytest.raises(InputError, match=f"up to {MAX_LAYERS} hidden layers"):
        layer_edits.inserted(full, 0, TWO)
    with pytest.raises(InputError, match=f"up to {MAX_LAYERS} hidden layers"):
        layer_edits.dropping(full, 0, 0.1)
