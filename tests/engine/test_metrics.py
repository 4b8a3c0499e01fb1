"""Metrics against counting by hand, another library's values, and laws that hold for any prediction."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.arrays import Floats, Integers
from nnplayground.engine.metrics import (
    RocCurve,
    accuracy,
    area_under,
    balanced_accuracy,
    class_report,
    confusion_matrix,
    mean_absolute_error,
    roc_curve,
)
from nnplayground.errors import InputError

NAN = math.nan
CLASSES = 6

# scikit-learn 1.9.1: confusion_matrix, precision_recall_fscore_support(zero_division=nan) and
# balanced_accuracy_score. Class 3 is predicted but does not occur, class 4 the other way round, class 5 neither.
TRUE = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 0, 1, 2, 4, 4]
PREDICTED = [0, 0, 0, 1, 3, 1, 1, 0, 2, 2, 2, 0, 2, 2, 0, 0, 1, 2, 3, 3]
CONFUSION = [
    [4, 1, 0, 1, 0, 0],
    [1, 3, 0, 0, 0, 0],
    [1, 0, 4, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [1, 0, 2, 2, 0, 0],
    [0, 0, 0, 0, 0, 0],
]
PRECISION = [0.5714285714285714, 0.75, 0.6666666666666666, 0.0, NAN, NAN]
RECALL = [0.6666666666666666, 0.75, 0.8, NAN, 0.0, NAN]
F1 = [0.6153846153846154, 0.75, 0.7272727272727273, 0.0, 0.0, NAN]
BALANCED = 0.5541666666666667

PAIRS = st.lists(st.tuples(st.integers(0, CLASSES - 1), st.integers(0, CLASSES - 1)), min_size=1, max_size=40)


def columns(pairs: list[tuple[int, int]]) -> tuple[Integers, Integers]:
    """Return the predicted and the true classes of pairs (predicted, true)."""
    predicted, true = zip(*pairs, strict=True)
    return np.array(predicted), np.array(true)


def counted(pairs: list[tuple[int, int]]) -> Integers:
    return confusion_matrix(*columns(pairs), CLASSES)


def test_the_values_are_those_of_scikit_learn() -> None:
    confusion = confusion_matrix(np.array(PREDICTED), np.array(TRUE), CLASSES)
    report = class_report(confusion)
    assert confusion.tolist() == CONFUSION
    np.testing.assert_allclose(report.precision, PRECISION, rtol=1e-14)
    np.testing.assert_allclose(report.recall, RECALL, rtol=1e-14)
    np.testing.assert_allclose(report.f1, F1, rtol=1e-14)
    assert report.support.tolist() == [6, 4, 5, 0, 5, 0]
    assert balanced_accuracy(confusion) == pytest.approx(BALANCED, rel=1e-14)


def test_a_rare_class_that_is_always_missed_costs_half_of_the_balanced_accuracy() -> None:
    predicted, true = np.zeros(100, dtype=int), np.repeat([0, 1], [99, 1])
    assert accuracy(predicted, true) == 0.99
    assert balanced_accuracy(confusion_matrix(predicted, true, 2)) == 0.5


@given(PAIRS)
def test_a_cell_counts_the_samples_of_one_class_taken_for_another(pairs: list[tuple[int, int]]) -> None:
    expected = [[pairs.count((guess, truth)) for guess in range(CLASSES)] for truth in range(CLASSES)]
    assert counted(pairs).tolist() == expected


@given(PAIRS)
def test_the_report_follows_the_definitions(pairs: list[tuple[int, int]]) -> None:
    report = class_report(counted(pairs))
    for kind in range(CLASSES):
        found = sum(guess == truth == kind for guess, truth in pairs)
        wrong = sum(guess == kind != truth for guess, truth in pairs)
        missed = sum(guess != kind == truth for guess, truth in pairs)
        assert report.support[kind] == found + missed
        for value, part, whole in (
            (report.precision[kind], found, found + wrong),
            (report.recall[kind], found, found + missed),
            (report.f1[kind], 2 * found, 2 * found + wrong + missed),
        ):
            assert value == part / whole if whole else math.isnan(value)


@given(PAIRS)
def test_rows_sum_to_the_support_and_the_diagonal_to_the_accuracy(pairs: list[tuple[int, int]]) -> None:
    confusion, (predicted, true) = counted(pairs), columns(pairs)
    assert confusion.sum(axis=1).tolist() == [int((true == kind).sum()) for kind in range(CLASSES)]
    assert confusion.trace() / confusion.sum() == accuracy(predicted, true)


@given(PAIRS, st.data())
def test_the_order_of_the_samples_does_not_matter(pairs: list[tuple[int, int]], data: st.DataObject) -> None:
    assert (counted(pairs) == counted(data.draw(st.permutations(pairs)))).all()


@given(PAIRS)
def test_f1_lies_between_precision_and_recall(pairs: list[tuple[int, int]]) -> None:
    report = class_report(counted(pairs))
    for precision, recall, f1 in zip(report.precision, report.recall, report.f1, strict=True):
        if not math.isnan(precision + recall):
            assert min(precision, recall) - 1e-15 <= f1 <= max(precision, recall) + 1e-15


@given(PAIRS)
def test_a_perfect_prediction_has_the_balanced_accuracy_one(pairs: list[tuple[int, int]]) -> None:
    _, true = columns(pairs)
    assert balanced_accuracy(confusion_matrix(true, true, CLASSES)) == 1.0


@given(PAIRS)
def test_the_balanced_accuracy_forgets_how_large_the_classes_are(pairs: list[tuple[int, int]]) -> None:
    plain = balanced_accuracy(counted(pairs))
    assert balanced_accuracy(counted(pairs + [pair for pair in pairs if pair[1] == 0])) == pytest.approx(plain)


def test_without_samples_nothing_is_defined() -> None:
    nothing = np.zeros(0, dtype=int)
    confusion = confusion_matrix(nothing, nothing, 2)
    assert confusion.tolist() == [[0, 0], [0, 0]]
    assert math.isnan(balanced_accuracy(confusion))
    assert np.isnan(class_report(confusion).f1).all()


@pytest.mark.parametrize(
    ("predicted", "true", "words"),
    [
        ([0, 1], [0], "do not belong together"),
        ([[0, 1]], [[0, 1]], "one class for each sample"),
        ([0, 3], [0, 1], "predicted classes reach from 0 to 3; with 3 classes they must lie in 0 to 2"),
        ([0, 1], [-1, 1], "true classes reach from -1 to 1"),
    ],
)
def test_classes_that_cannot_be_counted_are_refused(predicted: list[int], true: list[int], words: str) -> None:
    with pytest.raises(InputError, match=words):
        confusion_matrix(np.array(predicted), np.array(true), 3)


def test_the_mean_absolute_error_is_taken_over_samples_and_outputs() -> None:
    outputs, targets = np.array([[1.0, -2.0], [0.5, 4.0], [0.0, 0.0]]), np.array([[2.0, 2.0], [0.5, 3.0], [0.0, -6.0]])
    assert mean_absolute_error(outputs, targets) == (1.0 + 4.0 + 0.0 + 1.0 + 0.0 + 6.0) / 6.0
    assert mean_absolute_error(outputs.T, targets.T) == mean_absolute_error(outputs, targets)


def test_outputs_of_a_run_that_diverged_have_no_finite_error() -> None:
    assert mean_absolute_error(np.array([np.inf, 1.0]), np.zeros(2)) == np.inf
    assert math.isnan(mean_absolute_error(np.array([np.inf, 1.0]), np.array([np.inf, 1.0])))


@pytest.mark.parametrize(("outputs", "targets"), [((3, 1), (3,)), ((0, 2), (0, 2))])
def test_outputs_without_their_targets_are_refused(outputs: tuple[int, ...], targets: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="same shape and at least one value"):
        mean_absolute_error(np.zeros(outputs), np.zeros(targets))


SCORED = st.lists(st.tuples(st.sampled_from([-1.0, 0.0, 0.25, 0.5, 0.75, 1.0, 9.0]), st.booleans()), min_size=2).filter(
    lambda samples: len({positive for _, positive in samples}) == 2
)


def roc_of(samples: list[tuple[float, bool]], *, most: int = 256) -> RocCurve:
    """Return the curve of pairs of a score and whether the sample is of the positive class."""
    scores, positive = zip(*samples, strict=True)
    found = roc_curve(np.array(scores), np.array(positive), most=most)
    assert found is not None
    return found


@given(SCORED)
def test_the_area_counts_pairs_that_are_in_the_right_order(samples: list[tuple[float, bool]]) -> None:
    """That is the statistic of Mann and Whitney (1947) over the number of pairs; equal scores count one half."""
    pairs = [
        1.0 if above > below else 0.5 if above == below else 0.0
        for above, is_positive in samples
        if is_positive
        for below, other in samples
        if not other
    ]
    assert roc_of(samples).area == pytest.approx(sum(pairs) / len(pairs))


@given(SCORED)
def test_every_point_of_the_curve_is_what_its_threshold_gives(samples: list[tuple[float, bool]]) -> None:
    curve = roc_of(samples)
    for threshold, false, true in zip(curve.thresholds, curve.false_positives, curve.true_positives, strict=True):
        found = [score >= threshold for score, positive in samples if positive]
        wrong = [score >= threshold for score, positive in samples if not positive]
        assert (false, true) == pytest.approx((sum(wrong) / len(wrong), sum(found) / len(found)))
    assert (curve.false_positives[0], curve.true_positives[0]) == (0.0, 0.0)
    assert (curve.false_positives[-1], curve.true_positives[-1]) == (1.0, 1.0)
    assert len(curve.thresholds) == 1 + len({score for score, _ in samples})


def test_a_curve_of_many_samples_is_thinned_and_keeps_its_area_and_ends() -> None:
    random = np.random.default_rng(1)
    positive = random.random(5000) < 0.3
    scores: Floats = random.normal(size=5000) + positive
    whole, few = roc_curve(scores, positive, most=5001), roc_curve(scores, positive, most=50)
    assert whole is not None and few is not None
    assert len(few.thresholds) <= 50 < len(whole.thresholds)
    assert few.area == whole.area
    assert (few.thresholds[0], few.true_positives[-1]) == (np.inf, 1.0)
    assert area_under(few.false_positives, few.true_positives) == pytest.approx(whole.area, abs=0.002)


def test_without_both_classes_or_with_answers_that_are_no_numbers_there_is_no_curve() -> None:
    scores = np.array([0.1, 0.9])
    assert roc_curve(scores, np.array([True, True])) is None
    assert roc_curve(scores, np.array([False, False])) is None
    assert roc_curve(np.array([np.nan, 0.9]), np.array([False, True])) is None
    sure = roc_curve(np.array([-np.inf, np.inf]), np.array([False, True]))
    assert sure is not None and sure.area == 1.0
    with pytest.raises(InputError, match="cannot be compared"):
        roc_curve(scores, np.array([True]))


def test_the_area_under_a_triangle() -> None:
    assert area_under(np.array([0.0, 2.0]), np.array([0.0, 3.0])) == 3.0
