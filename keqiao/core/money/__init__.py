"""Money as an integer number of fen: reading, writing, capitals, and what sums are possible."""

from keqiao.core.money.amounts import (
    FEN_PER_YUAN,
    NotAnAmount,
    exact_amount,
    fen_from_yuan,
    format_wan,
    format_yuan,
    parse_amount,
    yuan_from_fen,
)
from keqiao.core.money.capitals import capitals
from keqiao.core.money.sums import Bounds, divides_exactly, possible_sums, sum_fits

__all__ = [
    "FEN_PER_YUAN",
    "Bounds",
    "NotAnAmount",
    "capitals",
    "divides_exactly",
    "exact_amount",
    "fen_from_yuan",
    "format_wan",
    "format_yuan",
    "parse_amount",
    "possible_sums",
    "sum_fits",
    "yuan_from_fen",
]
