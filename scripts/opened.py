"""Opens files one by one, each in a process of its own, and tells what came of it and what it took; POSIX only.

Run as a program it loads the package once and then forks for each path that comes in a line, so that each process
begins small. What is told is memory beyond that, and the time of the processor; the process that takes too much of
that is ended by the system.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from nnplayground.data.image_folder import load_image_folder
from nnplayground.errors import InputError
from nnplayground.export.opening import open_project

ROOT = Path(__file__).resolve().parent.parent
CPU_SECONDS = 20
"""After so much time of the processor a process is ended: a hang becomes a failure, a slow machine does not."""


@dataclass(frozen=True)
class Outcome:
    """What became of a file: `kind` is "opened", "refused", "failed" or "ended"; with memory and processor time."""

    kind: str
    said: str
    megabytes: float
    seconds: float


def measured(action: str, paths: Sequence[Path]) -> list[Outcome]:
    """Return what an action of `ACTIONS` comes to for each of the paths."""
    lines = "".join(json.dumps([action, os.fsencode(path).hex()]) + "\n" for path in paths)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(
        [sys.executable, __file__], input=lines, capture_output=True, text=True, check=True, env=environment
    )
    return [Outcome(*json.loads(line)) for line in done.stdout.splitlines()]


def open_file(path: Path) -> object:
    """Open a file as the program does."""
    return open_project(path)


def open_folder(path: Path) -> object:
    """Read a folder of pictures as the program does."""
    return load_image_folder(path, side=16, colour=False)


ACTIONS: dict[str, Callable[[Path], object]] = {"open": open_file, "folder": open_folder}


def _in_child(action: str, path: Path) -> list[object]:
    """Do it, and return what came of it."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    before = resource.getrusage(resource.RUSAGE_SELF)
    try:
        kind, said = "opened", type(ACTIONS[action](path)).__name__
    except InputError as error:
        kind, said = "refused", str(error)
    except BaseException:  # noqa: BLE001  # an exit or a panic of a Rust library is a failure to tell of, too
        kind, said = "failed", traceback.format_exc()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return [kind, said, (after.ru_maxrss - before.ru_maxrss) / 1000, after.ru_utime - before.ru_utime]


def _forked(action: str, path: Path) -> list[object]:
    """Do it in a process that has nothing to do but this."""
    source, target = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(source)
        with os.fdopen(target, "w") as out:
            json.dump(_in_child(action, path), out)
        os._exit(0)
    os.close(target)
    with os.fdopen(source) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else ["ended", "the process was ended by the system", 0.0, CPU_SECONDS]


if __name__ == "__main__":
    import_module("nnplayground.data.picture_file")  # it is imported late, and must be there before the first fork
    for line in sys.stdin:
        name, hexed = json.loads(line)
        print(json.dumps(_forked(name, Path(os.fsdecode(bytes.fromhex(hexed))))), flush=True)
