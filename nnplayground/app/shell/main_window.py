"""The main window itself: it creates the parts, sends state down to them and takes their intentions up."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from nnplayground.app.actions import NEED_NETWORK, color_actions, make_actions, name_undo
from nnplayground.app.document import Document
from nnplayground.app.features.animation.animations import Animations
from nnplayground.app.features.compare.pinning import Pinning
from nnplayground.app.features.cost.view import CostView
from nnplayground.app.features.data.data_panel import DataPanel
from nnplayground.app.features.data.tables import Tables
from nnplayground.app.features.drawing.entering import Drawing
from nnplayground.app.features.files.files import Files
from nnplayground.app.features.gradient_check.checks import GradientCheck
from nnplayground.app.features.large_output.large import LargeOutput
from nnplayground.app.features.network.network_bar import NetworkBar
from nnplayground.app.features.network.view import NetworkView
from nnplayground.app.features.not_learning.causes import Causes
from nnplayground.app.features.output.view import BoundaryView
from nnplayground.app.features.plot_export.plots import Plots
from nnplayground.app.features.replay.replay import Replay
from nnplayground.app.features.replay.replay_speed import add_speeds
from nnplayground.app.features.training.control import Control
from nnplayground.app.features.training.stop_card import StopCard
from nnplayground.app.features.training.training_panel import TrainingPanel
from nnplayground.app.player import Player
from nnplayground.app.settings import Settings
from nnplayground.app.shell.details import Details
from nnplayground.app.shell.docks import add_dock_buttons, make_center, make_docks
from nnplayground.app.shell.edits import Edits
from nnplayground.app.shell.handlers import handlers
from nnplayground.app.shell.layout import arrange, header_button, order_tabs
from nnplayground.app.shell.look import use_theme
from nnplayground.app.shell.menus import Choice, make_menus
from nnplayground.app.shell.parts import INPUTS, INSPECTOR, MEASURES
from nnplayground.app.shell.performing import Performer
from nnplayground.app.shell.toolbar import ToolBar
from nnplayground.app.shell.wiring import connect_parts
from nnplayground.app.shell.words import Ends, end_names, readout_names, readout_values, status_line
from nnplayground.app.ui.fields.decimal_sign import use_decimal_sign
from nnplayground.app.ui.icons import icon
from nnplayground.app.ui.message_bar import MessageBar
from nnplayground.app.ui.plain_text import PlainLabel, one_line
from nnplayground.app.ui.space_keys import SpaceKeeper
from nnplayground.app.ui.theme import Theme
from nnplayground.explain.advice import advice_on
from nnplayground.explain.words import words_of
from nnplayground.message import Message
from nnplayground.project.changes import (
    EditPlan,
    same_inputs,
)
from nnplayground.project.drawing import invitation
from nnplayground.project.edit_step import EditStep
from nnplayground.project.model import Project
from nnplayground.training.observe.snapshot import Snapshot
from nnplayground.training.run.trained_state import TrainedState
from nnplayground.training.thread.pace import Pace

if TYPE_CHECKING:
    from nnplayground.app.features.inputs.view import InputsView
    from nnplayground.app.features.inspector.view import InspectorView
    from nnplayground.app.features.measures.view import MeasuresView
    from nnplayground.app.shell.parts import DetailView

STATUS_MILLISECONDS = 250
FIRST_SECONDS = 0.08


class MainWindow(QMainWindow):
    """The window of one document. `close()` ends the training thread; `closing` lets others end what they do."""

    closing = Signal()

    def __init__(
        self,
        project: Project,
        theme: Theme,
        settings: Settings,
        *,
        theme_choice: str = "",
        trained: TrainedState | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("main_window")
        self.setAcceptDrops(True)
        self.settings = settings
        use_decimal_sign(settings.decimal_sign)
        self.theme = theme
        self.theme_choice = theme_choice or settings.theme
        self.document = Document(project, self, keep_weights=partial(getattr, settings, "keep_weights"))
        self.player = Player(self)
        self.player.load(project, trained=trained)  # its thread works while the window is being built
        self.files = Files(self, self.document, settings)
        self.tables = Tables(self, self.document, self.player, settings)
        self.gradient_check = GradientCheck(self.player, self)
        self.edits = Edits(self.document, self)
        self.perform = Performer(self.document, self.player).perform
        self.control = Control(self.player, self.document, self.edits, settings, self)
        self.failure = ""  # what the last load or training failed with, until it is mended
        self.shown_ends: Ends = ((), ())  # the names of inputs and outputs on show
        self._told_problems: tuple[Message, ...] = ()
        self._make_parts()
        self._make_layout()
        connect_parts(self)
        self._status_timer = QTimer(self)
        self._status_timer.setInterval(STATUS_MILLISECONDS)
        self._status_timer.setSingleShot(True)
        self._status_timer.timeout.connect(self.show_status)
        self.set_theme(theme)
        self._show_document()
        self.setFocus()

    def _make_parts(self) -> None:
        self.data_panel = DataPanel(self)
        self.training_panel = TrainingPanel(self)
        self.network_bar = NetworkBar(self)
        self.network_view = NetworkView(self)
        self.boundary_view = BoundaryView(self)
        self.cost_view = CostView(self)
        self.details = Details(self)
        self.panels = (self.data_panel, self.training_panel, self.network_bar)
        self.drawing = Drawing(self.boundary_view, self.document, self.player, self.edits, self)
        self.large = LargeOutput(self)
        self.replay = Replay(self.player, self.settings, self)
        self.animations = Animations(self)
        self.plots = Plots(self)
        self.pinning = Pinning(self)
        self.causes = Causes(self)
        self.commands = make_actions(self, handlers(self))
        self.toolbar = ToolBar(self.commands, self)
        self.status = PlainLabel(self)
        self.status.setObjectName("status")
        self.status.setAccessibleName("Status")

    @property
    def measures_view(self) -> MeasuresView:
        """The measures; made when first asked for, like all details."""
        return self.details.view(MEASURES)

    @property
    def inspector_view(self) -> InspectorView:
        """The numbers of what is selected."""
        return self.details.view(INSPECTOR)

    @property
    def inputs_view(self) -> InputsView:
        """The inputs of the data among themselves."""
        return self.details.view(INPUTS)

    @property
    def views(self) -> tuple[NetworkView | BoundaryView | CostView | DetailView, ...]:
        """All views that exist."""
        return self.network_view, self.boundary_view, self.cost_view, *self.details.views

    def _make_layout(self) -> None:
        self.addToolBar(self.toolbar)
        center = make_center(self)
        self.setCentralWidget(center)
        self.stop_card, self.messages = StopCard(self), MessageBar(center)
        self.stop_card.move_to(center)
        self.messages.stand_on(self.stop_card)
        self.messages.spare(partial(getattr, self.network_view, "legend_width"))
        self.control.join(self.toolbar.speed, self.stop_card)
        self.docks = make_docks(self)
        self.statusBar().addWidget(self.status, 1)
        self.statusBar().setSizeGripEnabled(False)
        add_dock_buttons(self)
        self.large.join(center, self.docks, (self.stop_card, self.messages), self.commands["large_output"])
        self.replay.join(self.commands["replay"])
        self.drawing.join(self.commands["draw"], self.docks["output"])
        self.commands["probe"].setCheckable(True)
        for name in ("probe", "draw", "large_output"):
            self.boundary_view.add_header_control(header_button(self.commands[name], self.boundary_view))
        self.cost_view.add_scrubber_control(header_button(self.commands["replay"], self.cost_view))
        self.resize(1280, 720)
        arrange(self, self.docks)
        SpaceKeeper(self)
        make_menus(
            self,
            self.commands,
            self.docks,
            theme=Choice(self.theme_choice, self.choose_theme),
            decimal_sign=Choice(self.settings.decimal_sign, self.choose_decimal_sign),
        )
        add_speeds(self, self.commands["replay"], self.replay)
        self.plots.join(self.commands["export_animation"])

    def toggle_play(self) -> None:
        """Play, or pause."""
        self.control.toggle_play()

    def train_epochs(self, epochs: int) -> None:
        """Train flat out to the end of so many epochs, whatever speed is chosen."""
        self.player.set_pace(Pace())
        self.player.step(epochs=epochs)

    def choose_decimal_sign(self, name: str) -> None:
        """Write and read numbers in fields with a sign, and remember that."""
        self.settings.decimal_sign = name
        use_decimal_sign(name)

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

    def set_theme(self, theme: Theme) -> None:
        """Show everything in other colours."""
        self.theme = theme
        for part in (*self.panels, *self.views):
            part.set_theme(theme)
        for other in (self.messages, self.stop_card, self.toolbar):
            other.set_theme(theme)
        self.tables.set_theme(theme)
        color_actions(self.commands, theme)
        self._play_icons = {word: icon(word.lower(), theme.on_accent) for word in ("Play", "Pause")}
        self._show_playing(running=self._is_running(), anew=True)

    def open_document(self, trained: TrainedState | None) -> None:
        """Show a document that was not edited but opened, with the network that was opened with it."""
        self.player.pause()
        self.player.load(self.document.project, trained=trained)
        self._show_document()

    def _show_document(self) -> None:
        self.messages.clear()
        self.network_bar.set_keep_weights(self.settings.keep_weights)
        self.cost_view.log_scale = self.settings.log_scale
        self.cost_view.shows_scores = self.settings.shows_scores
        self.control.forget_stop()
        self._show_project()
        self.show_title()
        self.show_undo()

    def apply_edit(self, plan: EditPlan, step: EditStep) -> None:
        """Take an edit, an undo or a redo down to the training and to all parts."""
        self.messages.withdraw()  # an edit answers what was wrong; what still is will be said again
        self.player.apply_edit(plan, step)
        self._show_notice(plan.notice)
        if plan.only_points:
            self.data_panel.show_project(plan.new)  # many times a second; nothing else shows the points
            self.boundary_view.drawing.show_project(plan.new)
        else:
            self._show_project()

    def _show_notice(self, notice: Message | None) -> None:
        """Say what an edit costs; nothing that has been learned is lost where nothing has been trained."""
        if notice is None:
            return
        if notice.id == "edit.start_values_left_out":
            self.messages.show_message(words_of(notice), "warning")
        elif self.player.snapshot is not None and self.player.snapshot.steps:
            self.messages.show_message(words_of(notice))

    def _show_project(self) -> None:
        project = self.document.project
        for panel in (*self.panels, self.toolbar):
            panel.show_project(project)
        self.boundary_view.drawing.show_project(project)
        self._show_ends()

    def _show_ends(self) -> None:
        """Show the document where inputs and outputs have names, which a frame may know better."""
        project, snapshot = self.document.project, self.player.snapshot
        features: tuple[str, ...] = project.data.features
        outputs: tuple[str, ...] = ("output",)
        if snapshot is not None and same_inputs(snapshot.project.data, project.data):
            features, outputs = end_names(snapshot)
        self.shown_ends = features, outputs
        for shower in (self.network_view, self.details):
            shower.show_project(project, inputs=features, outputs=outputs)

    def show_frame(self, snapshot: Snapshot) -> None:
        """Show a moment of training everywhere."""
        if self.failure:
            self._forget_failure()
        if self.shown_ends != end_names(snapshot):
            self._show_ends()
        if snapshot.seen.problems != self._told_problems:
            self._told_problems = snapshot.seen.problems
            self._show_problems(snapshot.seen.problems)
        for view in self.views:
            if view.isVisible():
                view.show_frame(snapshot)
        self.toolbar.show_readouts(readout_values(snapshot), names=readout_names(snapshot))
        self._show_playing(running=snapshot.running)
        self.control.show_frame(snapshot)
        if not self._status_timer.isActive():
            self._status_timer.start()

    def _show_problems(self, problems: tuple[Message, ...]) -> None:
        """Tell once what cannot be shown of the network."""
        if problems:
            self.messages.show_message(" ".join(map(words_of, problems)), "warning")

    def show_status(self) -> None:
        """Let the status line and the panels say how things stand."""
        snapshot = self.player.snapshot
        if snapshot is None:
            return
        self.status.setText(status_line(snapshot, target=self.player.target))
        for panel in self.panels:
            panel.show_frame(snapshot)

    def _is_running(self) -> bool:
        return self.player.snapshot is not None and self.player.snapshot.running

    def _show_playing(self, *, running: bool, anew: bool = False) -> None:
        """Let the play button say what it does next; called with every frame, so it changes only what is other."""
        play, word = self.commands["play"], "Pause" if running else "Play"
        if play.iconText() != word or anew:
            play.setIcon(self._play_icons[word])
            play.setText(f"&{word}")
            play.setIconText(word)

    def show_failure(self, sentence: str) -> None:
        """Say what loading or training failed with; there is no network until it is mended."""
        advice = advice_on(self.document.project)
        sentence += f" {words_of(advice)}" if advice else ""
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
        self.failure = sentence
        self.control.forget_stop()

    def _forget_failure(self) -> None:
        """What went wrong has been mended."""
        self.messages.withdraw(self.failure)
        self.failure = ""
        self._enable_training(possible=True)

    def _enable_training(self, *, possible: bool) -> None:
        for name in NEED_NETWORK:
            self.commands[name].setEnabled(possible)

    def show_title(self) -> None:
        """Name the document in the title, and whether it has been changed."""
        name = one_line(self.files.title).replace("[*]", "[*][*]")  # Qt puts the mark of changes where [*] stands
        self.setWindowTitle(f"{name}[*] – NN Playground")
        self.setWindowModified(self.document.is_modified)

    def show_undo(self) -> None:
        """Say what undo and redo would do."""
        name_undo(self.commands, self.document.undo_stack)
        self.show_title()

    def showEvent(self, event: QShowEvent) -> None:
        """Do what needs to know where everything is."""
        super().showEvent(event)
        self.order_tabs()
        self.player.wait_for_first(FIRST_SECONDS)  # so that the window is not painted empty first

    def order_tabs(self) -> None:
        """Let the Tab key go through the window as one reads it."""
        network = (self.network_bar, self.network_view, self.stop_card)
        plots = (self.boundary_view, self.cost_view)
        order_tabs([self.toolbar, self.data_panel, self.training_panel, *network, *plots, *self.details.views])

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
        self.closing.emit()
        event.accept()
