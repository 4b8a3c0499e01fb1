"""Blocks hold every layer once, in order, and one number is what every layer is called by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.errors import UserError
from nnplayground.project.blocks import Block, UnitsBlock, blocks_of, is_stack, layer_numbers, stack_of
from nnplayground.project.layer_specs import (
    LAYER_KINDS,
    BlockKind,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    LayerSpec,
    MaxPool2DSpec,
    weighted,
)
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.training.run.run import Run

FOUR, TWO, TENTH, NONE = DenseSpec(4), DenseSpec(2), DropoutSpec(0.1), DropoutSpec(0.0)
RATES = st.sampled_from([0.0, 0.1, 0.5])
DENSE_AND_DROPOUTS = st.lists(st.one_of(st.builds(DenseSpec, st.integers(1, 6)), st.builds(DropoutSpec, RATES)))
LAYERS = st.lists(st.one_of(st.builds(DropoutSpec, RATES), st.sampled_from([kind() for kind in LAYER_KINDS])))


def kinds(*layers: LayerSpec) -> list[tuple[BlockKind, int]]:
    return [(block.kind, len(block.places)) for block in blocks_of(layers)]


def test_one_dropout_directly_behind_a_dense_layer_belongs_to_it() -> None:
    assert blocks_of((FOUR, TENTH, TWO)) == (
        UnitsBlock(0, range(2), FOUR, 1, 0, 0.1),
        UnitsBlock(1, range(2, 3), TWO, 2, 1, 0.0),
    )


@pytest.mark.parametrize(
    "layers",
    [(TENTH, FOUR), (FOUR, NONE), (Conv2DSpec(), TENTH), (MaxPool2DSpec(), TENTH), (FlattenSpec(), TENTH)],
    ids=["on the inputs", "rate 0", "behind a convolution", "behind pooling", "behind flatten"],
)
def test_every_other_dropout_is_a_block_of_its_own(layers: tuple[LayerSpec, ...]) -> None:
    dropout = next(block for block in blocks_of(layers) if block.kind is BlockKind.DROPOUT)
    assert (dropout.number, dropout.weights, len(dropout.places)) == (None, None, 1)
    assert len(blocks_of(layers)) == 2


def test_of_dropouts_in_a_row_the_first_belongs_to_the_layer() -> None:
    units, lone = BlockKind.UNITS, BlockKind.DROPOUT
    assert kinds(FOUR, TENTH, TENTH, NONE) == [(units, 2), (lone, 1), (lone, 1)]
    assert kinds(FOUR, NONE, TENTH) == [(units, 1), (lone, 1), (lone, 1)]


@given(LAYERS)
def test_blocks_hold_every_layer_once_and_in_order(layers: list[LayerSpec]) -> None:
    blocks = blocks_of(layers)
    assert [place for block in blocks for place in block.places] == list(range(len(layers)))
    assert [block.index for block in blocks] == list(range(len(blocks)))
    assert all(block.layer is layers[block.places.start] for block in blocks)


@given(LAYERS)
def test_weights_are_counted_as_a_parameter_index_counts_them(layers: list[LayerSpec]) -> None:
    found = {block.weights: block.layer for block in blocks_of(layers) if block.weights is not None}
    assert [found[place] for place in range(len(found))] == list(weighted(layers))


@given(LAYERS)
def test_all_layers_of_a_block_have_its_number(layers: list[LayerSpec]) -> None:
    numbers = layer_numbers(layers)
    assert all({numbers[place] for place in block.places} == {block.number} for block in blocks_of(layers))
    counted = [block.number for block in blocks_of(layers) if block.number is not None]
    assert counted == list(range(1, len(counted) + 1))
    assert numbers[-1] == (None if is_stack(layers) else len(counted) + 1)


def test_the_dropouts_and_the_output_of_columns_are_not_counted() -> None:
    assert layer_numbers((DenseSpec(6), DropoutSpec(0.3), DenseSpec(4), DenseSpec(2))) == (1, 1, 2, 3, None)
    assert layer_numbers((TENTH, FOUR, TENTH, TENTH, TWO)) == (None, 1, 1, None, 2, None)
    assert layer_numbers(()) == (None,)


def test_a_list_of_layers_for_pictures_counts_the_output_as_well() -> None:
    layers = (Conv2DSpec(), MaxPool2DSpec(), FlattenSpec(), DropoutSpec(0.3), DenseSpec(4), TENTH)
    assert layer_numbers(layers) == (1, 2, 3, None, 4, 4, 5)


def test_a_message_about_a_layer_counts_alike() -> None:
    layers = (DenseSpec(4), FlattenSpec(), DropoutSpec(0.3), MaxPool2DSpec())
    number, every = layer_numbers(layers)[3], layer_numbers(layers)[-1]
    with pytest.raises(UserError, match=f"Layer {number} of {every}: A max pooling layer"):
        Run(replace(Project(), network=NetworkSpec(layers=layers)))


def test_dense_layers_and_dropouts_are_columns_with_dropouts_between_them() -> None:
    stack = stack_of((TENTH, FOUR, TENTH, NONE, TENTH, TWO))
    assert stack is not None
    assert [column.layer for column in stack.columns] == [FOUR, TWO]
    assert [[block.dropout for block in gap] for gap in stack.gaps] == [[0.1], [0.0, 0.1], []]
    assert stack_of((FlattenSpec(), FOUR)) is None


@given(DENSE_AND_DROPOUTS)
def test_a_stack_keeps_the_order_of_its_blocks(layers: list[LayerSpec]) -> None:
    stack = stack_of(layers)
    assert stack is not None
    walked: list[Block] = list(stack.gaps[0])
    for column, gap in zip(stack.columns, stack.gaps[1:], strict=True):
        walked += [column, *gap]
    assert tuple(walked) == stack.blocks == blocks_of(layers)
