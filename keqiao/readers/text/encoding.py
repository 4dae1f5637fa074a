"""Finds the encoding of text: byte order mark, UTF-8, GB18030, UTF-16."""

import codecs

from keqiao.readers.unreadable import Unreadable

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
COMMON_SHARE = 0.7  # of the Chinese characters of a right guess, so many are in the first level of GB 2312
CONTROLS_SHARE = 0.01  # text has next to no control characters
DAMAGED_SHARE = 0.01  # at most so many characters may be unreadable
SAMPLE = 20_000


def decode(data: bytes) -> str:
    """Return the text of ``data``; raises Unreadable when no encoding gives readable text."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _checked(_try(data, encoding))
    if _looks_wide(data):
        return _checked(_best([_try(data, "utf-16-le"), _try(data, "utf-16-be")]))
    text = _try(data, "utf-8")
    if text is None:
        guesses = [_try(data, name) for name in ("gb18030", "utf-16-le", "utf-16-be")]
        text = _best(guesses) or _best([_try_damaged(data, name) for name in ("utf-8", "gb18030")])
    return _checked(text)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _try_damaged(data: bytes, encoding: str) -> str | None:
    """Read past a few bytes that are wrong; they show as U+FFFD."""
    text = data.decode(encoding, "replace")
    return text if text.count("\ufffd") <= DAMAGED_SHARE * len(text) else None


def _looks_wide(data: bytes) -> bool:
    """UTF-16 without a mark shows by the zero bytes of its line ends, digits and spaces."""
    sample = data[:SAMPLE]
    return len(data) % 2 == 0 and sample.count(0) > 0 and _lopsided(sample)


def _lopsided(sample: bytes) -> bool:
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return max(even, odd) > 10 * min(even, odd)


def _best(guesses: list[str | None]) -> str | None:
    """Return the first guess that reads as Chinese."""
    possible = [guess for guess in guesses if guess is not None]
    for guess in possible:
        if _common_share(guess) >= COMMON_SHARE:
            return guess
    return None


def _common_share(text: str) -> float:
    """Share of first-level GB 2312 characters among all that are not ASCII and not punctuation (0 to 1)."""
    wide = [character for character in text[:SAMPLE] if character.isalpha() and not character.isascii()]
    return sum(map(_is_common, wide)) / len(wide) if wide else 0.0


def _is_common(character: str) -> bool:
    encoded = character.encode("gb2312", "ignore")
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7


def _checked(text: str | None) -> str:
    if text is None:
        raise Unreadable("unreadable.text_encoding")
    sample = text[:SAMPLE]
    controls = sum(1 for character in sample if character < " " and character not in "\t\n\r\f\v")
    if controls > CONTROLS_SHARE * len(sample):
        raise Unreadable("unreadable.unknown_kind")
    return text
