"""The inputs among themselves: every pair of them as a small plot, or every sample as a line across all of them."""
