"""Correction and extension notices: read, matched to their call, shown, tied to their revision."""
