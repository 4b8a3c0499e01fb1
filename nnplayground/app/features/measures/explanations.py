"""Every figure of the measures in plain words: what it is, and what to look for."""

from __future__ import annotations

from nnplayground.app.text.titles import Title

PARTS = {
    "train": Title("Train", "The samples that the network learns from."),
    "validation": Title(
        "Validation", "Samples that are not learned from and choose the best epoch, so they flatter it a little."
    ),
    "test": Title("Test", "Samples that the network never sees while it learns: they tell what it is worth."),
}

FIGURES = {
    "samples": Title("Samples", "How many samples the part has."),
    "cost": Title(
        "Cost",
        "How wrong the network is on the average; training makes it small. Test far above train: the network has "
        "learned its samples by heart (overfitting).",
    ),
    "penalty": Title(
        "Penalty", "What L1 and L2 add to the cost for large weights; training makes the sum small. 0 with both off."
    ),
    "accuracy": Title(
        "Accuracy", "The share of samples whose class is found. Look whether test keeps up with train."
    ),
    "balanced_accuracy": Title(
        "Balanced accuracy",
        "The share that is found in each class, averaged over the classes. Far below the accuracy: small classes "
        "are neglected.",
    ),
    "r_squared": Title(
        "Fit (R²)",
        "How much of the spread of the target is explained: 1 is perfect, 0 no better than always to answer the "
        "mean, below 0 is worse than that.",
        "R²",
    ),
    "mean_r_squared": Title(
        "Mean fit (R²)", "The mean of R² over all targets, each with the same weight; 1 is perfect."
    ),
    "root_mean_squared_error": Title(
        "Root mean squared error",
        "How far off an answer is, in the unit of the target, with large errors counting more: the square root of the "
        "mean of their squares.",
        "RMSE",
    ),
    "mean_absolute_error": Title(
        "Mean absolute error",
        "How far off an answer is on the average, in the unit of the target. Compare it with the error that would "
        "still be good enough for you.",
        "MAE",
    ),
}  # fmt: skip

SCALED_COST = (
    "The target is scaled for training, so that the cost has no unit; all figures below are in the unit of the target."
)

CLASSES = {
    "precision": Title(
        "Precision",
        "Of the samples taken for the class, the share that belongs to it. Low: there are many false alarms. "
        "A dash: nothing was taken for it.",
    ),
    "recall": Title(
        "Recall", "Of the samples of the class, the share that is found. Low: the class is overlooked."
    ),
    "f1": Title("F1", "Precision and recall in one number, their harmonic mean: high only when both are."),
    "support": Title(
        "Samples", "How many samples the class has. With few of them the shares beside are a matter of luck."
    ),
}  # fmt: skip

CONFUSION = Title(
    "Confusion matrix",
    "Each row is a true class and tells for what its samples were taken. On the diagonal (blue, bold) the network is "
    "right; orange is what it confuses. Click a cell to see its samples in the output, the name of a class for all of "
    "it; Escape shows all samples again. With the keyboard: arrows and Enter, with Shift the row, with Control the "
    "column.",
)

ROC = Title(
    "ROC curve",
    "A sample is taken for the second class when the network is surer of it than the threshold, 0.5 as a rule. Each "
    "point is another threshold: how much of that class is found then (up), and how much of the other is taken for it "
    "(to the right). The nearer to the corner at the top left, the better; the diagonal is guessing.",
)

ROC_FIGURES = {
    "area": Title(
        "Area (AUC)",
        "The area under the curve: how often a sample of the second class gets a higher score than one of the first. "
        "1 is perfect, 0.5 is guessing, whatever the threshold.",
    ),
    "true_positives": Title(
        "True positives", "The share of the second class that is found at this threshold. High is good."
    ),
    "false_positives": Title(
        "False positives", "The share of the first class that is taken for the second at this threshold. Low is good."
    ),
}  # fmt: skip

LAYERS = {
    "weights": Title(
        "Weights",
        "How large the weights of the layer are together: the root of the sum of their squares, without the biases. "
        "Growing and growing: try a smaller learning rate or a penalty.",
    ),
    "gradient": Title(
        "Gradient",
        "How strongly the cost of all training samples pulls at the layer. A thousand times smaller in the first "
        "layers than in the last: the gradient vanishes on its way back. Near 0 everywhere: nothing changes any more.",
    ),
    "dead": Title(
        "Dead",
        "Units through which no sample sends a gradient, so that nothing in front of them learns. ReLU units die when "
        "the learning rate is too high; a step function has no others.",
    ),
    "saturated": Title(
        "Saturated",
        "How often a unit answers from a flat end of its activation, where it hardly learns. Much of it in tanh or "
        "sigmoid layers slows learning; for ReLU these are its zeros, and about a half is healthy.",
    ),
    "distinct": Title(
        "Distinct",
        "How many neurons differ from each other. Equal ones stay equal for ever and count as one: draw the first "
        "weights at random.",
    ),
    "activations": Title(
        "Activations",
        "How the answers of the layer are spread, from the lowest to the highest; the line stands at 0. Heights are "
        "drawn as square roots, so that rare values can be seen. Heaps at both ends: the layer is saturated.",
    ),
}  # fmt: skip
