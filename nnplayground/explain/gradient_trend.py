"""What the gradients of the layers tell over the epochs, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnplayground.arrays import Floats
from nnplayground.explain.layer_findings import SLOWLY, Finding, times, way_back

FEWEST = 5
LATEST = 10
"""So many epochs at either end are compared, as a single batch has a gradient of its own."""
EARLY = Finding("Train some epochs. A line far below the others: that layer hardly learns.")


def trend_finding(norms: Floats, names: Sequence[str]) -> Finding:
    """Read lengths of gradients `[layers, epochs + 1]`, NaN where there are none; `names` are those of the layers."""
    told = np.flatnonzero(np.isfinite(norms).all(axis=0)) if len(norms) else np.empty(0)
    if len(told) < FEWEST:
        return EARLY
    first, last = (_typical(norms[:, part]) for part in (told[:LATEST], told[-LATEST:]))
    if (last == 0.0).all():
        return Finding("0 in every layer: nothing changes any more.")
    for name, length in zip(names, last.tolist(), strict=True):
        if length == 0.0:
            return Finding(f"Nothing reaches {name}: it cannot learn.", warns=True)
    found = way_back(list(zip(names, last.tolist(), strict=True))) if len(norms) > 1 else None
    if found is not None and (found.warns or "slowly" in found.text):
        return found
    return _over_time(first, last)


def _over_time(first: Floats, last: Floats) -> Finding:
    """Compare the last epochs with the first ones, over all layers."""
    with np.errstate(divide="ignore"):
        ratio = float(np.exp(np.mean(np.log(last) - np.log(first))))
    if ratio <= 1.0 / SLOWLY:
        return Finding(f"{times(1.0 / ratio)} times smaller than in the first epochs: it settles.")
    if ratio >= SLOWLY:
        return Finding(
            f"{times(ratio)} times larger than in the first epochs: try a smaller learning rate.", warns=True
        )
    return Finding("The layers keep together. A line far below the others hardly learns.")


def _typical(norms: Floats) -> Floats:
    """Return the median of each layer `[layers]` over epochs `[layers, epochs]`."""
    typical: Floats = np.median(norms, axis=1)
    return typical
