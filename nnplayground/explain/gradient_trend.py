"""What the gradients of the layers tell over the epochs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.explain.layer_findings import SLOWLY, Finding, no_gradient, way_back
from nnplayground.explain.layer_names import LayerName
from nnplayground.message import Message

FEWEST = 5
LATEST = 10
"""So many epochs at either end are compared, as a single batch has a gradient of its own."""
EARLY = Finding(Message("trend.early"))


def trend_finding(norms: Floats, layers: Sequence[LayerName]) -> Finding:
    """Read lengths of gradients `[layers, epochs + 1]`, NaN where there are none; `layers` are what they are called."""
    told = np.flatnonzero(np.isfinite(norms).all(axis=0)) if len(norms) else np.empty(0)
    if len(told) < FEWEST:
        return EARLY
    first, last = (_typical(norms[:, part]) for part in (told[:LATEST], told[-LATEST:]))
    if (last == 0.0).all():
        return Finding(Message("trend.zero"))
    for layer, length in zip(layers, last.tolist(), strict=True):
        if length == 0.0:
            return no_gradient(layer)
    found = way_back(list(zip(layers, last.tolist(), strict=True))) if len(norms) > 1 else None
    if found is not None and (found.warns or found.message.id == "layers.learns_slowly"):
        return found
    return _over_time(first, last)


def _over_time(first: Floats, last: Floats) -> Finding:
    """Compare the last epochs with the first ones, over all layers that had a gradient at first."""
    had_one = first > 0.0
    if not had_one.any():
        return Finding(Message("trend.together"))
    ratio = float(np.exp(np.mean(np.log(last[had_one]) - np.log(first[had_one]))))
    if ratio <= 1.0 / SLOWLY:
        return Finding(Message("trend.settles", {"ratio": 1.0 / ratio}))
    if ratio >= SLOWLY:
        return Finding(Message("trend.grows", {"ratio": ratio}), warns=True)
    return Finding(Message("trend.together"))


def _typical(norms: Floats) -> Floats:
    """Return the median of each layer `[layers]` over epochs `[layers, epochs]`."""
    typical: Floats = np.median(norms, axis=1)
    return typical
