"""The flow: dashes that run along the strongest weights while the network trains, and only then."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network.flow import LEAST_STEP, MOST_LINES, strongest
from nnplayground.app.features.network.items.flow import FlowItem
from nnplayground.app.features.network.pictures import STEPS, UNKNOWN, Steps
from nnplayground.app.ui.theme import DARK
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.features.network.networks import Host, frame_of, project_of

BUNDLES = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
        lambda shape: arrays(np.int64, shape, elements=st.integers(-STEPS, STEPS) | st.just(UNKNOWN))
    ),
    min_size=1,
    max_size=12,
)


@given(BUNDLES)
def test_the_strongest_weights_of_each_bundle_are_chosen_and_not_too_many(bundles: list[Steps]) -> None:
    chosen = strongest(bundles)
    assert len(chosen) <= MOST_LINES
    assert len(set(chosen)) == len(chosen)
    share = MOST_LINES // len(bundles)
    for place, steps in enumerate(bundles):
        known = {
            (out, below): abs(int(step))
            for (out, below), step in np.ndenumerate(steps)
            if step != UNKNOWN and abs(step) >= LEAST_STEP
        }
        mine = [(out, below) for bundle, out, below in chosen if bundle == place]
        assert sorted((known[edge] for edge in mine), reverse=True) == sorted(known.values(), reverse=True)[:share]


def test_in_a_very_deep_network_there_are_no_more_lines() -> None:
    assert len(strongest([np.full((3, 3), STEPS)] * 65)) == MOST_LINES


def flow_of(host: Host) -> FlowItem | None:
    """Return what is to be seen of the flow."""
    items = [item for item in host.view.canvas.network.items() if isinstance(item, FlowItem) and item.isVisible()]
    return items[0] if items else None


def moment(host: Host, *, running: bool = True, weight: float = 2.0) -> Snapshot:
    return replace(frame_of(host.project, weight=weight, value=0.5), running=running)


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    return Host(qtbot, project_of(4, 2))


class TestShowing:
    def test_it_runs_on_with_every_frame_of_a_training(self, host: Host) -> None:
        ways = []
        for _ in range(3):
            host.view.show_frame(moment(host))
            flow = flow_of(host)
            assert flow is not None
            ways.append(flow.way)
        assert ways == sorted(set(ways))

    def test_it_runs_forwards(self, host: Host) -> None:
        host.view.show_frame(moment(host))
        flow = flow_of(host)
        assert flow is not None
        before = flow.pen().dashOffset()
        host.view.show_frame(moment(host))
        assert flow.pen().dashOffset() < before  # what is cut off at the start of a line grows: the dashes go on
        points = [flow.path().elementAt(place) for place in range(flow.path().elementCount())]
        assert all(first.x < second.x for first, second in zip(points[::2], points[1::2], strict=True))

    def test_in_a_pause_there_is_none(self, host: Host) -> None:
        host.view.show_frame(moment(host))
        host.view.show_frame(moment(host, running=False))
        assert flow_of(host) is None
        host.view.show_frame(moment(host))
        assert flow_of(host) is not None

    def test_it_can_be_turned_off_and_on(self, host: Host) -> None:
        host.view.canvas.network.set_flow(wanted=False)
        host.view.show_frame(moment(host))
        assert flow_of(host) is None
        host.view.canvas.network.set_flow(wanted=True)
        host.view.show_frame(moment(host))
        assert flow_of(host) is not None
        host.view.canvas.network.set_flow(wanted=False)
        assert flow_of(host) is None

    def test_weights_that_are_as_good_as_zero_carry_nothing(self, host: Host) -> None:
        host.view.show_frame(moment(host, weight=0.01))
        flow = flow_of(host)
        assert flow is None or flow.path().isEmpty()

    def test_it_follows_the_theme_and_another_network(self, host: Host) -> None:
        host.view.show_frame(moment(host))
        host.view.set_theme(DARK)
        host.press(Qt.Key.Key_Insert)
        host.view.show_frame(moment(host))
        flow = flow_of(host)
        assert flow is not None
        assert flow.pen().color().name().upper() == DARK.panel
        host.view.clear()
        assert flow_of(host) is None


def test_a_large_network_shows_all_of_its_numbers_within_two_frames_of_a_training(qtbot: QtBot) -> None:
    host = Host(qtbot, project_of(8, 8, 8, 8))
    for _ in range(2):
        host.view.show_frame(moment(host, weight=2.5))
    pieces = host.view.canvas.network._pieces
    assert pieces is not None
    assert all((bundle.steps == STEPS).all() for bundle in pieces.bundles)
    assert all(neuron.picture is not None for neuron in pieces.units())


def test_a_pause_shows_all_of_a_large_network_at_once(qtbot: QtBot) -> None:
    host = Host(qtbot, project_of(8, 8, 8, 8))
    host.view.show_frame(moment(host, weight=2.5, running=False))
    pieces = host.view.canvas.network._pieces
    assert pieces is not None
    assert all((bundle.steps == STEPS).all() for bundle in pieces.bundles)
