"""Project files: what is written reads back equal, and what is wrong is told with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnplayground.errors import InputError
from nnplayground.project.codec import decode, encode
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    InitializerSpec,
    PointsSource,
    Project,
    TableSource,
)
from tests.projects import projects, with_start_values

DESIGN = """{
  "format": "nnplayground/project", "version": 2, "name": "", "seed": 1,
  "data": {"source": {"kind": "generated", "name": "circle", "samples": 500, "noise": 0.0},
           "features": ["x1", "x2"], "scaling": "none", "test_fraction": 0.2},
  "network": {"layers": [{"kind": "dense", "units": 4, "activation": "tanh"},
                         {"kind": "dense", "units": 2, "activation": "tanh"}],
              "output_activation": "auto", "initializer": {"name": "xavier_uniform"},
              "bias_initializer": {"name": "constant", "value": 0.0}},
  "training": {"cost": "auto", "optimizer": {"name": "sgd", "learning_rate": 0.03}, "schedule": {"name": "constant"},
               "batch_size": 10, "shuffle": true, "l1": 0.0, "l2": 0.0,
               "stop": {"max_epochs": null, "patience": null, "min_delta": 0.0001, "target_cost": null}}
}"""


def changed(path: str, value: Any) -> str:
    """Return the design's file with one field set; `path` is dotted, numbers index lists."""
    document = json.loads(DESIGN)
    *way, last = path.split(".")
    place: Any = document
    for step in way:
        place = place[int(step)] if step.isdigit() else place[step]
    place[int(last) if last.isdigit() else last] = value
    return json.dumps(document)


def test_the_file_of_the_design_is_the_default_project() -> None:
    assert decode(DESIGN) == Project()
    assert json.loads(encode(Project())) == json.loads(DESIGN)


def test_missing_fields_take_their_defaults() -> None:
    assert decode('{"format": "nnplayground/project", "version": 2}') == Project()


@given(projects())
def test_any_project_survives_the_file(project: Project) -> None:
    text = encode(project)
    assert decode(text) == project
    assert encode(decode(text)) == text


@given(with_start_values())
def test_start_values_survive_the_file_to_the_last_bit(project: Project) -> None:
    assert decode(encode(project)) == project


JUNK: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, -1, 0, 1.5, 10**401, "", "x", "\ud800", "a\0", "a\nb", [], {}, [[]], [1, [2]], {"a": 1}]
)


@settings(suppress_health_check=list(HealthCheck))
@given(project=projects() | with_start_values(), data=st.data())
def test_a_file_with_anything_replaced_is_read_or_refused_in_one_line(project: Project, data: st.DataObject) -> None:
    document = json.loads(encode(project))
    place, key = data.draw(st.sampled_from(list(places(document))))
    if data.draw(st.booleans()) and isinstance(place, dict):
        del place[key]
    else:
        place[key] = data.draw(JUNK)
    said = "."
    try:
        encode(decode(json.dumps(document))).encode()
    except InputError as error:
        said = str(error)
    assert said.isprintable()
    assert said.endswith(".")


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a document as its container and key."""
    entries = list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
    for key, value in entries:
        yield node, key
        yield from places(value)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(InputError) as caught:
        decode(changed("parameters", {"weights": [[[1.0, 1.0]]]}))
    assert str(caught.value) == "parameters.biases is missing; it must be given here."


def test_settings_of_other_initializers_are_not_written() -> None:
    project = decode(changed("network.initializer", {"name": "uniform", "low": -1, "high": 2}))
    assert project.network.initializer == InitializerSpec(name="uniform", low=-1.0, high=2.0)
    assert json.loads(encode(project))["network"]["initializer"] == {"name": "uniform", "low": -1.0, "high": 2.0}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            {"kind": "points", "task": "classification", "classes": ["a", "b"], "points": [[1, 2, 0], [3, 4, 1]]},
            PointsSource(classes=("a", "b"), points=((1.0, 2.0, 0.0), (3.0, 4.0, 1.0))),
        ),
        (
            {"kind": "points", "task": "regression", "points": [[1, 2, 0.5]]},
            PointsSource(task="regression", classes=(), points=((1.0, 2.0, 0.5),)),
        ),
        (
            {"kind": "table", "path": "penguins.csv", "inputs": ["a"], "targets": ["species"], "task": "auto"},
            TableSource(path="penguins.csv", inputs=("a",), targets=("species",)),
        ),
        ({"kind": "images", "name": "digits"}, ImagesSource()),
    ],
)
def test_all_kinds_of_source_are_read(source: dict[str, Any], expected: object) -> None:
    assert decode(changed("data.source", source)).data.source == expected


def test_what_is_done_about_missing_values_is_written_only_where_it_is_not_the_usual() -> None:
    for rule, written in (("mean", "mean"), ("drop", None)):
        project = Project(data=DataSpec(source=TableSource(path="drop", targets=("y",), missing=rule)))
        text = encode(project)
        source = json.loads(text)["data"]["source"]
        assert (source.get("missing"), source["path"]) == (written, "drop")
        assert decode(text) == project


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("seed", 1.5, "seed is 1.5; it must be a whole number from 0 to 2,147,483,647."),
        ("seed", True, "seed is true; it must be a whole number"),
        ("name", 5, "name is 5; it must be a text"),
        ("data", [], "data is []; it must be an object in curly brackets."),
        ("data.test_fraction", 0.95, "data.test_fraction is 0.95; it must be a number from 0 to 0.9."),
        ("data.features", [], "data.features is []; it must be a list of 1 to 16 different features: x1, x2, x1^2"),
        ("data.features", ["x1", "x1"], 'data.features is ["x1", "x1"]; it must be a list of 1 to 16 different'),
        ("data.features", ["x1**2", "x1^2"], 'data.features is ["x1^2", "x1^2"]; it must be a list of 1 to 16'),
        ("data.features", [f"x1 + {n}" for n in range(17)], "data.features is a list of 17; it must be a list of 1 to"),
        ("data.features", "x1", 'data.features is "x1"; it must be a list of 1 to 16 different features'),
        ("data.features", [7], "data.features[0] is 7; it must be a feature such as x1^2, as text."),
        (
            "data.features",
            ["x1", "x9"],
            'data.features[1] is "x9"; it must be a formula of x1 and x2 (x9 is not known here; use x1, x2, pi, e or',
        ),
        ("data.features", ["__import__('os')"], "data.features[0] is \"__import__('os')\"; it must be a formula of x1"),
        ("data.split_seed", -1, "data.split_seed is -1; it must be a whole number from 0 to 2,147,483,647 or null."),
        ("data.source.imbalance", 1, "data.source.imbalance is 1.0; it must be a number from 0 to 0.9."),
        ("data.source.outliers", 0.4, "data.source.outliers is 0.4; it must be a number from 0 to 0.3."),
        (
            "data.source",
            {"kind": "generated", "name": "sine", "imbalance": 0.1},
            "data.source.imbalance is 0.1; it must be left",
        ),
        ("data.source", {"kind": "web"}, 'data.source.kind is "web"; it must be one of "generated"'),
        ("data.source.samples", 5, "data.source.samples is 5; it must be a whole number from 10 to 20,000."),
        ("data.source.name", "moon", 'data.source.name is "moon"; it must be "circle"'),
        (
            "data.source",
            {"kind": "table", "path": "a.csv", "missing": "median"},
            'data.source.missing is "median"; it must be "drop" or "mean".',
        ),
        ("data.source", {"kind": "points", "points": 3}, "data.source.points is 3; it must be a list in square"),
        (
            "data.source",
            {"kind": "points", "classes": ["a", "b"], "points": [[0, 0, 0], [1, 2, 7]]},
            "data.source.points[1][2] is 7.0; it must be the index of a class, a whole number from 0 to 1.",
        ),
        ("data.source", {"kind": "points", "points": [[1, 2]]}, "data.source.points[0] is"),
        ("network.layers.1.units", 0, "network.layers[1].units is 0; it must be a whole number from 1 to 4,096."),
        ("network.layers.0.units", 1_000_000, "network.layers[0].units is 1000000; it must be"),
        ("network.layers.0.activation", "softmax", 'network.layers[0].activation is "softmax"; it must be "tanh"'),
        ("network.layers", 3, "network.layers is 3; it must be a list in square brackets."),
        ("network.initializer.low", 1, "network.initializer.low is 1; it must be left out, as only name, seed"),
        (
            "network.initializer",
            {"name": "uniform", "low": 2},
            "network.initializer.low is 2.0; it must be at most high",
        ),
        ("training.optimizer.learning_rate", 0, "training.optimizer.learning_rate is 0.0; it must be a number above 0"),
        ("training.optimizer.name", "lion", 'training.optimizer.name is "lion"; it must be "sgd", "momentum"'),
        ("training.shuffle", 1, "training.shuffle is 1; it must be true or false."),
        ("training.speed", 1, "training.speed is 1; it must be left out, as only cost, optimizer"),
        ("training.stop.max_epochs", 0, "training.stop.max_epochs is 0; it must be a whole number from 1 to"),
        (
            "parameters",
            {"weights": [], "biases": []},
            "parameters.weights is []; it must be a list of at least one matrix",
        ),
        ("version", 3, "version is 3; it must be a whole number from 1 to 2."),
        ("format", "other", 'format is "other"; it must be "nnplayground/project".'),
    ],
)
def test_what_is_illegal_is_refused_with_its_place(path: str, value: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(changed(path, value))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "It is not JSON"),
        ("{", "It is not JSON"),
        ('{"a\\nb": 1, "a\\nb": 2}', 'The key "a\\nb" stands twice'),
        ('{"format": "nnplayground/project", "version": 2, "\\ud800": 1}', "\\ud800 is 1; it must be left out"),
        ('{"format": "nnplayground/project", "version": 2, "name": "\\ud800"}', 'name is "\\ud800"; it must be a text'),
        ('{"format": "nnplayground/project", "version": 2, "seed": "a\\u2028b"}', 'seed is "a\\u2028b"'),
        (changed("training.l1", 10**400), "training.l1 is a whole number of more than 30 digits; it must be a number"),
        (
            changed("data.source", {"kind": "points", "classes": ["a\0", "b"]}),
            'classes is ["a\\u0000", "b"]; it must be',
        ),
        ("[1]", "It holds [1]; it must be a JSON object"),
        ('{"a": NaN}', "It holds NaN, which is no number"),
        ('{"a": 1, "a": 2}', 'The key "a" stands twice'),
        ("[" * 100_000, "nested too deep"),
        ('{"format": "nnplayground/project", "version": 2, "seed": ' + "9" * 5000 + "}", "too many digits"),
        ('{"format": "nnplayground/project", "version": 2, "training": {"l1": 1e999}}', "training.l1 is inf"),
    ],
)
def test_damaged_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_start_values_must_fit_the_layers() -> None:
    weights = [[[0.1, 0.2]], [[0.5]]]
    text = json.loads(changed("network.layers", [{"kind": "dense", "units": 2, "activation": "tanh"}]))
    text["parameters"] = {"weights": weights, "biases": [[0.0], [0.0]]}
    with pytest.raises(InputError) as caught:
        decode(json.dumps(text))
    assert (
        str(caught.value) == 'parameters.weights[0] is "1 × 2"; it must be 2 × 2 (rows × columns), as the layers say.'
    )


def test_the_number_of_classes_is_written_for_blobs_alone() -> None:
    def written(name: str) -> Any:
        return json.loads(encode(Project(data=DataSpec(source=GeneratedSource(name=name)))))["data"]["source"]

    assert written("blobs")["classes"] == 4
    assert "classes" not in written("circle")
