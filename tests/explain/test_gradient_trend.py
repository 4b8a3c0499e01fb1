"""The sentence about gradients over the epochs, from lengths made by hand."""

from __future__ import annotations

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.explain.gradient_trend import EARLY, trend_finding
from nnplayground.explain.layer_names import OUTPUT
from tests.made_layers import finding_words

NAMES = (1, OUTPUT)


def norms(first: float, last: float, *, share: float = 0.5, epochs: int = 40) -> Floats:
    """Return lengths that go evenly from one to another; the first layer has this share of the output's."""
    way = np.geomspace(first, last, epochs)
    return np.concatenate([np.full((2, 1), np.nan), np.stack([share * way, way])], axis=1)


def test_a_few_epochs_tell_nothing_yet() -> None:
    assert trend_finding(norms(1.0, 1.0, epochs=4), NAMES) is EARLY
    assert trend_finding(np.empty((0, 0)), ()) is EARLY


def test_a_gradient_that_vanishes_comes_first() -> None:
    found = trend_finding(norms(1.0, 0.001, share=0.001), NAMES)
    assert finding_words(found) == ("Layer 1 gets 1,000 times less than the output: the gradient vanishes.", True)


def test_gradients_that_become_small_together_settle() -> None:
    found = trend_finding(norms(1.0, 1e-3), NAMES)
    assert not found.warns and finding_words(found)[0].endswith("it settles.")


def test_gradients_that_grow_are_a_warning() -> None:
    assert trend_finding(norms(1e-3, 1.0), NAMES).warns


def test_steady_ones_are_no_news() -> None:
    assert finding_words(trend_finding(norms(1.0, 0.8), NAMES))[0].startswith("The layers keep together")


def test_a_layer_that_nothing_reaches_is_named() -> None:
    found = norms(1.0, 1.0)
    found[0, 1:] = 0.0
    assert finding_words(trend_finding(found, NAMES)) == ("Nothing reaches layer 1: it cannot learn.", True)
    found[1, 1:] = 0.0
    assert finding_words(trend_finding(found, NAMES))[0] == "0 in every layer: nothing changes any more."


def test_layers_without_a_gradient_at_first_have_not_grown() -> None:
    found = norms(1.0, 1.0)
    found[:, 1:20] = 0.0
    assert not trend_finding(found, NAMES).warns
    found = norms(1.0, 1.0)
    found[0, 1:20] = 0.0
    assert finding_words(trend_finding(found, NAMES))[0].startswith("The layers keep together")


def test_one_layer_alone_has_a_trend_too() -> None:
    assert finding_words(trend_finding(norms(1.0, 1e-3)[1:], NAMES[1:]))[0].endswith("it settles.")
