"""The dialog of an animation: choices in, choices out, and plain words about what will come of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.features.animation.animation import AnimationDialog
from nnplayground.app.features.animation.animation_choices import SIZES, AnimationChoices, estimate
from nnplayground.app.main import application
from nnplayground.app.shell.look import use_theme
from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.theme import LIGHT

SUBJECTS = {"window": Title("Whole window", "All of it."), "network": Title("Network", "It alone.")}
EPOCHS = [*range(100), 150, 200, 300]


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[AnimationDialog]:
    use_theme(application(), "light")
    parent = QWidget()
    dialog = AnimationDialog(SUBJECTS, AnimationChoices(), LIGHT, parent)
    dialog.show_epochs(EPOCHS)
    dialog.show()
    qtbot.waitExposed(dialog)
    yield dialog
    dialog.show_end("")
    dialog.close()
    parent.close()
    parent.deleteLater()


def watch(dialog: AnimationDialog) -> list[AnimationChoices]:
    heard: list[AnimationChoices] = []
    dialog.changed.connect(heard.append)
    return heard


def type_into(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def choose(field: QComboBox, place: int) -> None:
    """Choose as the user does; setting the index alone is no choice."""
    field.setCurrentIndex(place)
    field.activated.emit(place)


def test_showing_choices_is_no_news(dialog: AnimationDialog) -> None:
    heard = watch(dialog)
    dialog.show_epochs([0, 1])
    assert heard == []


def test_every_choice_is_told_with_all_others_kept(dialog: AnimationDialog) -> None:
    heard = watch(dialog)
    choose(dialog.what, 1)
    choose(dialog.spacing, 1)
    choose(dialog.kind, 1)
    assert heard[-1] == AnimationChoices(what="network", spacing="even", kind="mp4")
    assert dialog.choices == heard[-1]


def test_a_size_of_the_list_sets_both_sides_and_an_own_one_lets_them_be_typed(
    qtbot: QtBot, dialog: AnimationDialog
) -> None:
    assert not dialog.frame_width.isEnabled()
    choose(dialog.size_choice, 0)
    assert (dialog.choices.width, dialog.choices.height) == SIZES["small"]
    choose(dialog.size_choice, 3)
    assert dialog.frame_width.isEnabled() and dialog.frame_height.isEnabled()
    type_into(qtbot, dialog.frame_width, "500")
    type_into(qtbot, dialog.frame_height, "301")
    assert (dialog.choices.width, dialog.choices.height) == (500, 301)
    assert dialog.size_choice.value == "own"


def test_seconds_and_frames_a_second_follow_each_other(qtbot: QtBot, dialog: AnimationDialog) -> None:
    type_into(qtbot, dialog.seconds, "12")
    assert dialog.choices.rate == pytest.approx(5.0)
    type_into(qtbot, dialog.rate, "30")
    assert dialog.seconds.value == pytest.approx(2.0)
    type_into(qtbot, dialog.frames, "90")
    assert dialog.choices.rate == 30.0
    assert dialog.seconds.value == pytest.approx(3.0)


def test_seconds_that_would_be_too_fast_give_the_fastest_rate(qtbot: QtBot, dialog: AnimationDialog) -> None:
    type_into(qtbot, dialog.seconds, "0.1")
    assert dialog.choices.rate == 50.0
    assert dialog.seconds.value == pytest.approx(1.2)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("frames", "0", "Frames is 0; it must be a whole number from 1 to 2,000"),
        ("rate", "100", "Frames a second is 100; it must be a number from 0.1 to 50"),
    ],
)
def test_a_number_that_is_not_legal_is_refused_in_one_sentence(
    name: str, text: str, words: str, qtbot: QtBot, dialog: AnimationDialog
) -> None:
    heard = watch(dialog)
    type_into(qtbot, getattr(dialog, name), text)
    assert words in dialog.said.text()
    with qtbot.assertNotEmitted(dialog.export_wanted):
        qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    assert getattr(dialog, name).text() == text
    assert heard == []


def test_enter_in_a_field_does_not_export(qtbot: QtBot, dialog: AnimationDialog) -> None:
    with qtbot.assertNotEmitted(dialog.export_wanted):
        type_into(qtbot, dialog.frames, "20")
    assert dialog.isVisible()


def test_the_button_asks_for_what_is_chosen(qtbot: QtBot, dialog: AnimationDialog) -> None:
    with qtbot.waitSignal(dialog.export_wanted) as heard:
        qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    assert heard.args == [dialog.choices]


def test_the_estimate_counts_frames_seconds_pixels_and_moments() -> None:
    choices = AnimationChoices(width=641, height=360, frames=4, rate=2.0, kind="mp4")
    words = "4 frames of 642 × 360 pixels in 3 seconds, the last one held for 1"
    assert estimate(choices, [0, 0, 5, 1200]) == f"{words}; 3 different moments from epoch 0 to 1,200."
    assert estimate(choices, [7, 7]).endswith("one moment of epoch 7.")


def test_the_estimate_and_the_names_of_the_previews_follow_the_choices(qtbot: QtBot, dialog: AnimationDialog) -> None:
    assert "60 frames of 1,280 × 720 pixels in 7 seconds" in dialog.estimate.text()
    type_into(qtbot, dialog.frames, "1")
    assert "1 frame of" in dialog.estimate.text()
    assert dialog.epochs == [300]


def test_a_preview_is_shown_whole(dialog: AnimationDialog) -> None:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    image.fill(0xFF0B6BCB)
    dialog.show_preview(first=image)
    assert dialog.first.image is image
    shown = dialog.first.grab().toImage()
    assert shown.pixelColor(shown.rect().center()).name() == "#0b6bcb"
    assert dialog.last.image is None


def test_while_it_is_written_nothing_can_be_changed_but_it_can_be_cancelled(
    qtbot: QtBot, dialog: AnimationDialog
) -> None:
    dialog.show_progress(0.25, 30)
    assert dialog.said.text() == "Drawing frame 31 of 60 …"
    assert dialog.progress.isVisible() and dialog.progress.value() == 250
    for field in (
        dialog.what,
        dialog.size_choice,
        dialog.frames,
        dialog.rate,
        dialog.kind,
        dialog.loops,
        dialog.export,
    ):
        assert not field.isEnabled()
    assert dialog.close_button.text() == "Cancel"
    with qtbot.waitSignal(dialog.cancel_wanted):
        qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog.cancel_wanted):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.show_progress(0.8, 60)
    assert dialog.said.text() == "Writing the file …"
    dialog.show_end("Saved.")
    assert dialog.export.isEnabled() and not dialog.progress.isVisible()
    assert (dialog.said.text(), dialog.close_button.text()) == ("Saved.", "Close")


def test_a_video_cannot_ask_to_be_repeated(dialog: AnimationDialog) -> None:
    assert dialog.loops.isEnabled()
    choose(dialog.kind, 1)
    assert not dialog.loops.isEnabled()


def test_without_ffmpeg_a_video_is_not_offered_and_the_reason_is_told(dialog: AnimationDialog) -> None:
    choose(dialog.kind, 1)
    dialog.allow_video(possible=False)
    assert dialog.choices.kind == "gif"
    item = dialog.kind.model().index(1, 0)
    assert "nnplayground[video]" in str(item.data(Qt.ItemDataRole.ToolTipRole))
    assert not item.flags() & Qt.ItemFlag.ItemIsEnabled


def test_a_view_that_is_closed_meanwhile_is_not_chosen_again(qtbot: QtBot) -> None:
    parent = QWidget()
    dialog = AnimationDialog(SUBJECTS, AnimationChoices(what="measures"), LIGHT, parent)
    assert dialog.choices.what == "window"
    parent.close()
    parent.deleteLater()


def test_every_control_has_a_name_and_says_what_it_is_for(dialog: AnimationDialog) -> None:
    fields = (dialog.what, dialog.size_choice, dialog.spacing, dialog.kind, dialog.loops, dialog.frames, dialog.rate)
    for control in (*fields, dialog.seconds, dialog.frame_width, dialog.frame_height):
        assert control.objectName() and control.accessibleName() and control.toolTip()
        assert control.height() >= 20
