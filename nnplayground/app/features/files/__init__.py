"""Opening, saving and exporting files."""
