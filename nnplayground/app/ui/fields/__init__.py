"""Fields for numbers, choices and names."""
