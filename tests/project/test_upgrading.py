"""Files of version 1 open as what they were."""

import json
from typing import Any

import pytest

from nnplayground.data.samples import PARTS
from nnplayground.errors import InputError
from nnplayground.project.codec import decode, encode
from nnplayground.project.model import ColumnKind, DataSpec, PointsSource, Project, TableSource


def version_1(**data: Any) -> str:
    return json.dumps({"format": "nnplayground/project", "version": 1, "data": data})


def table(**fields: Any) -> dict[str, Any]:
    return {"kind": "table", "path": "t.csv", **fields}


def test_targets_of_version_1_are_trained_on_as_they_are() -> None:
    assert decode(version_1()).data.target_scaling == "none"
    assert decode(encode(decode(version_1()))).data.target_scaling == "none"
    assert Project().data.target_scaling == "auto"


@pytest.mark.parametrize(("target", "targets"), [("species", ("species",)), ("", ())])
def test_the_target_of_a_table_becomes_a_list(target: str, targets: tuple[str, ...]) -> None:
    source = decode(version_1(source=table(target=target))).data.source
    assert isinstance(source, TableSource)
    assert source.targets == targets


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"split": "given"}, 'data.split is "given"; it must be left out, or "version" 2'),
        ({"source": table(targets=["y"])}, 'data.source.targets is ["y"]; it must be left out'),
        ({"source": table(target=3)}, "data.source.target is 3; it must be"),
        ({"source": 5}, "data.source is 5; it must be an object"),
        ([], "data is []; it must be an object"),
    ],
)
def test_what_is_wrong_in_version_1_is_told_with_its_place(data: Any, said: str) -> None:
    text = json.dumps({"format": "nnplayground/project", "version": 1, "data": data})
    with pytest.raises(InputError) as caught:
        decode(text)
    assert said in str(caught.value)


def test_all_new_fields_of_a_table_survive_the_file() -> None:
    source = TableSource(
        path="book.xlsx", targets=("price", "rent"), sheet="Two", kinds=(ColumnKind("zip", "category"),),
        merged=("answer",), values=("NA",), ragged="leave_out", test_path="later.xlsx", part="set",
    )  # fmt: skip
    data = DataSpec(source=source, split="given", validation_fraction=0.1, target_scaling="standardize")
    assert decode(encode(Project(data=data))) == Project(data=data)


def test_marked_points_survive_the_file() -> None:
    points = tuple((float(place), 0.0, float(place % 2)) for place in range(3))
    project = Project(data=DataSpec(source=PointsSource(points=points, parts=PARTS), split="given"))
    assert decode(encode(project)) == project
