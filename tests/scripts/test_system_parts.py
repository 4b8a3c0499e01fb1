"""What the app needs of the system depends on whether it draws, and where."""

from __future__ import annotations

import pytest
import system_parts
from system_parts import OFF_SCREEN, ON_X, PIP, Part


def needed(*, draws: bool = True, system: str = "linux", **variables: str) -> tuple[Part, ...]:
    """Return the parts for a program started with these environment variables."""
    return system_parts.needed(variables, draws=draws, system=system)


def test_a_program_that_draws_nothing_needs_no_libraries() -> None:
    assert needed(draws=False, DISPLAY=":0") == (PIP,)


def test_without_a_display_the_libraries_of_the_window_system_are_left_out() -> None:
    assert needed() == (PIP, *OFF_SCREEN)


def test_a_display_needs_the_libraries_of_the_window_system() -> None:
    assert needed(DISPLAY=":0") == (PIP, *OFF_SCREEN, *ON_X)
    assert needed(DISPLAY=":0", QT_QPA_PLATFORM="xcb") == (PIP, *OFF_SCREEN, *ON_X)


def test_off_screen_and_wayland_do_without_them() -> None:
    assert needed(DISPLAY=":0", QT_QPA_PLATFORM="offscreen") == (PIP, *OFF_SCREEN)
    assert needed(DISPLAY=":0", WAYLAND_DISPLAY="wayland-0") == (PIP, *OFF_SCREEN)


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_other_systems_bring_everything_along(system: str) -> None:
    assert needed(system=system, DISPLAY=":0") == ()


def test_missing_parts_are_those_that_do_not_answer() -> None:
    there = Part("json", "python3", system_parts.has_module)
    gone = Part("no_such_module", "python3", system_parts.has_module)
    unknown = Part("libnosuchthing.so.9", "libnosuchthing9", system_parts.has_library)
    assert system_parts.missing([there, gone, unknown]) == [gone, unknown]
