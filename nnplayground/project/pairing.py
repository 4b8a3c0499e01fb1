"""Which layers, units and inputs of one network are which of another one, after an edit.

The one place that says so: for the weights that a run takes over, for what is frozen, for what an undo gives back and
for what the window says of a layer that has moved. A document knows its layers, but some sizes only the data tell; a
pairing of two documents leaves these open, and `completed` fills them in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeAlias, TypeVar

from nnplayground.data.datasets import WITH_ANY_CLASSES
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.moving import moved_places
from nnplayground.engine.transfer import MatrixPair
from nnplayground.project.layer_specs import LayerSpec, look_at_pictures, weighted
from nnplayground.project.model import (
    DataSpec,
    GeneratedSource,
    ImagesSource,
    PointsSource,
    Project,
    Source,
    TableSource,
)
from nnplayground.project.parameter_index import ParameterIndex

Pair: TypeAlias = tuple[int, int]
"""A place in the old network or list, and the place in the new one."""
DataSet: TypeAlias = tuple[str, str, int | None] | TableSource | ImagesSource
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Unknown:
    """A size that only the data tell: of the inputs, the outputs, or the values that layers for pictures make.

    Two of them are the same number for sure where they are equal, on the same data.
    """

    of: Literal["inputs", "outputs", "values"]
    layers: tuple[LayerSpec, ...] = ()


Size: TypeAlias = int | Unknown
MatrixShape: TypeAlias = tuple[Size, Size]
INPUTS, OUTPUTS = Unknown("inputs"), Unknown("outputs")


@dataclass(frozen=True)
class NetworkOutline:
    """The layers with weights of one network, as far as they tell which of them are which in another one.

    `hidden` are those below the output; `shapes` are rows and columns of the weights `W[out, in]` of each layer, the
    output's last. `inputs` are the names of the inputs; `data_set` is `None` where the data have been read.
    """

    hidden: tuple[LayerSpec, ...]
    shapes: tuple[MatrixShape, ...]
    inputs: tuple[str, ...]
    data_set: DataSet | None
    sees_pictures: bool

    @classmethod
    def of(cls, data: DataSpec, layers: Sequence[LayerSpec]) -> NetworkOutline:
        """Return what a document says of a network with these hidden layers."""
        return cls(
            hidden=weighted(layers),
            shapes=tuple(_shapes(layers)),
            inputs=data.features,
            data_set=data_set_of(data.source),
            sees_pictures=look_at_pictures(layers),
        )

    def with_sizes(self, architecture: Architecture, inputs: tuple[str, ...]) -> NetworkOutline:
        """Return the stack with all sizes and the names of the inputs, as the data have told them."""
        return replace(self, shapes=architecture.shapes, inputs=inputs, data_set=None)


@dataclass(frozen=True)
class Pairing:
    """The layers of a network `before` and `after` an edit; layers are those with weights, counted from 0.

    With as many layers as before they are paired in order, unless one has moved to another place; then the weights of
    a layer go on where it still stands on the same layer: what it had learned, it had learned of that one. After an
    insertion or a removal, layers whose matrices have equal shapes are paired from both ends. A hidden layer never
    becomes the output, nor the output a hidden layer.
    """

    before: NetworkOutline
    after: NetworkOutline

    @classmethod
    def between(cls, old: Project, new: Project) -> Pairing:
        """Return the pairing of the networks of two documents."""
        return cls(*(NetworkOutline.of(one.data, one.network.layers) for one in (old, new)))

    @cached_property
    def moved(self) -> tuple[int, ...] | None:
        """The old place of each hidden layer, where one has moved to another place; otherwise `None`.

        Layers for pictures never count as moved, as each of them makes other pictures for the next.
        """
        return None if self._sees_pictures else moved_places(self.before.hidden, self.after.hidden)

    @cached_property
    def matrices(self) -> tuple[Pair, ...]:
        """The layers of which weights and biases go on, in part where a layer has grown or shrunk.

        Where pictures go in, only matrices of equal shape do: half a filter would see something else.
        """
        if self._sees_pictures or not self._is_as_deep:
            return tuple(filter(self._goes_on, _equal_ends(self.before.shapes, self.after.shapes)))
        below = (-1, *self._order)
        return tuple((old, new) for old, new in self.layers if below[new] == old - 1)

    @cached_property
    def layers(self) -> tuple[Pair, ...]:
        """The layers whose units are the same units, also where all their weights start anew."""
        output = [(len(self.before.hidden), len(self.after.hidden))] if self._has_same_data_set else []
        if self._is_as_deep:
            return (*((old, new) for new, old in enumerate(self._order)), *output)
        found = dict(self.matrices)
        for old, new in (*_equal_ends(_without_activations(self.before), _without_activations(self.after)), *output):
            if old not in found and new not in found.values():
                found[old] = new
        return tuple(sorted(found.items()))

    @cached_property
    def inputs(self) -> tuple[Pair, ...]:
        """The inputs that both networks have, found by their names, in the order of the new ones."""
        if not self._has_same_data_set:
            return ()
        old = {name: place for place, name in reversed(list(enumerate(self.before.inputs)))}
        return tuple((old[name], place) for place, name in enumerate(self.after.inputs) if name in old)

    @property
    def is_complete(self) -> bool:
        """Whether every weight and bias of either network has its place in the other, and it is the same place."""
        same_inputs = self.before.inputs == self.after.inputs
        return self.moved is None and same_inputs and self.before.shapes == self.after.shapes

    def completed(
        self, old: Architecture, old_inputs: tuple[str, ...], new: Architecture, new_inputs: tuple[str, ...]
    ) -> Pairing:
        """Return the pairing with all sizes and the names of the inputs, as the data of both networks have told them.

        It may pair more than the documents could, where a size that they did not know turns out to be equal.
        """
        return Pairing(self.before.with_sizes(old, old_inputs), self.after.with_sizes(new, new_inputs))

    @property
    def matrix_pairs(self) -> tuple[MatrixPair, ...]:
        """What goes on of which weight matrix, for `carry_over`; only of a pairing that knows all sizes."""
        by_name = None if self._sees_pictures else self.inputs
        return tuple(MatrixPair(old, new, by_name if old == new == 0 else None) for old, new in self.matrices)

    def place_of(self, index: ParameterIndex) -> ParameterIndex | None:
        """Return where a weight or bias of the old network is in the new one; `None` where it is no more.

        A bias stays with its unit, also where all weights of the unit start anew.
        """
        layer = dict(self.layers).get(index.layer)
        if layer is None:
            return None
        rows, columns = self.after.shapes[layer]
        source = index.source
        if source is not None:
            if (index.layer, layer) not in self.matrices:
                return None
            source = self._input_place(source) if layer == index.layer == 0 else source
            if source is None or not _has_room(columns, source):
                return None
        return ParameterIndex(layer, index.unit, source) if _has_room(rows, index.unit) else None

    def _input_place(self, source: int) -> int | None:
        """Return where an input is now; where none has changed, that is known of inputs without a name as well."""
        is_same = self._has_same_data_set and self.before.inputs == self.after.inputs
        return source if is_same else dict(self.inputs).get(source)

    @property
    def _order(self) -> tuple[int, ...]:
        """The old place of each hidden layer of a network that is as deep as before."""
        return self.moved or tuple(range(len(self.after.hidden)))

    @property
    def _is_as_deep(self) -> bool:
        return len(self.before.hidden) == len(self.after.hidden)

    @property
    def _sees_pictures(self) -> bool:
        return self.before.sees_pictures or self.after.sees_pictures

    @property
    def _has_same_data_set(self) -> bool:
        """Whether inputs and outputs mean the same: those of another data set are others, whatever they are called."""
        return self.before.data_set == self.after.data_set

    def _goes_on(self, pair: Pair) -> bool:
        """Tell whether layers of equal shape can be the same: not a hidden layer and the output, nor other outputs."""
        is_output = (pair[0] == len(self.before.hidden), pair[1] == len(self.after.hidden))
        return is_output == (False, False) or (all(is_output) and self._has_same_data_set)


def data_set_of(source: Source) -> DataSet:
    """Return what makes two sources the same data set, with more or fewer samples or noise."""
    if isinstance(source, GeneratedSource):
        return source.kind, source.name, source.classes if source.name in WITH_ANY_CLASSES else None
    if isinstance(source, PointsSource):
        return source.kind, source.task, len(source.classes)  # their names are only what they are called
    return source


def _without_activations(stack: NetworkOutline) -> list[LayerSpec]:
    return [layer.start_shape() for layer in stack.hidden]


def _shapes(layers: Sequence[LayerSpec]) -> Iterator[MatrixShape]:
    """Yield rows and columns of the weights of each layer, the output's last."""
    for place, layer in enumerate(layers):
        if layer.rows is not None:
            of_pictures = Unknown("values", _shapes_alone(layers[: place + 1]))
            yield layer.rows, of_pictures if layer.needs_pictures else _width(layers[:place])
    yield OUTPUTS, _width(layers)


def _width(layers: Sequence[LayerSpec]) -> Size:
    """Return how many values these layers give."""
    last = next((layer for layer in reversed(layers) if not layer.keeps_shape), None)
    if last is None:
        return INPUTS
    return last.width(None) or Unknown("values", _shapes_alone(layers))


def _shapes_alone(layers: Sequence[LayerSpec]) -> tuple[LayerSpec, ...]:
    return tuple(layer.start_shape() for layer in layers if not layer.keeps_shape)


def _has_room(size: Size, place: int) -> bool:
    """Tell whether a place is among so many; where the size is not known yet, it may be."""
    return isinstance(size, Unknown) or place < size


def _equal_ends(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[Pair, ...]:
    """Return the places (old, new) of equal entries, from the front on and from the back on."""
    shorter = min(len(old), len(new))
    front = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    back = next((step for step in range(shorter - front) if old[-1 - step] != new[-1 - step]), shorter - front)
    pairs = [(place, place) for place in range(front)]
    return (*pairs, *((len(old) - step, len(new) - step) for step in range(back, 0, -1)))
