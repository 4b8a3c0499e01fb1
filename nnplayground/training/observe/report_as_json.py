"""Reports as plain numbers, lists and names, ready for JSON: `null` stands for whatever has no finite value."""

from __future__ import annotations

from collections.abc import Sequence

from nnplayground.data.scaling import Scaling
from nnplayground.engine.metrics import ClassReport
from nnplayground.engine.statistics import Histogram
from nnplayground.json_values import Json, finite
from nnplayground.training.observe.reports import LayerReport, PartReport, Report, TargetReport


def report_as_json(report: Report, classes: Sequence[str]) -> Json:
    """Return the keys `penalty`, `train`, `test`, `validation`, `layers` and `layer_samples`.

    `classes` is empty for numbers.
    """
    return {
        "penalty": finite(report.penalty),
        "train": _part(report.train, classes),
        "test": _part(report.test, classes) if report.test else None,
        "validation": _part(report.validation, classes) if report.validation else None,
        "layers": [_layer(layer) for layer in report.layers],
        "layer_samples": report.layer_samples,
    }


def scaling_as_json(scaling: Scaling) -> Json | None:
    """Return the scaling with which the targets were trained on, one shift and scale for each; `None` without one."""
    if not scaling.is_used:
        return None
    return {"name": scaling.name, "shift": list(scaling.shift), "scale": list(scaling.scale)}


def _part(part: PartReport, classes: Sequence[str]) -> Json:
    """Return the figures of one part; those that the task does not have are `None`.

    `auc` is the area under the ROC curve of two classes.
    """
    return {
        "samples": part.samples,
        "cost": finite(part.cost),
        "accuracy": finite(part.accuracy),
        "balanced_accuracy": finite(part.balanced_accuracy),
        "auc": finite(part.roc.area) if part.roc else None,
        "r_squared": finite(part.r_squared),
        "mean_absolute_error": finite(part.mean_absolute_error),
        "root_mean_squared_error": finite(part.root_mean_squared_error),
        "by_target": [_target(target) for target in part.by_target] or None,
        "classes": list(classes) or None,
        "confusion": None if part.confusion is None else part.confusion.tolist(),
        "per_class": None if part.by_class is None else _by_class(part.by_class, classes),
    }


def _target(target: TargetReport) -> Json:
    """Return the figures of one target."""
    return {
        "target": target.name,
        "r_squared": finite(target.r_squared),
        "root_mean_squared_error": finite(target.root_mean_squared_error),
        "mean_absolute_error": finite(target.mean_absolute_error),
    }


def _by_class(report: ClassReport, classes: Sequence[str]) -> list[Json]:
    """Return one entry for each class."""
    columns = (report.precision.tolist(), report.recall.tolist(), report.f1.tolist(), report.support.tolist())
    return [
        {"class": name, "precision": finite(precision), "recall": finite(recall), "f1": finite(f1), "support": support}
        for name, precision, recall, f1, support in zip(classes, *columns, strict=True)
    ]


def _layer(layer: LayerReport) -> Json:
    """Return the figures of one layer; those of weights are `None` for a layer without any."""
    found = layer.statistics
    return {
        "layer": layer.number,
        "kind": layer.kind,
        "output": layer.is_output,
        "activation": layer.activation,
        "units": layer.units,
        "neurons": layer.neurons,
        "distinct_neurons": found.distinct,
        "weight_norm": finite(found.weight_norm),
        "bias_norm": finite(found.bias_norm),
        "gradient_norm": finite(found.gradient_norm),
        "dead": finite(found.dead),
        "saturated": finite(found.saturated),
        "activations": _histogram(found.histogram),
    }


def _histogram(histogram: Histogram) -> Json:
    """Return how the activations are spread: counts, and the edges between them."""
    return {
        "counts": histogram.counts.tolist(),
        "edges": histogram.edges.tolist(),
        "mean": finite(histogram.mean),
        "standard_deviation": finite(histogram.standard_deviation),
        "not_finite": int(histogram.not_finite),
    }
