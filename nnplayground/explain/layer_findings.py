"""What there is to see in the layers, in one sentence for each kind of numbers; what should worry is marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, log10

from nnplayground.engine.statistics import Histogram, flat_ends
from nnplayground.explain.flatness import MOSTLY_FLAT, is_too_flat
from nnplayground.training.observe.report import LayerReport

WIDER, MUCH_WIDER, NARROWER = 1.25, 10.0, 0.8
ALIKE = 10.0
SLOWLY, VANISHING = 10.0, 100.0
NEARLY_NOTHING = 1e-6


@dataclass(frozen=True)
class Finding:
    """One sentence; `warns` where it tells of something that keeps the network from learning."""

    text: str
    warns: bool = False


@dataclass(frozen=True, eq=False)
class Named:
    """A layer, what it is called in a sentence, and the same layer at the start where that is known."""

    name: str
    layer: LayerReport
    start: LayerReport | None = None

    @property
    def starts_so(self) -> str:
        """The name at the beginning of a sentence."""
        return self.name[:1].upper() + self.name[1:]


def weights_finding(layers: Sequence[Named]) -> Finding:
    """Tell how the weights have changed since the start."""
    pairs = [(one, one.layer.statistics.weights, _start_weights(one)) for one in layers]
    found = [(one, now, start) for one, now, start in pairs if now is not None]
    for one, now, _ in found:
        if now.not_finite:
            return Finding(f"Not finite in {one.name}: the steps were too large.", warns=True)
    for one, now, _ in found:
        if now.standard_deviation == 0.0 and now.counts.sum() > 1:
            return Finding(f"All weights of {one.name} are equal: draw them at random.", warns=True)
    ratios = [
        (now.standard_deviation / start.standard_deviation, one)
        for one, now, start in found
        if start is not None and start.standard_deviation > 0.0
    ]
    return _growth(ratios)


def _growth(ratios: Sequence[tuple[float, Named]]) -> Finding:
    """Tell of the layer whose spread has changed most."""
    if not ratios:
        return Finding("The wider they are, the sharper the layer answers.")
    ratio, one = max(ratios, key=_change)
    if ratio >= MUCH_WIDER:
        return Finding(f"{one.starts_so} is {times(ratio)} times as wide as at the start: very steep.", warns=True)
    if ratio >= WIDER:
        return Finding(f"{one.starts_so} grew most: {times(ratio)} times as wide as at the start.")
    if ratio <= NARROWER:
        return Finding(f"{one.starts_so} shrank to {ratio:.2g} of its first width, as penalties do.")
    return Finding("About as wide as at the start. The wider, the steeper a layer answers.")


def activations_finding(layers: Sequence[Named]) -> Finding:
    """Tell whether samples can still be told apart behind each layer."""
    for one in layers:
        found = one.layer.statistics.histogram
        if found.not_finite:
            return Finding(f"Not finite in {one.name}: the weights are too large.", warns=True)
    hidden = [one for one in layers if not one.layer.is_output]
    if not hidden:
        return Finding("The answers of the network: far apart means sure.")
    return _alike([(one, one.layer.statistics.variation) for one in hidden])


def _alike(variations: Sequence[tuple[Named, float]]) -> Finding:
    """Tell whether the answers change from sample to sample in the last hidden layer as they do in the first."""
    (first, at_first), (last, at_last) = variations[0], variations[-1]
    for one, variation in variations:
        if variation == 0.0:
            return Finding(f"In {one.name} all samples look the same: nothing passes.", warns=True)
    way = f"from {first.name} to {last.name}"
    if at_first >= ALIKE * at_last:
        return Finding(f"{times(at_first / at_last)} times flatter {way}: samples look alike.", warns=True)
    if at_last >= ALIKE * at_first:
        return Finding(f"{times(at_last / at_first)} times steeper {way}.", warns=True)
    return Finding("Samples differ in every layer. Heaps at the ends: saturated.")


def gradients_finding(layers: Sequence[Named]) -> Finding:
    """Tell whether what the output asks for reaches the first layer."""
    norms = [(one, one.layer.statistics.gradient_norm) for one in layers]
    found = [(one, norm) for one, norm in norms if norm is not None]
    if not all(isfinite(norm) for _, norm in found):
        return Finding("Not finite: the steps were too large.", warns=True)
    if max(norm for _, norm in found) < NEARLY_NOTHING:
        return Finding("Nearly 0 everywhere: it has settled, or it is stuck.")
    for one, norm in found:
        if norm == 0.0:
            return Finding(f"Nothing reaches {one.name}: it cannot learn.", warns=True)
    if len(found) == 1:
        return Finding("Narrower than at the start: less is left to learn.")
    return way_back([(one.name, norm) for one, norm in found])


def way_back(norms: Sequence[tuple[str, float]]) -> Finding:
    """Compare the lengths of the gradient in the first and the last of several layers, all above 0."""
    (first, at_first), (last, at_last) = norms[0], norms[-1]
    weaker = at_last / at_first
    begin = f"{first[:1].upper()}{first[1:]} gets {times(max(weaker, 1.0 / weaker))} times"
    if weaker >= VANISHING:
        return Finding(f"{begin} less than {last}: the gradient vanishes.", warns=True)
    if weaker >= SLOWLY:
        return Finding(f"{begin} less than {last}: it learns slowly.")
    if weaker <= 1.0 / VANISHING:
        return Finding(f"{begin} more than {last}: the gradient explodes.", warns=True)
    lengths = [norm for _, norm in norms]
    return Finding(f"All layers within a factor of {times(max(lengths) / min(lengths))}: each can learn.")


def dead_finding(layers: Sequence[Named]) -> Finding:
    """Tell where units have died."""
    worst = max(layers, key=_dead)
    count = round(_dead(worst) * worst.layer.units)
    if not count:
        return Finding("None: every unit passes on a gradient.")
    return Finding(f"{count:,} of {worst.layer.units:,} in {worst.name} let no gradient through.", warns=True)


def saturated_finding(layers: Sequence[Named]) -> Finding:
    """Tell where hidden layers answer from the flat ends of their activation."""
    bent = [one for one in layers if not one.layer.is_output and one.layer.activation and _flat_ends(one)]
    if not bent:
        return Finding("A sure output is flat; inside, nothing can be.")
    worst = max(bent, key=_flatness)
    share, two = worst.layer.statistics.saturated, _flat_ends(worst) == 2
    percent = f"{100.0 * share:.0f}\N{NO-BREAK SPACE}%"
    if is_too_flat(worst.layer):
        why = "from flat ends: it learns slowly" if two else "flat: little passes"
        return Finding(f"{worst.starts_so}: {percent} {why}.", warns=True)
    if not share:
        return Finding("Nowhere inside: every unit can move.")
    if two:
        return Finding(f"Inside at most {percent}, in {worst.name}: it can move.")
    return Finding("For functions like ReLU about a half is healthy.")


def times(ratio: float) -> str:
    """Return how many times, with two digits that count."""
    if ratio < 10.0:
        return f"{ratio:.2g}"
    if not isfinite(ratio) or ratio >= 1e6:
        return "more than a million"
    digits = int(log10(ratio)) - 1
    return f"{round(ratio, -digits):,.0f}"


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
