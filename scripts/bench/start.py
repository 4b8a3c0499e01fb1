"""How long it takes until the first window is painted, against a bare one.

Run: python scripts/bench/start.py [--rounds N] [--json FILE]

Three moments, as medians over the rounds: a bare window of PySide6 with an empty plot of pyqtgraph painted, the first
window of the program painted, and painted with data, network and output in it. Each start is a process of its own, the
two kinds take turns, and the first pair is not counted: it compiles what an installation has compiled already. Times
run from the start of the process, and once more from the first line of Python. Ratios are of one run; they travel
between machines, milliseconds do not. Without a display windows are drawn off screen by the same code.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHILD = Path(__file__).with_name("first_window.py")
ROUNDS = 15
MOST = 1.3
LAUNCHED = "launched"
Moments = dict[str, float]
"""Moments in seconds by their names, `launched` among them."""


def environment(folder: Path) -> dict[str, str]:
    """Return an environment with settings and compiled modules in a folder of its own."""
    result = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "XDG_CONFIG_HOME": str(folder / "config")}
    result.pop("PYTHONDONTWRITEBYTECODE", None)
    if not (result.get("DISPLAY") or result.get("WAYLAND_DISPLAY")):
        result.setdefault("QT_QPA_PLATFORM", "offscreen")
    return result


def start(kind: str, surroundings: dict[str, str]) -> Moments:
    """Start a window of this kind in a new process and return its moments."""
    launched = time.time()
    outcome = subprocess.run(
        [sys.executable, str(CHILD), kind], env=surroundings, capture_output=True, text=True, check=True
    )
    moments: Moments = json.loads(outcome.stdout.splitlines()[-1])
    return moments | {LAUNCHED: launched}


def measure(rounds: int) -> dict[str, list[Moments]]:
    """Return the moments of so many starts of each kind, which take turns."""
    starts: dict[str, list[Moments]] = {"bare": [], "program": []}
    with tempfile.TemporaryDirectory() as folder:
        surroundings = environment(Path(folder))
        for number in range(rounds + 1):
            for kind, found in starts.items():
                moments = start(kind, surroundings)
                if number:
                    found.append(moments)
    return starts


def milliseconds(starts: list[Moments], name: str, *, since: str) -> float:
    """Return the median time from one moment to another."""
    return 1000.0 * statistics.median(moments[name] - moments[since] for moments in starts)


def rows(starts: dict[str, list[Moments]]) -> dict[str, dict[str, float]]:
    """Return for each row of the table the milliseconds, from both beginnings, and their ratios to the bare window."""
    table: dict[str, dict[str, float]] = {}
    for title, kind, name in (
        ("bare window", "bare", "painted"),
        ("ready to paint", "program", "ready"),
        ("first painted", "program", "painted"),
        ("with data in it", "program", "full"),
    ):
        row = {since: milliseconds(starts[kind], name, since=since) for since in (LAUNCHED, "begun")}
        bare = table.get("bare window", row)
        table[title] = row | {"ratio": row[LAUNCHED] / bare[LAUNCHED], "ratio_begun": row["begun"] / bare["begun"]}
    return table


def line(title: str, row: dict[str, float]) -> str:
    """Return one row of the table."""
    return f"{title:<16} {row[LAUNCHED]:12.0f} {row['ratio']:7.2f} {row['begun']:14.0f} {row['ratio_begun']:7.2f}"


def verdict(table: dict[str, dict[str, float]]) -> str:
    """Return how the budget has fared, by the time from the start of the process to a window with data in it."""
    ratio = table["with data in it"]["ratio"]
    return f"first window ≤ {MOST} × a bare one: {'met' if ratio <= MOST else 'NOT met'} ({ratio:.2f})"


def main() -> None:
    """Print the table, and write it as JSON when asked to."""
    parser = argparse.ArgumentParser(description="Time the start up to the first painted window.")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    table = rows(measure(options.rounds))
    print(f"{'':<16} {'process ms':>12} {'ratio':>7} {'Python ms':>14} {'ratio':>7}")
    for title, row in table.items():
        print(line(title, row))
    print(verdict(table))
    if options.json:
        options.json.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
