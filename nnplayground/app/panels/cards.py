"""The cards of the data sets that come with the program."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnplayground.app.titles import DATA_SETS
from nnplayground.app.widgets.data_card import DataCard
from nnplayground.arrays import Floats
from nnplayground.data.datasets import GENERATORS, generate
from nnplayground.data.samples import Samples
from nnplayground.data.tables import open_table, table_samples
from nnplayground.project.model import GeneratedSource, Source, TableSource

PENGUINS = TableSource(
    path="penguins.csv",
    inputs=("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"),
    target="species",
)
DOTS = 90
LITTLE_NOISE = 0.08


class SourceCard(DataCard):
    """A card with the source that it stands for; `chosen(card)` follows a click."""

    chosen = Signal(object)

    def __init__(self, key: str, source: Source, samples: Samples, parent: QWidget) -> None:
        points, classes = _thinned(samples)
        super().__init__(key, DATA_SETS[key], points, classes.astype(np.int64), parent)
        self.source = source
        self.clicked.connect(self._tell)

    def names(self, source: Source) -> bool:
        """Tell whether a source is the one on the card, whatever its size and noise."""
        if isinstance(source, GeneratedSource) and isinstance(self.source, GeneratedSource):
            return source.name == self.source.name
        if isinstance(source, TableSource) and isinstance(self.source, TableSource):
            return source.path == self.source.path
        return False

    def _tell(self) -> None:
        self.chosen.emit(self)


def make_cards(parent: QWidget) -> list[SourceCard]:
    """Return one card for each generated set and one for the penguins."""
    cards = []
    for name in GENERATORS:
        samples = generate(name, samples=DOTS, noise=LITTLE_NOISE, rng=np.random.default_rng(4))
        cards.append(SourceCard(name, GeneratedSource(name=name), samples, parent))
    table = open_table(PENGUINS.path)
    penguins = table_samples(table, inputs=PENGUINS.inputs, target=PENGUINS.target, task=PENGUINS.task)
    return [*cards, SourceCard("penguins", PENGUINS, penguins, parent)]


def _thinned(samples: Samples) -> tuple[Floats, Floats]:
    """Return the first two inputs and the classes of about `DOTS` samples, spread over all of them."""
    step = max(1, len(samples.inputs) // DOTS)
    return samples.inputs[::step, :2], samples.targets[::step]
