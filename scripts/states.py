"""Draws a picture of each state of the network editor and the data workshop, driving the real window off screen.

Run by `python3 scripts/screenshots`, or alone: python scripts/states.py FOLDER [NAME ...]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGraphicsView, QLineEdit, QToolButton, QWidget

from nnplayground.app.main import application, wait_for_epochs
from nnplayground.app.settings import Settings
from nnplayground.app.window.look import use_theme
from nnplayground.app.window.main_window import MainWindow
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    NetworkSpec,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.places import Lock, Selection
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec

SMALL, LARGE = (1280, 720), (1920, 1080)
SETTLE_MILLISECONDS = 450
Act: TypeAlias = Callable[[MainWindow], None]

CIRCLE = DataSpec(source=GeneratedSource(samples=300, noise=0.1))
PENGUINS = DataSpec(
    source=TableSource(
        path="penguins.csv", target="species",
        inputs=("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"),
    ),
    scaling="standardize",
)  # fmt: skip
DRAWN = PointsSource(classes=("A", "B", "C"))


def dense(*units: int) -> NetworkSpec:
    """Return hidden layers of these sizes."""
    return NetworkSpec(layers=tuple(map(DenseSpec, units)))


STARTER = Project(data=CIRCLE)
SPECIES = Project(data=PENGUINS, network=dense(6, 4))
SINE = Project(data=DataSpec(source=GeneratedSource(name="sine", samples=200, noise=0.15)), network=dense(8, 8))
ADAM = TrainingSpec(optimizer=OptimizerSpec(name="adam", learning_rate=0.01))
DIGITS = Project(data=DataSpec(source=ImagesSource()), network=dense(32), training=ADAM)


def settle(milliseconds: int = SETTLE_MILLISECONDS) -> None:
    """Let the window live for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def picture(window: MainWindow) -> QPixmap:
    """Return the window with everything that has popped up over it."""
    result = window.grab()
    painter = QPainter(result)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            painter.drawPixmap(window.mapFromGlobal(other.mapToGlobal(QPoint(0, 0))), other.grab())
    painter.end()
    return result


@contextmanager
def shown(project: Project, size: tuple[int, int], theme: str) -> Iterator[MainWindow]:
    """Show the window of a project and close it afterwards, with all that has popped up."""
    window = MainWindow(project, use_theme(application(), theme), Settings(remembers=False), theme_choice=theme)
    window.files.asks_before_discarding = False
    try:
        window.resize(*size)
        window.reset_layout()
        window.show()
        yield window
    finally:
        for other in QApplication.topLevelWidgets():
            if other is not window:
                other.close()
        window.close()
        window.deleteLater()


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


def open_child(name: str) -> Act:
    """Return what presses the button of this name."""

    def act(window: MainWindow) -> None:
        button = window.findChild(QWidget, name)
        assert isinstance(button, QToolButton), name
        button.click()

    return act


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


STATES: dict[str, tuple[Project, int, tuple[int, int], str, Act | None]] = {
    "editor-size-preview": (STARTER, 40, SMALL, "light", hover_slot),
    "editor-edge": (STARTER, 40, SMALL, "dark", hover_edge),
    "editor-weight": (STARTER, 40, SMALL, "light", edit_weight),
    "editor-neuron-large": (STARTER, 40, SMALL, "light", hover_neuron),
    "editor-frozen-and-off": (
        replace(STARTER, network=NetworkSpec(
            layers=(DenseSpec(5, "tanh", (3,)), DenseSpec(3)), frozen=(Lock(0, 1, 0, 1.0), Lock(1, 0, None, 0.5)),
        )), 60, SMALL, "dark", None,
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
    "more-data-sets": (STARTER, 30, SMALL, "dark", open_child("data_more")),
    "one-input": (replace(SINE, training=ADAM), 150, SMALL, "light", None),
    "components": (DIGITS, 15, LARGE, "light", None),
    "scatter-matrix": (SPECIES, 40, LARGE, "light", lambda window: window.details.toggle_inputs()),
}  # fmt: skip


def draw(name: str, folder: Path) -> None:
    """Bring the window into a state and write its picture."""
    project, epochs, size, theme, act = STATES[name]
    with shown(project, size, theme) as window:
        if window.boundary_view.drawing.has_plane:
            settle()
        else:
            wait_for_epochs(window, epochs)
        settle()
        if act is not None:
            act(window)
            settle()
        path = folder / f"{name}.png"
        picture(window).save(str(path))
    make_small(path)


def make_small(path: Path) -> None:
    """Write a picture again with 256 colours, which the eye hardly misses and the repository thanks for."""
    with Image.open(path) as whole:
        small = whole.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def main() -> None:
    """Draw all states, or those that are named."""
    folder, names = Path(sys.argv[1]), sys.argv[2:] or list(STATES)
    folder.mkdir(parents=True, exist_ok=True)
    application()
    for name in names:
        draw(name, folder)


if __name__ == "__main__":
    main()
