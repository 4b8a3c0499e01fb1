"""Every export format: the same bits come back, other programs get the same predictions, damage is told."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from nnplayground.data.scaling import Scaling
from nnplayground.errors import InputError, UserError, WorkError
from nnplayground.export import formats
from nnplayground.export.formats import FORMATS, export, format_of, read_model
from nnplayground.export.model import Facts, same
from nnplayground.export.opening import open_project
from nnplayground.export.trained import project_from
from nnplayground.project.model import DataSpec, GeneratedSource, Project, TableSource
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run.run import Run
from tests.export.models import CIRCLE, PENGUINS, trained
from tests.export.trained_layers import dense_layers
from tests.projects import projects

# What a practitioner would write with nothing but NumPy.
PREDICT = """
import sys
import numpy as np
with np.load(sys.argv[1]) as model:
    a = ((np.load(sys.argv[2]) - model["shift"]) / model["scale"]).T
    for number, name in enumerate(model["activations"], start=1):
        z = model[f"weights_{number}"] @ a + model[f"biases_{number}"][:, None]
        a = {"tanh": np.tanh, "identity": lambda z: z, "relu": lambda z: np.maximum(z, 0.0),
             "sigmoid": lambda z: 1.0 / (1.0 + np.exp(-z)),
             "softmax": lambda z: np.exp(z - z.max(0)) / np.exp(z - z.max(0)).sum(0)}[str(name)](z)
np.save(sys.argv[3], a.T)
"""


@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(project=projects())
def test_any_model_comes_back_bit_for_bit(entry: formats.Format, project: Project) -> None:
    _, model = trained(project, epochs=1)
    assert same(entry.read(entry.write(model)), model)


@pytest.mark.parametrize("project", [PENGUINS, CIRCLE], ids=["penguins", "circle"])
@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
def test_a_model_read_back_predicts_what_the_run_predicts(
    entry: formats.Format, project: Project, tmp_path: Path
) -> None:
    run, model = trained(project)
    path = tmp_path / f"model{entry.suffix}"
    export(model, path)
    raw = run.data.samples.inputs
    expected = run.network.outputs(run.data.network_inputs(raw))
    assert np.array_equal(read_model(path).outputs(raw), expected)


def test_numpy_alone_predicts_the_same_in_a_fresh_process(tmp_path: Path) -> None:
    run, model = trained(PENGUINS)
    export(model, tmp_path / "model.npz")
    np.save(tmp_path / "inputs.npy", run.data.samples.inputs)
    call = [sys.executable, "-c", PREDICT, *(str(tmp_path / name) for name in ("model.npz", "inputs.npy", "out.npy"))]
    subprocess.run(call, check=True, capture_output=True)
    expected = run.network.outputs(run.data.network_inputs(run.data.samples.inputs))
    np.testing.assert_allclose(np.load(tmp_path / "out.npy"), expected, rtol=1e-12, atol=1e-15)


def test_the_model_file_has_the_shape_of_the_design(tmp_path: Path) -> None:
    _, model = trained(PENGUINS)
    export(model, tmp_path / "m.model.json")
    document = json.loads((tmp_path / "m.model.json").read_text(encoding="utf-8"))
    assert (document["format"], document["version"]) == ("nnplayground/model", 2)
    assert [layer["activation"] for layer in document["layers"]] == ["tanh", "tanh", "softmax"]
    assert np.array(document["layers"][0]["weights"]).shape == (4, len(model.inputs))
    assert document["output"]["classes"] == ["Adelie", "Chinstrap", "Gentoo"]
    assert document["training"]["epochs"] == 3


@pytest.mark.parametrize("name", ["model", "model.json", "model.onnx", "model.npz.txt"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"must end in \.npz or \.model\.json"):
        format_of(Path(name))


@pytest.mark.parametrize("name", ["model.npz", "model.model.json"])
@pytest.mark.parametrize("cost", [np.inf, np.nan])
def test_a_cost_that_is_not_finite_is_left_open(cost: float, name: str, tmp_path: Path) -> None:
    _, model = trained(CIRCLE)
    export(replace(model, facts=Facts(3, 1, cost, 0.5)), tmp_path / name)
    assert read_model(tmp_path / name).facts == Facts(3, 1, None, 0.5)


def test_parts_that_do_not_fit_are_named() -> None:
    _, model = trained(CIRCLE)
    wrong = replace(model.layers[1], weights=model.weights[0])
    with pytest.raises(InputError, match=r"layers\[1\].weights is \"4 × 3\"; it must be a matrix of the shape out × 4"):
        replace(model, layers=(model.layers[0], wrong, model.layers[2]))


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.npz"
    path.write_bytes(b"precious")
    _, model = trained(CIRCLE)

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(WorkError, match="no space left"):
            export(model, path)
    assert path.read_bytes() == b"precious"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkError, match="could not be written: no such file or directory"):
        export(trained(CIRCLE)[1], tmp_path / "nowhere" / "model.npz")


def test_a_format_that_loses_something_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, model = trained(CIRCLE)
    writer = FORMATS["npz"].write
    broken = replace(FORMATS["npz"], write=lambda model: writer(replace(model, classes=("x", "y"))))
    monkeypatch.setitem(FORMATS, "npz", broken)
    with pytest.raises(WorkError, match="would not give the same weights back"):
        export(model, tmp_path / "model.npz")
    assert list(tmp_path.iterdir()) == []


class TestOpeningAModel:
    @pytest.mark.parametrize("project", [PENGUINS, CIRCLE], ids=["penguins", "circle"])
    def test_a_model_becomes_a_project_that_predicts_the_same(self, project: Project) -> None:
        run, model = trained(project)
        reopened = Run(project_from(model))
        raw = run.data.samples.inputs[:20]
        found = reopened.network.outputs(reopened.data.network_inputs(raw))
        np.testing.assert_allclose(found, model.outputs(raw), rtol=1e-9, atol=1e-12)

    def test_cost_and_features_come_back(self) -> None:
        source = TableSource(path="penguins.csv", inputs=("bill_length_mm", "bill_depth_mm"), targets=("species",))
        data = DataSpec(source=source, features=("x2", "x1"), scaling="standardize")
        run, model = trained(Project(data=data, training=TrainingSpec(cost="mse")), epochs=30)
        reopened = Run(project_from(model))
        assert reopened.project.data.features == ("x2", "x1")
        assert reopened.data.rule.cost == "mse"
        found = reopened.network.outputs(reopened.data.network_inputs(run.data.samples.inputs))
        np.testing.assert_allclose(found, model.outputs(run.data.samples.inputs), rtol=1e-9, atol=1e-12)

    def test_formulas_come_back_and_mean_the_same(self) -> None:
        features = ("x1", "x1^2 + sin(3*x2)", "exp(-(x1^2 + x2^2)/4)")
        data = DataSpec(source=GeneratedSource(samples=60), features=features, scaling="standardize")
        run, model = trained(Project(data=data), epochs=30)
        reopened = Run(project_from(model))
        assert reopened.project.data.features == model.features == features
        raw = run.data.samples.inputs
        found = reopened.network.outputs(reopened.data.network_inputs(raw))
        np.testing.assert_allclose(found, model.outputs(raw), rtol=1e-9, atol=1e-12)

    def test_predicting_where_a_formula_has_no_value_is_refused_with_the_sample(self) -> None:
        data = DataSpec(source=GeneratedSource(samples=60), features=("log(x1 + 7)",))
        _, model = trained(Project(data=data))
        with pytest.raises(InputError, match=r"The feature log\(x1 \+ 7\) has no value at the sample x1 = −9, x2 = 0"):
            model.outputs(np.array([[1.0, 1.0], [-9.0, 0.0]]))

    def test_classes_in_another_order_are_refused(self) -> None:
        _, model = trained(PENGUINS)
        with pytest.raises(InputError, match=r"in the order of penguins\.csv"):
            project_from(replace(model, classes=model.classes[::-1]))
        _, model = trained(CIRCLE)
        with pytest.raises(InputError, match=r"output.classes is \[\"blue\", \"orange\"\]; it must be in the order"):
            project_from(replace(model, classes=model.classes[::-1]))

    def test_what_a_project_cannot_hold_is_told_with_its_place(self) -> None:
        _, model = trained(CIRCLE)
        weights, biases = (np.ones((5000, 3)), np.ones((1, 5000))), (np.ones(5000), np.ones(1))
        with pytest.raises(InputError, match=r"layers\[0\].units is 5000; it must be"):
            project_from(replace(model, layers=dense_layers(("tanh", "sigmoid"), weights, biases), experiment=None))
        with pytest.raises(InputError, match=r"input.scaling.scale is .* without becoming infinite"):
            project_from(replace(model, scaling=Scaling("none", (0.0,) * 3, (5e-324,) * 3)))

    def test_a_model_of_unknown_data_says_what_to_open(self) -> None:
        _, model = trained(CIRCLE)
        stranger = replace(model, inputs=("height", "weight"))
        with pytest.raises(UserError, match="height, weight"):
            project_from(stranger)

    def test_the_file_of_a_model_that_cannot_be_opened_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "s.npz"
        export(replace(trained(CIRCLE)[1], inputs=("height", "weight"), experiment=None), path)
        with pytest.raises(InputError, match=r"s\.npz: The model was trained on height, weight"):
            open_project(path)
