"""What a trace can read: the buffers by layer, and after a backward pass the derivative of the cost at every layer."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest

from nnplayground.arrays import Floats
from nnplayground.engine.activations import ACTIVATIONS
from nnplayground.engine.architecture import Architecture
from nnplayground.engine.costs import cost_value
from nnplayground.engine.layers import (
    AveragePool2D,
    Conv2D,
    Dense,
    Dropout,
    Flatten,
    Layer,
    LayerBuffers,
    MaxPool2D,
    Shape,
)
from nnplayground.engine.network import Backward, Forward, Network, with_ones

SAMPLES = 4
STEP = 1e-6
Stack = tuple[Shape, tuple[Layer, ...], str]
STACKS: dict[str, Stack] = {
    "dense": ((3,), (Dense(4, "tanh"), Dense(3, "sigmoid"), Dense(2, "identity")), "mse"),
    "fused with softmax": ((3,), (Dense(4, "softplus"), Dense(3, "softmax")), "cross_entropy"),
    "not fused": ((3,), (Dense(4, "tanh"), Dense(2, "tanh")), "mse"),
    "neurons off": ((3,), (Dense(4, "tanh", (1, 3)), Dense(3, "gelu", (0,)), Dense(2, "sigmoid")), "mse"),
    "dropout": ((6,), (Dropout(0.3), Dense(5, "tanh"), Dropout(0.4), Dense(2, "identity")), "mse"),
    "dropout twice": ((6,), (Dense(5, "tanh"), Dropout(0.2), Dropout(0.4), Dense(2, "identity")), "mse"),
    "convolution": ((2, 5, 4), (Conv2D(3, 3, "tanh", 2, 1), Flatten(), Dense(2, "identity")), "mse"),
    "pooling": (
        (2, 7, 6),
        (Conv2D(3, 2, "tanh"), AveragePool2D(2, 1), Conv2D(2, 2, "sigmoid"), MaxPool2D(2, 1), Flatten(),
         Dropout(0.3), Dense(3, "softmax")),
        "cross_entropy",
    ),
    "pooling first": ((1, 4, 4), (AveragePool2D(2), Dropout(0.2), Flatten(), Dense(2, "identity")), "mse"),
}  # fmt: skip
every_stack = pytest.mark.parametrize("stack", STACKS.values(), ids=STACKS)


class Trained:
    """A network that has just gone forward and back, with the values that dropout drew."""

    def __init__(self, stack: Stack) -> None:
        shape, self.layers, cost = stack
        architecture = Architecture(shape, self.layers)
        rng = np.random.default_rng(4)
        self.inputs = with_ones(rng.normal(size=(SAMPLES, prod(shape)))).T
        self.targets = np.eye(architecture.outputs)[:, rng.integers(architecture.outputs, size=SAMPLES)].copy()
        self._value = cost_value(cost, output_activation=architecture.activations[-1])
        self._generator = np.random.default_rng(9)
        network = Network(architecture, rng.normal(0.0, 0.6, architecture.parameter_count))
        self.forward: Forward = network.forward(SAMPLES, generators=[self._generator])
        self.backward: Backward = network.backward(self.forward, cost=cost)
        self._states = self.pass_forward()
        self.backward(self.inputs.T, self.targets)

    def pass_forward(self) -> list[dict[str, object]]:
        """Go forward; return the state of the random generator before each layer."""
        states, values = [], self.inputs
        for buffers in self.forward.layers:
            states.append(dict(self._generator.bit_generator.state))
            if buffers is not None:
                buffers.forward(values)
                values = buffers.outputs_with_ones
        return states

    def buffers(self, place: int) -> LayerBuffers:
        """Return the buffers of a layer that has some."""
        found = self.forward.layers[place]
        assert found is not None
        return found

    def cost_with(self, place: int, changed: Floats) -> float:
        """Return the mean cost if the layer had these preactivations `[units, samples]`, or without any these outputs.

        Layers above see what follows from them, and drop the same values as before.
        """
        layer, outputs = self.layers[place], changed.copy()
        if layer.activation is not None:
            ACTIVATIONS[layer.activation].value(changed, outputs)
            outputs[list(layer.off)] = 0.0
        logits, values = changed, with_ones(outputs.T).T
        for above in range(place + 1, len(self.layers)):
            buffers = self.forward.layers[above]
            if buffers is not None:
                self._generator.bit_generator.state = self._states[above]
                buffers.forward(values)
                values = buffers.outputs_with_ones
                logits = logits if buffers.preactivations is None else buffers.preactivations
        return float(self._value(logits, values[:-1], self.targets))

    def slopes(self, place: int) -> Floats:
        """Return the central differences of the cost for every number of a layer `[units, samples]`."""
        buffers = self.buffers(place)
        sums = buffers.preactivations
        here = (buffers.outputs_with_ones[:-1] if sums is None else sums).copy()
        found = np.empty_like(here)
        for index in np.ndindex(here.shape):
            sides = []
            for step in (STEP, -STEP):
                moved = here.copy()
                moved[index] += step
                sides.append(self.cost_with(place, moved))
            found[index] = (sides[0] - sides[1]) / (2.0 * STEP)
        self.pass_forward_again()
        return found

    def pass_forward_again(self) -> None:
        """Go forward with the same drawn values, so that all buffers are as they were."""
        self._generator.bit_generator.state = self._states[0]
        self.pass_forward()


@every_stack
def test_the_deltas_are_the_derivatives_of_the_cost_at_every_layer(stack: Stack) -> None:
    trained = Trained(stack)
    for place, delta in enumerate(trained.backward.deltas):
        if delta is not None:
            np.testing.assert_allclose(delta, trained.slopes(place), rtol=1e-5, atol=1e-9)


@every_stack
def test_every_layer_of_the_architecture_has_its_place(stack: Stack) -> None:
    trained = Trained(stack)
    pairs = zip(trained.layers, trained.forward.layers, trained.backward.deltas, strict=True)
    for layer, buffers, delta in pairs:
        assert (buffers is None, delta is None) == ((layer.kind == "flatten"),) * 2
        if buffers is not None and delta is not None:
            assert delta.shape == buffers.outputs_with_ones[:-1].shape
            assert (buffers.preactivations is None) == (layer.activation is None)


def test_where_a_network_only_answers_dropout_hands_on_what_it_gets() -> None:
    shape, layers, cost = STACKS["dropout"]
    architecture = Architecture(shape, layers)
    network = Network(architecture, np.zeros(architecture.parameter_count))
    forward = network.forward(SAMPLES)
    assert [buffers is None for buffers in forward.layers] == [layer.kind == "dropout" for layer in layers]
    deltas = network.backward(forward, cost=cost).deltas
    assert [delta is None for delta in deltas] == [layer.kind == "dropout" for layer in layers]


def test_the_deltas_of_neurons_that_are_off_are_zero() -> None:
    deltas = Trained(STACKS["neurons off"]).backward.deltas
    assert deltas[0] is not None and deltas[1] is not None
    assert (deltas[0][[1, 3]] == 0.0).all()
    assert (deltas[1][0] == 0.0).all()


def test_several_networks_at_once_have_deltas_of_their_own() -> None:
    architecture = Architecture.dense((3, 4, 2), ("tanh", "identity"))
    rng = np.random.default_rng(0)
    parameters = rng.normal(size=(2, architecture.parameter_count))
    inputs, targets = with_ones(rng.normal(size=(2, SAMPLES, 3))), rng.normal(size=(2, 2, SAMPLES))

    def deltas(network: Network, seen: Floats, wanted: Floats) -> list[Floats]:
        forward = network.forward(SAMPLES)
        backward = network.backward(forward, cost="mse")
        forward(seen.swapaxes(-1, -2))
        backward(seen, wanted)
        return [delta for delta in backward.deltas if delta is not None]

    together = deltas(Network(architecture, parameters), inputs, targets)
    assert [delta.shape for delta in together] == [(2, 4, SAMPLES), (2, 2, SAMPLES)]
    for run in range(2):
        alone = deltas(Network(architecture, parameters[run]), inputs[run], targets[run])
        for one, both in zip(alone, together, strict=True):
            np.testing.assert_allclose(both[run], one, rtol=1e-13, atol=1e-16)


def test_the_deltas_are_read_only() -> None:
    delta = Trained(STACKS["dense"]).backward.deltas[0]
    assert delta is not None
    with pytest.raises(ValueError, match="read-only"):
        delta[0, 0] = 1.0
