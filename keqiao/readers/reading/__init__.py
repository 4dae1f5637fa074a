"""The flat reading of a call as a definition. What cannot be placed becomes an open question, never a
guess.
"""

from keqiao.readers.reading.programme import programme_from_reading

__all__ = ["programme_from_reading"]
