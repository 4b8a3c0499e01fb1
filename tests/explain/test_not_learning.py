"""Why nothing is learned: the cause is named where there is one, and mended by its edit; no others are bothered."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnplayground.data.datasets import GENERATORS
from nnplayground.explain.not_learning import FEWEST_EPOCHS, Situation, find_cause, is_suspicious, since
from nnplayground.explain.remedies import FASTER, REMEDIES, SLOWER, remedy_of, rounded_rate
from nnplayground.explain.texts import CAUSES
from nnplayground.explain.words import words_of
from nnplayground.message import Message
from nnplayground.project.edits import freeze
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.observe.reports import make_report
from nnplayground.training.run.run import Run
from tests.houses import house_rows, houses

PENGUINS = DataSpec(source=TableSource(path="penguins.csv", targets=("species",)), scaling="standardize")


def generated(name: str) -> Project:
    """Return the starter network on a generated set."""
    return Project(data=DataSpec(source=GeneratedSource(name=name)))


def with_rate(project: Project, rate: float) -> Project:
    """Return a project with another learning rate."""
    optimizer = replace(project.training.optimizer, learning_rate=rate)
    return replace(project, training=replace(project.training, optimizer=optimizer))


def with_activation(project: Project, activation: str) -> Project:
    """Return a project whose two hidden layers have another activation."""
    layers = (DenseSpec(units=4, activation=activation), DenseSpec(units=2, activation=activation))
    return replace(project, network=replace(project.network, layers=layers))


def situation_of(run: Run, *, with_report: bool = True) -> Situation:
    """Return how a run stands."""
    has_diverged = run.stop is not None and run.stop.has_diverged
    report = make_report(run) if with_report else None
    return Situation(run.project, run.data, run.history.curve(), report, has_diverged)


def cause_after(project: Project, epochs: int) -> Message | None:
    """Return what is found after so many epochs."""
    run = Run(project)
    run.train_epochs(epochs)
    return find_cause(situation_of(run))


def causes_on_the_way(project: Project, epochs: int) -> list[Message]:
    """Return everything that is found on the way."""
    run, found = Run(project), []
    while run.epoch < epochs:
        run.train_epochs(10)
        found.append(find_cause(situation_of(run)))
    return [message for message in found if message is not None]


@pytest.mark.parametrize("name", GENERATORS)
def test_the_starter_network_is_never_bothered(name: str) -> None:
    assert causes_on_the_way(generated(name), 200) == []


@pytest.mark.parametrize(
    ("data", "epochs"),
    [(PENGUINS, 200), (DataSpec(source=ImagesSource(name="digits")), 60)],
    ids=["penguins", "digits"],
)
def test_penguins_and_digits_are_never_bothered(data: DataSpec, epochs: int) -> None:
    assert causes_on_the_way(Project(data=data), epochs) == []


@pytest.mark.parametrize("targets", [("price",), ("rent",), ("price", "rent")])
def test_targets_that_are_learned_as_they_are_are_never_bothered_once_auto_scales_them(
    targets: tuple[str, ...],
) -> None:
    assert causes_on_the_way(houses(*targets), 100) == []


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("targets", [("price",), ("price", "rent")])
def test_house_prices_as_they_are_name_the_target(activation: str, targets: tuple[str, ...]) -> None:
    found = cause_after(with_activation(houses(*targets, target_scaling="none"), activation), 60)
    assert found is not None and found.id == "targets_unscaled"
    assert found.facts["target"] == "price"
    prices = [row[2] for row in house_rows()]
    assert min(prices) <= float(str(found.facts["low"]).replace(",", "")) <= 1.1 * min(prices)
    assert "price lies between" in words_of(found) and "Scale the target" in words_of(found)


def test_the_target_is_named_before_there_is_a_report_and_where_training_diverged() -> None:
    run = Run(houses("price", target_scaling="none"))
    run.train_epochs(FEWEST_EPOCHS)
    found = find_cause(situation_of(run, with_report=False))
    assert found is not None and found.id == "targets_unscaled"
    diverged = Run(with_rate(houses("price", target_scaling="none"), 10.0))
    diverged.train_epochs(50)
    assert diverged.stop is not None and diverged.stop.rule == "diverged"
    found = find_cause(situation_of(diverged))
    assert found is not None and found.id == "targets_unscaled"


@pytest.mark.parametrize("rate", [1000.0, 100.0, 10.0])
@pytest.mark.parametrize("name", ["circle", "xor", "spiral"])
def test_too_large_a_rate_with_relu_names_the_rate(name: str, rate: float) -> None:
    found = cause_after(with_rate(with_activation(generated(name), "relu"), rate), 60)
    assert found is not None and (found.id, found.facts["rate"]) == ("rate_too_large", rate)


def test_a_rate_of_1000_with_relu_tells_of_the_jump_and_of_the_dead_half() -> None:
    found = cause_after(with_rate(with_activation(generated("circle"), "relu"), 1000.0), 60)
    assert found is not None
    first, highest, dead = (found.facts[name] for name in ("first", "highest", "dead"))
    assert isinstance(first, float) and first < 1.0
    assert isinstance(highest, float) and highest > 100.0
    assert dead == 1.0
    sentence = words_of(found)
    assert sentence.startswith("The learning rate 1,000 is too large: the cost rose from 0.7")
    assert "100 % of the units of a layer are dead" in sentence


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
def test_inputs_as_they_are_name_the_largest_one(activation: str) -> None:
    project = with_activation(Project(data=replace(PENGUINS, scaling="none")), activation)
    found = cause_after(project, 60)
    assert found is not None
    assert (found.id, found.facts["input"]) == ("inputs_unscaled", "body_mass_g")


@pytest.mark.parametrize("rate", [1e-6, 1e-5])
@pytest.mark.parametrize("name", ["circle", "xor", "spiral"])
def test_too_small_a_rate_names_the_rate(name: str, rate: float) -> None:
    found = cause_after(with_rate(generated(name), rate), 60)
    assert found is not None and (found.id, found.facts["rate"]) == ("rate_too_small", rate)


def test_a_network_that_cannot_bend_answers_the_mean() -> None:
    project = replace(generated("hills"), network=NetworkSpec(layers=()))
    assert cause_after(project, 60) is None  # a plateau may be a long one
    found = cause_after(project, 200)
    assert found is not None and found.id == "answers_mean"
    assert remedy_of(found) is None


@pytest.mark.parametrize(("imbalance", "share"), [(0.0, 0.5), (0.5, 0.67)])
def test_a_network_of_zeros_takes_every_sample_for_the_largest_class(imbalance: float, share: float) -> None:
    zeros = NetworkSpec(layers=(DenseSpec(units=2),), initializer=InitializerSpec(name="constant", value=0.0))
    source = GeneratedSource(name="circle", imbalance=imbalance)
    found = cause_after(Project(data=DataSpec(source=source), network=zeros), 200)
    assert found is not None and (found.id, found.facts["class"]) == ("answers_one_class", "orange")
    assert found.facts["share"] == pytest.approx(share, abs=0.01)


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
def test_outputs_that_cannot_reach_the_target_are_named(activation: str) -> None:
    points = tuple((x1, x2, -3.0 - x1) for x1, x2, _, _ in house_rows())
    source = PointsSource(task="regression", classes=(), points=points)
    project = Project(data=DataSpec(source=source), network=NetworkSpec(output_activation=activation))
    found = cause_after(project, 60)
    assert found is not None and (found.id, found.facts["activation"]) == ("out_of_reach", activation)
    remedy = remedy_of(found)
    assert remedy is not None and cause_after(remedy.edit(project), 60) is None


@pytest.mark.parametrize(
    "project",
    [
        houses("price", target_scaling="none"),
        Project(data=replace(PENGUINS, scaling="none")),
        with_rate(with_activation(generated("circle"), "relu"), 10.0),
        with_rate(generated("circle"), 1e-5),
    ],
    ids=["targets", "inputs", "large rate", "small rate"],
)
def test_the_edit_mends_the_cause(project: Project) -> None:
    found, edits = cause_after(project, 100), 0
    while found is not None:
        remedy = remedy_of(found)
        assert remedy is not None and edits < 4  # a tenth at a time
        project, edits = remedy.edit(project), edits + 1
        found = cause_after(project, 100)
    assert edits > 0


def test_nothing_is_said_before_enough_epochs_and_of_what_is_good() -> None:
    run = Run(houses("price", target_scaling="none"))
    run.train_epochs(FEWEST_EPOCHS - 1)
    assert not is_suspicious(situation_of(run)) and find_cause(situation_of(run)) is None
    good = Run(generated("circle"))
    good.train_epochs(100)
    assert not is_suspicious(situation_of(good))


def test_a_curve_since_an_epoch_begins_there() -> None:
    run = Run(generated("circle"))
    run.train_epochs(10)
    curve = run.history.curve()
    part = since(curve, 4)
    assert len(part) == 7
    assert np.array_equal(part.train_cost, curve.train_cost[4:])
    assert np.array_equal(part.gradient_norms, curve.gradient_norms[:, 4:])
    assert not part.has_validation
    project = generated("circle")
    run = Run(replace(project, data=replace(project.data, validation_fraction=0.2)))
    run.train_epochs(10)
    assert np.array_equal(since(run.history.curve(), 4).validation_cost, run.history.curve().validation_cost[4:])


def test_where_everything_is_frozen_the_rate_is_not_to_blame() -> None:
    run = Run(generated("spiral"))
    places = [
        (layer, unit, source)
        for layer, matrix in enumerate(run.architecture.weights(run.network.parameters))
        for unit, row in enumerate(matrix)
        for source in (*range(len(row)), None)
    ]
    project = run.project
    for layer, unit, source in places:
        project = freeze(project, layer, unit, source, 0.1)
    assert "rate_too_small" not in {message.id for message in causes_on_the_way(project, 60)}


@pytest.mark.parametrize(
    ("rate", "factor", "expected"),
    [(0.3, SLOWER, 0.03), (0.03, SLOWER, 0.003), (1e6, SLOWER, 1e5), (7.0, SLOWER, 0.7), (0.003, FASTER, 0.03),
     (5e6, FASTER, 1e7), (1e7, FASTER, 1e7), (5e-324, SLOWER, 5e-324)],
)  # fmt: skip
def test_another_rate_is_written_without_tails_and_within_its_limits(
    rate: float, factor: float, expected: float
) -> None:
    assert rounded_rate(rate, factor) == expected


def test_every_remedy_belongs_to_a_cause() -> None:
    assert set(REMEDIES) <= set(CAUSES)
    project = Project(training=TrainingSpec())
    assert all(remedy.edit(project) != project for remedy in REMEDIES.values())
