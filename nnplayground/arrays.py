"""Names for the kinds of array that travel between the parts, and the one way to freeze them."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.int64]

Array = TypeVar("Array", bound=NDArray[Any])


def read_only(array: Array) -> Array:
    """Return a view of `array` through which nobody can write; the data is shared, not copied."""
    view = array.view()
    view.flags.writeable = False
    return view
