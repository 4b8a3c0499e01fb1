"""Every setting of the training can be changed while the network learns, and nothing that was learned is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QWidget
from pytestqt.qtbot import QtBot

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.fields.number_field import NumberField
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.limits import ONLY_FOR
from nnplayground.project.training_spec import TrainingSpec
from tests.app.driving import SMALL, wait_for, window_of

NEW: dict[str, Any] = {
    "optimizer.name": "adam",
    "optimizer.learning_rate": 0.05,
    "optimizer.momentum": 0.5,
    "optimizer.decay": 0.9,
    "optimizer.beta1": 0.8,
    "optimizer.beta2": 0.99,
    "optimizer.epsilon": 1e-6,
    "optimizer.weight_decay": 0.02,
    "schedule.name": "cosine",
    "schedule.every": 20,
    "schedule.factor": 0.9,
    "schedule.period": 100,
    "schedule.lowest": 0.1,
    "schedule.epochs": 20,
    "schedule.start": 0.5,
    "schedule.patience": 20,
    "batch_size": 7,
    "shuffle": False,
    "l1": 0.001,
    "l2": 0.001,
    "clip_norm": 1.0,
    "stop.max_epochs": 1_000_000,
    "stop.patience": 100_000,
    "stop.flat_epochs": 100_000,
    "stop.gradient_norm": 1e-12,
    "stop.min_delta": 0.002,
    "stop.target_cost": 1e-12,
}
STARTS_OVER = "cost"  # another cost is another curve


def paths(spec: Any, before: str = "") -> Iterator[str]:
    """Name every number, choice and switch of a spec."""
    for field in fields(spec):
        value = getattr(spec, field.name)
        if is_dataclass(value):
            yield from paths(value, f"{before}{field.name}.")
        else:
            yield before + field.name


def with_value(spec: Any, path: str, value: Any) -> Any:
    """Return the spec with another value at a path."""
    name, _, rest = path.partition(".")
    return replace(spec, **{name: with_value(getattr(spec, name), rest, value) if rest else value})


def fit_for(path: str) -> TrainingSpec:
    """Return a spec of which this field is read: some belong to one optimizer or schedule only."""
    part, _, name = path.rpartition(".")
    spec = TrainingSpec()
    if not part:
        return spec
    entry = next(field for field in fields(getattr(spec, part)) if field.name == name)
    readers = list(entry.metadata.get(ONLY_FOR) or ())
    return with_value(spec, f"{part}.name", readers[0]) if readers else spec


def control_of(window: MainWindow, path: str) -> QWidget:
    """Find the control of a field in the panel."""
    part, _, name = path.rpartition(".")
    own = part if name == "name" else name
    panel = window.training_panel
    found = panel.findChild(QWidget, f"{part}_{name}") or panel.findChild(QWidget, own)
    assert isinstance(found, QWidget), path
    return found


def choose(qtbot: QtBot, control: QWidget, value: Any) -> None:
    """Enter a value as a person does."""
    if isinstance(control, NumberField):
        control.setFocus()
        control.selectAll()
        qtbot.keyClicks(control, str(value))
        qtbot.keyClick(control, Qt.Key.Key_Return)
    elif isinstance(control, ChoiceField):
        control.activated.emit(control._keys.index(value))
    else:
        assert isinstance(control, QCheckBox)
        qtbot.mouseClick(control, Qt.MouseButton.LeftButton, pos=QPoint(10, control.height() // 2))


def test_every_field_of_the_training_is_tried_here() -> None:
    assert set(paths(TrainingSpec())) == {*NEW, STARTS_OVER}


@pytest.mark.parametrize("path", NEW)
def test_it_changes_while_the_network_learns_and_nothing_is_lost(qtbot: QtBot, path: str) -> None:
    spec = fit_for(path)
    with window_of(qtbot, replace(SMALL, training=spec)) as window:
        window.settings.keep_weights = False  # that is about the network, not about how it is trained
        for section in (window.training_panel.refining, window.training_panel.stopping):
            section.set_open(True)
        window.toggle_play()
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch >= 3)
        before = window.player.snapshot
        assert before is not None
        choose(qtbot, control_of(window, path), NEW[path])
        wanted = with_value(spec, path, NEW[path])
        assert window.document.project.training == wanted
        after = wait_for(
            qtbot, window, lambda now: now.project.training == wanted and now.epoch > before.epoch and now.running
        )
        assert after.steps > before.steps
        kept = len(before.curve)
        assert np.array_equal(after.curve.train_cost[:kept], before.curve.train_cost)
        assert window.messages.text == ""


def test_another_cost_starts_over_and_goes_on_playing(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        window.toggle_play()
        wait_for(qtbot, window, lambda snapshot: snapshot.epoch >= 3)
        choose(qtbot, window.training_panel.cost, "mse")
        after = wait_for(qtbot, window, lambda now: now.project.training.cost == "mse" and now.epoch > 0)
        assert after.running
        assert "the cost function changed" in window.messages.text


def test_another_layer_keeps_the_weights_that_still_have_a_place(qtbot: QtBot) -> None:
    with window_of(qtbot) as window:
        window.train_epochs(3)
        before = wait_for(qtbot, window, lambda snapshot: snapshot.epoch == 3 and not snapshot.running)
        layers = (*SMALL.network.layers, DenseSpec(units=3))
        window.network_view.layers_edited.emit(layers, "Add a layer", 0)
        after = wait_for(qtbot, window, lambda snapshot: len(snapshot.weights) == 4)
        assert after.epoch == before.epoch
        for old, new in zip(before.weights[:2], after.weights[:2], strict=True):
            assert old.tobytes() == new.tobytes()
