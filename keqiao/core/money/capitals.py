"""Amounts in the characters of bills (人民币大写)."""

import cn2an

from keqiao.core.money.amounts import NotAnAmount

MOST_FEN = 10**18
"""Sixteen digits of yuan: what the characters 亿 and 万 can say."""


def capitals(fen: int) -> str:
    """The amount in capitals: ``壹佰元整``, ``壹仟零伍元零叁分``.

    Raises:
        NotAnAmount: negative, or 10^16 yuan and more.
    """
    if not 0 <= fen < MOST_FEN:
        raise NotAnAmount(fen)
    yuan, rest = divmod(fen, 100)
    return str(cn2an.an2cn(f"{yuan}.{rest:02d}" if rest else str(yuan), "rmb"))
