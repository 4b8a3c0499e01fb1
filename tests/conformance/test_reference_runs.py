"""Every weight, bias, output and cost of another program's runs, to 1e-9: through engine and command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnplayground.cli import main
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.network import Network, with_ones
from nnplayground.project.codec import decode
from nnplayground.training.run.run import Run
from tests.conformance.runs import NAMES, TOLERANCE, cases, project_text

CASES = {case["name"]: case for case in cases()}
by_name = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def close(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(np.asarray(found), np.asarray(expected), rtol=0.0, atol=TOLERANCE)


def engine(case: dict[str, Any]) -> Network:
    count = len(case["shape"]) - 2
    activations = (NAMES[case["activation"]],) * count + (NAMES[case["outputActivation"]],)
    architecture = Architecture.dense(tuple(case["shape"]), activations)
    weights = [np.array(matrix) for matrix in case["initialWeights"]]
    return Network(architecture, architecture.flatten(weights, [np.array(bias) for bias in case["initialBiases"]]))


def check_parameters(run: Run, weights: Any, biases: Any) -> None:
    flat = run.network.parameters
    for found, expected in zip(run.architecture.weights(flat), weights, strict=True):
        close(found, expected)
    for found, expected in zip(run.architecture.biases(flat), biases, strict=True):
        close(found, expected)


@by_name
def test_first_sample_forward_and_back(case: dict[str, Any]) -> None:
    network, first = engine(case), case["firstSample"]
    inputs, target = np.array([case["inputs"][0]], dtype=float), np.array([[case["targets"][0]]], dtype=float)
    forward = network.forward(1)
    backward = network.backward(forward, cost="half_mse")
    close(forward(with_ones(inputs).T)[0, 0], first["output"])
    for found, expected in zip(forward.preactivations, first["totalInputs"], strict=True):
        close(found[:, 0], expected)
    for found, expected in zip(forward.activations, first["nodeOutputs"], strict=True):
        close(found[:, 0], expected)
    backward(with_ones(inputs), target)
    for found, expected in zip(network.architecture.weights(network.gradient), first["dE_dw"], strict=True):
        close(found, expected)
    for found, expected in zip(network.architecture.biases(network.gradient), first["dE_db"], strict=True):
        close(found, expected)


@by_name
def test_initial_outputs(case: dict[str, Any]) -> None:
    close(engine(case).outputs(np.array(case["inputs"], dtype=float))[:, 0], case["initialOutputs"])


@by_name
def test_first_update_and_first_epoch(case: dict[str, Any]) -> None:
    run = Run(decode(project_text(case)))
    run.train(1)
    check_parameters(run, case["afterFirstUpdate"]["weights"], case["afterFirstUpdate"]["biases"])
    run.train_epochs(1)
    check_parameters(run, case["afterFirstEpoch"]["weights"], case["afterFirstEpoch"]["biases"])


@by_name
def test_whole_run(case: dict[str, Any]) -> None:
    run = Run(decode(project_text(case)))
    close(run.history.curve().train_cost[0], case["initialTrainLoss"])
    run.train_epochs(case["epochs"])
    assert run.steps == case["updatesDone"]
    close(run.history.curve().train_cost[1:], case["trainLossPerEpoch"])
    check_parameters(run, case["finalWeights"], case["finalBiases"])
    close(run.network.outputs(run.data.train_inputs)[:, 0], case["finalOutputs"])


@by_name
def test_whole_run_through_the_command(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project, model = tmp_path / "case.nnp.json", tmp_path / "case.model.json"
    project.write_text(project_text(case), encoding="utf-8")
    call = ["train", str(project), "--epochs", str(case["epochs"]), "--export", str(model), "--json", "--quiet"]
    assert main(call) == 0
    report = json.loads(capsys.readouterr().out)
    close(report["train_cost"], case["finalTrainLoss"])
    assert report["epochs"] == case["epochs"]
    layers = json.loads(model.read_text(encoding="utf-8"))["layers"]
    for layer, weights, biases in zip(layers, case["finalWeights"], case["finalBiases"], strict=True):
        close(layer["weights"], weights)
        close(layer["biases"], biases)
