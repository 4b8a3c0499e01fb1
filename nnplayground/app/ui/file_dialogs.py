"""Where to open from and where to save to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from nnplayground.app.ui.plain_text import one_line, plain_box
from nnplayground.export.formats import FORMATS
from nnplayground.export.opening import TABLES as TABLE_ENDINGS
from nnplayground.project.storage import SUFFIX

WILDCARDS = " ".join(f"*{ending}" for ending in TABLE_ENDINGS)
EVERYTHING = f"All that can be opened (*.nnp.json *.model.json *.npz {WILDCARDS})"
PROJECTS = f"Projects (*{SUFFIX})"
NOT_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))
LONGEST_STEM = 100
TABLES = f"Tables ({WILDCARDS})"


def ask_open(parent: QWidget, folder: str, *, tables_only: bool = False) -> Path | None:
    """Return the file to open, or nothing."""
    filters = TABLES if tables_only else f"{EVERYTHING};;{PROJECTS};;{TABLES}"
    name, _ = QFileDialog.getOpenFileName(parent, "Open a table" if tables_only else "Open", folder, filters)
    return Path(name) if name else None


def ask_folder(parent: QWidget, folder: str) -> Path | None:
    """Return the folder of pictures to use, or nothing."""
    title = "Open a folder of pictures (one folder in it for each class)"
    name = QFileDialog.getExistingDirectory(parent, title, folder)
    return Path(name) if name else None


def ask_save(parent: QWidget, folder: str, *, name: str) -> Path | None:
    """Return the project file to save to, with its ending, or nothing."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "Save the experiment", str(Path(folder) / file_name(name.removesuffix(SUFFIX), SUFFIX)), PROJECTS
    )
    return with_suffix(Path(chosen), SUFFIX) if chosen else None


def ask_save_table(parent: QWidget, folder: str) -> Path | None:
    """Return the CSV file to save the data to, with its ending, or nothing."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save the data", str(Path(folder) / "data.csv"), "Tables (*.csv)")
    return with_suffix(Path(chosen), ".csv") if chosen else None


def ask_save_animation(parent: QWidget, folder: str, *, name: str, kind: str) -> Path | None:
    """Return the file to write an animation of a kind ("gif" or "mp4") to, with its ending, or nothing."""
    filters = {"gif": "GIF animations (*.gif)", "mp4": "MP4 videos (*.mp4)"}[kind]
    start = str(Path(folder) / file_name(name, f".{kind}"))
    chosen, _ = QFileDialog.getSaveFileName(parent, "Export an animation", start, filters)
    return with_suffix(Path(chosen), f".{kind}") if chosen else None


def ask_save_plot(parent: QWidget, folder: str, *, name: str, kind: str) -> Path | None:
    """Return the file to save a plot to as a kind ("png", "svg" or "csv"), with its ending, or nothing."""
    filters = {"png": "PNG pictures (*.png)", "svg": "SVG drawings (*.svg)", "csv": "Tables (*.csv)"}[kind]
    dialog = QFileDialog(parent, "Export a plot", folder, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind)  # so that the dialog asks before the file with that ending is replaced
    dialog.selectFile(f"{name}.{kind}")
    try:
        chosen = dialog.selectedFiles() if dialog.exec() else []
    finally:
        dialog.deleteLater()
    return with_suffix(Path(chosen[0]), f".{kind}") if chosen else None


def ask_export(parent: QWidget, folder: str, *, name: str) -> Path | None:
    """Return the file to export the trained network to, with the ending of the chosen format, or nothing."""
    filters = {f"{entry.title} (*{entry.suffix})": entry.suffix for entry in FORMATS.values()}
    start = str(Path(folder) / file_name(name, next(iter(filters.values()))))
    chosen, used = QFileDialog.getSaveFileName(
        parent, "Export the trained network with its experiment", start, ";;".join(filters)
    )
    if not chosen:
        return None
    if Path(chosen).suffix:
        return Path(chosen)  # a wrong ending is told, not hidden behind a second one
    return with_suffix(Path(chosen), filters.get(used, ".npz"))


def file_name(stem: str, ending: str) -> str:
    """Return the name for a file in the folder that is proposed, whatever a project from outside is called."""
    return one_line(stem, LONGEST_STEM).translate(NOT_IN_NAMES).strip() + ending


def with_suffix(path: Path, suffix: str) -> Path:
    """Return the path with this ending, which may have two parts, unless it has it already."""
    if path.name.lower().endswith(suffix):
        return path
    base = path.name.removesuffix(".json") if suffix.endswith(".json") else path.name
    return path.with_name(base + suffix)


def ask_discard(parent: QWidget, title: str) -> str:
    """Ask what to do with changes that are not saved; returns "save", "discard" or "cancel"."""
    buttons = QMessageBox.StandardButton
    box = plain_box(parent, "Unsaved changes", f"“{one_line(title)}” has changes that are not saved. Save them first?")
    box.setObjectName("unsaved_changes_dialog")
    box.setIcon(QMessageBox.Icon.Question)
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    try:
        answer = buttons(box.exec())
    finally:
        box.deleteLater()
    return {buttons.Save: "save", buttons.Discard: "discard"}.get(answer, "cancel")
