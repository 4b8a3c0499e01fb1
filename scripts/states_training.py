"""Draws a picture of each state of training, time travel, plots and comparison, driving the real window off screen.

Run by `python3 scripts/screenshots`, or alone: python scripts/states_training.py FOLDER [NAME ...]
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QTabBar, QTableView, QToolButton, QWidget
from staging import (
    ADAM,
    LARGE,
    SMALL,
    SPECIES,
    STARTER,
    Act,
    State,
    child,
    choose,
    click,
    dense,
    draw_states,
    enter,
    key,
    pick,
    settle,
    train,
    until,
)
from states import edge_point

from nnplayground.app.features.cost.curve_plot import CurvePlot
from nnplayground.app.features.output.map_plot import MapPlot
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton

SPIRAL = Project(
    data=DataSpec(source=GeneratedSource(name="spiral", samples=400, noise=0.05)), network=dense(8, 8), training=ADAM
)
XOR = Project(data=DataSpec(source=GeneratedSource(name="xor", samples=200, noise=0.1)), network=dense(4))
MOONS = Project(
    data=DataSpec(source=GeneratedSource(name="moons", samples=300, noise=0.3)), network=dense(8, 8), training=ADAM
)
SADDLE = Project(
    data=DataSpec(source=GeneratedSource(name="saddle", samples=300, noise=0.05)), network=dense(8, 4), training=ADAM
)
PATIENT = replace(MOONS, training=replace(ADAM, stop=StopSpec(patience=30)))
EVENTFUL = replace(MOONS, training=TrainingSpec(stop=StopSpec(patience=120)))
BLURRED = replace(MOONS, data=DataSpec(source=GeneratedSource(name="moons", samples=300, noise=0.8)))
WILD = Project(
    data=DataSpec(source=GeneratedSource(name="plane", samples=200, noise=0.1)),
    network=dense(4),
    training=TrainingSpec(optimizer=OptimizerSpec(name="sgd", learning_rate=3.0)),
)


def play_until_it_stops(window: MainWindow) -> None:
    """Play until the card says why training has stopped."""
    window.control.faster()  # flat out
    click(window, "play_button")
    until(lambda: not window.stop_card.isHidden())


def step_sample(window: MainWindow) -> None:
    """Train on one sample alone, twice."""
    for _ in range(2):
        key(window, Qt.Key.Key_B, SHIFT)
        settle(150)


def watch_slowly(window: MainWindow) -> None:
    """Play one batch a second, with the flow along the weights."""
    for _ in range(5):
        key(window, Qt.Key.Key_Comma, CONTROL)
    key(window, Qt.Key.Key_Space)
    settle(2600)


def ask_for_epoch(window: MainWindow) -> None:
    """Ask for an epoch to run to."""
    key(window, Qt.Key.Key_E, SHIFT)


def cost_plot(window: MainWindow) -> CurvePlot:
    """Return the plot of the cost."""
    return window.cost_view.plots[0]


def scrub_to(window: MainWindow, epoch: int) -> None:
    """Drag the handle below the curve to an epoch."""
    plot = cost_plot(window)
    snapshot = window.player.snapshot
    assert snapshot is not None
    track, last = plot.scrubber, snapshot.record.last_epoch
    start, end = (QPoint(round(plot.places.across(one)) - track.x(), track.height() // 3) for one in (last, epoch))
    QTest.mousePress(track, LEFT, Qt.KeyboardModifier.NoModifier, start)
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(track, start + (end - start) * part)
        settle(60)
    QTest.mouseRelease(track, LEFT, Qt.KeyboardModifier.NoModifier, end)
    until(lambda: window.player.snapshot is not None and window.player.snapshot.record.is_back)
    QTest.mouseMove(track, QPoint(-40, -40))
    QApplication.sendEvent(track, QEvent(QEvent.Type.Leave))


def go_back_and_branch(window: MainWindow) -> None:
    """Leave a curve, go another way on, and go back once more."""
    click(window, "cost_log_scale")
    scrub_to(window, 40)
    enter(window, "learning_rate", "0.1")
    train(window, 160)
    scrub_to(window, 110)


def let_things_happen(window: MainWindow) -> None:
    """Change the rate and a penalty, set a weight by hand, and let training stop by itself."""
    enter(window, "learning_rate", "0.1")
    train(window, 60)
    enter(window, "l2", "0.001")
    train(window, 40)
    QTest.mouseClick(window.network_view.canvas.viewport(), LEFT, pos=edge_point(window, 2, 0, 3))
    settle(200)
    enter(window, "value_field", "2")
    settle(200)
    train(window, 400)


def point_at_epoch(window: MainWindow, epoch: int) -> None:
    """Read the curves at an epoch."""
    plot = cost_plot(window)
    area = plot.frame.canvas.viewport()
    places = plot.places
    QTest.mouseMove(area, QPoint(round(places.across(epoch)), round((places.top + places.bottom) / 2.0)))
    settle(400)


def show_events(window: MainWindow) -> None:
    """Let things happen, and read the curve at one of them."""
    click(window, "cost_log_scale")
    let_things_happen(window)
    point_at_epoch(window, 160)


def pin_three(window: MainWindow) -> None:
    """Pin two runs and train a third beside them."""
    key(window, Qt.Key.Key_P, CONTROL)
    for rate in ("0.1", "0.3"):
        enter(window, "learning_rate", rate)
        key(window, Qt.Key.Key_R)
        settle(200)
        train(window, 100)
        if rate == "0.1":
            key(window, Qt.Key.Key_P, CONTROL)
    key(window, Qt.Key.Key_C)
    settle(800)


def open_page(window: MainWindow, place: int) -> None:
    """Open a page of the comparison."""
    key(window, Qt.Key.Key_C)
    settle()
    tabs = child(window, QTabBar, "compare_tabs")
    QTest.mouseClick(tabs, LEFT, pos=tabs.tabRect(place).center())
    settle()


def work(window: MainWindow, name: str) -> None:
    """Start what a page does, and wait until it is done."""
    button = child(window, QPushButton, f"{name}_start")
    words = button.text()
    QTest.mouseClick(button, LEFT)
    until(lambda: button.text() != words)
    until(lambda: button.text() == words)
    settle(800)


def study_seeds(window: MainWindow) -> None:
    """Train thirty seeds and look at the worst of them."""
    open_page(window, 1)
    work(window, "seeds")
    click(window, "seeds_worst")


def race(window: MainWindow) -> None:
    """Let optimizers race."""
    open_page(window, 2)
    work(window, "race")


def show_roc(window: MainWindow) -> None:
    """Open the measures, and the ROC curve where there is no room for all of them."""
    key(window, Qt.Key.Key_M)
    settle(800)
    buttons = [one for one in window.findChildren(QToolButton, "measures_show_roc") if one.isVisible()]
    if buttons:
        QTest.mouseClick(buttons[0], LEFT)
    settle(400)
    area = child(window, QWidget, "measures_roc_plot")
    QTest.mouseMove(area, QPoint(area.width() // 3, area.height() // 4))


def select_confused(window: MainWindow) -> None:
    """Select the samples of one class that are taken for another."""
    key(window, Qt.Key.Key_M)
    settle(800)
    matrix = child(window, QTableView, "measures_confusion")
    where: QRect = matrix.visualRect(matrix.model().index(1, 0))
    QTest.mouseClick(matrix.viewport(), LEFT, pos=where.center())
    settle(400)


def look_inside(window: MainWindow) -> None:
    """Open what goes on inside the layers."""
    key(window, Qt.Key.Key_H)
    settle(900)


def show_surface(kind: int) -> Act:
    """Return what opens the cost surface along directions of a kind."""

    def act(window: MainWindow) -> None:
        key(window, Qt.Key.Key_S)
        settle()
        choose(window, "surface_kind", kind)
        settle(300)
        button = child(window, QToolButton, "surface_update")
        until(lambda: button.text() == "Update")
        settle(900)

    return act


def drop_probe(window: MainWindow) -> None:
    """Drop a probe by a double click on the map."""
    plot = child(window, MapPlot, "boundary_plot")
    area = plot.frame.canvas.viewport()
    QTest.mouseDClick(area, LEFT, pos=QPoint(area.width() * 2 // 5, area.height() * 2 // 5))
    settle()


def show_relief(window: MainWindow) -> None:
    """Show the answer as a surface, large."""
    click(window, "boundary_relief_button")
    key(window, Qt.Key.Key_L)
    settle(800)


def enlarge(window: MainWindow) -> None:
    """Let the output fill the window."""
    key(window, Qt.Key.Key_L)
    settle(800)


def ask_for_animation(window: MainWindow) -> None:
    """Open the dialog and wait for its previews."""
    key(window, Qt.Key.Key_E, CONTROL | SHIFT)
    settle(4000)


def open_plot_menu(window: MainWindow) -> None:
    """Open the menu with what can be taken away of each plot."""
    bar = window.menuBar()
    QTest.mouseClick(bar, LEFT, pos=bar.actionGeometry(bar.actions()[0]).center())
    settle(200)
    file = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu) and one.isVisible())
    pick(file, "Export a plot")
    pick(window.plots.menu, "Cost by epoch")


STATES: dict[str, State] = {
    "control-stopped": (PATIENT, 0, SMALL, "light", play_until_it_stops),
    "control-diverged": (WILD, 0, SMALL, "dark", play_until_it_stops),
    "control-one-sample": (STARTER, 5, SMALL, "light", step_sample),
    "control-slow-motion": (STARTER, 30, SMALL, "dark", watch_slowly),
    "control-run-to": (STARTER, 40, SMALL, "light", ask_for_epoch),
    "time-back": (STARTER, 120, LARGE, "light", go_back_and_branch),
    "time-animation": (SPIRAL, 200, SMALL, "dark", ask_for_animation),
    "curve-events": (EVENTFUL, 100, LARGE, "light", show_events),
    "map-wrong-answers": (SPIRAL, 60, SMALL, "dark", enlarge),
    "map-probe": (SPIRAL, 200, SMALL, "light", drop_probe),
    "map-surface": (SPIRAL, 300, SMALL, "light", show_relief),
    "map-contours": (SADDLE, 150, SMALL, "light", None),
    "measures-roc": (BLURRED, 60, SMALL, "dark", show_roc),
    "measures-selection": (SPECIES, 8, SMALL, "light", select_confused),
    "inside": (SPIRAL, 150, LARGE, "light", look_inside),
    "surface-random": (XOR, 60, SMALL, "light", show_surface(0)),
    "surface-path": (SPIRAL, 150, SMALL, "light", show_surface(1)),
    "surface-numbers": (XOR, 60, SMALL, "dark", show_surface(2)),
    "compare-runs": (STARTER, 100, LARGE, "dark", pin_three),
    "compare-seeds": (XOR, 100, LARGE, "light", study_seeds),
    "compare-race": (SPIRAL, 0, SMALL, "light", race),
    "export-plot": (STARTER, 60, SMALL, "light", open_plot_menu),
}


if __name__ == "__main__":
    draw_states(STATES)
