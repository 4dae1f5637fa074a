"""The flat reading of a call as a definition. What cannot be placed becomes an open question, never a
guess.
"""

from keqiao.readers.reading.programme import programme_from_reading
from keqiao.readers.reading.words import Words, words_of

__all__ = ["Words", "programme_from_reading", "words_of"]
