"""Every choice as the user reads it: a short title and a sentence in plain words.

The tests hold this against the tables of engine and data: an entry without a title fails.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Title:
    """What a choice is called, and what it does."""

    name: str
    help: str


ACTIVATIONS = {
    "tanh": Title("Tanh", "An S-shaped curve from −1 to +1; a good first choice for small networks."),
    "sigmoid": Title("Sigmoid", "An S-shaped curve from 0 to 1, which can be read as a probability."),
    "relu": Title("ReLU", "Zero for negative sums, the sum itself otherwise; draws straight-edged boundaries."),
    "identity": Title("Linear", "The sum as it is; layers of these alone can only draw a straight boundary."),
    "softmax": Title("Softmax", "Shares of all classes that add up to 1; for the output only."),
}

COSTS = {
    "half_mse": Title("Half squared error", "Half the squared distance from the target; the classic of textbooks."),
    "mse": Title("Mean squared error", "The mean squared distance from the target; large errors count far more."),
    "binary_cross_entropy": Title(
        "Binary cross-entropy", "How surprising the true one of two classes is to the network."
    ),
    "cross_entropy": Title("Cross-entropy", "How surprising the true class is to the network, for several classes."),
}

INITIALIZERS = {
    "xavier_uniform": Title(
        "Xavier uniform", "Even spread, its width fitted to the layer; right for tanh and sigmoid."
    ),
    "xavier_normal": Title("Xavier normal", "Bell curve, its width fitted to the layer; right for tanh and sigmoid."),
    "he_uniform": Title("He uniform", "Even spread, its width fitted to ReLU layers."),
    "he_normal": Title("He normal", "Bell curve, its width fitted to ReLU layers."),
    "uniform": Title("Uniform", "Every number between the two limits is equally likely."),
    "normal": Title("Normal", "A bell curve around zero."),
    "constant": Title("All the same", "Every weight the same: neurons of a layer then stay identical for ever."),
}

OPTIMIZERS = {"sgd": Title("SGD", "Goes a step against the gradient of each batch.")}

SCALINGS = {
    "none": Title("None", "Inputs are used as they are."),
    "standardize": Title("Standardize", "Every input gets mean 0 and standard deviation 1."),
    "min_max": Title("0 to 1", "Every input is brought into the range from 0 to 1."),
}

DATA_SETS = {
    "circle": Title("Circle", "One class inside, the other in a ring around it."),
    "xor": Title("Xor", "Four squares like a chessboard: no straight line can part the classes."),
    "gauss": Title("Gauss", "Two clouds; a single neuron can part them."),
    "spiral": Title("Spiral", "Two arms wound around each other; the hardest of the planar sets."),
    "penguins": Title(
        "Penguins", "Three species of penguins by four body measurements: a real table (Palmer Station)."
    ),
}

FEATURES = {
    "x1": Title("x₁", "The horizontal coordinate."),
    "x2": Title("x₂", "The vertical coordinate."),
    "x1^2": Title("x₁²", "The square of x₁."),
    "x2^2": Title("x₂²", "The square of x₂."),
    "x1*x2": Title("x₁x₂", "The product of both coordinates."),
    "sin(x1)": Title("sin x₁", "The sine of x₁."),
    "sin(x2)": Title("sin x₂", "The sine of x₂."),
}
