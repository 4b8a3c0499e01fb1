"""The details of the window: docks that are closed at first, and how what they show is made when it is first seen.

Nothing of a detail is imported before somebody wants to see it, so that the program starts no slower for having it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar, runtime_checkable

from nnplayground.project.model import Project

if TYPE_CHECKING:
    from nnplayground.app.features.compare.view import CompareView
    from nnplayground.app.features.inputs.view import InputsView
    from nnplayground.app.features.inside.view import InsideView
    from nnplayground.app.features.inspector.view import InspectorView
    from nnplayground.app.features.measures.view import MeasuresView
    from nnplayground.app.features.surface.view import SurfaceView
    from nnplayground.app.shell.main_window import MainWindow

    DetailView: TypeAlias = MeasuresView | InspectorView | InputsView | SurfaceView | CompareView | InsideView

View = TypeVar("View", bound="DetailView")
INSPECTOR_HEIGHT = 260
COMPARE_HEIGHT, COMPARE_LEAST = 330, 224


@runtime_checkable
class FollowsDocument(Protocol):
    """A view that shows something of the document beside what it is given with each frame."""

    def show_project(self, project: Project, *, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
        """Show the document, with these names of inputs and outputs."""
        ...


@dataclass(frozen=True, eq=False)
class Detail(Generic[View]):
    """A dock that is closed at first; an action of the same name opens and closes it.

    `make` imports the view, makes it with the window as its parent and connects it; it is called once, when the view is
    first seen or asked for, and must not ask the window for that view. `height` tells how many pixels of a high window
    the view can use, `least` with how many it opens in a low one, if they can be spared. One that `floats` lies over
    the network at first, the others share the place below.
    """

    name: str
    title: str
    make: Callable[[MainWindow], View]
    has_header: bool = True
    height: Callable[[MainWindow], int] | None = None
    least: int = 0
    floats: bool = False


def _make_measures(window: MainWindow) -> MeasuresView:
    from nnplayground.app.features.measures.view import MeasuresView

    view = MeasuresView(window)
    view.observation_wanted.connect(window.player.want)
    view.inside_asked.connect(partial(_show, window, INSIDE))
    view.samples_selected.connect(window.boundary_view.highlight_samples)
    window.boundary_view.selection_closed.connect(view.clear_selection)
    return view


def _measures_height(window: MainWindow) -> int:
    snapshot = window.player.snapshot
    return window.measures_view.height_for(len(snapshot.data.rule.classes) if snapshot else 0)


def _make_inside(window: MainWindow) -> InsideView:
    from nnplayground.app.features.inside.view import InsideView

    view = InsideView(window)
    view.observation_wanted.connect(window.player.want)
    return view


def _inside_height(window: MainWindow) -> int:
    snapshot = window.player.snapshot
    return window.details.view(INSIDE).height_for(len(snapshot.architecture.layers) if snapshot else 0)


def _show(window: MainWindow, detail: Detail[Any]) -> None:
    window.details.show(detail)


def _make_inspector(window: MainWindow) -> InspectorView:
    from nnplayground.app.features.inspector.view import InspectorView

    view, network = InspectorView(window), window.network_view
    view.show_selection(window.details.selection)
    network.selected.connect(view.show_selection)
    for show in (view.show_selection, network.show_selection):
        view.selection_asked.connect(show)
    view.values_edited.connect(window.edits.edit_values)
    view.locks_edited.connect(window.edits.edit_locks)
    view.switch_requested.connect(window.edits.switch)
    view.observation_wanted.connect(window.player.want)
    view.refused.connect(partial(window.messages.show_message, kind="warning"))
    return view


def _inspector_height(_window: MainWindow) -> int:
    return INSPECTOR_HEIGHT


def _make_inputs(window: MainWindow) -> InputsView:
    from nnplayground.app.features.inputs.view import InputsView

    view = InputsView(window)
    view.plane_chosen.connect(window.boundary_view.choose_plane)
    view.show_target(window.boundary_view.target)
    window.boundary_view.target_chosen.connect(view.show_target)
    return view


def _make_surface(window: MainWindow) -> SurfaceView:
    from nnplayground.app.features.surface.computing import connect_surface
    from nnplayground.app.features.surface.view import SurfaceView

    view = SurfaceView(window)
    connect_surface(view, window)
    return view


def _make_compare(window: MainWindow) -> CompareView:
    from nnplayground.app.features.compare.comparing import make_compare

    return make_compare(window)


def _compare_height(_window: MainWindow) -> int:
    return COMPARE_HEIGHT


MEASURES = Detail("measures", "Measures", _make_measures, height=_measures_height)
INSIDE = Detail("inside", "Inside", _make_inside, height=_inside_height)
INSPECTOR = Detail("inspector", "Inspector", _make_inspector, height=_inspector_height)
INPUTS = Detail("inputs", "Inputs", _make_inputs, has_header=False, floats=True)
SURFACE = Detail("surface", "Cost surface", _make_surface, has_header=False, floats=True)
COMPARE = Detail("compare", "Compare", _make_compare, height=_compare_height, least=COMPARE_LEAST)
# As the View menu lists them.
DETAILS: tuple[Detail[Any], ...] = (MEASURES, INSIDE, INSPECTOR, COMPARE, INPUTS, SURFACE)
BELOW = tuple(detail.name for detail in DETAILS if not detail.floats)
OVER = tuple(detail.name for detail in DETAILS if detail.floats)
