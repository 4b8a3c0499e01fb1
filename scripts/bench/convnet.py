"""A small convolutional network on the 8×8 digits: ours against PyTorch, from the same weights on the same batch."""

from __future__ import annotations

import numpy as np
import peers
from measuring import RATE, Loop

from nnplayground.engine.network import Network
from nnplayground.project.layer_specs import Conv2DSpec, DenseSpec, FlattenSpec, MaxPool2DSpec
from nnplayground.project.model import DataSpec, ImagesSource, InitializerSpec, NetworkSpec, Project
from nnplayground.project.training_spec import OptimizerSpec, StopSpec, TrainingSpec
from nnplayground.training.run.epoch_samples import EpochSamples
from nnplayground.training.run.numpy_kernel import NumpyKernel
from nnplayground.training.run.run import Run

NAME, BATCH, SIDE = "digits convnet", 32, 8

LAYERS = (
    Conv2DSpec(8, 3, padding=1),
    MaxPool2DSpec(2),
    Conv2DSpec(16, 3, padding=1),
    MaxPool2DSpec(2),
    FlattenSpec(),
    DenseSpec(32, "relu"),
)


def convnet_run() -> Run:
    """Return a run of the network on the digits; stopping rules are watched and never fire."""
    training = TrainingSpec(
        optimizer=OptimizerSpec(learning_rate=RATE),
        batch_size=BATCH,
        stop=StopSpec(max_epochs=1_000_000_000, patience=1_000_000),
    )
    network = NetworkSpec(layers=LAYERS, initializer=InitializerSpec(name="he_uniform"))
    return Run(Project(data=DataSpec(source=ImagesSource(name="digits")), network=network, training=training))


def convnet_loops(run: Run) -> dict[str, Loop]:
    """Return the bare step of the engine on the first batch of a run that has not trained yet, and PyTorch's."""
    data, start = run.data, run.network.parameters.copy()
    inputs, targets = np.array(data.train_inputs[:BATCH]), np.array(data.train_targets[:BATCH])
    network = Network(run.architecture, start.copy())
    kernel = NumpyKernel(network, EpochSamples(inputs, targets), run.project.training, cost=data.rule.cost)
    (batch,) = kernel.batches(0, BATCH, 1)
    loops = {"step": Loop(lambda: kernel.step(batch), lambda: network.parameters)}
    if peers.torch:
        pictures, classes = inputs.reshape(BATCH, SIDE, SIDE), targets.argmax(axis=1)
        loops["torch"] = peers.torch_convnet_loop(pictures, classes, start)
    return loops
