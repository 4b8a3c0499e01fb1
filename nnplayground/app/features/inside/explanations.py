"""What the columns of the layers and the plot of their gradients show, in plain words."""

from __future__ import annotations

from nnplayground.app.text.titles import Title

NOW_AND_START = (
    "Filled: now. Outline: at the start. Both lie on one axis, each as high as there is room, with heights drawn as "
    "square roots so that rare values can be seen; the line stands at 0. The numbers are mean ± standard deviation."
)

COLUMNS = {
    "weights": Title(
        "Weights",
        f"How the weights of a layer are spread, without the biases. {NOW_AND_START} Growing ever wider: the layer "
        "answers ever more steeply, and a smaller learning rate or a penalty helps.",
    ),
    "activations": Title(
        "Activations",
        f"How the answers of a layer to training samples are spread. {NOW_AND_START} A single heap: samples cannot be "
        "told apart behind it. Heaps at both ends: the layer is saturated.",
    ),
    "gradients": Title(
        "Gradients",
        f"How the slopes of the cost along each weight and bias are spread, over all training samples. "
        f"{NOW_AND_START} A layer whose slopes are far smaller than those of the others hardly learns.",
    ),
    "dead": Title(
        "Dead",
        "Units through which no sample sends a gradient, so that nothing in front of them learns. ReLU units die when "
        "the learning rate is too high; a step function has no others.",
    ),
    "saturated": Title(
        "Saturated",
        "How often a unit answers from a flat end of its activation, where it hardly learns. More than half in tanh or "
        "sigmoid layers is too much; for ReLU these are its zeros, and about a half is healthy. An output may be flat: "
        "it is sure.",
    ),
}  # fmt: skip

OVER_TIME = Title(
    "Gradient by epoch",
    "How long the gradient of each layer was in the last batch of each epoch, penalties included, on an axis where "
    "every power of ten has the same height. Lines that fall together: the network settles. A line far below the "
    "others: what the cost asks for does not reach that layer.",
)
