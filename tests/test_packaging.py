"""The wheel carries every resource, and finds it when installed and when it stays zipped."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

DIGEST_OF_EACH_RESOURCE = """
import hashlib, json, sys
from nnplayground import resources
digests = {name: hashlib.sha256(resources.read_bytes(name)).hexdigest() for name in resources.names()}
print(json.dumps({"from": resources.__file__, "digests": digests}))
"""


def run(*command: str | Path, folder: Path) -> str:
    """Run a command in `folder` and return what it printed; fail with what it said when it failed."""
    outcome = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from the checkout with the build backend at hand and no network."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, folder=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def fresh_python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the interpreter of a new environment with the wheel in it; NumPy and Qt are lent to it."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    install = ["install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    run(sys.executable, "-m", "pip", "--python", python, *install, folder=folder)
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=folder)
    # The checkout, which an editable install puts on the path, is not lent: .pth files do not nest.
    Path(packages.strip(), "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def expected_digests() -> dict[str, str]:
    """Return the digest of each visible file in the checkout's resources."""
    folder = ROOT / "resources"
    files = [file for file in folder.rglob("[!.]*") if file.is_file()]
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_an_installed_wheel_finds_every_resource(fresh_python: Path, tmp_path: Path) -> None:
    found = json.loads(run(fresh_python, "-I", "-c", DIGEST_OF_EACH_RESOURCE, folder=tmp_path))
    assert Path(found["from"]).is_relative_to(fresh_python.parent.parent)
    assert found["digests"] == expected_digests()


def test_a_zipped_wheel_finds_every_resource(wheel: Path, tmp_path: Path) -> None:
    zipped = f"import sys; sys.path.insert(0, {str(wheel)!r})"
    found = json.loads(run(sys.executable, "-I", "-c", zipped + DIGEST_OF_EACH_RESOURCE, folder=tmp_path))
    assert Path(found["from"]).is_relative_to(wheel)
    assert found["digests"] == expected_digests()


def test_an_installed_wheel_has_the_command(fresh_python: Path, tmp_path: Path) -> None:
    assert "train" in run(fresh_python.parent / "nnplayground", "--help", folder=tmp_path)


def test_the_wheel_leaves_tests_and_scripts_out(fresh_python: Path, tmp_path: Path) -> None:
    listing = "import importlib.metadata as m; print(*{f.parts[0] for f in m.files('nnplayground')})"
    tops = run(fresh_python, "-I", "-c", listing, folder=tmp_path).split()
    assert {top for top in tops if not top.endswith(".dist-info")} <= {"nnplayground", ".."}
