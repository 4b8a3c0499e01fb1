"""Where the samples come from and what happens to them before the network sees them."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from nnplayground.app.features.data.cards import IN_PANEL, make_cards
from nnplayground.app.features.data.feature_row import FeatureRow
from nnplayground.app.features.data.gallery import MoreCard
from nnplayground.app.features.data.more_data import MoreData
from nnplayground.app.features.data.open_card import OpenCard
from nnplayground.app.features.data.picture_settings import PictureSettings
from nnplayground.app.features.data.split_choice import SplitChoice
from nnplayground.app.features.data.split_row import SplitRow, next_split
from nnplayground.app.features.data.table_columns import TableColumns
from nnplayground.app.text.titles import SCALINGS, SPLITS, TARGET_SCALINGS
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.fields.slider_field import SliderField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SPACE, Theme
from nnplayground.arrays import Integers
from nnplayground.data.datasets import WITH_ANY_CLASSES
from nnplayground.errors import FieldError
from nnplayground.explain.target_scaling import auto_note
from nnplayground.explain.words import words_of
from nnplayground.project.changes import is_planar
from nnplayground.project.drawing import marked, unmarked
from nnplayground.project.limits import help_of, rule_of
from nnplayground.project.model import (
    MOST_KEPT,
    DataSpec,
    GeneratedSource,
    ImagesSource,
    PointsSource,
    Project,
    Source,
    TableSource,
)
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.prepare import Prepared

CARDS_IN_A_ROW = 4
SHARES = {"test_fraction": "test", "validation_fraction": "validation"}
DRAW = "Draw points of your own into the output view, also while the network trains."
TARGET_SCALING = (
    "Brings the numbers to predict to a usual size for training. Answers, maps and errors stay in the units of the "
    "data; the cost is that of the scaled target."
)
OPEN_TABLE = "Use a table of your own, a CSV file or a workbook; rows of a spreadsheet can also be pasted (Ctrl+V)."
OPEN_PICTURES = (
    "Use pictures of your own: a folder that holds one folder of pictures for each class, or such folders called train "
    "and test."
)


class DataPanel(QWidget):
    """Shows the `DataSpec`; `edited` carries a new one, the words for undo and the number of the gesture.

    `seed_edited` carries another seed for the project, which draws the data.
    """

    edited = Signal(object, str, int)
    seed_edited = Signal(object)
    refused = Signal(str)
    open_table_requested = Signal()
    draw_requested = Signal()
    open_pictures_requested = Signal()
    test_file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("data_panel")
        self._shown, self._next_split = DataSpec(), 0
        self._noted: Prepared | None = None  # of which data the note on the scaling of the targets tells
        self._parts: Integers | None = None  # the part of each sample that is on show, where it is known
        self._gives_parts = False
        self._gestures = count(1)
        self.cards = make_cards(self)
        self.more = MoreCard(self)
        self.source_label = PlainLabel(self)
        self.source_label.setWordWrap(True)
        self.draw = OpenCard("draw_points", "Draw…", DRAW, "draw", self)
        self.open_table = OpenCard("open_csv", "Table…", OPEN_TABLE, "table", self)
        self.open_pictures = OpenCard("open_folder", "Folder…", OPEN_PICTURES, "pictures", self)
        self.samples = self._slider("samples", "Samples", GeneratedSource, _samples, _samples_position)
        self.noise = self._slider("noise", "Noise", GeneratedSource, _hundredth, float)
        self.classes = self._slider("classes", "Classes", GeneratedSource, _classes, _classes_position)
        self.test = self._slider("test_fraction", "Test part", DataSpec, _test_share, _test_position)
        self.validation = self._slider("validation_fraction", "Validation", DataSpec, _test_share, _test_position)
        self.splitting = SplitChoice(self, label_width=self.test.label.width())
        self.scaling = ChoiceField("Scaling", help_of(DataSpec, "scaling"), SCALINGS, self)
        self.scaling.setObjectName("scaling")
        self.target_scaling = ChoiceField("Target scaling", TARGET_SCALING, TARGET_SCALINGS, self)
        self.target_scaling.setObjectName("target_scaling")
        self.target_note = _note(self, "target_scaling_note")
        self.features = FeatureRow(self)
        self.table = TableColumns(self)
        self.pictures = PictureSettings(self)
        self.split = SplitRow(self)
        self.finer = MoreData(self._gestures, self)
        self.notes = _note(self, "data_notes")
        self._lay_out()
        self._connect()

    def show_project(self, project: Project) -> None:
        """Show the data of a project; this is no news to anybody."""
        if _place_of(project.data.source) != _place_of(self._shown.source):
            self._parts = None
        self._shown, self._next_split = project.data, next_split(project)
        source = project.data.source
        for card in self.cards:
            card.setChecked(card.source.kind == source.kind and card.names(source))
        no_card = not any(card.isChecked() for card in self.cards)
        self.more.show_source(source, has_card=not no_card)
        self.draw.setChecked(isinstance(source, PointsSource))
        self.open_table.setChecked(no_card and isinstance(source, TableSource))
        self.open_pictures.setChecked(no_card and isinstance(source, ImagesSource))
        is_generated = isinstance(source, GeneratedSource)
        self.samples.setVisible(is_generated)
        self.noise.setVisible(is_generated)
        self.classes.setVisible(isinstance(source, GeneratedSource) and source.name in WITH_ANY_CLASSES)
        if isinstance(source, GeneratedSource):
            self.classes.show_value(source.classes)
            self.samples.show_value(source.samples)
            self.noise.show_value(source.noise)
        self.features.setVisible(is_planar(source))
        self.features.show_value(project.data.features)
        self._show_split()
        self.finer.show_project(project)
        self.scaling.show_value(project.data.scaling)
        self.target_scaling.show_value(project.data.target_scaling)
        self.table.setVisible(isinstance(source, TableSource))
        self.pictures.setVisible(isinstance(source, ImagesSource) and source.path is not None)
        if isinstance(source, ImagesSource):
            self.pictures.show_source(source)
        self._show_source()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show how many samples there are of each part, and what is to be said about the data."""
        if snapshot.project.data != self._shown:
            return
        data = snapshot.data
        self._parts, self._gives_parts = data.part_numbers, data.samples.parts is not None
        self._show_split()
        self.split.show_counts(len(data.train_rows), len(data.test_rows), len(data.validation_rows))
        self.features.show_samples(data.samples)
        self._show_target_scaling(data)
        notes = "\n".join(map(words_of, data.notes))
        self.notes.setText(notes)
        self.notes.setVisible(bool(notes))
        if isinstance(self._shown.source, TableSource):
            self.features.setVisible(len(data.samples.input_names) == 2)
            self.table.show_choice(self._shown.source, data.samples)

    def clear_counts(self) -> None:
        """Say nothing of data that could not be had."""
        self.split.clear()
        self.notes.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw the cards in other colours."""
        for card in self.cards:
            card.set_theme(theme)
        for other in (
            self.more,
            self.draw,
            self.open_table,
            self.open_pictures,
            self.split,
            self.splitting,
            self.features,
        ):
            other.set_theme(theme)

    def _show_split(self) -> None:
        """Show the shares where the split is drawn by them, and the choice where the data give one of their own."""
        data = self._shown
        self.test.show_value(data.test_fraction)
        self.validation.show_value(data.validation_fraction)
        for slider in (self.test, self.validation):
            slider.setVisible(data.split == "random")
        self.split.show_split(data)
        self.splitting.show_data(data, gives_parts=self._gives_parts and self._parts is not None)

    def _show_source(self) -> None:
        """Name a source that no card stands for."""
        source = self._shown.source
        text = ""
        if isinstance(source, TableSource):
            text = PurePath(source.path).name if source.path else "A table that was pasted"
        elif isinstance(source, ImagesSource) and source.path is not None:
            text = f"Pictures in {PurePath(source.path).name or source.path}"
        elif isinstance(source, PointsSource):
            drawn = len(source.points)
            text = {0: "No points drawn yet", 1: "1 drawn point"}.get(drawn, f"{drawn:,} drawn points")
        self.source_label.setText(text)
        self.source_label.setVisible(bool(text))

    def _show_target_scaling(self, data: Prepared) -> None:
        """Offer to scale the targets where they are numbers, and say what was decided."""
        if data is self._noted:
            return
        self._noted = data
        has_values, note = not data.samples.classes, auto_note(self._shown.target_scaling, data)
        self._form.setRowVisible(self.target_scaling, has_values)
        self.target_note.setText(words_of(note) if note else "")
        self._form.setRowVisible(self.target_note, bool(note) and has_values)

    def _slider(self, field: str, title: str, kind: type, to_value: Any, to_position: Any) -> SliderField:
        slider = SliderField(
            rule_of(kind, field),
            title,
            to_value=to_value,
            to_position=to_position,
            gestures=self._gestures,
            parent=self,
        )
        slider.set_name(field)
        slider.refused.connect(self.refused)
        return slider

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(SPACE[0])
        generated, given = self.cards[: len(IN_PANEL)], self.cards[len(IN_PANEL) :]
        for place, card in enumerate((*generated, self.more, *given, self.draw, self.open_table, self.open_pictures)):
            grid.addWidget(card, place // CARDS_IN_A_ROW, place % CARDS_IN_A_ROW)
        for column in range(CARDS_IN_A_ROW):
            grid.setColumnStretch(column, 1)
        self._form = form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(SPACE[1])
        form.addRow("Scaling", self.scaling)
        form.addRow("Target scaling", self.target_scaling)
        form.addRow(self.target_note)
        for row in (self.target_scaling, self.target_note):
            form.setRowVisible(row, False)
        for label in (form.labelForField(self.scaling), self.pictures.form.labelForField(self.pictures.side)):
            label.setMinimumWidth(self.test.label.width())
        rows = QVBoxLayout(self)
        rows.setContentsMargins(SPACE[1], SPACE[0], SPACE[1], SPACE[1])
        rows.setSpacing(SPACE[0])
        rows.addLayout(grid)
        of_the_source = (self.source_label, self.table, self.pictures, self.classes, self.samples, self.noise)
        for widget in (*of_the_source, self.splitting, self.validation, self.test, self.split, self.features):
            rows.addWidget(widget)
        rows.addLayout(form)
        rows.addWidget(self.finer)
        rows.addWidget(self.notes)
        rows.addStretch(1)

    def _connect(self) -> None:
        for card in self.cards:
            card.chosen.connect(self._choose)
        self.more.chosen.connect(self._choose)
        self.draw.clicked.connect(self.draw_requested)
        self.open_table.clicked.connect(self.open_table_requested)
        self.open_pictures.clicked.connect(self.open_pictures_requested)
        self.table.chosen.connect(self._choose_settings)
        self.pictures.chosen.connect(self._choose_settings)
        self.pictures.refused.connect(self.refused)
        self.samples.changed.connect(self._change_samples)
        self.noise.changed.connect(self._change_noise)
        self.classes.changed.connect(self._change_classes)
        self.test.changed.connect(partial(self._change_share, "test_fraction"))
        self.validation.changed.connect(partial(self._change_share, "validation_fraction"))
        self.splitting.chosen.connect(self._choose_split)
        self.splitting.file_wanted.connect(self.test_file_requested)
        self.splitting.file_removed.connect(self._remove_test_file)
        self.scaling.chosen.connect(self._change_scaling)
        self.target_scaling.chosen.connect(self._change_target_scaling)
        self.features.changed.connect(self._change_features)
        self.split.drawn_anew.connect(self._draw_split)
        self.finer.changed.connect(self._ask)
        self.finer.seed_changed.connect(self.seed_edited)
        self.finer.refused.connect(self.refused)

    def _choose(self, card: Any) -> None:
        """Take another data set; a table of measurements wants its inputs brought to one size."""
        source, old = card.source, self._shown.source
        if isinstance(source, GeneratedSource) and isinstance(old, GeneratedSource):
            source = replace(old, name=source.name)
        scaling = "standardize" if isinstance(source, TableSource) else "none"
        if isinstance(source, TableSource) == isinstance(old, TableSource):
            scaling = self._shown.scaling
        card.setChecked(True)
        self._parts = None
        self._ask(replace(self._shown, source=source, scaling=scaling, split="random"), f"Choose {card.text()}")

    def _choose_settings(self, source: TableSource | ImagesSource, text: str) -> None:
        self._ask(replace(self._shown, source=source), text)

    def _change_samples(self, value: int, gesture: int) -> None:
        self._change_source("Change the number of samples", gesture, samples=value)

    def _change_noise(self, value: float, gesture: int) -> None:
        self._change_source("Change the noise", gesture, noise=value)

    def _change_classes(self, value: int, gesture: int) -> None:
        self._change_source("Change the number of classes", gesture, classes=value)

    def _change_source(self, text: str, gesture: int, **changes: Any) -> None:
        if isinstance(self._shown.source, GeneratedSource):
            self._ask(replace(self._shown, source=replace(self._shown.source, **changes)), text, gesture)

    def _change_share(self, field: str, value: float, gesture: int) -> None:
        """Keep another share of the samples, unless that leaves nothing to train."""
        changes: dict[str, Any] = {field: value}
        try:
            data = replace(self._shown, **changes)
        except FieldError:
            self._show_split()
            part = SHARES[field]
            self.refused.emit(
                f"A {part} part of {value:g} leaves nothing to train; test and validation part may be {MOST_KEPT:g} "
                "together."
            )
            return
        self._ask(data, f"Change the {SHARES[field]} part", gesture)

    def _choose_split(self, split: str) -> None:
        """Split at random, or as the data say; drawn points are marked with the part that they have now."""
        source = self._shown.source
        if isinstance(source, PointsSource):
            known = self._parts if self._parts is not None and len(self._parts) == len(source.points) else None
            parts = [0] * len(source.points) if known is None else known.tolist()
            source = marked(source, parts) if split == "given" else unmarked(source)
        self._ask(replace(self._shown, source=source, split=split), f"Split: {SPLITS[split].name.lower()}")

    def _remove_test_file(self) -> None:
        """Use the table alone again."""
        source = self._shown.source
        if isinstance(source, TableSource):
            split = self._shown.split if source.part else "random"
            self._ask(replace(self._shown, source=replace(source, test_path=""), split=split), "Remove the test file")

    def _change_scaling(self, key: str) -> None:
        self._ask(replace(self._shown, scaling=key), f"Scale inputs: {SCALINGS[key].name}")

    def _change_target_scaling(self, key: str) -> None:
        self._ask(replace(self._shown, target_scaling=key), f"Scale the target: {TARGET_SCALINGS[key].name}")

    def _change_features(self, names: tuple[str, ...], text: str) -> None:
        self._ask(replace(self._shown, features=names), text)

    def _draw_split(self) -> None:
        self._ask(replace(self._shown, split_seed=self._next_split), "Draw the split anew")

    def _ask(self, data: DataSpec, text: str, gesture: int = 0) -> None:
        if data != self._shown:
            self._shown = data
            self.edited.emit(data, text, gesture)


def _place_of(source: Source) -> object:
    """Return what makes two sources the same data, as far as their parts are concerned."""
    return source.kind, *(getattr(source, name, "") for name in ("path", "text", "name", "part"))


def _note(parent: QWidget, name: str) -> QLabel:
    """Return a quiet line of text."""
    label = PlainLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setProperty("muted", True)
    return label


def _samples(position: float) -> int:
    """Return a round number of samples; each step of the slider adds the same share."""
    low, high = _limits(GeneratedSource, "samples")
    value = low * (high / low) ** position
    digits = 1 if value < 100 else 2
    return int(float(f"{value:.{digits}g}"))


def _samples_position(value: float) -> float:
    low, high = _limits(GeneratedSource, "samples")
    return math.log(value / low) / math.log(high / low)


def _classes(position: float) -> int:
    low, high = _limits(GeneratedSource, "classes")
    return round(low + (high - low) * position)


def _classes_position(value: float) -> float:
    low, high = _limits(GeneratedSource, "classes")
    return (value - low) / (high - low)


def _hundredth(position: float) -> float:
    return round(position, 2)


def _test_share(position: float) -> float:
    return round(_limits(DataSpec, "test_fraction")[1] * position, 2)


def _test_position(value: float) -> float:
    return value / _limits(DataSpec, "test_fraction")[1]


def _limits(kind: type, field: str) -> tuple[float, float]:
    """Return the lowest and the highest legal value of a field."""
    rule = rule_of(kind, field)
    return rule.low, rule.high
