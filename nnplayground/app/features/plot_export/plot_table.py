"""Every plot of the window that can be taken away as a picture or as data: what it is called and what belongs to it.

Widgets are given by their object names, as most of them are made when they are first seen. What has the data of a plot
is the first of its widgets, or the nearest one around it that can tell them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.theme import Theme
from nnplayground.export.table_csv import Table

if TYPE_CHECKING:
    from nnplayground.app.shell.main_window import MainWindow


@runtime_checkable
class HasTable(Protocol):
    """A view or a part of one that can tell its data."""

    def export_table(self) -> Table:
        """Return columns by their names; empty while there is nothing."""
        ...


@runtime_checkable
class Themed(Protocol):
    """A view that can show everything in other colours."""

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        ...


@dataclass(frozen=True)
class Plot:
    """One plot. `name` is that of its file; `rows` are the widgets of its picture, below and beside each other.

    It can be had while a widget of the first row is seen. One that is of the `moment` on show is dated with its epoch.
    `heading` is the widget whose text is the title above the picture, where that changes; `note` stands beside it.
    """

    name: str
    title: str
    rows: tuple[tuple[str, ...], ...]
    moment: bool = False
    heading: str = ""
    note: str = ""


# As the menu lists them.
PLOTS: tuple[Plot, ...] = (
    Plot("network", "Network", (("network_canvas", "layer_list"),), moment=True),
    Plot(
        "boundary",
        "Decision boundary",
        (("boundary_plot", "boundary_curve_page", "boundary_relief"), ("boundary_legend",)),
        moment=True,
        heading="boundary_title",
    ),
    Plot("cost", "Cost by epoch", (("cost_plot",),)),
    Plot("score", "Score by epoch", (("score_plot",),)),
    Plot("figures", "Figures", (("measures_figures",),), moment=True),
    Plot(
        "confusion",
        "Confusion matrix",
        (("measures_confusion", "measures_by_class"),),
        moment=True,
        heading="measures_part",
        note="true classes as rows",
    ),
    Plot("roc", "ROC curve", (("measures_roc_plot",), ("measures_roc_figures",)), moment=True),
    Plot("layers", "Layers", (("measures_layers",),), moment=True),
    Plot("histograms", "Inside the layers", (("inside_part",),), moment=True),
    Plot("gradients", "Gradient of each layer by epoch", (("inside_gradient_plot",),)),
    Plot("activation", "Activation curve", (("inspector_curve",),), moment=True),
    Plot("inputs", "Inputs", (("inputs_picture",), ("inputs_legend",))),
    Plot("surface", "Cost surface", (("surface_plot",), ("surface_colours",))),
    Plot("runs", "Runs", (("compare_runs_table",),)),
    Plot("seeds", "Many seeds", (("seeds_band",),)),
    Plot("seed_costs", "Final costs of many seeds", (("seeds_strip",),)),
    Plot("race", "Race", (("race_curves",),)),
)


def widgets_of(plot: Plot, window: MainWindow) -> list[list[QWidget]]:
    """Return those widgets of a plot that can be seen, row by row; none where the plot cannot."""
    rows = [[widget for name in row if (widget := _seen(window, name)) is not None] for row in plot.rows]
    return [row for row in rows if row] if rows[0] else []


def plots_on_show(window: MainWindow) -> list[Plot]:
    """Return the plots that can be had now."""
    return [plot for plot in PLOTS if widgets_of(plot, window)]


def owner_of(plot: Plot, window: MainWindow) -> HasTable | None:
    """Return what can tell the data of a plot that is on show."""
    rows = widgets_of(plot, window)
    around = _around(rows[0][0]) if rows else iter(())
    return next((widget for widget in around if isinstance(widget, HasTable)), None)


def table_of(plot: Plot, window: MainWindow) -> Table:
    """Return the data of a plot as columns by their names; empty while there are none."""
    owner = owner_of(plot, window)
    return {} if owner is None else owner.export_table()


def view_of(plot: Plot, window: MainWindow) -> Themed | None:
    """Return the view that a plot is a part of, whose colours are those of the plot."""
    rows = widgets_of(plot, window)
    views = [widget for widget in _around(rows[0][0]) if isinstance(widget, Themed)] if rows else []
    return views[-1] if views else None


def plain_labels(view: Themed) -> list[QLabel]:
    """Return the labels in a view that have the colours of the window and not their own."""
    labels = view.findChildren(QLabel) if isinstance(view, QWidget) else []
    return [label for label in labels if not label.styleSheet()]


def title_of(plot: Plot, window: MainWindow) -> str:
    """Return what is written above the picture of a plot."""
    heading = window.findChild(QWidget, plot.heading) if plot.heading else None
    if isinstance(heading, ElidedLabel):
        return heading.whole_text() or plot.title
    if isinstance(heading, QComboBox) and heading.isVisible():
        return f"{plot.title}, {heading.currentText().lower()}"
    return plot.title


def _around(widget: QWidget) -> Iterator[QWidget]:
    """Return a widget and those that it lies in, without the window itself."""
    inner: QWidget | None = widget
    while inner is not None and not inner.isWindow():
        yield inner
        inner = inner.parentWidget()


def _seen(window: MainWindow, name: str) -> QWidget | None:
    """Return the widget of a name that can be seen."""
    found = window.findChildren(QWidget, name)
    return next((widget for widget in found if widget.isVisible()), None)
