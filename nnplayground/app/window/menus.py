"""The menu bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QWidget

from nnplayground.app.settings import THEME_CHOICES

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


def make_menus(
    window: QMainWindow,
    actions: Mapping[str, QAction],
    docks: Mapping[str, QDockWidget],
    *,
    theme: str,
    choose_theme: Callable[[str], None],
) -> None:
    """Fill the menu bar; the view menu also shows and hides the docks and chooses the colours."""
    for title, names in MENUS.items():
        menu = window.menuBar().addMenu(title)
        menu.setToolTipsVisible(True)
        if title == "&View":
            for name, dock in docks.items():
                menu.addAction(actions.get(name) or dock.toggleViewAction())
            menu.addMenu(_theme_menu(window, theme, choose_theme))
            menu.addSeparator()
        for name in names:
            if name:
                menu.addAction(actions[name])
            else:
                menu.addSeparator()


def _theme_menu(window: QMainWindow, chosen: str, choose_theme: Callable[[str], None]) -> QMenu:
    menu = QMenu("&Colours", window)
    group = QActionGroup(menu)
    for choice in THEME_CHOICES:
        action = group.addAction(menu.addAction({"system": "Like the &system"}.get(choice, f"&{choice.capitalize()}")))
        action.setObjectName(f"theme_{choice}")
        action.setData(choice)
        action.setCheckable(True)
        action.setChecked(choice == chosen)

    def choose(action: QAction) -> None:
        choose_theme(str(action.data()))

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
