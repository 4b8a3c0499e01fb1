"""What the README shows works as it stands there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import numpy as np

from nnplayground.cli import main
from nnplayground.export.formats import read_model
from nnplayground.project.model import DataSpec, GeneratedSource, Project
from nnplayground.project.storage import save

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_lines_of_numpy_predict_what_the_program_predicts(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    save(Project(data=DataSpec(source=GeneratedSource(samples=60))), tmp_path / "p.nnp.json")
    weights = tmp_path / "weights.npz"
    assert main(["train", str(tmp_path / "p.nnp.json"), "--epochs", "2", "--quiet", "--export", str(weights)]) == 0
    call = [sys.executable, "-c", code]
    printed = subprocess.run(call, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    expected = read_model(weights).outputs(np.array([[1.0, 2.0]]))[0, 0]
    assert abs(float(printed.strip(" []\n")) - expected) < 1e-8


STATE_SCRIPTS = ("states.py", "states_data.py", "states_training.py")


def test_every_file_that_the_documents_name_is_there() -> None:
    for document in ("README.md", "CONTRIBUTING.md"):
        text = re.sub(r"```.*?```", "", (ROOT / document).read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert (ROOT / target).is_file(), f"{document} names {target}"
        for path in re.findall(r"`((?:scripts|resources|docs|tests)/[\w./-]+\.\w+)`", text):
            assert (ROOT / path).is_file(), f"{document} names {path}"


def test_every_state_that_scripts_draw_has_its_picture_and_a_line_that_explains_it() -> None:
    scripts = [(ROOT / "scripts" / name).read_text(encoding="utf-8") for name in STATE_SCRIPTS]
    drawn = [name for text in scripts for name in re.findall(r'^    "([a-z0-9-]+)": \(', text, flags=re.MULTILINE)]
    explained = (ROOT / "docs" / "states" / "README.md").read_text(encoding="utf-8")
    assert sorted(drawn) == sorted(path.stem for path in (ROOT / "docs" / "states").glob("*.png"))
    assert sorted(drawn) == sorted(re.findall(r"\]\(([a-z0-9-]+)\.png\)", explained))
