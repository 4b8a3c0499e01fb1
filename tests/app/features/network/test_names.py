"""What the network's ends and its legend say: names of inputs and classes, however long or many they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network.frames import poles_of
from nnplayground.app.features.network.items.head import HeadItem
from nnplayground.app.features.network.items.legend import LegendItem
from nnplayground.app.features.network.items.look import Look
from nnplayground.app.features.network.items.marks import NoteItem, RingItem
from nnplayground.app.features.network.layout import FOOT
from nnplayground.app.features.network.words import no_hidden_layer
from nnplayground.app.ui.theme import LIGHT
from nnplayground.engine.architecture import Architecture
from nnplayground.training.observe.snapshot import Snapshot
from tests.app.features.network.networks import Host, frame_of, is_near, project_of

LONG = "a name that is much longer than any picture of a network has room for"


def told(host: Host, place: QPoint) -> str:
    """Return the tooltip at a point of the view."""
    there = host.viewport.mapToGlobal(place)
    QApplication.sendEvent(host.viewport, QHelpEvent(QHelpEvent.Type.ToolTip, place, there))
    text = QToolTip.text().replace("\n", " ")
    QToolTip.hideText()
    return text


def beside(host: Host, column: int, row: int, way: int) -> QPoint:
    """Return a point left or right of a node, where its name stands."""
    box = host.layout.cell(column, row)
    return host.middle(box) + QPoint(way * (box.width // 2 + 20), 0)


@pytest.fixture
def host(qtbot: QtBot) -> Host:
    return Host(qtbot, project_of(3))


class TestNames:
    def test_a_name_that_is_cut_short_is_told_whole(self, host: Host) -> None:
        host.show(host.project, inputs=("x1", LONG), outputs=("Adelie", LONG, "Gentoo"))
        assert LONG in told(host, beside(host, 0, 1, -1))
        assert LONG in told(host, beside(host, 2, 1, +1))

    def test_a_name_that_is_seen_whole_is_not_told_again(self, host: Host) -> None:
        host.show(host.project, inputs=("x1", LONG), outputs=("Adelie", "Chinstrap", "Gentoo"))
        assert told(host, beside(host, 0, 0, -1)) == ""
        assert told(host, beside(host, 2, 1, +1)) == ""

    def test_long_names_leave_the_network_most_of_the_width(self, host: Host) -> None:
        host.show(host.project, inputs=(LONG,) * 3, outputs=(LONG,) * 3)
        first, last = host.layout.columns[0].center, host.layout.columns[-1].center
        assert last - first > 0.4 * host.layout.width
        assert host.layout.width == host.viewport.width()

    def test_several_numbers_are_named_one_by_one(self, host: Host) -> None:
        host.show(host.project, outputs=("width", "height"))
        structure = host.view.canvas.network.structure
        assert structure is not None
        assert structure.unit_name(2, 1) == "output height"


class TestTwoClassesAndOneOutput:
    def moment(self, host: Host, classes: tuple[str, ...]) -> Snapshot:
        snapshot = frame_of(host.project, value=0.2)
        rule = replace(snapshot.data.rule, classes=classes)
        return replace(snapshot, data=replace(snapshot.data, rule=rule))

    def test_both_classes_stand_below_the_node_in_the_colours_of_the_map(self, host: Host) -> None:
        host.view.show_frame(self.moment(host, ("orange", "blue")))
        box = host.layout.cell(2, 0)
        colors = [host.color(box.x + 5, box.bottom + 6 + line * 17 + 9) for line in range(2)]
        assert is_near(colors[0], LIGHT.positive)
        assert is_near(colors[1], LIGHT.negative)

    def test_resting_there_explains_it(self, host: Host) -> None:
        host.view.show_frame(self.moment(host, ("orange", "blue")))
        text = told(host, host.middle(host.layout.cell(2, 0)))
        assert "where it is high the answer is blue, where it is low orange" in text

    def test_numbers_and_more_classes_have_no_such_thing(self, host: Host) -> None:
        host.view.show_frame(self.moment(host, ()))
        assert told(host, host.middle(host.layout.cell(2, 0))) == ""
        many = self.moment(host, ("a", "b", "c"))
        assert poles_of(many) is None
        two = replace(self.moment(host, ("a", "b")), architecture=Architecture.dense((2, 3, 2), ("tanh", "softmax")))
        assert poles_of(two) is None


class TestLegend:
    def test_it_says_what_colour_and_width_mean(self, host: Host) -> None:
        text = told(host, QPoint(60, host.viewport.height() - FOOT // 2))
        assert "weight" in text
        assert "2.5" in text

    def test_it_stays_in_the_corner_however_the_network_is_scrolled(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(*(3,) * 14))
        foot = QPoint(60, host.viewport.height() - FOOT // 2)
        for place in (0, 150, 400):
            host.view.canvas.horizontalScrollBar().setValue(place)
            assert "weight" in told(host, foot)
        host.view.canvas.navigator.zoom_to(2.0)
        assert "weight" in told(host, QPoint(60, host.viewport.height() - FOOT // 2))

    def test_in_a_narrow_view_it_shows_less_and_at_last_nothing(self, host: Host) -> None:
        look = host.view.canvas.network._look
        widths = [LegendItem(look, room).bounds.width() for room in (600.0, 200.0, 130.0, 60.0)]
        assert widths == sorted(widths, reverse=True)
        assert len(set(widths)) == 4
        assert all(width <= room for width, room in zip(widths, (600.0, 200.0, 130.0, 60.0), strict=True))


@pytest.mark.parametrize(
    ("activation", "kind"), [("identity", "linear"), ("sigmoid", "logistic"), ("softmax", "logistic")]
)
def test_a_network_without_hidden_layers_is_called_what_it_is(activation: str, kind: str) -> None:
    assert no_hidden_layer(activation) == f"No hidden layer: this is {kind} regression."
    assert "No hidden layer" in no_hidden_layer("tanh")


class TestRoom:
    def test_a_tooltip_leaves_the_label_beside_the_pointer_to_be_read(self, qtbot: QtBot, host: Host) -> None:
        place = host.middle(host.layout.cell(1, 1))
        qtbot.mouseMove(host.viewport, place)
        there = host.viewport.mapToGlobal(place)
        QApplication.sendEvent(host.viewport, QHelpEvent(QHelpEvent.Type.ToolTip, place, there))
        (tip,) = (part for part in QApplication.topLevelWidgets() if part.inherits("QTipLabel") and part.isVisible())
        label = host.view.canvas.network.label_area()
        assert label is not None and host.layout.bottom > label.bottom()
        foot = host.viewport.mapToGlobal(host.view.canvas.mapFromScene(label.bottomLeft())).y()
        assert tip.geometry().top() > foot
        QToolTip.hideText()

    @pytest.mark.parametrize(("name", "shown"), [("Layer 1", "Layer 1"), ("Layer 13", "13")])
    def test_the_name_of_a_narrow_layer_makes_room_for_the_cross(self, qtbot: QtBot, name: str, shown: str) -> None:
        head = Host(qtbot, project_of(*[4] * 12)).layout.head(1)
        item = HeadItem(Look(LIGHT, QApplication.font(), 1.0), head, name=name, units=4, activation="Tanh", dropout="")
        assert item.name_text() == name
        item.set_hovered(None, is_near=True)
        assert item.name_text() == shown

    @pytest.mark.parametrize("width", [420, 560, 1200])
    def test_the_ring_of_the_keyboard_lies_beside_the_sentence_about_no_hidden_layer(
        self, qtbot: QtBot, width: int
    ) -> None:
        host = Host(qtbot, project_of(), width=width)
        scene = host.view.canvas.network
        (note,) = (item for item in scene.items() if isinstance(item, NoteItem))
        rings = [RingItem(Look(LIGHT, QApplication.font()), host.layout.frame(column)) for column in (0, 1)]
        assert not any(note.bounds.intersects(ring.bounds) for ring in rings)
        assert note.bounds.width() > 100
