"""The order of the classes of a table where it was chosen: it says which output of the network stands for which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from nnplayground.data.samples import Samples

Kind = TypeVar("Kind", bound=Samples)


def with_class_order(samples: Kind, order: Sequence[str]) -> Kind:
    """Return the samples with their classes in this order; as they are where these are not their classes."""
    if tuple(order) == samples.classes or sorted(order) != sorted(samples.classes):
        return samples
    places = np.array([order.index(name) for name in samples.classes])
    return replace(samples, classes=tuple(order), targets=places[samples.targets.astype(np.int64)].astype(np.float64))
