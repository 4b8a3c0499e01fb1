"""What a layer is called among the facts of a message."""

from __future__ import annotations

from typing import TypeAlias

LayerName: TypeAlias = int | str
"""The number of a layer as the window counts it, or `OUTPUT`."""

OUTPUT = "output"
