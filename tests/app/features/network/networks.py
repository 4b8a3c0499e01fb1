"""A network view with a window around it, and frames made by hand, for the tests of the network editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network import NetworkView
from nnplayground.app.features.network.layout import Box, Layout
from nnplayground.engine.architecture import Architecture
from nnplayground.project.blocks import UnitsBlock, stack_of
from nnplayground.project.layer_specs import DenseSpec, LayerSpec
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.project.parameter_index import FrozenParameters, ParameterIndex, Selection
from nnplayground.training.observe.maps import Maps
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.snapshots import made_data, made_snapshot

LEFT = Qt.MouseButton.LeftButton
Values = tuple[tuple[ParameterIndex, float], ...]
INPUTS, OUTPUTS = ("x1", "x2"), ("blue",)


def columns_of(project: Project) -> tuple[UnitsBlock, ...]:
    """Return the hidden layers that are drawn as columns."""
    stack = stack_of(project.network.layers)
    assert stack is not None
    return stack.columns


def project_of(*units: int, activation: str = "tanh") -> Project:
    """Return a project with hidden layers of these sizes."""
    return Project(network=NetworkSpec(layers=tuple(DenseSpec(units=size, activation=activation) for size in units)))


def frame_of(
    project: Project, *, weight: float = 0.0, bias: float = 0.0, value: float | None = None, side: int = 10
) -> Snapshot:
    """Return a frame in which all weights, all biases and all answers are the same; no `value`, no maps."""
    layers = columns_of(project)
    sizes = (len(INPUTS), *(layer.units for layer in layers), len(OUTPUTS))
    architecture = Architecture.dense(sizes, (*(layer.activation for layer in layers), "tanh"))
    parameters = np.where(architecture.weight_mask == 1.0, weight, bias)
    maps = None
    if value is not None:
        maps = Maps(0, 1, (-6.0, -6.0), (6.0, 6.0), tuple(np.full((units, side, side), value) for units in sizes))
    data = made_data([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0])
    return replace(made_snapshot(data, maps=maps), project=project, architecture=architecture, parameters=parameters)


def is_near(color: str | QColor, wanted: str, distance: int = 3) -> bool:
    """Tell whether two colours look the same; the 256 steps of the value scale have none exactly at 0."""
    one, other = QColor(color), QColor(wanted)
    gaps = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
    return max(abs(gap) for gap in gaps) <= distance


class Host:
    """Stands for the window: holds the project, and shows every edit in the view as the document would."""

    def __init__(self, qtbot: QtBot, project: Project, *, width: int = 560, height: int = 480) -> None:
        self.qtbot, self.project = qtbot, project
        self.edits: list[tuple[tuple[LayerSpec, ...], str, int]] = []
        self.values: list[tuple[Values, Values, str, int]] = []
        self.locks: list[tuple[FrozenParameters, str]] = []
        self.selections: list[Selection | None] = []
        self.units_hovered: list[tuple[int, int] | None] = []
        self.view = NetworkView()
        qtbot.addWidget(self.view)
        self.view.resize(width, height)
        self.view.layers_edited.connect(self._take)
        self.view.values_edited.connect(self._take_values)
        self.view.locks_edited.connect(self._take_locks)
        self.view.selected.connect(self.selections.append)
        self.view.unit_hovered.connect(self.units_hovered.append)
        self.show(project)
        with qtbot.waitExposed(self.view):
            self.view.show()

    def _take(self, layers: tuple[LayerSpec, ...], text: str, gesture: int) -> None:
        self.edits.append((layers, text, gesture))
        self.show(replace(self.project, network=replace(self.project.network, layers=layers)))

    def _take_values(self, old: Values, new: Values, text: str, gesture: int) -> None:
        self.values.append((old, new, text, gesture))

    def _take_locks(self, locks: FrozenParameters, text: str, gesture: int) -> None:
        self.locks.append((locks, text))
        self.show(replace(self.project, network=replace(self.project.network, frozen=locks)))

    def show(self, project: Project, *, inputs: tuple[str, ...] = INPUTS, outputs: tuple[str, ...] = OUTPUTS) -> None:
        self.project = project
        self.view.show_project(project, inputs=inputs, outputs=outputs)

    @property
    def columns(self) -> tuple[UnitsBlock, ...]:
        return columns_of(self.project)

    @property
    def layers(self) -> tuple[LayerSpec, ...]:
        return self.project.network.layers

    @property
    def units(self) -> tuple[int, ...]:
        return tuple(layer.units for layer in self.columns)

    @property
    def texts(self) -> list[str]:
        return [text for _, text, _ in self.edits]

    @property
    def gestures(self) -> set[int]:
        return {gesture for _, _, gesture in self.edits}

    @property
    def layout(self) -> Layout:
        layout = self.view.canvas.network.layout
        assert layout is not None
        return layout

    @property
    def viewport(self) -> QWidget:
        return self.view.canvas.viewport()

    def middle(self, box: Box) -> QPoint:
        return self.view.canvas.mapFromScene(*box.middle)

    def click(self, place: QPoint) -> None:
        self.qtbot.mouseClick(self.viewport, LEFT, pos=place)

    def drag(self, places: Sequence[QPoint]) -> None:
        self.qtbot.mousePress(self.viewport, LEFT, pos=places[0])
        for place in places[1:]:
            self.qtbot.mouseMove(self.viewport, place)
        self.qtbot.mouseRelease(self.viewport, LEFT, pos=places[-1])

    def hover(self, place: QPoint) -> None:
        # From somewhere else: a pointer that is there already does not move.
        self.qtbot.mouseMove(self.viewport, QPoint(1, 1))
        self.qtbot.mouseMove(self.viewport, place)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.view.canvas, key, modifiers)

    def on_edge(self, bundle: int, out: int, below: int, share: float = 0.35) -> QPoint:
        """Return a point on an edge, by its place among those drawn."""
        x1, y1, x2, y2 = self.layout.edges(bundle)[out, below]
        return self.view.canvas.mapFromScene(x1 + share * (x2 - x1), y1 + share * (y2 - y1))

    def on_dot(self, column: int, row: int) -> QPoint:
        """Return the middle of the dot that shows the bias of a neuron."""
        box = self.layout.cell(column, row)
        return self.view.canvas.mapFromScene(box.x + 1, box.bottom - 1)

    def ask_menu(self, place: QPoint, *, by_key: bool = False) -> QMenu:
        """Open the context menu and return it."""
        reason = QContextMenuEvent.Reason.Keyboard if by_key else QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(self.viewport, QContextMenuEvent(reason, place, self.viewport.mapToGlobal(place)))
        (menu,) = (menu for menu in self.view.canvas.findChildren(QMenu, "network_menu") if menu.isVisible())
        return menu

    def picture(self) -> QImage:
        return self.viewport.grab().toImage()

    def color(self, x: float, y: float) -> str:
        """Return the colour that is seen at a point of the scene."""
        place = self.view.canvas.mapFromScene(x, y)
        return self.picture().pixelColor(place).name().upper()

    def color_of(self, column: int, row: int) -> str:
        """Return the colour in the middle of a node."""
        return self.color(*self.layout.cell(column, row).middle)
