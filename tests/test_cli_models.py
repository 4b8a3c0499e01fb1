"""The commands with a trained model: it goes on from where it stands, and says so."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from nnplayground import api
from nnplayground.cli import main
from nnplayground.export.formats import export, read_model
from nnplayground.headless import model_of
from nnplayground.project.model import DataSpec, GeneratedSource, Project, TableSource
from nnplayground.project.training_spec import StopSpec, TrainingSpec
from nnplayground.training.run.run import Run

CIRCLE = Project(data=DataSpec(source=GeneratedSource("circle", samples=60)))
ROWS = "a,b,kind\n" + "".join(f"{k},{k * k % 17},{('cat', 'dog')[k % 2]}\n" for k in range(40))


def command(*arguments: str | Path) -> str:
    """Do a command that shows windows, in a process of its own, and return what it says on stderr."""
    call = [sys.executable, "-m", "nnplayground", *map(str, arguments)]
    outcome = subprocess.run(call, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stderr


def model_file(folder: Path, project: Project = CIRCLE, *, epochs: int = 5) -> Path:
    run = Run(project)
    run.train_epochs(epochs)
    export(model_of(run), folder / "m.npz")
    return folder / "m.npz"


def test_train_goes_on_for_so_many_epochs_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = model_file(tmp_path)
    assert main(["train", str(path), "--epochs", "3", "--export", str(tmp_path / "on.model.json")]) == 0
    printed = capsys.readouterr()
    assert "Opened m.npz as it was trained: 5 epochs, " in printed.err
    assert "% on the test part; training goes on from there." in printed.err
    assert printed.out.startswith("8 epochs, ")
    assert read_model(tmp_path / "on.model.json").facts.epochs == 8


def test_a_limit_that_is_reached_leaves_the_network_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = model_file(tmp_path, replace(CIRCLE, training=TrainingSpec(stop=StopSpec(max_epochs=5))))
    again = tmp_path / "again.npz"
    assert main(["train", str(path), "--export", str(again)]) == 0
    printed = capsys.readouterr()
    assert "on the test part.\n" in printed.err
    assert printed.out.startswith("5 epochs, ")
    assert again.read_bytes() == path.read_bytes()


def test_quiet_says_nothing_and_json_counts_all_epochs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", str(model_file(tmp_path)), "--epochs", "2", "--json", "--quiet"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert json.loads(printed.out)["epochs"] == 7


def test_seeds_train_its_experiment_from_the_beginning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = model_file(tmp_path)
    assert main(["train", str(path), "--epochs", "2", "--seeds", "1,2", "--json", "--quiet"]) == 0
    assert [run["epochs"] for run in json.loads(capsys.readouterr().out)["runs"]] == [2, 2]


def test_a_missing_table_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text(ROWS, encoding="utf-8")
    source = TableSource(path=str(tmp_path / "t.csv"), inputs=("a", "b"), targets=("kind",))
    path = model_file(tmp_path, Project(data=DataSpec(source=source)))
    (tmp_path / "t.csv").rename(tmp_path / "u.csv")
    assert main(["train", str(path)]) == 2
    assert capsys.readouterr().err == (
        f"nnplayground: {path}: The table t.csv, on which the network was trained, was not found in {tmp_path}; "
        "put it there.\n"
    )
    run = api.open_run(path, data=tmp_path / "u.csv")
    assert run.epoch == 5


def test_changed_data_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text(ROWS, encoding="utf-8")
    source = TableSource(path=str(tmp_path / "t.csv"), inputs=("a", "b"), targets=("kind",))
    path = model_file(tmp_path, Project(data=DataSpec(source=source, scaling="standardize")))
    (tmp_path / "t.csv").write_text(ROWS + "99,1,dog\n", encoding="utf-8")
    assert main(["train", str(path), "--epochs", "1"]) == 0
    assert "The data have changed since the training" in capsys.readouterr().err


def test_a_screenshot_shows_it_as_it_is_or_after_more_epochs(tmp_path: Path) -> None:
    path = model_file(tmp_path)
    for epochs in ("0", "2"):
        picture = tmp_path / f"{epochs}.png"
        said = command("screenshot", picture, path, "--epochs", epochs, "--size", "640x480")
        assert "Opened m.npz as it was trained: 5 epochs, " in said
        assert picture.stat().st_size > 1000
    assert (tmp_path / "0.png").read_bytes() != (tmp_path / "2.png").read_bytes()


def test_a_film_begins_with_the_trained_network(tmp_path: Path) -> None:
    path, film = model_file(tmp_path), tmp_path / "film.gif"
    said = command("animate", film, path, "--epochs", "3", "--frames", "4", "--size", "320x240", "--what", "cost")
    assert "training goes on from there" in said
    with Image.open(film) as moving:
        assert len(list(ImageSequence.Iterator(moving))) == 4


def test_a_notebook_goes_on_from_a_file(tmp_path: Path) -> None:
    run = Run(CIRCLE)
    run.train_epochs(4)
    api.save_model(run, tmp_path / "m.model.json")
    again = api.open_run(tmp_path / "m.model.json")
    assert np.array_equal(again.network.parameters, run.network.parameters)
    again.train_epochs(2)
    assert again.epoch == 6
