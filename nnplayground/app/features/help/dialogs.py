"""What the keyboard can do, and what this program is."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QMessageBox, QVBoxLayout, QWidget

from nnplayground import __version__
from nnplayground.app.ui.plain_text import PlainLabel, plain_box
from nnplayground.app.ui.theme import SPACE

EDITOR_KEYS = (
    ("← → ↑ ↓", "Network: select a layer or a neuron"),
    ("Shift+← Shift+→", "Network: select an edge of the neuron"),
    ("Enter", "Network: edit the bias, or the weight"),
    ("K, O", "Network: freeze; switch off or on"),
    ("+ −", "Network: one neuron more or less"),
    ("Insert, Delete", "Network: insert or remove a layer"),
    ("Alt+← Alt+→", "Network: give a layer another place"),
    ("1 to 8", "Drawing: choose a class, or a value"),
    ("P, X, V", "Drawing: place, erase or move points"),
    ("← → ↑ ↓, Enter", "Drawing: move the cross, and click there"),
    ("Delete, Esc", "Drawing: take a point away; take back a stroke"),
    ("← → ↑ ↓, Delete", "Probe: move it; take it away"),
    ("← →, Home, End", "Cost: go through the moments that were kept"),
    ("+ −, Shift+← Shift+→, 0", "Cost: zoom; move; show all"),
)


def show_shortcuts(parent: QWidget, actions: Iterable[QAction]) -> QDialog:
    """Show the list of shortcuts beside the window; it does not block."""
    dialog = QDialog(parent)
    dialog.setObjectName("shortcuts_dialog")
    dialog.setWindowTitle("Keyboard shortcuts")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE[4])
    native = QKeySequence.SequenceFormat.NativeText
    rows = [
        (action.shortcut().toString(native), action.text()) for action in actions if not action.shortcut().isEmpty()
    ]
    lines = [*rows, *EDITOR_KEYS]
    half = ceil(len(lines) / 2)  # two columns of equal height fit on a small screen
    for place, (keys, text) in enumerate(lines):
        row, left = place % half, 2 * (place // half)
        grid.addWidget(PlainLabel(keys, dialog), row, left, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(PlainLabel(text.replace("&", "").rstrip("…"), dialog), row, left + 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.close)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(SPACE[4], SPACE[3], SPACE[4], SPACE[3])
    column.addLayout(grid)
    column.addWidget(buttons)
    dialog.show()
    return dialog


def show_about(parent: QWidget) -> QMessageBox:
    """Show version and licence beside the window; it does not block."""
    box = plain_box(parent, "About NN Playground", f"NN Playground {__version__}")
    box.setObjectName("about_dialog")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setInformativeText(
        "A desktop laboratory in which one sees how a neural network learns. Free software under the MIT licence. "
        "The penguins were measured at Palmer Station (CC0)."
    )
    box.open()
    return box
