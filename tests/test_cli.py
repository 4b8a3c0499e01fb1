"""The commands as a user calls them: status, stdout, stderr, and no traceback ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nnplayground import cli
from nnplayground.cli import main
from nnplayground.export.formats import read_model
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, DropoutSpec, FlattenSpec, MaxPool2DSpec
from nnplayground.project.model import DataSpec, GeneratedSource, ImagesSource, NetworkSpec, Project
from nnplayground.project.storage import save
from nnplayground.project.training_spec import OptimizerSpec, TrainingSpec
from tests.houses import houses

SMALL = Project(data=DataSpec(source=GeneratedSource(samples=60)))
EXPLODING = replace(
    SMALL,
    network=NetworkSpec(layers=(DenseSpec(activation="relu"),), output_activation="identity"),
    training=TrainingSpec(optimizer=OptimizerSpec(learning_rate=1e6)),
)

Says = Callable[[], str]


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    path = tmp_path / "small.nnp.json"
    save(SMALL, path)
    return path


def run_module(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call `python -m nnplayground` in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept.pop("QT_QPA_PLATFORM", None)
    call = [sys.executable, "-m", "nnplayground", *arguments]
    return subprocess.run(call, cwd=folder, env=kept | environment, capture_output=True, text=True, check=False)


class TestSettings:
    def test_fields_are_changed_for_one_training(
        self, project_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call = ["train", str(project_file), "--epochs", "2", "--json", "--quiet"]
        texts = ["training.optimizer.name=adam", "training.batch_size=5", "network.layers[0].units=3"]
        assert main([*call, *(word for text in texts for word in ("--set", text))]) == 0
        found = json.loads(capsys.readouterr().out)
        training = TrainingSpec(optimizer=OptimizerSpec(name="adam"), batch_size=5)
        same = replace(SMALL, training=training, network=NetworkSpec(layers=(DenseSpec(3), DenseSpec(2))))
        save(same, tmp_path / "same.nnp.json")
        assert main(["train", str(tmp_path / "same.nnp.json"), "--epochs", "2", "--json", "--quiet"]) == 0
        expected = json.loads(capsys.readouterr().out)
        assert (found["train_cost"], found["test_cost"]) == (expected["train_cost"], expected["test_cost"])

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("training.batch_size", '"training.batch_size" is no FIELD=VALUE, such as training.batch_size=32'),
            ("training.batch_size=0", "training.batch_size is 0; it must be"),
            ("training.batch_size=many", 'training.batch_size is "many"; it must be'),
            ("training.lr=0.1", "training.lr"),
            ("seed=" + "[" * 5000, "seed is"),
        ],
    )
    def test_what_is_wrong_is_told_in_one_line(
        self, text: str, words: str, project_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["train", str(project_file), "--set", text]) == 2
        out = capsys.readouterr()
        assert words in out.err and out.err.count("\n") == 1 and out.out == ""


class TestTrain:
    def test_it_tells_of_several_targets_and_of_what_keeps_them_from_being_learned(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "houses.json"
        save(houses(), path)
        assert main(["train", str(path), "--epochs", "30"]) == 0
        told = capsys.readouterr().out
        assert "train cost of the scaled targets" in told and "Nothing is learned" not in told
        assert "target (test)" in told and "\nprice " in told and "\nrent " in told
        save(houses(target_scaling="none"), path)
        assert main(["train", str(path), "--epochs", "30"]) == 0
        assert "Nothing is learned, as price lies between" in capsys.readouterr().out
        assert main(["train", str(path), "--epochs", "30", "--json", "--quiet"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert [finding["id"] for finding in report["findings"]] == ["targets_unscaled"]
        assert [target["target"] for target in report["test"]["by_target"]] == ["price", "rent"]
        assert report["target_scaling"] is None

    def test_json_holds_the_promised_keys(self, project_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["train", str(project_file), "--epochs", "3", "--json", "--quiet"]) == 0
        out, err = capsys.readouterr()
        report = json.loads(out)
        assert list(report) == [
            "epochs", "train_cost", "test_cost", "train_accuracy", "test_accuracy",
            "validation_cost", "validation_accuracy", "best_epoch", "best_chosen_on", "stop_reason", "seconds",
            "samples_per_second", "penalty", "train", "test", "validation", "layers", "layer_samples",
            "target_scaling", "findings",
        ]  # fmt: skip
        assert (report["target_scaling"], report["findings"]) == (None, [])
        assert report["epochs"] == 3
        assert report["stop_reason"] == "max_epochs"
        assert 0.0 <= report["test_accuracy"] <= 1.0
        assert report["samples_per_second"] == pytest.approx(3 * 48 / report["seconds"])
        assert err == ""

    def test_json_holds_the_measures_of_parts_classes_and_layers(
        self, project_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["train", str(project_file), "--epochs", "3", "--json", "--quiet"]) == 0
        report = json.loads(capsys.readouterr().out)
        train, test = report["train"], report["test"]
        assert (train["cost"], train["accuracy"]) == (report["train_cost"], report["train_accuracy"])
        assert (test["cost"], test["accuracy"]) == (report["test_cost"], report["test_accuracy"])
        assert test["samples"] == sum(map(sum, test["confusion"])) == 12
        assert [one["class"] for one in test["per_class"]] == test["classes"] == ["orange", "blue"]
        assert [(one["layer"], one["units"], one["output"]) for one in report["layers"]] == [
            (1, 4, False), (2, 2, False), (3, 1, True),
        ]  # fmt: skip
        assert all(sum(one["activations"]["counts"]) == 48 * one["units"] for one in report["layers"])

    def test_layers_have_the_numbers_by_which_the_window_calls_them(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        layers = (DropoutSpec(0.1), DenseSpec(4), DropoutSpec(0.2), DenseSpec(2))
        path = tmp_path / "dropouts.nnp.json"
        save(replace(SMALL, network=replace(SMALL.network, layers=layers)), path)
        assert main(["train", str(path), "--epochs", "1", "--json", "--quiet"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert [one["layer"] for one in report["layers"]] == [1, 2, 3]
        assert main(["train", str(path), "--epochs", "1"]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert [line.split()[:2] for line in lines if " dense " in line] == [
            ["1", "dense"],
            ["2", "dense"],
            ["3", "dense"],
        ]

    def test_without_a_test_part_its_figures_are_null(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = tmp_path / "all.nnp.json"
        save(replace(SMALL, data=replace(SMALL.data, test_fraction=0.0)), path)
        assert main(["train", str(path), "--epochs", "1", "--json", "--quiet"]) == 0
        report = json.loads(capsys.readouterr().out)
        assert (report["test_cost"], report["test_accuracy"], report["test"]) == (None, None, None)

    def test_words_and_progress_go_to_the_right_streams(
        self, project_file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["train", str(project_file), "--epochs", "2"]) == 0
        out, err = capsys.readouterr()
        assert out.startswith("2 epochs, train cost ")
        assert [line.split()[0] for line in out.splitlines() if line] == [
            "2", "train", "samples", "cost", "accuracy", "balanced", "class", "orange", "blue",
            "layer", "1", "2", "3",
        ]  # fmt: skip
        assert "[##############################] epoch 2 of 2" in err

    def test_exports_hold_the_trained_weights(self, project_file: Path, tmp_path: Path) -> None:
        paths = [tmp_path / "w.npz", tmp_path / "w.model.json"]
        call = ["train", str(project_file), "--epochs", "2", "--quiet", "--export", *map(str, paths)]
        assert main(call) == 0
        one, other = (read_model(path) for path in paths)
        assert all(np.array_equal(a, b) for a, b in zip(one.weights, other.weights, strict=True))
        assert one.facts.epochs == 2

    def test_a_csv_can_be_trained_as_it_is(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        rows = [f"{a},{b},{'yes' if a > b else 'no'}" for a in range(6) for b in range(6)]
        (tmp_path / "t.csv").write_text("a,b,larger\n" + "\n".join(rows), encoding="utf-8")
        assert main(["train", str(tmp_path / "t.csv"), "--epochs", "50", "--json", "--quiet"]) == 0
        assert json.loads(capsys.readouterr().out)["train_accuracy"] > 0.8

    def test_divergence_is_work_that_failed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path, out = tmp_path / "x.nnp.json", tmp_path / "w.npz"
        save(EXPLODING, path)
        assert main(["train", str(path), "--json", "--quiet", "--export", str(out)]) == 1
        captured = capsys.readouterr()
        assert json.loads(captured.out)["stop_reason"] == "diverged"
        assert "diverged" in captured.err and "smaller learning rate" in captured.err
        assert not out.exists()


class TestWhatIsWrong:
    """Exit status 2 and one line that names the file, the field and the value."""

    @pytest.mark.parametrize(
        ("call", "words"),
        [
            (["train"], "PROJECT"),
            (["train", "missing.nnp.json"], "missing.nnp.json could not be read: no such file"),
            (["train", "broken.nnp.json"], "broken.nnp.json: It is not JSON"),
            (["train", "foreign.json"], 'foreign.json: format is null; it must be "nnplayground/project"'),
            (
                ["train", "zero.nnp.json"],
                "zero.nnp.json: network.layers[0].units is 0; it must be a whole number from 1",
            ),
            (["train", "million.nnp.json"], "network.layers[0].units is 1000000"),
            (["train", "images.nnp.json"], "no such folder"),
            (["train", "words.csv"], "words.csv"),
            (["train", "binary.csv"], "binary.csv"),
            (["train", "good.nnp.json", "--epochs", "none"], '"none" is no whole number'),
            (["train", "good.nnp.json", "--epochs", "0"], '"0" is no whole number from 1'),
            (["train", "good.nnp.json", "--export", "w.onnx"], 'The file name "w.onnx" tells no export format'),
            (["train", "good.nnp.json", "--speed"], "Unrecognized arguments: --speed"),
            (["picture.jpg"], "picture.jpg is of no kind that can be opened"),
            (["screenshot", "out.gif"], 'The file name "out.gif" must end in .png.'),
            (["screenshot", "out.png", "--size", "big"], '"big" is no size such as 1280x720'),
            (["screenshot", "out.png", "--size", "1x1"], "outside 320x240"),
            (["screenshot", "out.png", "--theme", "pink"], '"pink" is no theme; it must be light or dark'),
            (["convert", "a", "b"], 'neither a command nor a file "convert"'),
        ],
    )
    def test_one_line(
        self, call: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:  # fmt: skip
        head = '{"format": "nnplayground/project", "version": 1, '
        layers = '"network": {"layers": [{"kind": "dense", "units": %s, "activation": "tanh"}]}}'
        files = {
            "broken.nnp.json": b"{",
            "foreign.json": b'{"name": "something else"}',
            "zero.nnp.json": (head + layers % 0).encode(),
            "million.nnp.json": (head + layers % 1_000_000).encode(),
            "images.nnp.json": (head + '"data": {"source": {"kind": "images", "path": "no such folder"}}}').encode(),
            "words.csv": b"one,two\nx,y\nz,w\n",
            "binary.csv": bytes(range(256)),
            "good.nnp.json": (head + '"seed": 1}').encode(),
        }
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)
        monkeypatch.chdir(tmp_path)
        assert main(call) == 2
        out, err = capsys.readouterr()
        assert words in err
        assert err.startswith("nnplayground: ")
        assert err.count("\n") == 1
        assert "Traceback" not in err
        assert out == ""

    def test_a_folder_that_cannot_be_written_is_work_that_failed(
        self, project_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        target = tmp_path / "no" / "w.npz"
        assert main(["train", str(project_file), "--epochs", "1", "--quiet", "--export", str(target)]) == 1
        err = capsys.readouterr().err
        assert str(target) in err
        assert err.count("\n") == 1

    def test_a_wrong_target_is_found_before_training(
        self, project_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(cli, "train", lambda *_, **__: pytest.fail("It has begun to train."))
        assert main(["train", str(project_file), "--export", str(tmp_path / "no" / "w.npz")]) == 1

    def test_what_does_not_fit_the_data_names_the_file(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "c.nnp.json"
        network = NetworkSpec(output_activation="sigmoid")
        save(replace(SMALL, network=network, training=TrainingSpec(cost="cross_entropy")), path)
        assert main(["train", str(path)]) == 2
        assert f"{path}: training.cost is" in capsys.readouterr().err

    def test_control_c_ends_without_a_traceback(
        self, project_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def interrupt(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(cli, "train", interrupt)
        assert main(["train", str(project_file)]) == 130
        assert capsys.readouterr().err.endswith("stopped.\n")


class TestWithoutADisplay:
    def test_the_main_job_is_done_headless(self, tmp_path: Path) -> None:
        done = run_module(folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "No display was found" in done.stderr
        assert "epoch 100 of 100" in done.stderr
        folder = tmp_path / cli.OUTPUT_FOLDER
        assert sorted(path.name for path in folder.iterdir()) == ["weights.model.json", "weights.npz", "window.png"]
        assert (folder / "window.png").read_bytes().startswith(b"\x89PNG")
        assert str(folder) in done.stdout
        assert "Traceback" not in done.stderr

    def test_a_dead_display_counts_as_none(self, tmp_path: Path) -> None:
        done = run_module("nothing.nnp.json", folder=tmp_path, DISPLAY=":987")
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1

    def test_version_and_help_need_no_display(self, tmp_path: Path) -> None:
        assert run_module("--version", folder=tmp_path).stdout.startswith("NN Playground ")
        assert "nnplayground train PROJECT" in run_module("--help", folder=tmp_path).stdout


class TestPictures:
    def test_a_convolutional_network_on_the_digits_is_trained_exported_and_trained_on(self, tmp_path: Path) -> None:
        layers = (Conv2DSpec(filters=2, kernel_size=3, stride=2, padding=1), MaxPool2DSpec(), FlattenSpec())
        training = TrainingSpec(batch_size=200)
        project = Project(data=DataSpec(source=ImagesSource()), network=NetworkSpec(layers=layers), training=training)
        save(project, tmp_path / "digits.nnp.json")
        paths = [tmp_path / "a.npz", tmp_path / "b.model.json"]
        call = ["train", str(tmp_path / "digits.nnp.json"), "--epochs", "1", "--quiet", "--export", *map(str, paths)]
        assert main(call) == 0
        one, other = (read_model(path) for path in paths)
        assert all(np.array_equal(a, b) for a, b in zip(one.weights, other.weights, strict=True))
        assert [layer.kind for layer in one.layers] == ["conv2d", "max_pool2d", "flatten", "dense"]
        assert one.image_shape == (1, 8, 8)
        assert main(["train", str(paths[0]), "--epochs", "1", "--quiet"]) == 0
