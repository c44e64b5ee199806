"""One file for each document: rows to parts of a page, in order."""
