"""Layers and gradients made by hand for the tests of the inside."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.engine.statistics import Histogram, histogram
from nnplayground.explain.layer_findings import Finding, Named
from nnplayground.explain.layer_names import OUTPUT
from nnplayground.explain.words import words_of
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec
from nnplayground.training.observe.reports import LayerReport, Report, ReportRequest
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.history import Curve
from tests.app.features.measures.made_reports import layer, part_of_classes
from tests.app.snapshots import made_curve, made_data, made_snapshot
from tests.observed import with_answer


def spread(width: float = 1.0, *, around: float = 0.0) -> Histogram:
    """Return how 65 numbers are spread that lie evenly up to `width` around a number."""
    return histogram(np.linspace(around - width, around + width, 65))


def healthy(place: int, **changes: Any) -> LayerReport:
    """Return the report of a tanh layer with nothing wrong, changed where asked for."""
    usual: dict[str, Any] = {
        "weights": spread(), "gradients": spread(0.01), "variation": 0.5, "gradient_norm": 0.1, "saturated": 0.1,
    }  # fmt: skip
    return layer(place, **usual | changes)


def output(place: int, **changes: Any) -> LayerReport:
    """Return the report of a sigmoid output with nothing wrong."""
    return healthy(place, **{"is_output": True, "activation": "sigmoid", "units": 1, "neurons": 1} | changes)


def named(*layers: LayerReport, start: tuple[LayerReport, ...] = ()) -> tuple[Named, ...]:
    """Return layers with their names in a sentence."""
    starts = {one.place: one for one in start}
    return tuple(Named(OUTPUT if one.is_output else one.place, one, starts.get(one.place)) for one in layers)


def make_report(*layers: LayerReport, start: tuple[LayerReport, ...] | None = None, start_epoch: int = 0) -> Report:
    """Return a report of these layers, the last of which is the output."""
    part = part_of_classes([[3, 1], [1, 3]])
    return Report(part, None, 0.0, layers, 8, start, start_epoch)


def curve_of(norms: Floats) -> Curve:
    """Return a curve with these lengths of gradients `[layers, epochs + 1]`."""
    return replace(made_curve(np.linspace(1.0, 0.1, norms.shape[1]).tolist()), gradient_norms=norms)


def showing(report: Report | None, norms: Floats, *, hidden: int = 1, **changes: Any) -> Snapshot:
    """Return a snapshot of a network of so many hidden layers, with this report and these lengths of gradients."""
    data = made_data([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0])
    snapshot = made_snapshot(data, curve=curve_of(norms))
    project = replace(snapshot.project, network=NetworkSpec(layers=(DenseSpec(),) * hidden))
    architecture = type(snapshot.architecture).dense((2, *[4] * hidden, 1), ("tanh",) * hidden + ("sigmoid",))
    shown = with_answer(snapshot, ReportRequest(), report)
    return replace(shown, project=project, architecture=architecture, **changes)


def finding_words(found: Finding) -> tuple[str, bool]:
    """Return the words of a finding, and whether it warns."""
    return words_of(found.message), found.warns
