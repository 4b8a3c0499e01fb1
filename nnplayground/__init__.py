"""NN Playground: a desktop laboratory in which one sees how a neural network learns."""

__version__ = "0.1.0"
