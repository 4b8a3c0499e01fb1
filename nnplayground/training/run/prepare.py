"""From the document to arrays: load the samples, split, compute features, scale, encode.

`prepare` is the only way from a project to training data, for the window and for the commands alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from nnplayground.arrays import Floats, Integers, read_only
from nnplayground.data.class_order import with_class_order
from nnplayground.data.components import Components, principal_components, score_bounds
from nnplayground.data.datasets import generate
from nnplayground.data.drawn_split import first_test_rank, split_points
from nnplayground.data.features import check_features, compute_features, feature_names
from nnplayground.data.image_folder import load_image_folder
from nnplayground.data.images import load_image_set
from nnplayground.data.points import from_points
from nnplayground.data.progress import UNWATCHED, Progress
from nnplayground.data.samples import PARTS, Samples
from nnplayground.data.scaling import AS_THEY_ARE, Scaling, fit_scaling
from nnplayground.data.split import split_given, split_off, split_rows
from nnplayground.data.tables import TableSamples, open_table, table_samples
from nnplayground.data.target_scaling import fit_target_scaling
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.layers import Dense
from nnplayground.errors import InputError, shown
from nnplayground.message import Message
from nnplayground.project.drawing import invitation
from nnplayground.project.model import DataSpec, GeneratedSource, PointsSource, Project, TableSource
from nnplayground.training.run.outputs import OutputRule, output_rule
from nnplayground.training.run.parts import ALL_PARTS, Part, deciding_part
from nnplayground.training.run.streams import Streams

FEWEST_FOR_COMPONENTS = 3
LARGEST_DRAWN = 10.0
"""Drawn values up to this size are trained on as they are; while few are drawn, they may all be nearly equal."""


@dataclass(frozen=True)
class Prepared:
    """Everything a run needs of the data, ready for the network.

    `train_rows`, `validation_rows` and `test_rows` index `samples`; `train_inputs`, `validation_inputs` and
    `test_inputs` are `[samples, features]` after features and scaling, `train_targets`, `validation_targets` and
    `test_targets` `[samples, outputs]` after encoding.
    `target_scaling` brings targets that are numbers to size: one shift and one scale for each output, or none at all
    where targets are trained on as they are.
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
    target_scaling: Scaling = AS_THEY_ARE
    validation_rows: Integers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    validation_inputs: Floats = field(default_factory=lambda: np.empty((0, 0)))
    validation_targets: Floats = field(default_factory=lambda: np.empty((0, 0)))

    @property
    def deciding(self) -> Part:
        """The part whose cost chooses the best epoch: validation, where there is one, else test, else training."""
        return deciding_part(self.present)

    @property
    def present(self) -> tuple[Part, ...]:
        """The parts that have samples."""
        return tuple(part for part in ALL_PARTS if len(self.rows_of(part)))

    def rows_of(self, part: Part) -> Integers:
        """Return the rows of `samples` in one part."""
        return {"train": self.train_rows, "validation": self.validation_rows, "test": self.test_rows}[part]

    def inputs_of(self, part: Part) -> Floats:
        """Return what the network sees of one part `[samples, features]`."""
        return {"train": self.train_inputs, "validation": self.validation_inputs, "test": self.test_inputs}[part]

    def targets_of(self, part: Part) -> Floats:
        """Return what the network is to answer for one part `[samples, outputs]`."""
        return {"train": self.train_targets, "validation": self.validation_targets, "test": self.test_targets}[part]

    def part_of(self, row: int) -> Part:
        """Return the part that a sample belongs to."""
        return ALL_PARTS[int(self.part_numbers[row])]

    @cached_property
    def part_numbers(self) -> Integers:
        """The part of each sample `[samples]`, as its place among all parts: 0 trains, 1 validates, 2 tests."""
        numbers = np.zeros(len(self.samples.inputs), dtype=np.int64)
        for place, part in enumerate(ALL_PARTS):
            numbers[self.rows_of(part)] = place
        return read_only(numbers)

    def answers(self, outputs: Floats) -> Floats:
        """Return what outputs `[outputs, ...]` of the network say: values in the units of the data, else themselves.

        This is the only place where the scaling of the targets is undone.
        """
        if not self.target_scaling.is_used:
            return outputs
        column = (-1, *(1,) * (outputs.ndim - 1))
        shift, scale = (np.array(numbers).reshape(column) for numbers in self._shift_and_scale)
        with np.errstate(all="ignore"):  # a run that diverges has infinite outputs
            answered: Floats = outputs * scale + shift
        return answered

    @cached_property
    def learned_targets(self) -> Floats:
        """The targets of all samples as the cost compares them with outputs, `[samples]` or `[samples, targets]`."""
        if not self.target_scaling.is_used:
            return self.samples.targets
        return self.target_scaling.apply(self.samples.target_columns)

    @property
    def scaled_targets(self) -> int:
        """How many targets are scaled; the cost is that of the scaled ones. 0 where they are learned as they are."""
        return self.rule.targets if self.target_scaling.is_used else 0

    @property
    def _shift_and_scale(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        return self.target_scaling.shift, self.target_scaling.scale

    def of_target(self, place: int) -> Prepared:
        """Return the data as one that predicts a single one of several targets, in its own units, sees them.

        It is for whatever shows one target at a time, and fits what `answers` returns: its targets are not scaled.
        Data with a single target that is not scaled are returned as they are.
        """
        if len(self.samples.target_names) == 1 and not self.target_scaling.is_used:
            return self
        place = self.target_at(place)
        if place not in self._single_targets:
            self._single_targets[place] = self._single(place)
        return self._single_targets[place]

    def answers_for(self, place: int, outputs: Floats) -> Floats:
        """Return what outputs `[outputs, ...]` say as `of_target(place)` reads them: one value, or those of classes."""
        if self.samples.classes:
            return outputs
        place = self.target_at(place)
        return self.answers(outputs)[place : place + 1]

    def target_at(self, place: int) -> int:
        """Return the place of a target, or of the last one where there are fewer."""
        return min(place, len(self.samples.target_names) - 1)

    @cached_property
    def _single_targets(self) -> dict[int, Prepared]:
        return {}

    def _single(self, place: int) -> Prepared:
        """Return the data with one target, and what has been found out about the inputs so far."""
        samples = self.samples.of_target(place)
        train, validation, test = (read_only(samples.target_columns[self.rows_of(part)]) for part in ALL_PARTS)
        single = replace(
            self, samples=samples, rule=replace(self.rule, targets=1), target_scaling=AS_THEY_ARE,
            train_targets=train, validation_targets=validation, test_targets=test,
        )  # fmt: skip
        known = ("input_means", "components", "scores", "score_bounds")
        single.__dict__.update({name: self.__dict__[name] for name in known if name in self.__dict__})
        return single

    @cached_property
    def input_means(self) -> Floats:
        """The mean of each raw input over the training part `[inputs]`."""
        means: Floats = self.samples.inputs[self.train_rows].mean(axis=0)
        return means

    @cached_property
    def input_sizes(self) -> tuple[Floats, Floats]:
        """Mean and standard deviation `[features]` of what the network sees of the training part."""
        return self.train_inputs.mean(axis=0), self.train_inputs.std(axis=0)

    @cached_property
    def largest_share(self) -> float:
        """The share of the training samples that belong to the largest class; 0 where the targets are numbers."""
        if not self.samples.classes:
            return 0.0
        counts = np.bincount(self.samples.targets[self.train_rows].astype(np.int64))
        return float(counts.max() / counts.sum())

    @cached_property
    def components(self) -> Components | None:
        """The principal components of the training part; `None` for fewer than three inputs, which need none."""
        if len(self.samples.input_names) < FEWEST_FOR_COMPONENTS:
            return None
        same_unit = self.samples.image_shape is not None
        return principal_components(self.samples.inputs[self.train_rows], same_unit=same_unit)

    @cached_property
    def scores(self) -> Floats | None:
        """The place of every sample `[samples, 2]` on the plane of the principal components; `None` without one."""
        return None if self.components is None else read_only(self.components.scores(self.samples.inputs))

    @cached_property
    def score_bounds(self) -> Floats:
        """The low and high end `[2, 2]` that a plot should show of the scores; those of nothing without any."""
        return score_bounds(np.zeros((1, 2)) if self.scores is None else self.scores)

    @cached_property
    def notes(self) -> tuple[Message, ...]:
        """What the user should know: what the source of the data has to say, and which classes a part has not."""
        missing = [_note_on_missing(self.samples, part, self.rows_of(part)) for part in self.present]
        return (*self.samples.notes, *filter(None, missing))

    def network_inputs(self, raw: Floats) -> Floats:
        """Return what the network sees `[samples, features]` of raw inputs `[samples, inputs]` in original units."""
        return self.scaling.apply(compute_features(raw, self.features))


def _note_on_missing(samples: Samples, part: Part, rows: Integers) -> Message | None:
    """Tell the classes of which a part has no sample; `None` where it has all."""
    if not samples.classes:
        return None
    present = set(samples.targets[rows].tolist())
    missing = tuple(name for place, name in enumerate(samples.classes) if place not in present)
    if not missing:
        return None
    what = "data.classes_not_seen" if part == "train" else "data.classes_not_measured"
    return Message(what, {"part": part, "missing": len(missing), "classes": missing})


def load_samples(spec: DataSpec, streams: Streams, progress: Progress = UNWATCHED) -> Samples:
    """Return the samples of a data source; raises `InputError` when they cannot be had."""
    source = spec.source
    if isinstance(source, GeneratedSource):
        return generate(
            source.name,
            samples=source.samples,
            noise=source.noise,
            classes=source.classes,
            imbalance=source.imbalance,
            outliers=source.outliers,
            rng=streams.data(),
        )
    if isinstance(source, PointsSource):
        return _drawn_samples(source, spec.test_fraction)
    if isinstance(source, TableSource):
        return _table_samples(source, is_given=spec.split == "given", progress=progress)
    if source.path is None:
        return load_image_set(source.name)
    return load_image_folder(Path(source.path), side=source.side, colour=source.colour, progress=progress)


def _table_samples(source: TableSource, *, is_given: bool, progress: Progress) -> TableSamples:
    """Return the samples of a table; the second file counts only where the split is given."""
    has_test = bool(is_given and source.test_path)
    first = progress.part(0.0, 0.5) if has_test else progress
    table = open_table(source.path, text=source.text, reading=source.reading, progress=first).choosing(source.choices)
    second = progress.part(0.5, 1.0)
    test_table = open_table(source.test_path, reading=source.reading, progress=second) if has_test else None
    samples = table_samples(
        table,
        inputs=source.inputs,
        targets=source.targets,
        task=source.task,
        missing=source.missing,
        test_table=test_table,
        part=source.part,
    )
    return with_class_order(samples, source.classes)


def _drawn_samples(source: PointsSource, test_fraction: float) -> Samples:
    """Return drawn points, with a note while there are so few that all of them train."""
    if missing := invitation(source):
        raise InputError(missing)
    samples = from_points(source.points, classes=source.classes)
    if source.parts:
        return replace(samples, parts=np.array([PARTS.index(part) for part in source.parts]))
    counts = np.bincount(samples.targets.astype(np.int64)) if source.classes else np.array([len(samples.targets)])
    if test_fraction == 0.0 or counts.max() > first_test_rank(test_fraction):
        return samples
    what = "data.few_drawn_of_class" if source.classes else "data.few_drawn"
    return replace(samples, notes=(Message(what, {"point": first_test_rank(test_fraction) + 1}),))


def prepare(project: Project, progress: Progress = UNWATCHED) -> Prepared:
    """Load, split, scale and encode the data of a project; `progress` can end the reading of a file.

    Raises `InputError` with one sentence when the data cannot be had or does not fit the document.
    """
    return prepare_samples(project, load_samples(project.data, Streams(project), progress))


def prepare_samples(project: Project, samples: Samples) -> Prepared:
    """Split, scale and encode samples as the project says, whatever its own source is.

    This is the way in for arrays that are already in memory. Raises `InputError` when they do not fit the document.
    """
    rule = output_rule(project, samples.classes, len(samples.target_names))
    train, validation, test = _split(project, samples)
    features = feature_names(samples, project.data.features)
    values = compute_features(samples.inputs, features)
    check_features(samples.inputs, features, values)
    scaling = fit_scaling(project.data.scaling, values[train])
    inputs, targets = scaling.apply(values), rule.encode(samples.targets)
    target_scaling = _target_scaling(project.data, samples, targets[train])
    if target_scaling.is_used:
        targets = target_scaling.apply(targets)
    _check_finite(inputs)
    if not isinstance(project.data.source, PointsSource):
        _check_enough(samples, train, rule)
    return Prepared(
        samples=samples, train_rows=read_only(train), test_rows=read_only(test), features=features, scaling=scaling,
        rule=rule, train_inputs=read_only(inputs[train]), train_targets=read_only(targets[train]),
        test_inputs=read_only(inputs[test]), test_targets=read_only(targets[test]), target_scaling=target_scaling,
        validation_rows=read_only(validation), validation_inputs=read_only(inputs[validation]),
        validation_targets=read_only(targets[validation]),
    )  # fmt: skip


def _target_scaling(spec: DataSpec, samples: Samples, train_targets: Floats) -> Scaling:
    """Return the scaling of the targets `[samples, outputs]`; that of classes is none.

    That of drawn points is coarse: each new point would move what the network has learned otherwise.
    """
    if samples.classes:
        return AS_THEY_ARE
    is_drawn = isinstance(spec.source, PointsSource)
    if is_drawn and spec.target_scaling == "auto" and np.abs(train_targets).max() <= LARGEST_DRAWN:
        return AS_THEY_ARE
    return fit_target_scaling(spec.target_scaling, train_targets, coarsely=is_drawn)


def _split(project: Project, samples: Samples) -> tuple[Integers, Integers, Integers]:
    """Return the rows that train, validate and test; of drawn points no part changes when another one is drawn."""
    data, streams = project.data, Streams(project)
    if data.split == "given":
        return split_given(samples.parts)
    if isinstance(data.source, PointsSource):
        groups = samples.targets.astype(np.int64) if samples.classes else np.zeros(len(samples.targets), dtype=np.int64)
        return _split_drawing(project, groups)
    count = len(samples.inputs)
    train, test = split_rows(count, test_fraction=data.test_fraction, rng=streams.split())
    train, validation = split_off(train, count=count, fraction=data.validation_fraction, rng=streams.validation())
    return train, validation, test


def _split_drawing(project: Project, groups: Integers) -> tuple[Integers, Integers, Integers]:
    """Return the rows of drawn points that train, validate and test; `groups` holds the class of each."""
    data, streams = project.data, Streams(project)
    return split_points(
        groups,
        test_fraction=data.test_fraction,
        validation_fraction=data.validation_fraction,
        rngs=(streams.split(), streams.validation()),
    )


def drawn_parts(project: Project, groups: Integers) -> Integers:
    """Return the part of each drawn point as an index into `PARTS`, where the split is drawn at random."""
    parts = np.zeros(len(groups), dtype=np.int64)
    for place, rows in enumerate(_split_drawing(project, groups)):
        parts[rows] = place
    return parts


def architecture_of(project: Project, prepared: Prepared) -> Architecture:
    """Return the shape of the network that the project describes for its data.

    Pictures go in as pictures where a layer looks at them so, and as a row of pixels otherwise. Raises `InputError`
    where a layer cannot stand on the one below it.
    """
    hidden = tuple(layer.layer() for layer in project.network.layers)
    pictures = prepared.samples.image_shape if any(layer.reads_pictures for layer in hidden) else None
    output = Dense(prepared.rule.outputs, prepared.rule.activation)
    return Architecture(pictures or (len(prepared.features),), (*hidden, output))


def _check_finite(inputs: Floats) -> None:
    """Refuse inputs that overflowed on the way, for example squares of huge numbers."""
    if not np.isfinite(inputs).all():
        raise InputError("The inputs are too large to compute with; scale them to below 1e150 in the file.")


def _check_enough(samples: Samples, train: Integers, rule: OutputRule) -> None:
    """Refuse samples of which nothing can be learned."""
    for what, targets in (("samples", samples.targets), (f"{len(train)} training samples", samples.targets[train])):
        if samples.classes and (targets == targets[0]).all():
            name = shown(samples.classes[int(targets[0])])
            raise InputError(f"All {what} are of the class {name}; give samples of at least two classes.")
    if len(train) < rule.outputs:
        raise InputError(
            f"There are {len(train)} samples to train {rule.outputs} outputs; there must be at least as many, so give "
            "more samples or a smaller test part."
        )
