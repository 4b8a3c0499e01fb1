"""How far a long work has come, told across threads without a lock, and the wish to end it."""

from __future__ import annotations


class CancelledError(Exception):
    """The work was ended because nobody wants its result any more."""


class Progress:
    """Carries the share of a work that is done, 0 to 1, to whoever looks, and the wish to end it to the work.

    The work calls `at` every few milliseconds; anybody else may read `share` and call `cancel`, from any thread: both
    are single assignments.
    """

    def __init__(self) -> None:
        self.share = 0.0
        self._is_cancelled = False

    def at(self, share: float) -> None:
        """Tell how much is done; raises `CancelledError` when the result is no longer wanted."""
        if self._is_cancelled:
            raise CancelledError
        self.share = share

    def part(self, start: float, end: float) -> Progress:
        """Return the progress of a stretch of the work that begins and ends at these shares of it."""
        return _ShareOfProgress(self, start, end)

    def cancel(self) -> None:
        """Let the work end at its next step."""
        self._is_cancelled = True


class _ShareOfProgress(Progress):
    """A stretch of a longer work, from one share of it to another."""

    def __init__(self, whole: Progress, start: float, end: float) -> None:
        super().__init__()
        self._whole, self._start, self._end = whole, start, end

    def at(self, share: float) -> None:
        """Tell how much of the stretch is done."""
        super().at(share)
        self._whole.at(self._start + share * (self._end - self._start))


UNWATCHED = Progress()
"""For work of which no progress is shown and that is never ended."""
