"""The code on a signature page: what is written is read again, and nothing else is."""

from uuid import UUID

import pytest

from keqiao.core.identifiers.page_code import LENGTH, SIGNS, PageCode, page_code, read_page_code

PAGE = UUID("0f0e0d0c-0b0a-4908-8706-050403020100")
FINGERPRINT = "00ff" * 16


def test_what_is_written_is_read_again_at_each_corner():
    codes = [page_code(PAGE, FINGERPRINT, corner) for corner in range(4)]

    assert [read_page_code(code) for code in codes] == [
        PageCode(PAGE, "00ff00ff00", corner) for corner in range(4)
    ]
    assert {len(code) for code in codes} == {LENGTH}
    assert {sign for code in codes for sign in code} <= set(SIGNS)


@pytest.mark.parametrize("place", range(LENGTH))
def test_one_wrong_sign_is_noticed(place):
    code = page_code(PAGE, FINGERPRINT, 2)
    other = SIGNS[(SIGNS.index(code[place]) + 1) % len(SIGNS)]

    assert read_page_code(code[:place] + other + code[place + 1 :]) is None


@pytest.mark.parametrize(
    "signs", ["", "0" * LENGTH, ":" * LENGTH, "ü" * LENGTH, "https://keqiao.example.org/r/0f"]
)
def test_other_codes_are_none_of_ours(signs):
    assert read_page_code(signs) is None


@pytest.mark.parametrize(
    ("fingerprint", "corner"), [(FINGERPRINT, 4), (FINGERPRINT, -1), ("00ff", 0), ("xy" * 32, 0)]
)
def test_what_cannot_be_said_is_refused(fingerprint, corner):
    with pytest.raises(ValueError, match=r"."):
        page_code(PAGE, fingerprint, corner)
