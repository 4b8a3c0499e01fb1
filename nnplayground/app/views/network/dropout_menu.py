"""The menu of a layer's dropout: a few usual shares, a field for any other, and what it is good for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget, QWidgetAction

from nnplayground.app.theme import SMALL, SPACE, scaled
from nnplayground.app.views.network import edits
from nnplayground.app.views.network.edits import DROPOUT, Edit, Layers
from nnplayground.app.views.network.menu_field import FieldLine, MenuField
from nnplayground.app.views.network.words import DROPOUT_ABOUT, share
from nnplayground.app.widgets.plain_text import PlainLabel
from nnplayground.app.widgets.tooltips import wrapped
from nnplayground.project.limits import Number

SHARES = (0.0, 0.1, 0.2, 0.3, 0.5)
DIGITS = 2
PER_CENT = Number(100.0 * DROPOUT.low, 100.0 * DROPOUT.high, DROPOUT.help)
ABOUT_WIDTH = 240

Apply = Callable[[Callable[[Layers], Edit | None]], None]


def add_dropout_menu(menu: QMenu, layers: Layers, layer: int, apply: Apply) -> None:
    """Add the menu of the dropout of a layer to its other menu; the largest network has no room for a new one."""
    inner = menu.addMenu("Dropout")
    inner.setObjectName("dropout_menu")
    inner.setEnabled(bool(layers[layer].dropout) or edits.has_room(layers))
    fill_dropout_menu(inner, layers, layer, apply)


def fill_dropout_menu(menu: QMenu, layers: Layers, layer: int, apply: Apply) -> None:
    """Put everything about the dropout of a layer into a menu."""
    dropout = layers[layer].dropout
    menu.setToolTipsVisible(True)
    group = QActionGroup(menu)
    for value in SHARES:
        action = menu.addAction(share(value) if value else "None")
        action.setCheckable(True)
        action.setChecked(value == dropout)
        action.setToolTip(wrapped(DROPOUT.help))
        action.triggered.connect(partial(_drop, apply, layer, value))
        group.addAction(action)
    menu.addSeparator()
    field = QWidgetAction(menu)
    field.setDefaultWidget(_field(menu, dropout, layer, apply))
    menu.addAction(field)


def _field(menu: QMenu, dropout: float, layer: int, apply: Apply) -> QWidget:
    """Return the field for any other share, above the explanation; Enter takes the number and closes the menu."""
    box = QWidget(menu)
    field = MenuField(menu, PER_CENT, f"Dropout of layer {layer + 1} in per cent", box)
    field.setObjectName("layer_dropout")
    field.setToolTip(wrapped(f"{DROPOUT.help} It can be {share(DROPOUT.low)} to {share(DROPOUT.high)}."))
    field.show_value(round(100.0 * dropout, DIGITS))
    field.entered.connect(partial(_drop_per_cent, apply, layer))
    about = PlainLabel(DROPOUT_ABOUT, box)
    about.setWordWrap(True)
    about.setProperty("muted", True)
    about.setFont(scaled(about.font(), SMALL))
    about.setFixedWidth(ABOUT_WIDTH)
    about.setFixedHeight(about.heightForWidth(ABOUT_WIDTH))
    rows, below = QVBoxLayout(box), QVBoxLayout()
    rows.setContentsMargins(0, 0, 0, 0)
    rows.addWidget(FieldLine("Share", field, menu, unit="%"))
    below.setContentsMargins(SPACE[2], 0, SPACE[2], SPACE[0])
    below.addWidget(about)
    rows.addLayout(below)
    return box


def _drop_per_cent(apply: Apply, layer: int, per_cent: float) -> None:
    """Do what the field says; 20 % is the very number 0.2."""
    _drop(apply, layer, round(per_cent / 100.0, DIGITS + 2))


def _drop(apply: Apply, layer: int, value: float, *_: object) -> None:
    """Ask for another dropout; whether an action is ticked does not matter."""
    apply(partial(edits.drop, layer=layer, dropout=value))
