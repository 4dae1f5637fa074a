"""Reads Word documents (.docx): text in order, computed numbers, full tables."""
