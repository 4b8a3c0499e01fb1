"""What every moving picture is made of: pixels, and how fast they follow each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from nnplayground.errors import InputError

Picture: TypeAlias = NDArray[np.uint8]
"""Red, green and blue of every pixel, `[height, width, 3]`."""

FASTEST = 50.0
"""Pictures a second: a GIF counts in hundredths of a second, and players take 0.01 s for a mistake."""


@dataclass(frozen=True)
class Timing:
    """How fast an animation runs, in pictures a second, and how many seconds longer its last picture stays.

    One that `loops` begins again when it is over, as far as the kind of file can ask for that.
    """

    rate: float
    hold: float = 1.0
    loops: bool = True

    def __post_init__(self) -> None:
        if not 0.1 <= self.rate <= FASTEST:
            raise InputError(f"The animation has {self.rate:g} frames a second; it must be 0.1 to {FASTEST:g}.")

    def seconds(self, pictures: int) -> float:
        """Return how long so many pictures last."""
        return pictures / self.rate + self.hold
