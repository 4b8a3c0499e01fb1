"""The cards of the data sets that come with the program."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from nnplayground.app.features.data.data_card import DataCard
from nnplayground.app.features.data.thumbnails import (
    CurveThumbnail,
    PicturesThumbnail,
    PointsThumbnail,
    Thumbnail,
    ValuesThumbnail,
)
from nnplayground.app.text.titles import DATA_SETS
from nnplayground.data.datasets import GENERATORS, generate
from nnplayground.data.images import IMAGE_SETS, load_image_set
from nnplayground.data.samples import Samples
from nnplayground.data.tables import open_table, table_samples
from nnplayground.project.model import GeneratedSource, ImagesSource, Source, TableSource

PENGUINS = TableSource(
    path="penguins.csv",
    inputs=("bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"),
    targets=("species",),
)
IN_PANEL = ("circle", "spiral")
"""The generated sets that have a card in the panel; all of them have one in the gallery."""

DOTS = 90
PICTURES = 6
LITTLE_NOISE = 0.08


class SourceCard(DataCard):
    """A card with the source that it stands for; `chosen(card)` follows a click."""

    chosen = Signal(object)

    def __init__(self, key: str, source: Source, thumbnail: Thumbnail, parent: QWidget) -> None:
        super().__init__(key, DATA_SETS[key], thumbnail, parent)
        self.source = source
        self.clicked.connect(self._tell)

    def names(self, source: Source) -> bool:
        """Tell whether a source is the one on the card, whatever its size and noise."""
        if isinstance(source, GeneratedSource) and isinstance(self.source, GeneratedSource):
            return source.name == self.source.name
        if isinstance(source, TableSource) and isinstance(self.source, TableSource):
            return source.path == self.source.path
        if isinstance(source, ImagesSource) and isinstance(self.source, ImagesSource):
            return source.path is None and source.name == self.source.name
        return False

    def _tell(self) -> None:
        self.chosen.emit(self)


def make_cards(parent: QWidget) -> list[SourceCard]:
    """Return the cards of the panel: a few generated sets, the penguins and each set of pictures."""
    cards = [_generated_card(name, parent) for name in IN_PANEL]
    table = open_table(PENGUINS.path)
    penguins = table_samples(table, inputs=PENGUINS.inputs, targets=PENGUINS.targets, task=PENGUINS.task)
    cards.append(SourceCard("penguins", PENGUINS, _points(penguins), parent))
    sets = {name: _pictures(load_image_set(name, most=PICTURES)) for name in IMAGE_SETS}
    return cards + [SourceCard(name, ImagesSource(name=name), picture, parent) for name, picture in sets.items()]


def make_gallery_cards(parent: QWidget) -> list[SourceCard]:
    """Return a card for every generated set."""
    cards = [_generated_card(name, parent) for name in GENERATORS]
    for card in cards:
        card.setObjectName(f"gallery_{card.key}")
    return cards


def _generated_card(name: str, parent: QWidget) -> SourceCard:
    """Return the card of a generated set, with a drawing of it that is hardly disturbed."""
    samples = generate(name, samples=DOTS, noise=LITTLE_NOISE, rng=np.random.default_rng(4))
    return SourceCard(name, GeneratedSource(name=name), _points(samples), parent)


def _points(samples: Samples) -> Thumbnail:
    """Return the first two inputs and the targets of about `DOTS` samples, spread over all of them."""
    if len(samples.input_names) == 1:
        return CurveThumbnail(samples.inputs[:, 0], samples.targets)
    step = max(1, len(samples.inputs) // DOTS)
    inputs, targets = samples.inputs[::step, :2], samples.targets[::step]
    return PointsThumbnail(inputs, targets.astype(np.int64)) if samples.classes else ValuesThumbnail(inputs, targets)


def _pictures(samples: Samples) -> PicturesThumbnail:
    """Return the first few pictures, of coloured ones the first channel."""
    channels, height, width = samples.image_shape or (1, 1, samples.inputs.shape[1])
    pixels = samples.inputs[:PICTURES].reshape(-1, channels, height, width)
    return PicturesThumbnail(pixels[:, 0])
