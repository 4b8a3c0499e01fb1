"""Several runs side by side: batched runs, many seeds, races."""
