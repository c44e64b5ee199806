"""A server that staff reach over SSH: the files that make it one, and whether what is installed is right."""
