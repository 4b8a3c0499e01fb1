"""What a terminal is told: of the data in two lines, of the result in one sentence and short tables in columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nnplayground.data.cells import listed, quoted
from nnplayground.explain.figures import percent_text
from nnplayground.explain.words import chosen_on, cost_unit, words_of
from nnplayground.json_values import Json
from nnplayground.message import Message
from nnplayground.training.many.runs_as_json import QUANTILES

MOST_CLASSES = 12
NOTHING = "-"
SHARES = ("accuracy", "balanced_accuracy")
FIGURES = {
    "cost": "cost",
    "accuracy": "accuracy",
    "balanced_accuracy": "balanced accuracy",
    "r_squared": "R squared",
    "root_mean_squared_error": "root mean squared error",
    "mean_absolute_error": "mean absolute error",
}
TARGET = ("r_squared", "root_mean_squared_error", "mean_absolute_error")
"""What is told of each of several targets."""

FIGURES_OF_MANY = {
    "train_cost": "train cost",
    "validation_cost": "validation cost",
    "test_cost": "test cost",
    "train_score": "train",
    "validation_score": "validation",
    "test_score": "test",
}
FIRST_COLUMN = 21
NAMED = 8
"""So many columns are named in a line; the others are counted."""

SIGNS = {"point": "a decimal point", "comma": "a decimal comma"}

Cells = tuple[str, ...]


def summary(figures: Json) -> str:
    """Return the figures that `train` returns as text to read; `train --json` has them all."""
    tables = [_parts(figures), _targets(figures), _classes(figures), _layers(figures["layers"])]
    findings = "\n".join(finding["sentence"] for finding in figures.get("findings", ()))
    return "\n\n".join(block for block in (sentence(figures), findings, *map(_table, tables)) if block)


def many_summary(figures: Json) -> str:
    """Return what `runs_as_json` gives as text: how the runs ended, and how far they lie apart."""
    score = "accuracy" if figures["score"] == "accuracy" else "R squared"
    titles = {name: f"{title} {score}" if name.endswith("score") else title for name, title in FIGURES_OF_MANY.items()}
    runs = words_of(Message("phrase.runs", {"runs": len(figures["runs"])}))
    lines = [f"{runs} in {figures['seconds']:.1f} s, {_reasons(figures)}."]
    lines += [f"The costs are those {figures['cost_unit']}."] if "cost_unit" in figures else []
    lines.append("")
    lines.append(f"{'':<{FIRST_COLUMN}}" + "".join(f"{name:>10}" for name in QUANTILES))
    for name, title in titles.items():
        if figures["spread"][name] is not None:
            values = "".join(f"{figures['spread'][name][key]:>10.4g}" for key in QUANTILES)
            lines.append(f"{title:<{FIRST_COLUMN}}{values}")
    return "\n".join(lines)


def data_lines(data: Json) -> tuple[str, str]:
    """Return two lines on what was taken of a table and what was not, from what `data_as_json` tells."""
    what = f"{len(data['classes'])} classes" if data["classes"] else "numbers" if data["targets"][1:] else "a number"
    unsure = f", which is a guess: {listed(data['other_targets'], limit=NAMED)} may be meant as well"
    target = f"Predicts {listed(data['targets'], limit=NAMED)} ({what}{unsure if data['other_targets'] else ''})"
    rows = f"{data['rows_used']:,} of {data['rows']:,} rows"
    first = f"{target} from {listed(data['inputs'], limit=NAMED)}; {rows}."
    return first, " ".join((_words_on_left_out(data["left_out"]), *data["notes"], _words_on_reading(data)))


def sentence(figures: Json) -> str:
    """Return the most important figures in one line."""
    parts = [
        words_of(Message("phrase.epochs", {"epochs": figures["epochs"]})),
        f"train cost{_cost_unit(figures)} {_number(figures['train_cost'])}",
    ]
    costs = {name: figures.get(f"{name}_cost") for name in ("validation", "test")}
    parts += [f"{name} cost {_number(cost)}" for name, cost in costs.items() if cost is not None]
    for key in ("train_accuracy", "validation_accuracy", "test_accuracy"):
        if figures.get(key) is not None:
            parts.append(f"{key.replace('_', ' ')} {_percent(figures[key])}")
    return ", ".join(parts) + f" (stopped: {str(figures['stop_reason']).replace('_', ' ')})." + _best(figures)


def _best(figures: Json) -> str:
    """Return a sentence on the best epoch, with the part that chose it, where training went on after it."""
    best = figures.get("best_epoch")
    if best is None or best == figures["epochs"]:
        return ""
    return f" The best epoch was {best:,}, {chosen_on(figures['best_chosen_on'])}."


def _cost_unit(figures: Json) -> str:
    scaling = figures.get("target_scaling")
    return cost_unit(len(scaling["shift"]) if scaling else 0)


def _parts(figures: Json) -> list[Cells]:
    """Return the figures of all parts beside each other."""
    names = [name for name in ("train", "validation", "test") if figures[name]]
    parts = [figures[name] for name in names]
    rows: list[Cells] = [("", *names)]
    rows.append(("samples", *(f"{part['samples']:,}" for part in parts)))
    for key, words in FIGURES.items():
        if any(part[key] is not None for part in parts):
            write = _percent if key in SHARES else _number
            unit = _cost_unit(figures) if key == "cost" else ""
            rows.append((words + unit, *(write(part[key]) for part in parts)))
    return [*rows, ("penalty", _number(figures["penalty"]))] if figures["penalty"] else rows


def _targets(figures: Json) -> list[Cells]:
    """Return what is told of each of several targets, of the test part (of the training part where there is none)."""
    name, part = ("test", figures["test"]) if figures["test"] else ("train", figures["train"])
    targets = part["by_target"] or []
    if len(targets) < 2:
        return []
    head = (f"target ({name})", *(FIGURES[key] for key in TARGET))
    return [head, *((one["target"], *(_number(one[key]) for key in TARGET)) for one in targets)]


def _classes(figures: Json) -> list[Cells]:
    """Return what is told of each class of the test part (of the training part where there is none)."""
    name, part = ("test", figures["test"]) if figures["test"] else ("train", figures["train"])
    classes = part["per_class"]
    if not classes or len(classes) > MOST_CLASSES:
        return []
    head = (f"class ({name})", "precision", "recall", "F1", "samples")
    shares = ("precision", "recall", "f1")
    return [head, *((one["class"], *(_percent(one[key]) for key in shares), f"{one['support']:,}") for one in classes)]


def _layers(layers: Sequence[Json]) -> list[Cells]:
    """Return what is told of each layer."""
    head = ("layer", "weights", "gradient", "dead", "saturated", "distinct")
    return [head, *(_layer(layer) for layer in layers)]


def _layer(layer: Json) -> Cells:
    """Return the row of one layer: norms of weights and gradient, shares, and how many neurons differ."""
    name = " ".join(filter(None, (str(layer["layer"]), layer["kind"].replace("_", " "), layer["activation"])))
    distinct = f"{layer['distinct_neurons']} of {layer['neurons']}" if layer["neurons"] else NOTHING
    norms = (_number(layer["weight_norm"]), _number(layer["gradient_norm"]))
    return (name, *norms, _percent(layer["dead"]), _percent(layer["saturated"]), distinct)


def _table(rows: Sequence[Cells]) -> str:
    """Return rows as lines: names on the left, figures below each other on the right."""
    if not rows:
        return ""
    columns = range(max(map(len, rows)))
    widths = [max(len(row[column]) for row in rows if column < len(row)) for column in columns]
    pairs = [list(zip(row, widths, strict=False)) for row in rows]
    lines = [[row[0][0].ljust(row[0][1]), *(text.rjust(width) for text, width in row[1:])] for row in pairs]
    return "\n".join("  ".join(line).rstrip() for line in lines)


def _percent(value: Any) -> str:
    return NOTHING if value is None else percent_text(value)


def _number(value: Any) -> str:
    return NOTHING if value is None else f"{value:.4g}"


def _reasons(figures: Json) -> str:
    """Return how many runs stopped for which reason."""
    reasons = [str(run["stop_reason"]).replace("_", " ") for run in figures["runs"]]
    counts = {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)}
    return ", ".join(f"{count} stopped: {reason}" for reason, count in counts.items())


def _words_on_left_out(left_out: Sequence[Json]) -> str:
    names = [f"{quoted(entry['column'])} ({entry['reason']})" for entry in left_out]
    return f"Left out: {listed(names, limit=NAMED, write=str)}." if names else "No column is left out."


def _words_on_reading(data: Json) -> str:
    """Say how the table was read; a guess is named as one."""
    sheet = f"the sheet {quoted(data['sheet'])}" if data["sheet"] else data["encoding"] or "text"
    encoding = sheet + (" (a guess)" if data["encoding_is_guess"] else "")
    return f"Read as {encoding} with {SIGNS[data['decimal']]}{' (a guess)' if data['decimal_is_guess'] else ''}."
