"""What may differ between the lanes of a race: the choices of each kind, and the lanes they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from nnplayground.app.text.titles import OPTIMIZERS, Title
from nnplayground.project.training_spec import TrainingSpec
from nnplayground.training.many.race import Lane, batch_lanes, optimizer_lanes, rate_lanes

RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
BATCHES = (1, 4, 16, 64, 256, 100_000)


@dataclass(frozen=True)
class Kind:
    """One thing that may differ: its title, the choices by their keys, those that are chosen at first, the lanes.

    `own` returns the key of what the experiment has, `words` puts what all lanes share into a sentence.
    """

    title: Title
    options: Mapping[str, Title]
    usual: tuple[str, ...]
    lanes: Callable[[TrainingSpec, Sequence[str]], tuple[Lane, ...]]
    words: Callable[[TrainingSpec], str]


def _optimizers(training: TrainingSpec, keys: Sequence[str]) -> tuple[Lane, ...]:
    return optimizer_lanes(training, keys)


def _rates(training: TrainingSpec, keys: Sequence[str]) -> tuple[Lane, ...]:
    return rate_lanes(training, [float(key) for key in keys])


def _batches(training: TrainingSpec, keys: Sequence[str]) -> tuple[Lane, ...]:
    return batch_lanes(training, [int(key) for key in keys])


def _share_rate(training: TrainingSpec) -> str:
    return f"All lanes have the learning rate {training.optimizer.learning_rate:g}; another one may change the order."


def _share_optimizer(training: TrainingSpec) -> str:
    return f"All lanes use {OPTIMIZERS[training.optimizer.name].name}; another optimizer wants other rates."


def _share_both(training: TrainingSpec) -> str:
    rate = training.optimizer.learning_rate
    return (
        f"All lanes use {OPTIMIZERS[training.optimizer.name].name} at the learning rate {rate:g}; small batches take "
        "more steps in an epoch."
    )


KINDS = {
    "optimizers": Kind(
        Title("Optimizers", "Every lane has another optimizer, and all have the same learning rate."),
        OPTIMIZERS,
        ("sgd", "momentum", "rmsprop", "adam"),
        _optimizers,
        _share_rate,
    ),
    "rates": Kind(
        Title("Learning rates", "Every lane has another learning rate, and all have the same optimizer."),
        {f"{rate:g}": Title(f"{rate:g}", f"The learning rate {rate:g}.") for rate in RATES},
        ("0.003", "0.03", "0.3"),
        _rates,
        _share_optimizer,
    ),
    "batches": Kind(
        Title("Batch sizes", "Every lane averages another number of samples for each step."),
        {
            str(size): Title(f"{size}", f"{size} samples for each step.")
            if size <= 256
            else Title("All", "All training samples for each step: one step in each epoch.")
            for size in BATCHES
        },
        ("1", "16", "100000"),
        _batches,
        _share_both,
    ),
}


def lane_name(kind: str, lane: Lane) -> str:
    """Return what a lane is called in the window."""
    if kind == "optimizers":
        return OPTIMIZERS[lane.name].name
    if kind == "rates":
        return f"Rate {lane.name}"
    return "All samples" if lane.training.batch_size == BATCHES[-1] else f"Batch {lane.name}"
