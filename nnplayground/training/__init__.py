"""From a project to a trained network: deterministic runs, and the thread that drives one for the window."""
