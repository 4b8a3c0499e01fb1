"""Project files on disk: tables travel with them, and names that no disk takes are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnplayground.errors import InputError
from nnplayground.project.model import DataSpec, ImagesSource, Project, TableSource
from nnplayground.project.storage import load, save

PROJECT = Project(data=DataSpec(source=TableSource(path="t.csv", targets=("y",))))


def with_path(path: str) -> Project:
    source = TableSource(path=path, targets=("y",))
    return replace(PROJECT, data=replace(PROJECT.data, source=source))


def test_a_table_beside_the_project_travels_with_it(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    save(with_path(str(tmp_path / "here" / "t.csv")), tmp_path / "here" / "p.nnp.json")
    (tmp_path / "here" / "p.nnp.json").rename(tmp_path / "there" / "p.nnp.json")
    assert load(tmp_path / "there" / "p.nnp.json") == with_path(str((tmp_path / "there" / "t.csv").resolve()))


def test_a_second_table_travels_like_the_first(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        for table in ("t.csv", "later.csv"):
            (tmp_path / name / table).write_text("x,y\n1,2\n", encoding="utf-8")
    here, there = (str((tmp_path / name).resolve()) for name in ("here", "there"))
    source = TableSource(path=f"{here}/t.csv", test_path=f"{here}/later.csv")
    save(Project(data=DataSpec(source=source, split="given")), tmp_path / "here" / "p.nnp.json")
    assert here not in (tmp_path / "here" / "p.nnp.json").read_text(encoding="utf-8")
    (tmp_path / "here" / "p.nnp.json").rename(tmp_path / "there" / "p.nnp.json")
    loaded = load(tmp_path / "there" / "p.nnp.json").data.source
    assert isinstance(loaded, TableSource)
    assert (loaded.path, loaded.test_path) == (f"{there}/t.csv", f"{there}/later.csv")


@pytest.mark.parametrize("path", ["n" * 300 + ".csv", "n" * 4000, "a/" * 2000])
def test_a_table_with_a_name_that_is_too_long_is_kept_as_it_stands(path: str, tmp_path: Path) -> None:
    save(with_path(path), tmp_path / "p.nnp.json")
    assert load(tmp_path / "p.nnp.json") == with_path(path)


def test_what_is_wrong_is_told_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "p.nnp.json"
    path.write_text('{"format": "nnplayground/project", "version": 2, "seed": -1}', encoding="utf-8")
    with pytest.raises(InputError, match=r"p\.nnp\.json: seed is -1; it must be"):
        load(path)


def test_a_folder_of_pictures_travels_too(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    own = Project(data=DataSpec(source=ImagesSource(path=str(tmp_path / "pictures"))))
    save(own, tmp_path / "p.nnp.json")
    assert '"path": "pictures"' in (tmp_path / "p.nnp.json").read_text(encoding="utf-8")
    assert load(tmp_path / "p.nnp.json") == Project(
        data=DataSpec(source=ImagesSource(path=str((tmp_path / "pictures").resolve())))
    )


def test_pictures_that_come_with_the_program_have_no_path(tmp_path: Path) -> None:
    digits = Project(data=DataSpec(source=ImagesSource()))
    save(digits, tmp_path / "p.nnp.json")
    assert load(tmp_path / "p.nnp.json") == digits
