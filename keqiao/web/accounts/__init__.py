"""Accounts: log-in, and roles as dated grants (role x organisation x call)."""
