"""Takes plots away from the window: as a picture or as data, to a file or to the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from nnplayground.app.features.plot_export.plot_table import (
    Plot,
    plain_labels,
    plots_on_show,
    table_of,
    title_of,
    view_of,
    widgets_of,
)
from nnplayground.app.ui.background import Background
from nnplayground.app.ui.file_dialogs import ask_save_plot
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.errors import clipped, named
from nnplayground.export.table_csv import Table, csv_text, rows_of, save_table
from nnplayground.files import absolute, write_atomically

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from nnplayground.app.shell.main_window import MainWindow
    from nnplayground.app.ui.pictures.picture import Part, Picture

MENU_HELP = "Save a plot that can be seen as a picture or its data as a table, or copy it; also a right click on it."
PAPER_HELP = "Draw pictures of plots on white, as for a sheet of paper, whatever the colours of the window are."
POINTS_HELP = "Save a row for each sample: its inputs, its target, its part (0 trains, 1 tests) and the answer to it."
SHOWN = 3
NOT_SEEN = "There is nothing to take away from this plot yet; train the network first."
STILL_SAVING = "A plot is still being saved; try again when that is done."


Result = TypeVar("Result")


class Plots(QObject):
    """Offers and does it all. `said(sentence, kind)` is for the message bar."""

    said = Signal(str, str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._saving = Path()
        self._writer = Background(self)
        self._writer.done.connect(self._tell)
        self._writer.failed.connect(self._complain)
        window.closing.connect(self._writer.close)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being written."""
        return self._writer.busy

    def join(self, before: QAction) -> None:
        """Offer all plots in the menu of another action, above it, and each where the right button is pressed on it."""
        self.menu = QMenu("Export a &plot", self._window)
        self.menu.setObjectName("export_plot_menu")
        self.menu.setToolTipsVisible(True)
        self.menu.menuAction().setObjectName("export_plot")
        self.menu.menuAction().setToolTip(wrapped(MENU_HELP))
        self.menu.menuAction().setStatusTip(MENU_HELP)
        self.menu.aboutToShow.connect(self._fill)
        for menu in before.associatedObjects():
            if isinstance(menu, QMenu):
                menu.insertMenu(before, self.menu)
        for dock in self._window.docks.values():
            if dock.name not in ("data", "training"):
                dock.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                dock.customContextMenuRequested.connect(partial(self._open, dock))
        self._window.network_view.canvas.menu_opening.connect(self._add_network)

    def entries(self, plot: Plot, menu: QMenu) -> None:
        """Put everything that can be done with a plot into a menu."""
        for name, text, action in (
            ("copy_picture", "Copy &picture", self.copy_picture),
            ("save_png", "Save picture as P&NG…", partial(self.ask_and_save, kind="png")),
            ("save_svg", "Save picture as &SVG…", partial(self.ask_and_save, kind="svg")),
            ("save_csv", "Save data as &CSV…", partial(self.ask_and_save, kind="csv")),
            ("copy_data", "Copy &data", self.copy_data),
        ):
            made = menu.addAction(text)
            made.setObjectName(f"{name}_{plot.name}")
            made.triggered.connect(partial(self._do, action, plot))
        if plot.name == "boundary":
            points = menu.addAction("Save p&oints as CSV…")
            points.setObjectName("save_points")
            points.setToolTip(wrapped(POINTS_HELP))
            points.triggered.connect(partial(self._do, self.ask_and_save_points, plot))
        menu.addSeparator()
        paper = menu.addAction("On &white, for paper")
        paper.setObjectName("plots_on_paper")
        paper.setToolTip(wrapped(PAPER_HELP))
        paper.setCheckable(True)
        paper.setChecked(self._window.settings.plots_on_paper)
        paper.toggled.connect(partial(setattr, self._window.settings, "plots_on_paper"))
        menu.setToolTipsVisible(True)

    def ask_and_save(self, plot: Plot, *, kind: str) -> None:
        """Ask for a file and save a plot to it."""
        path = ask_save_plot(self._window, self._window.settings.last_folder, name=plot.name, kind=kind)
        if path is not None:
            self.save_to(plot, path)

    def save_to(self, plot: Plot, path: Path) -> None:
        """Save a plot in the format of the file's name: `.png`, `.svg`, else its data as CSV."""
        kind = path.suffix.lower()
        if kind not in (".png", ".svg"):
            self._save_table(table_of(plot, self._window), path)
        elif not widgets_of(plot, self._window):
            self._complain(NOT_SEEN, "warning")
        elif self._writer.busy:
            self._complain(STILL_SAVING, "warning")
        elif kind == ".png":
            self._start(partial(_write_png, self.image(plot), path), path)
        else:
            self._start(partial(_write_svg, self.svg(plot), path), path)

    def ask_and_save_points(self, _plot: Plot) -> None:
        """Ask for a file and save the samples to it with what the network answers to each."""
        path = ask_save_plot(self._window, self._window.settings.last_folder, name="points", kind="csv")
        if path is not None:
            self._save_table(self._window.boundary_view.export_points(), path)

    def _save_table(self, table: Table, path: Path) -> None:
        if not table:
            self._complain(NOT_SEEN, "warning")
        elif self._writer.busy:
            self._complain(STILL_SAVING, "warning")
        else:
            self._start(partial(_write_csv, table, path), path)

    def _start(self, job: Callable[[], str], path: Path) -> None:
        self._saving = path
        self._writer.start(job)

    def copy_picture(self, plot: Plot) -> None:
        """Put the picture of a plot into the clipboard."""
        QGuiApplication.clipboard().setImage(self.image(plot))
        self.said.emit(f"Copied a picture: {plot.title}.", "info")

    def copy_data(self, plot: Plot) -> None:
        """Put the data of a plot into the clipboard, as spreadsheets take them."""
        table = table_of(plot, self._window)
        if not table:
            self._complain(NOT_SEEN, "warning")
            return
        QGuiApplication.clipboard().setText(csv_text(table.keys(), rows_of(table), separator="\t"))
        self.said.emit(f"Copied the data of a plot: {plot.title}.", "info")

    def image(self, plot: Plot) -> QImage:
        """Return a plot as pixels, three of them for each one of the screen."""
        from nnplayground.app.ui.pictures.picture import as_image

        return self._painted(plot, as_image)

    def svg(self, plot: Plot) -> bytes:
        """Return a plot as an SVG document."""
        from nnplayground.app.ui.pictures.picture import as_svg

        return self._painted(plot, as_svg)

    def _painted(self, plot: Plot, paint: Callable[[Picture], Result]) -> Result:
        """Return what becomes of the picture of a plot; for paper its view has light colours meanwhile, unseen."""
        window, view = self._window, view_of(plot, self._window)
        if view is None or window.theme is LIGHT or not window.settings.plots_on_paper:
            return paint(self._picture(plot, window.theme))
        labels = plain_labels(view)
        try:
            view.set_theme(LIGHT)
            for label in labels:
                label.setStyleSheet(f"color: {LIGHT.text};")
            return paint(self._picture(plot, LIGHT))
        finally:
            for label in labels:
                label.setStyleSheet("")
            view.set_theme(window.theme)

    def _picture(self, plot: Plot, theme: Theme) -> Picture:
        """Return a plot as a picture, with the epoch where it is of one moment."""
        from nnplayground.app.ui.pictures.picture import Picture

        window, snapshot = self._window, self._window.player.snapshot
        epoch = f"epoch {snapshot.epoch:,}" if plot.moment and snapshot is not None else ""
        note = " · ".join(filter(None, (epoch, plot.note)))
        rows = [[_part(widget) for widget in row] for row in widgets_of(plot, window)]
        return Picture(title_of(plot, window), note, rows, window.font(), theme)

    def _do(self, action: Callable[[Plot], object], plot: Plot, *_checked: bool) -> None:
        """Do what an entry of a menu says, if the plot is still there."""
        if widgets_of(plot, self._window):
            action(plot)
        else:
            self._complain(NOT_SEEN, "warning")

    def _fill(self) -> None:
        """List the plots that can be seen now."""
        self.menu.clear()
        for plot in plots_on_show(self._window):
            entry = self.menu.addMenu(plot.title)
            entry.setObjectName(f"export_{plot.name}")
            self.entries(plot, entry)

    def _open(self, dock: QWidget, place: QPoint) -> None:
        """Open the menu of the plot at a place of a dock, or of the first one in it."""
        found = [
            plot for plot in plots_on_show(self._window) if dock.isAncestorOf(widgets_of(plot, self._window)[0][0])
        ]
        here = [plot for plot in found if self._is_at(plot, dock.mapToGlobal(place))]
        if found:
            self.menu_of((here or found)[0]).popup(dock.mapToGlobal(place))

    def menu_of(self, plot: Plot) -> QMenu:
        """Return a menu with everything that can be done with a plot, which goes away when it is closed."""
        menu = QMenu(self._window)
        menu.setObjectName("plot_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(plot.title).setEnabled(False)
        menu.addSeparator()
        self.entries(plot, menu)
        return menu

    def _is_at(self, plot: Plot, place: QPoint) -> bool:
        rows = widgets_of(plot, self._window)
        return any(widget.rect().contains(widget.mapFromGlobal(place)) for row in rows for widget in row)

    def _add_network(self, menu: QMenu) -> None:
        """Add the picture of the network to the menu of one of its layers."""
        for plot in plots_on_show(self._window):
            if plot.name == "network":
                menu.addSeparator()
                entry = menu.addMenu("Export &picture or weights")
                entry.setObjectName("export_network")
                self.entries(plot, entry)

    def _tell(self, said: object) -> None:
        self._window.settings.last_folder = str(absolute(self._saving).parent)
        self.said.emit(str(said), "info")

    def _complain(self, sentence: str, kind: str = "error") -> None:
        self.said.emit(sentence, kind)


def _part(widget: QWidget) -> Part:
    """Return a widget as a part of a picture; of the network that is all, however little of it is in view."""
    from nnplayground.app.features.network.canvas import Canvas
    from nnplayground.app.features.network.picture import NetworkPart
    from nnplayground.app.ui.pictures.picture import WidgetPart

    return NetworkPart(widget) if isinstance(widget, Canvas) else WidgetPart(widget)


def _write_png(image: QImage, path: Path) -> str:
    """Write a picture of pixels, and return what to say of it."""
    from nnplayground.app.ui.pictures.picture import png_bytes

    write_atomically(path, png_bytes(image))
    return f"Saved {named(path)}: {image.width():,} × {image.height():,} pixels."


def _write_svg(document: bytes, path: Path) -> str:
    """Write a picture of lines and texts, and return what to say of it."""
    write_atomically(path, document)
    return f"Saved {named(path)}: lines and texts, sharp at any size."


def _write_csv(table: Table, path: Path) -> str:
    """Write a table, and return what to say of it."""
    save_table(table, path)
    rows = max(map(len, table.values()))
    names = ", ".join(map(clipped, list(table)[:SHOWN]))
    return f"Saved {named(path)}: {rows:,} {'row' if rows == 1 else 'rows'} of {names}" + (
        " and more." if len(table) > SHOWN else "."
    )
