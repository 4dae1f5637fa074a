"""Parts a text into pieces that WeCom takes. It counts bytes of UTF-8, and a Chinese character has three."""

LONGEST_TEXT = 2048
LONGEST_MARKDOWN = 4096


def split_text(text: str, longest: int) -> list[str]:
    """Return ``text`` in parts of at most ``longest`` bytes: at a line end where there is one, never in a character.

    Joined, the parts are the text without the line ends at which it was parted.

    Raises:
        ValueError: ``longest`` does not hold even one character.
    """
    if longest < 4:
        raise ValueError("a part must hold one character: 4 bytes")
    parts, rest = [], text.encode()
    while len(rest) > longest:
        cut = _cut(rest, longest)
        parts.append(rest[:cut].decode())
        rest = rest[cut:].removeprefix(b"\n")
    return [*parts, rest.decode()] if rest or not parts else parts


def _cut(rest: bytes, longest: int) -> int:
    line_end = rest.rfind(b"\n", 1, longest + 1)
    if line_end > 0:
        return line_end
    cut = longest
    while rest[cut] & 0b1100_0000 == 0b1000_0000:  # inside a character
        cut -= 1
    return cut
