"""Writes tables: templates to be filled in, exports that can be read again, copies with their faults."""
