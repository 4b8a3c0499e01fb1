"""What an edit of the document means: one plan, made once and read by all."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from nnplayground.data.datasets import WITH_ONE_INPUT
from nnplayground.message import Message
from nnplayground.project.differences import Difference, differences
from nnplayground.project.layer_specs import start_shapes
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    NetworkSpec,
    PointsSource,
    Project,
    Source,
)
from nnplayground.project.pairing import Pairing, data_set_of


class Consequence(Enum):
    """From nothing to a fresh start."""

    NOTHING = "nothing that training depends on has changed"
    RETUNE = "the next batch simply uses the new numbers"
    KEEP = "the weights that still have a place are kept"
    START_OVER = "training starts over from new weights"


class Cause(Enum):
    """What makes the weights and the curve so far meaningless, or replaces them."""

    SEED = "seed"
    INITIAL_WEIGHTS = "initial_weights"
    COST = "cost"
    OUTPUT_ACTIVATION = "output_activation"
    TARGET_SCALING = "target_scaling"
    DATA = "data"


@dataclass(frozen=True)
class EditPlan:
    """What the step from the project `old` to `new` means for training and for what is shown.

    `pairing` tells which layers, units and inputs of the new network are which of the old one. With `same_data` both
    prepare the same arrays. With `only_points` nothing differs but the points that are drawn. `notice` is what the
    person should know, if anything: that training begins anew and why, that explicit start values no longer fit, or
    which hidden layers with weights, counted from 1, changed places.
    """

    old: Project
    new: Project
    consequence: Consequence
    differences: tuple[Difference, ...]
    pairing: Pairing
    same_data: bool
    only_points: bool
    notice: Message | None = None

    @property
    def keeps_weights(self) -> bool:
        """Whether training goes on with the weights that still have a place."""
        return self.consequence is not Consequence.START_OVER

    @property
    def same_optimizer(self) -> bool:
        """Whether what the optimizer remembers is still of use, where all weights have their places."""
        return FIXED["optimizer"] not in {one.path for one in self.differences}

    @property
    def changes_places(self) -> bool:
        """Whether the network may have other weights and biases: only then something goes that an undo brings back."""
        return (self.old.network.layers, self.old.data.features) != (self.new.network.layers, self.new.data.features)

    def since(self, project: Project) -> EditPlan:
        """Return the plan for a run that still stands at another project, as edits in between never arrived.

        What the person was told, and whether weights are kept, stays: it was decided edit by edit.
        """
        if not differences(project, self.old):
            return self
        anew = plan(project, self.new, keep_weights=True)
        consequence = Consequence.KEEP if self.keeps_weights else Consequence.START_OVER
        return replace(anew, consequence=consequence, notice=self.notice)


def plan(old: Project, new: Project, *, keep_weights: bool) -> EditPlan:
    """Return what the step from one document to another means.

    `keep_weights` is the person's wish that edits of the network and the data keep the weights that still have a place.
    What costs nothing that was learned keeps them anyway.
    """
    found = differences(old, new)
    paths = frozenset(one.path for one in found)
    only_points = bool(paths) and _are_of_points(paths, old.data.source, new.data.source)
    cause = _cause(old, new, paths)
    consequence = _consequence(paths, cause)
    if consequence is Consequence.KEEP and not (keep_weights or only_points or _costs_nothing(old, new, paths)):
        consequence = Consequence.START_OVER
    pairing = Pairing.between(old, new)
    return EditPlan(
        old=old,
        new=new,
        consequence=consequence,
        differences=found,
        pairing=pairing,
        same_data=not _are_any_of(paths, PREPARED),
        only_points=only_points,
        notice=_notice(old, new, consequence, cause, pairing.moved),
    )


def same_inputs(one: DataSpec, other: DataSpec) -> bool:
    """Tell whether the network has the same inputs and outputs for both, so that their names can stay."""
    return (data_set_of(one.source), one.features) == (data_set_of(other.source), other.features)


def same_data(one: Project, other: Project) -> bool:
    """Tell whether both projects prepare the same arrays, so that loading them again can be saved."""
    return not _are_any_of((found.path for found in differences(one, other)), PREPARED)


PREPARED = ("data", "seed", "network.output_activation", "training.cost")
"""Everything that decides the arrays a run trains on."""

FIXED = {"optimizer": "training.optimizer.name", "cost": "training.cost"}
"""The settings of the training that a run keeps to its end, by name: another one needs a run of its own."""

BEGINNINGS: dict[Cause, tuple[str, ...]] = {
    Cause.SEED: ("seed",),
    Cause.INITIAL_WEIGHTS: ("network.initializer", "network.bias_initializer"),
    Cause.COST: ("training.cost",),
    Cause.OUTPUT_ACTIVATION: ("network.output_activation",),
    Cause.TARGET_SCALING: ("data.target_scaling",),
}
"""What cannot change without making the weights and the curve so far meaningless, in the order in which it is told."""


def _are_any_of(paths: Iterable[str], places: tuple[str, ...]) -> bool:
    """Tell whether any of these fields is in one of these parts of the document."""
    return any(path == place or path.startswith(f"{place}.") for path in paths for place in places)


def _cause(old: Project, new: Project, paths: frozenset[str]) -> Cause | None:
    """Return what makes training start over, whatever the person wishes to keep."""
    found = next((cause for cause, places in BEGINNINGS.items() if _are_any_of(paths, places)), None)
    if found is not None:
        return found
    if data_set_of(old.data.source) != data_set_of(new.data.source):
        return Cause.DATA
    # Other start values are a wish where nothing else differs; otherwise they went as they no longer fit.
    is_wish = "parameters" in paths and _need_no_new_run(paths - {"parameters"})
    return Cause.INITIAL_WEIGHTS if is_wish else None


def _consequence(paths: frozenset[str], cause: Cause | None) -> Consequence:
    if not paths:
        return Consequence.NOTHING
    if cause is not None:
        return Consequence.START_OVER
    return Consequence.RETUNE if _need_no_new_run(paths) else Consequence.KEEP


def _need_no_new_run(paths: frozenset[str]) -> bool:
    """Tell whether a run that is under way can go on with what differs."""
    live = ("training", "network.frozen")
    return paths.isdisjoint(FIXED.values()) and all(_are_any_of([path], live) for path in paths)


def _costs_nothing(old: Project, new: Project, paths: frozenset[str]) -> bool:
    """Tell whether an edit leaves every weight in its place: how it is trained, and what is dropped, off or frozen."""
    only_network = all(_are_any_of([path], ("training", "network")) for path in paths)
    return only_network and _without_switches(old.network) == _without_switches(new.network)


def _are_of_points(paths: frozenset[str], old: Source, new: Source) -> bool:
    """Tell whether fields are of the points that are drawn, which goes on while the network learns."""
    are_drawn = isinstance(old, PointsSource) and isinstance(new, PointsSource)
    is_same = are_drawn and data_set_of(old) == data_set_of(new)
    return is_same and all(_are_any_of([path], ("data.source",)) for path in paths)


def _without_switches(network: NetworkSpec) -> NetworkSpec:
    plain = (layer.without_switches() for layer in network.layers)
    return replace(network, layers=tuple(layer for layer in plain if layer is not None), frozen=())


def _notice(
    old: Project, new: Project, consequence: Consequence, cause: Cause | None, order: tuple[int, ...] | None
) -> Message | None:
    """Return what the person should know; of several things the one that has to be mended first."""
    if _start_left_out(old, new):
        return Message("edit.start_values_left_out")
    if consequence is Consequence.START_OVER:
        return (
            Message("edit.weights_not_kept") if cause is None else Message("edit.started_over", {"cause": cause.value})
        )
    if order is None:
        return None
    moved = [place for place, before in enumerate(order, start=1) if before != place - 1]
    facts = {"first": moved[0], "last": moved[-1]}
    return Message("edit.neighbours_swapped", facts) if len(moved) == 2 else Message("edit.layers_moved", facts)


def _start_left_out(old: Project, new: Project) -> bool:
    """Tell whether explicit start values were left out as they no longer fit, not because other ones were asked for."""
    if old.parameters is None or new.parameters is not None:
        return False
    before, after = ((start_shapes(one.network.layers), one.network.output_activation) for one in (old, new))
    return not (before == after and same_inputs(old.data, new.data))


def start_of(network: NetworkSpec) -> Hashable:
    """What decides which start values a network can have, besides its layers."""
    return network.initializer, network.bias_initializer, network.output_activation


def is_planar(source: Source) -> bool:
    """Tell whether a source surely gives points of the plane, of which features are computed."""
    return isinstance(source, PointsSource) or (
        isinstance(source, GeneratedSource) and source.name not in WITH_ONE_INPUT
    )
