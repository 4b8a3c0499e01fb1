"""What there is to see in the layers, one finding for each kind of numbers; what should worry is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, log10

from nnplayground.engine.statistics import Histogram, flat_ends
from nnplayground.explain.flatness import MOSTLY_FLAT, is_too_flat
from nnplayground.explain.layer_names import LayerName
from nnplayground.message import Fact, Message
from nnplayground.training.observe.reports import LayerReport

WIDER, MUCH_WIDER, NARROWER = 1.25, 10.0, 0.8
ALIKE = 10.0
SLOWLY, VANISHING = 10.0, 100.0
NEARLY_NOTHING = 1e-6


@dataclass(frozen=True)
class Finding:
    """What there is to tell; `warns` where it is something that keeps the network from learning."""

    message: Message
    warns: bool = False


@dataclass(frozen=True, eq=False)
class Named:
    """A layer, its number or `OUTPUT` as the window has it, and the same layer at the start where that is known."""

    name: LayerName
    layer: LayerReport
    start: LayerReport | None = None


def weights_finding(layers: Sequence[Named]) -> Finding:
    """Tell how the weights have changed since the start."""
    pairs = [(one, one.layer.statistics.weights, _start_weights(one)) for one in layers]
    found = [(one, now, start) for one, now, start in pairs if now is not None]
    for one, now, _ in found:
        if now.not_finite:
            return _warning("layers.weights_not_finite", layer=one.name)
    for one, now, _ in found:
        if now.standard_deviation == 0.0 and now.counts.sum() > 1:
            return _warning("layers.weights_equal", layer=one.name)
    ratios = [
        (now.standard_deviation / start.standard_deviation, one)
        for one, now, start in found
        if start is not None and start.standard_deviation > 0.0
    ]
    return _growth(ratios)


def _growth(ratios: Sequence[tuple[float, Named]]) -> Finding:
    """Tell of the layer whose spread has changed most."""
    if not ratios:
        return _finding("layers.weights")
    ratio, one = max(ratios, key=_change)
    if ratio >= MUCH_WIDER:
        return _warning("layers.much_wider", layer=one.name, ratio=ratio)
    if ratio >= WIDER:
        return _finding("layers.wider", layer=one.name, ratio=ratio)
    if ratio <= NARROWER:
        return _finding("layers.narrower", layer=one.name, ratio=ratio)
    return _finding("layers.same_width")


def activations_finding(layers: Sequence[Named]) -> Finding:
    """Tell whether samples can still be told apart behind each layer."""
    for one in layers:
        found = one.layer.statistics.histogram
        if found.not_finite:
            return _warning("layers.answers_not_finite", layer=one.name)
    hidden = [one for one in layers if not one.layer.is_output]
    if not hidden:
        return _finding("layers.only_output")
    return _alike([(one, one.layer.statistics.variation) for one in hidden])


def _alike(variations: Sequence[tuple[Named, float]]) -> Finding:
    """Tell whether the answers change from sample to sample in the last hidden layer as they do in the first."""
    (first, at_first), (last, at_last) = variations[0], variations[-1]
    for one, variation in variations:
        if variation == 0.0:
            return _warning("layers.all_alike", layer=one.name)
    if at_first >= ALIKE * at_last:
        return _warning("layers.flatter", first=first.name, last=last.name, ratio=at_first / at_last)
    if at_last >= ALIKE * at_first:
        return _warning("layers.steeper", first=first.name, last=last.name, ratio=at_last / at_first)
    return _finding("layers.samples_differ")


def gradients_finding(layers: Sequence[Named]) -> Finding:
    """Tell whether what the output asks for reaches the first layer."""
    norms = [(one, one.layer.statistics.gradient_norm) for one in layers]
    found = [(one, norm) for one, norm in norms if norm is not None]
    if not all(isfinite(norm) for _, norm in found):
        return _warning("layers.not_finite")
    if max(norm for _, norm in found) < NEARLY_NOTHING:
        return _finding("layers.gradient_nearly_zero")
    for one, norm in found:
        if norm == 0.0:
            return no_gradient(one.name)
    if len(found) == 1:
        return _finding("layers.one_gradient")
    return way_back([(one.name, norm) for one, norm in found])


def way_back(norms: Sequence[tuple[LayerName, float]]) -> Finding:
    """Compare the lengths of the gradient in the first and the last of several layers, all above 0."""
    (first, at_first), (last, at_last) = norms[0], norms[-1]
    weaker = at_last / at_first
    if weaker >= VANISHING:
        return _warning("layers.vanishes", first=first, last=last, ratio=weaker)
    if weaker >= SLOWLY:
        return _finding("layers.learns_slowly", first=first, last=last, ratio=weaker)
    if weaker <= 1.0 / VANISHING:
        return _warning("layers.explodes", first=first, last=last, ratio=1.0 / weaker)
    lengths = [norm for _, norm in norms]
    return _finding("layers.each_learns", ratio=max(lengths) / min(lengths))


def dead_finding(layers: Sequence[Named]) -> Finding:
    """Tell where units have died."""
    worst = max(layers, key=_dead)
    count = round(_dead(worst) * worst.layer.units)
    if not count:
        return _finding("layers.none_dead")
    return _warning("layers.dead", dead=count, units=worst.layer.units, layer=worst.name)


def saturated_finding(layers: Sequence[Named]) -> Finding:
    """Tell where hidden layers answer from the flat ends of their activation."""
    bent = [one for one in layers if not one.layer.is_output and one.layer.activation and _flat_ends(one)]
    if not bent:
        return _finding("layers.flat_output")
    worst = max(bent, key=_flatness)
    share, two = worst.layer.statistics.saturated, _flat_ends(worst) == 2
    if is_too_flat(worst.layer):
        return _warning("layers.flat_ends" if two else "layers.flat", layer=worst.name, share=share)
    if not share:
        return _finding("layers.never_flat")
    if two:
        return _finding("layers.seldom_flat", layer=worst.name, share=share)
    return _finding("layers.half_flat")


def no_gradient(layer: LayerName) -> Finding:
    """Tell that a layer gets nothing of what the output asks for."""
    return _warning("layers.no_gradient", layer=layer)


def _finding(name: str, **facts: Fact) -> Finding:
    return Finding(Message(name, facts))


def _warning(name: str, **facts: Fact) -> Finding:
    return Finding(Message(name, facts), warns=True)


def _start_weights(one: Named) -> Histogram | None:
    return one.start.statistics.weights if one.start else None


def _change(pair: tuple[float, Named]) -> float:
    return abs(log10(pair[0])) if pair[0] > 0.0 else inf


def _dead(one: Named) -> float:
    return one.layer.statistics.dead


def _flat_ends(one: Named) -> int:
    return flat_ends(one.layer.activation or "identity")


def _flatness(one: Named) -> float:
    return one.layer.statistics.saturated / MOSTLY_FLAT.get(_flat_ends(one), 1.0)
