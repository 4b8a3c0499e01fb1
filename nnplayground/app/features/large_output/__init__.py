"""The output as large as the window."""
