"""Database back end for SQLite that never loses an acknowledged row; see ``base`` and ``url``."""
