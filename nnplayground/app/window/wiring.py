"""Which signal goes where in the window: state comes down from the document and the player, intentions go up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from nnplayground.app.window.menus import add_context_menu
from nnplayground.app.window.network_view_actions import connect_network_actions

if TYPE_CHECKING:
    from nnplayground.app.window.main_window import MainWindow


def connect_parts(window: MainWindow) -> None:
    """Connect the parts of a window; what follows the document or a frame is a method of the window itself."""
    _connect_document(window)
    _connect_data(window)
    _connect_drawing(window)
    _connect_network(window)
    _connect_views(window)
    for panel in window.panels:
        panel.refused.connect(partial(window.messages.show_message, kind="warning"))
    for speaker in (window.files, window.tables, window.gradient_check):
        speaker.said.connect(window.messages.show_message)


def _connect_document(window: MainWindow) -> None:
    window.document.changed.connect(window.follow)
    window.document.values_set.connect(window.player.set_values)
    window.document.values_set.connect(window.messages.withdraw_answered)
    window.document.replaced.connect(window.open_document)
    window.document.undo_stack.cleanChanged.connect(window.show_title)
    window.document.undo_stack.indexChanged.connect(window.show_undo)
    window.player.frame.connect(window.files.show_frame)
    window.player.frame.connect(window.show_frame)
    window.player.failed.connect(window.show_failure)
    window.toolbar.pace_chosen.connect(window.player.set_pace)
    window.training_panel.edited.connect(window.edits.edit_training)


def _connect_data(window: MainWindow) -> None:
    window.data_panel.edited.connect(window.edits.edit_data)
    window.document.replaced.connect(window.data_panel.features.forget)
    window.data_panel.open_table_requested.connect(window.tables.open)
    add_context_menu(window.data_panel.open_table, [window.commands[name] for name in ("open_table", "paste_table")])
    window.data_panel.table.settings_requested.connect(window.tables.change)
    window.files.table_chosen.connect(window.tables.open_path)
    window.data_panel.open_pictures_requested.connect(window.files.open_pictures)


def _connect_drawing(window: MainWindow) -> None:
    mode = window.boundary_view.drawing
    mode.edited.connect(window.edits.draw_points)
    mode.refused.connect(partial(window.messages.show_message, kind="warning"))
    window.data_panel.draw_requested.connect(window.drawing.toggle)


def _connect_network(window: MainWindow) -> None:
    window.network_bar.edited.connect(window.edits.edit_network)
    window.network_bar.keep_weights_changed.connect(partial(setattr, window.settings, "keep_weights"))
    window.network_view.layers_edited.connect(window.edits.edit_layers)
    connect_network_actions(window)
    _connect_inspector(window)
    window.network_view.values_edited.connect(window.edits.edit_values)
    window.network_view.locks_edited.connect(window.edits.edit_locks)
    window.network_view.unit_hovered.connect(window.boundary_view.show_unit)


def _connect_inspector(window: MainWindow) -> None:
    inspector, network = window.inspector_view, window.network_view
    network.selected.connect(inspector.show_selection)
    network.inspect_asked.connect(window.show_inspector)
    for show in (inspector.show_selection, network.show_selection):
        inspector.selection_asked.connect(show)
    inspector.values_edited.connect(window.edits.edit_values)
    inspector.locks_edited.connect(window.edits.edit_locks)
    inspector.switch_requested.connect(window.edits.switch)
    inspector.inspection_wanted.connect(window.player.request_inspection)
    inspector.refused.connect(partial(window.messages.show_message, kind="warning"))


def _connect_views(window: MainWindow) -> None:
    window.boundary_view.map_request_changed.connect(window.player.request_maps)
    window.cost_view.log_scale_changed.connect(partial(setattr, window.settings, "log_scale"))
    window.inputs_view.plane_chosen.connect(window.boundary_view.choose_plane)
    window.measures_view.report_wanted.connect(window.player.request_reports)
    for dock in window.docks.values():
        dock.visibilityChanged.connect(window.player.show_again)
