"""A choice shows any key, tells only what the user chose, and says why something cannot be chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QStandardItemModel, QWheelEvent
from pytestqt.qtbot import QtBot

from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.choice_field import ChoiceField

OPTIONS = {"red": Title("Red", "Like fire."), "blue": Title("Blue", "Like the sea.")}


@pytest.fixture
def field(qtbot: QtBot) -> ChoiceField:
    field = ChoiceField("Colour", "What to paint with.", OPTIONS)
    qtbot.addWidget(field)
    return field


def test_showing_a_choice_is_no_news(qtbot: QtBot, field: ChoiceField) -> None:
    with qtbot.assertNotEmitted(field.chosen):
        field.show_value("blue")
    assert (field.value, field.currentText()) == ("blue", "Blue")
    assert field.toolTip() == "What to paint with.\nLike the sea."


def test_a_key_that_is_not_offered_shows_nothing(field: ChoiceField) -> None:
    field.show_value("green")
    assert (field.value, field.currentText()) == ("", "")


def test_the_arrow_keys_choose(qtbot: QtBot, field: ChoiceField) -> None:
    field.show_value("red")
    with qtbot.waitSignal(field.chosen) as caught:
        qtbot.keyClick(field, Qt.Key.Key_Down)
    assert caught.args == ["blue"]


def test_a_choice_that_is_switched_off_says_why_and_its_explanation_comes_back_with_it(field: ChoiceField) -> None:
    model = field.model()
    assert isinstance(model, QStandardItemModel)
    field.allow({"blue": "There is none left."})
    assert not model.item(1).isEnabled()
    assert model.item(1).toolTip() == "There is none left."
    field.allow({})
    assert model.item(1).isEnabled()
    assert model.item(1).toolTip() == "Like the sea."


def test_a_choice_that_is_switched_off_can_still_be_shown(field: ChoiceField) -> None:
    field.allow({"blue": "There is none left."})
    field.show_value("blue")
    assert field.toolTip() == "What to paint with.\nLike the sea."


def test_other_options_keep_what_is_still_among_them(field: ChoiceField) -> None:
    field.show_value("blue")
    field.set_options({"green": Title("Green", "Like grass.")} | OPTIONS)
    assert field.value == "blue"


def test_the_wheel_changes_nothing(qtbot: QtBot, field: ChoiceField) -> None:
    field.show_value("red")
    none, buttons, keys = QPointF(2, 2), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    turn = QWheelEvent(none, none, QPoint(), QPoint(0, -120), buttons, keys, Qt.ScrollPhase.NoScrollPhase, False)
    with qtbot.assertNotEmitted(field.chosen):
        field.wheelEvent(turn)
    assert not turn.isAccepted()
    assert field.value == "red"


def test_an_entry_that_gets_another_title_shows_it(field: ChoiceField) -> None:
    field.show_value("blue")
    field.set_options(OPTIONS | {"blue": Title("Navy", "Like the deep sea.")})
    assert (field.value, field.currentText()) == ("blue", "Navy")
    assert field.toolTip() == "What to paint with.\nLike the deep sea."


def test_a_text_that_does_not_fit_is_cut_with_an_ellipsis_and_the_list_shows_it_whole(
    qtbot: QtBot, field: ChoiceField
) -> None:
    name = "A colour with quite a long name"
    field.set_options({"long": Title(name, "")})
    field.show_value("long")
    field.resize(400, 24)
    assert field.shown_text() == name
    field.resize(100, 24)
    assert field.shown_text().endswith("…")
    assert field.fontMetrics().horizontalAdvance(field.shown_text()) < 100
    field.show()
    field.showPopup()
    assert field.view().width() >= field.fontMetrics().horizontalAdvance(name)
    field.hidePopup()
