"""Missing parts are installed when that is allowed, and otherwise explained in one exact line."""

from __future__ import annotations

import shutil

import pytest
import system_packages
from system_parts import Part

# As apt-cache prints it on a release that has renamed glib and dropped an old library.
POLICY = """\
libegl1:
  Installed: (none)
  Candidate: 1.7.0-1build1
  Version table:
     1.7.0-1build1 500
        500 somewhere/main amd64 Packages
libglib2.0-0:
  Installed: (none)
  Candidate: (none)
  Version table:
libglib2.0-0t64:
  Installed: 2.80.0-6
  Candidate: 2.80.0-6
libold:
  Installed: (none)
  Candidate: (none)
"""


class System:
    """A pretended operating system: which parts it has, which commands were run on it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.has: set[str] = set()
        self.programs = {"apt-get", "sudo"}
        self.packages = {"libglib2.0-0t64": "glib", "libegl1": "egl", "fonts-dejavu-core": "font"}
        self.sudo_asks = True
        self.commands: list[str] = []
        monkeypatch.setattr(shutil, "which", lambda name: name if name in self.programs else None)
        monkeypatch.setattr(system_packages, "is_root", lambda: False)
        monkeypatch.setattr(system_packages, "succeeds", self.run)
        monkeypatch.setattr(system_packages, "known_to_apt", lambda lacking: set(self.packages))

    def run(self, command: list[str], *, shown: bool = False) -> bool:
        """Note a command, and let `apt-get install` bring what the packages hold."""
        self.commands.append(" ".join(command))
        if command[:3] == ["sudo", "-n", "true"]:
            return not self.sudo_asks
        if "install" in command:
            self.has |= {part for package, part in self.packages.items() if package in command}
        return True

    def part(self, name: str, package: str, *, vital: bool = True) -> Part:
        """Return a part that is there when this system has it."""
        return Part(name, package, lambda asked: asked in self.has, vital)


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> System:
    """Return a Debian whose sudo asks for a password."""
    return System(monkeypatch)


def parts_of(system: System) -> list[Part]:
    """Return two parts, one in a package that has been renamed."""
    return [system.part("egl", "libegl1"), system.part("glib", "libglib2.0-0")]


def test_nothing_is_run_when_nothing_is_missing(system: System) -> None:
    system.has = {"egl", "glib"}
    system_packages.ensure(parts_of(system))
    assert system.commands == []


def test_without_permission_the_program_ends_with_the_one_exact_line(system: System) -> None:
    with pytest.raises(SystemExit) as ended:
        system_packages.ensure(parts_of(system))
    sentence, line = str(ended.value).splitlines()
    assert sentence == "This system lacks egl, glib. Run this line, then start again:"
    assert line == "sudo apt-get update && sudo apt-get install --yes libegl1 libglib2.0-0t64"
    assert system.commands == ["sudo -n true"]


def test_with_sudo_that_does_not_ask_the_packages_are_installed(system: System) -> None:
    system.sudo_asks = False
    system_packages.ensure(parts_of(system))
    assert system.has == {"egl", "glib"}
    assert all(command.startswith("sudo -n ") for command in system.commands)
    assert [command.split()[7:] for command in system.commands[1:]] == [
        ["update"],
        ["install", "--yes", "--no-install-recommends", "libegl1", "libglib2.0-0t64"],
    ]


def test_root_installs_without_sudo(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "is_root", lambda: True)
    system.programs = {"apt-get"}
    system_packages.ensure(parts_of(system))
    assert system.has == {"egl", "glib"}
    assert not any("sudo" in command for command in system.commands)


def test_a_package_that_the_release_does_not_have_keeps_none_of_the_others_away(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "is_root", lambda: True)
    with pytest.raises(SystemExit, match="This system lacks odd") as ended:
        system_packages.ensure([*parts_of(system), system.part("odd", "libodd1")])
    assert system.has == {"egl", "glib"}
    assert str(ended.value).endswith("\napt-get update && apt-get install --yes libodd1")


def test_a_part_that_is_not_vital_is_only_spoken_of(system: System, capsys: pytest.CaptureFixture[str]) -> None:
    system_packages.ensure([system.part("font", "fonts-dejavu-core", vital=False)])
    assert "apt-get install --yes fonts-dejavu-core" in capsys.readouterr().err


def test_a_system_without_apt_is_told_what_is_missing(system: System) -> None:
    system.programs = set()
    with pytest.raises(SystemExit, match="lacks egl, glib; install it with the system's package manager"):
        system_packages.ensure(parts_of(system))


def test_only_packages_with_a_candidate_count_as_installable() -> None:
    assert system_packages.installable(POLICY) == {"libegl1", "libglib2.0-0t64"}
