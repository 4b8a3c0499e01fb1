"""What the pictures of states share: a window that is shown off screen, hands for mouse and keys, and small files."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias, TypeVar

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PIL import Image
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPalette, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QMenu, QWidget

from nnplayground.app.main import application, wait_for_epochs
from nnplayground.app.settings import Settings
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.commands import Command
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import DataSpec, GeneratedSource, NetworkSpec, Project, TableSource
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec

SMALL, LARGE = (1280, 720), (1920, 1080)
SETTLE_MILLISECONDS = 450
PATIENCE_MILLISECONDS = 60_000
COLOURS, KEPT_COLOURS = 256, 24
Act: TypeAlias = Callable[[MainWindow], None]
State: TypeAlias = tuple[Project, int, tuple[int, int], str, Act | None]
"""The experiment, the epochs to train first, the size of the window, its colours, and what somebody does then."""

CIRCLE = DataSpec(source=GeneratedSource(samples=300, noise=0.1))
PENGUINS = DataSpec(
    source=TableSource(
        path="penguins.csv", targets=("species",),
        inputs=("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"),
    ),
    scaling="standardize",
)  # fmt: skip
ADAM = TrainingSpec(optimizer=OptimizerSpec(name="adam", learning_rate=0.01))
Found = TypeVar("Found", bound=QWidget)


def dense(*units: int) -> NetworkSpec:
    """Return hidden layers of these sizes."""
    return NetworkSpec(layers=tuple(map(DenseSpec, units)))


STARTER = Project(data=CIRCLE)
SPECIES = Project(data=PENGUINS, network=dense(6, 4))


def settle(milliseconds: int = SETTLE_MILLISECONDS) -> None:
    """Let the window live for a moment."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition: Callable[[], bool]) -> None:
    """Let the window live until a condition holds."""
    deadline = QDeadlineTimer(PATIENCE_MILLISECONDS)
    while not condition():
        if deadline.hasExpired():
            sys.exit("A state was not reached in time.")
        settle(20)


def child(window: QWidget, kind: type[Found], name: str) -> Found:
    """Return the visible part of the window with this name."""
    found = next((one for one in window.findChildren(kind, name) if one.isVisible()), None)
    assert found is not None, name
    return found


def key(window: MainWindow, pressed: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in the window."""
    QTest.keyClick(window, pressed, modifiers)


def click(window: QWidget, name: str) -> None:
    """Click the button of this name."""
    button = child(window, QAbstractButton, name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(10, button.height() // 2))


def choose(window: QWidget, name: str, place: int) -> None:
    """Choose an entry of the list of this name, by keys."""
    box = child(window, QComboBox, name)
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(place):
        QTest.keyClick(box, Qt.Key.Key_Down)


def enter(window: QWidget, name: str, text: str) -> None:
    """Type into the field of this name."""
    field = child(window, QLineEdit, name)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def pick(menu: QMenu, name: str) -> None:
    """Point at an entry of a menu that is open, which opens its own menu if it has one."""
    entry = next(one for one in menu.actions() if one.text().replace("&", "") == name)
    QTest.mouseMove(menu, menu.actionGeometry(entry).center())
    menu.setActiveAction(entry)
    settle(400)


def train(window: MainWindow, epochs: int) -> None:
    """Train for so many epochs more, and wait."""
    snapshot = window.player.snapshot
    assert snapshot is not None
    goal = snapshot.epoch + epochs
    window.perform(Command("train_until", {"epoch": goal}))
    until(lambda: _stands(window, goal))


def _stands(window: MainWindow, epoch: int) -> bool:
    snapshot = window.player.snapshot
    return snapshot is not None and not snapshot.running and (snapshot.epoch >= epoch or snapshot.stop is not None)


def picture(window: MainWindow) -> QPixmap:
    """Return the window with everything that has popped up over it."""
    result = window.grab()
    painter = QPainter(result)
    for other in QApplication.topLevelWidgets():
        is_seen = other.isVisible() and not other.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        if is_seen and other is not window:
            place = window.mapFromGlobal(other.mapToGlobal(QPoint(0, 0)))
            painter.drawPixmap(place, other.grab())
            if other.windowType() == Qt.WindowType.Dialog:  # elsewhere the system draws a frame
                painter.setPen(other.palette().color(QPalette.ColorRole.PlaceholderText))
                painter.drawRect(QRect(place, other.size()).adjusted(-1, -1, 0, 0))
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
        window.activateWindow()
        yield window
    finally:
        for other in QApplication.topLevelWidgets():
            if other is not window:
                other.close()
        window.close()
        window.deleteLater()


def draw(state: State, path: Path) -> None:
    """Bring the window into a state and write its picture."""
    project, epochs, size, theme, act = state
    with shown(project, size, theme) as window:
        if window.boundary_view.drawing.has_plane:
            settle()
        else:
            wait_for_epochs(window, epochs)
        settle()
        if act is not None:
            act(window)
            settle()
        picture(window).save(str(path))
    make_small(path)


def make_small(path: Path) -> None:
    """Write a picture again with few colours, which the eye hardly misses and the repository thanks for.

    Those of which there is most stay as they are, so that a panel still differs from the window behind it; the octree
    takes a little from each of the others, where other ways would leave rare ones out.
    """
    with Image.open(path) as opened:
        whole = opened.convert("RGB")
    known = sorted(whole.getcolors(whole.width * whole.height) or (), reverse=True)[:KEPT_COLOURS]
    kept = [color for _, color in known if isinstance(color, tuple)]
    others = whole.quantize(COLOURS - KEPT_COLOURS, method=Image.Quantize.FASTOCTREE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for color in kept for part in color] + others)
    few = whole.quantize(palette=palette, dither=Image.Dither.NONE)
    pixels, places = np.asarray(whole), np.array(few)
    for place, color in enumerate(kept):
        places[(pixels == color).all(axis=2)] = place  # Pillow takes one that is nearly the same
    small = Image.fromarray(places, mode="P")
    small.putpalette(palette.getpalette() or [])
    small.save(path, optimize=True)


def draw_states(states: Mapping[str, State]) -> None:
    """Draw all states, or those that the command line names, into the folder that it begins with."""
    folder, names = Path(sys.argv[1]), sys.argv[2:] or list(states)
    folder.mkdir(parents=True, exist_ok=True)
    application()
    for name in names:
        draw(states[name], folder / f"{name}.png")
