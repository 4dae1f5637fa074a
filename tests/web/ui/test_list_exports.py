"""A list as a file holds what the page found, in its order; nothing in it runs."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import HttpResponse, QueryDict
from python_calamine import CalamineWorkbook

from keqiao.web.ui.lists import Column, ListKind, list_file, list_page
from tests.web import make

User = get_user_model()
pytestmark = pytest.mark.django_db

ACCOUNTS = ListKind(
    columns=[
        Column("name", "姓名", ("display_name",), value=lambda account: account.display_name),
        Column("money", "金额", number=True, is_money=True, value=lambda _account: 150_050),
        Column("count", "件数", number=True, value=lambda _account: 3),
        Column("open", "启用", value=lambda account: account.is_active),
        Column("joined", "开户", value=lambda account: account.joined_at),
        Column("left", "销户", value=lambda _account: None),
    ],
    default_sort="name",
    search=lambda word: Q(display_name__icontains=word),
    file_name="账号",
    rows_per_page=2,
)


def answer(address: str, kind: ListKind = ACCOUNTS) -> HttpResponse | None:
    asked = QueryDict(address)
    return list_file(list_page(User.objects.all(), kind, asked), asked)


@pytest.fixture(autouse=True)
def four() -> None:
    for name in ("甲", "乙", "=1+1", "甲乙"):
        make.user(name)


def cells(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_has_all_found_rows_in_the_order_of_the_page():
    response = answer("export=csv&q=甲&sort=-name&page=2")

    assert cells(response) == [
        ["姓名", "金额（元）", "件数", "启用", "开户", "销户"],
        ["甲乙", "1500.5", "3", "是", "2020-01-01 08:00", ""],
        ["甲", "1500.5", "3", "是", "2020-01-01 08:00", ""],
    ]
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%E8%B4%A6%E5%8F%B7.csv"


def test_a_workbook_has_the_same_rows_and_numbers_as_numbers():
    response = answer("export=xlsx&q=甲")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()

    assert sheet[1:] == [
        ["甲", 1500.5, 3.0, "是", "2020-01-01 08:00", ""],
        ["甲乙", 1500.5, 3.0, "是", "2020-01-01 08:00", ""],
    ]


def test_no_text_runs_as_a_formula():
    assert [row[0] for row in cells(answer("export=csv"))][1] == "'=1+1"


@pytest.mark.parametrize("address", ["", "export=", "export=exe"])
def test_nothing_else_is_a_file(address):
    assert answer(address) is None


def test_a_list_that_does_not_say_what_its_columns_hold_has_no_file():
    silent = ListKind(
        columns=[Column("name", "姓名", ("display_name",))], default_sort="name", file_name="账号"
    )

    assert answer("export=csv", silent) is None


def test_a_list_without_end_has_to_be_narrowed_first(monkeypatch):
    monkeypatch.setattr("keqiao.web.ui.lists.exports.MOST_ROWS", 3)

    assert answer("export=csv").status_code == 422
    assert answer("export=csv&q=甲").status_code == 200
