"""Forms that show a part of the document and ask for changes of it."""
