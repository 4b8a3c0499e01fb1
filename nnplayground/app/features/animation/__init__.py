"""Moving pictures of what a network went through."""
