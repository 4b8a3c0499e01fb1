"""Model files of version 2 as the program wrote them before a model became a list of layers: they stay as they are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from nnplayground.export.formats import format_of, read_model
from nnplayground.export.opening import open_project
from nnplayground.training.run.prepare import prepare
from nnplayground.training.run.run import Run

FOLDER = Path(__file__).parent / "files" / "version_2"
KNOWN = json.loads((FOLDER / "predictions.json").read_text(encoding="utf-8"))
FILES = sorted(path.name for path in FOLDER.iterdir() if path.name != "predictions.json")


@pytest.mark.parametrize("name", FILES)
def test_read_and_written_again_they_are_the_same_bytes(name: str) -> None:
    path = FOLDER / name
    assert format_of(path).write(read_model(path)) == path.read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_they_predict_what_they_did(name: str) -> None:
    model, known = read_model(FOLDER / name), KNOWN[name.partition(".")[0]]
    if known["inputs"] is None:
        assert model.experiment is not None
        samples = prepare(model.experiment.project).samples.inputs
        raw = samples[:: len(samples) // 5][:5]
    else:
        raw = np.array(known["inputs"])
    expected = [[float.fromhex(value) for value in row] for row in known["outputs"]]
    np.testing.assert_allclose(model.outputs(raw), expected, rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize("name", FILES)
def test_they_open_as_they_were_trained_and_go_on(name: str) -> None:
    opened = open_project(FOLDER / name)
    assert opened.trained is not None
    run = Run(opened.project, trained=opened.trained)
    assert run.epoch == 3
    measured = run.measures()[0].cost
    assert measured == pytest.approx(read_model(FOLDER / name).facts.train_cost, rel=1e-12)
    run.train_epochs(1)
    assert run.epoch == 4
