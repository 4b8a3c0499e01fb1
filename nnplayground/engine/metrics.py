"""How good the outputs are, in words that a person uses: accuracy for classes, R² for numbers.

Classes are counted once, into a confusion matrix; what is said about single classes is read from it. For two classes
the ROC curve tells what other thresholds than the present one would give.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, Integers, read_only
from nnplayground.errors import InputError


def accuracy(predicted: Integers, true: Integers) -> Floats:
    """Return the share of samples whose class was predicted right, 0 to 1, `[...]` for classes `[..., samples]`.

    It is NaN without samples. Raises `InputError` where the shapes differ.
    """
    _check_same_shape(predicted, true)
    hits = predicted == true
    right: Any = np.count_nonzero(hits) if hits.ndim == 1 else np.count_nonzero(hits, axis=-1)  # an axis costs time
    with np.errstate(invalid="ignore"):
        share: Floats = right / np.float64(true.shape[-1])
    return share


def r_squared(outputs: Floats, targets: Floats) -> Floats:
    """Return 1 - Σ(t - o)² / Σ(t - mean t)², `[...]` for values `[..., samples]`; NaN when all targets are equal.

    Raises `InputError` where the shapes differ or there are no samples.
    """
    _check_same_shape(outputs, targets)
    if not targets.size:
        raise InputError("There are no targets to compare outputs with; give at least one.")
    with np.errstate(all="ignore"):  # a run that diverges has infinite outputs
        spread = np.square(targets - targets.mean(axis=-1, keepdims=True)).sum(axis=-1)
        left = np.square(targets - outputs).sum(axis=-1) / spread
    is_level = targets.min(axis=-1) == targets.max(axis=-1)  # the mean of equal numbers may be rounded
    result: Floats = np.where(is_level, np.nan, 1.0 - left)
    return result


def mean_r_squared(outputs: Floats, targets: Floats) -> Floats:
    """Return the mean of R² over the targets that vary, `[...]` for values `[targets, ..., samples]`.

    Each target has the same weight, whatever its unit (the uniform average of scikit-learn). NaN where none varies.
    """
    if len(outputs) == 1:
        return r_squared(outputs[0], targets[0])
    each = r_squared(outputs, targets)
    varies = targets.min(axis=-1) < targets.max(axis=-1)
    with np.errstate(all="ignore"):
        mean: Floats = np.where(varies, each, 0.0).sum(axis=0) / np.count_nonzero(varies, axis=0)
    return mean


def root_mean_squared_error(outputs: Floats, targets: Floats) -> float:
    """Return √(mean of (t - o)²) over samples, in the unit of the target.

    Both arrays have one shape. Raises `InputError` where they differ or hold nothing.
    """
    _check_same_values(outputs, targets)
    with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges has infinite outputs
        return float(np.sqrt(np.square(outputs - targets).mean()))


def mean_absolute_error(outputs: Floats, targets: Floats) -> float:
    """Return the mean of |t - o| over samples and outputs, in the unit of the targets (Willmott and Matsuura 2005).

    Both arrays have one shape, in any order of axes. Raises `InputError` where they differ or hold nothing.
    """
    _check_same_values(outputs, targets)
    with np.errstate(over="ignore", invalid="ignore"):  # a run that diverges has infinite outputs
        return float(np.abs(outputs - targets).mean())


def confusion_matrix(predicted: Integers, true: Integers, classes: int) -> Integers:
    """Return how often each class was taken for each: counts `[true class, predicted class]`.

    `predicted` and `true` hold one class index per sample, `[samples]`. Raises `InputError` where their shapes differ
    or an index is not one of 0 to `classes` - 1.
    """
    if predicted.shape != true.shape or true.ndim != 1:
        raise InputError(
            f"Predicted classes of shape {predicted.shape} and true classes of shape {true.shape} do not belong "
            "together; both need one class for each sample."
        )
    for kind, found in (("predicted", predicted), ("true", true)):
        if found.size and not 0 <= found.min() <= found.max() < classes:
            raise InputError(
                f"The {kind} classes reach from {found.min()} to {found.max()}; "
                f"with {classes} classes they must lie in 0 to {classes - 1}."
            )
    # Each pair is one number in a system with the base `classes`; its place in the flat matrix.
    counts = np.bincount(true * classes + predicted, minlength=classes * classes)
    return counts.reshape(classes, classes).astype(np.int64, copy=False)


@dataclass(frozen=True, eq=False)
class ClassReport:
    """What the predictions are worth for each class; every array is `[classes]`.

    With the samples of a class that were found TP, those of other classes taken for it FP, and those missed FN:

    - `precision` = TP / (TP + FP), NaN for a class that is never predicted: there is nothing to be right about;
    - `recall` = TP / (TP + FN), NaN for a class that does not occur;
    - `f1` = 2 TP / (2 TP + FP + FN), their harmonic mean where both exist (van Rijsbergen 1979), 0 for a class that
      occurs or is predicted but never rightly, and NaN only for a class that neither occurs nor is predicted;
    - `support` = TP + FN, how many samples the class has.
    """

    precision: Floats
    recall: Floats
    f1: Floats
    support: Integers


def class_report(confusion: Integers) -> ClassReport:
    """Return precision, recall, F1 and support of each class from counts `[true class, predicted class]`."""
    hits, support, predicted = np.diagonal(confusion), confusion.sum(axis=1), confusion.sum(axis=0)
    return ClassReport(
        precision=_shares(hits, predicted),
        recall=_shares(hits, support),
        f1=_shares(2 * hits, support + predicted),
        support=read_only(support),
    )


def balanced_accuracy(confusion: Integers) -> float:
    """Return the mean recall over the classes that occur, 0 to 1; NaN when there are no samples.

    Unlike accuracy it does not rise when a large class is always guessed (Brodersen et al. 2010; for more than two
    classes the mean is taken over all of them, as scikit-learn does). `confusion` is `[true class, predicted class]`.
    """
    recall = class_report(confusion).recall
    occurring = recall[~np.isnan(recall)]
    return float(occurring.mean()) if occurring.size else float("nan")


def _shares(parts: Integers, wholes: Integers) -> Floats:
    """Return parts / wholes, NaN where the whole is 0."""
    return read_only(np.divide(parts, wholes, out=np.full(len(wholes), np.nan), where=wholes > 0))


MOST_POINTS = 256


@dataclass(frozen=True, eq=False)
class RocCurve:
    """What each threshold would give: a sample is taken for the positive class if its score is at least that high.

    `thresholds` `[points]` fall from infinity, where nothing is taken for it, to the lowest score, where everything is;
    `false_positives` and `true_positives` `[points]` are the shares of the other and of the positive class that are
    taken for it, and rise from 0 to 1. `area` is what lies under the whole curve: the probability that a sample of the
    positive class has a higher score than one of the other, where equal scores count one half.
    """

    thresholds: Floats
    false_positives: Floats
    true_positives: Floats
    area: float


def roc_curve(scores: Floats, positive: NDArray[np.bool_], *, most: int = MOST_POINTS) -> RocCurve | None:
    """Return the curve of receiver operating characteristics for scores `[samples]` (Fawcett 2006, algorithm 1).

    Samples with equal scores move the curve together, in one straight line. More than `most` points are thinned evenly
    along the curve; the area is that of all. `None` where it is not defined: a class has no samples, or a score is no
    number. Raises `InputError` where the shapes differ.
    """
    _check_same_shape(scores, positive)
    positives = int(np.count_nonzero(positive))
    negatives = len(scores) - positives
    if not positives or not negatives or np.isnan(scores).any():
        return None
    order = np.argsort(-scores, kind="stable")
    falling = scores[order]
    ends = np.append(np.flatnonzero(falling[1:] != falling[:-1]), len(falling) - 1)  # the last of each equal scores
    found = np.cumsum(positive[order])[ends]
    true = np.append(0.0, found / positives)
    false = np.append(0.0, (ends + 1 - found) / negatives)
    kept = _evenly(false + true, most)
    return RocCurve(
        thresholds=read_only(np.append(np.inf, falling[ends])[kept].astype(np.float64)),
        false_positives=read_only(false[kept]),
        true_positives=read_only(true[kept]),
        area=area_under(false, true),
    )


def area_under(across: Floats, up: Floats) -> float:
    """Return the area between 0 and the straight lines through points `[points]`, whose `across` never falls."""
    return float((np.diff(across) * (up[1:] + up[:-1]) / 2.0).sum())


def _evenly(places: Floats, most: int) -> Integers:
    """Return which of the rising `places` `[points]` to keep: at most so many, the ends always, evenly spread."""
    if len(places) <= most:
        return np.arange(len(places))
    wanted = np.linspace(places[0], places[-1], most)
    return np.unique(np.append(np.searchsorted(places, wanted[:-1]), len(places) - 1))


def distinct_neurons(matrix: Floats) -> int:
    """Return how many rows of `[out, in + 1]` differ from all rows before them."""
    plain = matrix + 0.0  # turns -0.0 into 0.0, so that equal numbers have equal bytes
    return len({row.tobytes() for row in plain})


def _check_same_values(outputs: Floats, targets: Floats) -> None:
    """Refuse arrays of different shapes, and such as hold nothing."""
    if outputs.shape != targets.shape or not outputs.size:
        raise InputError(
            f"Outputs of shape {outputs.shape} cannot be compared with targets of shape {targets.shape}; "
            "both need the same shape and at least one value."
        )


def _check_same_shape(one: Floats | Integers, other: Floats | Integers | NDArray[np.bool_]) -> None:
    """Refuse arrays that do not belong together."""
    if one.shape != other.shape:
        raise InputError(f"Outputs of shape {one.shape} cannot be compared with targets of shape {other.shape}.")
