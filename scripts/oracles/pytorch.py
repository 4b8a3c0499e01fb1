"""Makes the table against which the tests hold the engine: values of PyTorch in float64.

Run where PyTorch is installed (`pip install -e ".[peers]"`): python scripts/oracles/pytorch.py
It writes tests/conformance/pytorch_values.json, where rows that agree with the new values stay as they are, so that
only new rows change. PyTorch is no dependency of the program or of its tests.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from kept_rows import kept_rows
from torch_paths import path_rows, problems, with_gradient
from torch_rows import POINTS, activation_rows, cost_rows, layer_rows

OUT = Path(__file__).parents[2] / "tests" / "conformance" / "pytorch_values.json"


def table() -> dict[str, Any]:
    """Return the whole table."""
    found = problems()
    return {
        "source": f"PyTorch {torch.__version__}, float64",
        "points": POINTS,
        "activations": activation_rows(),
        "costs": cost_rows(),
        "layers": layer_rows(),
        "problems": with_gradient(found),
        "paths": path_rows(found),
    }


def written(part: Any, *, depth: int = 2) -> str:
    """Return JSON with one line for each row of each section, so that a change shows where it is."""
    if depth == 0 or not isinstance(part, dict | list):
        return json.dumps(part)
    if isinstance(part, list):
        return "[\n" + ",\n".join(written(one, depth=depth - 1) for one in part) + "\n]"
    entries = (f"{json.dumps(key)}: {written(one, depth=depth - 1)}" for key, one in part.items())
    return "{\n" + ",\n".join(entries) + "\n}"


if __name__ == "__main__":
    stored = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {}
    OUT.write_text(written(kept_rows(table(), stored)) + "\n", encoding="utf-8")
