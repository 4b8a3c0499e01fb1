"""What somebody looks at: each is asked for by a value and answered by a value, without changing the run."""
