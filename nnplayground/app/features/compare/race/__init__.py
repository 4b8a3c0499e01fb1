"""A race of several ways to train."""
