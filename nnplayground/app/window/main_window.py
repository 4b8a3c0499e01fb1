"""The main window itself: it creates the parts, sends state down to them and takes their intentions up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QVBoxLayout, QWidget

from nnplayground.app.actions import NEED_NETWORK, color_actions, make_actions, name_undo
from nnplayground.app.dialogs.help import show_about, show_shortcuts
from nnplayground.app.document import Document
from nnplayground.app.panels.data_panel import DataPanel
from nnplayground.app.panels.network_bar import NetworkBar
from nnplayground.app.panels.training_panel import TrainingPanel
from nnplayground.app.player import Player
from nnplayground.app.settings import Settings
from nnplayground.app.theme import SPACE, Theme
from nnplayground.app.views.boundary.view import BoundaryView
from nnplayground.app.views.cost_view import CostView
from nnplayground.app.views.inputs.view import InputsView
from nnplayground.app.views.inspector.view import InspectorView
from nnplayground.app.views.measures.view import MeasuresView
from nnplayground.app.views.network.view import NetworkView
from nnplayground.app.widgets.icons import icon
from nnplayground.app.widgets.message_bar import MessageBar
from nnplayground.app.widgets.space_keys import SpaceKeeper
from nnplayground.app.window.checks import GradientCheck
from nnplayground.app.window.details import Details
from nnplayground.app.window.dock import Dock
from nnplayground.app.window.drawing import Drawing
from nnplayground.app.window.edits import Edits
from nnplayground.app.window.files import Files
from nnplayground.app.window.large import LargeOutput
from nnplayground.app.window.layout import arrange, dock_button, header_button, order_tabs, scrolling
from nnplayground.app.window.look import use_theme
from nnplayground.app.window.menus import make_menus
from nnplayground.app.window.network_view_actions import network_handlers
from nnplayground.app.window.tables import Tables
from nnplayground.app.window.toolbar import PACES, START_PACE, ToolBar
from nnplayground.app.window.wiring import connect_parts
from nnplayground.app.window.words import Ends, end_names, readout_values, remedy, score_name, status_line
from nnplayground.project.changes import Consequence, only_points, only_switches, reason, same_inputs
from nnplayground.project.drawing import invitation
from nnplayground.project.model import Project
from nnplayground.training.pace import Pace
from nnplayground.training.snapshot import Snapshot
from nnplayground.training.stopping import Stop

STATUS_MILLISECONDS = 250


class MainWindow(QMainWindow):
    """The window of one document. `close()` ends the training thread."""

    def __init__(self, project: Project, theme: Theme, settings: Settings, *, theme_choice: str = "") -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setAcceptDrops(True)
        self.settings = settings
        self.theme = theme
        self.theme_choice = theme_choice or settings.theme
        self.document = Document(project, self)
        self.player = Player(self)
        self.files = Files(self, self.document, settings)
        self.tables = Tables(self, self.document, self.player, settings)
        self.gradient_check = GradientCheck(self.player, self)
        self.edits = Edits(self.document, self)
        self._shown_stop: Stop | None = None
        self._failure = ""  # what the last load or training failed with, until it is mended
        self._shown_ends: Ends = ((), ())
        self._make_parts()
        self._make_layout()
        connect_parts(self)
        self._status_timer = QTimer(self)
        self._status_timer.setInterval(STATUS_MILLISECONDS)
        self._status_timer.setSingleShot(True)
        self._status_timer.timeout.connect(self._show_status)
        self.set_theme(theme)
        self.player.set_pace(PACES[START_PACE])
        self.open_document()
        self.setFocus()

    def _make_parts(self) -> None:
        self.data_panel = DataPanel(self)
        self.training_panel = TrainingPanel(self)
        self.network_bar = NetworkBar(self)
        self.network_view = NetworkView(self)
        self.boundary_view = BoundaryView(self)
        self.cost_view = CostView(self)
        self.measures_view = MeasuresView(self)
        self.inspector_view = InspectorView(self)
        self.inputs_view = InputsView(self)
        plots = self.network_view, self.boundary_view, self.cost_view
        self.views = (*plots, self.measures_view, self.inspector_view, self.inputs_view)
        self.details = Details(self)
        self.panels = (self.data_panel, self.training_panel, self.network_bar)
        self.drawing = Drawing(self.boundary_view.drawing, self.document, self.player, self.edits, self)
        self.large = LargeOutput(self)
        self.commands = make_actions(self, self._handlers())
        self.toolbar = ToolBar(self.commands, self)
        self.status = QLabel(self)
        self.status.setObjectName("status")
        self.status.setAccessibleName("Status")

    def _handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does."""
        return {
            "new": self.files.new,
            "open": self.files.open,
            "open_table": self.tables.open,
            "paste_table": self.tables.paste,
            "save_data": self.tables.ask_and_save,
            "open_pictures": self.files.open_pictures,
            "save": self.files.save,
            "save_as": self.files.save_as,
            "export": self.files.ask_and_export,
            "quit": self.close,
            "play": self.toggle_play,
            "step_batch": self.step_batch,
            "step_epoch": self.step_epoch,
            "restart": self.restart,
            "new_weights": self.edits.new_weights,
            "check_gradient": self.gradient_check.start,
            "draw": self.drawing.toggle,
            "large_output": self.large.toggle,
            "undo": self.document.undo_stack.undo,
            "redo": self.document.undo_stack.redo,
            "measures": self.details.toggle_measures,
            "inspector": self.details.toggle_inspector,
            "inputs": self.details.toggle_inputs,
            "reset_layout": self.reset_layout,
            **network_handlers(self),
            "shortcuts": self.show_shortcuts,
            "about": partial(show_about, self),
        }

    def _make_layout(self) -> None:
        self.addToolBar(self.toolbar)
        center = QWidget(self)
        center.setObjectName("center")
        column = QVBoxLayout(center)
        column.setContentsMargins(SPACE[0], SPACE[0], SPACE[0], SPACE[0])
        column.setSpacing(SPACE[0])
        column.addWidget(self.network_bar)
        column.addWidget(self.network_view, 1)
        self.setCentralWidget(center)
        self.messages = MessageBar(center)
        self.docks = {
            "data": Dock("data", "Data", scrolling(self.data_panel), self, has_header=False),
            "training": Dock("training", "Training", scrolling(self.training_panel), self, has_header=False),
            "output": Dock("output", "Output", self.boundary_view, self, has_header=True),
            "cost": Dock("cost", "Cost", self.cost_view, self, has_header=True),
            "measures": Dock("measures", "Measures", self.measures_view, self, has_header=True),
            "inspector": Dock("inspector", "Inspector", self.inspector_view, self, has_header=True),
            "inputs": Dock("inputs", "Inputs", self.inputs_view, self, has_header=False),
        }
        self.statusBar().addWidget(self.status, 1)
        inputs = dock_button(self.commands["inputs"], self.docks["inputs"], self.boundary_view, word=False)
        self.boundary_view.add_control(inputs)
        for name in ("inspector", "measures"):
            self.cost_view.add_control(dock_button(self.commands[name], self.docks[name], self.cost_view))
        self.statusBar().setSizeGripEnabled(False)
        self.large.join(center, self.docks, self.messages, self.commands["large_output"])
        self.drawing.join(self.commands["draw"], self.docks["output"])
        for name in ("draw", "large_output"):
            self.boundary_view.add_header_control(header_button(self.commands[name], self.boundary_view))
        self.resize(1280, 720)
        arrange(self, self.docks)
        SpaceKeeper(self)
        make_menus(self, self.commands, self.docks, theme=self.theme_choice, choose_theme=self.choose_theme)

    def toggle_play(self) -> None:
        """Play, or pause."""
        if self.player.plays:
            self.player.pause()
            return
        self._shown_stop = None  # so that a stop is told again when it comes again
        self.player.play()

    def step_batch(self) -> None:
        """Train on one batch."""
        self.player.step(batches=1)

    def step_epoch(self) -> None:
        """Train to the end of the epoch."""
        self.player.step(epochs=1)

    def train_epochs(self, epochs: int) -> None:
        """Train flat out to the end of so many epochs, whatever speed is chosen."""
        self.player.set_pace(Pace())
        self.player.step(epochs=epochs)

    def restart(self) -> None:
        """Go back to the same initial weights."""
        self.player.restart()

    def choose_theme(self, choice: str) -> None:
        """Show light or dark colours, or the system's, now and at the next start."""
        self.theme_choice = self.settings.theme = choice
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.set_theme(use_theme(app, choice))

    def show_inspector(self) -> None:
        """Show the numbers of what is selected in the network."""
        self.details.show_inspector()

    def reset_layout(self) -> None:
        """Put all docks back."""
        self.large.leave()
        self.settings.forget_layout()
        arrange(self, self.docks)

    def show_shortcuts(self) -> None:
        """Show the list of shortcuts."""
        show_shortcuts(self, self.commands.values())

    def set_theme(self, theme: Theme) -> None:
        """Show everything in other colours."""
        self.theme = theme
        for part in (*self.panels, *self.views):
            part.set_theme(theme)
        self.messages.set_theme(theme)
        self.tables.set_theme(theme)
        color_actions(self.commands, theme)
        self._show_playing(running=self._is_running(), anew=True)

    def open_document(self) -> None:
        """Show a document that was not edited but opened."""
        self.messages.clear()
        self.network_bar.set_keep_weights(self.settings.keep_weights)
        self.cost_view.log_scale = self.settings.log_scale
        self._shown_stop = None
        self.player.pause()
        self.player.load(self.document.project, keep=False)
        self._show_project()
        self.show_title()
        self.show_undo()

    def follow(self, old: Project, new: Project) -> None:
        """Take an edit, an undo or a redo down to the training and to all parts."""
        self.messages.withdraw()  # an edit answers what was wrong; what still is will be said again
        # What is dropped, off or frozen is a setting like the penalties: to change it costs nothing that was learned.
        keep = self.settings.keep_weights or only_switches(old.network, new.network) or only_points(old.data, new.data)
        what = self.player.follow(old, new, keep=keep, back_to=self.document.back_to)
        snapshot = self.player.snapshot
        if old.parameters is not None and new.parameters is None:
            self.messages.show_message(
                "The start values of the file no longer fit and are left out, so Restart draws new ones; "
                "undo brings them back.",
                "warning",
            )
            self._show_project()
            return
        if what is Consequence.START_OVER and snapshot is not None and snapshot.epoch > 0:
            self.messages.show_message(f"Training started over, because {reason(old, new)} changed.")
        elif what is Consequence.KEEP and not keep and snapshot is not None and snapshot.epoch:
            self.messages.show_message("Training started over with new weights, because “Keep weights” is off.")
        if replace(old, data=new.data) == new and only_points(old.data, new.data):
            self.data_panel.show_project(new)  # many times a second; nothing else shows the points of the document
            self.boundary_view.drawing.show_project(new)
        else:
            self._show_project()

    def _show_project(self) -> None:
        project, snapshot = self.document.project, self.player.snapshot
        for panel in self.panels:
            panel.show_project(project)
        self.boundary_view.drawing.show_project(project)
        features: tuple[str, ...] = project.data.features
        outputs: tuple[str, ...] = ("output",)
        if snapshot is not None and same_inputs(snapshot.project.data, project.data):
            features, outputs = end_names(snapshot)
        self._shown_ends = features, outputs
        for view in (self.network_view, self.inspector_view):
            view.show_project(project, inputs=features, outputs=outputs)

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show a moment of training everywhere."""
        self.document.moment = replace(snapshot, maps=None, report=None, gradient=None, inspection=None)
        if self._failure:
            self._forget_failure()
        if self._shown_ends != end_names(snapshot):
            self._show_project()
        for view in self.views:
            if view.isVisible():
                view.show_frame(snapshot)
        self.toolbar.show_readouts(readout_values(snapshot), score=score_name(snapshot))
        self._show_playing(running=snapshot.running)
        self._show_stop(snapshot.stop)
        if not self._status_timer.isActive():
            self._status_timer.start()

    def _show_status(self) -> None:
        snapshot = self.player.snapshot
        if snapshot is None:
            return
        self.status.setText(status_line(snapshot))
        for panel in self.panels:
            panel.show_frame(snapshot)

    def _is_running(self) -> bool:
        return self.player.snapshot is not None and self.player.snapshot.running

    def _show_playing(self, *, running: bool, anew: bool = False) -> None:
        """Let the play button say what it does next; called with every frame, so it changes only what is other."""
        play, word = self.commands["play"], "Pause" if running else "Play"
        if play.iconText() != word or anew:
            play.setIcon(icon(word.lower(), self.theme.on_accent))
            play.setText(f"&{word}")
            play.setIconText(word)

    def _show_stop(self, stop: Stop | None) -> None:
        if stop is None and self._shown_stop is not None:
            self.messages.withdraw(self._shown_stop.sentence)
        if stop is not None and stop != self._shown_stop:
            self.messages.show_message(stop.sentence, "error" if stop.rule == "diverged" else "info")
        self._shown_stop = stop

    def show_failure(self, sentence: str) -> None:
        """Say what loading or training failed with; there is no network until it is mended."""
        sentence += remedy(self.document.project)
        self._show_playing(running=False)
        self.status.setText(f"Not training. {sentence}")
        self.files.snapshot = None
        self.toolbar.clear_readouts()
        self.data_panel.clear_counts()
        for view in self.views:
            view.clear()
        self._enable_training(possible=False)
        # A drawing that has just begun is no error, and the plane itself says how to go on.
        if not invitation(self.document.project.data.source):
            self.messages.show_message(sentence, "error")
        self._failure = sentence

    def _forget_failure(self) -> None:
        """What went wrong has been mended."""
        self.messages.withdraw(self._failure)
        self._failure = ""
        self._enable_training(possible=True)

    def _enable_training(self, *, possible: bool) -> None:
        for name in NEED_NETWORK:
            self.commands[name].setEnabled(possible)

    def show_title(self) -> None:
        """Name the document in the title, and whether it has been changed."""
        self.setWindowTitle(f"{self.files.title}[*] – NN Playground")
        self.setWindowModified(self.document.is_modified)

    def show_undo(self) -> None:
        """Say what undo and redo would do."""
        name_undo(self.commands, self.document.undo_stack)
        self.show_title()

    def showEvent(self, event: QShowEvent) -> None:
        """Do what needs to know where everything is."""
        super().showEvent(event)
        left, right = [self.data_panel, self.training_panel], [self.boundary_view, *self.views[2:5]]
        order_tabs([self.toolbar, *left, self.network_bar, self.network_view, *right])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one local file."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file."""
        self.files.show_path(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask for unsaved changes, then end all threads."""
        if not self.files.may_discard():
            event.ignore()
            return
        self.settings.save_layout(self.saveGeometry(), self.large.whole_layout)
        self._status_timer.stop()
        self.player.close()
        self.files.close()
        self.tables.close()
        self.gradient_check.close()
        event.accept()
