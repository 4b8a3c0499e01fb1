"""Data that the program saved open again as the same experiment, with the order of the classes and the parts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.arrays import Floats
from nnplayground.data.samples import Samples
from nnplayground.data.tables import open_table, table_samples
from nnplayground.export.opening import open_project
from nnplayground.export.samples_csv import heads, save_samples
from nnplayground.export.table_csv import csv_text
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    PointsSource,
    Project,
    Source,
    TableSource,
)
from nnplayground.training.run.prepare import Prepared, prepare, prepare_samples


def samples(inputs: Floats, targets: Floats, names: tuple[str, ...], target: str, classes: tuple[str, ...]) -> Samples:
    bounds = np.array([[0.0, 1.0]] * inputs.shape[1])
    return Samples(inputs, targets, names, target, classes, bounds)


def again(data: Prepared, folder: Path) -> Samples:
    """Save data and open them as a person does, with nothing chosen."""
    path = folder / "saved.csv"
    save_samples(data, path)
    return prepare(open_project(path).project).samples


def assert_same(before: Samples, after: Samples) -> None:
    assert after.input_names == before.input_names
    assert after.target_names == before.target_names
    assert after.classes == before.classes
    assert after.inputs.tobytes() == before.inputs.tobytes()
    assert after.targets.tobytes() == before.targets.tobytes()


@pytest.mark.parametrize(
    "source",
    [
        GeneratedSource(samples=40),
        GeneratedSource(name="blobs", classes=5, samples=60),
        GeneratedSource(name="plane", samples=40),
        PointsSource(classes=("b", "a"), points=tuple((x, x * x, float(x % 2)) for x in range(12))),
        PointsSource(task="regression", classes=(), points=tuple((x, x / 2, float(x % 3)) for x in range(12))),
        TableSource(path="penguins.csv", inputs=("island", "body_mass_g"), targets=("species",)),
        ImagesSource(),
    ],
    ids=["circle", "blobs", "plane", "order", "whole values", "penguins", "digits"],
)
def test_every_source_comes_back_as_it_was(source: Source, tmp_path: Path) -> None:
    data = prepare(Project(data=DataSpec(source=source)))
    after = again(data, tmp_path)
    assert_same(data.samples, after)
    assert after.parts is not None
    assert np.array_equal(np.flatnonzero(after.parts == 2), np.sort(data.test_rows))


CLASSES = [
    ("NA", "none"),
    ("007", "7", "042"),
    (" a", "a"),
    ("", "a"),
    ("7", "07"),
    ("1.0", "1"),
    ("a  b", "a b"),
    ('"a"', "a"),
    ("-", "+"),
    ("z", "a", "m"),
    ("2024-01-31", "2023-01-31"),
    ("1,5", "2,5"),
    ("train", "test"),
    ("line\nend", "tab\t"),
]


@pytest.mark.parametrize("classes", CLASSES, ids=[" ".join(map(ascii, classes)) for classes in CLASSES])
def test_classes_keep_their_names_and_their_order(classes: tuple[str, ...], tmp_path: Path) -> None:
    rows = 12
    inputs = np.random.default_rng(1).normal(size=(rows, 2))
    before = samples(inputs, np.arange(float(rows)) % len(classes), ("a", "b"), "label", classes)
    assert_same(before, again(prepare_samples(Project(), before), tmp_path))


@pytest.mark.parametrize(
    ("names", "target", "classes", "head"),
    [
        (("y", "id"), "z", (), ("part", "y", "id", 'z {"numbers": 1}')),
        (("part", "x"), "x", ("a", "b"), ("part 2", "part", "x", 'x 2 {"classes": ["a", "b"]}')),
        (("a", "b"), "c", ("a", "b"), ("part", "a", "b", "c")),
        (("price", "b"), "c", ("a", "b"), ("part", "price", "b", 'c {"classes": ["a", "b"]}')),
        (("a", "b"), "c", ("b", "a"), ("part", "a", "b", 'c {"classes": ["b", "a"]}')),
    ],
)
def test_the_last_head_tells_of_the_target_only_where_it_must(
    names: tuple[str, ...], target: str, classes: tuple[str, ...], head: tuple[str, ...]
) -> None:
    targets = np.arange(8.0) % 2 if classes else np.arange(8.0) / 4
    assert heads(samples(np.ones((8, 2)), targets, names, target, classes)) == head


def test_unlikely_inputs_and_targets_come_back(tmp_path: Path) -> None:
    inputs = np.column_stack([np.arange(20.0), np.arange(20.0) % 3])
    before = samples(inputs, np.arange(20.0) / 7, ("id", "label"), "weight", ())
    assert_same(before, again(prepare_samples(Project(), before), tmp_path))


@pytest.mark.parametrize(
    "head",
    ['b {"classes": ["x"]}', 'b {"classes": ["x", "z"]}', 'b {"numbers": 0}', 'b {"numbers": 9}', 'b {"classes": 1}',
     'b {"classes": [[[}', 'b {"numbers": true}'],
)  # fmt: skip
def test_a_head_that_only_looks_like_ours_is_one_like_any_other(head: str) -> None:
    cell = '"' + head.replace('"', '""') + '"'
    text = f"a,{cell}\n" + "".join(f"{row}.5,{'xy'[row % 2]}\n" for row in range(8))
    assert table_samples(open_table("", text=text)).classes == ("x", "y")


def test_several_targets_come_back(tmp_path: Path) -> None:
    inputs = np.random.default_rng(3).normal(size=(10, 2))
    targets = np.column_stack([np.arange(10.0), np.arange(10.0) % 2])
    bounds = np.array([[0.0, 1.0]] * 2)
    before = Samples(inputs, targets, ("a", "b"), "c, d", (), bounds, target_names=("c", "d"))
    assert heads(before) == ("part", "a", "b", "c", 'd {"numbers": 2}')
    table = open_table(
        "",
        text=csv_text(
            heads(before), [["train", *map(repr, row)] for row in np.column_stack((inputs, targets)).tolist()]
        ),
    )
    assert_same(before, table_samples(table))


NAMES = st.text(st.characters(categories=["L", "Nd", "P", "Zs"]), max_size=6)


@given(st.lists(NAMES, min_size=2, max_size=4, unique=True))
def test_any_names_of_classes_come_back(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    inputs = np.random.default_rng(2).normal(size=(12, 2))
    before = samples(inputs, np.arange(12.0) % len(names), ("a", "b"), "label", tuple(names))
    project = Project()
    assert_same(before, again(prepare_samples(project, before), tmp_path_factory.mktemp("names")))
