"""Parts that the data give: columns, second tables, folders; kept in order, or refused with one sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnplayground.data.csv_table import read_table
from nnplayground.data.image_folder import load_image_folder
from nnplayground.data.part_names import NAMES, part_named
from nnplayground.data.samples import PARTS, Samples
from nnplayground.data.split import split_given, split_off
from nnplayground.data.table import Table
from nnplayground.data.tables import table_samples
from nnplayground.errors import InputError
from tests.data.test_image_folder import save
from tests.messages import all_told

PETS = ("cats", "dogs")


def table(text: str, name: str = "t.csv") -> Table:
    return read_table(text.encode(), name=name)


class TestSplits:
    @given(st.lists(st.integers(0, 2), min_size=1, max_size=60))
    def test_given_parts_keep_their_order(self, parts: list[int]) -> None:
        if 0 not in parts:
            with pytest.raises(InputError, match="no sample that it trains"):
                split_given(np.array(parts))
            return
        found = split_given(np.array(parts))
        assert [part.tolist() for part in found] == [
            [row for row, one in enumerate(parts) if one == part] for part in range(3)
        ]

    def test_no_parts_are_one_sentence(self) -> None:
        with pytest.raises(InputError, match="the data say, but they say no parts; let it be drawn at random"):
            split_given(None)

    @given(st.sets(st.integers(0, 99), min_size=30), st.floats(0.05, 0.2), st.integers(0, 99))
    def test_what_is_split_off_and_what_stays_are_what_there_was(self, rows: set[int], share: float, seed: int) -> None:
        train = np.array(sorted(rows))
        left, taken = split_off(train, count=100, fraction=share, rng=np.random.default_rng(seed))
        assert sorted([*left.tolist(), *taken.tolist()]) == train.tolist()
        assert len(taken) == round(100 * share) and left.tolist() == sorted(left.tolist())


@pytest.mark.parametrize("name", NAMES)
def test_names_of_parts_are_understood_in_capitals_and_with_spaces(name: str) -> None:
    assert part_named(f" {name.upper()} ") == part_named(name) == NAMES[name]
    assert part_named("trains") is part_named("") is None


class TestTables:
    TEXT = "x,part,y\n1,train,a\n2,Test,b\n3,validation,a\n4,training,b\n5,val,a\n6,test,b\n"

    def test_a_column_called_part_tells_the_part_of_each_row(self) -> None:
        samples = table_samples(table(self.TEXT), inputs=("x",), targets=("y",))
        assert samples.parts is not None and [PARTS[part] for part in samples.parts] == [
            "train", "test", "validation", "train", "validation", "test",
        ]  # fmt: skip

    def test_any_column_can_be_named(self) -> None:
        text = self.TEXT.replace("part", "fold")
        assert table_samples(table(text), inputs=("x",), targets=("y",)).parts is None
        samples = table_samples(table(text), inputs=("x",), targets=("y",), part="fold")
        assert samples.parts is not None and samples.parts.tolist() == [0, 2, 1, 0, 1, 2]

    def test_rows_that_are_left_out_take_their_part_along(self) -> None:
        samples = table_samples(table(self.TEXT.replace("2,Test", ",Test")), inputs=("x",), targets=("y",))
        assert samples.parts is not None and samples.parts.tolist() == [0, 1, 0, 1, 2]

    def test_a_cell_that_names_no_part_is_told_with_its_line(self) -> None:
        with pytest.raises(InputError, match=r't\.csv, line 3: column "part" holds "Tset"; it must say'):
            table_samples(table(self.TEXT.replace("Test", "Tset")), inputs=("x",), targets=("y",), part="part")

    def test_all_rows_of_a_second_table_test_after_those_of_the_first(self) -> None:
        first, second = table("x,y\n1,a\n2,b\n"), table("y,x,z\nb,7,0\nc,8,0\n", "u.csv")
        samples = table_samples(first, inputs=("x",), targets=("y",), test_table=second)
        assert samples.inputs[:, 0].tolist() == [1.0, 2.0, 7.0, 8.0]
        assert samples.parts is not None and samples.parts.tolist() == [0, 0, 2, 2]
        assert samples.classes == ("a", "b", "c")

    def test_a_second_table_without_the_columns_is_refused(self) -> None:
        with pytest.raises(InputError, match=r'u\.csv has no column "x", which t\.csv has'):
            table_samples(
                table("x,y\n1,a\n2,b\n"), inputs=("x",), targets=("y",), test_table=table("y,z\na,1\n", "u.csv")
            )


def pictures(folder: Path, *classes: str, count: int = 2) -> Path:
    """Make class folders of small pictures, each of its own brightness."""
    for place, name in enumerate(classes):
        for number in range(count):
            save(folder / name / f"{number}.png", np.full((4, 4), 40 * place + number))
    return folder


def loaded(folder: Path) -> Samples:
    return load_image_folder(folder, side=4, colour=False)


class TestFolders:
    @pytest.mark.parametrize(
        "names", [("train", "test"), ("Training", "testing"), ("train", "val", "test"), ("train", "valid")]
    )
    def test_folders_of_parts_with_class_folders_are_parts(self, names: tuple[str, ...], tmp_path: Path) -> None:
        for name in names:
            pictures(tmp_path / name, *PETS)
        samples = loaded(tmp_path)
        assert samples.classes == PETS
        wanted = sorted(NAMES[name.lower()] for name in names for _ in range(4))
        assert samples.parts is not None and samples.parts.tolist() == wanted
        assert samples.targets.tolist() == [0.0, 0.0, 1.0, 1.0] * len(names)

    def test_other_folders_beside_the_parts_are_left_out_and_counted(self, tmp_path: Path) -> None:
        for name in ("train", "test"):
            pictures(tmp_path / name, *PETS)
        (tmp_path / "notes").mkdir()
        (tmp_path / "labels.csv").write_text("")
        assert "2 other entries were left out" in all_told(loaded(tmp_path).notes)[-1]

    def test_a_part_may_lack_a_class_of_the_training_part(self, tmp_path: Path) -> None:
        pictures(tmp_path / "train", *PETS)
        pictures(tmp_path / "test", "dogs")
        assert loaded(tmp_path).targets.tolist() == [0.0, 0.0, 1.0, 1.0, 1.0, 1.0]

    def test_a_class_that_the_training_part_lacks_is_refused(self, tmp_path: Path) -> None:
        pictures(tmp_path / "train", *PETS)
        pictures(tmp_path / "test", *PETS, "zebras")
        with pytest.raises(InputError, match='test has a folder for the class "zebras", but train has not'):
            loaded(tmp_path)

    def test_train_and_test_that_hold_the_pictures_themselves_are_no_classes(self, tmp_path: Path) -> None:
        pictures(tmp_path, "train", "test")
        with pytest.raises(InputError, match="train holds pictures but no folders; put the pictures of each class"):
            loaded(tmp_path)

    def test_a_test_part_without_class_folders_is_refused(self, tmp_path: Path) -> None:
        pictures(tmp_path / "train", *PETS)
        pictures(tmp_path, "test")
        with pytest.raises(InputError, match="test holds no folders; it must hold one folder of pictures for each"):
            loaded(tmp_path)

    def test_a_single_part_says_which_folder_to_choose(self, tmp_path: Path) -> None:
        pictures(tmp_path / "train", *PETS)
        with pytest.raises(InputError, match="holds a single folder, train; choose that folder itself"):
            loaded(tmp_path)
        assert loaded(tmp_path / "train").parts is None

    def test_two_folders_of_one_part_are_refused(self, tmp_path: Path) -> None:
        for name in ("train", "test", "testing"):
            pictures(tmp_path / name, *PETS)
        with pytest.raises(InputError, match="of which two are for the same part"):
            loaded(tmp_path)

    def test_classes_that_happen_to_be_called_so_stay_classes(self, tmp_path: Path) -> None:
        pictures(tmp_path, "test", "train", "cats")
        samples = loaded(tmp_path)
        assert samples.classes == ("cats", "test", "train") and samples.parts is None


def test_samples_refuse_parts_that_do_not_fit() -> None:
    inputs, targets, bounds = np.zeros((2, 1)), np.zeros(2), np.array([[0.0, 1.0]])
    for parts in ([0], [0, 3], [0, -1]):
        with pytest.raises(InputError, match="give the part of each"):
            Samples(inputs, targets, ("x",), "y", (), bounds, parts=np.array(parts))
