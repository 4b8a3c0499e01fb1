"""The menu of a dropout, of a layer or alone: a few usual shares, a field for any other, and what it is good for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget, QWidgetAction

from nnplayground.app.features.network import edits
from nnplayground.app.features.network.block_names import block_name
from nnplayground.app.features.network.edits import DROPOUT, Edit
from nnplayground.app.features.network.menu_field import FieldLine, MenuField
from nnplayground.app.features.network.place_words import capital
from nnplayground.app.features.network.words import DROPOUT_ABOUT, LONE_DROPOUT_ABOUT, share
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SMALL, SPACE, scaled
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.blocks import Block, UnitsBlock, blocks_of
from nnplayground.project.layer_edits import Layers, block_at, has_room
from nnplayground.project.limits import Number

SHARES = (0.0, 0.1, 0.2, 0.3, 0.5)
DIGITS = 2
PER_CENT = Number(100.0 * DROPOUT.low, 100.0 * DROPOUT.high, DROPOUT.help)
ABOUT_WIDTH = 240

Apply = Callable[[Callable[[Layers], Edit | None]], None]


def add_dropout_menu(menu: QMenu, layers: Layers, block: int, apply: Apply) -> None:
    """Add the menu of the dropout of a layer to its other menu; the largest network has no room for a new one."""
    inner = menu.addMenu("Dropout")
    inner.setObjectName("dropout_menu")
    inner.setEnabled(bool(block_at(layers, block).dropout) or has_room(layers))
    fill_dropout_menu(inner, layers, block, apply)


def fill_dropout_menu(menu: QMenu, layers: Layers, block: int, apply: Apply) -> None:
    """Put everything about the dropout of a layer, or about a lone dropout, into a menu."""
    found = block_at(layers, block)
    none = "None" if isinstance(found, UnitsBlock) else share(0.0)
    menu.setToolTipsVisible(True)
    group = QActionGroup(menu)
    for value in SHARES:
        action = menu.addAction(share(value) if value else none)
        action.setCheckable(True)
        action.setChecked(value == found.dropout)
        action.setToolTip(wrapped(DROPOUT.help))
        action.triggered.connect(partial(_drop, apply, block, value))
        group.addAction(action)
    menu.addSeparator()
    field = QWidgetAction(menu)
    field.setDefaultWidget(_field(menu, found, block_name(blocks_of(layers), block), apply))
    menu.addAction(field)


def _field(menu: QMenu, block: Block, name: str, apply: Apply) -> QWidget:
    """Return the field for any other share, above the explanation; Enter takes the number and closes the menu."""
    box = QWidget(menu)
    of_layer = isinstance(block, UnitsBlock)
    title = f"Dropout of {name}" if of_layer else capital(name)
    field = MenuField(menu, PER_CENT, f"{title} in per cent", box)
    field.setObjectName("layer_dropout")
    field.setToolTip(wrapped(f"{DROPOUT.help} It can be {share(DROPOUT.low)} to {share(DROPOUT.high)}."))
    field.show_value(round(100.0 * block.dropout, DIGITS))
    field.entered.connect(partial(_drop_per_cent, apply, block.index))
    about = PlainLabel(DROPOUT_ABOUT if of_layer else LONE_DROPOUT_ABOUT, box)
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


def _drop_per_cent(apply: Apply, block: int, per_cent: float) -> None:
    """Do what the field says; 20 % is the very number 0.2."""
    _drop(apply, block, round(per_cent / 100.0, DIGITS + 2))


def _drop(apply: Apply, block: int, value: float, *_: object) -> None:
    """Ask for another dropout; whether an action is ticked does not matter."""
    apply(partial(edits.drop, block=block, dropout=value))
