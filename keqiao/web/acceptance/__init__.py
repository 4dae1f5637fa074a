"""Closing a project: deliverables, the performance table, the conclusion, and what follows from it."""
