"""Files of the program as it was open for ever: the same layers, the same bits at the start, the same run.

`scripts/oracles/kept_projects.py` tells how the files and the numbers in `kept.json` were made. First weights are drawn
and never multiplied as matrices, so they are compared bit by bit. Training goes through the matrix product of the
machine, which may add in another order; there the numbers agree to a few of their last digits.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnplayground.project.codec import decode, encode
from nnplayground.project.model import Project
from nnplayground.project.storage import load, save
from nnplayground.training.run.run import Run

FOLDER = Path(__file__).parent / "files"
FILES = sorted(FOLDER.glob("*.nnp.json"))
TEXTS = [path.read_text(encoding="utf-8") for path in FILES]
KEPT: dict[str, dict[str, Any]] = json.loads((FOLDER / "kept.json").read_text(encoding="utf-8"))

each_file = pytest.mark.parametrize("path", FILES, ids=[path.name.partition(".")[0] for path in FILES])


def trained(project: Project) -> Run:
    """Return the run of a project after its last epoch."""
    run = Run(project)
    run.train_epochs(project.training.stop.max_epochs or 1)
    return run


def added_fields(old: Any, new: Any, place: str = "") -> Iterator[str]:
    """Yield where the content of one JSON document has a field that another one does not have."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name, value in new.items():
            inner = f"{place}.{name}" if place else name
            yield from added_fields(old[name], value, inner) if name in old else [inner]
    elif isinstance(old, list) and isinstance(new, list):
        for one, other in zip(old, new, strict=False):
            yield from added_fields(one, other, place)


def test_every_file_has_its_numbers() -> None:
    assert sorted(KEPT) == [path.name for path in FILES]
    assert len(FILES) >= 24


def test_no_field_is_written_that_existing_files_do_not_have() -> None:
    added = {name for text in TEXTS for name in added_fields(json.loads(text), json.loads(encode(decode(text))))}
    assert not added, (
        f"files that exist would be written with {sorted(added)}, too: a field that came later belongs in OPTIONAL of "
        "project/codec.py, so that it is left out while it says nothing, and (name, default) in USUAL there, unless "
        "its default is null or empty"
    )


@each_file
def test_a_kept_file_is_written_with_the_same_bytes(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    save(load(path), copy)
    assert copy.read_bytes() == path.read_bytes()


@each_file
def test_a_kept_file_has_its_layers_as_they_stand_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    stored = json.loads(text)["network"]["layers"]
    assert [layer.kind for layer in decode(text).network.layers] == [layer["kind"] for layer in stored]
    assert [getattr(layer, "rate", None) for layer in decode(text).network.layers] == [
        layer.get("rate") for layer in stored
    ]


@each_file
def test_a_kept_file_starts_with_the_same_bits(path: Path) -> None:
    first = Run(load(path)).network.parameters
    assert sha256(first.tobytes()).hexdigest() == KEPT[path.name]["first"]


@each_file
def test_a_kept_file_trains_as_it_did(path: Path) -> None:
    run, kept = trained(load(path)), KEPT[path.name]
    np.testing.assert_allclose(run.history.curve().train_cost, kept["costs"], rtol=1e-12, atol=0.0)
    np.testing.assert_allclose(run.network.parameters, kept["parameters"], rtol=1e-10, atol=1e-13)


@each_file
def test_a_kept_file_trains_with_the_same_bits_after_it_was_written_again(path: Path) -> None:
    project = load(path)
    one, other = trained(project), trained(decode(encode(project)))
    assert one.network.parameters.tobytes() == other.network.parameters.tobytes()
    assert one.history.curve().train_cost.tobytes() == other.history.curve().train_cost.tobytes()
