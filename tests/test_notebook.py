"""The guide for notebooks does what it says: every block of code in it runs, and nothing public is undocumented."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from nnplayground import api
from nnplayground.project.layer_specs import LAYER_KINDS

GUIDE = (Path(__file__).parent.parent / "docs" / "notebook.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)


class Drawing(ModuleType):
    """Stands for `matplotlib.pyplot`, which the program does not need: keeps what it is asked to draw."""

    def __init__(self) -> None:
        super().__init__("matplotlib.pyplot")
        self.asked: dict[str, tuple[Any, ...]] = {}

    def contourf(self, *arrays: Any, **style: Any) -> None:
        self.asked["contourf"] = arrays

    def scatter(self, *arrays: Any, **style: Any) -> None:
        self.asked["scatter"] = arrays


@pytest.fixture
def drawing(monkeypatch: pytest.MonkeyPatch) -> Drawing:
    drawing, package = Drawing(), ModuleType("matplotlib")
    vars(package)["pyplot"] = drawing
    monkeypatch.setitem(sys.modules, "matplotlib", package)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", drawing)
    return drawing


@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_of_the_guide_runs(block: str, drawing: Drawing, capsys: pytest.CaptureFixture[str]) -> None:
    exec(block, {})


def test_ten_lines_train_and_plot_the_spiral(drawing: Drawing) -> None:
    lines = [line for line in BLOCKS[0].splitlines() if line]
    assert len(lines) == 10
    names: dict[str, Any] = {}
    exec(BLOCKS[0], names)
    x, y, leaning = drawing.asked["contourf"]
    assert leaning.shape == (len(y), len(x))
    assert (np.diff(x) > 0.0).all() and (np.diff(y) > 0.0).all()
    assert np.abs(leaning).max() <= 1.0
    run = names["run"]
    assert run.measures()[0].score > 0.95
    across, up = drawing.asked["scatter"]
    # Most points of the first class lie where the picture leans to it, and the others where it leans to the second.
    sides = leaning[np.searchsorted(y, up).clip(0, 99), np.searchsorted(x, across).clip(0, 99)] > 0.0
    assert np.mean(sides == (run.data.samples.targets == 1.0)) > 0.9


def test_every_kind_of_layer_is_public() -> None:
    missing = {kind.__name__ for kind in LAYER_KINDS} - set(api.__all__)
    assert not missing, f"import {sorted(missing)} in nnplayground/api.py and enter it in __all__"


@pytest.mark.parametrize("name", api.__all__)
def test_every_public_name_is_explained(name: str) -> None:
    assert (getattr(api, name).__doc__ or "").strip()


@pytest.mark.parametrize(("across", "up"), [(2, 0), (0, -1)])
def test_a_plane_of_inputs_that_are_not_there(across: int, up: int) -> None:
    with pytest.raises(api.InputError, match=r"There is no input number .*; there are 0 to 1: x1, x2"):
        api.plane(api.Run(api.Project()), across=across, up=up)


loose: Any = api  # as a notebook sees it: nobody checks the types


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: loose.NetworkSpec((3, 4)), r"layers\[0\] is 3; it must be a layer such as DenseSpec"),
        (lambda: loose.DataSpec("spiral"), 'source is "spiral"; it must be a GeneratedSource or a PointsSource'),
        (lambda: loose.Project(data="spiral"), 'data is "spiral"; it must be a DataSpec'),
        (lambda: loose.TrainingSpec(optimizer="adam"), 'optimizer is "adam"; it must be a OptimizerSpec'),
        (lambda: api.plane(api.Run(api.Project()), side=0), "shows nothing; take at least 2"),
        (
            lambda: loose.Samples([[1.0], [2.0, 3.0]], [0], ("a",), "t", (), [[0, 1]]),
            "inputs are no rectangle of numbers",
        ),
        (lambda: loose.Samples([["a"]], [0], ("a",), "t", (), [[0, 1]]), "inputs are no rectangle of numbers"),
    ],
)
def test_wrong_parts_are_refused_at_once(make: Any, words: str) -> None:
    with pytest.raises(api.InputError, match=words):
        make()


def test_numbers_of_numpy_are_numbers() -> None:
    many: Any = np.int64(4)
    made = api.Project(seed=many, network=api.NetworkSpec((api.DenseSpec(many),)))
    assert made == api.Project(seed=4, network=api.NetworkSpec((api.DenseSpec(4),)))
    assert type(made.seed) is int
    half: Any = np.float32(0.5)
    assert api.TrainingSpec(l2=half) == api.TrainingSpec(l2=0.5)


def test_own_arrays_are_trained_on(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    inputs = rng.normal(size=(80, 3))
    samples = api.Samples(
        inputs, inputs[:, 0] - 2.0 * inputs[:, 2], ("a", "b", "c"), "y", (), np.tile([-5.0, 5.0], (3, 1))
    )
    project = api.Project(network=api.NetworkSpec(layers=()), training=api.TrainingSpec(batch_size=5))
    run = api.Run(project, api.prepare_samples(project, samples))
    run.train_epochs(200)
    np.testing.assert_allclose(run.architecture.weights(run.network.parameters)[0], [[1.0, 0.0, -2.0]], atol=1e-3)
    api.save_model(run, tmp_path / "line.npz")
    model = api.read_model(tmp_path / "line.npz")
    np.testing.assert_allclose(model.outputs(inputs)[:, 0], samples.targets, atol=1e-2)
    plane = api.plane(run, across=2, up=0, side=10)
    assert plane.leaning.shape == (10, 10)
    assert plane.leaning[0, -1] < plane.leaning[-1, 0]
