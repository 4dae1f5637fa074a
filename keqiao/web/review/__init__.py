"""Formal check, and later: experts, assignment, scores."""
