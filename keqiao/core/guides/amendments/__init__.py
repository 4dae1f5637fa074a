"""Reads papers that change a published call: extension, correction, supplement, cancellation of items.

``reading.read_amendment`` reads a document. How a new wording is taught:
``docs/howto/teach-a-wording-of-a-correction.md``.
"""
