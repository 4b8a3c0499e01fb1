"""Questions to the user that need an answer before anything happens."""
