"""Dropout in the network editor: it is seen in the head of its layer and changed from the layer's menus."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network.hovering import tooltip
from nnplayground.app.features.network.pointing import Part, Target
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.project.layer_specs import DenseSpec, DropoutSpec, LayerSpec
from nnplayground.project.model import MAX_LAYERS, NetworkSpec, Project
from tests.app.features.network.networks import Host, project_of
from tests.app.pointing import slot_position

# The off-screen platform has no keyboard that a menu could grab.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)


def dropping(*layers: LayerSpec) -> Project:
    return Project(network=NetworkSpec(layers=layers))


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[Host]:
    made = Host(qtbot, project_of(4, 2))
    yield made
    for menu in made.view.canvas.findChildren(QMenu):
        menu.close()


def layer_menu(host: Host, layer: int) -> QMenu:
    """Open the menu of a layer with the right button."""
    place = slot_position(host.view, layer, 0)
    position = host.viewport.mapToGlobal(place)
    QApplication.sendEvent(host.viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, position))
    (menu,) = (menu for menu in host.view.canvas.findChildren(QMenu, "network_menu") if menu.isVisible())
    return menu


def dropout_menu(menu: QMenu) -> QMenu:
    found = menu.findChild(QMenu, "dropout_menu")
    assert isinstance(found, QMenu)
    return found


class TestMenu:
    def test_a_share_is_chosen_and_put_behind_its_layer(self, host: Host) -> None:
        menu = dropout_menu(layer_menu(host, 1))
        assert [action.text() for action in menu.actions()][:5] == ["None", "10 %", "20 %", "30 %", "50 %"]
        assert menu.actions()[0].isChecked()
        menu.actions()[2].trigger()
        assert host.texts == ["Drop 20 % of layer 2"]
        assert host.project.network.layers == (DenseSpec(4), DenseSpec(2), DropoutSpec(0.2))

    def test_none_takes_it_away(self, host: Host) -> None:
        host.show(dropping(DenseSpec(4), DropoutSpec(0.3), DenseSpec(2)))
        menu = dropout_menu(layer_menu(host, 0))
        assert menu.actions()[3].isChecked()
        menu.actions()[0].trigger()
        assert host.project.network.layers == (DenseSpec(4), DenseSpec(2))

    def test_any_other_share_is_typed_and_enter_closes_the_menu(self, qtbot: QtBot, host: Host) -> None:
        menu = dropout_menu(layer_menu(host, 0))
        menu.popup(menu.pos())
        field = menu.findChild(NumberField, "layer_dropout")
        assert isinstance(field, NumberField)
        field.selectAll()
        qtbot.keyClicks(field, "35")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert host.columns[0].dropout == 0.35
        assert not menu.isVisible()

    def test_the_field_keeps_to_the_limits_of_the_document(self, host: Host) -> None:
        field = dropout_menu(layer_menu(host, 0)).findChild(NumberField, "layer_dropout")
        assert isinstance(field, NumberField)
        assert (field.rule.low, field.rule.high) == (0.0, 95.0)
        assert "0 % to 95 %" in field.toolTip()

    def test_the_largest_network_has_no_room_for_a_new_one(self, host: Host) -> None:
        host.show(project_of(*(2,) * MAX_LAYERS))
        assert not dropout_menu(layer_menu(host, 0)).isEnabled()

    def test_the_menu_of_the_activation_has_it_too(self, host: Host) -> None:
        host.click(host.middle(host.layout.head(1).activation))
        (menu,) = (menu for menu in host.view.canvas.findChildren(QMenu, "network_menu") if menu.isVisible())
        assert dropout_menu(menu).isEnabled()


class TestHead:
    def test_it_is_written_below_the_activation_and_nothing_else_moves(self, host: Host) -> None:
        layout, line = host.layout, host.layout.head(1).dropout
        before = host.picture()
        host.show(dropping(DenseSpec(4), DropoutSpec(0.2), DenseSpec(2)))
        after = host.picture()
        assert host.layout == layout
        changed = [y for y in range(before.height()) if _row(before, y) != _row(after, y)]
        assert changed
        assert min(changed) >= layout.head(1).activation.y
        assert max(changed) < line.bottom <= layout.top

    def test_it_stays_within_its_column_in_a_deep_network(self, qtbot: QtBot) -> None:
        host = Host(qtbot, dropping(*(DenseSpec(3), DropoutSpec(0.2)) * 12), width=570, height=560)
        layout = host.layout
        lines = [layout.head(column).dropout for column in range(1, 13)]
        assert all(one.right <= other.x for one, other in pairwise(lines))
        plain = host.picture()
        host.show(dropping(*(DenseSpec(3),) * 12))
        assert plain != host.picture()

    def test_a_click_on_it_opens_its_own_menu(self, host: Host) -> None:
        host.show(dropping(DenseSpec(4), DropoutSpec(0.2), DenseSpec(2)))
        host.click(host.middle(host.layout.head(1).dropout))
        (menu,) = (menu for menu in host.view.canvas.findChildren(QMenu, "network_menu") if menu.isVisible())
        assert [action.text() for action in menu.actions()][:2] == ["None", "10 %"]
        menu.actions()[0].trigger()
        assert host.columns[0].dropout == 0.0

    def test_it_lights_up_under_the_pointer(self, host: Host) -> None:
        host.show(dropping(DenseSpec(4), DropoutSpec(0.2), DenseSpec(2)))
        before, place = host.picture(), host.middle(host.layout.head(1).dropout)
        target = host.view.canvas.network.target_at(host.view.canvas.mapToScene(place))
        assert target == Target(Part.DROPOUT, 1)
        host.hover(place)
        y = place.y()
        assert _row(before, y) != _row(host.picture(), y)

    def test_a_layer_without_dropout_has_no_such_place(self, host: Host) -> None:
        place = host.middle(host.layout.head(1).dropout)
        target = host.view.canvas.network.target_at(host.view.canvas.mapToScene(place))
        assert target.part is not Part.DROPOUT

    def test_it_is_explained_under_the_pointer(self, host: Host) -> None:
        host.show(dropping(DenseSpec(4), DropoutSpec(0.2), DenseSpec(2)))
        structure = host.view.canvas.network.structure
        assert structure is not None
        explained = "every batch trains without a random 20 % of this layer’s values; predictions use all of them."
        for part in (Part.ACTIVATION, Part.NAME, Part.DROPOUT):
            assert explained in tooltip(Target(part, 1), structure)
            assert "Dropout" not in tooltip(Target(part, 2), structure)


def _row(picture: QImage, y: int) -> list[int]:
    """Return the pixels of a row."""
    return [picture.pixel(x, y) for x in range(picture.width())]
