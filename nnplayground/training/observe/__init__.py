"""What a person looks at: each observation is asked for and answered by a value, without changing the run."""
