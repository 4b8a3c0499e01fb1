"""Whether the system asks for reduced motion: its own files and variables in, yes or no out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nnplayground.app.settings import Settings
from nnplayground.app.ui.motion import VARIABLE, wants_less_motion

LINUX_ONLY = pytest.mark.parametrize(
    ("file", "text"),
    [
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n"),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=0\n"),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=false\n"),
    ],
)


@pytest.fixture
def on_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")


@pytest.mark.parametrize(("said", "less"), [("1", True), ("yes", True), ("0", False), ("off", False), ("", False)])
def test_the_environment_has_the_last_word(said: str, less: bool, tmp_path: Path) -> None:
    assert wants_less_motion({VARIABLE: said}, tmp_path) is less


@pytest.mark.usefixtures("on_linux")
@LINUX_ONLY
def test_the_files_of_the_desktop_are_asked(file: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / ".config" / file
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert wants_less_motion({}, tmp_path)
    assert wants_less_motion({"XDG_CONFIG_HOME": str(tmp_path / ".config")}, Path("nowhere"))


@pytest.mark.usefixtures("on_linux")
@LINUX_ONLY
def test_other_settings_of_these_files_mean_motion(file: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / ".config" / file
    path.parent.mkdir(parents=True)
    path.write_text(text.replace("=0", "=1").replace("=false", "=true"), encoding="utf-8")
    assert not wants_less_motion({}, tmp_path)


@pytest.mark.usefixtures("on_linux")
def test_where_nothing_is_said_things_move(tmp_path: Path) -> None:
    assert not wants_less_motion({}, tmp_path)


def test_the_flow_is_shown_as_the_system_likes_it_until_somebody_chooses(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(remembers=False)
    for said in ("1", "0"):
        monkeypatch.setenv(VARIABLE, said)
        assert settings.show_flow is (said == "0")
    for chosen in (True, False):
        settings.show_flow = chosen
        monkeypatch.setenv(VARIABLE, "1" if chosen else "0")
        assert settings.show_flow is chosen
