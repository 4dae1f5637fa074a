"""Between fen and the way people write amounts (元, 万元, 亿元). No floats, no silent rounding."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN_PER_YUAN = 100
FEN_PER_UNIT = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}

_AMOUNT = re.compile(r"(?:¥|人民币)?([0-9][0-9,]*(?:\.[0-9]+)?)(亿|万)?元?")


class NotAnAmount(ValueError):
    """The text or number is not an amount of whole fen. ``value`` is what was given."""

    def __init__(self, value: object) -> None:
        super().__init__(f"not an amount of whole fen: {value}")
        self.value = value


def fen_from_yuan(yuan: int | Decimal | str) -> int:
    """The fen of an amount in yuan; exact.

    Raises:
        NotAnAmount: not a number, negative, or finer than a fen.
    """
    return _whole_fen(yuan, FEN_PER_YUAN)


def _whole_fen(amount: int | Decimal | str, factor: int) -> int:
    try:
        fen = Decimal(amount) * factor
    except InvalidOperation as error:
        raise NotAnAmount(amount) from error
    if not fen.is_finite() or fen < 0 or fen != fen.to_integral_value():
        raise NotAnAmount(amount)
    return int(fen)


def parse_amount(text: str) -> int:
    """The fen of an amount as written: ``10万元``, ``1,000元``, ``０.５亿元``; without a unit, yuan.

    Raises:
        NotAnAmount: the text is something else, or finer than a fen.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise NotAnAmount(text)
    number, scale = found.groups()
    return _whole_fen(number.replace(",", ""), FEN_PER_UNIT[f"{scale or ''}元"])


def yuan_from_fen(fen: int) -> int | Decimal:
    """The amount in yuan: an int where it is whole, else a Decimal with two places."""
    yuan, rest = divmod(fen, FEN_PER_YUAN)
    return Decimal(fen) / FEN_PER_YUAN if rest else yuan


def format_yuan(fen: int, *, places: int = 2) -> str:
    """The amount in yuan with ``places`` decimals (half up) and thousands apart: ``1,234.50``."""
    return _rounded(fen, FEN_PER_UNIT["元"], places)


def format_wan(fen: int, *, places: int) -> str:
    """The amount in 万元 with ``places`` decimals (half up): ``12.35``. The caller says how fine it shows."""
    return _rounded(fen, FEN_PER_UNIT["万元"], places)


def _rounded(fen: int, unit: int, places: int) -> str:
    step = Decimal(1).scaleb(-places)
    return f"{(Decimal(fen) / unit).quantize(step, rounding=ROUND_HALF_UP):,f}"


def exact_amount(fen: int) -> str:
    """The shortest exact wording: ``10万元``, ``1.5亿元``, ``999.5元``. Nothing is rounded."""
    for unit in ("亿元", "万元"):
        if fen >= FEN_PER_UNIT[unit] and fen % (FEN_PER_UNIT[unit] // 10_000) == 0:
            return _trimmed(Decimal(fen) / FEN_PER_UNIT[unit]) + unit
    return _trimmed(Decimal(fen) / FEN_PER_YUAN) + "元"


def _trimmed(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
