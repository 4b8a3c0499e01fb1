"""Cost views on show, with curves made by hand, and where to point at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.cost.curve_plot import CurvePlot
from nnplayground.app.features.cost.view import CostView
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.theme import LIGHT
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.snapshots import made_curve, made_data, made_snapshot

NARROW, WIDE = (440, 260), (900, 260)


@contextmanager
def shown_view(qtbot: QtBot, size: tuple[int, int] = NARROW) -> Iterator[CostView]:
    """Show a view and close it afterwards."""
    view = CostView()
    qtbot.addWidget(view)
    view.set_theme(LIGHT)
    view.resize(*size)
    with qtbot.waitExposed(view):
        view.show()
    try:
        yield view
    finally:
        view.close()


def falling(epochs: int, *, test: bool = True, generation: int = 1) -> Snapshot:
    """Return a moment after so many epochs, with costs from 1 down to 0."""
    costs: Sequence[float] = np.linspace(1.0, 0.0, epochs + 1).tolist()
    data = made_data([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]], [0.0, 1.0, 1.0], test=[2] if test else [])
    return made_snapshot(data, curve=made_curve(costs, costs if test else None), generation=generation)


def seen(plot: CurvePlot) -> tuple[float, float]:
    """Return which epochs are in view."""
    first, last = plot.frame.box.viewRange()[0]
    return first, last


def spot(plot: CurvePlot, epoch: float, height: float = 0.5) -> QPoint:
    """Return where an epoch is in the viewport, at a height from 0, the foot, to 1."""
    places = plot.places
    return QPoint(round(places.across(epoch)), round(places.bottom + height * (places.top - places.bottom)))


def track_spot(plot: CurvePlot, epoch: float) -> QPoint:
    """Return where an epoch is on the scrubber."""
    return QPoint(round(plot.places.across(epoch)) - plot.scrubber.x(), plot.scrubber.height() // 3)


def drag(widget: QWidget, start: QPoint, end: QPoint) -> None:
    """Press, move with the button held, and let go."""
    QTest.mousePress(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(widget, start + (end - start) * part)
    QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)


def turn_wheel(widget: QWidget, place: QPoint, notches: float) -> None:
    """Turn the wheel over a place."""
    where = QPointF(place)
    event = QWheelEvent(
        where, QPointF(widget.mapToGlobal(place)), QPoint(), QPoint(0, round(120 * notches)),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def foot_text(view: CostView) -> str:
    """Return what is written below the plots."""
    label = view.findChild(ElidedLabel, "cost_read_out")
    assert isinstance(label, ElidedLabel)
    return label.whole_text()
