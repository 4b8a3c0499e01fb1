"""Many seeds: the band of their curves and what it tells."""
