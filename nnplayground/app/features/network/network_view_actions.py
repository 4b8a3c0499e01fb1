"""The actions of the View menu that concern the network: how large it is shown, and whether its flow is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from nnplayground.app.shell.weights import start_from_present

if TYPE_CHECKING:
    from nnplayground.app.shell.main_window import MainWindow

ZOOMS = ("zoom_in", "zoom_out", "zoom_normal", "zoom_fit")
FLOW = "flow"


def network_handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Return what these actions do."""
    navigator = window.network_view.canvas.navigator
    return {
        "zoom_in": navigator.zoom_in,
        "zoom_out": navigator.zoom_out,
        "zoom_normal": navigator.zoom_normal,
        "zoom_fit": navigator.fit,
        FLOW: partial(_toggle_flow, window),
        "start_from": partial(start_from_present, window),
    }


def connect_network_actions(window: MainWindow) -> None:
    """Show the flow as it was chosen, and offer what a network on show can do."""
    window.commands[FLOW].setCheckable(True)
    _show_flow(window)
    window.network_view.editable_changed.connect(partial(_offer, window))


def _toggle_flow(window: MainWindow) -> None:
    """Show the flow or hide it, and remember that."""
    window.settings.show_flow = not window.settings.show_flow
    _show_flow(window)


def _show_flow(window: MainWindow) -> None:
    wanted = window.settings.show_flow
    window.commands[FLOW].setChecked(wanted)
    window.network_view.canvas.network.set_flow(wanted=wanted)


def _offer(window: MainWindow, is_editable: bool) -> None:
    """Grey out what has no meaning for a network that is only listed."""
    for name in (*ZOOMS, FLOW):
        window.commands[name].setEnabled(is_editable)
