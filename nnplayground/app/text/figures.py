"""The figures of the measures as texts."""

from __future__ import annotations

from math import inf, isnan

from nnplayground.app.text.layer_numbers import numbered
from nnplayground.app.text.titles import ACTIVATIONS, LAYERS
from nnplayground.explain.figures import number_text, tidy
from nnplayground.training.observe.reports import LayerReport

NOTHING = "–"
NEURON = "neuron"
WHOLE_BELOW = 999_500.0
THREE_DIGITS_FROM = 1e-99
WIDEST_NUMBERS = ("888,888", "0.000888", "8.88e−88", "8.88e888")
"""A text of every form that a number can take that is not negative, with its widest digits."""


def number(value: float | None) -> str:
    """Return a number with three digits in little room, a dash where there is none."""
    if value is None or isnan(value):
        return NOTHING
    if WHOLE_BELOW <= abs(value) < inf:
        return tidy(f"{value:.2e}")
    return tidy(f"{value:.0e}") if 0.0 < abs(value) < THREE_DIGITS_FROM else number_text(value)


def percent(share: float | None) -> str:
    """Return a share in percent, a dash where there is none."""
    if share is None or isnan(share):
        return NOTHING
    return f"{100.0 * share:.0f} %" if share in (0.0, 1.0) else f"{100.0 * share:.1f} %"


def of(some: int, every: int | None) -> str:
    """Return "3 of 4", a dash where there is nothing to count."""
    return f"{some:,} of {every:,}" if every else NOTHING


def layer_name(layer: LayerReport, number: int | None) -> str:
    """Return what a layer is called beside its row: its number, and its activation (of neurons) or its kind."""
    if layer.is_output:
        return numbered(number, "Output")
    if layer.activation is not None and layer.unit_name == NEURON:
        return numbered(number, ACTIVATIONS[layer.activation].name)
    return numbered(number, LAYERS[layer.kind].name)


def layer_help(layer: LayerReport, number: int | None) -> str:
    """Return what a layer is in one sentence."""
    place = "The output layer" if layer.is_output else f"Layer {number}"
    activation = f", activation {ACTIVATIONS[layer.activation].name}" if layer.activation else ""
    rows = f", {layer.neurons:,} {layer.unit_name}s" if layer.neurons and layer.neurons != layer.units else ""
    return f"{place}: {LAYERS[layer.kind].name.lower()}{rows}, {layer.units:,} values for each sample{activation}."
