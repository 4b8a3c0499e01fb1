"""run, test and check: refused by an old Python in one sentence, and looked after by the tools."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import oldest_python
import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent.parent
SCRIPTS = ROOT / "scripts"
ENTRY_POINTS = ["run", "test", "check"]


def python_scripts_without_suffix() -> list[str]:
    """Return the names of the files in scripts/ that only their first line makes Python."""
    files = [file for file in SCRIPTS.iterdir() if file.is_file() and not file.suffix]
    return sorted(file.name for file in files if b"python" in file.read_bytes().partition(b"\n")[0])


def test_a_new_enough_python_is_not_complained_of() -> None:
    assert oldest_python.complaint((3, 11, 0), program="python3", script="run") == ""
    assert oldest_python.complaint((4, 0, 0), program="python3", script="run") == ""


def test_the_oldest_python_is_the_one_that_the_package_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=" + ".".join(map(str, oldest_python.OLDEST))


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 6, 15), (2, 7, 18)])
def test_an_old_python_is_refused_in_one_sentence(version: tuple[int, ...]) -> None:
    found = ".".join(map(str, version))
    assert oldest_python.complaint(version, program="python3", script="run") == (
        f"NN Playground needs Python 3.11 or newer, but python3 is Python {found}; "
        "start it with a newer one, for example: python3.11 scripts/run"
    )


@pytest.mark.parametrize("name", [*ENTRY_POINTS, "oldest_python.py"])
def test_what_an_old_python_reads_has_only_old_syntax(name: str) -> None:
    tree = ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 6))
    futures = [node for node in tree.body if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert futures == []  # `annotations` came with 3.7


@pytest.mark.parametrize("name", ENTRY_POINTS)
def test_the_version_is_looked_at_before_anything_else_is_read(name: str) -> None:
    """The set-up modules of the project may use new syntax, so the top of the file must not import them."""
    tree = ast.parse((SCRIPTS / name).read_text(encoding="utf-8"))
    imported = {name.name for node in tree.body if isinstance(node, ast.Import) for name in node.names}
    assert imported <= {"os", "subprocess", "sys", "oldest_python"}


def test_the_tools_know_every_script_without_suffix() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    scripts = {f"scripts/{name}" for name in python_scripts_without_suffix()}
    assert scripts <= set(tools["ruff"]["extend-include"])
    assert scripts <= set(tools["mypy"]["files"])


def test_the_scripts_can_be_started_by_name() -> None:
    programs = [SCRIPTS / name for name in python_scripts_without_suffix()] + [ROOT / ".ci" / "run"]
    assert [program.name for program in programs if not os.access(program, os.X_OK)] == []


def test_check_refuses_what_it_does_not_know() -> None:
    command = [sys.executable, str(SCRIPTS / "check"), "--fast"]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert outcome.returncode == 1
    assert outcome.stderr == "scripts/check does not know --fast; it takes --no-tests or nothing.\n"


def test_every_dependency_is_pinned_and_the_pins_are_allowed() -> None:
    """Each requirement of the project has its pin, and the constraints name nothing twice."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(text) for text in project["dependencies"] + project["optional-dependencies"]["test"]]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    versions = {plain(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}
    assert len(versions) == len(pins)
    assert all(want.specifier.contains(versions[plain(want.name)]) for want in asked)


@pytest.mark.parametrize(
    ("qt", "python", "allowed"),
    [
        ("6.8.3", "3.11", True),
        ("6.9.0", "3.13", False),
        ("6.9.2", "3.11", False),
        ("6.9.3", "3.11", True),
        ("6.11.3", "3.11", True),
        ("6.12.0", "3.11", False),
        ("6.12.0", "3.12", True),
    ],
)
def test_the_bad_releases_of_qt_are_kept_out(*, qt: str, python: str, allowed: bool) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(text) for text in project["dependencies"] if text.startswith("PySide6")]
    here = [want for want in asked if want.marker and want.marker.evaluate({"python_version": python})]
    assert len(here) == 1
    assert here[0].specifier.contains(qt) is allowed


def plain(name: str) -> str:
    """Return the name of a package as the index compares it."""
    return name.lower().replace("_", "-")
