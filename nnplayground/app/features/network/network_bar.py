"""What holds for the whole network: activation, output, first weights and biases, and whether a change keeps them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from nnplayground.app.features.network.start_fields import StartFields
from nnplayground.app.text.titles import ACTIVATIONS, COSTS, INITIALIZERS, Title
from nnplayground.app.ui.fields.choice_field import ChoiceField
from nnplayground.app.ui.fields.short_check import ShortCheck
from nnplayground.app.ui.plain_text import PlainLabel
from nnplayground.app.ui.theme import SPACE, Theme
from nnplayground.app.ui.tooltips import wrapped
from nnplayground.engine.activations import HIDDEN_ACTIVATIONS
from nnplayground.engine.metrics import distinct_neurons
from nnplayground.errors import FieldError
from nnplayground.project.edits import set_all_activations
from nnplayground.project.layer_specs import DenseSpec
from nnplayground.project.limits import Choice, help_of, rule_of
from nnplayground.project.model import BiasInitializerSpec, InitializerSpec, NetworkSpec, Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.outputs import output_rule

MIXED = "mixed"
CHOICES_FIRST = 8  # how much more of the room that is left goes to a choice than to the gap behind all of them
STYLE_ROOM = 12  # pixels that the style sheet adds to a list
LEAST_CHOICE_WIDTH = 76  # in a small window the longest names give way, the usual ones fit
AUTO = Title("Auto", "Fits the data: sigmoid for two classes, softmax for more, linear for numbers.")
OUTPUTS = {"auto": AUTO} | ACTIVATIONS
BIAS_RULE: Choice = rule_of(BiasInitializerSpec, "name")


class NetworkBar(QWidget):
    """Shows the `NetworkSpec` but for the sizes; `edited` carries a new one and the words for undo."""

    edited = Signal(object, str, int)
    refused = Signal(str)
    keep_weights_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("network_bar")
        self._shown = NetworkSpec()
        self._has_twins = self._wants_biases = False
        self._project = Project()
        self.activation = ChoiceField(
            "Hidden activation", help_of(DenseSpec, "activation"), self._hidden(), self, fits_content=True
        )
        self.activation.setObjectName("hidden_activation")
        self.activation.setPlaceholderText("None")  # where there is no hidden layer
        self.output = ChoiceField("Output", help_of(NetworkSpec, "output_activation"), OUTPUTS, self, fits_content=True)
        self.output.setObjectName("output_activation")
        self.initializer = ChoiceField(
            "First weights", help_of(InitializerSpec, "name"), INITIALIZERS, self, fits_content=True
        )
        self.initializer.setObjectName("initializer")
        self.weights = StartFields(InitializerSpec(), "First weights", "initializer", self)
        ways = {name: INITIALIZERS[name] for name in BIAS_RULE.options}
        self.bias_initializer = ChoiceField("First biases", BIAS_RULE.help, ways, self, fits_content=True)
        self.bias_initializer.setObjectName("bias_initializer")
        self.biases = StartFields(BiasInitializerSpec(), "First biases", "bias_initializer", self)
        self.keep = ShortCheck("Keep weights", "Keep", self)
        self.keep.setObjectName("keep_weights")
        self.keep.setToolTip(wrapped("When the network changes, the weights that still have a place are kept."))
        self.twins = PlainLabel(self)
        self.twins.setObjectName("distinct_neurons")
        self.twins.setToolTip(
            wrapped(
                "Neurons or filters that start with equal weights get equal corrections and stay equal for ever, so "
                "together they can do no more than one. Random first weights prevent that."
            )
        )
        self._lay_out()
        self._connect()
        self._show_details()

    def show_project(self, project: Project) -> None:
        """Show the network of a project; this is no news to anybody."""
        self._project = project
        self._shown = network = project.network
        activations = {layer.used_activation or "" for layer in network.layers if layer.has_weights}
        self.activation.set_options(self._hidden(mixed=len(activations) > 1))
        self.activation.show_value(MIXED if len(activations) > 1 else next(iter(activations), ""))
        self.activation.setEnabled(bool(activations))
        self.output.show_value(network.output_activation)
        self.initializer.show_value(network.initializer.name)
        self.weights.show_value(network.initializer)
        self.bias_initializer.show_value(network.bias_initializer.name)
        self.biases.show_value(network.bias_initializer)
        self._show_details()

    def show_biases(self, *, wanted: bool) -> None:
        """Show how the first biases are drawn even where nobody has changed it yet."""
        self._wants_biases = wanted
        self._show_details()
        if wanted:
            self.bias_initializer.setFocus()

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show how many different neurons there are when some are equal, and which outputs fit."""
        self._show_twins(snapshot)
        self.output.allow(_unfit(self._project, snapshot.data.rule.classes))

    def set_theme(self, theme: Theme) -> None:
        """Say it in the colour of warnings when neurons are equal."""
        self.twins.setStyleSheet(f"color: {theme.warning};")

    def set_keep_weights(self, keep: bool) -> None:
        """Show whether weights are kept; this is no news to anybody."""
        self.keep.setChecked(keep)

    def _show_twins(self, snapshot: Snapshot) -> None:
        distinct, of, things = _most_alike(snapshot)
        self._has_twins = distinct < of
        self.twins.setVisible(self._has_twins)
        self._show_details()
        if self._has_twins:
            self.twins.setText(f"distinct {things}: {distinct:,} of {of:,}")

    def _show_details(self) -> None:
        """Show the second row as far as there is something in it."""
        has_biases = self.weights.is_needed or self._wants_biases
        has_biases = has_biases or self._shown.bias_initializer != BiasInitializerSpec()
        self._first_weights.setVisible(self.weights.is_needed)
        self.weights.setVisible(self.weights.is_needed)
        for widget in (self._first_biases, self.bias_initializer, self.biases):
            widget.setVisible(has_biases)
        self.details.setVisible(has_biases or self._has_twins)

    @staticmethod
    def _hidden(*, mixed: bool = False) -> dict[str, Title]:
        choices = {name: ACTIVATIONS[name] for name in HIDDEN_ACTIVATIONS}
        return choices | ({MIXED: Title("Mixed", "The layers have different activations.")} if mixed else {})

    def _lay_out(self) -> None:
        row, self.details = QHBoxLayout(), QWidget(self)
        row.setSpacing(SPACE[0])
        choices = {"Hidden": self.activation, "Output": self.output, "Weights": self.initializer}
        for title, choice in choices.items():
            row.addWidget(_quiet(title, self))
            row.addWidget(choice, 0 if choice is self.initializer else CHOICES_FIRST)
            row.addSpacing(SPACE[0])
        for choice in choices.values():
            choice.setMinimumWidth(LEAST_CHOICE_WIDTH)
        for choice in (self.activation, self.output):  # these give way before all others
            choice.setMaximumWidth(choice.sizeHint().width() + STYLE_ROOM)
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row.addStretch(1)
        row.addWidget(self.keep)
        more = QHBoxLayout(self.details)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(SPACE[0])
        self._first_weights, self._first_biases = (_quiet(text, self.details) for text in ("First weights", "Biases"))
        for widget in (self._first_weights, self.weights, self._first_biases, self.bias_initializer, self.biases):
            more.addWidget(widget)
        more.addStretch(1)
        more.addWidget(self.twins)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[1], SPACE[0], SPACE[1], 0)
        column.setSpacing(SPACE[0])
        column.addLayout(row)
        column.addWidget(self.details)

    def _connect(self) -> None:
        self.activation.chosen.connect(self._change_activation)
        self.output.chosen.connect(self._change_output)
        self.initializer.chosen.connect(self._change_initializer)
        self.bias_initializer.chosen.connect(self._change_biases)
        self.weights.edited.connect(self._set_weights)
        self.biases.edited.connect(self._set_biases)
        for fields in (self.weights, self.biases):
            fields.refused.connect(self.refused)
        self.keep.clicked.connect(self.keep_weights_changed)

    def _change_activation(self, key: str) -> None:
        if key != MIXED:
            shown = replace(self._project, network=self._shown)
            self._ask(set_all_activations(shown, key).network, f"Activation {ACTIVATIONS[key].name}")

    def _change_output(self, key: str) -> None:
        self._ask(replace(self._shown, output_activation=key), "Change the output")

    def _change_initializer(self, key: str) -> None:
        chosen = InitializerSpec(name=key, seed=self._shown.initializer.seed)
        self._ask(replace(self._shown, initializer=chosen), f"First weights {INITIALIZERS[key].name}")

    def _change_biases(self, key: str) -> None:
        self._set_biases(BiasInitializerSpec(name=key))

    def _set_weights(self, spec: InitializerSpec) -> None:
        self._ask(replace(self._shown, initializer=spec), "Change the first weights")

    def _set_biases(self, spec: BiasInitializerSpec) -> None:
        self._ask(replace(self._shown, bias_initializer=spec), "Change the first biases")

    def _ask(self, network: NetworkSpec, text: str) -> None:
        if network != self._shown:
            self._shown = network
            self.edited.emit(network, text, 0)


def _quiet(text: str, parent: QWidget) -> QLabel:
    label = PlainLabel(text, parent)
    label.setProperty("muted", True)
    return label


def _most_alike(snapshot: Snapshot) -> tuple[int, int, str]:
    """Return how many neurons, or filters, differ in the hidden layer where the most are equal, and of how many."""
    layers = snapshot.architecture.weighted[:-1]
    matrices = snapshot.architecture.matrices(snapshot.parameters)
    counts = [
        (distinct_neurons(matrix), len(matrix), f"{layer.unit_name}s")
        for layer, matrix in zip(layers, matrices, strict=False)
    ]
    return min(counts, key=lambda entry: entry[0] / entry[1], default=(1, 1, "neurons"))


def _unfit(project: Project, classes: tuple[str, ...]) -> dict[str, str]:
    """Return why some outputs cannot be chosen now, by the rule that decides when a project is loaded."""
    result = {}
    for key in OUTPUTS:
        try:
            output_rule(replace(project, network=replace(project.network, output_activation=key)), classes)
        except FieldError as error:
            is_cost = error.path == "training.cost"
            result[key] = (
                f"The cost {COSTS[project.training.cost].name} does not go with it; choose another cost first."
                if is_cost
                else "It shares one whole among classes; the target is a number."
            )
    return result
