"""Keyboard shortcuts, and what this program is."""
