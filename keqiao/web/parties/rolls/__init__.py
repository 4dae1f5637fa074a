"""Rolls as tables: which columns they have, which records their rows mean, what importing a row does."""
