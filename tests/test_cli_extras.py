"""Many seeds at once, the gradient check and repeated exports, as a user calls them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nnplayground.cli import main
from nnplayground.engine.activations import ACTIVATIONS, identity_backward
from nnplayground.engine.layers import dense
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.project.storage import save
from nnplayground.training.run.run import Run

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60)))
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project_file(tmp_path: Path) -> str:
    save(SMALL, tmp_path / "small.nnp.json")
    return str(tmp_path / "small.nnp.json")


def test_every_seed_gives_what_it_gives_alone(project_file: str, capsys: Capture) -> None:
    assert main(["train", project_file, "--seeds", "3,5-6", "--epochs", "4", "--json", "--quiet"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert [run["seed"] for run in figures["runs"]] == [3, 5, 6]
    for run in figures["runs"]:
        alone = Run(replace(SMALL, seed=run["seed"]))
        alone.train_epochs(4)
        assert run["test_cost"] == pytest.approx(alone.measures()[1].cost, rel=1e-12)
        assert run["train_score"] == alone.measures()[0].score
        assert (run["epochs"], run["stop_reason"]) == (4, "max_epochs")
    costs = sorted(run["train_cost"] for run in figures["runs"])
    assert list(figures["spread"]["train_cost"].values()) == pytest.approx(costs)


def test_the_seeds_may_change_the_first_weights_alone(project_file: str, capsys: Capture) -> None:
    call = ["train", project_file, "--seeds", "3,5", "--epochs", "4", "--json", "--quiet", "--vary", "weights"]
    assert main(call) == 0
    for run in json.loads(capsys.readouterr().out)["runs"]:
        initializer = replace(SMALL.network.initializer, seed=run["seed"])
        alone = Run(replace(SMALL, network=replace(SMALL.network, initializer=initializer)))
        alone.train_epochs(4)
        assert run["test_cost"] == pytest.approx(alone.measures()[1].cost, rel=1e-12)
    assert main(["train", project_file, "--seeds", "3,5", "--vary", "luck"]) == 2
    assert '"luck" is nothing that can vary; it must be weights or all' in capsys.readouterr().err
    assert main(["train", project_file, "--vary", "weights"]) == 2
    assert "--seeds" in capsys.readouterr().err


def test_the_spread_is_told_in_words(project_file: str, capsys: Capture) -> None:
    assert main(["train", project_file, "--seeds", "0-4", "--epochs", "2"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("5 runs in ") and "5 stopped: max epochs" in out
    assert out.splitlines()[2].split() == ["lowest", "median", "highest"]
    assert "test accuracy" in out
    assert "epoch 2 of 2" in err


@pytest.mark.parametrize(
    ("seeds", "words"),
    [
        ("x", '"x" is no whole number'),
        ("1,1", "each only once"),
        ("5-2", '"2" is no whole number from 5'),
        ("1-99999", "up to 1024 are possible"),
        ("", '"" is no whole number'),
    ],
)
def test_wrong_lists_of_seeds(project_file: str, capsys: Capture, seeds: str, words: str) -> None:
    assert main(["train", project_file, "--seeds", seeds]) == 2
    err = capsys.readouterr().err
    assert words in err and err.count("\n") == 1


@pytest.mark.parametrize("extra", [["--check-gradient"], ["--export", "x.npz"]])
def test_many_runs_are_not_one_network(project_file: str, capsys: Capture, extra: list[str]) -> None:
    assert main(["train", project_file, "--seeds", "1-3", *extra]) == 2
    assert "leave out --seeds" in capsys.readouterr().err


def test_the_gradient_is_checked_when_asked_for(project_file: str, capsys: Capture) -> None:
    assert main(["train", project_file, "--epochs", "3", "--check-gradient"]) == 0
    assert "Backpropagation and finite differences agree at" in capsys.readouterr().out
    assert main(["train", project_file, "--epochs", "3", "--check-gradient", "--json", "--quiet"]) == 0
    check = json.loads(capsys.readouterr().out)["gradient_check"]
    assert check["passed"] is True
    assert 0.0 <= check["relative_error"] < 1e-5


def test_a_wrong_gradient_is_a_failure(project_file: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = dict(ACTIVATIONS, tanh=replace(ACTIVATIONS["tanh"], backward=identity_backward))
    monkeypatch.setattr(dense, "ACTIVATIONS", wrong)
    assert main(["train", project_file, "--epochs", "3", "--check-gradient"]) == 1
    assert "do NOT agree" in capsys.readouterr().err


def test_export_may_be_given_twice(project_file: str, tmp_path: Path, capsys: Capture) -> None:
    paths = [tmp_path / "a.npz", tmp_path / "b.model.json"]
    calls = [word for path in paths for word in ("--export", str(path))]
    assert main(["train", project_file, "--epochs", "1", "--quiet", *calls]) == 0
    assert all(path.is_file() for path in paths)
