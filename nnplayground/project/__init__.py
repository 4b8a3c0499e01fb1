"""The document: one immutable value that says everything about an experiment, and its file."""
