"""Plots as pictures of their own: for a file, the clipboard or a sheet of paper, at any size."""
