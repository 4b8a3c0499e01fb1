"""Snapshots made by hand for the tests of the views: what the network answers is just written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.data.samples import Samples
from nnplayground.data.scaling import fit_scaling
from nnplayground.engine.architecture import Architecture
from nnplayground.project.model import DataSpec, Project, TableSource
from nnplayground.training.observe.maps import MapRequest, Maps
from nnplayground.training.observe.observation import NOTHING_SEEN, Seen
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.history import Curve, History
from nnplayground.training.run.measures import Measures
from nnplayground.training.run.outputs import OutputRule
from nnplayground.training.run.prepare import Prepared

PLANE = [(-6.0, 6.0), (-6.0, 6.0)]


def made_data(
    inputs: Sequence[Sequence[float]],
    targets: Sequence[float],
    *,
    classes: tuple[str, ...] = ("orange", "blue"),
    names: tuple[str, ...] = ("x1", "x2"),
    bounds: Sequence[tuple[float, float]] = PLANE,
    test: Sequence[int] = (),
) -> Prepared:
    """Return data of which the samples `test` are kept for the test."""
    samples = Samples(
        np.array(inputs, dtype=float), np.array(targets, dtype=float), names, "value" if not classes else "class",
        classes, np.array(bounds),
    )  # fmt: skip
    rows = np.arange(len(samples.inputs), dtype=np.int64)
    held_out = np.isin(rows, list(test))
    activation = "identity" if not classes else "tanh" if len(classes) == 2 else "softmax"
    nothing = np.empty((0, 1))
    return Prepared(
        samples=samples, train_rows=rows[~held_out], test_rows=rows[held_out], features=names,
        scaling=fit_scaling("none", samples.inputs),
        rule=OutputRule(activation, "mse" if not classes else "half_mse", classes),
        train_inputs=nothing, train_targets=nothing, test_inputs=nothing, test_targets=nothing,
    )  # fmt: skip


def made_maps(data: Prepared, outputs: Floats, *, across: int = 0, up: int = 1) -> Maps:
    """Return maps with `outputs` `[outputs, rows, columns]` as the last layer."""
    low, high = data.samples.bounds.T
    return Maps(
        across,
        up,
        (float(low[across]), float(low[up])),
        (float(high[across]), float(high[up])),
        (outputs,),
    )


def made_curve(train: Sequence[float], test: Sequence[float] | None = None) -> Curve:
    """Return a curve of costs by epoch; without `test` there is no test part."""
    history = History()
    for epoch, cost in enumerate(train):
        history.append((cost, float("nan") if test is None else test[epoch], float("nan"), float("nan")))
    return history.curve()


def made_snapshot(
    data: Prepared, *, maps: Maps | None = None, curve: Curve | None = None, generation: int = 1
) -> Snapshot:
    """Return a snapshot that shows these data, maps and costs."""
    project = Project()
    if len(data.samples.input_names) != 2:
        project = replace(project, data=DataSpec(source=TableSource(path="animals.csv", targets=("kind",))))
    architecture = Architecture.dense((len(data.features), data.rule.outputs), (data.rule.activation,))
    shown = curve or made_curve([0.7])
    return Snapshot(
        generation=generation, number=1, project=project, data=data, architecture=architecture,
        parameters=np.zeros(architecture.parameter_count), epoch=len(shown) - 1, batch=0, batches=1, steps=0,
        running=False, train=Measures(float(shown.train_cost[-1]), None), test=Measures(None, None), penalty=0.0,
        curve=shown, stop=None, epochs_per_second=0.0,
        seen=NOTHING_SEEN if maps is None else Seen({MapRequest(): maps}),
    )  # fmt: skip
