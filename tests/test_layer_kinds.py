"""A layer answers for itself: its class is known in the modules of the layers only."""

from __future__ import annotations

import ast
from pathlib import Path

import nnplayground.engine.layers as engine
from nnplayground.engine.layers.layer import Weightless
from nnplayground.project.layer_specs import LAYER_KINDS

ROOT = Path(__file__).parents[1] / "nnplayground"
KINDS = {kind.__name__ for kind in LAYER_KINDS} | set(engine.__all__) | {Weightless.__name__}
HOMES = {ROOT / "project" / "layer_specs.py", *(ROOT / "engine" / "layers").iterdir()}


def test_nothing_asks_a_layer_for_its_class() -> None:
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        if path not in HOMES:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and _asks(node))
            found += [f"{path.relative_to(ROOT)}:{call.lineno}" for call in calls]
    assert found == []


def _asks(node: ast.Call) -> bool:
    """Tell whether this is `isinstance` or `issubclass` with a kind of layer."""
    if not (isinstance(node.func, ast.Name) and len(node.args) == 2):
        return False
    names = {one.id for one in ast.walk(node.args[1]) if isinstance(one, ast.Name)}
    return node.func.id in ("isinstance", "issubclass") and bool(names & KINDS)
