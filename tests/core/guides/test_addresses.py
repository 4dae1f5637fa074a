"""Phones, mail addresses, names, addresses and document numbers."""

import pytest

from keqiao.core.guides.quantities.addresses import (
    read_address,
    read_document_number,
    read_mails,
    read_names,
    read_phones,
)


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("联系电话:0999-2345678", ["0999-2345678"]),
        ("电话:(0999)2345678", ["(0999)2345678"]),
        ("0999-2345678", ["0999-2345678"]),
        ("电话:0999-2345678、2345679", ["0999-2345678", "2345679"]),
        ("手机:13912345678", ["13912345678"]),
        ("0999-2345678 13912345678", ["0999-2345678", "13912345678"]),
        ("咨询电话:2345678", ["2345678"]),
    ],
)
def test_phones_are_read_as_printed(text, phones):
    assert read_phones(text) == phones


@pytest.mark.parametrize(
    "text",
    ["项目编号2345678", "邮编:471000", "账号:6222020200112233445", "91410100MA12345678", "2024年3月1日"],
)
def test_other_runs_of_digits_are_no_phones(text):
    assert read_phones(text) == []


@pytest.mark.parametrize(
    ("text", "mails"),
    [
        ("邮箱:ke_pu.01@example.com.cn", ["ke_pu.01@example.com.cn"]),
        ("发送至kepu@example.com,逾期不候", ["kepu@example.com"]),
        ("a@example.com;b@example.org", ["a@example.com", "b@example.org"]),
        ("[email protected]", []),
        ("www.example.com", []),
    ],
)
def test_mail_addresses_are_read(text, mails):
    assert read_mails(text) == mails


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("联系人:方小满", ["方小满"]),
        ("联系人:方小满、石青", ["方小满", "石青"]),
        ("联系人:欧阳小满 石青", ["欧阳小满", "石青"]),
        ("请联系我们", []),
    ],
)
def test_names_stand_behind_their_label(text, names):
    assert read_names(text) == names


def test_an_address_stands_behind_its_label():
    assert read_address("地址:浦州市人民路51-1号8012室,邮编999000") == "浦州市人民路51-1号8012室"


@pytest.mark.parametrize(
    "text",
    [
        "浦科协〔2024〕15号",
        "浦科协[2024]15号",
        "浦科协【2024】15号",
        "浦科协(2024)15号",
        "浦科协〔2024〕第15号",
    ],
)
def test_a_document_number_is_read_in_each_bracket(text):
    assert read_document_number(text) == text


@pytest.mark.parametrize("text", ["浦科协〔20247号", "(〔〕号)", "第15号", "2024年15号"])
def test_a_damaged_document_number_is_not_guessed(text):
    assert read_document_number(text) == ""
