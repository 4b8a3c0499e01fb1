"""Pinned runs and the present one as columns: the settings that differ, and what came out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite, nan

import numpy as np

from nnplayground.app.text.setting_words import setting_name, value_text
from nnplayground.app.text.titles import Title
from nnplayground.arrays import Floats
from nnplayground.explain.figures import number_text
from nnplayground.explain.words import chosen_on, cost_unit, part_word
from nnplayground.project.changes import same_data
from nnplayground.project.differences import differing_paths, value_at
from nnplayground.training.observe.pinning import PinnedRun
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.parts import Part

NOTHING = "–"
OTHER_DATA = (
    "This run is of other data or has another cost, so that its figures are not ranked with those of the others."
)
BEST_HELP = (
    "The lowest cost of the run and when, of the part that chooses the best epoch: validation, where there is one, "
    "else test, else training."
)
LONGEST = 28


@dataclass(frozen=True)
class Column:
    """One run: what it is called, the moment it stands for, its best epoch; `color` is `None` for the present one."""

    name: str
    snapshot: Snapshot
    best_epoch: int | None
    color: int | None = None


@dataclass(frozen=True)
class Cell:
    """One cell: its text, whether it is the best of its row, what its tooltip says."""

    text: str
    is_best: bool = False
    help: str = ""


@dataclass(frozen=True)
class Row:
    """One row: what it is called, its cells, and its numbers for a file (NaN where there are none)."""

    title: Title
    cells: tuple[Cell, ...]
    is_setting: bool = False
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One result: what it is called, how it is read from a run, how it is written, and which way is better."""

    title: Title
    read: Callable[[Column], float]
    write: Callable[[float, Column], str]
    better: int  # 1: larger is better, -1: smaller, 0: neither
    about: Callable[[Column], str] | None = None  # the tooltip of its cell


def columns_of(runs: Sequence[PinnedRun], now: Snapshot | None) -> tuple[Column, ...]:
    """Return a column for each pinned run, and the last for the present one."""
    every = tuple(Column(run.name, run.snapshot, run.best_epoch, run.color) for run in runs)
    return every if now is None else (*every, Column("Now", now, now.record.best_epoch))


def rows_of(columns: Sequence[Column]) -> tuple[Row, ...]:
    """Return the settings that differ, then the results; the best of each row is marked."""
    return (*_settings(columns), *_results(columns))


def table_of(columns: Sequence[Column]) -> dict[str, Floats]:
    """Return the results as columns of numbers, one entry for each run."""
    return {row.title.name: np.array(row.values) for row in _results(columns)}


def _settings(columns: Sequence[Column]) -> list[Row]:
    projects = [column.snapshot.project for column in columns]
    rows = []
    for path in differing_paths(projects):
        name = setting_name(path)
        texts = [value_text(path, value_at(project, path)) for project in projects]
        cells = tuple(Cell(_cut(text), help=text if len(text) > LONGEST else "") for text in texts)
        rows.append(Row(Title(name.capitalize(), f"The runs differ in this setting: {name}."), cells, is_setting=True))
    return rows


def _results(columns: Sequence[Column]) -> list[Row]:
    is_ranked = _ranked(columns)
    if not columns:
        return []
    data = columns[-1].snapshot.data
    compared = figures(
        has_classes=bool(data.rule.classes),
        part=data.deciding,
        has_validation=any("validation" in column.snapshot.data.present for column in columns),
        cost_unit=cost_unit(data.scaled_targets),
    )
    return [_result(figure, columns, is_ranked) for figure in compared]


def _result(figure: Figure, columns: Sequence[Column], is_ranked: Sequence[bool]) -> Row:
    values = tuple(figure.read(column) for column in columns)
    ranked = [figure.better * value for value, one in zip(values, is_ranked, strict=True) if one and isfinite(value)]
    best = max(ranked) if figure.better and len(set(ranked)) > 1 else None  # where all are level none is the best
    cells = []
    for value, column, one in zip(values, columns, is_ranked, strict=True):
        text = figure.write(value, column) if isfinite(value) else NOTHING
        is_best = best is not None and one and isfinite(value) and figure.better * value == best
        about = figure.about(column) if figure.about is not None and isfinite(value) else ""
        cells.append(Cell(text, is_best, about if one else OTHER_DATA))
    return Row(figure.title, tuple(cells), values=values)


def _ranked(columns: Sequence[Column]) -> list[bool]:
    """Tell which runs have the data and the cost of the last one, so that their figures mean the same."""
    if not columns:
        return []
    last = columns[-1].snapshot
    return [
        same_data(column.snapshot.project, last.project) and column.snapshot.data.rule == last.data.rule
        for column in columns
    ]


def figures(
    *, has_classes: bool, part: Part = "test", has_validation: bool = False, cost_unit: str = ""
) -> tuple[Figure, ...]:
    """Return the results that are compared.

    A `part` of the data has chosen the best epoch; `cost_unit` says of which targets the costs are where these are
    scaled.
    """
    scaled = " (scaled)" if cost_unit else ""
    score = "accuracy" if has_classes else "R²"
    best = Title(f"Best cost{scaled}", f"{BEST_HELP} Here it is {chosen_on(part)}.")
    return (
        Figure(Title("Epoch", "How many whole epochs the run was trained."), _epoch, _whole, 0),
        Figure(_cost_title("train", cost_unit), _train_cost, _number, -1),
        *([Figure(_cost_title("validation", cost_unit), _validation_cost, _number, -1)] if has_validation else []),
        Figure(_cost_title("test", cost_unit), _test_cost, _number, -1),
        Figure(best, _best_cost, _with_epoch, -1, _chosen),
        Figure(Title(f"Train {score}", "How good the answers for the training part are."), _train_score, _score, 1),
        *([_validation_figure(score)] if has_validation else []),
        Figure(Title(f"Test {score}", "How good the answers for the test part are."), _test_score, _score, 1),
        Figure(
            Title("Weights, biases", "How many weights and biases the network has, all together."),
            _parameters,
            _whole,
            0,
        ),
    )


def _cost_title(part: Part, cost_unit: str) -> Title:
    """Return what the cost of a part is called."""
    scaled = " (scaled)" if cost_unit else ""
    return Title(
        f"{part.capitalize()} cost{scaled}", f"The cost{cost_unit} of the {part_word(part)} part at this epoch."
    )


def _epoch(column: Column) -> float:
    return float(column.snapshot.epoch)


def _train_cost(column: Column) -> float:
    return _known(column.snapshot.train.cost)


def _test_cost(column: Column) -> float:
    return _known(column.snapshot.test.cost)


def _validation_cost(column: Column) -> float:
    return _known(column.snapshot.validation.cost)


def _validation_score(column: Column) -> float:
    return _known(column.snapshot.validation.score)


def _validation_figure(score: str) -> Figure:
    """Return how good the answers for the validation part are."""
    title = Title(f"Validation {score}", "How good the answers for the validation part are.")
    return Figure(title, _validation_score, _score, 1)


def _train_score(column: Column) -> float:
    return _known(column.snapshot.train.score)


def _test_score(column: Column) -> float:
    return _known(column.snapshot.test.score)


def _parameters(column: Column) -> float:
    return float(column.snapshot.architecture.parameter_count)


def _best_cost(column: Column) -> float:
    curve, epoch = column.snapshot.curve, column.best_epoch
    if epoch is None or epoch >= len(curve):
        return nan
    cost = float(curve.cost_of(column.snapshot.data.deciding)[epoch])
    return cost if isfinite(cost) else float(curve.train_cost[epoch])


def _known(value: float | None) -> float:
    return nan if value is None else value


def _whole(value: float, _column: Column) -> str:
    return f"{value:,.0f}"


def _number(value: float, _column: Column) -> str:
    return number_text(value)


def _chosen(column: Column) -> str:
    return f"The best epoch was {column.best_epoch:,}, {chosen_on(column.snapshot.data.deciding)}."


def _with_epoch(value: float, column: Column) -> str:
    return f"{number_text(value)} at {column.best_epoch:,}"


def _score(value: float, column: Column) -> str:
    return f"{100.0 * value:.1f} %" if column.snapshot.data.rule.classes else number_text(value)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
