"""What every kind of layer answers for itself agrees with the layer that the engine works with."""

from __future__ import annotations

import pytest

from nnplayground.engine.activations import HIDDEN_ACTIVATIONS
from nnplayground.errors import InputError
from nnplayground.project.layer_specs import (
    LAYER_KINDS,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    LayerSpec,
    look_at_pictures,
    weighted,
)

PICTURE, ROW = (2, 6, 6), (72,)
each_kind = pytest.mark.parametrize("kind", LAYER_KINDS, ids=lambda kind: kind.kind)


def below(layer: LayerSpec) -> tuple[int, ...]:
    return PICTURE if layer.needs_pictures else ROW


@each_kind
def test_a_kind_needs_pictures_where_its_layer_refuses_a_row(kind: type[LayerSpec]) -> None:
    layer = kind()
    layer.layer().shape(below(layer))
    if layer.needs_pictures and kind.kind != "flatten":
        with pytest.raises(InputError):
            layer.layer().shape(ROW)
    assert look_at_pictures((layer,)) is layer.needs_pictures


@each_kind
def test_rows_and_columns_are_those_of_the_weights(kind: type[LayerSpec]) -> None:
    layer = kind()
    shape = layer.layer().matrix_shape(below(layer))
    assert layer.has_weights is (shape is not None)
    assert layer.rows == (shape[0] if shape else None)
    assert layer.columns(72) in {None, shape[1] if shape else None}
    assert weighted((layer,)) == ((layer,) if layer.has_weights else ())


@each_kind
def test_the_width_is_that_of_the_shape_where_the_document_knows_it(kind: type[LayerSpec]) -> None:
    layer = kind()
    assert layer.width(None) in {None, *layer.layer().shape(below(layer))}
    assert layer.width(72) in {None, *layer.layer().shape(below(layer))}


@each_kind
@pytest.mark.parametrize("name", HIDDEN_ACTIVATIONS)
def test_a_layer_with_weights_takes_any_activation_and_no_other_layer_does(kind: type[LayerSpec], name: str) -> None:
    changed = kind().with_activation(name)
    assert changed.used_activation == (name if kind.has_weights else None)
    assert changed.start_shape() == kind().start_shape()


@each_kind
def test_only_a_dropout_is_but_a_switch(kind: type[LayerSpec]) -> None:
    assert (kind().without_switches() is None) is (kind().dropped is not None) is (kind is DropoutSpec)


def test_switches_leave_the_rest_of_a_dense_layer() -> None:
    layer = DenseSpec(4, "relu", off=(1, 3))
    assert layer.without_switches() == DenseSpec(4, "relu")
    assert layer.switched(1) == DenseSpec(4, "relu", off=(3,))
    assert layer.switched(0) == DenseSpec(4, "relu", off=(0, 1, 3))
    assert layer.with_units(3) == DenseSpec(3, "relu", off=(1,))


def test_what_decides_the_start_of_filters_is_all_but_their_activation() -> None:
    assert Conv2DSpec(3, 5, activation="tanh").start_shape() == Conv2DSpec(3, 5, activation="sine").start_shape()
    assert Conv2DSpec(3, 5).start_shape() != Conv2DSpec(3, 5, stride=2).start_shape()
