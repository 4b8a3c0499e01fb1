"""Only `nnplayground.app` may load Qt: the commands must run where there is no display and no Qt."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import nnplayground

IMPORT_ONE_BY_ONE = """
import importlib, json, sys
culprits = {}
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
    loaded = {module.partition(".")[0] for module in sys.modules} & {"PySide6", "shiboken6", "pyqtgraph"}
    if loaded:
        culprits[name] = sorted(loaded)
        break
print(json.dumps(culprits))
"""


def modules_without_a_window() -> list[str]:
    """Return the names of all modules outside `nnplayground.app`, found by walking the folders."""
    package = Path(nnplayground.__file__).parent
    paths = [file.relative_to(package.parent).with_suffix("") for file in package.rglob("*.py")]
    names = [".".join(path.parts).removesuffix(".__init__") for path in paths]
    return sorted(name for name in names if not name.startswith("nnplayground.app"))


def test_no_module_outside_the_app_loads_qt() -> None:
    names = modules_without_a_window()
    assert {"nnplayground.cli", "nnplayground.engine.network", "nnplayground.training.thread.worker"} <= set(names)
    command = [sys.executable, "-c", IMPORT_ONE_BY_ONE, json.dumps(names)]
    outcome = subprocess.run(command, capture_output=True, text=True, check=False)
    assert outcome.stderr == ""
    assert json.loads(outcome.stdout) == {}
