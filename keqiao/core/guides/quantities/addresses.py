"""Phones, e-mail addresses, names of contacts and document numbers."""

import re

_LAND_LINE = r"(?<![\dA-Za-z.-])(?:\(?(?P<area>0\d{2,3})\)?[- ]?)?(?P<local>\d{7,8})(?:转\d{1,4})?(?![\d-])"
_MOBILE = r"(?<!\d)(?P<mobile>1[3-9]\d{9})(?!\d)"
_PHONE = re.compile(f"{_LAND_LINE}|{_MOBILE}")
_MAIL = re.compile(
    r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
)
_CUES = re.compile(r"电话|手机|联系|咨询|传真|座机|热线|邮箱|信箱")
_DOCUMENT_NUMBER = re.compile(
    r"(?P<words>[\u4e00-\u9fa5]{2,12}[〔\[【(](?:19|20)\d{2}[〕\]】)]\s*第?\s*\d+\s*号)"
)
_NAME = re.compile(
    r"联系人(?:及电话|及联系方式)?:?(?P<names>[\u4e00-\u9fa5·]{2,4}(?:[、 ,][\u4e00-\u9fa5·]{2,4})*)"
)
_ADDRESS = re.compile(
    r"(?:地址|寄送地点|报送地点|邮寄地址|寄送地址|收件地址)[^:]{0,6}:(?P<address>[^,;。\n]{4,60})"
)


def read_phones(text: str) -> list[str]:
    """Return phone numbers as printed; in a list that shares one area code only the first carries it."""
    found = []
    for match in _PHONE.finditer(text):
        if not match["mobile"] and not match["area"] and not _CUES.search(text[: match.start()]):
            continue
        found.append(match.group().strip())
    return found


def read_mails(text: str) -> list[str]:
    """Return e-mail addresses as printed."""
    return _MAIL.findall(text)


def read_document_number(text: str) -> str:
    """Return the document number (发文字号) in ``text``, or an empty string."""
    found = _DOCUMENT_NUMBER.search(text)
    return found["words"] if found else ""


def read_names(text: str) -> list[str]:
    """Return the names behind ``联系人``."""
    found = _NAME.search(text)
    return re.split(r"[、 ,]", found["names"]) if found else []


def read_address(text: str) -> str:
    """Return the address behind its label, or an empty string."""
    found = _ADDRESS.search(text)
    return found["address"].strip() if found else ""
