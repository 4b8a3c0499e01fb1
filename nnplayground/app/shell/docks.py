"""Fills the docks of a window and the middle between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnplayground.app.shell.dock import Dock
from nnplayground.app.shell.layout import dock_button, scrolling, tick_while_open
from nnplayground.app.shell.parts import DETAILS, INPUTS, INSPECTOR, MEASURES, Detail
from nnplayground.app.ui.theme import SPACE

if TYPE_CHECKING:
    from nnplayground.app.shell.main_window import MainWindow

# From the left; whoever has no button here is opened by the View menu and its key.
OUTPUT_BUTTONS: tuple[Detail[Any], ...] = (INPUTS,)
COST_BUTTONS: tuple[Detail[Any], ...] = (INSPECTOR, MEASURES)


def make_center(window: MainWindow) -> QWidget:
    """Return the middle of the window: the network and what is set about it."""
    center = QWidget(window)
    center.setObjectName("center")
    column = QVBoxLayout(center)
    column.setContentsMargins(SPACE[0], SPACE[0], SPACE[0], SPACE[0])
    column.setSpacing(SPACE[0])
    column.addWidget(window.network_bar)
    column.addWidget(window.network_view, 1)
    return center


def make_docks(window: MainWindow) -> dict[str, Dock]:
    """Return all docks by their names; those of details are empty until they are first seen."""
    docks = [
        Dock("data", "Data", window, has_header=False, content=scrolling(window.data_panel)),
        Dock("training", "Training", window, has_header=False, content=scrolling(window.training_panel)),
        Dock("output", "Output", window, has_header=True, content=window.boundary_view),
        Dock("cost", "Cost", window, has_header=True, content=window.cost_view),
        *(Dock(detail.name, detail.title, window, has_header=detail.has_header) for detail in DETAILS),
    ]
    return {dock.name: dock for dock in docks}


def add_dock_buttons(window: MainWindow) -> None:
    """Put the buttons that open details into the headers of the views to which they belong."""
    output, cost = window.boundary_view, window.cost_view
    for detail in OUTPUT_BUTTONS:
        output.add_control(dock_button(window.commands[detail.name], window.docks[detail.name], output, word=False))
    for detail in COST_BUTTONS:
        cost.add_control(dock_button(window.commands[detail.name], window.docks[detail.name], cost))
    for detail in DETAILS:
        if detail not in OUTPUT_BUTTONS + COST_BUTTONS:
            tick_while_open(window.commands[detail.name], window.docks[detail.name])
