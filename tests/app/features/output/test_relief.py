"""The surface in the room: what is seen of it, where, and what it hides."""

from __future__ import annotations

import numpy as np
import pytest

from nnplayground.app.features.output.relief import HIGHEST, SHADES, TALL, Camera, Colors, Relief, Sight
from nnplayground.app.features.output.relief_look import LEVELS, color_table, packed
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.arrays import Floats

CELLS = 60
CENTRES = -1.0 + 2.0 * (np.arange(CELLS) + 0.5) / CELLS
ACROSS, UP = np.meshgrid(CENTRES, CENTRES)
GROUND, WALLS = 7, (8, 9)
PLAIN: Colors = np.repeat(np.arange(100, 164, dtype=np.uint32)[:, np.newaxis], SHADES, axis=1)
"""Each level of the scale in one colour, whatever the light."""
CAMERAS = [Camera(), Camera(0.0, 60.0), Camera(90.0, 30.0), Camera(205.0, 45.0), Camera(318.0, 20.0)]


def relief(camera: Camera) -> Relief:
    return Relief(Sight(camera, 240, 200, margin=8.0), CELLS)


def colors_at(picture: Colors, x: Floats, y: Floats) -> Colors:
    found: Colors = picture[y.astype(int), x.astype(int)]
    return found


@pytest.mark.parametrize("camera", CAMERAS)
def test_a_flat_field_is_seen_at_all_of_its_places_and_ground_around(camera: Camera) -> None:
    block = relief(camera)
    picture = block.picture(np.zeros((CELLS, CELLS)), PLAIN, WALLS, GROUND)
    places = np.random.default_rng(1).uniform(-0.95, 0.95, (200, 2))
    x, y = block.sight.points(places[:, 0], places[:, 1], np.zeros(200))
    assert set(colors_at(picture, x, y).tolist()) == {132}
    assert picture[0, 0] == picture[-1, -1] == picture[0, -1] == GROUND
    turn, side, _, _ = camera.directions
    # The pixels of the surface are those of its parallelogram: its area on the screen by the formula of the cosine.
    _, _, _, down = camera.directions
    area = 4.0 * block.sight.scale**2 * down
    assert int((picture == 132).sum()) == pytest.approx(area, rel=0.03)
    assert (turn**2 + side**2) == pytest.approx(1.0)


@pytest.mark.parametrize("camera", CAMERAS)
def test_a_pixel_tells_the_place_that_is_seen_there(camera: Camera) -> None:
    block = relief(camera)
    field = 0.4 * np.sin(3.0 * ACROSS) * np.cos(2.0 * UP)
    block.picture(field, PLAIN, WALLS, GROUND)
    places = np.random.default_rng(2).uniform(-0.9, 0.9, (100, 2))
    heights = 0.4 * np.sin(3.0 * places[:, 0]) * np.cos(2.0 * places[:, 1])
    hidden = block.is_hidden(places[:, 0], places[:, 1], heights + 0.03)
    assert hidden.sum() < 50
    for place, height in zip(places[~hidden], heights[~hidden], strict=True):
        x, y = block.sight.points(place[:1], place[1:], np.array([height]))
        found = block.place_at(float(x[0]), float(y[0]))
        assert found is not None
        # Where one looks along a slope, a pixel shows a long stretch of it; any place there is drawn at the pixel.
        stands = 0.4 * np.sin(3.0 * found[0]) * np.cos(2.0 * found[1])
        again = block.sight.points(np.array(found[:1]), np.array(found[1:]), np.array([stands]))
        assert abs(float(again[0][0] - x[0])) < 2.0
        assert abs(float(again[1][0] - y[0])) < 4.0
    assert block.place_at(1.0, 1.0) is None
    assert block.place_at(120.0, 199.0) is None


def test_a_step_hides_what_lies_behind_it_and_not_what_lies_before_it() -> None:
    block = relief(Camera(0.0, 30.0))  # from the low end of `up`
    field = np.where(np.abs(UP) < 0.1, 1.0, -1.0)
    block.picture(field, PLAIN, WALLS, GROUND)
    spots = np.array([[0.0, -0.5], [0.0, 0.3], [0.0, 0.0]])
    hidden = block.is_hidden(spots[:, 0], spots[:, 1], np.array([-0.95, -0.95, 1.05]))
    assert hidden.tolist() == [False, True, False]
    # A wall of height h hides the floor behind it for h divided by the tangent of the angle of view.
    reach = 2.0 * TALL / np.tan(np.radians(30.0))
    behind = np.linspace(0.2, 0.95, 40)
    hidden = block.is_hidden(np.zeros(40), behind, np.full(40, -0.95))
    expected = behind < 0.1 + reach
    assert (hidden == expected).mean() > 0.9


def test_colours_follow_the_height_and_the_sides_are_walls() -> None:
    block = relief(Camera(30.0, 40.0))
    picture = block.picture(ACROSS, PLAIN, WALLS, GROUND)
    for share, level in ((-0.9, 3), (0.0, 32), (0.9, 60)):
        x, y = block.sight.points(np.array([share]), np.array([0.0]), np.array([share]))
        assert abs(int(colors_at(picture, x, y)[0]) - 100 - level) <= 1
    assert set(np.unique(picture).tolist()) >= {GROUND, *WALLS}


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e30])
def test_numbers_that_cannot_be_drawn_are_cut(bad: float) -> None:
    block = relief(Camera())
    field = np.zeros((CELLS, CELLS))
    field[20:30, 20:30] = bad
    picture = block.picture(field, PLAIN, WALLS, GROUND)
    assert picture.shape == (200, 240)
    # Everything stays in the picture, with the free margin around it.
    assert (picture[:, 0] == GROUND).all() and (picture[0] == GROUND).all()


def test_the_block_keeps_its_size_when_it_is_turned_and_always_fits() -> None:
    scales = {Sight(Camera(turn, 38.0), 240, 200, margin=8.0).scale for turn in range(0, 360, 15)}
    assert len(scales) == 1
    across, up, height = np.meshgrid([-1.0, 1.0], [-1.0, 1.0], [-HIGHEST, HIGHEST])
    for camera in CAMERAS:
        sight = Sight(camera, 240, 200, margin=8.0)
        x, y = sight.points(across.ravel(), up.ravel(), height.ravel())
        assert x.min() >= 7.9 and x.max() <= 232.1
        assert y.min() >= 7.9 and y.max() <= 192.1


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_light_changes_how_bright_a_colour_is_but_not_which_it_is(theme: Theme) -> None:
    table = color_table(theme)
    assert table.shape == (LEVELS, SHADES)
    assert (table >> 24 == 255).all()
    channels = np.stack([(table >> shift) & 255 for shift in (16, 8, 0)]).astype(float)
    assert (np.diff(channels.sum(axis=0), axis=1) >= 0.0).all()
    lowest, highest = channels[:, 0].mean(axis=1), channels[:, -1].mean(axis=1)
    assert lowest[0] > lowest[2] + 40 and highest[2] > highest[0] + 40  # orange and blue
    assert packed("#0B6BCB") == 0xFF0B6BCB
