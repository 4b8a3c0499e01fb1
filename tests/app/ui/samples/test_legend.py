"""The legend: complete, in lines that fit."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.samples.legend import Legend, meanings, parts, placed
from nnplayground.app.ui.theme import LIGHT, MARKERS, THEMES, Theme, marker
from tests.app.snapshots import made_data


def many_classes(count: int) -> tuple[str, ...]:
    return tuple(f"class number {place}" for place in range(count))


def test_entries_that_do_not_fit_go_into_the_next_line() -> None:
    assert placed([50.0, 40.0, 60.0], 100.0, gap=10.0) == [(0, 0.0), (0, 60.0), (1, 0.0)]
    assert placed([500.0], 100.0, gap=10.0) == [(0, 0.0)]


def test_classes_and_parts_are_named_with_their_own_marks() -> None:
    data = made_data([[0.0, 0.0]] * 4, [0.0, 1.0, 2.0, 0.0], classes=("a", "b", "c"), test=[3])
    shown = meanings(data, LIGHT)
    assert [entry.text for entry in shown] == ["a", "b", "c"]
    assert len({entry.symbol for entry in shown}) == len({entry.color for entry in shown}) == 3
    kinds = [(entry.text, entry.ring, entry.ringed) for entry in parts(data, LIGHT)]
    assert kinds == [("3 train", False, False), ("1 test", True, False), ("wrong", False, True)]
    assert [entry.text for entry in parts(data, LIGHT, rings_wrong=False)] == ["3 train", "1 test"]


def test_a_regression_states_the_ends_of_its_scale() -> None:
    (bar,) = meanings(made_data([[0.0, 0.0]] * 2, [-1.0, 2.5], classes=()), LIGHT)
    assert (bar.before, bar.text) == ("value  −2.50", "2.50")


def test_too_many_classes_are_counted_and_all_named_in_the_tooltip(qtbot: QtBot) -> None:
    names = many_classes(40)
    data = made_data([[0.0, 0.0]] * 40, [float(place) for place in range(40)], classes=names)
    host = Legend()
    qtbot.addWidget(host)
    host.resize(300, 60)
    host.show_data(data, LIGHT)
    host.show()
    texts = [entry.text for entry, _ in host._fitting()]
    assert texts[0] == names[0]
    assert texts[-2:] == ["40 train", "wrong"]
    assert texts[-3] == f"and {40 - (len(texts) - 3)} more"
    assert names[-1] in host.toolTip()
    assert host.height() < 50
    host.close()


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_ten_classes_have_ten_marks_and_ten_colours(theme: Theme) -> None:
    looks = [(theme.class_color(place, 10).name(), marker(place)) for place in range(10)]
    assert len({color for color, _ in looks}) == 10
    assert len(set(looks)) == 10
    assert [shape for _, shape in looks[:8]] == list(MARKERS)
    assert all(looks[place][1] != looks[place - 8][1] for place in (8, 9))
