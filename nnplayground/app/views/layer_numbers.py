"""The numbers by which the whole window calls the layers of a network, so that every view means the same one."""

from __future__ import annotations

from collections.abc import Sequence

from nnplayground.project.columns import columns_of
from nnplayground.project.layer_specs import DenseSpec, LayerSpec

Numbers = tuple[int | None, ...]


def layer_numbers(layers: Sequence[LayerSpec]) -> Numbers:
    """Return the number of each hidden layer, and of the output as the last one; `layers` are the hidden ones.

    Where the network is drawn as columns these are counted: a dropout has the number of its layer, and the output none.
    Every other network is a list that counts all its layers, as the messages about them do.
    """
    if columns_of(layers) is None:
        return tuple(range(1, len(layers) + 2))
    dense = [isinstance(layer, DenseSpec) for layer in layers]
    return (*(sum(dense[: place + 1]) for place in range(len(layers))), None)


def numbered(number: int | None, name: str) -> str:
    """Return the name of a layer behind its number, such as "2 · Dense"."""
    return name if number is None else f"{number} · {name}"
