"""Say in one sentence that a Python is too old; this file must be readable by Python 3.6."""

import sys

OLDEST = (3, 11)


def refuse_older(script: str) -> None:
    """End the program when this Python is too old to start `script`, the name of a file in scripts/."""
    text = complaint(sys.version_info[:3], program=sys.executable, script=script)
    if text:
        sys.exit(text)


def complaint(version: "tuple[int, ...]", *, program: str, script: str) -> str:
    """Return why `version` of the interpreter `program` cannot start `script`, or "" when it can."""
    if version[:2] >= OLDEST:
        return ""
    needed = ".".join(map(str, OLDEST))
    found = ".".join(map(str, version))
    return (
        f"NN Playground needs Python {needed} or newer, but {program} is Python {found}; "
        f"start it with a newer one, for example: python{needed} scripts/{script}"
    )
