"""The result in a terminal: one sentence, then columns that stand below each other."""

from __future__ import annotations

from dataclasses import replace

from nnplayground.explain.terminal import summary
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project, TableSource
from nnplayground.training.observe.report_as_json import report_as_json
from nnplayground.training.observe.reports import make_report
from nnplayground.training.run.run import Run

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60)))


def test_the_summary_puts_figures_in_columns() -> None:
    run = Run(replace(SMALL, network=NetworkSpec(layers=(DenseSpec(units=3),))))
    first = {"epochs": 7, "train_cost": 0.5, "test_cost": 0.25, "train_accuracy": 0.75, "test_accuracy": None}
    figures = {**first, "stop_reason": "max_epochs", **report_as_json(make_report(run), run.data.rule.classes)}
    lines = summary(figures).splitlines()
    assert lines[0] == "7 epochs, train cost 0.5, test cost 0.25, train accuracy 75.0 % (stopped: max epochs)."
    assert lines[3].split() == ["samples", "48", "12"]
    assert any(line.startswith("class (test)") for line in lines)
    assert lines[-2].startswith("1 dense tanh") and lines[-2].endswith("3 of 3")
    assert len(lines[2]) == len(lines[3])


def test_the_summary_of_numbers_tells_fit_and_error() -> None:
    source = TableSource(path="penguins.csv", targets=("body_mass_g",))
    data = DataSpec(source=source, scaling="standardize", test_fraction=0.0)
    run = Run(Project(data=data, training=replace(SMALL.training, l2=0.1)))
    first = {"epochs": 0, "train_cost": None, "test_cost": None, "train_accuracy": None, "test_accuracy": None}
    text = summary({**first, "stop_reason": "diverged", **report_as_json(make_report(run), ())})
    assert text.startswith("0 epochs, train cost - (stopped: diverged).")
    assert "R squared" in text and "mean absolute error" in text and "penalty" in text
    assert "class" not in text and "test" not in text
