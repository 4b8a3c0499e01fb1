"""Opens the sliders of the other inputs and turns what is done there into the map that is wanted."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.output.other_inputs import OtherInputs
from nnplayground.app.features.output.plane_choice import PlaneChoice
from nnplayground.app.features.output.planes import fixed_count, with_fixed
from nnplayground.app.ui.theme import LIGHT, Theme
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.run.prepare import Prepared


class OtherInputsControl(QObject):
    """Stands between the button of the plane choice and its window, which is only made when it is first opened.

    `others_wanted` carries the `others` of the next `MapRequest`.
    """

    others_wanted = Signal(object)

    def __init__(self, view: QWidget, choice: PlaneChoice) -> None:
        super().__init__(view)
        self._view, self._choice = view, choice
        self._theme = LIGHT
        self._data: Prepared | None = None
        self._request = MapRequest()
        self.sliders: OtherInputs | None = None
        choice.others_wanted.connect(self._open)

    def set_theme(self, theme: Theme) -> None:
        """Recolour the window."""
        self._theme = theme
        if self.sliders is not None:
            self.sliders.set_theme(theme)

    def show_request(self, data: Prepared | None, request: MapRequest) -> None:
        """Show what is asked for: how many inputs are set, and where they stand."""
        self._data, self._request = data, request
        self._choice.show_fixed(fixed_count(request))
        if self.sliders is not None and data is not None:
            self.sliders.show_request(data, request)

    def _open(self) -> None:
        if self._data is None:
            return
        if self.sliders is None:
            self.sliders = OtherInputs(self._view)
            self.sliders.set_theme(self._theme)
            self.sliders.wished.connect(self._fix)
            self.sliders.all_to_mean.connect(self._free_all)
        self.sliders.show_request(self._data, self._request)
        self.sliders.open_beside(self._view, self._choice.others)

    def _fix(self, place: int, value: float | None) -> None:
        self.others_wanted.emit(with_fixed(self._request, place, value))

    def _free_all(self) -> None:
        self.others_wanted.emit(())
