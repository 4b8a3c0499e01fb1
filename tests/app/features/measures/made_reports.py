"""Reports made by hand for the tests of the measures: the figures are just written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from nnplayground.engine.metrics import accuracy, balanced_accuracy, class_report
from nnplayground.engine.statistics import LayerStatistics, histogram
from nnplayground.project.layer_specs import DenseSpec, LayerSpec
from nnplayground.project.model import NetworkSpec
from nnplayground.training.observe.reports import LayerReport, PartReport, Report, ReportRequest, TargetReport
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.snapshots import made_data, made_snapshot
from tests.observed import with_answer

NAMES = ("Adelie", "Chinstrap", "Gentoo")
TEST = [[29, 0, 0], [8, 5, 0], [0, 0, 26]]
TRAIN = [[90, 2, 0], [3, 50, 2], [0, 0, 97]]


def part_of_classes(confusion: Sequence[Sequence[int]], *, cost: float = 0.25) -> PartReport:
    """Return the report of a part whose samples are counted in `confusion`."""
    counts = np.array(confusion)
    true, predicted = np.nonzero(counts)
    repeats = counts[true, predicted]
    return PartReport(
        int(counts.sum()), cost,
        accuracy=float(accuracy(np.repeat(predicted, repeats), np.repeat(true, repeats))),
        balanced_accuracy=balanced_accuracy(counts), confusion=counts, by_class=class_report(counts),
    )  # fmt: skip


def layer(place: int, **changes: Any) -> LayerReport:
    """Return the report of a healthy layer of 4 tanh neurons, changed where asked for."""
    spread = histogram(np.linspace(-1.0, 1.0, 64))
    statistics = LayerStatistics(1.25, 0.5, 0.0123, 4, 0.0, 0.125, spread)
    inside = {key: value for key, value in changes.items() if key in LayerStatistics.__dataclass_fields__}
    outside = {key: value for key, value in changes.items() if key not in inside}
    statistics = replace(statistics, **inside)
    return replace(LayerReport(place, "dense", False, "tanh", 4, 4, statistics, place, "neuron"), **outside)


def of_classes(*, test: bool = True, layers: Sequence[LayerReport] | None = None) -> Report:
    """Return the report of a network that tells three species apart."""
    shown = layers or (layer(1), layer(2, activation="softmax", is_output=True))
    return Report(part_of_classes(TRAIN), part_of_classes(TEST, cost=0.5) if test else None, 0.0, tuple(shown), 244)


def of_numbers() -> Report:
    """Return the report of a network that predicts a number."""
    train = PartReport(274, 1000.0, r_squared=0.75, by_target=(TargetReport("size", 0.75, 15.5, 12.5),))
    test = PartReport(68, 2000.0, r_squared=-0.25, by_target=(TargetReport("size", -0.25, 31.0, 25.0),))
    return Report(train, test, 0.125, (layer(1, activation="identity", is_output=True, units=1, neurons=1),), 274)


def showing(
    report: Report | None, classes: tuple[str, ...] = NAMES, *, layers: Sequence[LayerSpec] = (DenseSpec(),)
) -> Snapshot:
    """Return a snapshot with this report, of a network with these hidden layers."""
    snapshot = made_snapshot(made_data([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0], classes=classes))
    project = replace(snapshot.project, network=NetworkSpec(layers=tuple(layers)))
    return replace(with_answer(snapshot, ReportRequest(), report), project=project)
