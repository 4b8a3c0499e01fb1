"""Single weights and biases of the document: where they are, which of them are frozen, and what is selected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from nnplayground.errors import FieldError
from nnplayground.project.limits import Number, Whole, check, limited

MOST_LAYERS = 64
MOST_UNITS = 5_000_000

LAYER = Whole(0, MOST_LAYERS, "The layer with weights, counted from 0 at the first one behind the inputs.")
UNIT = Whole(0, MOST_UNITS, "The neuron of that layer, counted from 0.")
SOURCE = Whole(
    0, MOST_UNITS, "The neuron or input from which the weight comes, counted from 0; null is the bias.", optional=True
)
VALUE = Number(-1e6, 1e6, "The number at which the weight or bias stays.")


@dataclass(frozen=True, order=True)
class ParameterIndex:
    """One weight `W[unit, source]` of a layer, or with `source` None the bias `b[unit]`.

    Layers are those with weights, counted from 0; the last one is the output.
    """

    layer: int
    unit: int
    source: int | None = None


@dataclass(frozen=True)
class Selection:
    """What is selected in the network: a layer, one of its neurons, or one of the weights that lead to that neuron.

    `layer` counts as in `ParameterIndex`; -1 are the inputs, which have neither weights nor biases.
    """

    layer: int
    unit: int | None = None
    source: int | None = None

    @property
    def place(self) -> ParameterIndex | None:
        """The weight that is selected, if it is one."""
        if self.unit is None or self.source is None or self.layer < 0:
            return None
        return ParameterIndex(self.layer, self.unit, self.source)


@dataclass(frozen=True)
class FrozenParameter:
    """A frozen weight or bias: it has this value from the start, and training leaves it alone."""

    layer: int = limited(0, LAYER)
    unit: int = limited(0, UNIT)
    source: int | None = limited(None, SOURCE)
    value: float = limited(0.0, VALUE)

    def __post_init__(self) -> None:
        check(self)

    @property
    def place(self) -> ParameterIndex:
        """Which weight or bias it is."""
        return ParameterIndex(self.layer, self.unit, self.source)


FrozenParameters = tuple[FrozenParameter, ...]


def check_locks(locks: FrozenParameters) -> None:
    """Raise `FieldError` unless these are locks, each of a weight or bias of its own."""
    if not isinstance(locks, tuple):
        raise FieldError("frozen", locks, "a tuple of FrozenParameters, each of one weight or bias")
    seen = set()
    for number, lock in enumerate(locks):
        if not isinstance(lock, FrozenParameter):
            raise FieldError(f"frozen[{number}]", lock, "a FrozenParameter of one weight or bias")
        if lock.place in seen:
            raise FieldError(f"frozen[{number}]", str(lock.place), "frozen once only")
        seen.add(lock.place)


def locked(locks: FrozenParameters, values: Mapping[ParameterIndex, float]) -> FrozenParameters:
    """Return the locks with these places frozen at these values, in place of what was frozen there before."""
    kept = [lock for lock in locks if lock.place not in values]
    new = [FrozenParameter(place.layer, place.unit, place.source, value) for place, value in values.items()]
    return _ordered([*kept, *new])


def unlocked(locks: FrozenParameters, places: Collection[ParameterIndex]) -> FrozenParameters:
    """Return the locks without those of these places."""
    return tuple(lock for lock in locks if lock.place not in places)


def moved(locks: FrozenParameters, place_of: Callable[[ParameterIndex], ParameterIndex | None]) -> FrozenParameters:
    """Return the locks at their new places, as `place_of` tells them; those without one are left out."""
    places = ((lock, place_of(lock.place)) for lock in locks)
    return _ordered(
        [FrozenParameter(place.layer, place.unit, place.source, lock.value) for lock, place in places if place]
    )


def _ordered(locks: Sequence[FrozenParameter]) -> FrozenParameters:
    """Return locks in the order of their places, so that equal documents have equal files."""
    return tuple(sorted(locks, key=lambda lock: (lock.layer, lock.unit, -1 if lock.source is None else lock.source)))
