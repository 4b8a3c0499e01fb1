"""Draws moments of a run's past in a window of its own that nobody sees, at any size, while the user's goes on.

1. The unseen window is given the past of the run; its own thread travels through it (`Player.revisit`).
2. `draw(epoch)` asks for a moment; when everything that the views wanted to know of it has come, and what waits to be
   readable has been shown, the picture is taken and `drawn` carries it. One is drawn at a time, in steps of a few
   milliseconds, so that the user's window stays quick.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QWidget

from nnplayground.app.settings import Settings
from nnplayground.app.shell.main_window import MainWindow
from nnplayground.app.shell.parts import DETAILS
from nnplayground.app.ui.read_outs import Pacer
from nnplayground.training.observe.maps import MapRequest
from nnplayground.training.observe.snapshot import Snapshot

WHOLE = "window"
NETWORK = "network"
LOOK_MILLISECONDS = 5
CALM = 2
"""So many looks in a row must find nothing left to do before a picture is taken; the first one takes more."""

FIRST_CALM = 40  # some views get crisp only a moment after they were given another size
WAYS_BACK = ("back_to_now", "use_settings_of_then")  # buttons for those who stand at an earlier moment
ELSEWHERE = ("surface", "compare", "seeds", "race")
"""Docks with what was worked out for the user's window, which is not of one moment: no frame can show them."""

USUAL_WIDTH, VIEW_WIDTH = 1280, 960
"""How wide the window, or a view alone, is laid out at most; what is wider is drawn with finer pixels, as on a screen
that shows everything larger, so that nothing gets small in a large picture."""


class Studio(QObject):
    """`drawn(QImage)` answers `draw`, `failed(sentence)` comes instead when the network cannot be made."""

    drawn = Signal(object)
    failed = Signal(str)

    def __init__(self, user: MainWindow, moment: Snapshot) -> None:
        super().__init__(user)
        self._user = user
        self.window = _unseen(user, moment)
        self._subject: QWidget = self.window
        self._size = self.window.size()
        self._scale = 1.0  # pixels of the picture for each one of the window
        self._epoch: int | None = None  # that is being drawn
        self._calm = 0  # how many looks are still to find nothing to do
        self._look_again = QTimer(self)
        self._look_again.setInterval(LOOK_MILLISECONDS)
        self._look_again.timeout.connect(self._look)
        self.window.player.failed.connect(self._fail)
        self.window.player.frame.connect(self._follow_plane)
        self._is_plane_due = True
        self.revisit(moment)

    @property
    def is_busy(self) -> bool:
        """Whether a picture is being drawn."""
        return self._epoch is not None

    def revisit(self, moment: Snapshot) -> None:
        """Draw the past of this moment from now on."""
        self._moment = moment
        self.window.player.revisit(moment)

    def arrange(self, what: str, size: QSize) -> None:
        """Show the whole window, or one view alone, as large as the pictures shall be."""
        window = self.window
        is_whole = what == WHOLE
        self._size = size
        for part in (window.toolbar, window.menuBar(), window.statusBar()):
            part.setVisible(is_whole)
        window.network_bar.setVisible(is_whole)
        center = window.centralWidget()
        if center is not None:
            center.setVisible(what in (WHOLE, NETWORK))
        if is_whole:
            self._show_whole()
        else:
            self._show_alone(what)
        self._subject = self._widget_of(what)
        self._is_plane_due = True
        usual = max(USUAL_WIDTH, self._user.width()) if is_whole else VIEW_WIDTH
        self._scale = max(1.0, size.width() / usual)
        self._fit()
        self._calm = FIRST_CALM

    def draw(self, epoch: int) -> None:
        """Draw the moment of an epoch."""
        if self.window.theme is not self._user.theme:
            self.window.set_theme(self._user.theme)
        self.window.boundary_view.show_target(self._user.boundary_view.target)
        self._epoch, self._calm = epoch, max(self._calm, CALM)
        self.window.player.travel(epoch)
        self._look_again.start()

    def forget(self) -> None:
        """Let go of the picture that is being drawn."""
        self._epoch = None
        self._look_again.stop()

    def close(self) -> None:
        """End the thread and the window."""
        self.forget()
        self.window.close()
        self.window.deleteLater()

    def _show_whole(self) -> None:
        """Put the docks where the user has them; a layout is of a window of a certain size."""
        window = self.window
        window.resize(self._user.size())
        _lay_out(window)
        window.restoreState(self._user.large.whole_layout)
        for dock in window.docks.values():
            is_shown = dock.isVisibleTo(window) and not dock.isFloating() and dock.name not in ELSEWHERE
            dock.setVisible(is_shown)
        _lay_out(window)

    def _show_alone(self, what: str) -> None:
        """Leave nothing but one dock, or the network."""
        window = self.window
        for name, dock in window.docks.items():
            dock.setFloating(False)
            dock.setVisible(name == what)
        for detail in DETAILS:
            if detail.name == what:
                window.details.view(detail)

    def _widget_of(self, what: str) -> QWidget:
        if what == WHOLE:
            return self.window
        return self.window.network_view if what == NETWORK else self.window.docks[what].widget()

    def _fit(self) -> None:
        """Make the window so large that what is to be drawn has its size, or as little more as it needs."""
        window, wanted = self.window, self._size / self._scale
        for _ in range(3):
            margin = window.size() - self._subject.size() if self._subject is not window else QSize(0, 0)
            need = self._subject.minimumSizeHint().expandedTo(self._subject.minimumSize())
            factor = max(1.0, need.width() / wanted.width(), need.height() / wanted.height())
            window.resize(wanted * factor + margin)
            _lay_out(window)

    def _follow_plane(self, _moment: Snapshot) -> None:
        """Show the plane of the inputs that the user's window shows, as soon as the views know the inputs."""
        view, player, wanted = self.window.boundary_view, self.window.player, self._user.boundary_view.map_request
        have = player.wanted(MapRequest)
        if not self._is_plane_due or have is None or have == replace(wanted, resolution=have.resolution):
            return
        self._is_plane_due = False  # a view that wants something else in spite of it has its way
        if view.isVisible() and wanted.kind == "inputs":
            view.choose_plane(wanted.across, wanted.up)
        player.want_instead(replace(wanted, resolution=have.resolution))

    def _look(self) -> None:
        """Take the picture when nothing is left to do."""
        player = self.window.player
        if self._epoch is None:
            self._look_again.stop()
        elif player.snapshot is None or not player.is_at_rest:
            return
        elif self._calm > 0:
            self._calm -= 1
            if self._calm == 0:
                _show_at_once(self.window)
        else:
            self.forget()
            self.drawn.emit(self._picture())

    def _fail(self, sentence: str) -> None:
        self.forget()
        self.failed.emit(sentence)

    def _picture(self) -> QImage:
        """Return what is to be seen, in its size; what needs more room is made smaller."""
        image = QImage(self._subject.size() * self._scale, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(self._scale)
        image.fill(self.window.theme.window)
        flags = QWidget.RenderFlag.DrawWindowBackground | QWidget.RenderFlag.DrawChildren
        self._subject.render(image, QPoint(0, 0), QRegion(), flags)
        if image.size() != self._size:
            ratios = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(self._size, *ratios)
        image.setDevicePixelRatio(1.0)
        return image


def _unseen(user: MainWindow, moment: Snapshot) -> MainWindow:
    """Return a window like that of the user, for the same experiment, that the screen does not show."""
    settings = Settings(remembers=False)
    settings.log_scale, settings.show_flow = user.settings.log_scale, False
    settings.decimal_sign = user.settings.decimal_sign
    window = MainWindow(moment.project, user.theme, settings, theme_choice=user.theme_choice)
    window.files.asks_before_discarding = False
    for one in (window, *window.docks.values()):
        one.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        one.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        one.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
    window.setAnimated(False)
    window.causes.be_silent()  # a picture has no buttons
    window.details.selection = user.details.selection
    window.network_view.show_selection(user.details.selection)
    window.show()
    window.network_view.canvas.navigator.fit()  # from now on: a wide network would not be seen whole
    return window


def _lay_out(window: MainWindow) -> None:
    """Give everything its place now."""
    layout = window.layout()
    if layout is not None:
        layout.activate()


def _show_at_once(window: MainWindow) -> None:
    """Show what waits until it can be read; in a picture every text is of its moment."""
    window.show_status()
    moment = window.player.snapshot
    if moment is not None:  # what one can do at that moment is of no use in a picture
        window.status.setText(f"Epoch {moment.epoch:,} of {moment.record.last_epoch:,}.")
    window.toolbar.readouts.show_now()
    for name in WAYS_BACK:
        for button in window.cost_view.findChildren(QWidget, name):
            button.hide()
    for pacer in window.findChildren(Pacer):
        owner = pacer.parent()
        if isinstance(owner, QWidget) and owner.isVisible():
            pacer.now()
