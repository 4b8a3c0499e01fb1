"""What the program remembers of a person between two starts: the look and the place of things, never the work."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

THEME_CHOICES = ("system", "light", "dark")


class Settings:
    """Typed access to the settings of the user; every one is declared here once."""

    def __init__(self) -> None:
        self._store = QSettings("NN Playground", "NN Playground")

    @property
    def theme(self) -> str:
        """One of `THEME_CHOICES`."""
        value = str(self._store.value("window/theme", "system", type=str))
        return value if value in THEME_CHOICES else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("window/theme", value)

    @property
    def keep_weights(self) -> bool:
        """Whether a change of the network keeps the weights that still have a place."""
        return bool(self._store.value("training/keep_weights", defaultValue=True, type=bool))

    @keep_weights.setter
    def keep_weights(self, value: bool) -> None:
        self._store.setValue("training/keep_weights", value)

    @property
    def log_scale(self) -> bool:
        """Whether the cost plot is logarithmic."""
        return bool(self._store.value("cost/log_scale", defaultValue=False, type=bool))

    @log_scale.setter
    def log_scale(self, value: bool) -> None:
        self._store.setValue("cost/log_scale", value)

    @property
    def last_folder(self) -> str:
        """The folder of the last file dialog; empty: none yet."""
        return str(self._store.value("files/last_folder", "", type=str))

    @last_folder.setter
    def last_folder(self, value: str) -> None:
        self._store.setValue("files/last_folder", value)

    def load_layout(self) -> tuple[QByteArray, QByteArray]:
        """Return the geometry of the window and the state of its docks; empty at the first start."""
        return self._bytes("window/geometry"), self._bytes("window/state")

    def save_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Remember where the window and its docks are."""
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/state", state)

    def forget_layout(self) -> None:
        """Start with the default layout the next time."""
        self._store.remove("window/geometry")
        self._store.remove("window/state")

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key, QByteArray(), type=QByteArray)
        return value if isinstance(value, QByteArray) else QByteArray()
