"""Reports as JSON: names beside numbers, and never a number that JSON does not have."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from nnplayground.engine.metrics import class_report
from nnplayground.json_values import finite
from nnplayground.project.model import DataSpec, GeneratedSource, Project, TableSource
from nnplayground.training.observe.report_as_json import report_as_json
from nnplayground.training.observe.reports import PartReport, make_report
from nnplayground.training.run.run import Run
from tests.projects import projects

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60)))


@pytest.mark.parametrize(("value", "expected"), [(None, None), (nan, None), (inf, None), (-inf, None), (0.5, 0.5)])
def test_what_is_not_finite_becomes_null(value: float | None, expected: float | None) -> None:
    assert finite(value) == expected


def test_a_class_that_is_never_predicted_has_no_precision() -> None:
    report = make_report(Run(SMALL))
    confusion = np.array([[5, 0], [3, 0]])
    part = PartReport(8, nan, accuracy=0.625, confusion=confusion, by_class=class_report(confusion))
    plain = report_as_json(replace(report, train=part, test=None), ("a", "b"))
    assert plain["test"] is None
    assert plain["train"]["cost"] is None
    assert plain["train"]["confusion"] == [[5, 0], [3, 0]]
    assert plain["train"]["per_class"][1] == {"class": "b", "precision": None, "recall": 0.0, "f1": 0.0, "support": 3}


def test_numbers_have_no_classes() -> None:
    source = TableSource(path="penguins.csv", targets=("body_mass_g",))
    run = Run(Project(data=DataSpec(source=source, scaling="standardize")))
    part = report_as_json(make_report(run), ())["train"]
    assert (part["accuracy"], part["classes"], part["confusion"], part["per_class"]) == (None, None, None, None)
    assert part["mean_absolute_error"] > 0.0


def test_two_classes_have_the_area_under_their_roc_curve_and_no_others() -> None:
    run = Run(SMALL)
    run.train_epochs(2)
    report = make_report(run)
    assert report.train.roc is not None and report.test is not None and report.test.roc is not None
    plain = report_as_json(report, run.data.rule.classes)
    assert plain["train"]["auc"] == report.train.roc.area
    assert plain["test"]["auc"] == report.test.roc.area
    species = TableSource(path="penguins.csv", targets=("species",))
    three = Run(Project(data=DataSpec(source=species, scaling="standardize")))
    assert report_as_json(make_report(three), three.data.rule.classes)["train"]["auc"] is None


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects())
def test_every_legal_project_can_be_reported_as_json(project: Project) -> None:
    run = Run(project)
    run.train(3)
    plain = report_as_json(make_report(run), run.data.rule.classes)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert len(plain["layers"][-1]["activations"]["edges"]) == len(plain["layers"][-1]["activations"]["counts"]) + 1
