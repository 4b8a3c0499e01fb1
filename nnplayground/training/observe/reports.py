"""What is told of a network at one moment, for `train --json` and the window: how good it is, how its layers fare.

A report only looks: it computes on buffers of its own and draws no random numbers, so a run with reports in between
gives the same bits as one without.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from nnplayground.arrays import Floats, Integers, read_only
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers.layer import LayerBuffers
from nnplayground.engine.metrics import (
    ClassReport,
    RocCurve,
    accuracy,
    balanced_accuracy,
    class_report,
    confusion_matrix,
    mean_absolute_error,
    mean_r_squared,
    r_squared,
    roc_curve,
    root_mean_squared_error,
)
from nnplayground.engine.network import Evaluation, Forward, Network, with_ones
from nnplayground.engine.statistics import LayerStatistics, layer_statistics
from nnplayground.training.observe.observation import Request, Subject
from nnplayground.training.run.checkpoints import Checkpoint
from nnplayground.training.run.outputs import OutputRule
from nnplayground.training.run.parts import Part
from nnplayground.training.run.run import Run


@dataclass(frozen=True)
class TargetReport:
    """How well one target that is a number is met: R², and two means of its errors in its own unit."""

    name: str
    r_squared: float
    root_mean_squared_error: float
    mean_absolute_error: float


@dataclass(frozen=True, eq=False)
class PartReport:
    """The figures of one part of the data, computed on all its `samples`; not finite where the network overflows.

    For classes there are `accuracy`, `balanced_accuracy`, `confusion` `[true class, predicted class]`, `by_class` and
    `predicted` `[samples]`, the class for which each sample of the part is taken, in the order of its rows; for numbers
    `by_target`, and `r_squared` as their mean. `mean_absolute_error` and `root_mean_squared_error` are those of the
    only target, in its unit; of several units there is no mean. For two classes `roc` tells how the second is found, by
    scores from 0 (surely the first) to 1 (surely the second), where both occur. The others are `None`.
    """

    samples: int
    cost: float
    accuracy: float | None = None
    balanced_accuracy: float | None = None
    confusion: Integers | None = None
    by_class: ClassReport | None = None
    r_squared: float | None = None
    mean_absolute_error: float | None = None
    root_mean_squared_error: float | None = None
    by_target: tuple[TargetReport, ...] = ()
    predicted: Integers | None = None
    roc: RocCurve | None = None


@dataclass(frozen=True, eq=False)
class LayerReport:
    """One layer: `place` counts from 1 among the layers of the project, the output is the last and `is_output`.

    `number` is what people call it, as they count no dropouts; `unit_name` is what one row of its weights is called.
    `activation` is `None` for a layer without one (pooling). `units` is how many values the layer gives for a sample,
    `neurons` how many rows of weights it has: for a convolution its filters, `None` for a layer without weights.
    """

    place: int
    kind: str
    is_output: bool
    activation: str | None
    units: int
    neurons: int | None
    statistics: LayerStatistics
    number: int
    unit_name: str


@dataclass(frozen=True, eq=False)
class Report:
    """All figures of one moment; `validation` and `test` are `None` without such a part.

    `penalty` is what l1 and l2 add to the cost in training. The gradient in `layers` is that of the cost over the whole
    training part, without dropout and penalties; everything else there is taken on `layer_samples` training samples.
    Dropout and flatten layers are left out of `layers`. `start` are the same layers with the weights of `start_epoch`,
    when the network got its present shape; `None` where these are not known.
    """

    train: PartReport
    test: PartReport | None
    penalty: float
    layers: tuple[LayerReport, ...]
    layer_samples: int
    start: tuple[LayerReport, ...] | None = None
    start_epoch: int = 0
    validation: PartReport | None = None

    def of(self, part: Part) -> PartReport | None:
        """Return the figures of one part, where there is one."""
        return {"train": self.train, "validation": self.validation, "test": self.test}[part]


@dataclass(frozen=True)
class ReportRequest(Request[Report]):
    """All figures of the moment, and how the layers were at the start."""


STATISTICS_SAMPLES = 1000
"""The statistics of the layers are taken on at most so many training samples."""


def make_report(run: Run) -> Report:
    """Return the figures of a run with the weights of this moment; call it between batches."""
    return Reporter(run).report()


def reports_of(subject: Subject) -> Callable[[ReportRequest], Report]:
    """Return what makes the reports of a run, with its layers at the start; call it between batches."""
    reporter = Reporter(subject.run, subject.start)

    def report(_request: ReportRequest) -> Report:
        return reporter.report()

    return report


def shown_inputs(run: Run) -> Floats:
    """Return the samples, `[inputs + 1, samples]` with a row of ones, on which the statistics of layers are taken."""
    inputs = run.data.train_inputs
    every = len(inputs)
    count = min(every, STATISTICS_SAMPLES, run.network.chunk)
    return with_ones(inputs[np.arange(count) * every // count]).T


class Reporter:
    """Makes reports of one run, keeping the buffers for the next one.

    The statistics of the layers are taken on samples spread evenly over the training part: at most
    `STATISTICS_SAMPLES`, fewer where a layer is so large that these would not fit into a moderate amount of memory.
    With a `start`, a moment of a network of the same shape, all reports tell how the layers were then.
    """

    def __init__(self, run: Run, start: Checkpoint | None = None) -> None:
        network, data = run.network, run.data
        self.run = run
        self._parts = {part: _part_of(run, part) for part in data.present}
        self._train = self._parts["train"]
        self._shown = shown_inputs(run)
        self._forward = network.forward(self._shown.shape[1])
        self._start_epoch = 0 if start is None else start.epoch
        self._start_layers = None if start is None else self._layers_at(start.parameters)

    def report(self) -> Report:
        """Return the figures of this moment."""
        run = self.run
        with np.errstate(all="ignore"):
            parts = {part: one.report() for part, one in self._parts.items()}
            return Report(
                train=parts["train"],
                test=parts.get("test"),
                penalty=run.penalty(),
                layers=self._layers(run.network, self._forward, self._train.evaluation),
                layer_samples=self._shown.shape[1],
                start=self._start_layers,
                start_epoch=self._start_epoch,
                validation=parts.get("validation"),
            )

    def _layers_at(self, parameters: Floats) -> tuple[LayerReport, ...]:
        """Return the statistics of the layers with other weights, for which there are no buffers to keep."""
        data = self.run.data
        network: Network = Network(self.run.architecture, parameters)
        with np.errstate(all="ignore"):
            evaluation = Evaluation(network, data.train_inputs, data.train_targets, cost=data.rule.cost)
            return self._layers(network, network.forward(self._shown.shape[1]), evaluation)

    def _layers(self, network: Network, forward: Forward, evaluation: Evaluation) -> tuple[LayerReport, ...]:
        """Return the statistics of every layer that does something."""
        architecture = self.run.architecture
        gradients = iter(architecture.matrices(evaluation.gradient()))
        matrices = iter(architecture.matrices(network.parameters))
        forward(self._shown)
        found = []
        for place, (layer, buffers) in enumerate(zip(architecture.layers, forward.layers, strict=True), start=1):
            if buffers is not None:
                pair = (next(matrices), next(gradients)) if layer.activation is not None else (None, None)
                found.append(_layer_report(architecture, place, buffers, *pair))
        return tuple(found)


def _layer_report(
    architecture: Architecture, place: int, buffers: LayerBuffers, matrix: Floats | None, gradient: Floats | None
) -> LayerReport:
    """Return what is told of one layer that has just worked on the samples."""
    layer, activations = architecture.layers[place - 1], buffers.outputs_with_ones[:-1]
    # A layer without weights has no sums: its answers are taken for them, as the activation "identity" has it.
    preactivations = activations if buffers.preactivations is None else buffers.preactivations
    statistics = layer_statistics(
        preactivations,
        activations,
        activation=layer.activation or "identity",
        matrix=matrix,
        gradient=gradient,
        off=layer.off,
    )
    return LayerReport(
        place=place, kind=layer.kind, is_output=place == len(architecture.layers), activation=layer.activation,
        units=len(preactivations), neurons=None if matrix is None else len(matrix), statistics=statistics,
        number=architecture.numbers[place - 1], unit_name=layer.unit_name,
    )  # fmt: skip


def _part_of(run: Run, part: Part) -> _ReportedPart:
    """Return what reports on one part of a run's data."""
    data = run.data
    return _ReportedPart(run, data.inputs_of(part), data.targets_of(part), data.rows_of(part))


class _ReportedPart:
    """One part of the data: the samples in these rows."""

    def __init__(self, run: Run, inputs: Floats, targets: Floats, rows: Integers) -> None:
        self.evaluation = Evaluation(run.network, inputs, targets, cost=run.data.rule.cost)
        self._data, self._truth = run.data, run.data.samples.target_columns[rows].T

    def report(self) -> PartReport:
        """Return the figures of this moment."""
        cost = float(self.evaluation.cost())
        start, outputs = PartReport(self._truth.shape[1], cost), self.evaluation.outputs
        if self._data.rule.classes:
            return _with_classes(start, outputs, self._truth[0].astype(np.int64), self._data.rule)
        return _with_values(start, self._data.answers(outputs), self._truth, self._data.samples.target_names)


def _with_values(start: PartReport, answers: Floats, truth: Floats, names: tuple[str, ...]) -> PartReport:
    """Return the report with what is said about numbers, for answers and targets `[targets, samples]`."""
    by_target = tuple(_target_report(*one) for one in zip(names, answers, truth, strict=True))
    start = replace(start, r_squared=float(mean_r_squared(answers, truth)), by_target=by_target)
    if len(by_target) > 1:
        return start
    (only,) = by_target
    errors = only.mean_absolute_error, only.root_mean_squared_error
    return replace(start, mean_absolute_error=errors[0], root_mean_squared_error=errors[1])


def _target_report(name: str, answers: Floats, truth: Floats) -> TargetReport:
    """Return how well one target is met, for answers and values `[samples]`."""
    fit = float(r_squared(answers, truth))
    return TargetReport(name, fit, root_mean_squared_error(answers, truth), mean_absolute_error(answers, truth))


def _with_classes(start: PartReport, outputs: Floats, truth: Integers, rule: OutputRule) -> PartReport:
    """Return the report with what is said about classes, for outputs `[outputs, samples]`."""
    predicted = rule.predicted_classes(outputs)
    confusion = read_only(confusion_matrix(predicted, truth, len(rule.classes)))
    return replace(
        start,
        accuracy=float(accuracy(predicted, truth)),
        balanced_accuracy=balanced_accuracy(confusion),
        confusion=confusion,
        by_class=class_report(confusion),
        predicted=read_only(predicted),
        roc=roc_curve(_scores(outputs, rule), truth == 1) if len(rule.classes) == 2 else None,
    )


def _scores(outputs: Floats, rule: OutputRule) -> Floats:
    """Return how sure the network is of the second of two classes `[samples]`: 0 and 1 at the targets, not cut off."""
    scores: Floats = (outputs[-1] - rule.off) / (1.0 - rule.off)
    return scores
