"""Small finished tools that know nothing of the document: fields, sections, icons."""
