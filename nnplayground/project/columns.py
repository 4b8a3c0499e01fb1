"""The hidden layers as columns of neurons, the way in which they are drawn and edited.

A dropout layer is no column of its own: it belongs to the dense layer before it. Networks that look at pictures are
no columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nnplayground.project.layer_specs import OFF, DenseSpec, DropoutSpec, LayerSpec
from nnplayground.project.limits import limited, rule_of


@dataclass(frozen=True)
class Column:
    """A dense layer, and the share of its values that is dropped while training (0: none).

    Of the neurons that are switched `off`, those that a smaller layer no longer has are left out of the document.
    """

    units: int = limited(4, rule_of(DenseSpec, "units"))
    activation: str = limited("tanh", rule_of(DenseSpec, "activation"))
    dropout: float = limited(0.0, rule_of(DropoutSpec, "rate"))
    off: tuple[int, ...] = limited((), OFF)


def columns_of(layers: Sequence[LayerSpec]) -> tuple[Column, ...] | None:
    """Return the layers as columns; `None` where they are more than dense layers with one dropout each."""
    columns: list[Column] = []
    last: LayerSpec | None = None
    for layer in layers:
        if isinstance(layer, DenseSpec):
            columns.append(Column(layer.units, layer.activation, off=layer.off))
        elif isinstance(layer, DropoutSpec) and isinstance(last, DenseSpec) and layer.rate:
            columns[-1] = Column(last.units, last.activation, layer.rate, last.off)
        else:
            return None
        last = layer
    return tuple(columns)


def layers_of(columns: Sequence[Column]) -> tuple[LayerSpec, ...]:
    """Return the layers that these columns stand for."""
    layers: list[LayerSpec] = []
    for column in columns:
        off = tuple(unit for unit in column.off if unit < column.units)
        layers.append(DenseSpec(column.units, column.activation, off))
        if column.dropout:
            layers.append(DropoutSpec(column.dropout))
    return tuple(layers)
