"""Taking plots away as pictures or data."""
