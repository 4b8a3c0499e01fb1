"""The finer points of the data, folded away: how unequal the classes are, outliers, the seeds of data and split."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from nnplayground.app.ui.fields.seed_field import SeedField
from nnplayground.app.ui.fields.slider_field import SliderField
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.section import Section
from nnplayground.app.ui.theme import SPACE
from nnplayground.data.datasets import WITH_CLASSES
from nnplayground.project.limits import Number, rule_of
from nnplayground.project.model import DataSpec, GeneratedSource, Project

TITLE = "More settings"
ABOUT = "How unequal the classes are, samples that do not keep to the pattern, and the seeds of the data."
LABELS = {"imbalance": "Imbalance", "outliers": "Outliers"}
SPLIT_SEED = "Split seed"
FOLLOWS = "the data seed"
SEED = "Data seed"
SEED_RULE = replace(
    rule_of(Project, "seed"),
    help="The number that draws the data: another one gives other samples of the same pattern, other noise, another "
    "split (unless that has a seed of its own) and another order in each epoch. The first weights stay: their seed is "
    "beside “New weights”.",
)


class MoreData(Section):
    """Shows a part of the `DataSpec`; `changed` carries a new one, the words for undo and the number of the gesture."""

    changed = Signal(object, str, int)
    seed_changed = Signal(object)
    refused = Signal(str)

    def __init__(self, gestures: Iterator[int], parent: QWidget) -> None:
        super().__init__(TITLE, ABOUT, QWidget(parent), parent)
        self.button.setObjectName("section_more_data")
        self.sliders = {name: _slider(name, gestures, self.content) for name in LABELS}
        rule = rule_of(DataSpec, "split_seed")
        self.split_seed = SeedField(rule, SPLIT_SEED, empty=FOLLOWS, parent=self.content)
        self.split_seed.setObjectName("split_seed")
        self.seed = SeedField(SEED_RULE, SEED, parent=self.content)
        self.seed.setObjectName("data_seed")
        self._shown = DataSpec()
        self._lay_out()
        for name, slider in self.sliders.items():
            slider.changed.connect(partial(self._change_source, name))
            slider.refused.connect(self.refused)
        self.seed.entered.connect(self.seed_changed)
        self.split_seed.entered.connect(self._change_seed)
        for field in (self.seed, self.split_seed):
            field.refused.connect(self.refused)

    def show_project(self, project: Project) -> None:
        """Show the settings of the data of a project; this is no news to anybody."""
        self.seed.show_value(project.seed)
        self.show_data(project.data)

    def show_data(self, data: DataSpec) -> None:
        """Show the settings of the data; this is no news to anybody."""
        self._shown, source = data, data.source
        is_generated = isinstance(source, GeneratedSource)
        self.sliders["outliers"].setVisible(is_generated)
        self.sliders["imbalance"].setVisible(isinstance(source, GeneratedSource) and source.name in WITH_CLASSES)
        if isinstance(source, GeneratedSource):
            for name, slider in self.sliders.items():
                slider.show_value(getattr(source, name))
        self.split_seed.show_value(data.split_seed)
        self.split_seed.setEnabled(data.split == "random")

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self.content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE[0])
        for slider in self.sliders.values():
            rows.addWidget(slider)
        for title, field in ((SEED, self.seed), (SPLIT_SEED, self.split_seed)):
            rows.addLayout(self._seed_row(title, field))

    def _seed_row(self, title: str, field: SeedField) -> QHBoxLayout:
        label = PlainLabel(title, self.content)
        label.setToolTip(field.toolTip())
        label.setFixedWidth(self.sliders["outliers"].label.width())
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addWidget(label)
        row.addWidget(field, 1)
        return row

    def _change_source(self, name: str, value: float, gesture: int) -> None:
        source = self._shown.source
        if isinstance(source, GeneratedSource):
            changes: dict[str, Any] = {name: value}
            changed = replace(self._shown, source=replace(source, **changes))
            self._ask(changed, f"Change the {LABELS[name].lower()}", gesture)

    def _change_seed(self, seed: int | None) -> None:
        self._ask(replace(self._shown, split_seed=seed), "Change the seed of the split", 0)

    def _ask(self, data: DataSpec, text: str, gesture: int) -> None:
        self._shown = data
        self.changed.emit(data, text, gesture)


def _slider(name: str, gestures: Iterator[int], parent: QWidget) -> SliderField:
    """Return the slider of a share of the generated samples, in steps of a hundredth."""
    rule: Number = rule_of(GeneratedSource, name)
    to_value: Callable[[float], float] = partial(_share, rule.high)
    to_position: Callable[[float], float] = partial(_position, rule.high)
    slider = SliderField(
        rule, LABELS[name], to_value=to_value, to_position=to_position, gestures=gestures, parent=parent
    )
    slider.set_name(name)
    return slider


def _share(highest: float, position: float) -> float:
    return round(highest * position, 2)


def _position(highest: float, value: float) -> float:
    return value / highest
