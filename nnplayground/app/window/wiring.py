"""Which signal goes where in the window: state comes down from the document and the player, intentions go up."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nnplayground.app.window.main_window import MainWindow


def connect_parts(window: MainWindow) -> None:
    """Connect the parts of a window; what follows the document or a frame is a method of the window itself."""
    _connect_document(window)
    _connect_data(window)
    _connect_network(window)
    _connect_views(window)
    for panel in window.panels:
        panel.refused.connect(partial(window.messages.show_message, kind="warning"))
    for speaker in (window.files, window.gradient_check):
        speaker.said.connect(window.messages.show_message)


def _connect_document(window: MainWindow) -> None:
    window.document.changed.connect(window.follow)
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
    window.data_panel.open_table_requested.connect(window.files.open_table)
    window.data_panel.open_pictures_requested.connect(window.files.open_pictures)


def _connect_network(window: MainWindow) -> None:
    window.network_bar.edited.connect(window.edits.edit_network)
    window.network_bar.keep_weights_changed.connect(partial(setattr, window.settings, "keep_weights"))
    window.network_view.layers_edited.connect(window.edits.edit_layers)


def _connect_views(window: MainWindow) -> None:
    window.boundary_view.map_request_changed.connect(window.player.request_maps)
    window.cost_view.log_scale_changed.connect(partial(setattr, window.settings, "log_scale"))
    window.measures_view.report_wanted.connect(window.player.request_reports)
    for dock in window.docks.values():
        dock.visibilityChanged.connect(window.player.show_again)
