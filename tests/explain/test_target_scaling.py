"""What is said about the scaling of the targets."""

from __future__ import annotations

import pytest

from nnplayground.explain.target_scaling import auto_note
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.training.run.prepare import prepare
from tests.houses import house_rows, houses
from tests.messages import told


def test_auto_names_the_target_and_its_ends_in_the_training_part() -> None:
    data = prepare(houses("price"))
    prices = [house_rows()[row][2] for row in data.train_rows]
    ends = f"{min(prices):,.0f} and {max(prices):,.0f}"
    assert told(auto_note("auto", data)) == f"Auto: standardized, as price lies between {ends}."
    assert told(auto_note("auto", prepare(houses()))) == f"Auto: all standardized, as price lies between {ends}."


def test_auto_says_when_it_leaves_the_target_alone() -> None:
    plane = Project(data=DataSpec(source=GeneratedSource(name="plane")))
    assert told(auto_note("auto", prepare(plane))) == "Auto: not scaled, as the target is of a usual size."


@pytest.mark.parametrize("choice", ["none", "standardize"])
def test_a_choice_of_a_person_needs_no_reason(choice: str) -> None:
    assert auto_note(choice, prepare(houses("price", target_scaling=choice))) is None


def test_classes_are_never_scaled() -> None:
    assert auto_note("auto", prepare(Project())) is None
