"""Codes and numbers: one spelling, known good and bad ones, and every wrong digit found where the scheme promises."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from keqiao.core.identifiers import (
    IdentityKind,
    Malformed,
    clean_credit_code,
    clean_mobile,
    clean_passport,
    clean_postcode,
    clean_region_code,
    is_usual_for,
    masked,
    normal_identity_number,
    read_identity_number,
)
from keqiao.core.identifiers.credit_code import ALPHABET

INSTITUTE = "12100000400882110L"  # printed on papers of 中国科普研究所
VILLAGE = "N2410000MA1234567" + uscc.calc_check_digit("N2410000MA1234567")
PERSON = "37010119010203997" + "3"  # the examples of the standard's text
FOREIGNER = "91115619800101010" + mod_11_2.calc_check_digit("91115619800101010")
OTHER = "513101198201130014"
characters = st.sampled_from(sorted(ALPHABET))
digits = st.sampled_from("0123456789")


def fault_of(read, text):
    with pytest.raises(Malformed) as refused:
        read(text)
    return refused.value.finding.code.removeprefix("identifier.")


@pytest.mark.parametrize(
    "typed", [INSTITUTE, INSTITUTE.lower(), "1210 0000 4008-82110L", "１２１００００0400882110Ｌ"]
)
def test_a_credit_code_has_one_spelling(typed):
    assert clean_credit_code(typed) == INSTITUTE


def test_a_collective_of_villagers_has_a_code_that_begins_with_a_letter():
    assert clean_credit_code(VILLAGE) == VILLAGE


def test_no_credit_code_is_none():
    assert clean_credit_code("  ") == ""


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (INSTITUTE[:-1], "credit_code_length"),
        ("12100000400882110I", "credit_code_characters"),
        ("12100A00400882110L", "credit_code_region"),
        ("12100000400882110M", "credit_code_check"),
        ("12100000400882101L", "credit_code_check"),  # two digits swapped
    ],
)
def test_a_wrong_credit_code_is_refused_for_what_is_wrong(typed, fault):
    assert fault_of(clean_credit_code, typed) == fault


@given(st.integers(0, 17), characters)
def test_every_single_wrong_character_of_a_credit_code_is_found(place, other):
    wrong = INSTITUTE[:place] + other + INSTITUTE[place + 1 :]
    if wrong == INSTITUTE:
        assert clean_credit_code(wrong) == INSTITUTE
    else:
        assert fault_of(clean_credit_code, wrong).startswith("credit_code_")


def test_a_pair_that_is_unusual_for_a_kind_is_told_and_a_kind_without_usual_pairs_takes_all():
    assert is_usual_for(INSTITUTE, ["12", "91"])
    assert not is_usual_for(INSTITUTE, ["51"])
    assert is_usual_for(INSTITUTE, [])


@pytest.mark.parametrize(
    ("typed", "kind", "born"),
    [
        (PERSON, IdentityKind.CITIZEN, date(1901, 2, 3)),
        (OTHER, IdentityKind.CITIZEN, date(1982, 1, 13)),
        ("11010519491231002x", IdentityKind.CITIZEN, date(1949, 12, 31)),
        ("110105 19491231 002X", IdentityKind.CITIZEN, date(1949, 12, 31)),
        ("810000199408230021", IdentityKind.PERMIT, date(1994, 8, 23)),
        ("830000199201300022", IdentityKind.PERMIT, date(1992, 1, 30)),
        (
            FOREIGNER,
            IdentityKind.FOREIGNER,
            date(1980, 1, 1),
        ),
    ],
)
def test_an_identity_number_tells_its_paper_and_the_birth_date(typed, kind, born):
    identity = read_identity_number(typed)
    assert (identity.kind, identity.birth_date) == (kind, born)


def test_the_old_form_of_a_number_finds_the_same_person():
    assert normal_identity_number("110105491231002") == "11010519491231002X"
    assert normal_identity_number("11010519491231002x") == "11010519491231002X"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("1101051949123100", "identity_shape"),
        ("11010519491231002Y", "identity_shape"),
        ("X10105194912310021", "identity_shape"),
        ("011105194912310021", "identity_region"),
        ("110105194902300021", "identity_birth_date"),
        ("110105491331002", "identity_birth_date"),
        ("110105194912310021", "identity_check"),
        ("810105491231002", "identity_region"),  # permits never had the old form
        ("", "identity_shape"),
    ],
)
def test_a_wrong_identity_number_is_refused_for_what_is_wrong(typed, fault):
    assert fault_of(read_identity_number, typed) == fault


@given(st.integers(0, 16), digits)
def test_every_single_wrong_digit_of_an_identity_number_is_found(place, other):
    wrong = OTHER[:place] + other + OTHER[place + 1 :]
    if wrong == OTHER:
        assert read_identity_number(wrong).number == OTHER
    else:
        assert fault_of(read_identity_number, wrong).startswith("identity_")


@given(st.integers(0, 15))
def test_two_neighbouring_digits_that_are_swapped_are_found(place):
    swapped = OTHER[:place] + OTHER[place + 1] + OTHER[place] + OTHER[place + 2 :]
    assert swapped == OTHER or fault_of(read_identity_number, swapped).startswith("identity_")


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_numbers(text):
    assert normal_identity_number(normal_identity_number(text)) == normal_identity_number(text)


def test_numbers_are_shown_masked_even_in_a_traceback():
    assert masked("11010519491231002X") == "110105********002X"
    assert masked("E12345678") == "********"
    assert repr(read_identity_number("11010519491231002X")) == "<Identity 110105********002X>"


@pytest.mark.parametrize("typed", ["E12345678", " ea1234567 ", "G-12345678"])
def test_a_passport_number_is_letters_and_digits(typed):
    assert clean_passport(typed) == typed.strip().upper().replace("-", "")


@pytest.mark.parametrize("typed", ["ABCDEFG", "E1234", "护照12345678"])
def test_what_is_no_passport_number_is_refused(typed):
    assert fault_of(clean_passport, typed) == "passport_shape"


@pytest.mark.parametrize(
    "typed", ["13812345678", "+86 138-1234-5678", "8613812345678", "（138）１２３４５６７８"]
)
def test_a_mobile_number_has_one_spelling(typed):
    assert clean_mobile(typed) == "13812345678"


@pytest.mark.parametrize("typed", ["12812345678", "1381234567", "138123456789", "0398-2861234", "", "1" * 50])
def test_what_is_no_mobile_number_is_refused(typed):
    assert fault_of(clean_mobile, typed) == "mobile_shape"


def test_postcodes_have_six_digits_or_are_left_out():
    assert (clean_postcode(" ４７２０００ "), clean_postcode("")) == ("472000", "")
    assert fault_of(clean_postcode, "47200") == "postcode_shape"


@pytest.mark.parametrize("code", ["410000", "411221", "411221100", "411221100203", "411200-G1"])
def test_codes_of_regions_townships_villages_and_zones_have_the_right_shape(code):
    assert clean_region_code(code.lower()) == code


@pytest.mark.parametrize("code", ["41000", "011200", "4112211", "411200-1", "河南"])
def test_what_is_no_region_code_is_refused(code):
    assert fault_of(clean_region_code, code) == "region_code_shape"
