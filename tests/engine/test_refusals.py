"""What cannot be is refused when it is put together, with one sentence, and not with a traceback from within NumPy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from nnplayground.engine.architecture import Architecture
from nnplayground.engine.costs import cost_value
from nnplayground.engine.layers import Conv2D, Dense, Dropout, Flatten, MaxPool2D
from nnplayground.engine.network import Evaluation, Network
from nnplayground.errors import InputError

SMALL = Architecture.dense((2, 3, 1), ("tanh", "sigmoid"))
PICTURE = (1, 6, 6)


# As a notebook sees them: no types are checked.
loose: Any = Architecture
loose_dense: Any = Dense
loose_conv: Any = Conv2D
loose_dropout: Any = Dropout


def network() -> Network:
    return Network(SMALL, np.zeros(SMALL.parameter_count))


def evaluation(inputs: tuple[int, ...], targets: tuple[int, ...], cost: str = "mse") -> Evaluation:
    return Evaluation(network(), np.zeros(inputs), np.zeros(targets), cost=cost)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Architecture((2,), ()), "ends in a dense layer"),
        (lambda: Architecture(PICTURE, (Flatten(),)), "ends in a dense layer"),
        (lambda: Architecture((), (Dense(1, "tanh"),)), "at least 1 input"),
        (lambda: Architecture((0,), (Dense(1, "tanh"),)), "at least 1 input"),
        (lambda: Architecture.dense((2, 3), ("tanh", "tanh")), "one activation fewer"),
        (
            lambda: Architecture(PICTURE, (Conv2D(2, 3, "relu"), Dense(1, "tanh"))),
            "Layer 2 of 2: A dense layer cannot stand on 2 × 4 × 4 values; put a flatten layer",
        ),
        (
            lambda: Architecture((36,), (Conv2D(2, 3, "relu"), Flatten(), Dense(1, "tanh"))),
            "Layer 1 of 3: A convolution layer cannot stand on 36 values; it needs pictures",
        ),
        (
            lambda: Architecture(PICTURE, (MaxPool2D(3), MaxPool2D(3), Flatten(), Dense(1, "tanh"))),
            "Layer 2 of 4: .* larger than its pictures of 2 × 2",
        ),
        (lambda: Network(SMALL, np.zeros(12)), "has 13 weights and biases, but the vector .* has the shape .12,."),
        (lambda: loose_dense(2.5, "tanh"), "units of a layer must be a whole number of at least ., not 2.5"),
        (lambda: Dense(True, "tanh"), "units of a layer must be a whole number of at least ., not True"),
        (lambda: loose_dense("3", "tanh"), "units of a layer must be a whole number of at least ., not 3"),
        (
            lambda: loose_conv(2, 3, "relu", stride=1.5),
            "stride of a layer must be a whole number of at least ., not 1.5",
        ),
        (lambda: loose_dropout("a"), "rate of a layer must be a number from 0 to below 1, not a"),
        (lambda: loose((2.5,), (Dense(1, "tanh"),)), "must be of whole numbers"),
        (lambda: Architecture.dense((2, 3, 2), ("softmax", "softmax")), "softmax is for the outputs only"),
        (lambda: Network(SMALL, np.zeros((0, 13))), "has the shape .0, 13."),
        (lambda: network().outputs(np.zeros((2, 5, 2))), "shape .2, 5, 2.; the network needs .samples, 2."),
        (lambda: SMALL.flatten([np.zeros((1, 2)), np.zeros((1, 3))], [np.zeros(3), np.zeros(1)]), "must be .*3, 2"),
        (lambda: SMALL.flatten([np.zeros((3, 2))], [np.zeros(3)]), "must be .*3, 2"),
        (lambda: evaluation((4, 2), (3, 4, 1)), "targets have the shape .3, 4, 1."),
        (lambda: Evaluation(network(), np.full((4, 2), np.nan), np.zeros((4, 1)), cost="mse"), "finite numbers only"),
        (lambda: network().outputs(np.zeros((4, 3))), "shape .4, 3.; the network needs .samples, 2."),
        (lambda: network().outputs(np.zeros(2)), "shape .2,.; the network needs .samples, 2."),
        (lambda: evaluation((0, 2), (0, 1)), "no samples to measure; give at least one"),
        (lambda: evaluation((4, 2), (3, 1)), "targets have the shape .3, 1.; .* must be .4, 1."),
        (lambda: evaluation((4, 2), (4, 2)), "targets have the shape .4, 2.; .* must be .4, 1."),
        (lambda: evaluation((4, 2), (4, 1), "bent"), 'no cost "bent"; there are half_mse'),
        (lambda: evaluation((4, 2), (4, 1), "cross_entropy"), "not defined for sigmoid outputs; it needs softmax"),
        (lambda: cost_value("hinge", output_activation="relu"), "it needs identity or tanh"),
    ],
)
def test_one_sentence(make: Callable[[], object], words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        make()
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)
