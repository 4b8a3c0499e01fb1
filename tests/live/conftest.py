"""Comparisons with PyTorch itself: `python -m pip install -e ".[test,peers]"`, then `python -m pytest tests/live`.

Where PyTorch cannot be imported, these files are left out; what they hold is in tests/conformance as a stored table.
"""

from __future__ import annotations

from importlib import import_module

import pytest

try:
    # On more than one thread PyTorch may add up in another order from run to run.
    import_module("torch").set_num_threads(1)
except ImportError:
    collect_ignore_glob = ["test_*.py"]


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say which PyTorch is compared with."""
    try:
        return [f"PyTorch: {import_module('torch').__version__}"]
    except ImportError:
        return []
