"""How fine maps are: told by a clock of the test's own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.training.observe.map_pace import FAST_FRAMES, FINE, SIDES, SLOW_FRAMES, TOO_LONG, MapPace, PacedMaps
from nnplayground.training.observe.maps import MapRequest, Maps
from nnplayground.training.observe.observation import Subject
from nnplayground.training.run.run import Run

PROJECT = Project(network=NetworkSpec(layers=(DenseSpec(3),)))


def told(pace: MapPace, seconds: float, *, times: int) -> int:
    for _ in range(times):
        pace.took(seconds)
    return pace.side


def test_a_slow_machine_gets_coarser_maps_step_by_step_down_to_the_coarsest() -> None:
    pace = MapPace()
    sides = [pace.side] + [told(pace, 2 * TOO_LONG, times=SLOW_FRAMES) for _ in range(len(SIDES) + 2)]
    assert sides[: len(SIDES)] == list(SIDES)
    assert set(sides[len(SIDES) :]) == {SIDES[-1]}
    assert SIDES[0] == 100 and SIDES[-1] == 30


def test_single_late_frames_change_nothing() -> None:
    pace = MapPace()
    for _ in range(50):
        told(pace, 10 * TOO_LONG, times=SLOW_FRAMES - 1)
        told(pace, TOO_LONG / 2, times=1)
    assert pace.side == SIDES[0]


def test_maps_get_finer_again_only_after_a_while_and_where_the_finer_ones_are_in_time_as_well() -> None:
    pace = MapPace()
    told(pace, 2 * TOO_LONG, times=SLOW_FRAMES)
    assert told(pace, TOO_LONG * 0.6, times=10 * FAST_FRAMES) == SIDES[1]
    assert told(pace, TOO_LONG * 0.1, times=FAST_FRAMES - 1) == SIDES[1]
    assert told(pace, TOO_LONG * 0.1, times=1) == SIDES[0]
    assert told(pace, 0.0, times=10 * FAST_FRAMES) == SIDES[0]


def test_a_machine_whose_maps_take_time_by_their_cells_comes_to_rest_at_one_side() -> None:
    for seconds_of_100 in np.geomspace(0.0005, 0.1, 40):
        pace = MapPace()
        sides = []
        for _ in range(20 * FAST_FRAMES):
            pace.took(float(seconds_of_100) * (pace.side / 100) ** 2)
            sides.append(pace.side)
        assert len(set(sides[-10 * FAST_FRAMES :])) == 1


def side_of(maps: Maps) -> int:
    return int(maps.layers[-1].shape[-1])


def test_at_rest_a_map_that_adapts_is_fine_and_while_training_it_follows_the_clock() -> None:
    subject = Subject(Run(PROJECT))
    ticks: Iterator[float] = iter(np.arange(1000) * 1.0)  # every map takes a whole second
    makers = PacedMaps(clock=lambda: next(ticks))
    request = MapRequest(adapts=True)
    assert side_of(makers.observe(request, subject, busy=False)) == FINE
    sides = [side_of(makers.observe(request, subject, busy=True)) for _ in range(40)]
    assert sides[0] == SIDES[0] and sides[-1] == SIDES[-1] and sides == sorted(sides, reverse=True)
    assert side_of(makers.observe(request, subject, busy=False)) == FINE


def test_a_request_that_does_not_adapt_gets_just_what_it_asks_for() -> None:
    subject = Subject(Run(PROJECT))
    makers = PacedMaps(clock=lambda: 0.0)
    for training in (False, True):
        maps = makers.observe(MapRequest(resolution=33), subject, busy=training)
        assert side_of(maps) == 33


def test_fine_and_coarse_maps_agree_where_their_cells_have_the_same_centres() -> None:
    subject = Subject(Run(PROJECT))
    makers = PacedMaps(clock=lambda: 0.0)
    fine = makers.observe(MapRequest(adapts=True), subject, busy=False)
    coarse = makers.observe(MapRequest(resolution=FINE // 3), subject, busy=True)
    np.testing.assert_allclose(fine.layers[-1][:, 1::3, 1::3], coarse.layers[-1], atol=1e-5)
