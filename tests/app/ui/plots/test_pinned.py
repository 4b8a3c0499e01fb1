"""Curves of pinned runs over that of the present one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnplayground.app.features.cost.view import CostView
from nnplayground.app.ui.plots.pinned_curve import PinnedCurve
from nnplayground.app.ui.theme import LIGHT
from tests.app.features.cost.views import NARROW, WIDE, falling, seen, shown_view

ADAM = PinnedCurve("Adam", 2, np.full(201, 1.4), np.full(201, 1.3), np.full(201, 0.5))


@pytest.fixture(name="view")
def _view(qtbot: QtBot) -> Iterator[CostView]:
    with shown_view(qtbot, NARROW) as view:
        view.show_frame(falling(100))
        yield view


def test_a_pinned_curve_is_drawn_in_its_colour_with_its_name_at_the_end(view: CostView) -> None:
    view.show_pinned([ADAM])
    plot = view.plots[0]
    (ghost,) = plot.ghosts.pinned
    assert ghost.lines[0].item.pen().color().name().upper() == LIGHT.classes[2]
    assert ghost.lines[0].item.opacity() == 1.0
    assert ghost.label is not None and ghost.label.item.isVisible()
    assert ghost.label.item.text() == "Adam"
    assert seen(plot) == (0.0, 200.0)
    assert plot.frame.box.viewRange()[1][1] >= 1.4


def test_pinned_curves_can_be_read_saved_and_taken_away(view: CostView) -> None:
    view.show_pinned([ADAM])
    plot = view.plots[0]
    assert plot.reading(150) == "Adam 1.40 · 1.30"
    table = plot.export_table()
    assert table["Adam_train_cost"].tolist() == [1.4] * 201
    assert len(table["train_cost"]) == 201
    view.show_pinned([])
    assert seen(plot) == (0.0, 100.0)
    assert "Adam_train_cost" not in plot.export_table()


def test_labels_of_all_curves_stand_apart(view: CostView) -> None:
    names = ("Adam", "SGD", "A run with a name that has no room here")
    view.show_pinned([PinnedCurve(name, place, np.full(101, 0.01)) for place, name in enumerate(names)])
    plot = view.plots[0]
    items = [trace.label.item for trace in plot.traces] + [one.label.item for one in plot.ghosts.pinned if one.label]
    boxes = [item.sceneBoundingRect() for item in items if item.isVisible()]
    assert len(boxes) == 5
    tops = sorted(box.top() for box in boxes)
    assert min(np.diff(tops)) >= boxes[0].height() - 1.0
    assert max(box.right() for box in boxes) <= plot.width()


def test_scores_of_pinned_runs_are_on_the_other_plot(qtbot: QtBot) -> None:
    with shown_view(qtbot, WIDE) as view:
        view.show_pinned([ADAM])
        view.show_frame(falling(100))
        cost, score = view.plots
        assert cost.ghosts.pinned[0].lines[0].values[0] == 1.4
        assert score.ghosts.pinned[0].lines[0].values[0] == 0.5
        assert not len(score.ghosts.pinned[0].lines[1].values)


def test_without_a_network_nothing_is_drawn_and_nothing_breaks(view: CostView) -> None:
    view.show_pinned([ADAM])
    view.clear()
    assert not view.plots[0].isVisible()
    view.show_frame(falling(10, generation=2))
    assert view.plots[0].isVisible()
    assert len(view.plots[0].ghosts.pinned) == 1
