"""Draws a picture of each state of the network editor and the data workshop, driving the real window off screen.

Run by `python3 scripts/screenshots`, or alone: python scripts/states.py FOLDER [NAME ...]
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView, QLineEdit
from staging import ADAM, LARGE, SMALL, SPECIES, STARTER, Act, State, click, dense, draw_states, settle

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, PointsSource, Project
from nnplayground.project.parameter_index import FrozenParameter, Selection

DRAWN = PointsSource(classes=("A", "B", "C"))
SINE = Project(data=DataSpec(source=GeneratedSource(name="sine", samples=200, noise=0.15)), network=dense(8, 8))
DIGITS = Project(data=DataSpec(source=ImagesSource()), network=dense(32), training=ADAM)


def canvas_point(window: MainWindow, column: int, row: int) -> QPoint:
    """Return where a neuron is drawn."""
    layout = window.network_view.canvas.network.layout
    assert layout is not None
    return window.network_view.canvas.mapFromScene(*layout.cell(column, row).middle)


def edge_point(window: MainWindow, bundle: int, out: int, below: int) -> QPoint:
    """Return a point on an edge."""
    layout = window.network_view.canvas.network.layout
    assert layout is not None
    x1, y1, x2, y2 = layout.edges(bundle)[out, below]
    return window.network_view.canvas.mapFromScene(x1 + 0.4 * (x2 - x1), y1 + 0.4 * (y2 - y1))


def hover(window: MainWindow, point: QPoint) -> None:
    """Move the pointer over the editor."""
    area = window.network_view.canvas.viewport()
    QTest.mouseMove(area, QPoint(2, 2))
    QTest.mouseMove(area, point)


def hover_slot(window: MainWindow) -> None:
    """Show what a click on an empty slot would do."""
    hover(window, canvas_point(window, 2, 4))


def hover_edge(window: MainWindow) -> None:
    """Name an edge."""
    hover(window, edge_point(window, 1, 0, 3))


def hover_neuron(window: MainWindow) -> None:
    """Show the map of a neuron large in the output view."""
    hover(window, canvas_point(window, 2, 1))


def edit_weight(window: MainWindow) -> None:
    """Open the editor of a weight."""
    QTest.mouseClick(window.network_view.canvas.viewport(), Qt.MouseButton.LeftButton, pos=edge_point(window, 1, 0, 3))


def inspect(selection: Selection) -> Act:
    """Return what selects something and opens the inspector."""

    def act(window: MainWindow) -> None:
        window.details.show_inspector()
        window.network_view.show_selection(selection)
        window.inspector_view.show_selection(selection)

    return act


def fit(window: MainWindow) -> None:
    """Show the whole network."""
    window.network_view.canvas.navigator.fit()


def open_more(window: MainWindow) -> None:
    """Show all data sets."""
    click(window, "data_more")


def type_formula(window: MainWindow) -> None:
    """Type a formula as a feature."""
    window.data_panel.features.add.click()
    settle(50)
    field = next(child for child in QApplication.topLevelWidgets() if child is not window and child.isVisible())
    line = field.findChild(QLineEdit)
    assert line is not None
    QTest.keyClicks(line, "x1**2 + sin(3*x2)")


def spray(window: MainWindow) -> None:
    """Draw three classes, with real mouse and keys, while the network trains."""
    view = window.boundary_view.findChild(QGraphicsView)
    assert view is not None
    plot = view.viewport()
    size = plot.size()
    spots = ((0.3, 0.3, 0.55, 0.25), (0.65, 0.4, 0.8, 0.7), (0.35, 0.65, 0.55, 0.75))
    for key, spot in zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3), spots, strict=True):
        QTest.keyClick(plot, key)
        x1, y1, x2, y2 = (
            round(share * side) for share, side in zip(spot, (size.width(), size.height()) * 2, strict=True)
        )
        QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPoint(x1, y1))
        for step in range(1, 25):
            QTest.mouseMove(plot, QPoint(x1 + (x2 - x1) * step // 24, y1 + (y2 - y1) * step // 24))
            settle(10)
        QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=QPoint(x2, y2))
        settle()
        if not window.player.plays:
            window.player.play()
    settle(2500)
    window.player.pause()


def import_table(window: MainWindow) -> None:
    """Open the dialog for a table from the clipboard."""
    lines = ["plant;width;height;colour;kind"]
    for row in range(60):
        height = "" if row % 9 == 4 else str(200 + 13 * row % 90)
        lines.append(f"{row};{1 + row % 7},5;{height};{'red' if row % 3 else 'blue'};{'AB'[row % 2]}")
    QApplication.clipboard().setText("\n".join(lines))
    window.tables.paste()
    settle(900)


STATES: dict[str, State] = {
    "editor-size-preview": (STARTER, 40, SMALL, "light", hover_slot),
    "editor-edge": (STARTER, 40, SMALL, "dark", hover_edge),
    "editor-weight": (STARTER, 40, SMALL, "light", edit_weight),
    "editor-neuron-large": (STARTER, 40, SMALL, "light", hover_neuron),
    "editor-frozen-and-off": (
        replace(STARTER, network=NetworkSpec(
            layers=(DenseSpec(5, "tanh", (3,)), DenseSpec(3)),
            frozen=(FrozenParameter(0, 1, 0, 1.0), FrozenParameter(1, 0, None, 0.5)),
        )), 60, SMALL, "dark", None,
    ),
    "editor-dropouts": (
        replace(STARTER, network=NetworkSpec(
            layers=(DropoutSpec(0.1), DenseSpec(6), DropoutSpec(0.2), DropoutSpec(0.3), DenseSpec(4, "relu")),
        )), 60, SMALL, "light", None,
    ),
    "editor-no-hidden-layer": (replace(STARTER, network=NetworkSpec(layers=())), 20, SMALL, "light", None),
    "editor-twelve-layers": (replace(STARTER, network=dense(*(8,) * 12)), 5, SMALL, "light", fit),
    "editor-512-neurons": (replace(STARTER, network=dense(512, 64, 16)), 3, SMALL, "dark", None),
    "editor-scaling": (SPECIES, 60, LARGE, "light", None),
    "inspector-neuron": (SPECIES, 60, LARGE, "light", inspect(Selection(0, 2))),
    "inspector-weight": (SPECIES, 60, SMALL, "dark", inspect(Selection(1, 0, 3))),
    "inspector-layer": (SPECIES, 60, LARGE, "dark", inspect(Selection(1))),
    "drawing": (Project(data=DataSpec(source=DRAWN), network=dense(6, 4), training=ADAM), 0, SMALL, "light", spray),
    "drawing-empty": (Project(data=DataSpec(source=PointsSource(classes=("A", "B")))), 0, SMALL, "dark", None),
    "table-import": (STARTER, 0, SMALL, "light", import_table),
    "formula": (STARTER, 30, SMALL, "light", type_formula),
    "more-data-sets": (STARTER, 30, SMALL, "dark", open_more),
    "one-input": (replace(SINE, training=ADAM), 150, SMALL, "light", None),
    "components": (DIGITS, 15, SMALL, "light", None),
    "scatter-matrix": (SPECIES, 40, LARGE, "light", lambda window: window.details.toggle_inputs()),
}  # fmt: skip


if __name__ == "__main__":
    draw_states(STATES)
