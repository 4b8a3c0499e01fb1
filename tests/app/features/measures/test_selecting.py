"""What a place in the confusion matrix stands for: rows counted by hand, and words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from nnplayground.app.features.measures.selecting import Choice, choice_words, chosen_rows
from nnplayground.training.observe.reports import PartReport, Report
from nnplayground.training.run.parts import Part
from tests.app.features.measures.made_reports import layer
from tests.app.snapshots import made_data

# Rows 0 to 4 train, 5 and 6 test; their true classes, and those for which they are taken.
TRUE = [0, 0, 1, 1, 0, 0, 1]
DATA = made_data([[0.0, 0.0]] * 7, TRUE, test=(5, 6))
TRAIN = PartReport(5, 0.5, predicted=np.array([0, 1, 1, 0, 1]))
REPORT = Report(TRAIN, PartReport(2, 0.5, predicted=np.array([1, 1])), 0.0, (layer(1),), 5)
NAMES = ("a", "b")


@pytest.mark.parametrize(
    ("choice", "part", "rows"),
    [
        (Choice(0, 0), "train", [0]),
        (Choice(0, 1), "train", [1, 4]),
        (Choice(1, None), "train", [2, 3]),
        (Choice(None, 1), "train", [1, 2, 4]),
        (Choice(0, 1), "test", [5]),
        (Choice(None, 0), "test", []),
    ],
)
def test_a_choice_stands_for_the_samples_that_its_place_counts(choice: Choice, part: Part, rows: list[int]) -> None:
    found = chosen_rows(choice, REPORT, DATA, part=part)
    assert found is not None and found.tolist() == rows


def test_a_report_that_does_not_tell_or_is_of_other_data_gives_none() -> None:
    silent = replace(REPORT, train=PartReport(5, 0.5), test=None)
    assert chosen_rows(Choice(0, 0), silent, DATA, part="train") is None
    assert chosen_rows(Choice(0, 0), silent, DATA, part="test") is None
    other = replace(REPORT, train=PartReport(3, 0.5, predicted=np.array([0, 1, 0])))
    assert chosen_rows(Choice(0, 0), other, DATA, part="train") is None


@pytest.mark.parametrize(
    ("choice", "count", "part", "words"),
    [
        (Choice(0, 1), 12, "test", "12 test samples of class a taken for b"),
        (Choice(1, 1), 1, "train", "1 training sample of class b recognized"),
        (Choice(0, None), 1200, "train", "1,200 training samples of class a"),
        (Choice(None, 1), 0, "test", "0 test samples taken for b"),
    ],
)
def test_a_choice_is_said_in_words(choice: Choice, count: int, part: Part, words: str) -> None:
    assert choice_words(choice, count, NAMES, part=part) == words
