"""Makes the details of the window when they are first seen, keeps them up to date, and shows and hides them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QTimer

from nnplayground.app.shell.layout import show_or_hide, show_or_hide_over
from nnplayground.app.shell.parts import DETAILS, INPUTS, INSPECTOR, MEASURES, Detail, FollowsDocument, View
from nnplayground.project.model import Project
from nnplayground.project.parameter_index import Selection

if TYPE_CHECKING:
    from nnplayground.app.shell.main_window import MainWindow
    from nnplayground.app.shell.parts import DetailView


class Details(QObject):
    """Holds those that exist; their docks, which a saved layout may show, exist from the start."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._made: dict[str, DetailView] = {}
        self.selection: Selection | None = None  # of the network, for an inspector that does not exist yet

    def join(self) -> None:
        """Make each detail when its dock is first seen, however that was opened."""
        self._window.network_view.selected.connect(self._note_selection)
        for detail in DETAILS:
            dock, action = self._window.docks[detail.name], self._window.commands[detail.name]
            dock.visibilityChanged.connect(partial(self._see, detail))
            action.setCheckable(True)  # those that have a button as well as those in the menu alone
            action.setIconVisibleInMenu(False)  # the tick stands in its place
            dock.visibilityChanged.connect(action.setChecked)

    @property
    def views(self) -> tuple[DetailView, ...]:
        """Those that exist, in the order of the table."""
        return tuple(self._made[detail.name] for detail in DETAILS if detail.name in self._made)

    def view(self, detail: Detail[View]) -> View:
        """Return what a detail shows; it is made if it does not exist yet."""
        if detail.name not in self._made:
            view = detail.make(self._window)
            self._made[detail.name] = view
            self._window.docks[detail.name].set_content(view)
            self._bring_up_to_date(view)
            QTimer.singleShot(0, self._window.order_tabs)  # when its controls have got their places
        return cast("View", self._made[detail.name])

    def show_project(self, project: Project, *, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
        """Show the document in those that exist and follow it."""
        for view in self.views:
            if isinstance(view, FollowsDocument):
                view.show_project(project, inputs=inputs, outputs=outputs)

    def toggle(self, detail: Detail[Any]) -> None:
        """Show a detail, with as much height as it can use, or hide it."""
        self.view(detail)
        if not detail.floats:
            wanted = detail.height(self._window) if detail.height else 0
            show_or_hide(self._window, self._window.docks, detail.name, wanted=wanted, least=detail.least)
        elif (center := self._window.centralWidget()) is not None:
            show_or_hide_over(center, self._window.docks[detail.name])

    def show(self, detail: Detail[Any]) -> None:
        """Show a detail, unless it can be seen."""
        if not self.view(detail).isVisible():
            self.toggle(detail)

    def toggle_measures(self) -> None:
        """Show the measures, or hide them."""
        self.toggle(MEASURES)

    def toggle_inspector(self) -> None:
        """Show the numbers of what is selected, or hide them."""
        self.toggle(INSPECTOR)

    def show_inspector(self) -> None:
        """Show the numbers of what is selected."""
        self.show(INSPECTOR)

    def toggle_inputs(self) -> None:
        """Show the inputs of the data over the network, beside the output, or hide them."""
        self.toggle(INPUTS)

    def _see(self, detail: Detail[Any], is_seen: bool) -> None:
        """Make a detail whose dock a saved layout or the dock itself has brought to the front.

        While a layout is being restored, docks come to the front for a moment that end behind others.
        """
        if is_seen and detail.name not in self._made:
            QTimer.singleShot(0, partial(self._make_if_seen, detail))

    def _make_if_seen(self, detail: Detail[Any]) -> None:
        if self._window.docks[detail.name].widget().isVisible():
            self.view(detail)

    def _note_selection(self, selection: Selection | None) -> None:
        self.selection = selection

    def _bring_up_to_date(self, view: DetailView) -> None:
        """Give a view that has just been made what the others have been given."""
        window = self._window
        view.set_theme(window.theme)
        if isinstance(view, FollowsDocument):
            features, outputs = window.shown_ends
            view.show_project(window.document.project, inputs=features, outputs=outputs)
        if window.player.snapshot is not None:
            view.show_frame(window.player.snapshot)
        elif window.failure:
            view.clear()
