"""The menu bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from nnplayground.app.settings import THEME_CHOICES

MENUS: dict[str, tuple[str, ...]] = {
    "&File": ("new", "open", "open_pictures", "", "save", "save_as", "", "export", "", "quit"),
    "&Edit": ("undo", "redo"),
    "&Training": ("play", "step_batch", "step_epoch", "", "restart", "new_weights", "", "check_gradient"),
    "&View": ("reset_layout",),
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
