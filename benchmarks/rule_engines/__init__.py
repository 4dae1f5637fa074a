"""Thirty rules, generated units, and the same rules in the words of other engines."""
