"""The way of a run through time: which moments are kept, what was left on the way, what has happened."""
