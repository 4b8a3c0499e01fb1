"""What is chosen for a cost surface: its directions, how far it goes, what the cost is of, and how it looks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QToolButton, QVBoxLayout, QWidget

from nnplayground.app.features.surface.place_picker import PlacePicker, first_places, fits
from nnplayground.app.text.names import Names
from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import HIT_AREA, SPACE, Theme, tabular
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.explain.words import part_word
from nnplayground.project.parameter_index import ParameterIndex
from nnplayground.training.observe.surface import RESOLUTIONS, SurfaceRequest
from nnplayground.training.observe.surface_directions import SliceKind
from nnplayground.training.run.parts import ALL_PARTS, Part

KINDS = {
    "random": Title(
        "Random directions",
        "Two random directions that change every neuron by as much as its weights are long (filter normalization).",
    ),
    "path": Title("Path so far", "The plane through the present weights that lies nearest to the path of training."),
    "places": Title("Two numbers", "Two weights or biases as axes; all others stay as they are."),
}
PARTS = {
    "train": Title("Training cost", "The cost of the training part, which training makes small."),
    "validation": Title("Validation cost", "The cost of the validation part, which chooses the best epoch."),
    "test": Title("Test cost", "The cost of the test part, which training never sees."),
}
DETAIL = dict(
    zip(
        map(str, RESOLUTIONS),
        (
            Title("33 × 33 points", "Few points: quick, for large networks."),
            Title("65 × 65 points", "Enough points for most maps."),
            Title("129 × 129 points", "Many points: four times the work, for narrow valleys."),
        ),
        strict=True,
    )
)
ZOOMS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
PROGRESS_HEIGHT = 6
CHECKS = {
    "penalized": ("Penalty", "Add what the penalties L1 and L2 add to the cost in training."),
    "log": ("Log", "Give every power of ten equally many colours and contours, so that the bottom of a valley shows."),
    "relief": ("Relief", "Light the map from the upper left, so that it looks like mountains."),
    "follow": (
        "Follow",
        "Compute the map anew whenever training pauses, and every few seconds while it goes on. Off: only on Update.",
    ),
}


class Controls(QWidget):
    """Shows a request and lets it be changed: `request_changed(SurfaceRequest)` follows only what the user did.

    `look_changed()` tells of another look of the same map, `updated()` that a map of now is wanted, `cancelled()` that
    the one under way is not, `follow_changed(bool)` whether maps should follow the training.
    """

    request_changed = Signal(object)
    look_changed = Signal()
    updated = Signal()
    cancelled = Signal()
    follow_changed = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.request = SurfaceRequest()
        self._names: Names | None = None
        self._is_busy = False
        self.kind = ChoiceField("Directions", "Which two directions the map shows.", KINDS, self)
        self.kind.setObjectName("surface_kind")
        self.part = ChoiceField("Cost of", "On which part of the data the cost is measured.", PARTS, self)
        self.part.setObjectName("surface_part")
        self.resolution = ChoiceField("Points", "How many points are computed.", DETAIL, self)
        self.resolution.setObjectName("surface_resolution")
        self.other = _button(self, "surface_other", "Other directions", "Draw two other random directions.")
        self.smaller = _button(self, "surface_zoom_out", "Zoom out", "Show twice the range around the present weights.")
        self.larger = _button(self, "surface_zoom_in", "Zoom in", "Show half the range around the present weights.")
        self.zoom = PlainLabel(self)
        self.zoom.setObjectName("surface_zoom")
        self.update_button = _button(self, "surface_update", "Update", "Compute the map of the network as it is now.")
        self.checks = {name: _check(self, name) for name in CHECKS}
        self.pickers = PlacePicker("across", "Across", self), PlacePicker("up", "Up", self)
        self.progress = _progress(self)
        self._lay_out()
        self._connect()
        self.checks["log"].setChecked(True)
        self.checks["follow"].setChecked(True)
        self._show_request()

    @property
    def log(self) -> bool:
        """Whether the colours are logarithmic."""
        return self.checks["log"].isChecked()

    @property
    def relief(self) -> bool:
        """Whether heights are lit."""
        return self.checks["relief"].isChecked()

    @property
    def follows(self) -> bool:
        """Whether maps are computed by themselves."""
        return self.checks["follow"].isChecked()

    def stop_following(self) -> None:
        """Compute maps only on Update from now on."""
        self.checks["follow"].setChecked(False)

    def set_theme(self, theme: Theme) -> None:
        """Recolour everything."""
        for button, name in ((self.smaller, "minus"), (self.larger, "plus")):
            button.setIcon(icon(name, theme.text))
        self.progress.setStyleSheet(
            f"QProgressBar {{ border: none; border-radius: 3px; background: {theme.border}; }}"
            f"QProgressBar::chunk {{ background: {theme.accent}; border-radius: 3px; }}"
        )

    def show_names(self, names: Names, *, parts: Collection[Part], has_penalty: bool) -> None:
        """Take note of the network, whose numbers can be chosen, of the parts of its data, and of penalties."""
        self._names = names
        places = self.request.places
        if places is None or not all(fits(names, place) for place in places):
            self.request = replace(self.request, places=first_places(names))
        missing = [part for part in ALL_PARTS if part not in parts]
        self.part.allow({part: f"There is no {part_word(part)} part; keep some samples for it." for part in missing})
        if self.request.part not in parts:
            self.request = replace(self.request, part="train")
        self.checks["penalized"].setVisible(has_penalty)
        if not has_penalty and self.request.penalized:
            self.request = replace(self.request, penalized=False)
        self._show_request()

    def show_busy(self, *, busy: bool) -> None:
        """Offer to cancel while a map is being computed, and to update otherwise."""
        self.progress.setValue(0)
        if busy == self._is_busy:
            return
        self._is_busy = busy
        self.progress.setVisible(busy)
        text, about = ("Cancel", "Stop computing; what is there stays.") if busy else ("Update", UPDATE_HELP)
        self.update_button.setText(text)
        self.update_button.setAccessibleName(text)
        self.update_button.setToolTip(wrapped(about))

    def show_progress(self, share: float) -> None:
        """Show how much of the map has been computed."""
        self.progress.setValue(round(100.0 * share))

    def _show_request(self) -> None:
        """Let the controls say what is chosen; this is no news to anybody."""
        request = self.request
        self.kind.show_value(request.kind)
        self.part.show_value(request.part)
        self.resolution.show_value(str(request.resolution))
        self.checks["penalized"].setChecked(request.penalized)
        self.other.setVisible(request.kind == "random")
        self.zoom.setText(f"{request.zoom:g}×")
        self.smaller.setEnabled(request.zoom > ZOOMS[0])
        self.larger.setEnabled(request.zoom < ZOOMS[-1])
        for which, picker in enumerate(self.pickers):
            picker.setVisible(request.kind == "places")
            if request.kind == "places" and self._names is not None and request.places is not None:
                picker.show_place(self._names, request.places[which])

    def _change(self, request: SurfaceRequest) -> None:
        """Ask for another map."""
        self.request = request
        self._show_request()
        self.request_changed.emit(request)

    def _lay_out(self) -> None:
        """Put everything into rows that are as wide as the widest of them needs."""
        self.zoom.setFont(tabular(self.font()))
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance("0.25×"))
        self.zoom.setToolTip(wrapped("How much smaller the range is than at first."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[0])
        looks = [self.checks[name] for name in ("log", "relief", "penalized", "follow")]
        rows: tuple[list[QWidget], ...] = (
            [self.kind, self.other, self.smaller, self.zoom, self.larger],
            [self.part, self.resolution],
            [*looks, self.update_button],
        )
        for place, parts in enumerate(rows):
            row = QHBoxLayout()
            row.setSpacing(SPACE[1])
            for part in parts:
                if part is self.update_button:
                    row.addStretch(1)
                row.addWidget(part, 1 if isinstance(part, ChoiceField) else 0)
            column.addLayout(row)
            if place == 0:
                for picker in self.pickers:
                    column.addWidget(picker)
        column.addWidget(self.progress)

    def _connect(self) -> None:
        self.kind.chosen.connect(self._kind_chosen)
        self.part.chosen.connect(self._part_chosen)
        self.resolution.chosen.connect(self._resolution_chosen)
        self.other.clicked.connect(self._draw_again)
        self.smaller.clicked.connect(partial(self._zoom, -1))
        self.larger.clicked.connect(partial(self._zoom, +1))
        self.update_button.clicked.connect(self._update_clicked)
        self.checks["penalized"].clicked.connect(self._penalty_chosen)
        for name in ("log", "relief"):
            self.checks[name].toggled.connect(self._look_toggled)
        self.checks["follow"].toggled.connect(self.follow_changed)
        for which, picker in enumerate(self.pickers):
            picker.chosen.connect(partial(self._place_chosen, which))

    def _kind_chosen(self, key: str) -> None:
        self._change(replace(self.request, kind=cast("SliceKind", key)))

    def _part_chosen(self, key: str) -> None:
        self._change(replace(self.request, part=cast("Part", key)))

    def _resolution_chosen(self, key: str) -> None:
        self._change(replace(self.request, resolution=int(key)))

    def _penalty_chosen(self, checked: bool) -> None:
        self._change(replace(self.request, penalized=checked))

    def _draw_again(self) -> None:
        self._change(replace(self.request, draw=self.request.draw + 1))

    def _zoom(self, step: int) -> None:
        place = ZOOMS.index(self.request.zoom) + step
        self._change(replace(self.request, zoom=ZOOMS[min(max(place, 0), len(ZOOMS) - 1)]))

    def zoom_by(self, steps: int) -> None:
        """Zoom in by so many steps, or out by a negative number of them, as far as it goes."""
        if (self.larger if steps > 0 else self.smaller).isEnabled():
            self._zoom(steps)

    def _place_chosen(self, which: int, place: ParameterIndex) -> None:
        """Take another number for an axis; if it was that of the other axis, the two change places."""
        before = self.request.places or (place, place)
        both = [*before]
        both[which] = place
        if both[0] == both[1]:
            both[1 - which] = before[which]
        self._change(replace(self.request, places=(both[0], both[1])))

    def _look_toggled(self, _checked: bool) -> None:
        self.look_changed.emit()

    def _update_clicked(self) -> None:
        (self.cancelled if self._is_busy else self.updated).emit()


UPDATE_HELP = "Compute the map of the network as it is now."


def _button(parent: QWidget, name: str, title: str, about: str) -> QToolButton:
    """Return a button with its word."""
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setText(title)
    button.setAccessibleName(title)
    button.setToolTip(wrapped(about))
    button.setProperty("chip", True)
    button.setMinimumSize(HIT_AREA, HIT_AREA)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _check(parent: QWidget, name: str) -> QCheckBox:
    """Return a box to tick."""
    title, about = CHECKS[name]
    check = QCheckBox(title, parent)
    check.setObjectName(f"surface_{name}")
    check.setAccessibleName(title)
    check.setMinimumHeight(HIT_AREA)
    check.setToolTip(wrapped(about))
    check.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return check


def _progress(parent: QWidget) -> QProgressBar:
    """Return a thin bar that keeps its room while it is hidden, so that nothing jumps."""
    bar = QProgressBar(parent)
    bar.setObjectName("surface_progress")
    bar.setAccessibleName("How much of the map has been computed")
    bar.setTextVisible(False)
    bar.setFixedHeight(PROGRESS_HEIGHT)
    policy = bar.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    bar.setSizePolicy(policy)
    bar.hide()
    return bar
