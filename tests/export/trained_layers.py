"""Layers of models for tests, from their numbers."""

from __future__ import annotations

from collections.abc import Sequence

from nnplayground.arrays import Floats
from nnplayground.export.layers import LayerForm, TrainedLayer, trained_layers


def dense_layers(
    activations: Sequence[str], weights: Sequence[Floats], biases: Sequence[Floats]
) -> tuple[TrainedLayer, ...]:
    """Return a stack of dense layers."""
    return trained_layers([LayerForm("dense")] * len(activations), activations, weights, biases)
