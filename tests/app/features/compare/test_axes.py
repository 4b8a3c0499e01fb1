"""What the plots of the comparisons share: thinning, spans, axes that hold what they are told to, drawing in turn."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.compare.axes import CostAxes, highest_shown, put_apart, span_of, thinned, within
from nnplayground.app.features.compare.in_turn import InTurn


@pytest.fixture(name="axes")
def _axes(qtbot: QtBot) -> Iterator[CostAxes]:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(300, 200)
    axes = CostAxes(parent)
    axes.resize(300, 200)
    parent.show()
    yield axes
    parent.close()


def test_thinning_keeps_both_ends_and_never_invents_a_place() -> None:
    assert thinned(5, 10).tolist() == [0, 1, 2, 3, 4]
    places = thinned(100_001, 300)
    assert len(places) == 300
    assert (places[0], places[-1]) == (0, 100_000)
    assert (np.diff(places) > 0).all()


def test_a_span_heeds_only_what_can_be_drawn() -> None:
    span = span_of([np.array([3.0, np.inf, np.nan]), np.array([[0.0, -1.0], [0.5, 2.0]])])
    assert (span.lowest, span.highest, span.lowest_above_zero) == (-1.0, 3.0, 0.5)
    assert np.isnan(span_of([np.array([np.nan])]).highest)


def test_what_explodes_does_not_flatten_the_others() -> None:
    highest = highest_shown(np.array([0.5, 0.9, np.nan]))
    assert highest == pytest.approx(2.7)
    shown = within(np.array([0.1, 2.0, 1e30, np.inf]), highest)
    np.testing.assert_array_equal(shown, [0.1, 2.0, np.nan, np.nan])
    assert within(np.array([1e30]), highest).tolist() == [1e30]  # nothing else is there
    assert highest_shown(np.array([0.0, np.nan])) == np.inf


def test_axes_hold_what_they_are_told_to(axes: CostAxes) -> None:
    span = span_of([np.array([0.001, 5.0])])
    axes.fit(130, span)
    (left, right), (low, high) = axes.frame.box.viewRange()
    assert (left, low) == (0.0, 0.0)
    assert right >= 130.0
    assert high >= 5.0
    axes.log = True
    axes.fit(130, span)
    low, high = axes.frame.box.viewRange()[1]
    assert low <= -3.0
    assert high >= np.log10(5.0)
    np.testing.assert_allclose(axes.heights(np.array([0.1, 0.0])), [-1.0, low])


def test_labels_that_would_cover_each_other_stand_apart(axes: CostAxes) -> None:
    axes.fit(10, span_of([np.array([0.0, 1.0])]))
    labels = [axes.end_label() for _ in range(3)]
    for label in labels:
        label.set_look("#000000", axes.frame.small_font())
    ends = [axes.in_scene(10.0, cost) for cost in (0.5, 0.5, 0.51)]
    put_apart([(label, "name", end) for label, end in zip(labels, ends, strict=True)], axes.area)
    tops = sorted(label.item.sceneBoundingRect().top() for label in labels)
    height = labels[0].item.boundingRect().height()
    assert min(np.diff(tops)) >= 0.9 * height
    put_apart([], axes.area)


def test_parts_are_drawn_one_for_each_frame_and_the_newest_round_is_drawn_to_its_end(
    axes: CostAxes, qtbot: QtBot
) -> None:
    done: list[str] = []
    turn = InTurn(axes)
    turn.do([partial(done.append, "a"), partial(done.append, "b")])
    assert done == []
    turn.do([partial(done.append, "c"), partial(done.append, "d")])
    turn.do([partial(done.append, "never"), partial(done.append, "never")])
    qtbot.waitUntil(lambda: len(done) == 4)
    assert done == ["a", "b", "c", "d"]
    turn.do([partial(done.append, "never")])
    turn.do_now([partial(done.append, "e")])
    assert done[-1] == "e"
    qtbot.waitUntil(lambda: not turn._timer.isActive())
