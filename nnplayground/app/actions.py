"""Every action of the window as data: name, words, icon, shortcut. The window adds what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.plain_text import menu_text
from nnplayground.app.ui.theme import Theme
from nnplayground.app.ui.tooltips import wrapped


@dataclass(frozen=True)
class ActionSpec:
    """One action. `short` is the word on a button, `text` the line in a menu, `help` the tooltip."""

    name: str
    text: str
    short: str
    help: str
    shortcut: str = ""
    icon: str = ""


NEED_NETWORK = (
    "play", "step_sample", "step_batch", "step_epoch", "run_to",
    "restart", "new_weights", "start_from", "check_gradient", "export",
    "replay", "export_animation", "pin",
)  # fmt: skip

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", "&New experiment", "New", "Start again with the starter experiment.", "Ctrl+N"),
    ActionSpec("open", "&Open…", "Open", "Open a project, a trained model or a CSV table.", "Ctrl+O", "open"),
    ActionSpec(
        "open_pictures",
        "Open a &folder of pictures…",
        "Pictures",
        "Use pictures of your own as data: a folder that holds one folder of pictures for each class.",
        "Ctrl+Shift+O",
        "pictures",
    ),
    ActionSpec("save", "&Save", "Save", "Save the experiment to its project file.", "Ctrl+S", "save"),
    ActionSpec("save_as", "Save &as…", "Save as", "Save the experiment to another project file.", "Ctrl+Shift+S"),
    ActionSpec(
        "open_table", "Open a &table…", "Table", "Use a table of your own, a CSV file, as data.", "Ctrl+T", "table"
    ),
    ActionSpec(
        "save_data",
        "Save the &data as CSV…",
        "Save data",
        "Save the samples as a table, in original units, with the part that each belongs to.",
        "Ctrl+D",
    ),
    ActionSpec(
        "export",
        "&Export trained network…",
        "Export",
        "Save the trained network with its whole experiment as a file: opened again, training goes on from there.",
        "Ctrl+E",
        "export",
    ),
    ActionSpec(
        "export_animation",
        "Export an a&nimation…",
        "Animation",
        "Save what the network went through as a moving picture: a GIF, or an MP4 video.",
        "Ctrl+Shift+E",
        "film",
    ),
    ActionSpec("quit", "&Quit", "Quit", "Close the program.", "Ctrl+Q"),
    ActionSpec("play", "&Play", "Play", "Train the network; press again to pause.", "Space", "play"),
    ActionSpec(
        "step_sample",
        "Step one &sample",
        "1 sample",
        "Train on the next sample alone, as if the batch size were 1, then pause.",
        "Shift+B",
        "step-sample",
    ),
    ActionSpec("step_batch", "Step one &batch", "1 batch", "Train on one batch of samples, then pause.", "B", "step"),
    ActionSpec(
        "step_epoch",
        "Step one &epoch",
        "1 epoch",
        "Train to the end of the epoch: every sample once.",
        "E",
        "step-epoch",
    ),
    ActionSpec(
        "run_to",
        "Run &to epoch…",
        "To epoch",
        "Train to the end of an epoch of your choice as fast as the machine can, then pause.",
        "Shift+E",
    ),
    ActionSpec("faster", "&Faster", "Faster", "Train at the next faster speed; the results stay the same.", "Ctrl+."),
    ActionSpec("slower", "S&lower", "Slower", "Train at the next slower speed, to see each step.", "Ctrl+,"),
    ActionSpec(
        "pin",
        "&Pin this run",
        "Pin",
        "Keep the run of this moment as it is, to see the next one beside it: curves, boundaries, settings.",
        "Ctrl+P",
        "pin",
    ),
    ActionSpec(
        "restart",
        "&Restart with the same weights",
        "Restart",
        "Go back to epoch 0 and the same initial weights.",
        "R",
        "restart",
    ),
    ActionSpec(
        "new_weights", "&New weights", "New weights", "Go back to epoch 0 with other initial weights.", "N", "dice"
    ),
    ActionSpec(
        "replay",
        "Re&play from the beginning",
        "Replay",
        "Show again, in all views, how the network came to be what it is; press again to stop at a moment, or Escape "
        "to go back to the newest one.",
        "Shift+Space",
        "replay",
    ),
    ActionSpec(
        "start_from",
        "Start from these &weights",
        "Start here",
        "Make the weights of this moment the initial ones: Restart returns to them, and a saved project keeps them.",
    ),
    ActionSpec(
        "first_biases",
        "First &biases",
        "Biases",
        "Show above the network how the first biases are drawn: all equal, usually 0, or by chance.",
    ),
    ActionSpec(
        "check_gradient",
        "&Check the gradient",
        "Check",
        "Hold the slopes that backpropagation finds against measured ones, on the network as it is now.",
        "G",
    ),
    ActionSpec(
        "draw",
        "&Draw points",
        "Draw",
        "Draw points of your own into the output view, also while the network trains.",
        "D",
        "draw",
    ),
    ActionSpec("undo", "&Undo", "Undo", "Take the last change back.", "Ctrl+Z", "undo"),
    ActionSpec("redo", "&Redo", "Redo", "Make the change again that was taken back.", "Ctrl+Shift+Z", "redo"),
    ActionSpec(
        "paste_table",
        "&Paste a table",
        "Paste",
        "Use rows that were copied in a spreadsheet as data; you see what becomes of them first.",
        "Ctrl+V",
    ),
    ActionSpec(
        "measures",
        "&Measures",
        "Measures",
        "Show or hide accuracy, confusion matrix and the state of each layer.",
        "M",
        "measures",
    ),
    ActionSpec(
        "inside",
        "Inside the la&yers",
        "Inside",
        "Show or hide how weights, activations and gradients of each layer are spread, now and at the start.",
        "H",
        "inside",
    ),
    ActionSpec(
        "inspector",
        "Inspecto&r",
        "Inspector",
        "Show or hide all numbers of what is selected in the network: weights, biases, the activation curve.",
        "W",
        "inspector",
    ),
    ActionSpec(
        "compare",
        "&Compare",
        "Compare",
        "Show or hide comparisons: pinned runs, many seeds at once, a race of optimizers or learning rates.",
        "C",
        "compare",
    ),
    ActionSpec(
        "inputs",
        "&Inputs",
        "Inputs",
        "Show or hide all inputs of the data: every pair of them as a small plot, or every sample as a line.",
        "I",
        "inputs",
    ),
    ActionSpec(
        "surface",
        "Cost &surface",
        "Surface",
        "Show or hide the cost around the present weights, as a map along two directions.",
        "S",
        "surface",
    ),
    ActionSpec(
        "probe",
        "Drop a &probe",
        "Probe",
        "Put a probe on the map, to see on the network what each neuron answers there; drag it, move it with the arrow "
        "keys, or take it away again. A double click on the map drops one as well.",
        "P",
        "probe",
    ),
    ActionSpec(
        "large_output",
        "Make the output &large",
        "Large",
        "Let the output fill the window, and put everything back again.",
        "L",
        "enlarge",
    ),
    ActionSpec("zoom_in", "Zoom &in", "Larger", "Show the network larger.", "Ctrl++"),
    ActionSpec("zoom_out", "Zoom &out", "Smaller", "Show the network smaller.", "Ctrl+-"),
    ActionSpec("zoom_normal", "Zoom to &100 %", "100 %", "Show the network as large as its controls need.", "Ctrl+1"),
    ActionSpec("zoom_fit", "&Fit to view", "Fit", "Show the whole network, however wide it is.", "Ctrl+0", "fit"),
    ActionSpec(
        "flow",
        "Show the fl&ow",
        "Flow",
        "Let dashes run along the strongest weights while the network trains; off at first where the system asks for "
        "reduced motion.",
        "F",
    ),
    ActionSpec("reset_layout", "Reset &layout", "Layout", "Put all panels back to where they were at first."),
    ActionSpec("shortcuts", "&Keyboard shortcuts", "Keys", "List what can be done with the keyboard.", "F1"),
    ActionSpec("about", "&About NN Playground", "About", "Version and licence."),
)


def make_actions(parent: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Return one QAction per entry, connected to the handler of its name."""
    result = {}
    for spec in ACTIONS:
        action = QAction(spec.text, parent)
        action.setObjectName(spec.name)
        action.setIconText(spec.short)
        action.setToolTip(wrapped(spec.help + _keys(spec.shortcut)))
        action.setStatusTip(spec.help)
        action.setIconVisibleInMenu(spec.name != "play")  # its icon has the colour that goes on the accent
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        handler = handlers[spec.name]
        action.triggered.connect(lambda _checked=False, handler=handler: handler())
        result[spec.name] = action
    return result


def _keys(shortcut: str) -> str:
    """Return the shortcut in brackets, as the system writes it."""
    native = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return f" ({native})" if shortcut else ""


def color_actions(actions: Mapping[str, QAction], theme: Theme) -> None:
    """Give all actions their icons in the colours of the theme."""
    for spec in ACTIONS:
        if spec.icon:
            actions[spec.name].setIcon(icon(spec.icon, theme.on_accent if spec.name == "play" else theme.text))


def name_undo(actions: Mapping[str, QAction], stack: QUndoStack) -> None:
    """Let "undo" and "redo" say what they would take back or make again."""
    for name, possible, text in (
        ("undo", stack.canUndo(), stack.undoText()),
        ("redo", stack.canRedo(), stack.redoText()),
    ):
        actions[name].setEnabled(possible)
        actions[name].setText(f"&{name.capitalize()} “{menu_text(text)}”" if possible else f"&{name.capitalize()}")
