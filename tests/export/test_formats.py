"""Every export format: the same bits come back, other programs get the same predictions, damage is told."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplayground.data.scaling import Scaling
from nnplayground.errors import InputError, UserError, WorkError
from nnplayground.export import formats
from nnplayground.export.formats import FORMATS, export, format_of, read_model
from nnplayground.export.model import TrainedModel, same
from nnplayground.export.trained import project_from
from nnplayground.headless import model_of
from nnplayground.project.model import DataSpec, GeneratedSource, Project, TableSource
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.run import Run
from tests.project.test_codec import JUNK, places
from tests.projects import projects

PENGUINS = Project(data=DataSpec(source=TableSource(path="penguins.csv", target="species"), scaling="standardize"))
CIRCLE = Project(data=DataSpec(source=GeneratedSource(samples=40), features=("x1", "x2", "x1^2"), scaling="min_max"))

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


def trained(project: Project, *, epochs: int = 3) -> tuple[Run, TrainedModel]:
    run = Run(project)
    run.train_epochs(epochs)
    return run, model_of(run)


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
    assert (document["format"], document["version"]) == ("nnplayground/model", 1)
    assert [layer["activation"] for layer in document["layers"]] == ["tanh", "tanh", "softmax"]
    assert np.array(document["layers"][0]["weights"]).shape == (4, len(model.inputs))
    assert document["output"]["classes"] == ["Adelie", "Chinstrap", "Gentoo"]
    assert document["training"]["epochs"] == 3


@pytest.mark.parametrize("name", ["model", "model.json", "model.onnx", "model.npz.txt"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(InputError, match=r"must end in \.npz or \.model\.json"):
        format_of(Path(name))


@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
@given(content=st.binary(max_size=200))
def test_junk_is_one_clear_sentence(entry: formats.Format, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        entry.read(content)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
def test_a_file_cut_short_is_one_clear_sentence(entry: formats.Format) -> None:
    content = entry.write(trained(CIRCLE)[1])
    for length in range(0, len(content) - 2, max(1, len(content) // 50)):
        with pytest.raises(InputError):
            entry.read(content[:length])


def test_a_missing_part_is_named() -> None:
    content = json.loads(FORMATS["model_json"].write(trained(CIRCLE)[1]))
    del content["layers"][0]["biases"]
    with pytest.raises(InputError, match=r"layers\[0\].biases is missing; it must be a list"):
        FORMATS["model_json"].read(json.dumps(content).encode())


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_a_model_file_with_anything_replaced_is_read_or_refused_in_one_line(data: st.DataObject) -> None:
    document = json.loads(FORMATS["model_json"].write(trained(PENGUINS)[1]))
    place, key = data.draw(st.sampled_from(list(places(document))))
    if data.draw(st.booleans()) and isinstance(place, dict):
        del place[key]
    else:
        place[key] = data.draw(JUNK)
    read_or_refuse(FORMATS["model_json"], json.dumps(document).encode())


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_an_archive_with_a_flipped_byte_is_read_or_refused_in_one_line(data: st.DataObject) -> None:
    content = bytearray(FORMATS["npz"].write(trained(CIRCLE)[1]))
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    content = bytearray(packed.getvalue())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    read_or_refuse(FORMATS["npz"], bytes(content))


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_an_archive_with_another_array_is_read_or_refused_in_one_line(data: st.DataObject) -> None:
    with np.load(io.BytesIO(FORMATS["npz"].write(trained(CIRCLE)[1]))) as archive:
        arrays = {name: archive[name] for name in archive.files}
    name = data.draw(st.sampled_from(sorted(arrays)))
    wrong: list[Any] = [np.inf, -1, "x", [], [1.0], [["a"]], np.zeros((2, 2)), 1j, np.nan, 2.5]
    arrays[name] = np.array(data.draw(st.sampled_from(wrong)))
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    read_or_refuse(FORMATS["npz"], buffer.getvalue())


def test_a_single_array_is_no_archive() -> None:
    buffer = io.BytesIO()
    np.save(buffer, np.zeros(3))
    with pytest.raises(InputError, match="single array"):
        FORMATS["npz"].read(buffer.getvalue())


def read_or_refuse(entry: formats.Format, content: bytes) -> None:
    said = "."
    try:
        entry.read(content)
    except InputError as error:
        said = str(error)
    assert "\n" not in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"activations": ("tanh", "tanh", "relu6")}, 'Layer 3 of the model has the activation "relu6"'),
        ({"activations": ("softmax", "tanh", "sigmoid")}, 'Layer 1 of the model has the activation "softmax"'),
        ({"classes": ("a", "a")}, "two or more different names"),
        ({"classes": ("a", "b", "c")}, "1 outputs for 3 classes; it must have 3"),
        ({"features": ("x1", "x2", "x3")}, "they must be the inputs themselves"),
        ({"scaling": Scaling("none", (0.0,), (1.0,))}, "1 shifts and 1 scales; it must have 3 of each"),
    ],
)
def test_a_model_that_cannot_be_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        replace(trained(CIRCLE)[1], **changes)


def test_parts_that_do_not_fit_are_named() -> None:
    _, model = trained(CIRCLE)
    with pytest.raises(InputError, match="Layer 2 of the model has weights of shape"):
        replace(model, weights=(model.weights[0], model.weights[0], model.weights[2]))


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
        source = TableSource(path="penguins.csv", inputs=("bill_length_mm", "bill_depth_mm"), target="species")
        data = DataSpec(source=source, features=("x2", "x1"), scaling="standardize")
        run, model = trained(Project(data=data, training=TrainingSpec(cost="mse")), epochs=30)
        reopened = Run(project_from(model))
        assert reopened.project.data.features == ("x2", "x1")
        assert reopened.data.rule.cost == "mse"
        found = reopened.network.outputs(reopened.data.network_inputs(run.data.samples.inputs))
        np.testing.assert_allclose(found, model.outputs(run.data.samples.inputs), rtol=1e-9, atol=1e-12)

    def test_classes_in_another_order_are_refused(self) -> None:
        _, model = trained(PENGUINS)
        with pytest.raises(InputError, match="in the order Gentoo, Chinstrap, Adelie"):
            project_from(replace(model, classes=model.classes[::-1]))

    def test_a_model_of_unknown_data_says_what_to_open(self) -> None:
        _, model = trained(CIRCLE)
        stranger = replace(model, inputs=("height", "weight"))
        with pytest.raises(UserError, match="height, weight"):
            project_from(stranger)
