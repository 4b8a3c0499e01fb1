"""Showing again how the network came to be what it is."""
