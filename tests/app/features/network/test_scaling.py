"""Scaling stands before the inputs as the first step of the network."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from nnplayground.app.features.network.items.scaling import ScalingItem
from nnplayground.data.scaling import Scaling
from nnplayground.project.model import DataSpec
from tests.app.features.network.networks import Host, frame_of, project_of

PLAIN = project_of(4, 2)
SCALED = replace(PLAIN, data=DataSpec(scaling="standardize"))


def item_of(host: Host) -> ScalingItem | None:
    pieces = host.view.canvas.network._pieces
    assert pieces is not None
    return pieces.scaling


def explained(host: Host, unit: int) -> str:
    """What the pointer is told at the box before an input."""
    item = item_of(host)
    assert item is not None
    return host.view.canvas.network.explain(QPointF(item._box(unit).center()))


def test_without_scaling_there_is_no_such_step(qtbot: QtBot) -> None:
    host = Host(qtbot, PLAIN)
    assert item_of(host) is None
    host.show(SCALED)
    assert item_of(host) is not None
    assert "scaling: Standardize" in host.view.canvas.accessibleDescription()
    host.show(PLAIN)
    assert item_of(host) is None


def test_each_box_tells_what_is_done_to_its_input(qtbot: QtBot) -> None:
    host = Host(qtbot, SCALED)
    assert "mean 0 and standard deviation 1" in explained(host, 0)
    snapshot = frame_of(SCALED)
    data = replace(snapshot.data, scaling=Scaling("standardize", (2.5, -0.75), (4.0, 0.5)))
    host.view.show_frame(replace(snapshot, data=data))
    assert explained(host, 0).startswith("x₁: − 2.5, then ÷ 4.")
    assert explained(host, 1).startswith("x₂: + 0.75, then ÷ 0.5.")


def test_numbers_of_another_scaling_are_not_shown(qtbot: QtBot) -> None:
    host = Host(qtbot, SCALED)
    snapshot = frame_of(SCALED)
    data = replace(snapshot.data, scaling=Scaling("min_max", (1.0, 1.0), (2.0, 2.0)))
    host.view.show_frame(replace(snapshot, data=data))
    assert "÷" not in explained(host, 0)
