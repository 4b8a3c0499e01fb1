"""Model files that are damaged, foreign or impossible: a model or one line, which names the place in the file."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplayground.data.scaling import Scaling
from nnplayground.errors import InputError
from nnplayground.export import formats
from nnplayground.export.formats import FORMATS
from nnplayground.export.layers import LayerForm, TrainedLayer
from nnplayground.export.model import TrainedModel, same
from tests.export.damage import message_for
from tests.export.models import CIRCLE, PENGUINS, trained
from tests.export.picture_models import tiny
from tests.project.test_codec import JUNK, places


@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
@given(content=st.binary(max_size=200))
def test_junk_is_one_clear_sentence(entry: formats.Format, content: bytes) -> None:
    with pytest.raises(InputError) as caught:
        entry.read(content)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("model", [trained(CIRCLE)[1], tiny()], ids=["dense", "pictures"])
@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
def test_a_file_cut_short_is_one_clear_sentence(entry: formats.Format, model: TrainedModel) -> None:
    content = entry.write(model)
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
    model = data.draw(st.sampled_from([trained(PENGUINS)[1], tiny()]))
    document = json.loads(FORMATS["model_json"].write(model))
    place, key = data.draw(st.sampled_from(list(places(document))))
    if data.draw(st.booleans()) and isinstance(place, dict):
        del place[key]
    else:
        place[key] = data.draw(JUNK)
    read_or_refuse(FORMATS["model_json"], json.dumps(document).encode())


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=100)
@given(data=st.data(), method=st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]))
def test_an_archive_with_a_flipped_byte_is_read_or_refused_in_one_line(data: st.DataObject, method: int) -> None:
    content = bytearray(packed(data.draw(st.sampled_from([trained(CIRCLE)[1], tiny()])), method=method))
    flip(content, data)
    read_or_refuse(FORMATS["npz"], bytes(content))


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=100)
@given(data=st.data())
def test_an_archive_of_damaged_arrays_is_read_or_refused_in_one_line(data: st.DataObject) -> None:
    def damage(content: bytes) -> bytes:
        changed = bytearray(content)
        flip(changed, data)
        return bytes(changed)

    model = data.draw(st.sampled_from([trained(CIRCLE)[1], tiny()]))
    damaged = data.draw(st.integers(0, len(arrays_of(model)) - 1))
    read_or_refuse(FORMATS["npz"], packed(model, change=damage, damaged=damaged))


@pytest.mark.parametrize(("place", "value"), [(8, 99), (10, 99), (6, 1), (4, 99)])
def test_an_archive_of_another_kind_is_no_archive_of_arrays(place: int, value: int) -> None:
    """Another way to compress, another version, encryption: what the directory of the ZIP says of its first entry."""
    content = bytearray(FORMATS["npz"].write(trained(CIRCLE)[1]))
    directory = content.index(b"PK\x01\x02")
    content[directory + place + 2 * (place > 4)] = value
    content[directory + 6 if place == 4 else directory + place] = value
    with pytest.raises(InputError, match="not an NPZ archive"):
        FORMATS["npz"].read(bytes(content))


@settings(suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_an_archive_with_another_array_is_read_or_refused_in_one_line(data: st.DataObject) -> None:
    model = data.draw(st.sampled_from([trained(CIRCLE)[1], tiny()]))
    name = data.draw(st.sampled_from(sorted(arrays_of(model))))
    wrong: list[Any] = [
        np.inf,
        -1,
        "x",
        "a\nb",
        "\ud800",
        [],
        [1.0],
        ["a"],
        [["a"]],
        np.zeros((2, 2)),
        1j,
        np.nan,
        2.5,
        b"x",
    ]
    read_or_refuse(FORMATS["npz"], with_array(model, name, np.array(data.draw(st.sampled_from(wrong)))))


@pytest.mark.parametrize(
    ("name", "array", "words"),
    [
        ("epochs", np.inf, 'epochs is "an array of float64 of the shape ()"; it must be a single whole number.'),
        ("epochs", -1, "epochs is -1; it must be a whole number from 0"),
        ("task", "nonsense", 'task is "nonsense"; it must be "classification", as the classes say.'),
        ("classes", [1.0, 2.0], 'classes is "an array of float64 of the shape (2,)"; it must be a list of texts.'),
        ("weights_2", [["1"]], 'weights_2 is "an array of <U1 of the shape (1, 1)"; it must be a matrix of numbers.'),
        ("weights_2", [[np.nan] * 4] * 2, "weights_2[0][0] is nan; it must be a finite number."),
        ("biases_1", [1.0], 'biases_1 is "1"; it must be a list of 4, one for each row of weights.'),
        ("activations", ["tanh", "softmax", "sigmoid"], 'activations[1] is "softmax"; it must be "tanh"'),
        ("scaling", "loud", 'scaling is "loud"; it must be "none"'),
        ("scale", [1.0, 0.0, 1.0], "scale[1] is 0; it must be another number, because it divides."),
        ("shift", [1.0], "scale is [9.6, 9.4, 23.0]; it must be a list of 1, one number for each of shift."),
        ("features", ["x1", "x2", "x9"], 'features[2] is "x9"; it must be a formula of x1 and x2 (x9 is not known'),
        ("features", ["x1", "x2", "().__class__"], 'features[2] is "().__class__"; it must be a formula of x1 and x2'),
        ("extra", 1, 'extra is "an array of int64 of the shape ()"; it must be left out'),
    ],
)
def test_what_is_wrong_in_an_archive_is_told_with_its_array(name: str, array: Any, words: str) -> None:
    _, model = trained(CIRCLE)
    model = replace(model, scaling=Scaling("min_max", (0.0, 0.0, 0.0), (9.6, 9.4, 23)))
    with pytest.raises(InputError) as caught:
        FORMATS["npz"].read(with_array(model, name, np.array(array)))
    assert words in str(caught.value)


def test_a_missing_array_is_named() -> None:
    with pytest.raises(InputError, match="weights_2 is missing; it must be a matrix of numbers"):
        FORMATS["npz"].read(with_array(trained(CIRCLE)[1], "weights_2", None))


@pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)
def test_a_file_that_does_not_know_its_cost_function_is_read(entry: formats.Format) -> None:
    _, model = trained(CIRCLE)
    document = json.loads(FORMATS["model_json"].write(model))
    del document["training"]["cost"]
    content = json.dumps(document).encode() if entry.suffix == ".model.json" else with_array(model, "cost", None)
    assert entry.read(content).facts == replace(model.facts, cost="")


def test_a_single_array_is_no_archive() -> None:
    buffer = io.BytesIO()
    np.save(buffer, np.zeros(3))
    with pytest.raises(InputError, match="single array"):
        FORMATS["npz"].read(buffer.getvalue())


def arrays_of(model: TrainedModel) -> dict[str, Any]:
    """Return the arrays of the archive of a model."""
    with np.load(io.BytesIO(FORMATS["npz"].write(model))) as archive:
        return {name: archive[name] for name in archive.files}


def with_array(model: TrainedModel, name: str, array: Any) -> bytes:
    """Return the archive of a model with another array, or without it."""
    arrays = {key: value for key, value in (arrays_of(model) | {name: array}).items() if value is not None}
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def packed(
    model: TrainedModel,
    *,
    method: int = zipfile.ZIP_STORED,
    change: Callable[[bytes], bytes] | None = None,
    damaged: int = 0,
) -> bytes:
    """Return the archive of a model compressed anew; `change` damages the bytes of the array number `damaged`."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(FORMATS["npz"].write(model))) as old,
        zipfile.ZipFile(buffer, "w", method) as new,
    ):
        for place, name in enumerate(old.namelist()):
            content = old.read(name)
            new.writestr(name, change(content) if change and place == damaged else content)
    return buffer.getvalue()


def flip(content: bytearray, data: st.DataObject) -> None:
    """Change one byte."""
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))


def read_or_refuse(entry: formats.Format, content: bytes) -> None:
    said = "."
    try:
        model = entry.read(content)
        assert same(entry.read(entry.write(model)), model)
    except InputError as error:
        said = str(error)
    assert said.isprintable()
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (("version",), True, "version is true; it must be a whole number from 1 to 2"),
        (("version",), 1.0, "version is 1.0; it must be a whole number from 1 to 2"),
        (("extra",), 1, "extra is 1; it must be left out"),
        (("layers", 0, "extra"), 1, "layers[0].extra is 1; it must be left out"),
        (("layers", 0, "kind"), "conv", 'layers[0].kind is "conv"; it must be "dense", "conv2d", "max_pool2d"'),
        (("layers", 1, "weights", 0, 2), "1.5", 'layers[1].weights[0][2] is "1.5"; it must be a finite number.'),
        (("layers", 1, "weights", 0, 2), True, "layers[1].weights[0][2] is true; it must be a finite number."),
        (("layers", 1, "weights", 1), [1.0], "layers[1].weights[1] is [1.0]; it must be a row of 4 numbers"),
        (("layers", 1, "weights"), [], "layers[1].weights is []; it must be a list of at least one row."),
        (("layers", 2, "biases", 0), 10**400, "layers[2].biases[0] is a whole number of more than 30 digits"),
        (("layers",), [], "it must be at least one layer"),
        (("input", "names"), ["a", "a"], 'input.names is ["a", "a"]; it must be a list of at least 1 different'),
        (("input", "names"), ["a", 1], "input.names[1] is 1; it must be a text."),
        (("input", "scaling", "scale", 1), 0, "input.scaling.scale[1] is 0; it must be another number"),
        (("input", "scaling", "shift"), [0], "input.scaling.scale is"),
        (("output", "task"), "nonsense", 'output.task is "nonsense"; it must be "classification"'),
        (("output", "classes"), ["a\ud800", "b"], 'output.classes is ["a\\ud800", "b"]; it must be a list'),
        (("training", "epochs"), 2.7, "training.epochs is 2.7; it must be a whole number"),
        (("training", "epochs"), 1e999, "training.epochs is inf; it must be a whole number"),
        (("training", "seed"), 10**400, "training.seed is a whole number of more than 30 digits"),
        (("training", "train_cost"), "low", 'training.train_cost is "low"; it must be a finite number.'),
        (("training", "cost"), None, "training.cost is null; it must be a text."),
    ],
)
def test_what_is_wrong_in_a_model_file_is_told_with_its_place(place: tuple[Any, ...], value: Any, words: str) -> None:
    assert words in message_for(trained(CIRCLE)[1], place, value)


def with_activation(place: int, name: str) -> dict[str, Any]:
    """Return what changes where a layer of the circle's model has another activation."""
    layers = list(trained(CIRCLE)[1].layers)
    layers[place] = replace(layers[place], activation=name)
    return {"layers": tuple(layers)}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (with_activation(2, "relu6"), 'layers[2].activation is "relu6"; it must be "tanh"'),
        (with_activation(0, "softmax"), 'layers[0].activation is "softmax"; it must be "tanh"'),
        (with_activation(2, "softmax"), "a matrix of 2 rows for 2 classes and softmax outputs"),
        ({"classes": ("a", "a")}, 'output.classes is ["a", "a"]; it must be a list of different texts'),
        ({"classes": ("a\0", "b")}, "different texts that can be written"),
        ({"classes": ("a",)}, "it must be an empty list (regression) or at least two classes"),
        ({"classes": ("a", "b", "c")}, 'layers[2].weights is "1 × 2"; it must be a matrix of 3 rows for 3 classes'),
        ({"features": ("x1", "x2", "x3")}, 'input.features[2] is "x3"; it must be a formula of x1 and x2 (x3 is not'),
        ({"features": ("x1", "x2", "9**" * 60)}, "it must be a formula of x1 and x2 (the formula is nested too deep"),
        ({"features": ()}, "input.features is []; it must be a list of 1 to 16 different features"),
        ({"features": ("x1", "x2", "x2")}, 'input.features is ["x1", "x2", "x2"]; it must be'),
        ({"inputs": ("a", "b", "c")}, "it must be the same list as input.names"),
        ({"scaling": Scaling("none", (0.0,), (1.0,))}, "input.scaling.shift is [0.0]; it must be a list of 3"),
    ],
)
def test_a_model_that_cannot_be_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError) as caught:
        replace(trained(CIRCLE)[1], **changes)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (lambda: TrainedLayer(LayerForm("dense"), "tanh", np.ones((2, 2))), "biases is null; it must be given, as the"),
        (lambda: TrainedLayer(LayerForm("dense")), "activation is null; it must be given, as the layer is of the kind"),
        (lambda: TrainedLayer(LayerForm("flatten"), "tanh"), 'activation is "tanh"; it must be left out, as the layer'),
    ],
)
def test_a_layer_has_all_numbers_of_its_kind_and_no_others(layer: Callable[[], TrainedLayer], words: str) -> None:
    with pytest.raises(InputError) as caught:
        layer()
    assert words in str(caught.value)
