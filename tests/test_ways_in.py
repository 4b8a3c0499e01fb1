"""Files from outside are read in one place and written in one place: nothing else in the package opens any.

The exceptions are listed with their reason. A new one is a decision, not an accident.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import nnplayground

PACKAGE = Path(nnplayground.__file__).parent

METHODS = {"read_bytes", "read_text", "write_bytes", "write_text", "open", "resolve", "mkstemp", "umask", "iterdir"}
FUNCTIONS = {"open"}
DANGEROUS = {"np.load", "pickle.load", "pickle.loads", "zipfile.ZipFile", "Image.open", "json.loads", "json.load"}

ALLOWED = {
    "unfinished.py": {"os.open", "note.open"},  # makes the files that are written, and reads its own short notes
    "reading_files.py": {"os.open"},  # the place
    "files.py": {"temporary.open"},  # the other place: the file beside
    "zip_archives.py": {"zipfile.ZipFile", "archive.open"},  # looks at the directory first, and counts
    "project/json_text.py": {"json.loads"},  # counts first
    "data/saved.py": {"json.loads"},  # of the head of a column, up to a bound
    "data/picture_file.py": {"Image.open"},  # is given a file that was opened in the place
    "export/formats.py": {"temporary.write_bytes", "temporary.read_bytes"},  # the file beside, before it is renamed
    "export/gif.py": {"path.open"},  # the file beside, which `write_animation` hands it
    "resources.py": {"place.read_bytes", "place.iterdir", "(_find(folder) or _root()).iterdir"},  # files of our own
    "data/images.py": {"resources.read_bytes"},
    "data/tables.py": {"resources.read_bytes"},
    "app/ui/icons.py": {"resources.read_bytes"},
    "cli.py": {"os.open"},  # the null device, when the reader of our output has stopped
}
"""What each module may call, as it is written there."""

NOT_FILES = {"QBuffer", "buffer", "dialog", "box", "self.editor", "self._editor"}
"""Objects of Qt whose `open` opens no file."""


def calls(path: Path) -> list[tuple[int, str]]:
    """Return the line and the text of all calls in a module that may open a file."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        owner, _, method = name.rpartition(".")
        is_ours = owner in NOT_FILES and method == "open"
        if name in FUNCTIONS | DANGEROUS or (owner and method in METHODS and not is_ours):
            found.append((node.lineno, name))
    return found


MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("module", MODULES)
def test_no_other_module_opens_files(module: str) -> None:
    allowed = ALLOWED.get(module, set())
    assert [(line, name) for line, name in calls(PACKAGE / module) if name not in allowed] == []


@pytest.mark.parametrize("module", ALLOWED)
def test_what_is_allowed_is_needed(module: str) -> None:
    assert {name for _, name in calls(PACKAGE / module)} >= ALLOWED[module]
