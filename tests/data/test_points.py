"""Drawn points become samples in their order."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.data.points import from_points
from nnplayground.errors import InputError


def test_points_with_classes_keep_their_order() -> None:
    samples = from_points([(1.0, 2.0, 1.0), (-3.0, 4.0, 0.0), (0.0, 0.0, 1.0)], classes=("no", "yes"))
    assert samples.inputs.tolist() == [[1.0, 2.0], [-3.0, 4.0], [0.0, 0.0]]
    assert samples.targets.tolist() == [1.0, 0.0, 1.0]
    assert (samples.task, samples.classes, samples.input_names) == (
        "classification",
        ("no", "yes"),
        ("x1", "x2"),
    )


def test_points_without_classes_hold_values() -> None:
    samples = from_points([(1.0, 2.0, 0.25)], classes=())
    assert samples.task == "regression"
    assert samples.targets.tolist() == [0.25]


def test_the_plot_shows_the_usual_square_when_all_points_fit() -> None:
    samples = from_points([(-6.0, 6.0, 0.0), (5.0, 1.0, 0.0)], classes=())
    assert samples.bounds.tolist() == [[-6.0, 6.0], [-6.0, 6.0]]


def test_the_plot_is_widened_only_where_points_stick_out() -> None:
    samples = from_points([(10.0, 0.0, 0.0), (0.0, -8.0, 0.0)], classes=())
    assert samples.bounds == pytest.approx(np.array([[-6.0, 10.0 + 0.05 * 16.0], [-8.0 - 0.05 * 14.0, 6.0]]))


@pytest.mark.parametrize(
    ("points", "classes", "said"),
    [
        ([], ("a", "b"), "at least one"),
        ([(0.0, 0.0, 2.0)], ("a", "b"), "class 2"),
        ([(0.0, 0.0, 0.0)], ("a",), "at least two"),
        ([(0.0, np.nan, 0.0)], (), "nan"),
        ([(np.inf, 0.0, 0.0)], (), "inf"),
        ([(0.0, 0.0, np.nan)], (), "targets hold nan"),
    ],
)
def test_points_that_cannot_be_learned_are_refused(
    points: list[tuple[float, float, float]], classes: tuple[str, ...], said: str
) -> None:
    with pytest.raises(InputError) as caught:
        from_points(points, classes=classes)
    assert said in str(caught.value)
