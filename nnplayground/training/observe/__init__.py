"""What a person looks at: each observation is asked for by a value and answered by a value, without changing the run."""
