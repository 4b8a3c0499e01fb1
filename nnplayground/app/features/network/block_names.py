"""What the blocks of the editor are called within a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nnplayground.app.text.titles import LAYERS
from nnplayground.project.blocks import Block

ALONE = re.compile(r"\D+ (on|behind) ")  # no number before these words


def block_name(blocks: Sequence[Block], index: int) -> str:
    """Return "layer 2", or for one that is not counted where it stands, such as "dropout behind layer 1".

    Of several in one place each has a number: "dropout 2 on the inputs".
    """
    block = blocks[index]
    if block.number is not None:
        return f"layer {block.number}"
    before = next((one for one in reversed(blocks[:index]) if one.number is not None), None)
    start = before.index + 1 if before else 0
    end = next((one.index for one in blocks[index:] if one.number is not None), len(blocks))
    number = f" {index - start + 1}" if end - start > 1 else ""
    kind = LAYERS[block.layer.kind].name.lower()
    return f"{kind}{number} {f'behind layer {before.number}' if before else 'on the inputs'}"


def the(name: str) -> str:
    """Return the name of a block as a sentence has it: the only dropout of its place gets an article."""
    return f"the {name}" if ALONE.match(name) else name
