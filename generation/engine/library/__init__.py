"""The built-in library: templates and their catalogue."""
