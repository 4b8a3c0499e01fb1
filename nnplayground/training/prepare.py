"""From the document to arrays: load the samples, split, compute features, scale, encode.

`prepare` is the only way from a project to training data, for the window and for the commands alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnplayground.arrays import Floats, Integers, read_only
from nnplayground.data.datasets import generate
from nnplayground.data.features import compute_features, feature_names
from nnplayground.data.points import from_points
from nnplayground.data.samples import Samples
from nnplayground.data.scaling import Scaling, fit_scaling
from nnplayground.data.split import split_rows
from nnplayground.data.tables import open_table, table_samples
from nnplayground.engine.architecture import Architecture
from nnplayground.errors import InputError
from nnplayground.project.model import DataSpec, GeneratedSource, PointsSource, Project, TableSource
from nnplayground.training.outputs import OutputRule, output_rule
from nnplayground.training.streams import Streams


@dataclass(frozen=True)
class Prepared:
    """Everything a run needs of the data, ready for the network.

    `train_rows` and `test_rows` index `samples`; `train_inputs` and `test_inputs` are `[samples, features]` after
    features and scaling, `train_targets` and `test_targets` `[samples, outputs]` after encoding.
    """

    samples: Samples
    train_rows: Integers
    test_rows: Integers
    features: tuple[str, ...]
    scaling: Scaling
    rule: OutputRule
    train_inputs: Floats
    train_targets: Floats
    test_inputs: Floats
    test_targets: Floats

    @cached_property
    def input_means(self) -> Floats:
        """The mean of each raw input over the training part `[inputs]`."""
        means: Floats = self.samples.inputs[self.train_rows].mean(axis=0)
        return means

    def network_inputs(self, raw: Floats) -> Floats:
        """Return what the network sees `[samples, features]` of raw inputs `[samples, inputs]` in original units."""
        return self.scaling.apply(compute_features(raw, self.features))


def load_samples(spec: DataSpec, streams: Streams) -> Samples:
    """Return the samples of a data source; raises `InputError` when they cannot be had."""
    source = spec.source
    if isinstance(source, GeneratedSource):
        return generate(source.name, samples=source.samples, noise=source.noise, rng=streams.data())
    if isinstance(source, PointsSource):
        return from_points(source.points, classes=source.classes)
    if isinstance(source, TableSource):
        table = open_table(source.path)
        return table_samples(table, inputs=source.inputs, target=source.target, task=source.task)
    raise InputError(
        f'data.source.kind is "images" (the set "{source.name}"); training on pictures is not available yet, '
        'so it must be "generated", "points" or "table".'
    )


def prepare(project: Project) -> Prepared:
    """Load, split, scale and encode the data of a project.

    Raises `InputError` with one sentence when the data cannot be had or does not fit the document.
    """
    streams = Streams(project)
    samples = load_samples(project.data, streams)
    rule = output_rule(project, samples.classes)
    train, test = split_rows(len(samples.inputs), test_fraction=project.data.test_fraction, rng=streams.split())
    features = feature_names(samples, project.data.features)
    values = compute_features(samples.inputs, features)
    scaling = fit_scaling(project.data.scaling, values[train])
    inputs, targets = scaling.apply(values), rule.encode(samples.targets)
    _check_finite(inputs)
    return Prepared(
        samples=samples, train_rows=read_only(train), test_rows=read_only(test), features=features, scaling=scaling,
        rule=rule, train_inputs=read_only(inputs[train]), train_targets=read_only(targets[train]),
        test_inputs=read_only(inputs[test]), test_targets=read_only(targets[test]),
    )  # fmt: skip


def architecture_of(project: Project, prepared: Prepared) -> Architecture:
    """Return the shape of the network that the project describes for its data."""
    layers = project.network.layers
    sizes = (len(prepared.features), *(layer.units for layer in layers), prepared.rule.outputs)
    return Architecture.dense(sizes, (*(layer.activation for layer in layers), prepared.rule.activation))


def _check_finite(inputs: Floats) -> None:
    """Refuse inputs that overflowed on the way, for example squares of huge numbers."""
    if not np.isfinite(inputs).all():
        raise InputError("The inputs are too large to compute with; scale them to below 1e150 in the file.")
