"""The cost surface as a view: what it asks for, what it shows, and that it leaves a hidden one alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QProgressBar, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.surface.following import Following
from nnplayground.app.features.surface.view import SurfaceView
from nnplayground.app.ui.plots.empty import NO_NETWORK
from nnplayground.app.ui.read_outs import ElidedLabel
from nnplayground.app.ui.theme import DARK
from nnplayground.engine.architecture import Architecture
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec, Project
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.observe.surface import SurfaceRequest
from tests.app.features.surface.made import HERE, made_moment, made_surface


class Asked:
    """The requests of a view, in their order."""

    def __init__(self, view: SurfaceView) -> None:
        self.requests: list[SurfaceRequest] = []
        self.cancelled = 0
        view.wanted.connect(self._note)
        view.unwanted.connect(self._note_cancel)

    def _note(self, request: SurfaceRequest) -> None:
        self.requests.append(request)

    def _note_cancel(self) -> None:
        self.cancelled += 1


@pytest.fixture
def view(qtbot: QtBot) -> SurfaceView:
    clock = iter(range(1_000_000))
    widget = SurfaceView(following=Following(lambda: next(clock) * 1e-6))  # no time passes to speak of
    qtbot.addWidget(widget)
    widget.resize(560, 620)
    widget.show_project(Project(), inputs=("x1", "x2"), outputs=("output",))
    return widget


@pytest.fixture
def shown(qtbot: QtBot, view: SurfaceView) -> SurfaceView:
    view.show_frame(made_moment())
    view.show()
    with qtbot.waitExposed(view):
        pass
    view.show_surface(made_surface())
    return view


def button(view: SurfaceView, name: str) -> QToolButton:
    found = view.findChild(QToolButton, f"surface_{name}")
    assert found is not None
    return found


def progress(view: SurfaceView) -> QProgressBar:
    found = view.findChild(QProgressBar, "surface_progress")
    assert found is not None
    return found


def text(view: SurfaceView, name: str) -> str:
    label = view.findChild(QLabel, f"surface_{name}")
    assert label is not None
    return label.whole_text() if isinstance(label, ElidedLabel) else label.text()


def click(qtbot: QtBot, view: SurfaceView, name: str) -> None:
    qtbot.mouseClick(button(view, name), Qt.MouseButton.LeftButton)


def tick(qtbot: QtBot, view: SurfaceView, name: str) -> None:
    box = view.findChild(QCheckBox, f"surface_{name}")
    assert box is not None and box.isVisible()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def test_it_asks_for_a_map_when_it_is_first_seen_and_not_before(qtbot: QtBot, view: SurfaceView) -> None:
    asked = Asked(view)
    view.show_frame(made_moment())
    assert asked.requests == []
    view.show()
    with qtbot.waitExposed(view):
        pass
    assert [request.kind for request in asked.requests] == ["random"]
    assert button(view, "update").text() == "Cancel"
    assert progress(view).isVisible()


def test_a_map_is_shown_with_its_words(shown: SurfaceView) -> None:
    assert text(shown, "note").startswith("A slice: 2 of 3 directions")
    assert "Look how wide the valley is" in text(shown, "note")
    assert text(shown, "read_out") == "Around epoch 120, where the network is now."
    assert text(shown, "about") == "Training cost, 33 × 33 points."
    assert button(shown, "update").text() == "Update"
    assert not progress(shown).isVisible()


def test_the_point_of_now_moves_with_every_frame_while_the_map_stays(shown: SurfaceView) -> None:
    shown.show_frame(made_moment(parameters=HERE + np.array([0.25, 0.5, 0.0]), epoch=240, running=True))
    assert shown.plot.marks.now.place == pytest.approx((0.25, 0.5))
    assert shown.plot.marks.here.place == (0.0, 0.0)
    assert shown.export_table()["cost"].size == 33 * 33


def test_at_rest_a_new_moment_gets_a_new_map_unless_nobody_wants_to_follow(qtbot: QtBot, shown: SurfaceView) -> None:
    asked = Asked(shown)
    shown.show_frame(made_moment(epoch=121))
    assert len(asked.requests) == 1
    shown.show_surface(made_surface(epoch=121))
    tick(qtbot, shown, "follow")
    shown.show_frame(made_moment(epoch=122))
    assert len(asked.requests) == 1
    click(qtbot, shown, "update")
    assert len(asked.requests) == 2


def test_while_training_a_map_is_not_asked_for_with_every_frame(shown: SurfaceView) -> None:
    asked = Asked(shown)
    for epoch in range(121, 150):
        shown.show_frame(made_moment(epoch=epoch, running=True))
    assert asked.requests == []


def test_other_directions_and_zoom_ask_for_another_map(qtbot: QtBot, shown: SurfaceView) -> None:
    asked = Asked(shown)
    click(qtbot, shown, "other")
    click(qtbot, shown, "zoom_in")
    click(qtbot, shown, "zoom_in")
    click(qtbot, shown, "zoom_out")
    assert [(request.draw, request.zoom) for request in asked.requests] == [(1, 1.0), (1, 2.0), (1, 4.0), (1, 2.0)]
    assert text(shown, "zoom") == "2×"


def test_the_wheel_zooms_and_ends_where_the_zoom_ends(shown: SurfaceView) -> None:
    asked = Asked(shown)
    viewport = shown.plot.frame.canvas.viewport()
    for _ in range(9):
        middle = QPointF(viewport.rect().center())
        event = QWheelEvent(
            middle, viewport.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)
    assert [request.zoom for request in asked.requests] == [2.0, 4.0, 8.0, 16.0, 32.0, 64.0]
    assert not button(shown, "zoom_in").isEnabled()


def test_two_numbers_are_chosen_by_their_names_and_never_twice_the_same(shown: SurfaceView) -> None:
    asked = Asked(shown)
    across, up = shown.controls.pickers
    assert not across.isVisible()
    shown.controls.kind.chosen.emit("places")
    assert across.isVisible()
    assert asked.requests[-1].places == (ParameterIndex(0, 0, 0), ParameterIndex(0, 0, 1))
    assert [across.boxes[2].itemText(row) for row in range(3)] == ["bias", "from x₁", "from x₂"]
    across.boxes[2].activated.emit(2)
    assert asked.requests[-1].places == (ParameterIndex(0, 0, 1), ParameterIndex(0, 0, 0))
    up.boxes[2].activated.emit(0)
    assert asked.requests[-1].places == (ParameterIndex(0, 0, 1), ParameterIndex(0, 0, None))


def test_the_look_changes_without_computing_anything(qtbot: QtBot, shown: SurfaceView) -> None:
    asked = Asked(shown)
    before = shown.plot.frame.canvas.grab().toImage()
    tick(qtbot, shown, "relief")
    lit = shown.plot.frame.canvas.grab().toImage()
    tick(qtbot, shown, "log")
    linear = shown.plot.frame.canvas.grab().toImage()
    assert before != lit != linear
    assert not shown.plot.scale.log
    assert asked.requests == []


def test_cancel_keeps_the_map_and_stops_to_follow(qtbot: QtBot, shown: SurfaceView) -> None:
    asked = Asked(shown)
    click(qtbot, shown, "update")
    click(qtbot, shown, "update")
    assert asked.cancelled == 1
    assert not shown.controls.follows
    assert text(shown, "note").startswith("A slice")
    shown.show_frame(made_moment(epoch=125))
    assert len(asked.requests) == 1


def test_a_coarse_map_does_not_replace_a_finished_one_of_the_same_kind(shown: SurfaceView) -> None:
    shown.show_surface(made_surface(points=9, done=False))
    assert len(shown.export_table()["cost"]) == 33 * 33
    other = replace(shown.controls.request, zoom=2.0)
    shown.show_surface(made_surface(points=9, done=False, request=other))
    assert len(shown.export_table()["cost"]) == 81


def test_what_cannot_be_shown_is_told_in_its_place(shown: SurfaceView) -> None:
    shown.show_problem("The path so far does not run in two directions yet.")
    assert text(shown, "empty") == "The path so far does not run in two directions yet."
    assert not shown.plot.isVisible()
    assert shown.export_table() == {}
    shown.show_surface(made_surface())
    assert shown.plot.isVisible()


def test_what_could_not_be_shown_is_tried_again_when_the_network_has_moved_on(shown: SurfaceView) -> None:
    asked = Asked(shown)
    shown.controls.updated.emit()
    shown.show_problem("Not yet.")
    assert len(asked.requests) == 1
    shown.controls.updated.emit()
    shown.show_frame(made_moment(epoch=130))
    shown.show_problem("Not yet.")
    assert len(asked.requests) == 3


def test_without_a_network_it_says_so_and_lets_go_of_the_work(qtbot: QtBot, shown: SurfaceView) -> None:
    asked = Asked(shown)
    click(qtbot, shown, "update")
    shown.clear()
    assert asked.cancelled == 1
    assert text(shown, "empty") == NO_NETWORK


def test_a_map_of_a_network_of_another_shape_is_left_out(qtbot: QtBot, shown: SurfaceView) -> None:
    asked = Asked(shown)
    shown.controls.updated.emit()
    other = Architecture.dense((2, 2, 1), ("tanh", "tanh"))
    project = replace(Project(), network=NetworkSpec(layers=(DenseSpec(2, "tanh"),)))
    changed = replace(made_moment(), architecture=other, parameters=np.zeros(9), project=project, generation=2)
    shown.show_frame(changed)
    assert shown.plot.marks.now.place is None
    shown.show_surface(made_surface(epoch=121))
    qtbot.waitUntil(lambda: "another shape" in text(shown, "read_out"))
    assert [len(asked.requests), button(shown, "update").text()] == [2, "Cancel"]  # of the new one


def test_a_map_that_comes_late_is_followed_by_one_of_now(shown: SurfaceView) -> None:
    asked = Asked(shown)
    shown.show_frame(made_moment(epoch=121))
    shown.show_frame(made_moment(epoch=122))
    assert len(asked.requests) == 1
    shown.show_surface(made_surface(epoch=121))
    assert len(asked.requests) == 2


def test_hidden_it_asks_for_nothing_and_lets_go_of_what_is_under_way(qtbot: QtBot, shown: SurfaceView) -> None:
    asked = Asked(shown)
    click(qtbot, shown, "update")
    shown.hide()
    assert asked.cancelled == 1
    shown.show_frame(made_moment(parameters=HERE + 0.5, epoch=300))
    assert len(asked.requests) == 1
    assert shown.plot.marks.now.place == pytest.approx((0.0, 0.0))
    shown.show()
    assert len(asked.requests) == 2
    assert shown.plot.marks.now.place == pytest.approx((0.5, 0.5))


def test_the_penalty_can_be_added_where_there_is_one(qtbot: QtBot, shown: SurfaceView) -> None:
    box = shown.findChild(QCheckBox, "surface_penalized")
    assert box is not None and not box.isVisible()
    moment = made_moment()
    shown.show_frame(replace(moment, project=replace(moment.project, training=TrainingSpec(l2=0.1))))
    asked = Asked(shown)
    tick(qtbot, shown, "penalized")
    assert asked.requests[-1].penalized
    shown.show_frame(made_moment())
    assert not shown.controls.request.penalized


def test_the_test_part_can_be_chosen_where_there_is_one(shown: SurfaceView) -> None:
    asked = Asked(shown)
    shown.controls.part.chosen.emit("test")
    assert asked.requests[-1].part == "test"


def test_the_pointer_reads_the_map_and_the_path(qtbot: QtBot, shown: SurfaceView) -> None:
    def place(across: float, up: float) -> QPoint:
        canvas = shown.plot.frame.canvas
        found: QPoint = canvas.mapFromScene(shown.plot.frame.box.mapViewToScene(QPointF(across, up)))
        return found

    viewport = shown.plot.frame.canvas.viewport()
    qtbot.mouseMove(viewport, place(0.5, 0.5))
    qtbot.waitUntil(lambda: text(shown, "read_out").startswith("cost 0.600 at (0.500, 0.500)"))
    qtbot.mouseMove(viewport, place(-0.4, 0.2))
    qtbot.waitUntil(lambda: text(shown, "read_out").startswith("epoch 60 of the path: really 0.500"))


def test_the_controls_stand_beside_the_map_where_that_is_wide_and_low(shown: SurfaceView) -> None:
    assert shown.controls.mapTo(shown, QPoint(0, 0)).y() < shown.plot.mapTo(shown, QPoint(0, 0)).y()
    shown.resize(1000, 240)
    QApplication.processEvents()
    assert shown.controls.mapTo(shown, QPoint(0, 0)).x() > shown.plot.mapTo(shown, QPoint(0, 0)).x() + 300


def test_everything_has_a_name_and_a_size_that_a_finger_hits(shown: SurfaceView) -> None:
    shown.set_theme(DARK)
    shown.controls.kind.chosen.emit("places")
    for kind in (QToolButton, QCheckBox):
        for control in shown.findChildren(kind):
            assert control.objectName().startswith("surface_")
            assert control.accessibleName()
            assert control.toolTip()
            assert not control.isVisible() or min(control.width(), control.height()) >= 24
