"""The menus of the network editor: everything that can be done to a layer, its size as a number included."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from nnplayground.app.features.network import edits
from nnplayground.app.features.network.block_names import block_name
from nnplayground.app.features.network.dropout_menu import add_dropout_menu, fill_dropout_menu
from nnplayground.app.features.network.edits import ACTIVATIONS, UNITS, Edit
from nnplayground.app.features.network.menu_field import FieldLine, MenuField
from nnplayground.app.features.network.place_words import capital
from nnplayground.app.features.network.words import activation_title
from nnplayground.app.text.titles import ACTIVATIONS as TITLES
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.project.blocks import UnitsBlock, blocks_of
from nnplayground.project.layer_edits import Layers, has_room, units_at
from nnplayground.project.layer_specs import BlockKind

Make = Callable[[Layers], Edit | None]
Apply = Callable[[Make], None]


def block_menu(parent: QWidget, layers: Layers, block: int, apply: Apply) -> QMenu:
    """Return the menu of a hidden layer or of a lone dropout; other kinds can be moved and removed.

    `apply` is handed what makes the edit out of the layers of that moment.
    """
    found = blocks_of(layers)[block]
    menu = _menu(parent, capital(block_name(blocks_of(layers), block)))
    if isinstance(found, UnitsBlock):
        _add_size(menu, layers, block, apply)
        menu.addSeparator()
        _add_activations(menu.addMenu("Activation"), layers, block, apply)
        add_dropout_menu(menu, layers, block, apply)
    elif found.kind is BlockKind.DROPOUT:
        fill_dropout_menu(menu, layers, block, apply)
    menu.addSeparator()
    _add_insert(menu, "Insert layer before", layers, block, apply)
    _add_insert(menu, "Insert layer after", layers, block + 1, apply)
    for text, place in (("Move left", block - 1), ("Move right", block + 1)):
        _add(menu, text, partial(edits.move, block=block, place=place), apply)
        menu.actions()[-1].setEnabled(edits.move(layers, block, place) is not None)
    remove = "Remove dropout" if found.kind is BlockKind.DROPOUT else "Remove layer"
    _add(menu, remove, partial(edits.remove, block=block), apply)
    return menu


def insert_menu(parent: QWidget, layers: Layers, block: int, apply: Apply) -> QMenu:
    """Return the menu of an outer column: a layer can be inserted beside it, and a dropout on the inputs."""
    menu = _menu(parent, "Network")
    _add_insert(menu, "Insert layer", layers, block, apply)
    if block == 0:
        _add(menu, "Insert dropout", partial(edits.insert_dropout, block=block), apply)
        menu.actions()[-1].setEnabled(has_room(layers))
    return menu


def activation_menu(parent: QWidget, layers: Layers, block: int, apply: Apply) -> QMenu:
    """Return the menu of activations, with the dropout, which stands with the activation in the head."""
    menu = _menu(parent, "Activation")
    _add_activations(menu, layers, block, apply)
    menu.addSeparator()
    add_dropout_menu(menu, layers, block, apply)
    return menu


def dropout_menu(parent: QWidget, layers: Layers, block: int, apply: Apply) -> QMenu:
    """Return the menu of the dropout alone."""
    menu = _menu(parent, "Dropout")
    fill_dropout_menu(menu, layers, block, apply)
    return menu


def size_menu(parent: QWidget, layers: Layers, block: int, apply: Apply) -> QMenu:
    """Return the field for the size alone."""
    menu = _menu(parent, "Size")
    _add_size(menu, layers, block, apply)
    return menu


def _menu(parent: QWidget, title: str) -> QMenu:
    """Return an empty menu that is deleted when it closes."""
    menu = QMenu(title, parent)
    menu.setObjectName("network_menu")
    menu.setAccessibleName(title)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _add(menu: QMenu, text: str, make: Make, apply: Apply) -> None:
    """Add one action."""
    menu.addAction(text).triggered.connect(partial(_trigger, apply, make))


def _trigger(apply: Apply, make: Make, *_: object) -> None:
    """Do what an action says; whether it is ticked does not matter."""
    apply(make)


def _add_insert(menu: QMenu, text: str, layers: Layers, block: int, apply: Apply) -> None:
    """Add an insertion, which the largest network greys out."""
    _add(menu, text, partial(edits.insert, block=block), apply)
    menu.actions()[-1].setEnabled(has_room(layers))


def _add_activations(menu: QMenu, layers: Layers, block: int, apply: Apply) -> None:
    """Add one action for each activation, the present one ticked."""
    group = QActionGroup(menu)
    menu.setToolTipsVisible(True)
    for name in ACTIVATIONS:
        _add(menu, activation_title(name), partial(edits.activate, block=block, activation=name), apply)
        action = menu.actions()[-1]
        action.setToolTip(wrapped(TITLES[name].help))
        action.setCheckable(True)
        action.setChecked(units_at(layers, block).activation == name)
        group.addAction(action)


def _add_size(menu: QMenu, layers: Layers, block: int, apply: Apply) -> None:
    """Add the field for the number of neurons; Enter takes the number over and closes the menu."""
    found = units_at(layers, block)
    field = MenuField(menu, UNITS, f"Neurons in layer {found.number}", menu)
    field.setObjectName("layer_units")
    field.show_value(found.units)
    field.entered.connect(partial(_resize, apply, block))
    action = QWidgetAction(menu)
    action.setDefaultWidget(FieldLine("Neurons", field, menu))
    menu.addAction(action)
    menu.aboutToShow.connect(partial(_focus, field))


def _resize(apply: Apply, block: int, units: int) -> None:
    """Do what the field says."""
    apply(partial(edits.resize, sizes={block: units}))


def _focus(field: MenuField) -> None:
    """Let a person type at once."""
    field.setFocus()
    field.selectAll()
    field.selectAll()
