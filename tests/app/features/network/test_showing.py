"""Showing the network: structure, frames and pointer in, pixels and words out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network.pointing import Part
from nnplayground.app.ui.theme import DARK, LIGHT, THEMES, Theme
from tests.app.features.network.networks import Host, frame_of, is_near, project_of
from tests.app.pointing import insert_position, slot_position


@pytest.fixture
def starter(qtbot: QtBot) -> Host:
    return Host(qtbot, project_of(4, 2))


class TestPreview:
    def test_hovering_an_empty_slot_shows_ghosts_and_asks_for_nothing(self, starter: Host) -> None:
        before = [starter.color_of(1, row) for row in range(8)]
        starter.hover(slot_position(starter.view, 0, 6))
        after = [starter.color_of(1, row) for row in range(8)]
        assert [a != b for a, b in zip(before, after, strict=True)] == [False] * 4 + [True] * 3 + [False]
        assert starter.edits == []
        assert self.label(starter) == ("", "Click for 7 neurons")

    def test_hovering_a_neuron_fades_those_that_a_click_would_remove(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, value=1.0))
        starter.hover(slot_position(starter.view, 0, 1))
        colors = [starter.color_of(1, row) for row in range(4)]
        assert [is_near(color, LIGHT.positive) for color in colors] == [True, True, False, False]

    def test_leaving_takes_the_preview_away(self, starter: Host) -> None:
        before = starter.picture()
        starter.hover(slot_position(starter.view, 0, 6))
        QApplication.sendEvent(starter.view.canvas, QEvent(QEvent.Type.Leave))
        assert starter.picture() == before

    def test_a_neuron_tells_its_bias_and_activation(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, bias=-0.1234))
        starter.hover(slot_position(starter.view, 0, 2))
        assert self.label(starter) == ("Layer 1, neuron 3 · bias −0.123 · Tanh", "Click for 3 neurons")

    def test_the_output_tells_its_bias_too(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, bias=0.5))
        starter.hover(starter.middle(starter.layout.cell(3, 0)))
        assert self.label(starter) == ("Output blue · bias 0.5 · Tanh", "")

    def test_an_edge_tells_where_it_leads_and_its_weight(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, weight=-0.42))
        self.hover_edge(starter, 1, out=0, below=2)
        expected = ("layer 1 neuron 3 → layer 2 neuron 1: −0.42", "Click to edit, drag up or down to change")
        assert self.label(starter) == expected

    def test_an_edge_tells_its_last_gradient_below(self, starter: Host) -> None:
        frame = frame_of(starter.project, weight=-0.42)
        starter.view.show_frame(replace(frame, gradient=np.full(len(frame.parameters), 0.0031)))
        self.hover_edge(starter, 1, out=0, below=2)
        assert self.label(starter)[0].split("\n") == [
            "layer 1 neuron 3 → layer 2 neuron 1: −0.42", "last gradient 0.0031",
        ]  # fmt: skip

    def test_the_dot_tells_the_bias_and_what_can_be_done_with_it(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, bias=0.123))
        starter.hover(starter.on_dot(1, 2))
        expected = ("Bias of layer 1 neuron 3: 0.123", "Click to edit, drag up or down to change")
        assert self.label(starter) == expected
        assert starter.viewport.cursor().shape() is Qt.CursorShape.SizeVerCursor

    def test_before_the_first_frame_nothing_is_made_up(self, starter: Host) -> None:
        self.hover_edge(starter, 0, out=3, below=0)
        assert self.label(starter) == ("input x₁ → layer 1 neuron 4", "")

    def test_the_numbers_follow_the_frames(self, qtbot: QtBot, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, bias=0.1))
        starter.hover(starter.middle(starter.layout.cell(3, 0)))

        def is_told() -> bool:
            starter.view.show_frame(frame_of(starter.project, bias=0.2))
            return self.label(starter)[0] == "Output blue · bias 0.2 · Tanh"

        qtbot.waitUntil(is_told)

    def test_the_label_stays_inside_the_view(self, starter: Host) -> None:
        starter.hover(starter.middle(starter.layout.cell(3, 0)))
        pieces = starter.view.canvas.network._pieces
        assert pieces is not None
        assert starter.view.canvas.sceneRect().contains(pieces.hover.area)

    def label(self, host: Host) -> tuple[str, str]:
        pieces = host.view.canvas.network._pieces
        assert pieces is not None
        return pieces.hover.texts if pieces.hover.isVisible() else ("", "")

    def hover_edge(self, host: Host, bundle: int, *, out: int, below: int) -> None:
        x1, y1, x2, y2 = host.layout.edges(bundle)[out, below]
        host.hover(host.view.canvas.mapFromScene(x1 + 0.35 * (x2 - x1), y1 + 0.35 * (y2 - y1)))


class TestFrames:
    @pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
    @pytest.mark.parametrize(("value", "token"), [(1.0, "positive"), (-1.0, "negative"), (0.0, "zero")])
    def test_every_node_shows_its_map(self, starter: Host, theme: Theme, value: float, token: str) -> None:
        starter.view.set_theme(theme)
        starter.view.show_frame(frame_of(starter.project, value=value))
        for column, rows in enumerate((2, 4, 2, 1)):
            assert all(is_near(starter.color_of(column, row), getattr(theme, token)) for row in range(rows))

    @pytest.mark.parametrize(("weight", "token"), [(2.5, "positive"), (-2.5, "negative")])
    def test_edges_have_the_colour_of_their_weights(self, starter: Host, weight: float, token: str) -> None:
        starter.view.show_frame(frame_of(starter.project, weight=weight))
        for bundle in range(3):
            x1, y1, x2, y2 = starter.layout.edges(bundle)[0, 0]
            assert is_near(starter.color((x1 + x2) / 2, (y1 + y2) / 2), getattr(LIGHT, token))

    def test_a_larger_weight_has_a_wider_edge(self, starter: Host) -> None:
        widths = []
        for weight in (0.3, 1.0, 2.5, 50.0):
            starter.view.show_frame(frame_of(starter.project, weight=weight))
            x1, y1, x2, _ = starter.layout.edges(2)[0, 0]
            picture = starter.picture()
            place = starter.view.canvas.mapFromScene((x1 + x2) / 2, y1)
            column = [picture.pixelColor(place.x(), place.y() + dy).name().upper() for dy in range(-8, 9)]
            widths.append(sum(color != LIGHT.panel for color in column))
        assert widths[0] < widths[1] < widths[2] == widths[3] <= 8

    def test_biases_are_marked_on_every_neuron_and_the_output(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, bias=1.0, value=-1.0))
        for column, row in ((1, 0), (1, 3), (2, 1), (3, 0)):
            box = starter.layout.cell(column, row)
            assert is_near(starter.color(box.x + 2, box.bottom - 2), LIGHT.positive)
        box = starter.layout.cell(0, 0)
        assert not is_near(starter.color(box.x + 5, box.bottom - 5), LIGHT.positive)

    def test_without_maps_the_old_ones_stay(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, value=1.0))
        starter.view.show_frame(frame_of(starter.project, weight=1.0))
        assert is_near(starter.color_of(1, 0), LIGHT.positive)

    def test_a_frame_of_another_network_is_left_out(self, starter: Host) -> None:
        before = starter.picture()
        starter.view.show_frame(frame_of(project_of(4, 3), value=1.0, weight=1.0))
        starter.view.show_frame(frame_of(project_of(4, 2, activation="relu"), value=1.0))
        assert starter.picture() == before

    def test_before_any_frame_the_nodes_are_neutral(self, starter: Host) -> None:
        assert is_near(starter.color_of(1, 0), LIGHT.zero)

    def test_neurons_that_stay_keep_their_maps_until_the_next_frame(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, value=1.0))
        starter.click(slot_position(starter.view, 0, 4))
        assert is_near(starter.color_of(1, 3), LIGHT.positive)
        assert is_near(starter.color_of(1, 4), LIGHT.zero)
        starter.view.show_frame(frame_of(starter.project, value=1.0))
        starter.hover(QPoint(2, 2))
        assert is_near(starter.color_of(1, 4), LIGHT.positive)

    def test_the_theme_changes_at_once_and_keeps_the_maps(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, value=1.0))
        starter.view.set_theme(DARK)
        assert is_near(starter.color_of(1, 0), DARK.positive)
        assert starter.color(2, 2) == DARK.panel

    def test_the_picture_follows_the_size_of_the_view(self, starter: Host) -> None:
        starter.view.show_frame(frame_of(starter.project, value=1.0))
        starter.view.resize(900, 700)
        assert (starter.layout.width, starter.layout.height) == (900, 700)
        assert is_near(starter.color_of(3, 0), LIGHT.positive)

    def test_a_frame_before_any_project_is_no_harm(self, qtbot: QtBot, starter: Host) -> None:
        view = type(starter.view)()
        qtbot.addWidget(view)
        view.show_frame(frame_of(starter.project, value=1.0))
        view.grab()


class TestLargeAndSmall:
    def test_a_large_layer_is_condensed_and_still_shows_maps(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(4096, 64))
        host.view.show_frame(frame_of(host.project, value=1.0, weight=0.5))
        column = host.layout.columns[1]
        assert 4 <= len(column.shown) <= 14
        assert all(is_near(host.color_of(1, row), LIGHT.positive) for row in column.rows)

    def test_no_hidden_layer_is_shown_said_and_changed_again(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of())
        host.view.show_frame(frame_of(host.project, value=1.0, weight=2.5))
        assert is_near(host.color_of(1, 0), LIGHT.positive)
        assert "No hidden layer" in host.view.canvas.accessibleDescription()
        host.click(insert_position(host.view, 0))
        assert host.units == (4,)

    def test_many_inputs_and_several_outputs(self, qtbot: QtBot) -> None:
        host = Host(qtbot, project_of(3))
        names = tuple(f"a column with a long name {i}" for i in range(40))
        host.show(host.project, inputs=names, outputs=("Adelie", "Chinstrap", "Gentoo"))
        assert len(host.layout.columns[0].shown) < 40
        assert host.layout.columns[2].shown == (0, 1, 2)
        assert host.layout.width == 560
        host.picture()


class TestWords:
    @pytest.mark.parametrize(
        ("part", "words"),
        [
            (Part.REMOVE, "Remove layer 1"),
            (Part.SMALLER, "Shrink layer 1 to 3 neurons"),
            (Part.LARGER, "Grow layer 1 to 5 neurons"),
            (Part.COUNT, "Layer 1 has 4 neurons"),
            (Part.ACTIVATION, "Activation Tanh"),
        ],
    )
    def test_every_control_explains_itself(self, starter: Host, part: Part, words: str) -> None:
        box = getattr(starter.layout.head(1), part.name.lower())
        assert words in self.tooltip(starter, starter.middle(box))

    def test_the_insert_button_says_what_it_inserts(self, starter: Host) -> None:
        assert self.tooltip(starter, insert_position(starter.view, 2)) == "Insert a layer here: 2 neurons, Tanh"

    def test_the_network_is_told_in_words_too(self, starter: Host) -> None:
        starter.click(slot_position(starter.view, 0, 4))
        assert "layer 1: 5 neurons, Tanh" in starter.view.canvas.accessibleDescription()
        assert starter.view.canvas.accessibleName() == "Network"

    def tooltip(self, host: Host, place: QPoint) -> str:
        QApplication.sendEvent(
            host.viewport, QHelpEvent(QHelpEvent.Type.ToolTip, place, host.viewport.mapToGlobal(place))
        )
        text = QToolTip.text()
        QToolTip.hideText()
        return text
