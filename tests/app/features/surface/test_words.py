"""What a cost surface says of itself, sentence by sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnplayground.app.features.surface import words
from nnplayground.app.features.surface.shading import scale_of
from nnplayground.app.text.names import Names
from nnplayground.engine.architecture import Architecture
from nnplayground.explain.figures import number_text
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.surface import SurfaceRequest
from nnplayground.training.observe.surface_directions import Slice
from tests.app.features.surface.made import ARCHITECTURE, HERE, NOWHERE, made_moment, made_path, made_surface

NAMES = Names(ARCHITECTURE, (), ("x1", "x2"), ("output",))


def test_a_slice_says_how_many_directions_it_leaves_out_and_how_far_the_path_is_off_it() -> None:
    assert words.slice_sentence(made_surface()) == (
        "A slice: 2 of 3 directions, random ones, where 1 is as long as the weights of each neuron. The path is "
        "projected onto it; it runs up to 0.600 off it, at epoch 0 (60 % of its distance from here)."
    )


def test_a_path_in_the_slice_is_not_said_to_leave_it() -> None:
    path = replace(made_path(), off=np.zeros(3))
    assert words.slice_sentence(made_surface(path=path)).endswith("The path is projected onto it, and runs in it.")


def test_without_a_path_nothing_is_said_of_one() -> None:
    assert "path" not in words.slice_sentence(made_surface(path=NOWHERE))


def test_the_moment_of_the_map_and_that_of_the_network_are_told_apart() -> None:
    surface = made_surface()
    assert words.moment_words(surface, made_moment()) == "Around epoch 120, where the network is now."
    later = made_moment(parameters=HERE + np.array([0.1, 0.0, 0.25]), epoch=240)
    assert words.moment_words(surface, later) == (
        "Around epoch 120; the network is at epoch 240 now, 0.250 off the slice."
    )
    away = made_moment(parameters=HERE + np.array([3.0, 0.0, 0.0]), epoch=240)
    assert words.moment_words(surface, away).endswith("at epoch 240 now, outside the map.")


def test_a_map_of_another_network_or_of_before_a_change_says_so() -> None:
    other = replace(made_moment(), architecture=Architecture.dense((2, 2, 1), ("tanh", "tanh")))
    assert "another shape" in words.moment_words(made_surface(), other)
    assert "before the last change" in words.moment_words(made_surface(), replace(made_moment(), generation=2))


def test_what_is_measured_and_what_the_colours_leave_out_is_told() -> None:
    costs = np.linspace(1.0, 2.0, 33 * 33).reshape(33, 33).copy()
    costs[0, :10], costs[1, :5] = 1e9, np.nan
    surface = replace(
        made_surface(costs=costs, request=SurfaceRequest(part="test", penalized=True)), part_samples=9_000
    )
    scale = scale_of(costs, log=False)
    assert words.cost_words(surface, scale) == (
        "Test cost with penalty, 33 × 33 points, on 3 of 9,000 samples, spread evenly; 0.9 % of the points cost more "
        f"than {number_text(scale.high)} and have its colour; for 0.5 % the cost is beyond all numbers (grey)."
    )


def test_a_moment_of_the_path_tells_its_true_cost_beside_that_of_the_slice() -> None:
    assert words.path_words(made_surface(), 1, 0.3) == (
        "epoch 60 of the path: really 0.500; 0.300 off the slice, which has 0.300 here"
    )
    assert words.path_words(made_surface(), 2, 0.1).endswith("really 0.100, on the slice")


def test_axes_are_called_by_what_they_are() -> None:
    surface = made_surface()
    assert words.axis_names(surface, NAMES) == ("Random direction 1", "Random direction 2")
    path = replace(surface, plane=replace_plane(surface.plane, shares=(0.9, 0.0004)))
    assert words.axis_names(path, NAMES) == ("Path component 1 (90 %)", "Path component 2 (under 0.1 %)")
    places = replace(
        surface, plane=replace_plane(surface.plane, places=(ParameterIndex(0, 0, 1), ParameterIndex(0, 0, None)))
    )
    assert words.axis_names(places, NAMES) == ("Input x₂ → output", "Bias of output")


def replace_plane(plane: Slice, **changes: Any) -> Slice:
    return replace(plane, **changes)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.0, "0 %"), (0.0002, "under 0.1 %"), (0.123, "12.3 %"), (0.9999, "over 99.9 %"), (1.0, "100 %"), (0.5, "50 %")],
)
def test_a_share_that_is_not_quite_all_is_not_called_so(share: float, text: str) -> None:
    assert words.percent(share) == text
