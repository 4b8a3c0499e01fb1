"""The menu bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QWidget

from nnplayground.app.ui.tooltips import wrapped
from nnplayground.written_numbers import COMMA, POINT

MENUS: dict[str, tuple[str, ...]] = {
    "&File": (
        "new",
        "open",
        "open_table",
        "open_pictures",
        "",
        "save",
        "save_as",
        "",
        "save_data",
        "export",
        "export_animation",
        "",
        "quit",
    ),
    "&Edit": ("undo", "redo", "", "draw", "paste_table"),
    "&Training": (
        "play",
        "step_sample",
        "step_batch",
        "step_epoch",
        "run_to",
        "",
        "faster",
        "slower",
        "",
        "replay",
        "pin",
        "",
        "restart",
        "new_weights",
        "start_from",
        "first_biases",
        "",
        "check_gradient",
    ),
    "&View": ("zoom_in", "zoom_out", "zoom_normal", "zoom_fit", "flow", "", "probe", "large_output", "reset_layout"),
    "&Help": ("shortcuts", "about"),
}


THEMES = {
    "system": ("Like the &system", "Use the colours that the system has."),
    "light": ("&Light", "Draw dark on light."),
    "dark": ("&Dark", "Draw light on dark."),
}
_ABOUT_SIGN = (
    "Numbers in fields, and those that are copied and pasted as text, have the {} before their decimals; read-outs, "
    "formulas, files, NumPy and CSV have the point."
)
SIGNS = {
    POINT: ("&Point: 1.5", _ABOUT_SIGN.format("point")),
    COMMA: ("&Comma: 1,5", _ABOUT_SIGN.format("comma")),
}


@dataclass(frozen=True)
class Choice:
    """What is ticked at first, and what a click on another option does."""

    chosen: str
    choose: Callable[[str], None]


def make_menus(
    window: QMainWindow,
    actions: Mapping[str, QAction],
    docks: Mapping[str, QDockWidget],
    *,
    theme: Choice,
    decimal_sign: Choice,
) -> None:
    """Fill the menu bar; the view menu also shows and hides the docks and chooses the colours."""
    for title, names in MENUS.items():
        menu = window.menuBar().addMenu(title)
        menu.setToolTipsVisible(True)
        if title == "&View":
            for name, dock in docks.items():
                menu.addAction(actions.get(name) or dock.toggleViewAction())
            menu.addMenu(_choice_menu(window, "&Colours", "theme", THEMES, theme))
            menu.addSeparator()
        for name in names:
            if name:
                menu.addAction(actions[name])
            else:
                menu.addSeparator()
        if title == "&Edit":
            menu.addSeparator()
            menu.addMenu(_choice_menu(window, "Decimal &sign", "decimal", SIGNS, decimal_sign))


def _choice_menu(
    window: QMainWindow, title: str, name: str, options: Mapping[str, tuple[str, str]], choice: Choice
) -> QMenu:
    """Return a menu of which one entry is ticked; their objects are called `name` and the key of the option."""
    menu = QMenu(title, window)
    menu.setObjectName(f"{name}_menu")
    menu.setToolTipsVisible(True)
    group = QActionGroup(menu)
    for key, (text, about) in options.items():
        action = group.addAction(menu.addAction(text))
        action.setObjectName(f"{name}_{key}")
        action.setToolTip(wrapped(about))
        action.setData(key)
        action.setCheckable(True)
        action.setChecked(key == choice.chosen)

    def choose(action: QAction) -> None:
        choice.choose(str(action.data()))

    group.triggered.connect(choose)
    return menu


def add_context_menu(widget: QWidget, actions: Sequence[QAction]) -> None:
    """Show actions where the right button or the menu key is pressed on a widget.

    They are not added to the widget itself, as a tool button would then draw an arrow for them.
    """
    menu = QMenu(widget)
    menu.addActions(list(actions))
    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(partial(_pop_up, menu, widget))


def _pop_up(menu: QMenu, widget: QWidget, place: QPoint) -> None:
    menu.popup(widget.mapToGlobal(place))
