"""Which inputs and samples are drawn when there are too many for one picture, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnplayground.arrays import Integers
from nnplayground.data.samples import Samples

MOST_INPUTS = 8
MOST_SAMPLES = 1_000


def shown_inputs(samples: Samples) -> tuple[int, ...]:
    """Return the inputs that are drawn: the first few, or of pictures the pixels that vary most."""
    count = len(samples.input_names)
    if count <= MOST_INPUTS or samples.image_shape is None:
        return tuple(range(min(count, MOST_INPUTS)))
    return tuple(sorted(np.argsort(samples.inputs.std(axis=0), kind="stable")[-MOST_INPUTS:].tolist()))


def shown_samples(count: int) -> Integers:
    """Return which of `count` samples are drawn: all, or always the same random ones of many."""
    if count <= MOST_SAMPLES:
        return np.arange(count, dtype=np.int64)
    chosen = np.random.default_rng(0).choice(count, MOST_SAMPLES, replace=False)
    return np.sort(chosen).astype(np.int64)


def selection_note(samples: Samples, inputs: Sequence[int], rows: Integers) -> str:
    """Return the sentence that says what is not drawn; "" if everything is."""
    parts = []
    count = len(samples.input_names)
    if len(inputs) < count:
        which = "first" if samples.image_shape is None else "most varied"
        parts.append(f"the {len(inputs)} {which} of {count:,} inputs")
    if len(rows) < len(samples.targets):
        parts.append(f"{len(rows):,} of {len(samples.targets):,} samples")
    text = " and ".join(parts)
    return f"{text[0].upper()}{text[1:]} are drawn." if text else ""
