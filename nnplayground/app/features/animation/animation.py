"""The dialog in which an animation is chosen, and which tells how far its export has come.

It draws nothing by itself: `changed` asks for pictures of the first and the last frame, which come by `show_preview`;
`export_wanted` begins the export and `cancel_wanted` ends it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from nnplayground.app.features.animation.animation_choices import (
    FRAMES,
    HEIGHT,
    KINDS,
    NO_VIDEO,
    RATE,
    SECONDS,
    SIZE_TITLES,
    SIZES,
    SPACINGS,
    WIDTH,
    AnimationChoices,
    estimate,
)
from nnplayground.app.features.animation.animation_preview import Preview
from nnplayground.app.text.titles import Title
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import RADIUS, SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.export.moments import spaced
from nnplayground.project.limits import Number, Whole

SIZE = QSize(780, 470)
NUMBER_WIDTH = 56


class AnimationDialog(QDialog):
    """Shows `AnimationChoices`; `changed(choices)` follows every one that the user makes."""

    changed = Signal(object)
    export_wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, subjects: Mapping[str, Title], choices: AnimationChoices, theme: Theme, parent: QWidget) -> None:
        """Offer to show one of `subjects`: the whole window, or a view by the name of its dock."""
        super().__init__(parent)
        self._choices = choices if choices.what in subjects else replace(choices, what=next(iter(subjects)))
        self._epochs: Sequence[int] = (0,)
        self._is_own_size = choices.size_name == "own"
        self._is_busy = False
        self.setObjectName("animation_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Export an animation")
        self._make_choices(subjects)
        self._make_fields()
        self._make_feet()
        self._lay_out()
        self._connect()
        self.setStyleSheet(_style(theme))
        self.resize(SIZE)
        self._show()

    @property
    def choices(self) -> AnimationChoices:
        """What is chosen."""
        return self._choices

    @property
    def epochs(self) -> list[int]:
        """The epoch of each frame."""
        return spaced(self._epochs, self._choices.frames, self._choices.spacing)

    def show_epochs(self, epochs: Sequence[int]) -> None:
        """Show which moments there are to choose from."""
        self._epochs = tuple(epochs)
        self._show()

    def allow_video(self, *, possible: bool) -> None:
        """Offer MP4, or say why not."""
        self.kind.allow({} if possible else {"mp4": NO_VIDEO})
        if not possible and self._choices.kind == "mp4":
            self._set("kind", "gif")

    def show_preview(self, *, first: QImage | None = None, last: QImage | None = None) -> None:
        """Show how the first or the last frame will look."""
        for preview, image in ((self.first, first), (self.last, last)):
            if image is not None:
                preview.show_image(image)

    def show_progress(self, share: float, drawn: int) -> None:
        """Show how much is done, and how many frames have been drawn."""
        self._set_busy(busy=True)
        self.progress.setValue(round(1000.0 * share))
        frames = self._choices.frames
        done = drawn >= frames
        self.say("Writing the file …" if done else f"Drawing frame {drawn + 1:,} of {frames:,} …")

    def show_end(self, sentence: str, kind: str = "info") -> None:
        """Say what came of the export; another one may follow."""
        self._set_busy(busy=False)
        self.say(sentence, kind)

    def say(self, sentence: str, kind: str = "info") -> None:
        """Show a sentence: `info`, `warning` or `error`."""
        self.said.setText(sentence)
        self.said.setToolTip("")
        self.said.setProperty("kind", kind)
        self.said.style().unpolish(self.said)
        self.said.style().polish(self.said)

    def set_theme(self, theme: Theme) -> None:
        """Use other colours."""
        self.setStyleSheet(_style(theme))

    def reject(self) -> None:
        """Close; while an export is under way, only cancel that."""
        if self._is_busy:
            self.cancel_wanted.emit()
        else:
            super().reject()

    def _make_choices(self, subjects: Mapping[str, Title]) -> None:
        self.what = self._choice("what", "Show", "What the animation shows.", subjects)
        self.size_choice = self._choice("size", "Size", "How large each frame is, in pixels.", SIZE_TITLES)
        how = "Which moments of the training the frames show, of those that were kept."
        self.spacing = self._choice("spacing", "Moments", how, {str(key): title for key, title in SPACINGS.items()})
        self.kind = self._choice("kind", "File", "The kind of file that is written.", KINDS)
        self.loops = QCheckBox("Repeat for ever", self)
        self.loops.setObjectName("animation_loops")
        self.loops.setAccessibleName("Repeat for ever")
        self.loops.setToolTip(wrapped("Whether a GIF begins again when it is over. With a video the player decides."))

    def _make_fields(self) -> None:
        self.frame_width = self._field("width", "Width", WIDTH)
        self.frame_height = self._field("height", "Height", HEIGHT)
        self.frames = self._field("frames", "Frames", FRAMES)
        self.rate = self._field("rate", "Frames a second", RATE)
        self.seconds = self._field("seconds", "Seconds", SECONDS)

    def _make_feet(self) -> None:
        self.first, self.last = Preview("First frame", self), Preview("Last frame", self)
        self.estimate, self.said = PlainLabel(self), PlainLabel(self)
        for label, name in ((self.estimate, "animation_estimate"), (self.said, "animation_said")):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum
        )  # a long path is no reason to grow
        self.progress = QProgressBar(self)
        self.progress.setObjectName("animation_progress")
        self.progress.setAccessibleName("How much of the animation is done")
        self.progress.setRange(0, 1000)
        self.progress.setFormat("%p %")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.close_button = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setObjectName("animation_close")
        self.export = self.buttons.addButton("Export…", QDialogButtonBox.ButtonRole.ActionRole)
        self.export.setObjectName("animation_export")
        self.export.setToolTip(wrapped("Choose a file, and write the animation to it."))
        for button in (self.export, self.close_button):
            button.setAutoDefault(False)  # Enter takes the number that is being typed, and no more

    def _choice(self, name: str, title: str, help_text: str, options: Mapping[str, Title]) -> ChoiceField:
        field = ChoiceField(title, help_text, options, self)
        field.setObjectName(f"animation_{name}")
        return field

    def _field(self, name: str, title: str, rule: Number | Whole) -> NumberField:
        field = NumberField(rule, title, parent=self)
        field.setObjectName(f"animation_{name}")
        field.setFixedWidth(NUMBER_WIDTH)
        field.refused.connect(self._refuse)
        return field

    def _connect(self) -> None:
        for field, name in ((self.what, "what"), (self.spacing, "spacing"), (self.kind, "kind")):
            field.chosen.connect(partial(self._set, name))
        numbers = {"width": self.frame_width, "height": self.frame_height, "frames": self.frames, "rate": self.rate}
        for name, number in numbers.items():
            number.entered.connect(partial(self._set, name))
        self.seconds.entered.connect(self._last)
        self.size_choice.chosen.connect(self._choose_size)
        self.loops.clicked.connect(partial(self._set, "loops"))
        self.export.clicked.connect(self._ask_for_export)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(SPACE[2])
        form.setVerticalSpacing(SPACE[1])
        form.addRow("Show", self.what)
        form.addRow("Size", self.size_choice)
        form.addRow("", _row(self.frame_width, "×", self.frame_height, "pixels"))
        form.addRow("Frames", _row(self.frames))
        form.addRow("Moments", self.spacing)
        form.addRow("Speed", _row(self.rate, "frames a second, or", self.seconds, "seconds"))
        form.addRow("File", _row(self.kind, self.loops))
        previews = QVBoxLayout()
        previews.setSpacing(SPACE[1])
        previews.addWidget(self.first, 1)
        previews.addWidget(self.last, 1)
        upper = QHBoxLayout()
        upper.setSpacing(SPACE[4])
        upper.addLayout(form)
        upper.addLayout(previews, 1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE[3])
        foot.addWidget(self.progress, 1)
        foot.addWidget(self.buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(SPACE[3],) * 4)
        column.setSpacing(SPACE[2])
        column.addLayout(upper, 1)
        column.addWidget(self.estimate)
        column.addWidget(self.said)
        column.addLayout(foot)

    def _choose_size(self, name: str) -> None:
        self._is_own_size = name == "own"
        width, height = SIZES.get(name, (self._choices.width, self._choices.height))
        self._take(replace(self._choices, width=width, height=height))
        if self._is_own_size:
            self.frame_width.setFocus()

    def _set(self, name: str, value: Any) -> None:
        self._take(replace(self._choices, **{name: value}))

    def _last(self, seconds: float) -> None:
        self._take(self._choices.lasting(seconds))

    def _take(self, choices: AnimationChoices) -> None:
        self._choices = choices
        self.say("")
        self._show()
        self.changed.emit(choices)

    def _show(self) -> None:
        """Show the choices; this is no news to anybody."""
        choices = self._choices
        self.what.show_value(choices.what)
        self.size_choice.show_value("own" if self._is_own_size else choices.size_name)
        self.frame_width.show_value(choices.width)
        self.frame_height.show_value(choices.height)
        self.frames.show_value(choices.frames)
        self.spacing.show_value(choices.spacing)
        self.rate.show_value(choices.rate)
        self.seconds.show_value(choices.seconds)
        self.kind.show_value(choices.kind)
        self.loops.setChecked(choices.loops)
        epochs = self.epochs
        self.first.set_title(f"First frame: epoch {epochs[0]:,}")
        self.last.set_title(f"Last frame: epoch {epochs[-1]:,}")
        self.estimate.setText(estimate(choices, epochs))
        self._set_busy(busy=self._is_busy)

    def _set_busy(self, *, busy: bool) -> None:
        """Let nothing be changed while an export is under way, but let it be cancelled."""
        self._is_busy = busy
        for field in (self.what, self.size_choice, self.frames, self.spacing, self.rate, self.seconds, self.kind):
            field.setEnabled(not busy)
        for field in (self.frame_width, self.frame_height):
            field.setEnabled(not busy and self._is_own_size)
        self.loops.setEnabled(not busy and self._choices.kind == "gif")
        self.export.setEnabled(not busy)
        self.progress.setVisible(busy)
        self.close_button.setText("Cancel" if busy else "Close")

    def _ask_for_export(self) -> None:
        """Ask for the export, unless a field holds what was typed into it and cannot be."""
        fields = (self.frame_width, self.frame_height, self.frames, self.rate, self.seconds)
        if all(field.commit() for field in fields if field.isModified()):
            self.export_wanted.emit(self._choices)

    def _refuse(self, sentence: str) -> None:
        self.say(sentence, "warning")


def _row(*parts: QWidget | str) -> QHBoxLayout:
    """Return widgets and words beside each other."""
    row = QHBoxLayout()
    row.setSpacing(SPACE[1])
    for part in parts:
        row.addWidget(PlainLabel(part) if isinstance(part, str) else part)
    row.addStretch(1)
    return row


def _style(theme: Theme) -> str:
    """Return what the dialog adds to the style of the window."""
    return f"""
QProgressBar {{ border: 1px solid {theme.border}; border-radius: {RADIUS}px; background: {theme.panel}; height: 16px;
                text-align: center; color: {theme.text}; }}
QProgressBar::chunk {{ background: {theme.positive}; border-radius: {RADIUS - 1}px; }}
QLabel#animation_estimate {{ color: {theme.muted}; }}
QLabel#animation_said[kind="warning"] {{ color: {theme.warning}; }}
QLabel#animation_said[kind="error"] {{ color: {theme.error}; }}
QLabel#animation_picture {{ border: 1px solid {theme.border}; background: {theme.window}; color: {theme.muted}; }}
QPushButton#animation_export {{ background: {theme.accent}; color: {theme.on_accent}; padding: 4px 14px;
                                font-weight: 600; }}
QPushButton#animation_export:focus {{ border: 2px solid {theme.text}; }}
QPushButton#animation_export:disabled {{ background: {theme.border}; color: {theme.muted}; }}
"""
