"""Reads web pages as government sites write them."""
