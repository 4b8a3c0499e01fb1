"""What the program remembers of a person between two starts: the look and the place of things, never the work."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from nnplayground.app.ui.motion import wants_less_motion
from nnplayground.written_numbers import DECIMAL_SIGNS, POINT

THEME_CHOICES = ("system", "light", "dark")
LAYOUT = ("window/geometry", "window/state")


class Settings:
    """Typed access to the settings of the user; every one is declared here once.

    One that does not remember starts with the defaults and forgets at the end: for pictures and benchmarks, which must
    neither depend on a person's settings nor change them.
    """

    def __init__(self, *, remembers: bool = True) -> None:
        self._store = QSettings("NN Playground", "NN Playground") if remembers else None
        self._values: dict[str, Any] = {}

    @property
    def theme(self) -> str:
        """One of `THEME_CHOICES`."""
        value = str(self._get("window/theme", "system"))
        return value if value in THEME_CHOICES else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._set("window/theme", value)

    @property
    def decimal_sign(self) -> str:
        """The sign before the decimals in fields and in what is pasted, one of `DECIMAL_SIGNS`."""
        value = str(self._get("numbers/decimal_sign", POINT))
        return value if value in DECIMAL_SIGNS else POINT

    @decimal_sign.setter
    def decimal_sign(self, value: str) -> None:
        self._set("numbers/decimal_sign", value)

    @property
    def keep_weights(self) -> bool:
        """Whether a change of the network keeps the weights that still have a place."""
        return bool(self._get("training/keep_weights", default=True))

    @keep_weights.setter
    def keep_weights(self, value: bool) -> None:
        self._set("training/keep_weights", value)

    @property
    def log_scale(self) -> bool:
        """Whether the cost plot is logarithmic."""
        return bool(self._get("cost/log_scale", default=False))

    @log_scale.setter
    def log_scale(self, value: bool) -> None:
        self._set("cost/log_scale", value)

    @property
    def shows_scores(self) -> bool:
        """Whether the score is plotted, not the cost, where there is room for one of them."""
        return bool(self._get("cost/shows_scores", default=False))

    @shows_scores.setter
    def shows_scores(self, value: bool) -> None:
        self._set("cost/shows_scores", value)

    @property
    def shows_relief(self) -> bool:
        """Whether the output is shown as a surface where that is possible."""
        return bool(self._get("output/relief", default=False))

    @shows_relief.setter
    def shows_relief(self, value: bool) -> None:
        self._set("output/relief", value)

    @property
    def show_flow(self) -> bool:
        """Whether dashes run through the network while it trains; until somebody chooses, as the system likes it."""
        choice = str(self._get("network/flow", ""))
        return choice == "on" if choice in ("on", "off") else not wants_less_motion()

    @show_flow.setter
    def show_flow(self, value: bool) -> None:
        self._set("network/flow", "on" if value else "off")

    @property
    def replay_seconds(self) -> float:
        """How long a replay of the training takes, 2 to 20 seconds."""
        return min(max(float(self._get("replay/seconds", 6.0)), 2.0), 20.0)

    @replay_seconds.setter
    def replay_seconds(self, value: float) -> None:
        self._set("replay/seconds", value)

    @property
    def pace(self) -> str:
        """The name of the speed at which training plays; empty: the usual one."""
        return str(self._get("training/pace", ""))

    @pace.setter
    def pace(self, value: str) -> None:
        self._set("training/pace", value)

    @property
    def plots_on_paper(self) -> bool:
        """Whether plots that are saved or copied are drawn on white, whatever the colours of the window are."""
        return bool(self._get("plots/on_paper", default=False))

    @plots_on_paper.setter
    def plots_on_paper(self, value: bool) -> None:
        self._set("plots/on_paper", value)

    @property
    def last_folder(self) -> str:
        """The folder of the last file dialog; empty: none yet."""
        return str(self._get("files/last_folder", ""))

    @last_folder.setter
    def last_folder(self, value: str) -> None:
        self._set("files/last_folder", value)

    def load_layout(self) -> tuple[QByteArray, QByteArray]:
        """Return the geometry of the window and the state of its docks; empty at the first start."""
        geometry, state = (self._get(key, QByteArray()) for key in LAYOUT)
        return geometry, state

    def save_layout(self, geometry: QByteArray, state: QByteArray) -> None:
        """Remember where the window and its docks are."""
        for key, value in zip(LAYOUT, (geometry, state), strict=True):
            self._set(key, value)

    def forget_layout(self) -> None:
        """Start with the default layout the next time."""
        for key in LAYOUT:
            self._set(key, QByteArray())

    def _get(self, key: str, default: Any) -> Any:
        """Return a value of the same type as its default; QSettings would give text without being told."""
        if self._store is None:
            return self._values.get(key, default)
        value = self._store.value(key, default, type=type(default))
        return value if isinstance(value, type(default)) else default

    def _set(self, key: str, value: Any) -> None:
        if self._store is None:
            self._values[key] = value
        else:
            self._store.setValue(key, value)
