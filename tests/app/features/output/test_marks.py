"""Marks on samples: wrong answers ringed, a selection set off, the sample that was trained alone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import chain

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QToolButton
from pytestqt.qtbot import QtBot

from nnplayground.app.features.output.marking import wrong_rows, wrong_words
from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.ui.theme import DARK, LIGHT, Theme
from nnplayground.training.observe.answers import Answers
from tests.app.features.output.views import corners, frame, position, ring_share, shown_view, values
from tests.app.snapshots import made_data

RIGHT = (1.0, 0.0, 0.0, 1.0)
FIRST_WRONG = (0.0, 0.0, 0.0, 1.0)
PLACES = [(-4.0, 4.0), (4.0, 4.0), (-4.0, -4.0), (4.0, -4.0)]


def ringed(view: BoundaryView, theme: Theme = LIGHT) -> list[int]:
    """Return the points around which most of a ring in the colour of texts is seen."""
    shares = [ring_share(view, position(view, *place), theme.text, radii=(6, 9)) for place in PLACES]
    return [row for row, share in enumerate(shares) if share > 0.55]


def reads(view: BoundaryView, words: str) -> bool:
    """Tell whether the read-out begins with these words."""
    return view._read_out.whole_text().startswith(words)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_wrong_answers_are_ringed_also_those_of_the_test_part(qtbot: QtBot, theme: Theme) -> None:
    with shown_view(qtbot, theme=theme) as view:
        data = corners()
        view.show_frame(frame(data, predicted=RIGHT))
        assert ringed(view, theme) == []
        view.show_frame(frame(data, predicted=(0.0, 0.0, 1.0, 1.0)))
        assert ringed(view, theme) == [0, 2]
        view.show_frame(frame(data))  # the answers come less often than the frames
        assert ringed(view, theme) == [0, 2]
        view.show_frame(frame(data, predicted=(1.0, 1.0, 0.0, 1.0)))
        assert ringed(view, theme) == [1]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_rings_can_be_seen_around_small_points_too(qtbot: QtBot, theme: Theme) -> None:
    with shown_view(qtbot, theme=theme) as view:
        view.show_frame(frame(corners(), predicted=(0.0, 0.0, 1.0, 1.0)))
        view.stage.map.points.fit_marks(side=14)
        shares = [ring_share(view, position(view, *place), theme.text, radii=(4, 8)) for place in PLACES]
        assert [row for row, share in enumerate(shares) if share > 0.4] == [0, 2]


def test_the_rings_can_be_switched_off_and_go_with_the_test_points(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.show_frame(frame(corners(), predicted=(0.0, 0.0, 1.0, 1.0)))
        for name, left in (("boundary_test_points", [0]), ("boundary_wrong_points", [])):
            entry = view.findChild(QAction, name)
            assert isinstance(entry, QAction)
            entry.trigger()
            assert ringed(view) == left
            entry.trigger()
            assert ringed(view) == [0, 2]


def test_items_are_only_touched_when_other_answers_are_wrong(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    with shown_view(qtbot) as view:
        data = corners()
        view.show_frame(frame(data, predicted=FIRST_WRONG))
        calls: list[object] = []
        monkeypatch.setattr(view.stage.map.points._marks, "show_wrong", lambda *args: calls.append(args))
        view.show_frame(frame(data, predicted=FIRST_WRONG))
        assert calls == []
        view.show_frame(frame(data, predicted=RIGHT))
        assert len(calls) == 1


def test_how_many_are_wrong_is_said_and_other_data_begin_anew(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.show_frame(frame(corners(), predicted=(0.0, 0.0, 1.0, 1.0)))
        words = view._read_out.whole_text
        qtbot.waitUntil(lambda: words().startswith("1 of 2 wrong in training, 1 of 2 in test. Point at the map"))
        view.show_frame(frame(corners()))
        qtbot.waitUntil(lambda: words() == "Point at the map to read it.")
        assert ringed(view) == []


def test_values_are_never_wrong_as_no_answer_hits_them() -> None:
    data = values()
    answers = Answers(np.zeros(len(data.samples.targets)), np.full(len(data.samples.targets), np.nan))
    assert len(wrong_rows(data, answers)) == 0


def test_wrong_answers_are_counted_by_part() -> None:
    data = made_data([[0.0, 0.0]] * 6, [0.0, 1.0, 2.0, 0.0, 1.0, 2.0], classes=("a", "b", "c"), test=[4, 5])
    answers = Answers(np.array([0.0, 2.0, 2.0, np.nan, 0.0, 2.0]), np.full(6, np.nan))
    wrong = wrong_rows(data, answers)
    assert wrong.tolist() == [1, 4]
    assert wrong_words(data, wrong) == "1 of 4 wrong in training, 1 of 2 in test"
    whole = made_data([[0.0, 0.0]] * 2, [0.0, 1.0])
    assert wrong_words(whole, np.array([0])) == "1 of 2 wrong in training"


def test_a_selection_is_set_off_named_and_ends_with_its_cross(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.show_frame(frame(corners(test=()), predicted=(0.0, 1.0, 0.0, 1.0)))
        strong = [view.grab().toImage().pixelColor(position(view, *place)) for place in PLACES]
        view.highlight_samples(np.array([1]), "True orange, taken for blue: 1 sample")
        seen = [view.grab().toImage().pixelColor(position(view, *place)) for place in PLACES]
        assert [one == other for one, other in zip(seen, strong, strict=True)] == [False, True, False, False]
        assert ringed(view) == [1]  # only of those that are selected
        tag = view.findChild(QFrame, "boundary_selection")
        assert isinstance(tag, QFrame) and tag.isVisible()
        assert view._selection.tag.label.text() == "True orange, taken for blue: 1 sample"
        assert view.rect().contains(tag.geometry())
        cross = tag.findChild(QToolButton, "boundary_selection_close")
        assert isinstance(cross, QToolButton) and cross.accessibleName() and cross.toolTip()
        QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
        assert not tag.isVisible()
        assert ringed(view) == [0, 1]
        assert [view.grab().toImage().pixelColor(position(view, *place)) for place in PLACES] == strong


def test_a_selection_ends_with_its_data_and_rows_that_are_not_there_do_no_harm(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.show_frame(frame(corners()))
        view.highlight_samples(np.array([1, 99]), "Two")
        assert view._selection.tag.isVisible()
        view.show_frame(frame(corners()))
        assert not view._selection.tag.isVisible()
        view.highlight_samples(np.array([0]), "One")
        view.clear()
        assert not view._selection.tag.isVisible()


def test_a_selected_point_is_seen_even_where_not_all_are_drawn(qtbot: QtBot) -> None:
    places = np.random.default_rng(1).uniform(-6.0, 6.0, (6_000, 2))
    data = made_data(places.tolist(), (np.arange(6_000) % 2).tolist())
    with shown_view(qtbot) as view:
        view.show_frame(frame(data))
        left_out = np.setdiff1d(np.arange(6_000), view.stage.map.points._rows)[:3]
        view.highlight_samples(left_out, "Three")
        front = [item.getData()[0].tolist() for item in view.stage.map.points._front[0]]
        assert sorted(chain.from_iterable(front)) == pytest.approx(sorted(places[left_out, 0]))


def test_the_sample_that_was_trained_alone_has_a_mark_of_its_own(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        data = corners(test=())
        for sample, expected in ((2, [2]), (1, [1]), (None, [])):
            view.show_frame(replace(frame(data), sample=sample))
            shares = [ring_share(view, position(view, *place), LIGHT.accent, radii=(8, 12)) for place in PLACES]
            assert [row for row, share in enumerate(shares) if share > 0.55] == expected


def test_pointing_at_a_sample_tells_which_it_is_what_is_right_and_what_the_network_says(qtbot: QtBot) -> None:
    with shown_view(qtbot) as view:
        view.show_frame(frame(corners(), predicted=(0.0, 0.0, 1.0, 1.0)))
        viewport = view.stage.map.frame.canvas.viewport()
        for place, words in (
            ((-4.0, 4.0), "Sample 1 (training): blue, the network says orange, 75 %; the map: orange, 100 % at x1"),
            ((-4.0, -4.0), "Sample 3 (test): orange, the network says blue, 75 %;"),
            ((-1.0, -1.0), "orange, "),
        ):
            spot = viewport.mapFrom(view, position(view, *place))
            QTest.mouseMove(viewport, spot + QPoint(2, 2))
            QTest.mouseMove(viewport, spot)
            qtbot.waitUntil(partial(reads, view, words))
