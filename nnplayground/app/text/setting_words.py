"""What the fields of the document are called, and what their values look like: for marks on curves and for comparisons.

A field without an entry here is called by the last part of its path; a test holds the entries against the document.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nnplayground.app.text.titles import (
    ACTIVATIONS,
    COSTS,
    DATA_SETS,
    INITIALIZERS,
    LAYERS,
    OPTIMIZERS,
    SCALINGS,
    SCHEDULES,
    SETTINGS,
    SPLITS,
    Title,
    feature_title,
)
from nnplayground.project.differences import Difference
from nnplayground.project.layer_specs import LayerSpec
from nnplayground.project.model import GeneratedSource, ImagesSource, PointsSource, TableSource

NAMES = {
    "seed": "seed",
    "data.source": "data",
    "data.source.name": "data",
    "data.source.samples": "samples",
    "data.source.noise": "noise",
    "data.source.classes": "classes",
    "data.source.imbalance": "imbalance",
    "data.source.outliers": "outliers",
    "data.source.points": "points",
    "data.features": "inputs",
    "data.scaling": "scaling",
    "data.test_fraction": "test share",
    "data.validation_fraction": "validation share",
    "data.split": "split",
    "data.source.parts": "parts of the points",
    "data.source.part": "column of parts",
    "data.source.test_path": "test file",
    "data.split_seed": "seed of the split",
    "network.layers": "layers",
    "network.frozen": "frozen numbers",
    "network.output_activation": "output activation",
    "network.initializer.name": "first weights",
    "network.initializer.seed": "seed of the weights",
    "network.bias_initializer.name": "first biases",
    "training.cost": "cost",
    "training.optimizer.name": "optimizer",
    "training.optimizer.learning_rate": "learning rate",
    "training.schedule.name": "rate over time",
    "training.batch_size": "batch size",
    "training.shuffle": "shuffling",
    "training.l1": "L1 penalty",
    "training.l2": "L2 penalty",
    "training.clip_norm": "longest gradient",
    "training.stop.max_epochs": "last epoch",
    "training.stop.patience": "patience of the stop",
    "training.stop.flat_epochs": "flat epochs",
    "training.stop.gradient_norm": "shortest gradient",
    "training.stop.min_delta": "smallest improvement",
    "training.stop.target_cost": "target cost",
    "parameters": "start values",
}
CHOICES: dict[str, Mapping[str, Title]] = {
    "data.source.name": DATA_SETS,
    "data.scaling": SCALINGS,
    "data.split": SPLITS,
    "network.output_activation": ACTIVATIONS,
    "network.initializer.name": INITIALIZERS,
    "training.cost": COSTS,
    "training.optimizer.name": OPTIMIZERS,
    "training.schedule.name": SCHEDULES,
}
LAYER_WORDS = {
    "dense": "{units} {activation}",
    "dropout": "dropout {rate:g}",
    "conv2d": "{filters} filters {kernel_size}×{kernel_size}",
}
"""The fields that tell a layer of each kind; one of any other kind is called by its title."""
MOST_NAMES = 4


def setting_name(path: str) -> str:
    """Return what a field is called, in lower case, as within a sentence."""
    last = path.rpartition(".")[2]
    return NAMES.get(path) or SETTINGS.get(last, last.replace("_", " ")).lower()


def value_text(path: str, value: Any) -> str:
    """Return the value of a field in a few words."""
    if path in PARTS and value is not None:
        return PARTS[path](value)
    if isinstance(value, str):
        return CHOICES[path][value].brief if value in CHOICES.get(path, {}) else value or "none"
    if isinstance(value, tuple):
        return f"{len(value):,}"
    return _plain(value)


def difference_text(difference: Difference) -> str:
    """Return a change in a few words, such as "learning rate 0.03 → 0.1"."""
    before, after = (value_text(difference.path, value) for value in (difference.before, difference.after))
    return f"{setting_name(difference.path)} {before} → {after}"


def _layer(layer: LayerSpec) -> str:
    """Return a layer as short as can be: its most telling numbers, or the title of its kind."""
    template = LAYER_WORDS.get(layer.kind)
    if template is None:
        return LAYERS[layer.kind].name.lower()
    made = layer.layer()
    activation = ACTIVATIONS[made.activation].brief if made.activation else ""
    off = f" ({len(made.off)} off)" if made.off else ""
    return template.format(**vars(layer) | {"activation": activation}) + off


def _source(source: object) -> str:
    """Return where data come from."""
    if isinstance(source, GeneratedSource):
        return DATA_SETS[source.name].brief
    if isinstance(source, PointsSource):
        return f"{len(source.points):,} drawn points"
    if isinstance(source, TableSource):
        return source.path.replace("\\", "/").rpartition("/")[2] or "a pasted table"
    if isinstance(source, ImagesSource):
        return DATA_SETS[source.name].brief if source.path is None else "a folder of pictures"
    return "other data"


def _layers(layers: tuple[LayerSpec, ...]) -> str:
    return " · ".join(map(_layer, layers)) or "no hidden layer"


def _features(features: tuple[str, ...]) -> str:
    shown = ", ".join(map(feature_title, features[:MOST_NAMES]))
    return shown if len(features) <= MOST_NAMES else f"{shown} and {len(features) - MOST_NAMES} more"


def _plain(value: float | int | bool | None) -> str:
    """Return a number, a switch, or nothing."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _given(_parameters: object) -> str:
    return "given"


PARTS: dict[str, Callable[[Any], str]] = {
    "network.layers": _layers,
    "data.source": _source,
    "data.features": _features,
    "parameters": _given,
}
