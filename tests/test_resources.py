"""Resources are found by name in a checkout; tests/test_packaging.py looks into wheels."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nnplayground import resources
from nnplayground.errors import InputError

FOLDER = Path(__file__).parent.parent / "resources"


def files_below(folder: Path) -> list[str]:
    """Return the visible files below `folder`, named from the resources' folder, by walking the disk."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place, name).relative_to(FOLDER).as_posix() for name in names if name[0] != "."]
    return sorted(found)


def test_every_file_is_named_once_and_in_order() -> None:
    assert list(resources.names()) == files_below(FOLDER)


def test_a_folder_names_its_own_files_as_they_are_read() -> None:
    assert list(resources.names("datasets")) == files_below(FOLDER / "datasets")
    assert all(resources.read_bytes(name) for name in resources.names("datasets"))


@pytest.mark.parametrize("name", files_below(FOLDER))
def test_a_resource_is_read_as_it_lies_on_the_disk(name: str) -> None:
    assert resources.read_bytes(name) == (FOLDER / name).read_bytes()


def test_hidden_files_are_no_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_root", lambda: tmp_path)
    (tmp_path / ".DS_Store").touch()
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "one.toml").touch()
    assert resources.names() == ("lessons/one.toml",)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "datasets",
        "datasets/missing.csv",
        "missing/file",
        "../pyproject.toml",
        "datasets/../../LICENSE",
        "/pyproject.toml",
        "datasets//x",
        "datasets\\x",
        "./datasets",
    ],
)
def test_a_name_that_is_not_there_is_refused_with_what_is_there(name: str) -> None:
    with pytest.raises(InputError) as caught:
        resources.read_bytes(name)
    assert f'no resource "{name}"' in str(caught.value)
    assert "datasets" in str(caught.value)


def test_a_missing_folder_is_refused_with_what_is_there() -> None:
    with pytest.raises(InputError, match=r'no folder "icon" in the resources; resources has .*datasets'):
        resources.names("icon")
