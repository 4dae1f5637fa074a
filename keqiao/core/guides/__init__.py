"""Reads call text: blocks → outline → quantities → facts with their place → what is doubtful, missing, left over.

``reading.read_call`` reads a document, ``flat.flat`` exports it. (Readers import ``blocks`` only; this file stays
empty so that they start fast.)
"""
