"""`python -m nnplayground` and the command `nnplayground`: the door through which the program is entered."""

import gc
import os
import sys

# Objects. What is loaded stays, and a search through it for garbage, two hundred times, is a tenth of the start.
WHILE_LOADING = 200_000


def main() -> int:
    """Run the command line and return its exit status."""
    # Products of small matrices are slower with several threads, and their last bits could differ between machines.
    # This must be said before NumPy is loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(WHILE_LOADING)
    from nnplayground.cli import main as run  # noqa: PLC0415  # loads NumPy, which must not come first

    return run()


if __name__ == "__main__":
    sys.exit(main())
