"""Colours, levels and the light of a cost surface, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.app.features.surface.shading import CostScale, cost_picture, hillshade, scale_of
from nnplayground.app.ui.theme import THEMES, Theme


def test_a_scale_goes_from_the_lowest_to_the_highest_cost() -> None:
    scale = scale_of(np.array([[0.5, 1.0], [2.0, 3.0]]), log=False)
    assert (scale.low, scale.high, scale.above, scale.beyond) == (0.5, 3.0, 0.0, 0.0)
    assert scale.places(np.array([0.5, 1.75, 3.0])).tolist() == [0.0, 0.5, 1.0]


def test_every_power_of_ten_has_equally_many_colours_on_a_logarithmic_scale() -> None:
    scale = scale_of(np.array([0.01, 0.1, 1.0]), log=True)
    assert scale.places(np.array([0.01, 0.1, 1.0])) == pytest.approx([0.0, 0.5, 1.0])


@pytest.mark.parametrize("log", [False, True])
def test_a_single_huge_cost_does_not_take_all_colours_and_is_counted(log: bool) -> None:
    costs = np.append(np.linspace(1.0, 2.0, 99), 1e12)
    scale = scale_of(costs, log=log)
    assert scale.high < 1e4
    assert scale.above == pytest.approx(0.01)
    assert scale.places(costs)[-1] == 1.0


def test_costs_that_are_no_numbers_have_no_place_and_are_counted() -> None:
    costs = np.array([[1.0, np.inf], [np.nan, 2.0]])
    scale = scale_of(costs, log=False)
    assert (scale.low, scale.high, scale.beyond) == (1.0, 2.0, 0.5)
    assert np.isnan(scale.places(costs)).tolist() == [[False, True], [True, False]]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("costs", [[0.0, 0.0], [2.0, 2.0], [np.nan, np.inf], [0.0, 1.0]], ids=str)
def test_level_and_empty_maps_have_a_scale_too(log: bool, costs: list[float]) -> None:
    scale = scale_of(np.array(costs), log=log)
    assert scale.low < scale.high
    assert not (log and scale.low <= 0.0)
    scale.levels()


def test_levels_are_round_and_inside_the_scale() -> None:
    assert [level for level, _ in CostScale(0.03, 3.0, log=True).levels()] == pytest.approx(
        [0.05, 0.1, 0.2, 0.5, 1.0, 2.0]
    )
    levels = [level for level, _ in CostScale(0.0, 1.0, log=False).levels()]
    assert levels == pytest.approx([0.2, 0.4, 0.6, 0.8])


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_the_lowest_and_highest_costs_have_the_ends_of_the_scale_and_no_number_that_of_a_border(
    theme: Theme,
) -> None:
    costs = np.array([[1.0, 2.0, np.nan]])
    picture = cost_picture(costs, scale_of(costs, log=False), theme, relief=False)
    found = ["#{:02X}{:02X}{:02X}".format(*pixel[:3]) for pixel in picture[0]]
    assert found == [theme.costs[0], theme.costs[-1], theme.border]
    assert (picture[..., 3] == 255).all()


def test_light_comes_from_the_upper_left() -> None:
    across, up = np.meshgrid(np.linspace(0.0, 1.0, 5), np.linspace(0.0, 1.0, 5))
    assert hillshade(np.full((5, 5), 0.4)) == pytest.approx(0.0)
    assert (hillshade(across) > 0.0).all()  # rises to the right: looks to the left
    assert (hillshade(1.0 - across) < 0.0).all()
    assert (hillshade(1.0 - up) > 0.0).all()  # falls towards the top: looks up
    assert (hillshade(up) < 0.0).all()


def test_a_relief_darkens_the_slopes_that_look_away_from_the_light() -> None:
    costs = np.abs(np.linspace(-1.0, 1.0, 9))[np.newaxis].repeat(9, axis=0) + 0.5
    theme = THEMES["light"]
    plain, lit = (cost_picture(costs, scale_of(costs, log=False), theme, relief=relief) for relief in (False, True))
    brightness = lit.astype(int).sum(axis=2) - plain.astype(int).sum(axis=2)
    assert (brightness[:, 1:3] < 0).all()  # the left wall of the valley looks to the right
    assert (brightness[:, 6:8] > 0).all()
