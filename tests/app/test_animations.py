"""An animation of the real window: the frames are of their moments, and the user's own window knows nothing of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from nnplayground.app.features.animation import animations
from nnplayground.app.features.animation.animation import AnimationDialog
from nnplayground.app.features.animation.animation_choices import AnimationChoices
from nnplayground.app.features.animation.filming import pixels_of
from nnplayground.app.features.animation.studio import Studio
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.ui.theme import DARK
from nnplayground.export.moving import Picture
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.model import NetworkSpec
from nnplayground.training.run.run import Run
from tests.app.driving import PATIENCE, SMALL, wait_for, window_of

EPOCHS = 30
SMALL_FILM = AnimationChoices(what="network", width=320, height=180, frames=5, rate=10.0)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with window_of(qtbot) as window:
        window.train_epochs(EPOCHS)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == EPOCHS and not snapshot.running)
        yield window


def open_dialog(qtbot: QtBot, window: MainWindow, choices: AnimationChoices = SMALL_FILM) -> AnimationDialog:
    """Open the dialog with these choices and wait for its previews."""
    window.animations.last_choices = choices
    window.commands["export_animation"].trigger()
    dialog = window.animations.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.last.image is not None, timeout=PATIENCE)
    return dialog


def export(qtbot: QtBot, window: MainWindow, path: Path) -> str:
    """Export to a file, wait for the end and return what was said."""
    window.animations.export_to(path)
    dialog = window.animations.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: not window.animations.is_exporting, timeout=PATIENCE)
    return dialog.said.text()


def frames_of(path: Path) -> list[Picture]:
    with Image.open(path) as image:
        return [np.array(frame.convert("RGB")) for frame in ImageSequence.Iterator(image)]


def draw(qtbot: QtBot, studio: Studio, epoch: int) -> QImage:
    with qtbot.waitSignal(studio.drawn, timeout=PATIENCE) as heard:
        studio.draw(epoch)
    (image,) = heard.args
    assert isinstance(image, QImage)
    return image


@pytest.fixture
def studio(window: MainWindow) -> Iterator[Studio]:
    assert window.player.snapshot is not None
    studio = Studio(window, window.player.snapshot)
    yield studio
    studio.close()


def test_before_training_it_says_what_to_do(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        window.commands["export_animation"].trigger()
        assert window.animations.dialog is None
        assert window.messages.text == animations.NOTHING_YET


def test_the_file_has_the_frames_that_were_chosen_from_first_to_last(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = open_dialog(qtbot, window)
    assert dialog.epochs == [0, 8, 15, 22, 30]
    said = export(qtbot, window, tmp_path / "a.gif")
    assert said.startswith("Saved as a.gif: 5 frames, ")
    frames = frames_of(tmp_path / "a.gif")
    assert [frame.shape for frame in frames] == [(180, 320, 3)] * 5
    assert dialog.first.image is not None and dialog.last.image is not None
    for frame, preview in ((frames[0], dialog.first.image), (frames[-1], dialog.last.image)):
        assert np.abs(frame.astype(int) - pixels_of(preview)).mean() < 1.0
    assert all(not np.array_equal(one, other) for one, other in pairwise(frames))


def test_a_video_is_written_as_well(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    open_dialog(qtbot, window, AnimationChoices(what="cost", width=321, height=181, frames=3, kind="mp4"))
    assert export(qtbot, window, tmp_path / "a.mp4").startswith("Saved as")
    assert b"ftyp" in (tmp_path / "a.mp4").read_bytes()[:16]


def test_training_goes_on_meanwhile_and_gives_the_same_numbers(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    open_dialog(qtbot, window)
    window.player.play()
    start = wait_for(qtbot, window, lambda snapshot: snapshot.running)
    assert export(qtbot, window, tmp_path / "a.gif").startswith("Saved as")
    end = wait_for(qtbot, window, lambda snapshot: snapshot.epoch > start.epoch)
    assert end.running and not end.record.is_back
    window.player.pause()
    end = wait_for(qtbot, window, lambda snapshot: not snapshot.running)
    run = Run(SMALL)
    run.train_epochs(end.epoch)
    costs = run.history.curve().train_cost
    assert end.curve.train_cost.tobytes() == costs[: len(end.curve)].tobytes()


def test_everything_is_drawn_at_the_size_that_was_chosen(qtbot: QtBot, studio: Studio) -> None:
    for what in ("window", "network", "output", "cost", "measures", "inspector", "inputs", "window"):
        for size in ((640, 360), (1920, 1080), (500, 700)):
            studio.arrange(what, QSize(*size))
            image = draw(qtbot, studio, 10)
            assert image.size().toTuple() == size, what
            assert len(np.unique(pixels_of(image)[::5, ::5].reshape(-1, 3), axis=0)) > 20, what  # something is on it


def test_a_wide_network_is_seen_whole_in_a_small_frame(qtbot: QtBot) -> None:
    wide = replace(SMALL, network=NetworkSpec(layers=(DenseSpec(units=3),) * 14))
    with window_of(qtbot, wide) as window:
        window.train_epochs(2)
        moment = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
        studio = Studio(window, moment)
        try:
            for size in ((640, 360), (1920, 1080)):
                studio.arrange("network", QSize(*size))
                draw(qtbot, studio, 1)
                navigator = studio.window.network_view.canvas.navigator
                assert navigator.zoom == navigator.least
        finally:
            studio.close()


def test_all_texts_of_a_frame_are_of_its_moment(qtbot: QtBot, studio: Studio) -> None:
    studio.arrange("window", QSize(1280, 720))
    for epoch in (0, 7, 3, EPOCHS):
        draw(qtbot, studio, epoch)
        assert studio.window.toolbar.readouts.text("epoch") == str(epoch)
        assert studio.window.status.text() == f"Epoch {epoch} of {EPOCHS}."


def test_the_same_moment_is_drawn_the_same_again(qtbot: QtBot, studio: Studio) -> None:
    studio.arrange("output", QSize(640, 360))
    first, other, again = (pixels_of(draw(qtbot, studio, epoch)) for epoch in (4, 20, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_no_window_of_the_studio_comes_to_the_screen(qtbot: QtBot, studio: Studio) -> None:
    studio.arrange("inputs", QSize(640, 360))
    draw(qtbot, studio, 1)
    for one in (studio.window, *studio.window.docks.values()):
        assert one.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        assert not one.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    assert not any(dock.isFloating() for dock in studio.window.docks.values())


def test_a_dark_window_gives_dark_frames(qtbot: QtBot) -> None:
    with window_of(qtbot, theme="dark") as window:
        window.train_epochs(2)
        moment = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 2 and not snapshot.running)
        studio = Studio(window, moment)
        try:
            studio.arrange("network", QSize(320, 180))
            assert draw(qtbot, studio, 0).pixelColor(3, 90).name().upper() == DARK.panel
        finally:
            studio.close()


def test_cancelling_leaves_no_file_and_another_export_may_follow(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = open_dialog(qtbot, window, AnimationChoices(what="network", width=320, height=180, frames=500))
    window.animations.export_to(tmp_path / "a.gif")
    qtbot.waitUntil(lambda: dialog.progress.value() > 5, timeout=PATIENCE)
    dialog.reject()
    qtbot.waitUntil(lambda: not window.animations.is_exporting, timeout=PATIENCE)
    assert dialog.said.text() == "The export was cancelled; no file was written."
    assert list(tmp_path.iterdir()) == []
    dialog.frames.entered.emit(3)
    assert export(qtbot, window, tmp_path / "a.gif").startswith("Saved as")


@pytest.mark.parametrize("kind", ["gif", "mp4"])
def test_closing_the_window_in_the_middle_leaves_nothing_behind(kind: str, qtbot: QtBot, tmp_path: Path) -> None:
    with window_of(qtbot) as window:
        window.train_epochs(EPOCHS)
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch == EPOCHS and not snapshot.running)
        dialog = open_dialog(qtbot, window, AnimationChoices(width=320, height=180, frames=500, kind=kind))
        window.animations.export_to(tmp_path / f"a.{kind}")
        qtbot.waitUntil(lambda: dialog.progress.value() > 5, timeout=PATIENCE)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told_in_one_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    open_dialog(qtbot, window)
    said = export(qtbot, window, tmp_path / "none" / "a.gif")
    assert said.endswith("could not be written: no such file or directory; choose a folder that exists.")


def test_the_choices_are_remembered_until_the_window_closes(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_dialog(qtbot, window)
    dialog.frames.entered.emit(7)
    dialog.reject()
    window.commands["export_animation"].trigger()
    other = window.animations.dialog
    assert other is not None and other is not dialog
    assert (other.choices.frames, other.choices.what) == (7, "network")


def test_only_what_is_open_is_offered(qtbot: QtBot, window: MainWindow) -> None:
    window.commands["measures"].trigger()
    dialog = open_dialog(qtbot, window)
    words = [dialog.what.itemText(place) for place in range(dialog.what.count())]
    assert words == ["Whole window", "Network", "Output", "Cost", "Measures"]


def test_another_choice_is_previewed_anew(qtbot: QtBot, window: MainWindow) -> None:
    dialog = open_dialog(qtbot, window)
    dialog.what.show_value("output")
    dialog.what.chosen.emit("output")
    before = dialog.last.image
    qtbot.waitUntil(lambda: dialog.last.image is not before, timeout=PATIENCE)
    assert dialog.last.image is not None
    assert dialog.last.image.size() == QSize(320, 180)


def test_the_whole_window_is_laid_out_as_the_user_has_it_also_after_single_views(
    qtbot: QtBot, window: MainWindow, studio: Studio
) -> None:
    for what in ("cost", "network", "window"):
        studio.arrange(what, window.size())
    draw(qtbot, studio, 5)
    for name, dock in window.docks.items():
        assert studio.window.docks[name].isVisible() == dock.isVisible()
        if dock.isVisible():
            assert abs(studio.window.docks[name].width() - dock.width()) <= 2
            assert abs(studio.window.docks[name].height() - dock.height()) <= 2
