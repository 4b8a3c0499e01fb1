"""Model files that the program wrote before its models became lists of layers: they open, and are written alike.

`files/version_2` holds for each network both forms; `predictions.json` some samples and what was answered to them.
"""

from __future__ import annotations

import io
import json
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.export.formats import FORMATS, Format, read_model
from nnplayground.export.opening import open_project
from nnplayground.training.run.run import Run

FOLDER = Path(__file__).parent / "files" / "version_2"
KNOWN = json.loads((FOLDER / "predictions.json").read_text(encoding="utf-8"))

every_file = pytest.mark.parametrize("name", KNOWN)
every_format = pytest.mark.parametrize("entry", FORMATS.values(), ids=FORMATS)


def file_of(name: str, entry: Format) -> Path:
    return FOLDER / f"{name}{entry.suffix}"


def members(archive: bytes) -> list[tuple[str, bytes]]:
    """Return what is in an archive, in order; what surrounds it depends on the system that writes it."""
    with ZipFile(io.BytesIO(archive)) as found:
        return [(name, found.read(name)) for name in found.namelist()]


def samples_of(name: str, run: Run) -> Floats:
    """Return the samples that were predicted; those of pictures are not in the file."""
    inputs = run.data.samples.inputs
    given = KNOWN[name]["inputs"]
    return inputs[:: len(inputs) // 5][:5] if given is None else np.array(given)


@every_format
@every_file
def test_they_open_as_trained_and_predict_what_they_did(name: str, entry: Format) -> None:
    opened, model = open_project(file_of(name, entry)), read_model(file_of(name, entry))
    assert opened.trained is not None
    assert (opened.notes, model.facts.epochs) == ((), KNOWN[name]["epochs"])
    run = Run(opened.project, trained=opened.trained)
    raw = samples_of(name, run)
    # Another BLAS may round another way.
    np.testing.assert_allclose(model.outputs(raw), KNOWN[name]["outputs"], rtol=1e-12, atol=1e-15)
    answers = run.data.answers(run.network.outputs(run.data.network_inputs(raw)).T).T
    np.testing.assert_allclose(answers, model.outputs(raw), rtol=1e-12, atol=1e-15)


@every_format
@every_file
def test_training_goes_on_from_them(name: str, entry: Format) -> None:
    opened = open_project(file_of(name, entry))
    run = Run(opened.project, trained=opened.trained)
    assert run.measures()[0].cost == pytest.approx(read_model(file_of(name, entry)).facts.train_cost, rel=1e-12)
    run.train_epochs(1)
    assert run.epoch == KNOWN[name]["epochs"] + 1


@every_format
@every_file
def test_read_and_written_they_are_the_same_bytes(name: str, entry: Format) -> None:
    content = file_of(name, entry).read_bytes()
    written = entry.write(entry.read(content))
    if entry.suffix == ".npz":
        assert members(written) == members(content)
    else:
        assert written == content


@every_file
def test_both_forms_hold_the_same_numbers(name: str) -> None:
    one, other = (read_model(file_of(name, entry)) for entry in FORMATS.values())
    for first, second in zip((*one.weights, *one.biases), (*other.weights, *other.biases), strict=True):
        assert first.tobytes() == second.tobytes()
