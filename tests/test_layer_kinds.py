"""A layer answers for itself: its class is known in the modules of the layers only."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import nnplayground.engine.layers as engine
from nnplayground.engine.layers.layer import LayerContext, Weightless
from nnplayground.project.layer_specs import LAYER_KINDS, LayerSpec

ROOT = Path(__file__).parents[1] / "nnplayground"
KINDS = {kind.__name__ for kind in LAYER_KINDS} | set(engine.__all__) | {Weightless.__name__}
HOMES = {ROOT / "project" / "layer_specs.py", *(ROOT / "engine" / "layers").iterdir()}


def test_nothing_asks_a_layer_for_its_class() -> None:
    assert _places(_asks_for_a_class) == []


def test_nothing_asks_a_layer_for_the_name_of_its_kind() -> None:
    assert _places(_compares_a_kind) == [], "ask the layer, which answers for itself, not for the name of its kind"


def test_nothing_takes_no_dropout_for_another_answer() -> None:
    assert _places(_compares_dropped_with_none) == [], "ask for `keeps_shape` or `is_counted`, whichever is meant"


@pytest.mark.parametrize(
    ("code", "is_found"),
    [
        ('layer.kind == "dense"', True), ("one.kind != Dropout.kind", True), ('"conv2d" != self.form.kind', True),
        ('layer.kind in ("dense", "conv2d")', True), ("layer.kind not in KINDS", True),
        ('maps.kind == "components"', False), ("block.kind is BlockKind.DROPOUT", False), ("kind in KINDS", False),
    ],
)  # fmt: skip
def test_a_comparison_of_kinds_is_found(code: str, is_found: bool) -> None:
    assert any(map(_compares_a_kind, ast.walk(ast.parse(code)))) == is_found


def _places(is_wrong: Callable[[ast.AST], bool]) -> list[str]:
    """Return where something stands in the program, apart from the modules of the layers."""
    return [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for path in sorted(ROOT.rglob("*.py"))
        if path not in HOMES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if is_wrong(node)
    ]


def _asks_for_a_class(node: ast.AST) -> bool:
    """Tell whether this is `isinstance` or `issubclass` with a kind of layer."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 2):
        return False
    inside = list(ast.walk(node.args[1]))
    names = {one.id for one in inside if isinstance(one, ast.Name)}
    names |= {one.attr for one in inside if isinstance(one, ast.Attribute)}
    return node.func.id in ("isinstance", "issubclass") and bool(names & KINDS)


def _compares_a_kind(node: ast.AST) -> bool:
    """Tell whether this compares `.kind` with the name of a kind of layer, or looks it up among these."""
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    inside = [one for side in sides for one in ast.walk(side)]
    names = {one.value for one in inside if isinstance(one, ast.Constant)} & {kind.kind for kind in LAYER_KINDS}
    classes = {one.id for one in inside if isinstance(one, ast.Name)} & {*KINDS, "KINDS", "LAYER_KINDS"}
    return any(_is_attribute(side, "kind") for side in sides) and bool(names or classes)


def _compares_dropped_with_none(node: ast.AST) -> bool:
    """Tell whether this asks for a layer that is no dropout."""
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    is_none = any(isinstance(side, ast.Constant) and side.value is None for side in sides)
    return is_none and any(_is_attribute(side, "dropped") for side in sides)


def _is_attribute(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == name


@pytest.mark.parametrize("kind", LAYER_KINDS)
def test_a_layer_of_the_document_answers_as_that_of_the_engine(kind: type[LayerSpec]) -> None:
    spec = kind()
    layer = spec.layer()
    assert (spec.kind, spec.is_counted, spec.used_activation) == (layer.kind, layer.is_counted, layer.activation)
    assert (spec.dropped or 0.0, spec.needs_pictures) == (layer.dropped, layer.reads_pictures)
    if spec.keeps_shape:
        assert [layer.shape(below) for below in ((7,), (3, 8, 6))] == [(7,), (3, 8, 6)]
        assert (spec.width(7), spec.width(None)) == (7, None)


@pytest.mark.parametrize("kind", LAYER_KINDS)
def test_a_layer_has_an_activation_where_it_has_weights(kind: type[LayerSpec]) -> None:
    layer = kind().layer()
    below = (1, 64, 64) if layer.reads_pictures else (3,)
    has_weights = layer.matrix_shape(below) is not None
    assert (layer.activation is not None, layer.fan_out > 0) == (has_weights, has_weights)
    assert layer.can_switch_units or not layer.off


@pytest.mark.parametrize("kind", LAYER_KINDS)
def test_a_layer_hands_on_what_it_gets_just_where_it_does_nothing_in_an_answer(kind: type[LayerSpec]) -> None:
    layer = kind().layer()
    below = (1, 8, 8) if layer.reads_pictures else (3,)
    matrix = layer.matrix_shape(below)
    context = LayerContext(
        below=below, shape=layer.shape(below), samples=2, lead=(), product=np.matmul, generators=(),
        matrix=None if matrix is None else np.zeros((matrix[0], matrix[1] + 1)), dtype=np.dtype(np.float64),
    )  # fmt: skip
    assert layer.hands_on == (layer.make_buffers(context) is None), "what hands on is left out of models"
