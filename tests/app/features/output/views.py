"""Boundary views on show for tests, closed afterwards, and places in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.training.observe.answers import Answers, AnswersRequest
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import Prepared
from tests.app.snapshots import made_data, made_maps, made_snapshot
from tests.observed import with_answer

SIDE = 60
DIRECTIONS = 24
CENTRES = -6.0 + 12.0 * (np.arange(SIDE) + 0.5) / SIDE
ACROSS, UP = np.meshgrid(CENTRES, CENTRES)


@contextmanager
def shown_view(qtbot: QtBot, *, theme: Theme = LIGHT, width: int = 420, height: int = 460) -> Iterator[BoundaryView]:
    """Show a view and close it afterwards."""
    view = BoundaryView()
    qtbot.addWidget(view)
    view.set_theme(theme)
    view.resize(width, height)
    view.show()
    try:
        yield view
    finally:
        view.close()


def corners(*, test: tuple[int, ...] = (2, 3)) -> Prepared:
    """Return four points, the second class at two corners that lie across."""
    return made_data([[-4.0, 4.0], [4.0, 4.0], [-4.0, -4.0], [4.0, -4.0]], [1.0, 0.0, 0.0, 1.0], test=test)


def values() -> Prepared:
    """Return points with values from -2 to 2 which rise to the right."""
    places = np.random.default_rng(3).uniform(-6.0, 6.0, (60, 2))
    targets = np.clip(places[:, 0] / 3.0, -2.0, 2.0)
    return made_data([*places.tolist(), [-6.0, 0.0], [6.0, 0.0]], [*targets.tolist(), -2.0, 2.0], classes=())


def halves() -> Floats:
    """Return outputs that say the first class left of zero, the second right of it."""
    return np.tanh(ACROSS)[np.newaxis]


def frame(data: Prepared, outputs: Floats | None = None, *, predicted: tuple[float, ...] = ()) -> Snapshot:
    """Return a moment with these outputs on the map and these answers to the samples."""
    maps = made_maps(data, halves() if outputs is None else outputs)
    answers = Answers(np.array(predicted), np.full(len(predicted), 0.5)) if predicted else None
    return with_answer(made_snapshot(data, maps=maps), AnswersRequest(), answers)


def asked_maps(view: BoundaryView) -> list[MapRequest]:
    """Return a list that grows by each request for maps that the view makes."""
    asked: list[MapRequest] = []
    view.observation_wanted.connect(
        lambda _reader, request: asked.append(request) if isinstance(request, MapRequest) else None
    )
    return asked


def linear_frame(data: Prepared, *weights: float) -> Snapshot:
    """Return a moment of a network without hidden layers that answers tanh of the inputs times these weights."""
    architecture = Architecture.dense((2, 1), ("tanh",))
    parameters = np.array([*weights, 0.0])
    outputs = np.tanh(weights[0] * ACROSS + weights[1] * UP)[np.newaxis]
    return replace(frame(data, outputs), architecture=architecture, parameters=parameters)


def position(view: BoundaryView, across: float, up: float) -> QPoint:
    """Return where a place of the map lies in the view."""
    plot = view.stage.map.frame
    inside = plot.canvas.mapFromScene(plot.box.mapViewToScene(QPointF(across, up)))
    place: QPoint = plot.canvas.viewport().mapTo(view, inside)
    return place


def ring_share(view: QWidget, place: QPoint, color: str, *, radii: tuple[int, int]) -> float:
    """Return in which share of all directions from a place the colour is met between two distances."""
    picture = view.grab().toImage()
    hits = 0
    for angle in np.linspace(0.0, 2.0 * np.pi, DIRECTIONS, endpoint=False):
        spots = [place + QPoint(round(r * np.cos(angle)), round(r * np.sin(angle))) for r in range(*radii)]
        hits += any(is_like(picture.pixelColor(spot), color) for spot in spots)
    return hits / DIRECTIONS


def is_like(color: QColor, wanted: str, *, within: int = 60) -> bool:
    """Tell whether two colours look much the same."""
    other = QColor(wanted)
    gaps = (color.red() - other.red(), color.green() - other.green(), color.blue() - other.blue())
    return max(map(abs, gaps)) <= within
