"""Writes a count in the number formats of Word (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from collections.abc import Callable

DIGITS = "〇一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "十", "百", "千")
LEGAL_UNITS = ("", "拾", "佰", "仟")
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
COUNT_MAX = 99_999  # no notice counts further; keeps roman numbers and letters short


def write_count(value: int, number_format: str) -> str:
    """Return ``value`` as ``number_format`` writes it (decimal where that cannot be)."""
    if number_format in {"none", "bullet"}:
        return ""
    writer = WRITERS.get(number_format)
    if writer is None or not 1 <= value <= COUNT_MAX:
        return str(value)
    return writer(value)


def chinese(value: int, digits: str = DIGITS, units: tuple[str, ...] = UNITS) -> str:
    """Return ``value`` (1 to 99999) with units: 十一, 二十, 一百零五."""
    high, low = divmod(value, 10_000)
    text = chinese(high, digits, units) + "万" if high else ""
    text += "零" if high and 0 < low < 1000 else ""
    text += _below_ten_thousand(low, digits, units)
    return text.removeprefix(digits[1]) if text.startswith(digits[1] + units[1]) else text


def _below_ten_thousand(value: int, digits: str, units: tuple[str, ...]) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + units[place]
            gap = False
        else:
            gap = True
    return text


def _chinese_short(value: int) -> str:
    return chinese(value) if value < 100 else _each_digit(value, DIGITS)


def _legal(value: int) -> str:
    return chinese(value, LEGAL_DIGITS, LEGAL_UNITS)


def _each_digit(value: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(value))


def _digital(value: int) -> str:
    return _each_digit(value, DIGITS)


def _full_width(value: int) -> str:
    return _each_digit(value, "０１２３４５６７８９")


def _roman(value: int) -> str:
    text = ""
    for worth, letters in ROMAN:
        times, value = divmod(value, worth)
        text += letters * times
    return text


def _upper_roman(value: int) -> str:
    return _roman(value).upper()


def _letter(value: int) -> str:
    """Word repeats the letter: z, aa, bb, not z, aa, ab."""
    times, index = divmod(value - 1, 26)
    return chr(ord("a") + index) * (times + 1)


def _upper_letter(value: int) -> str:
    return _letter(value).upper()


def _circled(value: int) -> str:
    if value <= 20:
        return chr(0x2460 + value - 1)
    if value <= 35:
        return chr(0x3251 + value - 21)
    return chr(0x32B1 + value - 36) if value <= 50 else str(value)


def _in_parentheses(value: int) -> str:
    return chr(0x2474 + value - 1) if value <= 20 else f"({value})"


def _with_full_stop(value: int) -> str:
    return chr(0x2488 + value - 1) if value <= 20 else f"{value}."


def _ideograph_circled(value: int) -> str:
    return chr(0x3280 + value - 1) if value <= 10 else chinese(value)


def _stem(value: int) -> str:
    return STEMS[value - 1] if value <= len(STEMS) else str(value)


def _branch(value: int) -> str:
    return BRANCHES[value - 1] if value <= len(BRANCHES) else str(value)


def _stem_and_branch(value: int) -> str:
    return STEMS[(value - 1) % 10] + BRANCHES[(value - 1) % 12]


def _zero_padded(value: int) -> str:
    return f"{value:02d}"


def _in_dashes(value: int) -> str:
    return f"- {value} -"


WRITERS: dict[str, Callable[[int], str]] = {
    "chineseCounting": _chinese_short,
    "chineseCountingThousand": chinese,
    "chineseLegalSimplified": _legal,
    "japaneseCounting": chinese,
    "japaneseLegal": _legal,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseCounting": _chinese_short,
    "taiwaneseCountingThousand": chinese,
    "taiwaneseDigital": _digital,
    "koreanDigital2": _digital,
    "ideographDigital": _digital,
    "ideographLegalTraditional": _legal,
    "ideographTraditional": _stem,
    "ideographZodiac": _branch,
    "ideographZodiacTraditional": _stem_and_branch,
    "ideographEnclosedCircle": _ideograph_circled,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _in_parentheses,
    "decimalEnclosedFullstop": _with_full_stop,
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalZero": _zero_padded,
    "numberInDash": _in_dashes,
    "upperRoman": _upper_roman,
    "lowerRoman": _roman,
    "upperLetter": _upper_letter,
    "lowerLetter": _letter,
}
