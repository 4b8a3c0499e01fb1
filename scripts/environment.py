"""Set up the virtual environment of this checkout, with nothing but the standard library.

A stamp in the environment says what it was set up from. It is removed before anything changes and written
last, so an interrupted set-up has no stamp and is done anew, and a finished one costs a few milliseconds.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
REQUIREMENTS = ("pyproject.toml", "constraints.txt")


@dataclass(frozen=True)
class Stamp:
    """What an environment was set up from and for.

    `python` is the interpreter and the place, which cannot be changed later; `requirements` is a digest of
    the files that name the packages; `tests` says whether the tools for tests and checks are in it.
    """

    python: str
    requirements: str
    tests: bool


class Work(Enum):
    """What there is to do before an environment can be used."""

    NOTHING = "nothing"
    ADD = "add"
    ANEW = "anew"


def ready(*, tests: bool) -> Path:
    """Return the interpreter of the environment, after setting up what is missing.

    Ends the program with one sentence, and pip's output above it, when that is not possible.
    """
    try:
        python = interpreter(ENVIRONMENT)
        wanted = wanted_stamp(ROOT, ENVIRONMENT, tests=tests)
        work = work_needed(read_stamp(ENVIRONMENT) if python.exists() else None, wanted)
        if work is not Work.NOTHING:
            set_up(work, wanted, python)
    except KeyboardInterrupt:
        sys.exit("Set-up was interrupted; the next start does it anew.")
    except OSError as error:
        sys.exit(f"Set-up failed, because {error.filename or ENVIRONMENT} could not be used: {error.strerror}.")
    return python


def set_up(work: Work, wanted: Stamp, python: Path) -> None:
    """Make the environment anew or add to it, and stamp it."""
    stamp_file(ENVIRONMENT).unlink(missing_ok=True)
    if work is Work.ANEW:
        say("Making a virtual environment in .venv ...")
        # The interpreter may itself be the one in .venv, which is about to be cleared.
        base = getattr(sys, "_base_executable", sys.executable)
        quietly([base, "-m", "venv", "--clear", str(ENVIRONMENT)])
    say(f"Installing the packages{' and the tools for the tests' if wanted.tests else ''} ...")
    pip = [str(python), "-m", "pip", "install", "--constraint", "constraints.txt"]
    # The build backend comes first and pinned too; pip would otherwise fetch the newest one.
    quietly([*pip, "hatchling"])
    quietly([*pip, "--no-build-isolation", "--editable", ".[test]" if wanted.tests else ".[video]"])
    stamp_file(ENVIRONMENT).write_text(json.dumps(asdict(wanted)), encoding="utf-8")
    say("Everything is set up.")


def wanted_stamp(root: Path, environment: Path, *, tests: bool) -> Stamp:
    """Return the stamp of an environment set up now by this Python from the files in `root`."""
    version = f"{platform.python_implementation()} {sys.version_info.major}.{sys.version_info.minor}"
    python = " | ".join([version, platform.machine(), sys.base_prefix, str(environment)])
    digest = hashlib.sha256()
    for name in REQUIREMENTS:
        digest.update((root / name).read_bytes() + b"\0")
    return Stamp(python=python, requirements=digest.hexdigest(), tests=tests)


def work_needed(found: Stamp | None, wanted: Stamp) -> Work:
    """Return what turns an environment with the stamp `found` into the `wanted` one."""
    if found is None or found.python != wanted.python:
        return Work.ANEW
    if found.requirements != wanted.requirements or (wanted.tests and not found.tests):
        return Work.ADD
    return Work.NOTHING


def read_stamp(environment: Path) -> Stamp | None:
    """Return the stamp of `environment`, or None when it has none that can be read."""
    try:
        return Stamp(**json.loads(stamp_file(environment).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def stamp_file(environment: Path) -> Path:
    """Return where the stamp of `environment` is kept."""
    return environment / "nnplayground-set-up.json"


def interpreter(environment: Path) -> Path:
    """Return the path of the Python in `environment`."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def quietly(command: Sequence[str]) -> None:
    """Run `command` in the checkout; when it fails, show what it said and end the program."""
    # Nothing is left outside the checkout, unless the user has chosen a place for pip's cache.
    surroundings = {"PIP_NO_CACHE_DIR": "1", **os.environ} if "PIP_CACHE_DIR" not in os.environ else None
    outcome = subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if outcome.returncode:
        print(outcome.stdout, file=sys.stderr)
        sys.exit("Set-up failed; the lines above say why. Once that is mended, start again.")


def become(command: list[str]) -> NoReturn:
    """Replace this program by `command`; on Windows, which cannot do that, run it and pass its status on."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "nt":
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def say(step: str) -> None:
    """Tell the user about one step, on stderr, because stdout belongs to the command that follows."""
    print(step, file=sys.stderr, flush=True)
