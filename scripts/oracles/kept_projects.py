"""Makes the project files that have to open for ever, and what became of them when they were made.

The files in tests/project/files were written by version 0.1, as it was before the editor drew blocks. `kept.json`
beside them tells their first weights, the cost after each epoch and the last parameters. A file that is there already
is left as it is. To keep one more, add it to `PROJECTS` and run: python scripts/oracles/kept_projects.py
"""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from nnplayground.project.codec import decode, encode
from nnplayground.project.layer_specs import (
    AveragePool2DSpec,
    Conv2DSpec,
    DenseSpec,
    DropoutSpec,
    FlattenSpec,
    LayerSpec,
    MaxPool2DSpec,
)
from nnplayground.project.model import (
    BiasInitializerSpec,
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    NetworkSpec,
    Parameters,
    PointsSource,
    Project,
    TableSource,
)
from nnplayground.project.parameter_index import FrozenParameter
from nnplayground.project.training_spec import OptimizerSpec, ScheduleSpec, StopSpec, TrainingSpec
from nnplayground.training.run.run import Run

FOLDER = Path(__file__).parents[2] / "tests" / "project" / "files"
RESULTS = FOLDER / "kept.json"
SUFFIX = ".nnp.json"

CIRCLE = DataSpec(GeneratedSource("circle", samples=60, noise=0.1))
BLOBS = DataSpec(GeneratedSource("blobs", samples=60, classes=3, noise=0.2))
DRAWN = DataSpec(
    PointsSource(points=tuple((x / 2.0 - 3.0, (x * 7 % 11) / 2.0 - 2.5, float(x * 7 % 11 > 4)) for x in range(24)))
)
PENGUINS = DataSpec(TableSource("penguins.csv", targets=("species",)), scaling="standardize", test_fraction=0.7)
MASS = DataSpec(TableSource("penguins.csv", targets=("body_mass_g",)), scaling="standardize", test_fraction=0.7)
DIGITS = DataSpec(ImagesSource("digits"), test_fraction=0.9)
CONV = Conv2DSpec(filters=3, kernel_size=3)


def project(
    name: str,
    *layers: LayerSpec,
    data: DataSpec = CIRCLE,
    network: dict[str, Any] | None = None,
    training: TrainingSpec | None = None,
    parameters: Parameters | None = None,
    epochs: int = 4,
) -> Project:
    """Return a project that trains for so many epochs."""
    training = training or TrainingSpec()
    stop = replace(training.stop, max_epochs=epochs)
    return Project(
        name=name,
        seed=len(name),
        data=data,
        network=NetworkSpec(layers=layers, **(network or {})),
        training=replace(training, stop=stop),
        parameters=parameters,
    )


def optimizer(name: str, rate: float, **settings: float) -> OptimizerSpec:
    """Return an optimizer."""
    return OptimizerSpec(name=name, learning_rate=rate, **settings)


PROJECTS = (
    project("no hidden layer"),
    project("one layer", DenseSpec(3)),
    project("two layers", DenseSpec(4), DenseSpec(2, "relu"), epochs=6),
    project("deep", *(DenseSpec(3, name) for name in ("sigmoid", "tanh", "elu", "gelu", "softplus")), data=BLOBS),
    project("dropout behind dense", DenseSpec(5), DropoutSpec(0.2), DenseSpec(3)),
    project("dropout behind each", DenseSpec(5), DropoutSpec(0.1), DenseSpec(4), DropoutSpec(0.5), data=BLOBS),
    project("dropout on inputs", DropoutSpec(0.2), DenseSpec(4), DenseSpec(2)),
    project("dropout on inputs alone", DropoutSpec(0.3), data=BLOBS),
    project("dropout twice", DenseSpec(6), DropoutSpec(0.2), DropoutSpec(0.3), DenseSpec(3)),
    project("dropout twice on inputs", DropoutSpec(0.1), DropoutSpec(0.2), DenseSpec(4, "relu")),
    project("dropout three times", DropoutSpec(0.1), DenseSpec(6), *(DropoutSpec(rate) for rate in (0.1, 0.2, 0.3))),
    project("dropout at rate 0", DenseSpec(4), DropoutSpec(0.0), DenseSpec(2)),
    project("dropout at rate 0 first", DropoutSpec(0.0), DenseSpec(4), DropoutSpec(0.4), DropoutSpec(0.0)),
    project("dropout of rate 0 before another", DenseSpec(4), DropoutSpec(0.0), DropoutSpec(0.25), DenseSpec(2)),
    project("off neurons", DenseSpec(5, off=(0, 3)), DropoutSpec(0.2), DenseSpec(3, off=(1,))),
    project(
        "frozen",
        DenseSpec(3),
        DropoutSpec(0.2),
        DenseSpec(2),
        network={
            "frozen": (
                FrozenParameter(0, 1, None, 0.25),
                FrozenParameter(0, 2, 1, -1.5),
                FrozenParameter(1, 0, 2, 0.75),
                FrozenParameter(2, 0, 1, 2.0),
            )
        },
    ),
    project(
        "frozen behind a dropout", DropoutSpec(0.2), DenseSpec(2), network={"frozen": (FrozenParameter(0, 1, 0, 1.0),)}
    ),
    project("table", DenseSpec(6, "relu"), DropoutSpec(0.2), data=PENGUINS, training=TrainingSpec(batch_size=32)),
    project("table of numbers", DropoutSpec(0.1), DenseSpec(4), data=MASS, training=TrainingSpec(l2=0.01)),
    project("drawn", DenseSpec(4), DropoutSpec(0.5), DropoutSpec(0.1), data=DRAWN),
    project(
        "drawn with given weights",
        DenseSpec(2),
        DropoutSpec(0.3),
        data=DRAWN,
        parameters=Parameters((((0.5, -0.25), (1.0, 0.125)), ((0.75, -0.5),)), ((0.0, 0.1), (0.2,))),
    ),
    project(
        "formulas",
        DenseSpec(4, "leaky_relu"),
        data=replace(CIRCLE, features=("x1^2", "x2^2", "sin(x1)", "x1 * x2"), validation_fraction=0.2),
        training=TrainingSpec(optimizer=optimizer("rmsprop", 0.01), schedule=ScheduleSpec("step", every=2)),
    ),
    project(
        "several optimizers momentum",
        DenseSpec(4),
        DropoutSpec(0.2),
        training=TrainingSpec(optimizer=optimizer("momentum", 0.05, momentum=0.8), clip_norm=1.0),
    ),
    project(
        "several optimizers adam",
        DenseSpec(4, "silu"),
        DropoutSpec(0.2),
        training=TrainingSpec(optimizer=optimizer("adam", 0.01), l1=0.001, shuffle=False),
        network={"initializer": InitializerSpec("he_normal", seed=7)},
    ),
    project(
        "several optimizers adamw",
        DenseSpec(4, "selu"),
        data=BLOBS,
        training=TrainingSpec(optimizer=optimizer("adamw", 0.02), schedule=ScheduleSpec("cosine", period=5)),
        network={
            "bias_initializer": BiasInitializerSpec("uniform", low=-0.1, high=0.1),
            "output_activation": "softmax",
        },
    ),
    project("flat pictures", DropoutSpec(0.2), DenseSpec(6, "relu"), DropoutSpec(0.5), data=DIGITS, epochs=3),
    project(
        "pictures", CONV, MaxPool2DSpec(2), FlattenSpec(), DenseSpec(6, "relu"), DropoutSpec(0.3), data=DIGITS, epochs=3
    ),
    project(
        "pictures with dropout everywhere",
        DropoutSpec(0.1),
        CONV,
        DropoutSpec(0.1),
        AveragePool2DSpec(2),
        DropoutSpec(0.2),
        FlattenSpec(),
        DropoutSpec(0.0),
        DropoutSpec(0.2),
        DenseSpec(5),
        DropoutSpec(0.2),
        data=DIGITS,
        epochs=3,
    ),
    project(
        "two convolutions",
        Conv2DSpec(2, 3, padding=1, activation="tanh"),
        DropoutSpec(0.2),
        Conv2DSpec(3, 2, stride=2),
        MaxPool2DSpec(3, stride=1, padding=1),
        FlattenSpec(),
        data=DIGITS,
        epochs=3,
        training=TrainingSpec(optimizer=optimizer("nesterov", 0.05), batch_size=20),
    ),
    project(
        "stops early",
        DenseSpec(3),
        DropoutSpec(0.9),
        data=replace(CIRCLE, validation_fraction=0.3),
        training=TrainingSpec(stop=StopSpec(patience=1, min_delta=0.5)),
    ),
)


def outcome(kept: Project) -> dict[str, Any]:
    """Return what becomes of a project: the bits of its first weights, its costs and its last parameters.

    Numbers are written so that reading them gives the same float64.
    """
    run = Run(kept)
    first = run.network.parameters.tobytes()
    run.train_epochs(kept.training.stop.max_epochs or 1)
    curve = run.history.curve()
    return {
        "first": sha256(first).hexdigest(),
        "costs": curve.train_cost.tolist(),
        "parameters": run.network.parameters.tolist(),
    }


def file_of(kept: Project) -> Path:
    """Return where a project is kept."""
    return FOLDER / f"{kept.name.replace(' ', '_')}{SUFFIX}"


def write_missing() -> None:
    """Write the files that are not there yet, and what becomes of them."""
    FOLDER.mkdir(exist_ok=True)
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    for kept in PROJECTS:
        path = file_of(kept)
        if path.exists():
            continue
        path.write_text(encode(kept), encoding="utf-8", newline="\n")
        results[path.name] = outcome(decode(path.read_text(encoding="utf-8")))
    rows = (f"{json.dumps(name)}: {json.dumps(results[name])}" for name in sorted(results))
    RESULTS.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_missing()
