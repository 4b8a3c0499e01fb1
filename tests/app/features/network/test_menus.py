"""The menus of the network editor by keyboard: a number can be typed at once, the arrows go through the entries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.project.layer_specs import DenseSpec
from tests.app.features.network.networks import Host, project_of
from tests.app.pointing import slot_position

# The off-screen platform has no keyboard that a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[Host]:
    made = Host(qtbot, project_of(4, 2))
    yield made
    for menu in made.view.canvas.findChildren(QMenu):
        menu.close()


def opened(host: Host) -> QMenu:
    """Open the menu of the second neuron of layer 1 with the right button."""
    place = slot_position(host.view, 0, 1)
    position = host.viewport.mapToGlobal(place)
    QApplication.sendEvent(host.viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, position))
    (menu,) = (menu for menu in host.view.canvas.findChildren(QMenu, "network_menu") if menu.isVisible())
    return menu


def press(menu: QMenu, key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    held = [child for child in (menu, *menu.findChildren(QWidget)) if child.hasFocus()]
    QTest.keyClick(held[0] if held else menu, key)


def field_of(menu: QMenu) -> NumberField:
    found = menu.findChild(NumberField, "layer_units")
    assert isinstance(found, NumberField)
    return found


def test_a_number_can_be_typed_at_once(host: Host) -> None:
    menu = opened(host)
    QTest.keyClicks(field_of(menu), "7")
    QTest.keyClick(field_of(menu), Qt.Key.Key_Return)
    assert host.units == (7, 2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12.5", "Neurons in layer 1 is 12.5; it must be a whole number from 1 to 4,096."),
        ("1,000", "Neurons in layer 1 is 1,000, which can be 1000 or 1; write 1000 or 1."),
    ],
)
def test_what_is_refused_stays_with_a_sentence_and_escape_restores(host: Host, text: str, said: str) -> None:
    menu = opened(host)
    field, height = field_of(menu), menu.height()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    note = menu.findChild(QLabel, "layer_units_note")
    assert isinstance(note, QLabel)
    assert (note.text(), note.isVisible(), field.text()) == (said, True, text)
    assert menu.isVisible()
    assert menu.height() > height
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), menu.isVisible()) == ("4", True)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    assert host.units == (4, 2)


def test_the_arrows_go_through_the_entries_and_leave_the_size_alone(host: Host) -> None:
    menu = opened(host)
    entries = [action.text() for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
    place = entries.index("")  # that of the number
    seen = []
    for _ in entries:
        press(menu, Qt.Key.Key_Down)
        seen.append(menu.activeAction().text())
    assert seen == entries
    for _ in entries[place - 1 : -1]:
        press(menu, Qt.Key.Key_Up)
    assert menu.activeAction().text() == "Switch off"
    press(menu, Qt.Key.Key_Return)
    assert host.project.network.layers == (DenseSpec(4, off=(1,)), DenseSpec(2))
    assert len(host.edits) == 1


def test_alone_the_number_is_changed_by_the_arrows(qtbot: QtBot, host: Host) -> None:
    qtbot.mouseClick(host.viewport, Qt.MouseButton.LeftButton, pos=host.middle(host.layout.head(1).count))
    (menu,) = (menu for menu in host.view.canvas.findChildren(QMenu, "network_menu") if menu.isVisible())
    QTest.keyClick(field_of(menu), Qt.Key.Key_Up)
    assert host.units == (5, 2)
