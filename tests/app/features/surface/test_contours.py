"""Contours of a bowl, which are circles whose radius one can work out."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.app.features.surface.contours import APART, BESIDE, RIM, contours_of, label_places
from nnplayground.app.features.surface.shading import scale_of
from tests.app.features.surface.made import bowl, made_surface

CORNERS = np.array([-1.0, -1.0]), np.array([1.0, 1.0])
SIZE = (400.0, 300.0)
NOTHING = np.empty((0, 2))


@pytest.mark.parametrize("log", [False, True])
def test_contours_of_a_bowl_are_circles(log: bool) -> None:
    surface = made_surface(points=65)
    contours = contours_of(surface, scale_of(surface.costs, log=log))
    assert len(contours) >= 4
    for contour in contours:
        across, up = contour.line.T
        inside = (np.abs(contour.line) <= 1.0).all(axis=1)
        assert bowl(across, up)[inside] == pytest.approx(float(contour.text), rel=0.02)


def test_there_is_no_contour_where_costs_are_no_numbers() -> None:
    places = np.linspace(-1.0, 1.0, 33)
    costs = bowl(*np.meshgrid(places, places))
    costs[:, 20:] = np.nan
    surface = made_surface(costs=costs)
    for contour in contours_of(surface, scale_of(costs, log=False)):
        assert (contour.line[:, 0] <= places[19] + 1e-9).all()


def test_numbers_stay_away_from_each_other_the_rim_the_marks_and_the_path() -> None:
    surface = made_surface(points=65)
    contours = contours_of(surface, scale_of(surface.costs, log=False))
    marks, path = np.array([[0.0, 0.0]]), np.stack([np.linspace(-1.0, 0.0, 50), np.zeros(50)], axis=1)
    placed = label_places(contours, CORNERS, SIZE, marks=marks, path=path)
    assert len(placed) >= 3
    pixels = (np.array([place[1:] for place in placed]) + 1.0) / 2.0 * np.array(SIZE)
    for number, pixel in enumerate(pixels):
        assert (pixel > RIM).all() and (pixel < np.array(SIZE) - RIM).all()
        others = np.delete(pixels, number, axis=0)
        for other in [*others, (marks[0] + 1.0) / 2.0 * np.array(SIZE)]:
            assert np.hypot(*(pixel - other)) > APART
        assert np.hypot(*(pixel - (path + 1.0) / 2.0 * np.array(SIZE)).T).min() > BESIDE


def test_a_number_stands_on_its_contour() -> None:
    surface = made_surface(points=65)
    contours = contours_of(surface, scale_of(surface.costs, log=False))
    for number, across, up in label_places(contours, CORNERS, SIZE, marks=NOTHING, path=NOTHING):
        assert bowl(np.array(across), np.array(up)) == pytest.approx(float(contours[number].text), rel=0.02)


def test_a_map_that_is_too_small_has_no_numbers() -> None:
    surface = made_surface()
    contours = contours_of(surface, scale_of(surface.costs, log=False))
    assert label_places(contours, CORNERS, (40.0, 30.0), marks=NOTHING, path=NOTHING) == []
