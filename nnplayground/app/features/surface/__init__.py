"""The cost surface: the cost on a slice through the space of all weights, as a map with contours."""
