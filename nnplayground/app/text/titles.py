"""Every choice as the user reads it: a short title and a sentence in plain words.

The tests hold this against the tables of engine and data: an entry without a title fails.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from nnplayground.data.features import normal_name
from nnplayground.errors import InputError


@dataclass(frozen=True)
class Title:
    """What a choice is called, and what it does; `short` is for places where the name has no room."""

    name: str
    help: str
    short: str = ""

    @property
    def brief(self) -> str:
        """The short name, or the whole where there is no shorter one."""
        return self.short or self.name


ACTIVATIONS = {
    "tanh": Title("Tanh", "An S-shaped curve from −1 to +1; a good first choice for small networks."),
    "sigmoid": Title("Sigmoid", "An S-shaped curve from 0 to 1, which can be read as a probability."),
    "relu": Title("ReLU", "Zero for negative sums, the sum itself otherwise; draws straight-edged boundaries."),
    "identity": Title("Linear", "The sum as it is; layers of these alone can only draw a straight boundary."),
    "leaky_relu": Title("Leaky ReLU", "Like ReLU, but a small slope is left below zero, so no neuron dies for ever."),
    "elu": Title("ELU", "Like ReLU, but bends smoothly down to −1."),
    "selu": Title("SELU", "Scaled ELU that keeps deep layers in balance by itself; goes with LeCun normal weights."),
    "gelu": Title("GELU", "A smooth ReLU with a small dip below zero; the usual choice of language models."),
    "silu": Title("SiLU (swish)", "The sum times its sigmoid: a smooth ReLU with a small dip below zero."),
    "mish": Title("Mish", "Much like SiLU, a little steeper."),
    "softplus": Title("Softplus", "A smooth ReLU that is never quite zero."),
    "sine": Title("Sine", "A wave; good for patterns that repeat."),
    "gaussian": Title("Gaussian", "A bump: the neuron answers only near a line in the plane."),
    "step": Title(
        "Step", "Zero or one. It has no useful slope, so nothing below it ever learns: see it, do not use it."
    ),
    "softmax": Title("Softmax", "Shares of all classes that add up to 1; for the output only."),
}

LAYERS = {
    "dense": Title("Dense", "Every neuron sees every value of the layer before."),
    "dropout": Title("Dropout", "Batches train without a random share of the values: a cure for overfitting."),
    "conv2d": Title("Convolution", "Small filters look for the same pattern everywhere in the pictures."),
    "max_pool2d": Title("Max pooling", "Makes the pictures smaller: of each window only the largest value stays."),
    "average_pool2d": Title("Average pooling", "Makes the pictures smaller: each window becomes its mean."),
    "flatten": Title("Flatten", "Lays all values in one row, so that a dense layer can follow."),
}

COSTS = {
    "half_mse": Title(
        "Half squared error", "Half the squared distance from the target; the classic of textbooks.", "½ MSE"
    ),
    "mse": Title(
        "Mean squared error", "The mean squared distance from the target; large errors count far more.", "MSE"
    ),
    "mae": Title(
        "Mean absolute error", "The mean distance from the target; a few far-off samples do not dominate.", "MAE"
    ),
    "huber": Title("Huber", "Squared near the target, absolute far away: calm about far-off samples."),
    "hinge": Title("Hinge", "Only samples that are wrong or nearly so count; the cost of support vector machines."),
    "binary_cross_entropy": Title(
        "Binary cross-entropy", "How surprising the true one of two classes is to the network.", "BCE"
    ),
    "cross_entropy": Title(
        "Cross-entropy", "How surprising the true class is to the network, for several classes.", "CE"
    ),
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
    "lecun_uniform": Title("LeCun uniform", "Even spread, its width fitted to the inputs of the layer."),
    "lecun_normal": Title("LeCun normal", "Bell curve, its width fitted to the inputs of the layer; goes with SELU."),
    "orthogonal": Title(
        "Orthogonal", "Directions at right angles to each other; keeps signals alive in deep networks."
    ),
    "zeros": Title("Zeros", "Every weight zero: the network cannot begin to learn. See it once."),
    "constant": Title("All the same", "Every weight the same: neurons of a layer then stay identical for ever."),
}

OPTIMIZERS = {
    "sgd": Title("SGD", "Goes a step against the gradient of each batch."),
    "momentum": Title("Momentum", "Keeps some of its speed, like a ball that rolls: faster along valleys."),
    "nesterov": Title("Nesterov", "Momentum that looks ahead before it corrects its course."),
    "adagrad": Title("Adagrad", "Smaller steps for weights that have moved much; the steps only ever shrink."),
    "rmsprop": Title("RMSProp", "Steps of similar size for all weights, whatever the size of their gradients."),
    "adam": Title("Adam", "RMSProp with momentum; a good choice when in doubt, with a rate of 0.001 to 0.01."),
    "adamw": Title("AdamW", "Adam that also lets all weights shrink a little on their own."),
}

SPLITS = {
    "random": Title("At random", "The samples that test and validate are drawn at random, by the shares below."),
    "given": Title(
        "As the data say",
        "Each sample belongs to the part that the data give it: by a column, a second file, its folder or its mark. "
        "The order of the data is kept.",
    ),
}

SCHEDULES = {
    "constant": Title("Constant", "The learning rate stays as it is."),
    "step": Title("Steps", "The rate is cut after every so many epochs."),
    "exponential": Title("Exponential", "The rate shrinks by the same share every epoch."),
    "cosine": Title("Cosine", "The rate falls slowly, then faster, then slowly again."),
    "warm_up": Title("Warm-up", "The rate starts small and grows to its full size."),
    "reduce_on_plateau": Title(
        "On plateau", "The rate is cut when the cost stops falling: that of the validation part, else of the test part."
    ),
}

# The numbers of optimizers and schedules, as labels of fields.
SETTINGS = {
    "momentum": "Momentum",
    "decay": "Decay",
    "beta1": "Beta 1",
    "beta2": "Beta 2",
    "epsilon": "Epsilon",
    "weight_decay": "Weight decay",
    "every": "Every epochs",
    "factor": "Factor",
    "period": "Epochs down",
    "lowest": "Lowest share",
    "epochs": "Epochs up",
    "start": "Start share",
    "patience": "Patience",
}

SCALINGS = {
    "none": Title("None", "Inputs are used as they are."),
    "standardize": Title("Standardize", "Every input gets mean 0 and standard deviation 1."),
    "min_max": Title("0 to 1", "Every input is brought into the range from 0 to 1."),
}

TARGET_SCALINGS = {
    "auto": Title(
        "Auto", "Targets are standardized where they are large, small or far from 0, and left alone otherwise."
    ),
    "none": Title("None", "The network learns the targets as they are."),
    "standardize": Title("Standardize", "Every target gets mean 0 and standard deviation 1 for training."),
}

GAPS = {
    "drop": Title("Leave rows out", "Rows in which an input is missing are not used at all."),
    "mean": Title(
        "Fill the gaps",
        'Missing numbers become the mean of their column, over all rows; missing text becomes a value "(missing)".',
    ),
}

DATA_SETS = {
    "circle": Title("Circle", "One class inside, the other in a ring around it."),
    "xor": Title("Xor", "Four squares like a chessboard: no straight line can part the classes."),
    "gauss": Title("Two Gaussians", "Two clouds; a single neuron can part them.", "Gauss"),
    "spiral": Title("Spiral", "Two arms wound around each other; the hardest of the sets with two classes."),
    "moons": Title("Two moons", "Two half circles that reach into each other.", "Moons"),
    "checkerboard": Title(
        "Checkerboard", "Four by four squares of two classes in turn: many corners for one network.", "Checkers"
    ),
    "rings": Title("Concentric rings", "Three classes: a disc, a ring around it, and a ring around both.", "Rings"),
    "blobs": Title("Several blobs", "Two to eight clouds in a circle, each a class of its own.", "Blobs"),
    "three_spirals": Title("Three-arm spiral", "Three classes, one arm each, wound around each other.", "3 spirals"),
    "plane": Title("Plane", "Numbers to predict that rise evenly in one direction; a single neuron can learn them."),
    "hills": Title("Several Gaussians", "Numbers to predict: three round hills and three hollows in turn.", "Hills"),
    "sine": Title("Sine wave", "Numbers to predict from a single input: a curve through its points.", "Sine"),
    "saddle": Title("Saddle", "Numbers to predict that rise to the sides and fall to the top and the bottom."),
    "penguins": Title(
        "Penguins", "Three species of penguins by four body measurements: a real table (Palmer Station)."
    ),
    "digits": Title("Digits", "1,797 handwritten digits, pictures of 8 × 8 pixels: every pixel is an input."),
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

# How a formula looks on paper; the formulas of a file and those that are typed use plain letters.
ON_PAPER = (
    (re.compile(r"\bx1\b"), "x₁"), (re.compile(r"\bx2\b"), "x₂"), (re.compile(r"\bpi\b"), "π"),
    (re.compile(r"\^2(?![\d.e^])"), "²"), (re.compile(r"\^3(?![\d.e^])"), "³"),
    (re.compile(r"\*"), "·"), (re.compile("-"), "−"),
)  # fmt: skip


def feature_title(name: str) -> str:
    """Return what a feature is called in the window; any other name, such as that of a column, stays as it is."""
    if name in FEATURES:
        return FEATURES[name].name
    try:
        is_formula = normal_name(name) == name
    except InputError:
        is_formula = False
    if is_formula:
        for pattern, sign in ON_PAPER:
            name = pattern.sub(sign, name)
    return name
