"""What every neuron answers for one set of inputs: a probe in the plane of the data.

The window asks a `Prober` of its own, on the parameters of the snapshot on the screen, because through a frame the
numbers would come 20 to 100 ms after the pointer; without a pointer a `ProbeRequest` asks. Of a network that looks at
pictures only inputs and outputs are told: what its layers answer are whole pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnplayground.arrays import Floats
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.network import Forward, with_ones
from nnplayground.training.observe.maps import MapRequest, grid_inputs
from nnplayground.training.observe.observation import Request, Subject
from nnplayground.training.run.prepare import Prepared


@dataclass(frozen=True, eq=False)
class ProbeAnswer:
    """What the network makes of one set of inputs; `layers` is as in `Maps`, one number for each unit.

    It holds the inputs after features and scaling, then one entry for each layer with weights, or the outputs alone
    where the network looks at pictures.
    """

    layers: tuple[Floats, ...]


@dataclass(frozen=True)
class ProbeRequest(Request[ProbeAnswer]):
    """The answers of all neurons for one sample of `inputs`, in the order and the units of the data."""

    inputs: tuple[float, ...]


class Prober:
    """Answers for one set of inputs again and again while the network trains; keeps its buffers for the next time."""

    def __init__(self) -> None:
        self._architecture: Architecture | None = None
        self._parameters: Floats = np.empty(0)
        self._forward: Forward | None = None

    def activations(
        self, architecture: Architecture, parameters: Floats, data: Prepared, raw: Floats
    ) -> tuple[Floats, ...]:
        """Return the `layers` of a `ProbeAnswer` for raw inputs `[inputs]`."""
        if self._forward is None or architecture != self._architecture:
            self._architecture, self._parameters = architecture, np.empty(architecture.parameter_count)
            self._forward = Forward(architecture, self._parameters, samples=1, product=np.dot)
        seen: NDArray[Any] = data.network_inputs(raw.reshape(1, -1))
        self._parameters[:] = parameters
        with np.errstate(all="ignore"):
            self._forward(with_ones(np.where(np.isfinite(seen), seen, np.nan)).T)
        layers = self._forward.activations
        shown = layers if len(architecture.input_shape) == 1 else layers[-1:]
        return seen[0].copy(), *(layer[:, 0].copy() for layer in shown)


def probes_of(subject: Subject) -> Callable[[ProbeRequest], ProbeAnswer | None]:
    """Return what probes a run with the weights of the moment; there is no answer for data with other inputs."""
    run, prober = subject.run, Prober()

    def probe(request: ProbeRequest) -> ProbeAnswer | None:
        if len(request.inputs) != len(run.data.samples.input_names):
            return None
        raw = np.array(request.inputs)
        return ProbeAnswer(prober.activations(run.architecture, run.network.parameters, run.data, raw))

    return probe


def activations_at(
    architecture: Architecture, parameters: Floats, data: Prepared, raw_inputs: Floats
) -> tuple[Floats, ...]:
    """Return the activations of a network at one set of raw inputs `[inputs]`, once; see `Prober.activations`."""
    return Prober().activations(architecture, parameters, data, raw_inputs)


def inputs_at(data: Prepared, plane: MapRequest, place: tuple[float, float]) -> Floats:
    """Return the raw inputs `[inputs]` at a place (across, up) of a legal plane, as its map has them there."""
    raw: Floats = grid_inputs(data, plane, np.array([place]))[0]
    return raw


def place_of(data: Prepared, plane: MapRequest, raw: Floats) -> tuple[float, float]:
    """Return the place (across, up) of raw inputs `[inputs]` on a legal plane, onto which they are projected."""
    if plane.kind == "components" and data.components is not None:
        across, up = data.components.scores(raw.reshape(1, -1))[0].tolist()
        return across, up
    return float(raw[plane.across]), float(raw[plane.up])
