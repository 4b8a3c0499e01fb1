"""The samples that are saved as a table come back as they were, to the bit."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.datasets import GENERATORS
from nnplayground.data.progress import CancelledError, Progress
from nnplayground.data.samples import Samples
from nnplayground.data.tables import open_table, table_samples
from nnplayground.errors import InputError, WorkError
from nnplayground.export.opening import data_tested_by, table_data
from nnplayground.export.samples_csv import column_names, save_samples
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    PointsSource,
    Project,
    Source,
    TableSource,
)
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.run.history import COLUMNS
from nnplayground.training.run.parts import ALL_PARTS
from nnplayground.training.run.prepare import Prepared, prepare, prepare_samples
from nnplayground.training.run.run import Run
from tests.data.guesses import guess_columns


def saved(data: Prepared, path: Path) -> list[list[str]]:
    """Save the samples, and return what another reader finds in the file."""
    save_samples(data, path)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("name", GENERATORS)
def test_every_generated_set_comes_back(name: str, tmp_path: Path) -> None:
    data = prepare(Project(data=DataSpec(source=GeneratedSource(name=name, samples=60, noise=0.3))))
    head, *rows = saved(data, tmp_path / "d.csv")
    samples = data.samples
    assert head == ["part", *samples.input_names, samples.target_name]
    assert [row[0] == "test" for row in rows] == [place in set(data.test_rows.tolist()) for place in range(60)]
    table = open_table(str(tmp_path / "d.csv"))
    inputs, target = guess_columns(table)
    assert (inputs, target) == (samples.input_names, samples.target_name)
    again = table_samples(table, inputs=inputs, targets=(target,), task=samples.task)
    assert again.inputs.tobytes() == samples.inputs.tobytes()
    if samples.classes:
        names = [samples.classes[int(place)] for place in samples.targets]
        assert [again.classes[int(place)] for place in again.targets] == names
    else:
        assert again.targets.tobytes() == samples.targets.tobytes()


def test_a_table_is_saved_in_its_own_units_whatever_the_scaling(tmp_path: Path) -> None:
    source = TableSource(path="penguins.csv", inputs=("island", "body_mass_g"), targets=("species",))
    head, *rows = saved(prepare(Project(data=DataSpec(source=source, scaling="standardize"))), tmp_path / "d.csv")
    assert head == ["part", "island = Biscoe", "island = Dream", "island = Torgersen", "body_mass_g", "species"]
    assert rows[0][1:] == ["0.0", "0.0", "1.0", "3750.0", "Adelie"]


def test_pictures_are_saved_as_pixels(tmp_path: Path) -> None:
    data = prepare(Project(data=DataSpec(source=ImagesSource())))
    head, *rows = saved(data, tmp_path / "d.csv")
    assert len(head) == 66 and len(rows) == 1797
    assert np.array_equal(np.array([row[1:-1] for row in rows], dtype=float), data.samples.inputs)


def test_names_that_are_taken_get_a_number() -> None:
    samples = Samples(np.ones((2, 2)), np.array([0.0, 1.0]), ("part", "y"), "y", ("a", "b"), np.array([[0.0, 2.0]] * 2))
    assert column_names(samples) == ("part 2", "part", "y", "y 2")


def test_too_many_inputs_are_refused(tmp_path: Path) -> None:
    names = tuple(f"p{place}" for place in range(999))
    samples = Samples(
        np.ones((4, 999)), np.array([0.0, 1.0, 0.0, 1.0]), names, "y", ("a", "b"), np.array([[0, 2]] * 999)
    )
    data = prepare_samples(Project(data=DataSpec(test_fraction=0.0)), samples)
    with pytest.raises(WorkError, match="have 999 inputs each; a table can have 1,000 columns"):
        save_samples(data, tmp_path / "d.csv")


def test_a_cancelled_saving_leaves_no_file(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        save_samples(prepare(Project()), tmp_path / "d.csv", progress=progress)
    assert list(tmp_path.iterdir()) == []


NAMES = st.text(st.characters(categories=["L", "Nd", "P"]), min_size=1, max_size=6)
NUMBERS = st.floats(-1e9, 1e9)


@given(
    st.lists(st.tuples(NUMBERS, NUMBERS, st.sampled_from([0.0, 1.0])), min_size=4, max_size=20),
    st.lists(NAMES, min_size=2, max_size=2, unique=True),
)
def test_any_points_come_back_to_the_bit(
    tmp_path_factory: pytest.TempPathFactory, points: list[tuple[float, float, float]], names: list[str]
) -> None:
    points = [(0.0, 0.0, 0.0), (1.0, 1.0, 1.0), *points]
    source = PointsSource(classes=tuple(names), points=tuple(points))
    path = tmp_path_factory.mktemp("points") / "d.csv"
    rows = saved(prepare(Project(data=DataSpec(source=source, test_fraction=0.0))), path)[1:]
    assert [(float(one).hex(), float(two).hex(), name) for _, one, two, name in rows] == [
        (one.hex(), two.hex(), names[int(place)]) for one, two, place in points
    ]


TRAINING = TrainingSpec(optimizer=OptimizerSpec(name="adam", learning_rate=0.02), batch_size=7)
POINTS = tuple((float(place % 7), float(place % 5) - 2.0, float(place % 3 == 0)) for place in range(50))
SOURCES = {
    "generated": GeneratedSource("moons", samples=80, noise=0.2),
    "three classes": GeneratedSource("rings", samples=80),
    "blobs": GeneratedSource("blobs", samples=80, classes=6),
    "numbers": GeneratedSource("plane", samples=60, noise=0.1),
    "drawn": PointsSource(classes=("A", "B"), points=POINTS),
    "drawn values": PointsSource("regression", (), POINTS),
    "table": TableSource(path="penguins.csv", targets=("species",)),
    "table of numbers": TableSource(path="penguins.csv", targets=("body_mass_g",)),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
@pytest.mark.parametrize("shuffle", [True, False])
def test_data_open_with_their_parts_and_repeat_the_curve_bit_for_bit(
    source: Source, shuffle: bool, tmp_path: Path
) -> None:
    data = DataSpec(source=source, scaling="standardize", test_fraction=0.2, validation_fraction=0.2)
    project = Project(data=data, training=replace(TRAINING, shuffle=shuffle))
    first = Run(project)
    save_samples(first.data, tmp_path / "d.csv")
    opened = table_data(tmp_path / "d.csv")
    assert opened.split == "given"
    again = Run(replace(project, data=opened))
    for part in ALL_PARTS:
        assert again.data.inputs_of(part).tobytes() == first.data.inputs_of(part).tobytes()
        assert again.data.targets_of(part).tobytes() == first.data.targets_of(part).tobytes()
    for run in (first, again):
        run.train_epochs(12)
    for column in COLUMNS:
        curves = (getattr(run.history.curve(), column).tobytes() for run in (first, again))
        assert len(set(curves)) == 1
    assert again.network.parameters.tobytes() == first.network.parameters.tobytes()


def test_a_table_without_parts_is_split_at_random(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("x,part,y\n1,left,2\n2,right,3\n3,left,4.5\n")
    opened = table_data(path)
    assert isinstance(opened.source, TableSource) and (opened.split, opened.source.part) == ("random", "")


def test_a_second_file_tests_the_network_of_a_table(tmp_path: Path) -> None:
    for name, count in (("train.csv", 20), ("test.csv", 5)):
        rows = "".join(f"{place},{place % 3},{'ab'[place % 2]}\n" for place in range(count))
        (tmp_path / name).write_text("x,z,y\n" + rows)
    data = data_tested_by(table_data(tmp_path / "train.csv"), tmp_path / "test.csv")
    assert data.split == "given"
    prepared = prepare(Project(data=data))
    assert [len(prepared.rows_of(part)) for part in ALL_PARTS] == [20, 0, 5]
    assert prepared.train_rows.tolist() == list(range(20))
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match=r"other\.csv has no column"):
        data_tested_by(table_data(tmp_path / "train.csv"), tmp_path / "other.csv")
    with pytest.raises(InputError, match="no table"):
        data_tested_by(DataSpec(), tmp_path / "test.csv")
