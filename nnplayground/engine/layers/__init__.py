"""The kinds of layer, one file each, behind one small interface.

A layer is a frozen description (`Dense(units=8, activation="tanh")`). It knows the shape it makes of the shape below
it and the shape of its weights, and sets up the work for batches of one size. The network, the optimizers and the
gradient check need not know which kinds there are.
"""

from nnplayground.engine.layers.convolution import Conv2D
from nnplayground.engine.layers.counting import counts_of
from nnplayground.engine.layers.dense import Dense
from nnplayground.engine.layers.dropout import Dropout
from nnplayground.engine.layers.flatten import Flatten
from nnplayground.engine.layers.layer import Layer, LayerBuffers, LayerContext, Shape
from nnplayground.engine.layers.pooling import AveragePool2D, MaxPool2D

__all__ = [
    "AveragePool2D",
    "Conv2D",
    "Dense",
    "Dropout",
    "Flatten",
    "Layer",
    "LayerBuffers",
    "LayerContext",
    "MaxPool2D",
    "Shape",
    "counts_of",
]
