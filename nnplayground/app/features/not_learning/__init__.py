"""Saying why nothing is learned, with the edit that mends it."""
