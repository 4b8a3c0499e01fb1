"""The words of the network editor: counts, numbers and what the pointer is told."""

from __future__ import annotations

from nnplayground.app.text.titles import ACTIVATIONS, feature_title

NO_HIDDEN_LAYER = "No hidden layer: this is linear or logistic regression."
ADD_LAYER = "Press + to add one."
HINT = "Click a slot for that many neurons, drag across to draw the shape"
DROPOUT_ABOUT = (
    "While training, every batch does without a random share of this layer’s values, so that no neuron can rely on "
    "another one; predictions use all of them. Try it when the test cost rises while the train cost still falls: that "
    "is overfitting."
)
LONE_DROPOUT_ABOUT = (
    "While training, every batch does without a random share of the values that pass here; predictions use all of them."
)
SHORT_HINT = "Click a slot, or drag across"


def no_hidden_layer(output_activation: str) -> str:
    """Return what a network without hidden layers is, by the activation of its outputs."""
    kind = {"identity": "linear", "sigmoid": "logistic", "softmax": "logistic"}.get(output_activation)
    return f"No hidden layer: this is {kind} regression." if kind else NO_HIDDEN_LAYER


def activation_title(name: str) -> str:
    """Return what an activation is called in the window; nothing for none."""
    return ACTIVATIONS[name].name if name else ""


def input_title(name: str) -> str:
    """Return what an input is called: a feature of the plane by its formula, a column of a table by its own name."""
    return feature_title(name)


def count(number: int, thing: str) -> str:
    """Return a number of things, such as "4 neurons"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def share(rate: float) -> str:
    """Return a share in per cent, such as "20 %"."""
    return f"{100.0 * rate:.3g} %"


def dropout_text(rate: float) -> str:
    """Return what the head of a layer says of its dropout; nothing where there is none."""
    return f"drop {share(rate)}" if rate else ""


def lone_dropout_text(rate: float) -> str:
    """Return what a dropout that stands alone says of itself."""
    return f"drops {share(rate)}"


def lone_dropout_help(rate: float) -> str:
    """Return in plain words what a dropout that stands alone does."""
    if not rate:
        return "This dropout drops nothing."
    return (
        f"Every batch trains without a random {share(rate)} of the values that pass here; predictions use all of them."
    )


def dropout_help(rate: float) -> str:
    """Return in plain words what the dropout of a layer does."""
    return (
        f"Dropout {share(rate)}: every batch trains without a random {share(rate)} of this layer’s values; "
        "predictions use all of them."
    )


def figure(value: float) -> str:
    """Return a number with three significant digits and a true minus sign."""
    text = f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"
    return text.replace("-", "−")


def neuron_text(name: str, bias: float | None, activation: str) -> str:
    """Return what the pointer is told of a neuron: its name, its bias when known, its activation when known."""
    parts = [name, "" if bias is None else f"bias {figure(bias)}", activation_title(activation)]
    return " · ".join(part for part in parts if part)
