"""Every plot of the window can be taken away: as pixels, as lines and texts, and as numbers."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.compare.race.view import RacePage
from nnplayground.app.features.compare.seeds.view import SeedsPage
from nnplayground.app.features.compare.view import CompareView
from nnplayground.app.features.plot_export.plot_table import (
    PLOTS,
    HasTable,
    Plot,
    owner_of,
    plots_on_show,
    table_of,
    title_of,
    view_of,
    widgets_of,
)
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import COMPARE, INPUTS, INSIDE, INSPECTOR, MEASURES, SURFACE, Detail
from nnplayground.app.ui.plots.frame import PlotFrame
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.app.ui.theme import LIGHT
from nnplayground.project.parameter_index import Selection
from nnplayground.training.observe.inspections import InspectionRequest
from tests.app.driving import PATIENCE, wait_for, window_of

BY_NAME = {plot.name: plot for plot in PLOTS}
SVG = "{http://www.w3.org/2000/svg}"


def until(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=PATIENCE)


def show_runs(qtbot: QtBot, view: CompareView, window: MainWindow) -> None:
    view.show_page("runs")
    (pin,) = view.findChildren(QPushButton, "compare_pin")
    pin.click()
    until(qtbot, lambda: bool(table_of(BY_NAME["runs"], window)))


def show_seeds(qtbot: QtBot, view: CompareView, window: MainWindow) -> None:
    view.show_page("seeds")
    page = view.page("seeds")
    assert isinstance(page, SeedsPage)
    page.controls.count.show_value("10")
    page.controls.epochs.show_value(3)
    page.controls._has_own_epochs = True
    page.controls.job.button.click()
    until(qtbot, lambda: not page.controls.job.is_working and page.study is not None)


def show_race(qtbot: QtBot, view: CompareView, window: MainWindow) -> None:
    view.show_page("race")
    page = view.page("race")
    assert isinstance(page, RacePage)
    page.controls.epochs.show_value(3)
    page.controls.job.button.click()
    until(qtbot, lambda: not page.controls.job.is_working and page.standings is not None)


def show(qtbot: QtBot, window: MainWindow, plot: Plot) -> None:
    """Bring a plot into sight, whichever dock it is in, and wait for its data."""
    places: dict[str, Detail[Any]] = {
        "figures": MEASURES, "confusion": MEASURES, "roc": MEASURES, "layers": MEASURES, "histograms": INSIDE,
        "gradients": INSIDE, "activation": INSPECTOR, "inputs": INPUTS, "surface": SURFACE, "runs": COMPARE,
        "seeds": COMPARE, "seed_costs": COMPARE, "race": COMPARE,
    }  # fmt: skip
    if plot.name == "score":
        window.cost_view.shows_scores = True
    if plot.name in places:
        window.details.show(places[plot.name])
    if plot.name == "activation":
        window.inspector_view.show_selection(Selection(0, 0))
        window.show_frame(wait_for(qtbot, window, lambda snapshot: snapshot.seen.of(InspectionRequest) is not None))
    if plot.name == "roc":
        window.measures_view._switch._choose(1)
    comparing = {"runs": show_runs, "seeds": show_seeds, "seed_costs": show_seeds, "race": show_race}
    if plot.name in comparing:
        comparing[plot.name](qtbot, window.details.view(COMPARE), window)
    until(qtbot, lambda: plot in plots_on_show(window) and bool(table_of(plot, window)))
    for pacer in window.findChildren(Pacer):  # texts that wait to be readable would change sizes later
        owner = pacer.parent()
        if isinstance(owner, QWidget) and owner.isVisible():
            pacer.now()
    QApplication.processEvents()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that has trained a little, so that every plot has something to show."""
    with window_of(qtbot) as made:
        made.resize(1500, 900)
        made.train_epochs(5)
        wait_for(qtbot, made, lambda snapshot: snapshot.epoch == 5 and not snapshot.running)
        until(qtbot, lambda: BY_NAME["cost"] in plots_on_show(made))
        yield made


def pixels(image: QImage) -> NDArray[np.uint8]:
    """Return red, green and blue `[rows, columns, 3]`."""
    plain = image.convertToFormat(QImage.Format.Format_RGBX8888)
    flat = np.frombuffer(plain.constBits(), dtype=np.uint8)
    return flat.reshape(plain.height(), plain.bytesPerLine() // 4, 4)[:, : plain.width(), :3].copy()


def rendered(document: bytes, width: int, height: int) -> NDArray[np.uint8]:
    """Return what another program makes of an SVG document."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    painter = QPainter(image)
    reader = QSvgRenderer(document)
    assert reader.isValid()
    reader.render(painter)
    painter.end()
    return pixels(image)


def coarse(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Return the mean colours of blocks of 8 pixels, in which it does not matter how smooth an edge is."""
    rows, columns = (length // 8 * 8 for length in picture.shape[:2])
    blocks = picture[:rows, :columns].reshape(rows // 8, 8, columns // 8, 8, 3)
    return np.asarray(blocks.mean(axis=(1, 3)))


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_a_plot_is_saved_as_pixels_as_lines_and_as_numbers(
    plot: Plot, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    show(qtbot, window, plot)
    said: list[tuple[str, str]] = []
    window.plots.said.connect(lambda sentence, kind: said.append((sentence, kind)))
    for kind in ("png", "svg", "csv"):
        window.plots.save_to(plot, tmp_path / f"{plot.name}.{kind}")
        until(qtbot, lambda: not window.plots.is_busy)
    assert [kind for _, kind in said] == ["info"] * 3, said
    assert {path.suffix for path in tmp_path.iterdir()} == {".png", ".svg", ".csv"}
    image = QImage(str(tmp_path / f"{plot.name}.png"))
    assert f"{image.width():,} × {image.height():,} pixels" in said[0][0]
    assert abs(image.dotsPerMeterX() * 0.0254 - 288) < 1

    document = (tmp_path / f"{plot.name}.svg").read_bytes()
    tree = ET.fromstring(document)
    texts = ["".join(element.itertext()) for element in tree.iter(f"{SVG}text")]
    assert title_of(plot, window) in texts
    assert len(texts) > 3
    x, y, width, height = map(float, tree.attrib["viewBox"].split())
    assert (x, y) == (0.0, 0.0)
    assert (image.width(), image.height()) == (round(3 * width), round(3 * height))
    again = rendered(document, image.width(), image.height())
    difference = np.abs(coarse(again) - coarse(pixels(image)))
    assert difference.mean() < 6.0  # fonts are as large, but not to the pixel as wide
    assert len({tuple(color) for color in pixels(image)[::7, ::7].reshape(-1, 3).tolist()}) > 20

    with (tmp_path / f"{plot.name}.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    table = table_of(plot, window)
    assert head == list(table)
    assert len(rows) == max(map(len, table.values()))
    for place, column in enumerate(table.values()):
        if isinstance(column, np.ndarray):
            read = [float(row[place]) if row[place] else np.nan for row in rows[: len(column)]]
            assert np.array_equal(np.array(read), column.astype(np.float64), equal_nan=True)


def test_every_part_of_the_window_that_can_tell_its_data_belongs_to_a_plot(window: MainWindow, qtbot: QtBot) -> None:
    owners: set[object] = set()
    for plot in PLOTS:
        show(qtbot, window, plot)
        owners.add(owner_of(plot, window))
        seen = [widget for widget in window.findChildren(QWidget) if widget.isVisible()]
        told = [widget for widget in seen if isinstance(widget, HasTable)]
        inner = {one for one in told if not any(one.isAncestorOf(other) for other in told if other is not one)}
        known = {owner_of(one, window) for one in plots_on_show(window)}
        assert inner <= known, inner - known


def test_a_curve_is_one_line_as_wide_as_on_the_screen(window: MainWindow) -> None:
    tree = ET.fromstring(window.plots.svg(BY_NAME["cost"]))
    blue = [group for group in tree.iter(f"{SVG}g") if group.get("stroke") == LIGHT.positive.lower()]
    widths = {group.get("stroke-width") for group in blue if group.findall(f"{SVG}path")}
    assert widths == {"2"}
    assert all("scale" not in (group.get("transform") or "") for group in blue)


def test_the_whole_network_is_in_the_picture_however_little_is_in_view(window: MainWindow, qtbot: QtBot) -> None:
    plot = BY_NAME["network"]
    before = window.plots.image(plot)
    for _ in range(6):
        window.commands["zoom_in"].trigger()
    assert not window.network_view.canvas.navigator.is_whole
    large = window.plots.image(plot)
    assert large.width() > 1.5 * before.width()
    names = ["".join(text.itertext()) for text in ET.fromstring(window.plots.svg(plot)).iter(f"{SVG}text")]
    assert {"Layer 1", "Layer 2", "4 neurons", "2 neurons", "2 inputs", "1 output"} <= set(names)


def test_what_is_only_there_for_the_hand_is_left_out(window: MainWindow) -> None:
    drawn = ET.fromstring(window.plots.svg(BY_NAME["network"]))
    words = " ".join("".join(text.itertext()) for text in drawn.iter(f"{SVG}text"))
    assert "Click" not in words
    scrubber = ET.fromstring(window.plots.svg(BY_NAME["cost"]))
    assert not list(scrubber.iter(f"{SVG}circle")) + list(scrubber.iter(f"{SVG}ellipse"))


def test_for_paper_the_ground_is_white_and_the_window_stays_dark(qtbot: QtBot) -> None:
    with window_of(qtbot, theme="dark") as window:
        window.train_epochs(2)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
        until(qtbot, lambda: BY_NAME["cost"] in plots_on_show(window))
        for plot in plots_on_show(window):
            assert window.plots.image(plot).pixelColor(1, 1) == QColor(window.theme.panel)
            on_screen = window.grab().toImage()
            window.settings.plots_on_paper = True
            assert window.plots.image(plot).pixelColor(1, 1) == QColor("white")
            window.settings.plots_on_paper = False
            assert np.abs(coarse(pixels(window.grab().toImage())) - coarse(pixels(on_screen))).mean() < 1.0


def test_the_file_menu_lists_what_can_be_seen(window: MainWindow) -> None:
    window.plots.menu.aboutToShow.emit()
    texts = [action.text() for action in window.plots.menu.actions()]
    assert texts == ["Network", "Decision boundary", "Cost by epoch"]
    entry = window.plots.menu.actions()[2].menu()
    assert isinstance(entry, QMenu)
    names = [action.objectName() for action in entry.actions() if not action.isSeparator()]
    assert names[:5] == [f"{what}_cost" for what in ("copy_picture", "save_png", "save_svg", "save_csv", "copy_data")]


def ask_for_menu(widget: QWidget, place: QPoint, reason: QContextMenuEvent.Reason) -> QMenu:
    """Send what the right button or the menu key sends, and return the menu that opens."""
    event = QContextMenuEvent(reason, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    menus = [menu for menu in QApplication.topLevelWidgets() if isinstance(menu, QMenu) and menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


@pytest.mark.parametrize("name", ["cost", "boundary"])
def test_the_right_button_on_a_plot_opens_its_menu(name: str, window: MainWindow) -> None:
    (frame, *_) = widgets_of(BY_NAME[name], window)[0][0].findChildren(PlotFrame)
    canvas = frame.canvas.viewport()
    menu = ask_for_menu(canvas, canvas.rect().center(), QContextMenuEvent.Reason.Mouse)
    assert f"copy_data_{name}" in [action.objectName() for action in menu.actions()]
    menu.close()


def test_the_menu_key_opens_it_too(window: MainWindow) -> None:
    scrubber = window.cost_view.plots[0].scrubber
    menu = ask_for_menu(scrubber, QPoint(2, 2), QContextMenuEvent.Reason.Keyboard)
    assert "save_svg_cost" in [action.objectName() for action in menu.actions()]
    menu.close()


def test_the_menu_of_a_layer_offers_the_network(window: MainWindow) -> None:
    canvas = window.network_view.canvas
    menu = ask_for_menu(canvas.viewport(), canvas.viewport().rect().center(), QContextMenuEvent.Reason.Mouse)
    assert menu.findChild(QMenu, "export_network") is not None
    menu.close()


def test_picture_and_numbers_are_copied(window: MainWindow) -> None:
    plot, clipboard = BY_NAME["cost"], QGuiApplication.clipboard()
    window.plots.copy_picture(plot)
    assert clipboard.image().size() == window.plots.image(plot).size()
    window.plots.copy_data(plot)
    head, *rows = [line.split("\t") for line in clipboard.text().splitlines()]
    assert head[:3] == ["epoch", "train_cost", "test_cost"]
    assert [row[0] for row in rows] == list("012345")


def test_the_dialog_remembers_the_folder_and_what_cannot_be_written_is_told(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str, str]] = []

    def ask(_parent: QWidget, folder: str, *, name: str, kind: str) -> Path | None:
        asked.append((folder, name, kind))
        return tmp_path / f"{name}.{kind}" if len(asked) == 1 else None

    monkeypatch.setattr("nnplayground.app.features.plot_export.plots.ask_save_plot", ask)
    for _ in range(2):
        window.plots.ask_and_save(BY_NAME["cost"], kind="csv")
        until(qtbot, lambda: not window.plots.is_busy)
    assert asked[1] == (str(tmp_path), "cost", "csv")
    with qtbot.waitSignal(window.plots.said, timeout=PATIENCE) as said:
        window.plots.save_to(BY_NAME["cost"], tmp_path / "no" / "cost.png")
    assert said.args is not None
    sentence, kind = said.args
    assert kind == "error" and "choose a folder that exists" in sentence
    assert [path.name for path in tmp_path.iterdir()] == ["cost.csv"]


def test_the_points_are_saved_with_the_answers_to_them(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "nnplayground.app.features.plot_export.plots.ask_save_plot", lambda *_, **__: tmp_path / "points.csv"
    )
    until(qtbot, lambda: "predicted" in window.boundary_view.export_points())
    menu = window.plots.menu_of(BY_NAME["boundary"])
    next(action for action in menu.actions() if action.objectName() == "save_points").trigger()
    until(qtbot, lambda: not window.plots.is_busy)
    with (tmp_path / "points.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    assert head == ["x1", "x2", "target", "part", "predicted"]
    snapshot = window.player.snapshot
    assert snapshot is not None
    samples = snapshot.data.samples
    assert [[float(field) for field in row[:3]] for row in rows] == np.column_stack(
        [samples.inputs, samples.targets]
    ).tolist()
    right = sum(row[2] == row[4] for row in rows if row[3] == "0")
    assert snapshot.train.score == pytest.approx(right / len(snapshot.data.train_rows))
    menu.deleteLater()


def test_before_there_is_anything_the_data_are_not_offered_as_a_file(qtbot: QtBot, tmp_path: Path) -> None:
    with window_of(qtbot) as window:
        assert BY_NAME["cost"] not in plots_on_show(window)
        with qtbot.waitSignal(window.plots.said, timeout=PATIENCE) as said:
            window.plots.save_to(BY_NAME["cost"], tmp_path / "cost.csv")
        assert said.args is not None and said.args[1] == "warning"
        assert not list(tmp_path.iterdir())


def test_a_view_takes_the_colours_of_its_plots(window: MainWindow) -> None:
    assert view_of(BY_NAME["network"], window) is window.network_view
    assert view_of(BY_NAME["boundary"], window) is window.boundary_view
    assert view_of(BY_NAME["cost"], window) is window.cost_view
