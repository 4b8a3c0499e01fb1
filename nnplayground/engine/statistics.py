"""What goes on inside one layer: how large its weights and gradients are, and whether its units still learn.

Two things stop a unit from learning: it may be dead, or its weighted sums lie where the activation function is flat.
Both are read from the derivative that the table of activations itself uses, so a new activation needs nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats, Integers, read_only
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.metrics import distinct_neurons
from nnplayground.errors import InputError

BINS = 32
FLAT_SHARE = 0.05
NARROWEST = 2.0**-40  # of the largest value: a range that still has different edges for 32 bins
LARGEST = float(np.finfo(np.float64).max)


@dataclass(frozen=True, eq=False)
class Histogram:
    """How values are spread: `counts[bins]` between `edges[bins + 1]`, from the smallest to the largest value.

    Only finite values are counted; `not_finite` says how many there were besides. Values that are all (nearly) equal
    lie in the middle of a range around them. Without any finite value the edges run from 0 to 1, and `mean` and
    `standard_deviation` (of the values counted, divided by their number) are NaN.
    """

    counts: Integers
    edges: Floats
    mean: float
    standard_deviation: float
    not_finite: int


@dataclass(frozen=True, eq=False)
class LayerStatistics:
    """One layer in numbers.

    - `weight_norm`, `bias_norm`: Euclidean (Frobenius) norms of the weights without and of the biases alone;
      `gradient_norm`: of the gradient of both. None where the layer has no parameters or no gradient was given.
    - `distinct`: how many neurons differ in a weight or the bias; None without parameters.
    - `dead`: the share of units whose derivative f'(z) is exactly 0 at every sample, so that nothing in front of them
      learns from these samples. ReLU dies where all sums are 0 or less (Maas, Hannun and Ng 2013; Lu et al. 2020); a
      step has no other derivative, so all its units count. Smooth functions only get there by rounding, for example
      tanh beyond |z| = 19, and the Gaussian exactly on its top; identity, leaky ReLU and sine never.
    - `saturated`: the share of pairs (unit, sample) with z in a flat end of the function: f goes to a finite limit on
      that side, and from z outwards |f'| is at most 5 % of its largest value anywhere. Tanh and sigmoid have two flat
      ends (|z| > 2.2 and 4.4; Glorot and Bengio 2010), ReLU and its smooth relatives one (Gulcehre et al. 2016). For
      ReLU it is the share of zeros: about a half is healthy (Glorot, Bordes and Bengio 2011), and only units that are
      flat for every sample are dead. Always 0 without a flat end (identity, leaky ReLU, sine), always 1 for a step.
    - `histogram`: of the activations; `weights`: of the weights without the biases; `gradients`: of the gradient of
      both. None like the norms.
    - `variation`: how much the activation of a unit changes from sample to sample: its standard deviation over the
      samples, averaged over the units. Where it is 0, all samples look the same behind the layer.

    A softmax output is taken as the sigmoid of its lead over the other outputs, f' = a (1 - a). A sum that is NaN
    makes its unit neither dead nor saturated, and a unit that is switched off is neither.
    """

    weight_norm: float | None
    bias_norm: float | None
    gradient_norm: float | None
    distinct: int | None
    dead: float
    saturated: float
    histogram: Histogram
    weights: Histogram | None = None
    gradients: Histogram | None = None
    variation: float = float("nan")


@dataclass(frozen=True, eq=False)
class UnitStatistics:
    """The units of one layer: which of them are `dead`, and at how many samples each is saturated, `[units]`.

    Both words mean what they mean in `LayerStatistics`. `preactivations` `[units, samples]` is what the activation
    function is read at: the weighted sums, and for softmax the lead of an output over the others.
    """

    preactivations: Floats
    dead: NDArray[np.bool_]
    flat_samples: Integers

    @property
    def saturated(self) -> Floats:
        """The share of samples at which each unit is saturated `[units]`."""
        shares: Floats = self.flat_samples / self.preactivations.shape[1]
        return shares


def layer_statistics(
    preactivations: Floats,
    activations: Floats,
    *,
    activation: str,
    matrix: Floats | None = None,
    gradient: Floats | None = None,
    off: Sequence[int] = (),
) -> LayerStatistics:
    """Return the statistics of a layer with weighted sums z and activations a = f(z), both `[units, samples]`.

    `matrix` is `[out, in + 1]` with the biases in the last column, `gradient` has its shape; both may be left out,
    as for a layer without parameters. A convolution has one row for each filter and several units for each row. A
    layer without an activation function (pooling, dropout) is `identity` with z = a. The units `off` are switched off.
    Numbers that are not finite are allowed. Raises `InputError` for an unknown activation, shapes that do not belong
    together, and a layer without units or samples.
    """
    _check(preactivations, activations, activation, matrix, gradient)
    with np.errstate(all="ignore"):
        units = unit_statistics(preactivations, activations, activation=activation, off=off)
        return LayerStatistics(
            weight_norm=None if matrix is None else _norm(matrix[:, :-1]),
            bias_norm=None if matrix is None else _norm(matrix[:, -1]),
            gradient_norm=None if gradient is None else _norm(gradient),
            distinct=None if matrix is None else distinct_neurons(matrix),
            dead=float(units.dead.mean()),
            saturated=float(units.flat_samples.sum() / preactivations.size),
            histogram=histogram(activations),
            weights=None if matrix is None else histogram(matrix[:, :-1]),
            gradients=None if gradient is None else histogram(gradient),
            variation=_variation(activations),
        )


def unit_statistics(
    preactivations: Floats, activations: Floats, *, activation: str, off: Sequence[int] = ()
) -> UnitStatistics:
    """Return for each unit of a layer whether it still learns; the arrays are those of `layer_statistics`."""
    with np.errstate(all="ignore"):
        slope, preactivations = _own_slope(activation, preactivations, activations)
        slope[list(off)] = np.nan  # that of an answer of 0, which some functions have nowhere
        steepest, low, high = _flat_ends(activation)
        flat = (np.abs(slope) <= FLAT_SHARE * steepest) & ((preactivations < low) | (preactivations > high))
    return UnitStatistics(preactivations, (slope == 0.0).all(axis=1), flat.sum(axis=1))


def flat_ends(activation: str) -> int:
    """Return at how many ends a function is flat: 2 for tanh, 1 for ReLU, 0 for identity; a step is flat everywhere."""
    with np.errstate(all="ignore"):
        _, low, high = _flat_ends(activation)
    return int(low > -np.inf) + int(high < np.inf)


def histogram(values: Floats) -> Histogram:
    """Return how the values of an array of any shape are spread, in `BINS` bins of equal width."""
    finite = values[np.isfinite(values)].astype(np.float64)
    if not finite.size:
        nothing = np.zeros(BINS, dtype=np.int64)
        return Histogram(
            read_only(nothing), read_only(np.linspace(0.0, 1.0, BINS + 1)), np.nan, np.nan, not_finite=values.size
        )
    # All is done on values below 1 in size, so that no sum, square or width overflows; a power of two does not round.
    # The mean is taken of what goes beyond one of the values, so that equal values have exactly the deviation 0.
    exponent = int(np.frexp(np.abs(finite).max())[1])
    with np.errstate(all="ignore"):
        small = np.ldexp(finite, -exponent)
        beyond = small - small[0]
        counts, edges = np.histogram(small, bins=BINS, range=_range(small))
        return Histogram(
            counts=read_only(counts.astype(np.int64, copy=False)),
            edges=read_only(np.clip(np.ldexp(edges, exponent), -LARGEST, LARGEST)),
            mean=float(np.ldexp(small[0] + beyond.mean(), exponent)),
            standard_deviation=float(np.ldexp(beyond.std(), exponent)),
            not_finite=values.size - finite.size,
        )


def _range(values: Floats) -> tuple[float, float]:
    """Return the smallest and the largest value, or half as much more on both sides where they hardly differ."""
    low, high = float(values.min()), float(values.max())
    largest = max(abs(low), abs(high))
    if high - low > NARROWEST * largest:
        return low, high
    margin = 0.5 * largest or 0.5
    return low - margin, high + margin


def _own_slope(activation: str, preactivations: Floats, activations: Floats) -> tuple[Floats, Floats]:
    """Return f'(z) of every unit and sample by the table of activations, NaN where z is, and z itself."""
    preactivations, activations = (
        np.asarray(preactivations, dtype=np.float64),
        np.asarray(activations, dtype=np.float64),
    )
    if activation == "softmax":
        # The outputs depend on all sums; each alone is the sigmoid of ln(a / (1 - a)), its lead over the others.
        activation, preactivations = "sigmoid", np.log(activations) - np.log1p(-activations)
    slope = np.ones(preactivations.shape)
    entry = ACTIVATIONS[activation]
    entry.backward(slope, preactivations, activations, entry.scratch_for(slope))
    slope[np.isnan(preactivations)] = np.nan  # a comparison with NaN would make it 0
    return slope, preactivations


@cache
def _flat_ends(activation: str) -> tuple[float, float, float]:
    """Return the largest |f'|, and the z below and above which the function is flat (infinite where it never is).

    Found by looking: a function that has a finite limit on a side has the derivative 0 far out there.
    """
    places = np.concatenate([[-1e4], np.linspace(-10.0, 10.0, 1001), [1e4]])
    activation = "sigmoid" if activation == "softmax" else activation
    values = np.empty_like(places)
    ACTIVATIONS[activation].value(places, values)
    slope = np.abs(_own_slope(activation, places, values)[0])
    steep = places[slope > FLAT_SHARE * slope.max()]
    low = steep.min(initial=np.inf) if slope[0] == 0.0 else -np.inf
    high = steep.max(initial=-np.inf) if slope[-1] == 0.0 else np.inf
    return float(slope.max()), float(low), float(high)


def _variation(activations: Floats) -> float:
    """Return the mean over the units of the standard deviation over the samples, of activations `[units, samples]`.

    What goes beyond the first sample is taken, so that equal answers have exactly the deviation 0.
    """
    return float((activations - activations[:, :1]).std(axis=1).mean())


def _norm(values: Floats) -> float:
    """Return the Euclidean norm of all values; the largest is divided out first, so that no square overflows."""
    largest = float(np.abs(values).max(initial=0.0))
    if not 0.0 < largest < np.inf:
        return largest
    return largest * float(np.linalg.norm(values / largest))


def _check(
    preactivations: Floats, activations: Floats, activation: str, matrix: Floats | None, gradient: Floats | None
) -> None:
    """Raise `InputError` for arrays that do not belong to one layer."""
    if activation not in ACTIVATIONS:
        raise InputError(f'There is no activation "{activation}"; there are {", ".join(ACTIVATIONS)}.')
    if preactivations.shape != activations.shape or preactivations.ndim != 2 or not preactivations.size:
        raise InputError(
            f"Weighted sums of shape {preactivations.shape} and activations of shape {activations.shape} do not belong "
            "to one layer; both need the shape [units, samples], with at least 1 of each."
        )
    if matrix is not None and gradient is not None and matrix.shape != gradient.shape:
        raise InputError(
            f"A gradient of shape {gradient.shape} does not belong to a matrix of shape {matrix.shape}; "
            "both need the same shape."
        )
    for kind, array in (("matrix", matrix), ("gradient", gradient)):
        if array is not None and (array.ndim != 2 or not array.size or len(preactivations) % len(array)):
            raise InputError(
                f"A {kind} of shape {array.shape} does not belong to a layer of {len(preactivations)} units; "
                "it needs the shape [out, in + 1], with a row for each unit or filter."
            )
