"""The command says what it took of a table and what it left out, and which epoch was the best."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnplayground.cli import main
from nnplayground.explain.words import words_of
from nnplayground.export.formats import read_model
from nnplayground.export.opening import open_project
from nnplayground.headless import train, with_epochs
from nnplayground.project.model import DataSpec, GeneratedSource, Project, TableSource
from nnplayground.project.storage import save
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from nnplayground.training.run.run import Run
from tests.data.workbooks import Rows, ods, xlsx

ROWS = [f"{row},{row}.5,{row % 7}.25,2024-01-{row % 28 + 1:02},n{row},{'ab'[row % 2]}" for row in range(1, 41)]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    rows = list(ROWS)
    rows[10] = "11,oops,1.25,2024-01-11,n11,a"
    path.write_text("\n".join(["id,size,width,day,who,label", *rows]), encoding="utf-8")
    return path


def test_two_lines_say_what_was_taken(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(table), "--epochs", "2"]) == 0
    first, second, third, *_ = capsys.readouterr().out.splitlines()
    assert first == 'Predicts "label" (2 classes) from "size", "width"; 39 of 40 rows.'
    assert second == (
        'Left out: "id" (numbers of the rows), "day" (dates), "who" (text). '
        '"size": 1 cell is no number, it stands in line 12: "oops". It counts as missing. '
        "1 of 40 rows was left out because a value was missing. Read as utf-8 with a decimal point."
    )
    assert third.startswith("2 epochs, ")


def test_json_has_all_of_it_and_nothing_else_is_printed(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(table), "--epochs", "2", "--json"]) == 0
    out = capsys.readouterr().out
    data = json.loads(out)["data"]
    assert out.count("\n") == 1
    assert data["targets"] == ["label"] and data["inputs"] == ["size", "width"] and data["classes"] == ["a", "b"]
    assert data["left_out"] == [
        {"column": "id", "reason": "numbers of the rows"},
        {"column": "day", "reason": "dates"},
        {"column": "who", "reason": "text"},
    ]
    assert (data["rows"], data["rows_used"], data["encoding"], data["decimal"]) == (40, 39, "utf-8", "point")
    assert data["target_is_guess"] is True and data["target_is_unsure"] is False
    assert data["encoding_is_guess"] is False and data["decimal_is_guess"] is False
    assert len(data["notes"]) == 2


def test_quiet_prints_nothing(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(table), "--epochs", "30", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_guesses_are_named_as_guesses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.csv"
    rows = "".join(f"größe{row};{row % 9};{row},125\n" for row in range(1, 31))
    path.write_bytes(f"name;height;weight\n{rows}".encode("cp1252"))
    assert main(["train", str(path), "--epochs", "1"]) == 0
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith(
        'Predicts "weight" (a number, which is a guess: "height" may be meant as well) from "height"'
    )
    assert "The encoding is a guess: the file is no UTF-8, so it was read as Western European (Windows)." in second
    assert 'The decimal sign is a guess: "1,125" was read as 1.125' in second
    assert second.endswith("Read as cp1252 (a guess) with a decimal comma (a guess).")


def test_a_project_with_a_table_says_so_too_but_guesses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.nnp.json"
    source = TableSource(path="penguins.csv", inputs=("bill_length_mm", "sex"), targets=("body_mass_g",))
    save(Project(data=DataSpec(source=source, scaling="standardize")), path)
    assert main(["train", str(path), "--epochs", "1", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)["data"]
    assert (data["targets"], data["task"], data["target_is_guess"]) == (["body_mass_g"], "regression", False)
    save(Project(), path)
    assert main(["train", str(path), "--epochs", "1", "--json"]) == 0
    assert "data" not in json.loads(capsys.readouterr().out)


def test_many_seeds_say_it_as_well(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(table), "--epochs", "2", "--seeds", "1-2"]) == 0
    assert capsys.readouterr().out.startswith('Predicts "label" (2 classes) from "size", "width"')
    assert main(["train", str(table), "--epochs", "2", "--seeds", "1-2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["data"]["targets"] == ["label"]
    assert main(["train", str(table), "--epochs", "2", "--seeds", "1-2", "--best"]) == 2
    assert "leave out --seeds or --best" in capsys.readouterr().err


def test_ragged_rows_are_refused_with_the_way_to_leave_them_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "t.csv"
    path.write_text("\n".join(["a,b,y", *(f"{row},{row % 3},{row}.5" for row in range(20)), "1,2", "3"]))
    assert main(["train", str(path), "--epochs", "1"]) == 2
    err = capsys.readouterr().err
    assert "line 22: the number of cells is 2; it must be 3" in err and "2 rows of 22 are so" in err
    assert err.endswith("To leave them out, use --leave-out-ragged.\n") and err.count("\n") == 1
    assert main(["train", str(path), "--epochs", "1", "--leave-out-ragged"]) == 0
    out = capsys.readouterr().out
    assert "2 of 22 rows were left out because of another number of cells; the first stands in line 22." in out
    project = tmp_path / "p.nnp.json"
    save(Project(data=DataSpec(source=TableSource(path=str(path)))), project)
    assert main(["train", str(project), "--epochs", "1"]) == 2
    assert capsys.readouterr().err.endswith('To leave them out, use "ragged": "leave_out" in data.source.\n')


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_a_workbook_is_trained_as_it_is(suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"t{suffix}"
    rows: Rows = [("a", "b", "larger"), *((a, b, "yes" if a > b else "no") for a in range(6) for b in range(6))]
    path.write_bytes((xlsx if suffix == ".xlsx" else ods)({"Data": rows, "More": [("c", "d"), (1.5, 2), (2.5, 3.5)]}))
    assert main(["train", str(path), "--epochs", "50"]) == 0
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert first == 'Predicts "larger" (2 classes) from "a", "b"; 36 of 36 rows.'
    assert second.endswith('Read as the sheet "Data" with a decimal point.')


OVERFITTED = Project(
    data=DataSpec(source=GeneratedSource(samples=60, noise=0.5), test_fraction=0.5),
    training=TrainingSpec(optimizer=OptimizerSpec(name="adam", learning_rate=0.3), batch_size=5),
)


def test_the_best_epoch_is_named_and_exported_where_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(with_epochs(OVERFITTED, 60))
    train(run, progress=lambda _done, _total: None)
    best = run.best_epoch
    assert 0 < best < 60
    path, out = tmp_path / "p.nnp.json", tmp_path / "w.npz"
    save(OVERFITTED, path)
    assert main(["train", str(path), "--epochs", "60", "--export", str(out)]) == 0
    err = capsys.readouterr().err
    assert (
        f"Training ended with epoch 60, past its best, epoch {best}, chosen on the test part; --best exports that one."
        in err
    )
    assert read_model(out).facts.epochs == 60
    assert main(["train", str(path), "--epochs", "60", "--export", str(out), "--best"]) == 0
    err = capsys.readouterr().err
    assert (
        f"Training ended with epoch 60, past its best, epoch {best}, chosen on the test part; its network is exported."
        in err
    )
    assert main(["train", str(path), "--epochs", "60", "--best"]) == 0
    assert "chosen on the test part.\n" in capsys.readouterr().err  # nothing is said to be exported
    exported = read_model(out)
    told = open_project(out).told
    assert told is not None and words_of(told).startswith(
        f"Opened w.npz as it was trained: the weights of epoch {best}, the best of 60"
    )
    assert main(["train", str(path), "--epochs", str(best), "--export", str(out)]) == 0
    assert "past its best" not in capsys.readouterr().err
    again = read_model(out)
    assert all(np.array_equal(one, other) for one, other in zip(exported.weights, again.weights, strict=True))
    assert replace(exported.facts, epochs=best) == again.facts


def test_a_shipped_data_set_is_trained_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["train", "penguins.csv", "--epochs", "1"]) == 0
    assert capsys.readouterr().out.startswith('Predicts "species" (3 classes')
    (tmp_path / "penguins.csv").write_text("a,y\n" + "".join(f"{row}.5,{row}.25\n" for row in range(20)))
    assert main(["train", "penguins.csv", "--epochs", "1"]) == 0
    assert capsys.readouterr().out.startswith('Predicts "y" (a number) from "a"')


def test_a_sheet_is_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.ods"
    rows: Rows = [("a", "b", "larger"), *((a, b, "yes" if a > b else "no") for a in range(6) for b in range(6))]
    path.write_bytes(ods({"Notes": [("only",), ("one",)], "Data": rows}))
    assert main(["train", str(path), "--epochs", "1"]) == 2
    assert 'sheet "Notes"' in capsys.readouterr().err
    assert main(["train", str(path), "--epochs", "1", "--sheet", "Data"]) == 0
    assert 'Read as the sheet "Data"' in capsys.readouterr().out
    assert main(["train", str(path), "--epochs", "1", "--sheet", "Date"]) == 2
    assert 'has no sheet "Date"; its sheets are "Notes", "Data".' in capsys.readouterr().err
    project = tmp_path / "p.nnp.json"
    save(Project(), project)
    assert main(["train", str(project), "--sheet", "Data"]) == 2
    assert "--sheet and --leave-out-ragged are for tables" in capsys.readouterr().err
    (tmp_path / "t.csv").write_text("a,b,y\n1,2,3.5\n2,3,4.5\n")
    assert main(["train", str(tmp_path / "t.csv"), "--sheet", "Data"]) == 2
    assert "--sheet is for workbooks (.xlsx, .ods, .xls); leave it out." in capsys.readouterr().err
