"""The menu that says how long a replay takes, below the action that starts it."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMainWindow, QMenu

from nnplayground.app.features.replay.replay import Replay

CHOICES = (2, 4, 6, 10, 20)
"""Seconds from the first moment to the newest."""


def add_speeds(window: QMainWindow, action: QAction, replay: Replay) -> None:
    """Put the choice of the speed behind `action` in every menu that has it."""
    for menu in window.menuBar().findChildren(QMenu):
        if action in menu.actions():
            following = menu.actions()[menu.actions().index(action) + 1]
            menu.insertMenu(following, _speed_menu(menu, replay))


def _speed_menu(parent: QMenu, replay: Replay) -> QMenu:
    menu = QMenu("Rep&lay takes", parent)
    menu.setObjectName("replay_speed")
    group = QActionGroup(menu)
    for seconds in CHOICES:
        choice = group.addAction(menu.addAction(f"{seconds} seconds"))
        choice.setObjectName(f"replay_{seconds}_seconds")
        choice.setData(float(seconds))
        choice.setCheckable(True)
        choice.setChecked(seconds == round(replay.seconds))
    group.triggered.connect(partial(_choose, replay))
    return menu


def _choose(replay: Replay, choice: QAction) -> None:
    replay.seconds = choice.data()
