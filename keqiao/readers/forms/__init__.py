"""Reads Word forms: filled ones back into fields, and the blanks of an office's own form."""
