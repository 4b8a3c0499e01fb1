"""The neural network itself: NumPy only, no files, no window, no clock."""
