"""Draws a picture of each state of tables, parts, targets and models, driving the real window off screen.

Run by `python3 scripts/screenshots`, or alone: python scripts/states_data.py FOLDER [NAME ...]
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication
from staging import ADAM, SMALL, STARTER, State, dense, draw_states, settle, until

from nnplayground.app.shell.main_window import MainWindow
from nnplayground.project.model import DataSpec, GeneratedSource, PointsSource, Project, TableSource


def houses() -> str:
    """Return a table of made-up houses: area, rooms and age, and what they cost to buy and to rent."""
    rng = np.random.default_rng(7)
    lines = ["area,rooms,age,price,rent"]
    for area, rooms, age, luck in zip(
        rng.uniform(40, 250, 300), rng.integers(1, 7, 300), rng.integers(0, 90, 300), rng.normal(0, 1, 300), strict=True
    ):
        price = 60_000 + 2_200 * area - 900 * age + 15_000 * luck
        lines.append(f"{area:.0f},{rooms},{age},{max(75_000, price):.0f},{5 * area + 60 * rooms:.0f}")
    return "\n".join(lines)


HOUSES = TableSource(text=houses(), inputs=("area", "rooms", "age"), targets=("price",))
PRICES = Project(data=DataSpec(source=HOUSES, scaling="standardize", target_scaling="none"))
BOTH = Project(
    data=DataSpec(source=replace(HOUSES, targets=("price", "rent")), scaling="standardize"), network=dense(6, 4)
)
THREE_PARTS = Project(
    data=DataSpec(source=GeneratedSource(name="moons", samples=300, noise=0.35), validation_fraction=0.2),
    network=dense(8, 8),
    training=ADAM,
)
MARKED = Project(
    data=DataSpec(
        source=PointsSource(
            points=tuple((float(np.cos(k)) * k / 8, float(np.sin(k)) * k / 8, float(k % 2)) for k in range(40)),
            parts=tuple("train" if k % 4 else "test" for k in range(40)),
        ),
        split="given",
    )
)


def paste(window: MainWindow, text: str) -> None:
    """Open the dialog for a table from the clipboard."""
    QApplication.clipboard().setText(text)
    window.tables.paste()
    settle(900)


def ask_for_target(window: MainWindow) -> None:
    """Open the dialog for a table whose target is unsure, with odd cells and spellings that differ."""
    rng = np.random.default_rng(3)
    lines = ["height;weight;smokes;age"]
    for row in range(120):
        height = "1,8O" if row == 40 else f"{rng.normal(1.72, 0.1):.2f}".replace(".", ",")
        smokes = ("yes", "Yes", "no", "yes ")[row % 4]
        lines.append(f"{height};{rng.normal(70, 9):.0f};{smokes};{rng.integers(18, 80)}")
    paste(window, "\n".join(lines))


def export_and_open(window: MainWindow) -> None:
    """Export the trained network and open the file again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "two moons.npz"
        window.files.export_to(path)
        until(path.exists)
        settle(300)
        window.files.open_path(path)
        until(lambda: window.document.title == path.name)
        settle(900)


def draw_marked(window: MainWindow) -> None:
    """Open the drawing mode, which says to which part the next points belong."""
    window.commands["draw"].trigger()
    settle(600)


STATES: dict[str, State] = {
    "cause-line": (PRICES, 60, SMALL, "light", None),
    "several-targets": (BOTH, 120, SMALL, "dark", None),
    "three-parts": (THREE_PARTS, 150, SMALL, "light", None),
    "table-asks": (STARTER, 0, SMALL, "light", ask_for_target),
    "drawing-parts": (MARKED, 0, SMALL, "dark", draw_marked),
    "model-opened": (replace(THREE_PARTS, name="Two moons"), 120, SMALL, "light", export_and_open),
}


if __name__ == "__main__":
    draw_states(STATES)
