"""Single weights and biases of the network on show: what they are, what is frozen, and the wish to change them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from nnplayground.app.features.network.place_words import freeze_text, set_text
from nnplayground.app.features.network.structure import Structure
from nnplayground.project.parameter_index import VALUE, FrozenParameters, ParameterIndex, locked, unlocked
from nnplayground.training.observe.snapshot import Snapshot

# A layer with more numbers than this is not frozen as a whole: each of them has a line of its own in the file.
MOST_TO_FREEZE = 4096
# A frame may be under way already when a number is changed; the one after it knows the change for sure.
FRAMES_TO_WAIT = 2


class Values(QObject):
    """Knows the numbers of this moment and asks for others.

    `values_edited(old, new, text, gesture)` carries pairs of a `ParameterIndex` and a value, `locks_edited(locks, text,
    gesture)` everything that is to be frozen from now on. `followed` comes with every frame and every edit.
    """

    values_edited = Signal(object, object, str, int)
    locks_edited = Signal(object, str, int)
    followed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._structure: Structure | None = None
        self._snapshot: Snapshot | None = None
        self._locks: dict[ParameterIndex, float] = {}
        self._frozen: FrozenParameters = ()
        self._asked: dict[ParameterIndex, float] = {}
        self._frames = 0

    @property
    def frozen(self) -> FrozenParameters:
        """What the document freezes."""
        return self._frozen

    @property
    def is_running(self) -> bool:
        """Whether training may change a number at any time."""
        return self._snapshot is not None and self._snapshot.running

    def show_document(self, structure: Structure | None, frozen: FrozenParameters) -> None:
        """Take note of another document."""
        if structure is None or self._structure is None or structure.sizes != self._structure.sizes:
            self._asked = {}
        if self._snapshot is not None and (structure is None or not structure.fits(self._snapshot.architecture)):
            self._snapshot = None
        self._structure, self._frozen = structure, frozen
        self._locks = {lock.place: lock.value for lock in frozen}
        self.followed.emit()

    def show_frame(self, snapshot: Snapshot | None) -> None:
        """Take note of the numbers of this moment, or that there are none; a frame of another network is left out."""
        if snapshot is not None and (self._structure is None or not self._structure.fits(snapshot.architecture)):
            return
        self._snapshot = snapshot
        self._frames -= 1
        if self._frames <= 0:
            self._asked = {}
        self.followed.emit()

    def value(self, place: ParameterIndex) -> float | None:
        """Return a number as it is, or as it was asked for just now; `None` while nothing is known of it."""
        if place in self._asked:
            return self._asked[place]
        if self._snapshot is None:
            return None
        return self._snapshot.value_at(place)

    def gradient(self, place: ParameterIndex) -> float | None:
        """Return what the last batch asked for at a number; `None` before the first one."""
        return None if self._snapshot is None else self._snapshot.gradient_at(place)

    def is_frozen(self, place: ParameterIndex) -> bool:
        """Tell whether a number is frozen."""
        return place in self._locks

    def set(self, place: ParameterIndex, value: float, gesture: int = 0) -> None:
        """Ask for another value; one that is asked for again holds the number against the training."""
        old = self.value(place)
        if old is None or self._structure is None or not VALUE.accepts(value):
            return
        if old == value and self._snapshot is not None:
            old = self._snapshot.value_at(place)
        self._asked[place], self._frames = value, FRAMES_TO_WAIT
        if old != value:
            text = set_text(self._structure, place, value)
            self.values_edited.emit(((place, old),), ((place, value),), text, gesture)

    def may_freeze(self, places: Sequence[ParameterIndex]) -> bool:
        """Tell whether all these numbers are known and can be kept in a file."""
        if not 0 < len(places) <= MOST_TO_FREEZE:
            return False
        return all(VALUE.accepts(self.value(place)) for place in places)

    def freeze(self, places: Sequence[ParameterIndex], *, frozen: bool, value: float | None = None) -> None:
        """Freeze these numbers at what they are now (a single one at `value`, if given), or let them go."""
        if self._structure is None or (frozen and not self.may_freeze(places)):
            return
        text = freeze_text(self._structure, places, frozen=frozen)
        if not frozen:
            self.locks_edited.emit(unlocked(self._frozen, frozenset(places)), text, 0)
            return
        now = {place: self.value(place) if value is None else value for place in places if place not in self._locks}
        known = {place: number for place, number in now.items() if number is not None}
        self.locks_edited.emit(locked(self._frozen, known), text, 0)

    def toggle(self, places: Sequence[ParameterIndex]) -> None:
        """Freeze these numbers, or let them go when all of them are frozen."""
        self.freeze(places, frozen=not self.are_frozen(places))

    def are_frozen(self, places: Iterable[ParameterIndex]) -> bool:
        """Tell whether all of these are frozen."""
        return all(place in self._locks for place in places)

    def weights_into(self, layer: int, unit: int) -> tuple[ParameterIndex, ...]:
        """Return the weights that lead to a neuron."""
        if self._structure is None or layer < 0:
            return ()
        return tuple(ParameterIndex(layer, unit, source) for source in range(self._structure.sizes[layer]))

    def numbers_of(self, layer: int) -> tuple[ParameterIndex, ...]:
        """Return all weights and biases of a layer, or none when there are too many to freeze."""
        if self._structure is None or layer < 0:
            return ()
        below, units = self._structure.sizes[layer : layer + 2]
        if (below + 1) * units > MOST_TO_FREEZE:
            return ()
        return tuple(ParameterIndex(layer, unit, source) for unit in range(units) for source in (None, *range(below)))
