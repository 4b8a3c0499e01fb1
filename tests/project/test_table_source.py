"""A table in a project file: by its path or as text, and read as it says there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nnplayground.data.reading import AS_FOUND, Reading
from nnplayground.errors import FieldError, InputError
from nnplayground.project.codec import decode, encode
from nnplayground.project.model import MAX_TEXT, DataSpec, Project, TableSource
from nnplayground.project.storage import load, save
from nnplayground.training.run.prepare import prepare

PASTED = "größe\tart\n1,5\ta\n2,5\tb\n3\ta\n4\tb\n5,5\ta\n6\tb\n"


def project_of(source: TableSource) -> Project:
    return Project(data=DataSpec(source=source))


def test_what_is_found_by_itself_is_not_in_the_file() -> None:
    source = json.loads(encode(project_of(TableSource(path="t.csv", targets=("y",)))))["data"]["source"]
    assert source == {"kind": "table", "path": "t.csv", "targets": ["y"], "inputs": [], "task": "auto"}
    assert TableSource(path="t.csv").reading == AS_FOUND


def test_what_was_corrected_is() -> None:
    source = TableSource(path="t.csv", encoding="cp1252", delimiter="tab", header="no", decimal="comma")
    project = project_of(source)
    assert decode(encode(project)) == project
    assert source.reading == Reading("cp1252", "tab", "no", "comma")


def test_a_pasted_table_travels_in_the_project_file(tmp_path: Path) -> None:
    project = project_of(TableSource(text=PASTED, targets=("art",)))
    save(project, tmp_path / "p.nnp.json")
    again = load(tmp_path / "p.nnp.json")
    assert again == project
    assert "path" not in json.loads((tmp_path / "p.nnp.json").read_text(encoding="utf-8"))["data"]["source"]
    samples = prepare(again).samples
    assert samples.inputs[:, 0].tolist() == [1.5, 2.5, 3.0, 4.0, 5.5, 6.0]
    assert samples.classes == ("a", "b")


def test_the_way_of_reading_decides_the_samples(tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_bytes("a;b\n1;ř\n2;y\n3;ř\n4;y\n".encode("cp1250"))
    path = str(tmp_path / "u.csv")
    read = prepare(project_of(TableSource(path=path, targets=("b",), encoding="cp1250"))).samples
    assert read.classes == ("y", "ř")
    assert prepare(project_of(TableSource(path=path, targets=("b",), encoding="cp1252"))).samples.classes == ("y", "ø")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({}, 'data.source.path is ""; it must be the name of a CSV file.'),
        (
            {"path": "t.csv", "text": "a,b"},
            'data.source.path is "t.csv"; it must be left out where the table itself is',
        ),
        ({"path": "t.csv", "encoding": "morse"}, 'data.source.encoding is "morse"; it must be "auto", "utf-8"'),
        ({"path": "t.csv", "header": True}, "data.source.header is true; it must be"),
        ({"text": 5}, "data.source.text is 5; it must be a text of 0 to 2,000,000 characters"),
        ({"text": "a,b\n1,\0"}, "data.source.text is "),
    ],
)
def test_what_is_illegal_is_refused_with_its_place(content: dict[str, object], message: str) -> None:
    text = json.dumps({"format": "nnplayground/project", "version": 1, "data": {"source": {"kind": "table"} | content}})
    with pytest.raises(InputError) as caught:
        decode(text)
    assert message in str(caught.value)
    assert len(str(caught.value)) < 400


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(FieldError, match=r"^text is "):
        TableSource(text="1,2\n" * (MAX_TEXT // 4 + 1))
