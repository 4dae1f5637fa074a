"""The search language: words and keys to a typed tree."""
