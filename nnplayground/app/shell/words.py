"""What the window says about a moment of training."""

from __future__ import annotations

from math import floor, log10

from nnplayground.app.text.titles import Title
from nnplayground.app.ui.plain_text import one_line
from nnplayground.app.ui.readouts import Readout
from nnplayground.explain.figures import number_text, tidy
from nnplayground.explain.words import cost_unit, words_of
from nnplayground.project.blocks import is_stack
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.measures import Measures
from nnplayground.training.run.parts import ALL_PARTS

DIGITS = 3
MOST_INPUTS = 4  # of which the status line tells the values
FOLLOWED = 20.0  # so many batches a second can still be told one by one
Ends = tuple[tuple[str, ...], tuple[str, ...]]  # the names of the inputs and of the output neurons

READOUTS = (
    Readout("epoch", "Epoch", "How often the network has seen all training samples.", "888,888"),
    Readout("train", "Train cost", "How wrong the network is on the samples it learns from.", "8.88e+08"),
    Readout("validation", "Valid. cost", "How wrong it is on the samples that choose the best epoch.", "8.88e+08"),
    Readout("test", "Test cost", "How wrong it is on samples that it has never seen while learning.", "8.88e+08"),
    Readout("score", "Accuracy", "How many classes are right, or for numbers R²: 1 is perfect.", "99.9 % · 99.9 %"),
)  # fmt: skip


def figure(value: float | None) -> str:
    """Return a number with three significant digits, or a dash where there is none."""
    if value is None:
        return "–"
    if value == 0.0:
        return "0"
    if not 1e-4 <= abs(value) < 1e6:
        return tidy(f"{value:.2e}")
    places = max(0, DIGITS - 1 - floor(log10(abs(value))))
    return tidy(f"{value:,.{places}f}")


def readout_values(snapshot: Snapshot) -> dict[str, str]:
    """Return the texts of the read-outs."""
    classes = bool(snapshot.data.rule.classes)
    parts = [part for part in map(snapshot.measured.of, ALL_PARTS) if part.cost is not None]
    return {
        "epoch": f"{snapshot.epoch:,}",
        "train": figure(snapshot.train.cost),
        "validation": figure(snapshot.validation.cost),
        "test": figure(snapshot.test.cost),
        "score": " · ".join(_score(part, classes=classes) for part in parts),
    }


def readout_names(snapshot: Snapshot) -> dict[str, Title]:
    """Return what the read-outs of this task are called, and what they mean."""
    entries = {entry.key: entry for entry in READOUTS}
    names = {"score": Title(score_name(snapshot), entries["score"].help)}
    unit = cost_unit(snapshot.data.scaled_targets)
    for key in ("train", "validation", "test"):
        label, help_text = entries[key].label, entries[key].help
        about = f" It is the cost{unit}; R² and all answers are in the units of the data." if unit else ""
        short = label.removesuffix(" cost")  # three of them have to stand in one row
        names[key] = Title(f"{short} (scaled)" if unit else label, help_text + about)
    return names


def score_name(snapshot: Snapshot) -> str:
    """Return the word for the score of this task, with the parts that it is told for."""
    name = "Accuracy" if snapshot.data.rule.classes else "Fit (R²)"
    short = {"train": "train", "validation": "valid.", "test": "test"}
    parts = [short[part] for part in ALL_PARTS if part == "train" or snapshot.measured.of(part).cost is not None]
    return f"{name}, {' · '.join(parts)}"


def _score(part: Measures, *, classes: bool) -> str:
    if part.score is None:
        return "–"
    return f"{100.0 * part.score:.1f} %" if classes else _fit_text(part.score)


def _fit_text(value: float) -> str:
    """Return R² for a narrow place: three decimals as far as it may be good, and little of what has no lower bound."""
    if value > -10.0:
        return tidy(f"{value:.3f}")
    return number_text(value) if value > -1000.0 else tidy(f"{value:.0e}")


def status_line(snapshot: Snapshot, *, target: int | None = None) -> str:
    """Return one line: what is happening, where in the epoch, how fast.

    `target` is the epoch to which it was asked to run.
    """
    if snapshot.running:
        return _under_way(snapshot, target)
    return f"Stopped: {words_of(snapshot.stop.message)}" if snapshot.stop is not None else _at_rest(snapshot, target)


def _at_rest(snapshot: Snapshot, target: int | None) -> str:
    """Return where training stands, how it came there and what to do next."""
    if snapshot.record.is_back:
        return f"Back at epoch {snapshot.epoch:,} of {snapshot.record.last_epoch:,}. Play goes on from here."
    if snapshot.sample is not None:
        return f"Trained on sample {snapshot.sample + 1:,} alone: {sample_words(snapshot, snapshot.sample)}."
    if snapshot.steps == 0:
        drawn = is_stack(snapshot.project.network.layers)
        return "Ready. Press Play, or click into the network to change it." if drawn else "Ready. Press Play."
    if snapshot.batch:
        return f"Paused in epoch {snapshot.epoch + 1:,}, after batch {snapshot.batch:,} of {snapshot.batches:,}."
    return f"Paused after epoch {snapshot.epoch:,}" + (", as asked for." if target == snapshot.epoch else ".")


def sample_words(snapshot: Snapshot, row: int) -> str:
    """Return what is known of a sample: its class or value, and its inputs where they are few."""
    samples = snapshot.data.samples
    if samples.classes:
        what = [one_line(samples.classes[int(samples.targets[row])])]
    else:
        pairs = zip(samples.target_names, samples.target_columns[row].tolist(), strict=True)
        what = [f"{one_line(name)} {number_text(value)}" for name, value in pairs][:MOST_INPUTS]
    names = samples.input_names if len(samples.input_names) <= MOST_INPUTS else ()
    inputs = [
        f"{one_line(name)} {number_text(float(value))}" for name, value in zip(names, samples.inputs[row], strict=False)
    ]
    return ", ".join([*what, *inputs])


def _under_way(snapshot: Snapshot, target: int | None) -> str:
    """Return what is being trained: the batch while it can be followed, and the epoch to which it runs."""
    words = ["Training" if target is None else f"Training to epoch {target:,}"]
    speed = snapshot.epochs_per_second
    if 0.0 < speed * snapshot.batches <= FOLLOWED and snapshot.batches > 1:
        epoch, batch = (snapshot.epoch + 1, snapshot.batch) if snapshot.batch else (snapshot.epoch, snapshot.batches)
        words.append(f"epoch {epoch:,}, batch {batch:,} of {snapshot.batches:,}")
    return " · ".join([*words, _speed(speed, snapshot.batches)])


def _speed(epochs_per_second: float, batches: int) -> str:
    if epochs_per_second <= 0.0:
        return "measuring the speed"
    if epochs_per_second < 0.5:
        return f"{epochs_per_second * batches:.1f} batches a second"
    if epochs_per_second < 10.0:
        return f"{epochs_per_second:.1f} epochs a second"
    return f"{epochs_per_second:,.0f} epochs a second"


def output_names(classes: tuple[str, ...], outputs: int, targets: tuple[str, ...]) -> tuple[str, ...]:
    """Return what the output neurons speak for: each a class, a single one the second of two, or each a target."""
    if outputs == len(classes):
        return classes
    return classes[1:] if classes else targets


def end_names(snapshot: Snapshot) -> Ends:
    """Return the names of the network's inputs and output neurons as the data have them."""
    data = snapshot.data
    columns = data.samples.input_names
    own = dict(zip(("x1", "x2"), columns, strict=True)) if len(columns) == 2 else {}
    features = tuple(one_line(own.get(name, name)) for name in data.features)
    outputs = output_names(data.rule.classes, data.rule.outputs, data.samples.target_names)
    return features, tuple(map(one_line, outputs))
