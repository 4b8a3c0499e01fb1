"""The model file `*.model.json`: readable text, exact numbers.

`layers` lists all layers from the input to the output, each with its `kind`. A "dense" layer holds `activation`,
`weights` `[out][in]` and `biases`. Where pictures go in, `input.image_shape` is `[channels, height, width]`; the pixels
in `input.names` lie in that order, the column running fastest. Then there are more kinds: "conv2d" with `activation`,
`weights` `[filters][channels][row][column]`, `biases`, `kernel_size`, `stride` and `padding`; "max_pool2d" and
"average_pool2d" with `pool_size`, `stride` and `padding`; "flatten". `nnplayground.export.npz` says what they do.

Targets that were scaled for training have `output.scaling`: an answer is an output times `scale` plus `shift`.
`experiment` is what the network was trained in, with the `project` as in a project file; predicting needs none of it.
"""

from __future__ import annotations

import json
from typing import Any

from nnplayground.data.scaling import AS_THEY_ARE, Scaling
from nnplayground.errors import MISSING, FieldError, InputError
from nnplayground.export import experiment
from nnplayground.export.json_part import JsonPart
from nnplayground.export.layers import KINDS, TrainedLayer, checked_form, is_kind
from nnplayground.export.model import Facts, TrainedModel, fitted_scaling
from nnplayground.project.json_text import parse_json

FORMAT = "nnplayground/model"
VERSION = 2
OLDEST_VERSION = 1


def write(model: TrainedModel) -> bytes:
    """Return the model as UTF-8 JSON; Python writes the shortest text that reads back to the same float64."""
    facts, scaling = model.facts, model.scaling
    shift, scale = list(scaling.shift), list(scaling.scale)
    content: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "layers": [_layer(layer) for layer in model.layers],
        "input": _input(model) | {"scaling": {"name": scaling.name, "shift": shift, "scale": scale}},
        "output": {"task": model.task, "classes": list(model.classes)} | _targets(model),
        "training": {
            "epochs": facts.epochs,
            "seed": facts.seed,
            "cost": facts.cost,
            "train_cost": facts.train_cost,
            "test_cost": facts.test_cost,
        },
    }
    if facts.validation_cost is not None:
        content["training"]["validation_cost"] = facts.validation_cost
    if model.experiment is not None:
        content["experiment"] = experiment.plain(model.experiment)
    return (json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _layer(layer: TrainedLayer) -> dict[str, Any]:
    """Return one layer as the file has it."""
    content: dict[str, Any] = {"kind": layer.kind, **layer.form.settings}
    if layer.weights is not None and layer.biases is not None:
        content["activation"] = layer.activation
        content["weights"], content["biases"] = layer.weights.tolist(), layer.biases.tolist()
    return content


def _input(model: TrainedModel) -> dict[str, Any]:
    """Return what goes into the network as the file has it."""
    content: dict[str, Any] = {"names": list(model.inputs), "features": list(model.features)}
    if model.image_shape is not None:
        content["image_shape"] = list(model.image_shape)
    return content


def _targets(model: TrainedModel) -> dict[str, Any]:
    """Return what is known of the targets as the file has it."""
    content: dict[str, Any] = {"targets": list(model.targets)} if model.targets else {}
    scaling = model.target_scaling
    if scaling != AS_THEY_ARE:
        content["scaling"] = {"name": scaling.name, "shift": list(scaling.shift), "scale": list(scaling.scale)}
    return content


def read(content: bytes) -> TrainedModel:
    """Return the model in the bytes; raises `InputError` with one sentence when they hold none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("It is not a text in UTF-8.") from error
    document = JsonPart("", parse_json(text))
    if document.get("format") != FORMAT:
        raise FieldError("format", document.get("format"), f'"{FORMAT}"')
    version = document.get("version")
    if version not in range(OLDEST_VERSION, VERSION + 1) or not isinstance(version, int) or isinstance(version, bool):
        raise FieldError("version", version, f"a whole number from {OLDEST_VERSION} to {VERSION}")
    is_first = version == OLDEST_VERSION
    document.knows("format", "version", "layers", "input", "output", "training", *(() if is_first else ("experiment",)))
    document.part("output").knows("task", "classes", *(() if is_first else ("targets", "scaling")))
    return _model(document)


def _model(document: JsonPart) -> TrainedModel:
    parts = [JsonPart(f"layers[{place}]", layer) for place, layer in enumerate(document.items("layers"))]
    layers = tuple(_read_layer(place, part) for place, part in enumerate(parts))
    given, output, training = (document.part(name) for name in ("input", "output", "training"))
    given.knows("names", "features", "image_shape", "scaling")
    training.knows("epochs", "seed", "cost", "train_cost", "test_cost", "validation_cost")
    shape = None if given.get("image_shape") is MISSING else tuple(given.items("image_shape"))
    model = TrainedModel(
        layers=layers,
        inputs=given.texts("names"),
        features=given.texts("features"),
        scaling=_scaling(given.part("scaling")),
        classes=output.texts("classes"),
        facts=_facts(training),
        image_shape=shape,
        targets=() if output.get("targets") is MISSING else output.texts("targets"),
        target_scaling=_target_scaling(output),
        experiment=None if document.get("experiment") is MISSING else experiment.read(document.part("experiment")),
    )
    if output.text("task") != model.task:
        raise FieldError("output.task", output.get("task"), f'"{model.task}", as the classes say')
    return model


def _read_layer(place: int, part: JsonPart) -> TrainedLayer:
    """Return a layer; what its kind does not have is refused."""
    kind = part.get("kind")
    numbers = {name: part.get(name) for name in KINDS[kind].settings} if is_kind(kind) else {}
    form = checked_form(place, kind, **numbers)
    dimensions = form.dimensions
    part.knows("kind", *numbers, *(("activation", "weights", "biases") if dimensions else ()))
    if not dimensions:
        return TrainedLayer(form)
    return TrainedLayer(form, part.text("activation"), part.array("weights", dimensions), part.numbers("biases"))


def _scaling(part: JsonPart) -> Scaling:
    part.knows("name", "shift", "scale")
    return fitted_scaling(part.text("name"), part.numbers("shift"), part.numbers("scale"))


def _target_scaling(output: JsonPart) -> Scaling:
    if output.get("scaling") is MISSING:
        return AS_THEY_ARE
    part = output.part("scaling")
    part.knows("name", "shift", "scale")
    shift, scale = part.numbers("shift"), part.numbers("scale")
    return fitted_scaling(part.text("name"), shift, scale, place="output.scaling")


def _facts(part: JsonPart) -> Facts:
    return Facts(
        epochs=part.whole("epochs"),
        seed=part.whole("seed"),
        train_cost=part.number_or_null("train_cost"),
        test_cost=part.number_or_null("test_cost"),
        validation_cost=part.number_or_null("validation_cost", default=None),
        cost=part.text("cost", default=""),
    )
