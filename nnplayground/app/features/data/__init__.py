"""The data: which there are, what is set about them, tables and pictures of one's own."""
