"""Names as they are kept and as they are compared.

People write one name in many ways: brackets wide or narrow, spaces inside, letters of another script that look the
same, characters that cannot be seen. Two names are the same for us when their folded forms are equal.
"""

import unicodedata

from keqiao.core.identifiers.malformed import Malformed

LONGEST = 240  # characters of a folded name; one wide sign may fold to many
LOOKALIKES = str.maketrans(
    # Cyrillic, then Greek small letters that are drawn as Latin ones, after Unicode's table of confusables (UTS 39)
    "авгеорсухіјѕԁһԛԝѵαεικνορτυχγ",
    "abreopcyxijsdhqwvaeiknoptuxy",
)
ZEROS = str.maketrans("○◯", "〇〇")  # drawn signs that stand for the numeral
UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Kinds of character that a name must not hold: controls, marks of direction and of zero width, unassigned ones."""


def fold(text: str) -> str:
    """Return the form in which a name is compared: letters, numbers and nothing else, narrow and small.

    Folding a folded name changes nothing. The words of brackets stay: 中国（河南）学会 is not 中国学会.
    """
    small = unicodedata.normalize("NFKC", text.translate(ZEROS)).casefold()
    letters = unicodedata.normalize("NFKC", small).translate(LOOKALIKES)
    return "".join(sign for sign in letters if unicodedata.category(sign)[0] in "LN")[:LONGEST]


def clean_name(text: str) -> str:
    """Return a name as it is kept: what cannot be seen is dropped, spaces are single, width stays as typed.

    Raises:
        Malformed: no letter is left.
    """
    seen = "".join(sign if sign != "\t" else " " for sign in text if sign == "\t" or not _is_unseen(sign))
    name = " ".join(seen.split())
    if not any(unicodedata.category(sign)[0] == "L" for sign in name):
        raise Malformed("identifier.name_empty")
    return name


def _is_unseen(sign: str) -> bool:
    return sign not in "\n\r" and unicodedata.category(sign) in UNSEEN
