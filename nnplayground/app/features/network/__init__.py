"""The network editor: the layers as columns of slots that are drawn by hand, and what every neuron sees."""

from nnplayground.app.features.network.view import NetworkView

__all__ = ["NetworkView"]
