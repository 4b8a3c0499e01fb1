"""Install the parts of the operating system that are missing, or say in one line how to do it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Sequence

from environment import say
from system_parts import Part, missing


def ensure(parts: Iterable[Part]) -> None:
    """Install those of the `parts` that are missing, if this user may; else say how.

    Ends the program when something vital is missing in the end.
    """
    lacking = missing(parts)
    if not lacking:
        return
    apt = shutil.which("apt-get") is not None
    prefix = privilege() if apt else None
    if prefix is not None:
        lacking = install(lacking, prefix)
    if not lacking:
        return
    advice = advice_for(lacking, apt=apt, root=is_root())
    if any(part.vital for part in lacking):
        sys.exit(advice)
    print(advice, file=sys.stderr)


def privilege() -> list[str] | None:
    """Return what to put before a command so that it runs as root; None when that takes a password."""
    if is_root():
        return []
    if shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def is_root() -> bool:
    """Tell whether this program may change the system."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install(lacking: Sequence[Part], prefix: Sequence[str]) -> list[Part]:
    """Install the packages of the parts that are `lacking`; return those that are lacking still."""
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"]
    succeeds([*apt, "update"])  # when a mirror is out of reach the lists may still do
    known = known_to_apt(lacking)
    # One name that a newer release no longer has would make apt refuse them all.
    packages = [name for name in package_names(lacking, known=known) if name in known or not known]
    say(f"Installing system packages: {' '.join(packages)} ...")
    succeeds([*apt, "install", "--yes", "--no-install-recommends", *packages], shown=True)
    return missing(lacking)


def package_names(lacking: Iterable[Part], *, known: Collection[str]) -> list[str]:
    """Return the packages of the parts: the renamed one (for 64-bit time) where it is `known`."""
    return [part.package + "t64" if part.package + "t64" in known else part.package for part in lacking]


def known_to_apt(lacking: Iterable[Part]) -> set[str]:
    """Return those names, old and new, of the parts' packages that apt can install."""
    names = [name for part in lacking for name in (part.package, part.package + "t64")]
    surroundings = {**os.environ, "LC_ALL": "C"}
    command = ["apt-cache", "policy", *names]
    outcome = subprocess.run(command, env=surroundings, capture_output=True, text=True, check=False)
    return installable(outcome.stdout)


def installable(policy: str) -> set[str]:
    """Return the packages that have a candidate in the output of `apt-cache policy`."""
    found, name = set(), ""
    for line in policy.splitlines():
        if not line.startswith(" "):
            name = line.removesuffix(":")
        elif line.strip().startswith("Candidate:") and not line.endswith("(none)"):
            found.add(name)
    return found


def advice_for(lacking: Sequence[Part], *, apt: bool, root: bool) -> str:
    """Return what the user should do about the parts: one line to run where apt is there."""
    names = ", ".join(part.name for part in lacking)
    if not apt:
        return f"This system lacks {names}; install it with the system's package manager, then start again."
    packages = " ".join(package_names(lacking, known=known_to_apt(lacking)))
    sudo = "" if root else "sudo "
    line = f"{sudo}apt-get update && {sudo}apt-get install --yes {packages}"
    return f"This system lacks {names}. Run this line, then start again:\n{line}"


def succeeds(command: Sequence[str], *, shown: bool = False) -> bool:
    """Run `command` and tell whether it succeeded; its output is `shown` only when it did not."""
    outcome = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if outcome.returncode and shown:
        print(outcome.stdout, file=sys.stderr)
    return outcome.returncode == 0
