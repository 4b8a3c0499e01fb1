"""Comparing runs: pinned ones, many seeds, a race."""
