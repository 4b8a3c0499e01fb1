"""The sentences about layers: what is seen is said, what should worry is marked, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import numpy as np
import pytest

from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.statistics import histogram
from nnplayground.explain.flatness import is_too_flat
from nnplayground.explain.layer_findings import (
    Finding,
    activations_finding,
    dead_finding,
    gradients_finding,
    saturated_finding,
    weights_finding,
)
from nnplayground.training.observe.reports import LayerReport
from tests.made_layers import finding_words, healthy, named, output, spread

NOT_FINITE = histogram(np.array([1.0, nan, inf]))


def weights(now: float, start: float) -> Finding:
    return weights_finding(
        named(
            healthy(1),
            healthy(2, weights=spread(now)),
            start=(healthy(1), healthy(2, weights=spread(start))),
        )
    )


class TestWeights:
    def test_that_which_has_grown_most_is_named(self) -> None:
        assert finding_words(weights(3.0, 1.0)) == ("Layer 2 grew most: 3 times as wide as at the start.", False)

    def test_very_wide_weights_are_a_warning(self) -> None:
        assert weights(30.0, 1.0).warns

    def test_shrunken_ones_are_told(self) -> None:
        assert finding_words(weights(0.5, 1.0)) == ("Layer 2 shrank to 0.5 of its first width, as penalties do.", False)

    def test_little_change_is_no_news(self) -> None:
        assert finding_words(weights(1.05, 1.0))[0].startswith("About as wide")

    def test_equal_weights_and_those_that_are_no_numbers_are_warnings(self) -> None:
        level = weights_finding(named(healthy(1, weights=histogram(np.full(6, 0.5)))))
        assert finding_words(level) == ("All weights of layer 1 are equal: draw them at random.", True)
        assert weights_finding(named(healthy(1, weights=NOT_FINITE))).warns

    def test_without_a_start_nothing_is_compared(self) -> None:
        assert "start" not in finding_words(weights_finding(named(healthy(1))))[0]


class TestActivations:
    def test_samples_that_look_alike_behind_deep_layers_are_a_warning(self) -> None:
        found = activations_finding(named(healthy(1, variation=0.5), healthy(2, variation=0.001), output(3)))
        assert finding_words(found) == ("500 times flatter from layer 1 to layer 2: samples look alike.", True)

    def test_so_is_a_layer_that_lets_nothing_pass(self) -> None:
        found = activations_finding(named(healthy(1), healthy(2, variation=0.0), output(3)))
        assert finding_words(found) == ("In layer 2 all samples look the same: nothing passes.", True)

    def test_the_output_may_be_as_flat_as_it_likes(self) -> None:
        assert not activations_finding(named(healthy(1), output(2, variation=1e-9))).warns
        assert finding_words(activations_finding(named(output(1))))[0].startswith("The answers of the network")

    def test_answers_that_are_no_numbers_are_a_warning(self) -> None:
        assert activations_finding(named(healthy(1, histogram=NOT_FINITE), output(2))).warns


class TestGradients:
    @pytest.mark.parametrize(
        ("first", "last", "words", "warns"),
        [
            (1e-5, 0.01, "Layer 1 gets 1,000 times less than the output: the gradient vanishes.", True),
            (0.002, 0.04, "Layer 1 gets 20 times less than the output: it learns slowly.", False),
            (5.0, 0.01, "Layer 1 gets 500 times more than the output: the gradient explodes.", True),
            (0.1, 0.2, "All layers within a factor of 2: each can learn.", False),
            (0.0, 0.2, "Nothing reaches layer 1: it cannot learn.", True),
            (0.0, 0.0, "Nearly 0 everywhere: it has settled, or it is stuck.", False),
            (nan, 0.2, "Not finite: the steps were too large.", True),
        ],
    )
    def test_what_reaches_the_first_layer_is_told(self, first: float, last: float, words: str, warns: bool) -> None:
        layers = named(healthy(1, gradient_norm=first), output(2, gradient_norm=last))
        assert finding_words(gradients_finding(layers)) == (words, warns)

    def test_a_single_layer_has_nothing_to_be_compared_with(self) -> None:
        assert not gradients_finding(named(output(1))).warns


class TestUnits:
    def test_dead_units_are_counted_where_there_are_most(self) -> None:
        layers = named(healthy(1, dead=0.25), healthy(2, dead=0.5), output(3))
        assert finding_words(dead_finding(layers)) == ("2 of 4 in layer 2 let no gradient through.", True)
        assert not dead_finding(named(healthy(1), output(2))).warns

    @pytest.mark.parametrize(
        ("activation", "share", "warns"),
        [
            ("tanh", 0.49, False),
            ("tanh", 0.6, True),
            ("relu", 0.6, False),
            ("relu", 0.95, True),
            ("identity", 0.0, False),
        ],
    )
    def test_how_much_may_be_flat_depends_on_the_activation(self, activation: str, share: float, warns: bool) -> None:
        one = healthy(1, activation=activation, saturated=share)
        assert is_too_flat(one) == saturated_finding(named(one, output(2))).warns == warns

    def test_a_sure_output_is_no_warning(self) -> None:
        assert not saturated_finding(named(healthy(1), output(2, saturated=1.0))).warns
        assert not is_too_flat(output(2, saturated=1.0))

    @pytest.mark.parametrize("activation", [name for name, entry in ACTIVATIONS.items() if entry.hidden])
    def test_every_activation_can_be_told_of(self, activation: str) -> None:
        one: LayerReport = healthy(1, activation=activation, saturated=0.3)
        assert finding_words(saturated_finding(named(one, output(2))))[0]
        pool = replace(one, activation=None, kind="max_pool2d", neurons=None)
        assert finding_words(saturated_finding(named(pool, output(2))))[0]
