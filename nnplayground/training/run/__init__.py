"""A run: from the document to arrays, one deterministic training, and everything that decides how it goes on."""
