"""A layer answers for itself: its class is known in the modules of the layers only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import nnplayground.engine.layers as engine
from nnplayground.engine.layers.layer import Weightless
from nnplayground.project.layer_specs import LAYER_KINDS, LayerSpec

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
    inside = list(ast.walk(node.args[1]))
    names = {one.id for one in inside if isinstance(one, ast.Name)}
    names |= {one.attr for one in inside if isinstance(one, ast.Attribute)}
    return node.func.id in ("isinstance", "issubclass") and bool(names & KINDS)


@pytest.mark.parametrize("kind", LAYER_KINDS)
def test_a_layer_has_an_activation_where_it_has_weights(kind: type[LayerSpec]) -> None:
    layer = kind().layer()
    below = (1, 64, 64) if layer.reads_pictures else (3,)
    has_weights = layer.matrix_shape(below) is not None
    assert (layer.activation is not None, layer.fan_out > 0) == (has_weights, has_weights)
    assert layer.can_switch_units or not layer.off
