"""A report as rows of the table of layers, and as columns of numbers for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from nnplayground.app.features.inside.cells import Share
from nnplayground.app.features.inside.explanations import COLUMNS
from nnplayground.app.features.inside.spread_picture import Spread
from nnplayground.app.text.figures import NOTHING, layer_help, layer_name, number, of, percent
from nnplayground.app.ui.text_table import Cell, Row
from nnplayground.arrays import Floats
from nnplayground.engine.statistics import Histogram, LayerStatistics
from nnplayground.explain.flatness import is_too_flat
from nnplayground.explain.layer_findings import (
    Finding,
    Named,
    activations_finding,
    dead_finding,
    gradients_finding,
    saturated_finding,
    weights_finding,
)
from nnplayground.explain.layer_names import OUTPUT, LayerName
from nnplayground.project.blocks import LayerNumbers
from nnplayground.training.observe.reports import LayerReport, Report

FINDINGS: dict[str, Callable[[Sequence[Named]], Finding]] = {
    "weights": weights_finding,
    "activations": activations_finding,
    "gradients": gradients_finding,
    "dead": dead_finding,
    "saturated": saturated_finding,
}
ROUNDING = 1e-12
NO_WEIGHTS = "This layer has no weights."


def named_layers(report: Report, numbers: LayerNumbers) -> tuple[Named, ...]:
    """Return the layers of a report with their names and themselves at the start."""
    start = {one.place: one for one in report.start or ()}
    return tuple(
        Named(_name(layer, numbers[layer.place - 1]), layer, start.get(layer.place)) for layer in report.layers
    )


def findings(layers: Sequence[Named]) -> dict[str, Finding]:
    """Return what there is to see in each column."""
    weighted = [one for one in layers if one.layer.neurons is not None]
    return {name: find(weighted if name in ("weights", "gradients") else layers) for name, find in FINDINGS.items()}


def row_of(named: Named, place: int | None, color: str) -> Row:
    """Return the row of one layer, which has this number, and whose line in the plot has this colour."""
    layer, start = named.layer, named.start
    found, before = layer.statistics, start.statistics if start else None
    dead = round(found.dead * layer.units)
    cells = (
        _spread("weights", found.weights, before.weights if before else None),
        _spread("activations", found.histogram, before.histogram if before else None),
        _spread("gradients", found.gradients, before.gradients if before else None),
        Cell(of(dead, layer.units), warns=dead > 0, drawn=Share(found.dead)),
        Cell(percent(found.saturated), warns=is_too_flat(layer), drawn=Share(found.saturated)),
    )
    return Row(layer_name(layer, place), layer_help(layer, place), cells, color)


def histogram_table(layers: Sequence[Named]) -> dict[str, Floats]:
    """Return edges and counts of every histogram, now and at the start, by names such as `layer_1_weights_edges`."""
    return {
        f"{layer}_{kind}_{when}{what}": values
        for named in layers
        for layer in [OUTPUT if named.name == OUTPUT else f"layer_{named.name}"]
        for when, report in (("", named.layer), ("start_", named.start))
        if report is not None
        for kind, histogram in _histograms(report.statistics)
        for what, values in (("edges", histogram.edges), ("counts", histogram.counts.astype(float)))
    }


def _histograms(found: LayerStatistics) -> Iterator[tuple[str, Histogram]]:
    for kind, histogram in (
        ("weights", found.weights), ("activations", found.histogram), ("gradients", found.gradients),
    ):  # fmt: skip
        if histogram is not None:
            yield kind, histogram


def _spread(kind: str, now: Histogram | None, start: Histogram | None) -> Cell:
    """Return the cell of numbers that are spread."""
    if now is None:
        return Cell(NOTHING, NO_WEIGHTS)
    told = [f"Now {_long(now)}."]
    if start is not None:
        told.append(f"At the start {_long(start)}.")
    if now.not_finite:
        told.append(f"{now.not_finite:,} are no finite numbers.")
    return Cell(_short(now), " ".join([*told, COLUMNS[kind].help]), warns=now.not_finite > 0, drawn=Spread(now, start))


def _short(histogram: Histogram) -> str:
    if not histogram.counts.any():
        return "no finite number"
    mean, deviation = histogram.mean, histogram.standard_deviation
    # Where numbers cancel out, what is left of them is only rounding.
    return f"{number(0.0 if abs(mean) < ROUNDING * deviation else mean)} ± {number(deviation)}"


def _long(histogram: Histogram) -> str:
    ends = f"from {number(float(histogram.edges[0]))} to {number(float(histogram.edges[-1]))}"
    return f"{_short(histogram)}, {ends}" if histogram.counts.any() else _short(histogram)


def _name(layer: LayerReport, number: int | None) -> LayerName:
    return OUTPUT if layer.is_output or number is None else number
