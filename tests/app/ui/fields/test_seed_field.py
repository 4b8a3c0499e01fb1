"""The field for a seed: arrow keys go to the next one, and it can say that no seed is used."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from nnplayground.app.ui.fields.seed_field import SeedField
from nnplayground.project.limits import Whole
from nnplayground.project.model import MAX_SEED

RULE = Whole(0, MAX_SEED, "A seed.", optional=True)


@pytest.fixture
def field(qtbot: QtBot) -> SeedField:
    field = SeedField(RULE, "Seed", empty="another")
    qtbot.addWidget(field)
    return field


@pytest.mark.parametrize(
    ("value", "key", "next_one"),
    [
        (7, Qt.Key.Key_Up, 8),
        (7, Qt.Key.Key_Down, 6),
        (0, Qt.Key.Key_Down, 0),
        (MAX_SEED, Qt.Key.Key_Up, MAX_SEED),
        (None, Qt.Key.Key_Up, 0),
    ],
)
def test_arrows_go_to_the_next_seed(
    qtbot: QtBot, field: SeedField, value: int | None, key: Qt.Key, next_one: int
) -> None:
    field.show_value(value)
    spy = QSignalSpy(field.entered)
    qtbot.keyClick(field, key)
    assert field.value == next_one
    assert spy.count() == (value != next_one)


def test_it_can_say_that_no_seed_is_used(field: SeedField) -> None:
    field.show_value(3)
    field.show_given("given")
    assert (field.text(), field.placeholderText(), field.value) == ("", "given", None)


@pytest.mark.parametrize("text", ["-1", "2147483648", "1.5", "1e3x"])
def test_what_is_no_seed_is_refused_with_a_sentence(qtbot: QtBot, field: SeedField, text: str) -> None:
    field.show_value(4)
    field.setText(text)
    field.setModified(True)
    with qtbot.waitSignal(field.refused) as caught:
        field.commit()
    assert caught.args is not None
    assert "it must be a whole number from 0 to 2,147,483,647, or empty for another" in caught.args[0]
    assert field.value == 4
