"""Formulas, one input, and a split of its own in a run."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnplayground.errors import InputError
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project, TableSource
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.many.multi_seed_runs import train_many
from nnplayground.training.observe.maps import MapMaker, MapRequest
from nnplayground.training.run.prepare import prepare
from nnplayground.training.run.run import Run

SMALL = GeneratedSource(samples=60)
WAVE = "x1^2 + sin(3*x2)"


def of(**data: Any) -> Project:
    return Project(data=DataSpec(**{"source": SMALL, **data}))


def trained(project: Project) -> Run:
    run = Run(project)
    run.train_epochs(3)
    return run


def inputs_of(run: Run) -> dict[str, list[float]]:
    """Return the weights that leave each input, by its name."""
    first = run.architecture.weights(run.network.parameters)[0]
    return {name: first[:, place].tolist() for place, name in enumerate(run.data.features)}


def test_the_network_sees_the_value_of_a_formula() -> None:
    data = prepare(of(features=("x2", WAVE), test_fraction=0.0))
    x1, x2 = data.samples.inputs.T
    assert data.features == ("x2", WAVE)
    assert data.train_inputs == pytest.approx(np.column_stack((x2, x1**2 + np.sin(3.0 * x2))), rel=1e-14)


def test_features_of_a_table_with_two_columns_are_computed_of_its_columns() -> None:
    source = TableSource(path="penguins.csv", inputs=("bill_length_mm", "bill_depth_mm"), targets=("species",))
    data = prepare(of(source=source, features=("x1/x2",), test_fraction=0.0))
    length, depth = data.samples.inputs.T
    assert data.train_inputs[:, 0] == pytest.approx(length / depth, rel=1e-14)


def test_a_formula_without_a_value_at_a_sample_is_refused() -> None:
    with pytest.raises(InputError, match=r"The feature log\(x1\) has no value at the sample x1 = −"):
        prepare(of(features=("x1", "log(x1)")))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("x1", "x2"), ("x1", "x2", WAVE)),
        (("x1", WAVE, "x2"), ("x1", "x2")),
        (("x1", "x2", WAVE), ("x1", "x2", "x1^2 + sin(2*x2)")),
        (("x1", WAVE, "x2", "x1 + x2"), (WAVE, "x2^3", "x1")),
    ],
)
def test_other_features_keep_the_weights_of_those_that_stay(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    old = trained(of(features=before))
    new = Run(of(features=after), after=old)
    kept, found = inputs_of(old), inputs_of(new)
    assert list(found) == list(after)
    for name, weights in found.items():
        assert weights == (kept[name] if name in before else [0.0] * 4)  # a new input says nothing at first


def test_another_split_keeps_the_weights_the_first_weights_and_the_points() -> None:
    old = trained(of())
    other = of(split_seed=9)
    new = Run(other, after=old)
    assert np.array_equal(new.network.parameters, old.network.parameters)
    assert np.array_equal(Run(other).network.parameters, Run(of()).network.parameters)
    assert np.array_equal(new.data.samples.inputs, old.data.samples.inputs)
    assert set(new.data.test_rows.tolist()) != set(old.data.test_rows.tolist())
    assert len(new.data.test_rows) == len(old.data.test_rows)


def test_a_split_follows_the_seed_of_the_project_until_it_has_its_own() -> None:
    def tests(project_seed: int, split_seed: int | None) -> list[int]:
        return list(prepare(replace(of(split_seed=split_seed), seed=project_seed)).test_rows)

    assert tests(1, None) == tests(1, 1) == tests(2, 1)
    assert tests(2, None) != tests(1, None)


def test_many_runs_share_a_split_that_has_its_own_seed() -> None:
    project = replace(of(split_seed=5), training=TrainingSpec(stop=StopSpec(max_epochs=2)))
    many = train_many(project, [1, 2])
    for place, seed in enumerate((1, 2)):
        alone = Run(replace(project, seed=seed))
        alone.train_epochs(2)
        assert many.parameters[place] == pytest.approx(alone.network.parameters, abs=1e-12)


@pytest.mark.parametrize("feature", ["log(x1 + 5.2)", "1/(x1 - 5.9)", "sqrt(5.2 - abs(x2))", "exp(exp(x1*1.2))"])
def test_maps_of_features_without_a_value_somewhere_do_not_warn_and_are_right_elsewhere(feature: str) -> None:
    project = of(features=("x1", feature))  # the points of the circle lie within 5 of the origin
    run = Run(project)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        maps = MapMaker().make(run.architecture, run.network.parameters, run.data, MapRequest(0, 1, 24))
    inputs, outputs = maps.layers[0], maps.layers[-1]
    unknown = np.isnan(inputs[1])
    assert np.isfinite(inputs[0]).all()
    assert np.isfinite(outputs[0][~unknown]).all()
    assert not np.isinf(inputs).any()
    assert np.isnan(outputs[0][unknown]).all()
    assert not unknown.all()


def test_a_sine_wave_of_one_input_is_learned() -> None:
    project = Project(
        data=DataSpec(source=GeneratedSource(name="sine", samples=300, noise=0.1)),
        network=NetworkSpec(layers=(DenseSpec(8), DenseSpec(8))),
        training=TrainingSpec(optimizer=OptimizerSpec(name="adam", learning_rate=0.02)),
    )
    run = Run(project)
    assert run.data.features == ("x1",)
    run.train_epochs(300)
    for part in run.measures():
        assert part.score is not None and part.score > 0.9
