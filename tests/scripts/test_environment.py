"""The set-up does what is missing, once, and heals what was interrupted; nothing here calls the real pip."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import environment
import pytest
from environment import Stamp, Work

STAMP = Stamp(python="CPython 3.11", requirements="abc", tests=False)
WITH_TESTS = dataclasses.replace(STAMP, tests=True)


class Checkout:
    """A pretended checkout in a temporary folder that notes which commands a set-up would run."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.commands: list[list[str]] = []
        self.failing = ""
        self.environment = folder / ".venv"
        for name in environment.REQUIREMENTS:
            (folder / name).write_text(f"# {name}", encoding="utf-8")
        monkeypatch.setattr(environment, "ROOT", folder)
        monkeypatch.setattr(environment, "ENVIRONMENT", self.environment)
        monkeypatch.setattr(environment, "quietly", self.run)

    def run(self, command: list[str]) -> None:
        """Note the command, and do the one thing of it that others look at: make an interpreter."""
        self.commands.append(command)
        if self.failing and self.failing in command:
            raise SystemExit("Set-up failed")
        if "venv" in command:
            python = environment.interpreter(self.environment)
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
            environment.stamp_file(self.environment).unlink(missing_ok=True)

    def steps(self, *, tests: bool) -> list[str]:
        """Set up and return the last word of each command that it took."""
        self.commands.clear()
        environment.ready(tests=tests)
        return [Path(command[-1]).name or command[-1] for command in self.commands]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checkout:
    """Return a fresh checkout: no environment yet."""
    return Checkout(tmp_path, monkeypatch)


ALL_STEPS = [".venv", "hatchling", ".[video]"]


@pytest.mark.parametrize(
    ("found", "wanted", "work"),
    [
        (None, STAMP, Work.ANEW),
        (STAMP, STAMP, Work.NOTHING),
        (WITH_TESTS, STAMP, Work.NOTHING),
        (STAMP, WITH_TESTS, Work.ADD),
        (dataclasses.replace(STAMP, requirements="def"), STAMP, Work.ADD),
        (dataclasses.replace(STAMP, python="CPython 3.12"), STAMP, Work.ANEW),
        (dataclasses.replace(STAMP, python="CPython 3.12", requirements="def"), STAMP, Work.ANEW),
    ],
)
def test_the_work_is_what_the_stamp_lacks(found: Stamp | None, wanted: Stamp, work: Work) -> None:
    assert environment.work_needed(found, wanted) is work


def test_a_fresh_checkout_gets_everything_and_the_second_start_runs_nothing(checkout: Checkout) -> None:
    assert checkout.steps(tests=False) == ALL_STEPS
    assert checkout.steps(tests=False) == []


def test_the_tests_add_their_tools_to_the_apps_environment(checkout: Checkout) -> None:
    checkout.steps(tests=False)
    assert checkout.steps(tests=True) == ["hatchling", ".[test]"]
    assert checkout.steps(tests=True) == []
    assert checkout.steps(tests=False) == []


@pytest.mark.parametrize("name", environment.REQUIREMENTS)
def test_changed_requirements_are_installed_over_the_old_ones(checkout: Checkout, name: str) -> None:
    checkout.steps(tests=False)
    (environment.ROOT / name).write_text("changed", encoding="utf-8")
    assert checkout.steps(tests=False) == ["hatchling", ".[video]"]


@pytest.mark.parametrize("step", ["venv", "hatchling", "--editable"])
def test_an_interrupted_set_up_is_done_anew(checkout: Checkout, step: str) -> None:
    checkout.failing = step
    with pytest.raises(SystemExit):
        environment.ready(tests=False)
    checkout.failing = ""
    assert checkout.steps(tests=False) == ALL_STEPS


def test_an_interrupted_change_is_done_anew(checkout: Checkout) -> None:
    checkout.steps(tests=False)
    checkout.failing = "hatchling"
    with pytest.raises(SystemExit):
        environment.ready(tests=True)
    checkout.failing = ""
    assert checkout.steps(tests=False) == ALL_STEPS


@pytest.mark.parametrize("content", ["", "{", "[]", '{"python": "x"}', "\0"])
def test_a_damaged_stamp_counts_as_none(checkout: Checkout, content: str) -> None:
    checkout.steps(tests=False)
    environment.stamp_file(checkout.environment).write_text(content, encoding="utf-8")
    assert checkout.steps(tests=False) == ALL_STEPS


def test_an_environment_without_its_interpreter_is_made_anew(checkout: Checkout) -> None:
    checkout.steps(tests=False)
    environment.interpreter(checkout.environment).unlink()
    assert checkout.steps(tests=False) == ALL_STEPS


@pytest.mark.usefixtures("checkout")
def test_another_place_or_python_wants_another_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    def stamp(place: str) -> Stamp:
        return environment.wanted_stamp(environment.ROOT, Path(place), tests=False)

    here = stamp("here")
    assert stamp("there").python != here.python
    monkeypatch.setattr(sys, "base_prefix", "/another/python")
    assert stamp("here").python != here.python


def test_an_unwritable_checkout_is_said_in_one_sentence(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(command: list[str]) -> None:
        raise PermissionError(13, "Permission denied", str(checkout.environment))

    monkeypatch.setattr(environment, "quietly", refuse)
    with pytest.raises(SystemExit, match=r"^Set-up failed, because .*\.venv could not be used: Perm.*\.$"):
        environment.ready(tests=False)


def test_ctrl_c_ends_the_set_up_without_a_traceback(checkout: Checkout, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(command: list[str]) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(environment, "quietly", interrupt)
    with pytest.raises(SystemExit, match="interrupted; the next start"):
        environment.ready(tests=False)


def test_a_command_that_works_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    environment.quietly([sys.executable, "-c", "print('chatter')"])
    assert capfd.readouterr() == ("", "")


def test_a_command_that_fails_is_heard_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="the lines above say why"):
        environment.quietly([sys.executable, "-c", "print('no such package'); raise SystemExit(3)"])
    assert capfd.readouterr() == ("", "no such package\n\n")


def test_pips_cache_stays_away_unless_the_user_has_a_place_for_it(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    show = [sys.executable, "-c", "import os, sys; sys.exit(os.environ.get('PIP_NO_CACHE_DIR', 'none'))"]
    monkeypatch.delenv("PIP_NO_CACHE_DIR", raising=False)
    for variable, seen in (("", "1\n\n"), ("PIP_CACHE_DIR", "none\n\n")):
        monkeypatch.delenv("PIP_CACHE_DIR", raising=False)
        if variable:
            monkeypatch.setenv(variable, "somewhere")
        with pytest.raises(SystemExit):
            environment.quietly(show)
        assert capfd.readouterr().err == seen
