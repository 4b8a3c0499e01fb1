"""What each action of the window does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from nnplayground.app.features.network.network_view_actions import network_handlers
from nnplayground.app.shell.parts import DETAILS

if TYPE_CHECKING:
    from nnplayground.app.shell.main_window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return a function for each action, by its name."""
    return {
        **_file_handlers(window),
        **_training_handlers(window),
        **network_handlers(window),
        **{detail.name: partial(window.details.toggle, detail) for detail in DETAILS},
        "draw": window.drawing.toggle,
        "large_output": window.large.toggle,
        "probe": partial(_toggle_probe, window),
        "undo": window.document.undo_stack.undo,
        "redo": window.document.undo_stack.redo,
        "reset_layout": window.reset_layout,
        "shortcuts": partial(_show_shortcuts, window),
        "about": partial(_show_about, window),
    }


def _file_handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    return {
        "new": window.files.new,
        "open": window.files.open,
        "open_table": window.tables.open,
        "paste_table": window.tables.paste,
        "save_data": window.tables.ask_and_save,
        "open_pictures": window.files.open_pictures,
        "save": window.files.save,
        "save_as": window.files.save_as,
        "export": window.files.ask_and_export,
        "export_animation": window.animations.open,
        "quit": window.close,
    }


def _training_handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    return {
        "play": window.toggle_play,
        "step_sample": window.control.step_sample,
        "step_batch": window.control.step_batch,
        "step_epoch": window.control.step_epoch,
        "run_to": partial(_ask_epoch, window),
        "first_biases": partial(_show_biases, window),
        "faster": window.control.faster,
        "slower": window.control.slower,
        "restart": window.control.restart,
        "new_weights": window.edits.new_weights,
        "check_gradient": window.gradient_check.start,
        "replay": window.replay.toggle,
        "pin": window.pinning.pin,
    }


def _show_biases(window: MainWindow) -> None:
    window.network_bar.show_biases(wanted=window.commands["first_biases"].isChecked())


def _ask_epoch(window: MainWindow) -> None:
    from nnplayground.app.features.training.run_to import RunToPopup

    popup = RunToPopup(partial(getattr, window.player, "snapshot"), window)
    popup.run_wanted.connect(window.control.run_to)
    popup.travel_wanted.connect(window.player.travel)
    popup.open_below(window.toolbar.steps)


def _toggle_probe(window: MainWindow) -> None:
    """Drop the probe or take it away; the action shows what is, not what was asked for."""
    window.boundary_view.toggle_probe()
    window.commands["probe"].setChecked(window.boundary_view.probe.is_there)


def _show_shortcuts(window: MainWindow) -> None:
    from nnplayground.app.features.help.dialogs import show_shortcuts

    show_shortcuts(window, window.commands.values())


def _show_about(window: MainWindow) -> None:
    from nnplayground.app.features.help.dialogs import show_about

    show_about(window)
