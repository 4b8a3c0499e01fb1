"""Which signal goes where in the window: state comes down from the document and the player, intentions go up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nnplayground.app.features.network.network_view_actions import connect_network_actions
from nnplayground.app.features.output.view import MAPS_READER
from nnplayground.app.shell.menus import add_context_menu

if TYPE_CHECKING:
    from nnplayground.app.shell.main_window import MainWindow
    from nnplayground.project.training_spec import TrainingSpec


def connect_parts(window: MainWindow) -> None:
    """Connect the parts of a window; what follows the document or a frame is a method of the window itself.

    Details that do not exist yet are connected when they are made (`parts.py`).
    """
    window.details.join()
    _connect_document(window)
    _connect_data(window)
    _connect_drawing(window)
    _connect_network(window)
    _connect_views(window)
    for panel in window.panels:
        panel.refused.connect(partial(window.messages.show_message, kind="warning"))
    for speaker in (window.files, window.tables, window.gradient_check, window.replay, window.animations, window.plots):
        speaker.said.connect(window.messages.show_message)
    window.files.offered.connect(window.messages.show_offer)


def _connect_document(window: MainWindow) -> None:
    window.document.changed.connect(window.apply_edit)
    window.document.values_set.connect(window.player.set_values)
    window.document.values_set.connect(window.messages.withdraw_answered)
    window.document.replaced.connect(window.open_document)
    window.document.undo_stack.cleanChanged.connect(window.show_title)
    window.document.undo_stack.indexChanged.connect(window.show_undo)
    window.player.frame.connect(window.files.show_frame)
    window.player.frame.connect(window.show_frame)
    window.player.failed.connect(window.show_failure)
    window.toolbar.seed.chosen.connect(window.edits.seed_weights)
    window.toolbar.seed.refused.connect(partial(window.messages.show_message, kind="warning"))
    for speaker in (window.control, window.toolbar.seed):
        speaker.said.connect(window.messages.show_message)
    window.training_panel.edited.connect(window.edits.edit_training)


def _connect_data(window: MainWindow) -> None:
    window.data_panel.edited.connect(window.edits.edit_data)
    window.data_panel.seed_edited.connect(window.edits.seed_data)
    window.document.replaced.connect(window.data_panel.features.forget)
    window.data_panel.open_table_requested.connect(window.tables.open)
    add_context_menu(window.data_panel.open_table, [window.commands[name] for name in ("open_table", "paste_table")])
    window.data_panel.test_file_requested.connect(window.tables.open_test)
    window.data_panel.table.settings_requested.connect(window.tables.change)
    window.files.table_chosen.connect(window.tables.open_path)
    window.files.reading.connect(window.messages.show_work)
    window.files.read.connect(window.messages.end_work)
    window.messages.cancelled.connect(window.files.cancel)
    window.data_panel.open_pictures_requested.connect(window.files.open_pictures)


def _connect_drawing(window: MainWindow) -> None:
    mode = window.boundary_view.drawing
    mode.edited.connect(window.edits.draw_points)
    mode.refused.connect(partial(window.messages.show_message, kind="warning"))
    window.data_panel.draw_requested.connect(window.drawing.toggle)


def _connect_network(window: MainWindow) -> None:
    window.network_bar.edited.connect(window.edits.edit_network)
    window.commands["first_biases"].setCheckable(True)
    window.network_bar.keep_weights_changed.connect(partial(setattr, window.settings, "keep_weights"))
    window.network_view.layers_edited.connect(window.edits.edit_layers)
    connect_network_actions(window)
    window.network_view.inspect_asked.connect(window.show_inspector)
    window.network_view.values_edited.connect(window.edits.edit_values)
    window.network_view.locks_edited.connect(window.edits.edit_locks)
    window.network_view.unit_hovered.connect(window.boundary_view.show_unit)


def _connect_views(window: MainWindow) -> None:
    window.boundary_view.observation_wanted.connect(window.player.want)
    window.player.want(MAPS_READER, window.boundary_view.map_request)
    window.boundary_view.probed.connect(window.network_view.show_probe)
    window.boundary_view.probe_shown.connect(window.commands["probe"].setChecked)
    window.boundary_view.wants_relief = window.settings.shows_relief
    window.boundary_view.relief_changed.connect(partial(setattr, window.settings, "shows_relief"))
    window.cost_view.log_scale_changed.connect(partial(setattr, window.settings, "log_scale"))
    window.cost_view.scores_chosen.connect(partial(setattr, window.settings, "shows_scores"))
    window.cost_view.travel_wanted.connect(window.player.travel)
    window.cost_view.training_wanted.connect(partial(_use_settings_of_then, window))
    for dock in window.docks.values():
        dock.visibilityChanged.connect(window.player.show_again)


def _use_settings_of_then(window: MainWindow, training: TrainingSpec) -> None:
    """Train as an earlier moment was trained."""
    window.edits.edit_training(training, "Use the settings of then", 0)
