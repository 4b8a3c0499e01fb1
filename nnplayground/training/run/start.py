"""The weights and biases before the first step: from the document, or drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np

from nnplayground.arrays import Floats, Integers
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.initializers import INITIALIZERS, InitializerSettings
from nnplayground.engine.metrics import distinct_neurons
from nnplayground.errors import FieldError
from nnplayground.project.model import BiasInitializerSpec, InitializerSpec, Parameters, Project
from nnplayground.project.parameter_index import FrozenParameters
from nnplayground.training.run.streams import Streams

Kind = TypeVar("Kind")


def initial_parameters(project: Project, architecture: Architecture) -> Floats:
    """Return the flat vector with which the project starts.

    All weights are drawn before all biases, so that the choice for the biases leaves the weights as they were.
    Raises `FieldError` when start values in the document do not fit inputs or outputs.
    """
    start = _drawn(project, architecture) if project.parameters is None else _given(project.parameters, architecture)
    pin(start, project.network.frozen, architecture)
    return start


def pin(flat: Floats, frozen: FrozenParameters, architecture: Architecture) -> None:
    """Write what is frozen into a flat vector; what has no place in the network is passed over."""
    for lock in frozen:
        place = architecture.place(lock.layer, lock.unit, lock.source)
        if place is not None:
            flat[place] = lock.value


def held_places(frozen: FrozenParameters, architecture: Architecture) -> Integers:
    """Return where in the flat vector training changes nothing: what is frozen, and all around neurons that are off."""
    places = (architecture.place(lock.layer, lock.unit, lock.source) for lock in frozen)
    return np.array(sorted({place for place in places if place is not None} | set(architecture.off)), dtype=np.int64)


def _drawn(project: Project, architecture: Architecture) -> Floats:
    """Return weights and biases as the project's seed draws them."""
    rng = Streams(project).initialization()
    network = project.network
    layers = list(zip(architecture.weighted, architecture.shapes, strict=True))
    weights = [_draw(network.initializer, rng, shape, fan_out=layer.fan_out) for layer, shape in layers]
    biases = [_draw(network.bias_initializer, rng, (out, 1))[:, 0] for _, (out, _) in layers]
    return architecture.flatten(weights, biases)


def settings_of(spec: object, kind: type[Kind]) -> Kind:
    """Return the numbers of a spec as the settings that the engine takes; the fields have the same names."""
    return kind(**{name: getattr(spec, name) for name in kind.__annotations__ if hasattr(spec, name)})


def has_tied_neurons(architecture: Architecture, flat: Floats) -> bool:
    """Tell whether some neurons of a layer are equal, and so must stay equal while training."""
    return any(distinct_neurons(matrix) < len(matrix) for matrix in architecture.matrices(flat))


def has_tied_neurons_pinned(architecture: Architecture, flat: Floats, frozen: FrozenParameters, *, had: bool) -> bool:
    """Tell whether equal neurons are to be kept equal once these numbers are frozen; `had` holds if that changes none.

    What was kept equal so far stays so, bit for bit, until a value of it is set by hand.
    """
    pinned = flat.copy()
    pin(pinned, frozen, architecture)
    return had if np.array_equal(pinned, flat) else has_tied_neurons(architecture, pinned)


def _draw(
    spec: InitializerSpec | BiasInitializerSpec,
    rng: np.random.Generator,
    shape: tuple[int, int],
    *,
    fan_out: int | None = None,
) -> Floats:
    settings = replace(settings_of(spec, InitializerSettings), fan_out=fan_out)
    return INITIALIZERS[spec.name].draw(rng, shape, settings)


def _given(parameters: Parameters, architecture: Architecture) -> Floats:
    weights = [np.array(matrix, dtype=np.float64) for matrix in parameters.weights]
    for layer, (matrix, shape) in enumerate(zip(weights, architecture.shapes, strict=True)):
        if matrix.shape != shape:
            found, wanted = (f"{rows} × {columns}" for rows, columns in (matrix.shape, shape))
            raise FieldError(
                f"parameters.weights[{layer}]", found, f"{wanted} (rows × columns) for these data and layers"
            )
    return architecture.flatten(weights, [np.array(bias, dtype=np.float64) for bias in parameters.biases])
