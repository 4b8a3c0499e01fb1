"""Every field of the document has a name and a value in words."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from nnplayground.app.text.setting_words import NAMES, difference_text, setting_name, value_text
from nnplayground.project.differences import Difference, differences
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    NetworkSpec,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.training_spec import OptimizerSpec


def paths(part: Any, before: str = "") -> list[str]:
    """Return the paths of all fields of a document."""
    found = []
    for field in fields(part):
        path, value = f"{before}{field.name}", getattr(part, field.name)
        found += paths(value, f"{path}.") if is_dataclass(value) else [path]
    return found


EVERY = paths(Project())


@pytest.mark.parametrize("path", EVERY)
def test_every_field_has_a_name_in_plain_words(path: str) -> None:
    name = setting_name(path)
    assert name == name.strip()
    assert name
    assert "_" not in name


OF_OTHER_SOURCES = {f"data.source.{field.name}" for source in (PointsSource, TableSource) for field in fields(source)}


def test_the_names_are_those_of_fields_that_there_are() -> None:
    assert set(NAMES) <= {*EVERY, *OF_OTHER_SOURCES, "data.source", "data.source.points", "parameters"}


def test_a_change_is_told_by_the_words_of_the_panels() -> None:
    old = Project()
    training = replace(old.training, optimizer=OptimizerSpec("adam", learning_rate=0.001), shuffle=False, clip_norm=1.0)
    new = replace(old, training=training, network=NetworkSpec(layers=(DenseSpec(8, "relu"), DropoutSpec(0.5))))
    assert [difference_text(one) for one in differences(old, new)] == [
        "layers 4 Tanh · 2 Tanh → 8 ReLU · dropout 0.5",
        "optimizer SGD → Adam",
        "learning rate 0.03 → 0.001",
        "shuffling on → off",
        "longest gradient none → 1",
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (GeneratedSource("spiral"), "Spiral"),
        (TableSource(path="folder/penguins.csv"), "penguins.csv"),
        (TableSource(text="a,b\n1,2\n"), "a pasted table"),
        (PointsSource(points=((0.0, 0.0, 0.0), (1.0, 1.0, 1.0))), "2 drawn points"),
        (ImagesSource(), "Digits"),
        (ImagesSource(path="folder"), "a folder of pictures"),
    ],
)
def test_data_are_told_by_their_name(source: object, text: str) -> None:
    assert value_text("data.source", source) == text


def test_layers_of_pictures_are_told_in_short() -> None:
    layers = (Conv2DSpec(filters=6, kernel_size=3), FlattenSpec(), DenseSpec(4, "tanh", off=(1,)))
    assert value_text("network.layers", layers) == "6 filters 3×3 · flatten · 4 Tanh (1 off)"
    assert value_text("network.layers", ()) == "no hidden layer"


def test_many_inputs_are_counted() -> None:
    assert value_text("data.features", ("x1", "x2", "x1^2", "x2^2", "x1*x2")) == "x₁, x₂, x₁², x₂² and 1 more"


def test_a_source_of_another_kind_differs_as_a_whole() -> None:
    old, new = Project(), Project(data=DataSpec(source=TableSource(path="penguins.csv")))
    changed = {one.path: one for one in differences(old, new)}
    assert difference_text(changed["data.source"]) == "data Circle → penguins.csv"
    assert isinstance(changed["data.source"], Difference)
